//! What parses as a code is displayed as it was written.
#![no_main]

use libfuzzer_sys::fuzz_target;
use smtp_codes::{EnhancedCode, ReplyCode};

fuzz_target!(|input: &[u8]| {
    if let Ok(code) = ReplyCode::from_bytes(input) {
        assert_eq!(code.to_string().as_bytes(), input);
        assert_eq!(ReplyCode::new(code.as_u16()), Some(code));
    }
    if let Ok(code) = EnhancedCode::from_bytes(input) {
        assert_eq!(code.to_string().as_bytes(), input);
        assert_eq!(EnhancedCode::new(code.class(), code.subject(), code.detail()), Some(code));
    }
});
