//! Small steps through the bytes of a line.

use core::time::Duration;

use memchr::memchr;

use crate::{EnhancedCode, ReplyCode};

/// What stands before the first such byte, and what stands behind it.
pub(super) fn split_at_byte(text: &[u8], byte: u8) -> Option<(&[u8], &[u8])> {
    let at = memchr(byte, text)?;
    Some((&text[..at], &text[at + 1..]))
}

/// What stands before the first such words, and what stands behind them.
pub(super) fn split_at<'a>(text: &'a [u8], words: &[u8]) -> Option<(&'a [u8], &'a [u8])> {
    let (first, others) = words.split_first()?;
    let mut from = 0;
    while let Some(at) = memchr(*first, &text[from..]) {
        let end = from + at + 1;
        if text[end..].starts_with(others) {
            return Some((&text[..end - 1], &text[end + others.len()..]));
        }
        from = end;
    }
    None
}

/// What stands between these words in front and the first of those behind, and what follows.
pub(super) fn between<'a>(text: &'a [u8], front: &[u8], behind: &[u8]) -> Option<(&'a [u8], &'a [u8])> {
    split_at(text.strip_prefix(front)?, behind)
}

/// A whole number of at most nine digits, and nothing else.
pub(super) fn number(digits: &[u8]) -> Option<u32> {
    if digits.is_empty() || digits.len() > 9 {
        return None;
    }
    digits.iter().try_fold(0, |number, digit| digit.is_ascii_digit().then(|| number * 10 + u32::from(digit - b'0')))
}

/// Seconds with or without a fraction: `0.5`, `434`.
pub(super) fn seconds(text: &[u8]) -> Option<Duration> {
    let (whole, fraction) = split_at_byte(text, b'.').unwrap_or((text, b"0"));
    let nanos = fraction.iter().take(9).try_fold((0, 100_000_000), |(nanos, unit), digit| {
        digit.is_ascii_digit().then(|| (nanos + u32::from(digit - b'0') * unit, unit / 10))
    })?;
    Some(Duration::new(number(whole)?.into(), nanos.0))
}

/// The codes with which a reply begins: `550 5.1.1`, `550-5.1.1`, `550`, or an enhanced one alone.
pub(super) fn codes_in_front(text: &[u8]) -> (Option<ReplyCode>, Option<EnhancedCode>) {
    let reply = text.get(..3).and_then(|code| ReplyCode::from_bytes(code).ok());
    let reply = reply.filter(|_| matches!(text.get(3), None | Some(b' ' | b'-')));
    let start = if reply.is_some() { 4 } else { 0 };
    let enhanced = EnhancedCode::parse_prefix(text, start).ok();
    let enhanced = enhanced.filter(|(_, end)| matches!(text.get(*end), None | Some(b' ')));
    (reply, enhanced.map(|(code, _)| code))
}
