//! Any lines are told or counted, by a reader that finds the format out and by one of each format.
#![no_main]

use libfuzzer_sys::fuzz_target;
use smtp_codes::log::{Format, Line, Reader};

fuzz_target!(|text: &[u8]| {
    let named = Format::ALL.iter().map(|format| Reader::with_format(*format).remembering(16));
    for mut reader in named.chain([Reader::new().remembering(16)]) {
        for line in text.split(|byte| *byte == b'\n') {
            if let Line::Record(record) = reader.read(line) {
                assert!(record.text.len() <= 3 * line.len() + 16);
                let format = record.format;
                assert_eq!(reader.format(), Some(format));
            }
        }
    }
});
