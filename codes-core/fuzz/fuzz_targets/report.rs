//! Any message is read within the limits, and what comes out fits together.
#![no_main]

use libfuzzer_sys::fuzz_target;
use smtp_codes::report::{Kind, Limits, Recipient, Report};

fuzz_target!(|message: &[u8]| {
    let report = Report::parse(message);
    let is_of_delivery =
        matches!(report.kind, Kind::Failed | Kind::Delayed | Kind::Delivered | Kind::Relayed | Kind::Expanded);
    assert_eq!(is_of_delivery, !report.recipients.is_empty());
    let has_failed = |recipient: &&Recipient| matches!(recipient.kind, Kind::Failed | Kind::Delayed);
    for recipient in report.recipients.iter().filter(has_failed) {
        let verdict = recipient.rejection().verdict();
        assert!(recipient.reply.is_none() || verdict.reply == recipient.reply);
        assert!(recipient.status.is_none() || verdict.enhanced == recipient.status);
    }
    let mut limits = Limits::default();
    (limits.recipients, limits.parts, limits.depth, limits.text) = (2, 2, 2, 100);
    assert!(Report::parse_with(message, &limits).recipients.len() <= 2);
});
