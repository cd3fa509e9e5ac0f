//! What holds for the verdict on any text.

use proptest::prelude::*;
use smtp_codes::{Severity, Verdict, verdict};

const PARTS: &[&[u8]] = &[
    b"550",
    b"250",
    b"421",
    b"5.1.1",
    b"4.2.2",
    b"2.1.5",
    b"-",
    b"\r\n",
    b"user",
    b"Unknown",
    b"rejected",
    b"mailbox is full",
    b"does not exist",
    b"doesn\xE2\x80\x99t",
    b"blocked using zen.spamhaus.org",
    b"https://www.spamhaus.org/query/ip/192.0.2.1",
    b"<ann@a.example>:",
    b"try again in 5 minutes",
    "пользователь не найден".as_bytes(),
    "用户不存在".as_bytes(),
    b"bo\xEEte pleine",
    b"\xF0\x9F",
];

/// Texts in which codes and words of rules meet often, beside any bytes.
fn texts() -> impl Strategy<Value = Vec<u8>> {
    let parts = prop::sample::select(PARTS);
    let replies = prop::collection::vec(parts, 0..40).prop_map(|parts| parts.join(&b' '));
    prop_oneof![replies, prop::collection::vec(any::<u8>(), 0..600)]
}

fn is_success(verdict: &Verdict<'_>) -> bool {
    matches!(verdict.class, Some(Severity::PositiveCompletion | Severity::PositiveIntermediate))
}

/// Whether what decided lies on the text.
fn matched_lies_on(text: &[u8]) -> bool {
    verdict(text).matched.is_none_or(|matched| matched.start <= matched.end && matched.end <= text.len())
}

proptest! {
    #[test]
    fn what_decided_lies_on_the_text(text in texts()) {
        prop_assert!(matched_lies_on(&text));
    }

    #[test]
    fn a_success_has_no_reason(text in texts()) {
        let verdict = verdict(&text);
        prop_assert_eq!(is_success(&verdict), verdict.reason.is_none());
    }

    #[test]
    fn a_line_end_changes_no_reason(text in texts()) {
        let mut ended = text.clone();
        ended.push(b'\n');
        prop_assert_eq!(verdict(&ended).reason, verdict(&text).reason);
    }
}

/// So long a text is no reply; it is looked at as far as a reply may reach, and its end is not waited for.
#[test]
fn a_line_of_a_megabyte_gets_a_verdict() {
    for part in [
        &b"550 5.1.1 user unknown "[..],
        b"a.",
        b"a",
        b"mail.spamhaus.org/",
        b"\xE3\x81\x82",
        b"'",
        b"5.1.1",
        b"rejected * ",
    ] {
        let text = part.repeat((1 << 20) / part.len());
        assert!(matched_lies_on(&text), "{}", part.escape_ascii());
    }
    let long = [&b"550 5.1.1 user unknown "[..], &b"x".repeat(1 << 20)].concat();
    assert_eq!(verdict(&long).matched, Some(10..22));
}
