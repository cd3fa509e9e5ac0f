//! The reply parser loses nothing, and both ways to call it agree.
#![no_main]

use libfuzzer_sys::fuzz_target;
use smtp_codes::{Anomaly, Reply};

fuzz_target!(|input: &[u8]| {
    if let Ok(reply) = Reply::parse(input) {
        let joined: Vec<u8> = reply.lines().flat_map(|line| line.raw()).copied().collect();
        assert_eq!(joined, input);
        assert_eq!(reply.anomalies().contains(Anomaly::NotUtf8), std::str::from_utf8(input).is_err());
    }
    match Reply::parse_prefix(input) {
        Ok((reply, rest)) => {
            assert_eq!(reply.raw().len() + rest.len(), input.len());
            assert_eq!(Reply::parse(reply.raw()), Ok(reply));
        }
        Err(error) => assert!(error.is_incomplete() || Reply::parse(input) == Err(error)),
    }
});
