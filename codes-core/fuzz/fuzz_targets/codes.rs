//! What is found in a text stands there, in order.
#![no_main]

use libfuzzer_sys::fuzz_target;
use smtp_codes::codes;

fuzz_target!(|text: &[u8]| {
    let mut last = 0;
    for found in codes(text) {
        assert!(last <= found.start && found.start < found.end);
        assert_eq!(found.code.to_string().as_bytes(), &text[found.start..found.end]);
        last = found.end;
    }
});
