//! Any bytes get a verdict, whose words stand in the text.
#![no_main]

use libfuzzer_sys::fuzz_target;
use smtp_codes::{Severity, verdict};

fuzz_target!(|text: &[u8]| {
    let verdict = verdict(text);
    if let Some(matched) = &verdict.matched {
        assert!(matched.start <= matched.end && matched.end <= text.len());
    }
    let success = matches!(verdict.class, Some(Severity::PositiveCompletion | Severity::PositiveIntermediate));
    assert_eq!(success, verdict.reason.is_none());
    assert_eq!(verdict.rule.is_some(), verdict.matched.is_some());
});
