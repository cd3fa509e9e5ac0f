//! What tells of a person in a text: mail addresses and the numbers of hosts.

use std::net::IpAddr;
use std::ops::Range;

/// What stands for something that is hidden.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum Kind {
    Address,
    Host,
}

impl Kind {
    pub(crate) const fn mark(self) -> &'static [u8] {
        match self {
            Self::Address => b"<address>",
            Self::Host => b"<ip>",
        }
    }
}

/// The text with marks for mail addresses and the numbers of hosts.
pub(crate) fn redacted(text: &[u8]) -> Vec<u8> {
    redacted_at(text, 0).0
}

/// As [`redacted`], and where a place of the text is then.
pub(crate) fn redacted_at(text: &[u8], place: usize) -> (Vec<u8>, usize) {
    let mut hidden = Vec::with_capacity(text.len());
    let (mut end, mut moved) = (0, place);
    for (range, kind) in private(text) {
        // An address may stand in angle brackets, which the mark has too.
        let is_in_brackets = hidden.last() == Some(&b'<') || range.start > end && text[range.start - 1] == b'<';
        hidden.extend_from_slice(&text[end..range.start]);
        if kind == Kind::Address && is_in_brackets && text.get(range.end) == Some(&b'>') {
            hidden.extend_from_slice(&kind.mark()[1..kind.mark().len() - 1]);
        } else {
            hidden.extend_from_slice(kind.mark());
        }
        if place >= range.start {
            moved = hidden.len() + place.saturating_sub(range.end);
        }
        end = range.end;
    }
    hidden.extend_from_slice(&text[end..]);
    let moved = moved.min(hidden.len());
    (hidden, moved)
}

/// Where mail addresses and numbers of hosts stand, in order.
pub(crate) fn private(text: &[u8]) -> impl Iterator<Item = (Range<usize>, Kind)> + '_ {
    let mut from = 0;
    std::iter::from_fn(move || {
        while from < text.len() {
            let word = next_word(text, from)?;
            from = word.end;
            if let Some(address) = address(text, &word) {
                return Some((address, Kind::Address));
            }
            if let Some(number) = host_number(text, &word) {
                from = number.end;
                return Some((number, Kind::Host));
            }
        }
        None
    })
}

/// The next run of bytes that may stand in an address or in a number of a host.
fn next_word(text: &[u8], from: usize) -> Option<Range<usize>> {
    let start = from + text[from..].iter().position(|byte| is_word(*byte))?;
    let end = text[start..].iter().position(|byte| !is_word(*byte)).map_or(text.len(), |length| start + length);
    Some(start..end)
}

fn is_word(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte >= 0x80 || b"!#$%&'*+-/=?^_`{|}~.@:".contains(&byte)
}

/// The address in a word, with all that is glued to it: whatever stands before an `@`, also one that is written `%40`, and the domain.
fn address(text: &[u8], word: &Range<usize>) -> Option<Range<usize>> {
    let bytes = &text[word.clone()];
    let at = bytes.iter().position(|byte| *byte == b'@');
    let coded = || bytes.windows(3).position(|window| window == b"%40");
    let at = at.or_else(coded)?;
    // What a colon sets off is no part of it: `mailto:`, `rfc822;`, and the stops behind it.
    let start = bytes[..at].iter().rposition(|byte| *byte == b':').map_or(0, |colon| colon + 1);
    let end = bytes[at..].iter().position(|byte| *byte == b':').map_or(bytes.len(), |length| at + length);
    let end = end - bytes[..end].iter().rev().take_while(|byte| b".?!'".contains(byte)).count();
    (start < at && at + 1 < end).then_some(word.start + start..word.start + end)
}

/// The IP address in a word, with or without a port, or with the word glued to it by another sign.
fn host_number(text: &[u8], word: &Range<usize>) -> Option<Range<usize>> {
    let bytes = &text[word.clone()];
    let is_part = |byte: u8| byte.is_ascii_hexdigit() || byte == b'.' || byte == b':';
    let mut from = 0;
    while let Some(start) =
        bytes[from..].iter().position(|byte| byte.is_ascii_hexdigit() || *byte == b':').map(|at| from + at)
    {
        let end = bytes[start..].iter().position(|byte| !is_part(*byte)).map_or(bytes.len(), |length| start + length);
        let run = std::str::from_utf8(&bytes[start..end]).unwrap_or_default();
        let before = start.checked_sub(1).map(|before| bytes[before]);
        if !before.is_some_and(|byte| byte.is_ascii_alphanumeric()) {
            let trimmed = run.trim_end_matches(['.', ':']);
            let candidates = [trimmed, trimmed.rsplit_once(':').map_or("", |(host, _)| host)];
            let number = candidates.into_iter().find(|host| host.parse::<IpAddr>().is_ok() && host.len() > 2);
            if let Some(number) = number {
                return Some(word.start + start..word.start + start + number.len());
            }
        }
        from = end;
    }
    None
}

#[cfg(test)]
mod tests {
    use super::{redacted, redacted_at};

    #[track_caller]
    fn check(text: &str, expected: &str) {
        assert_eq!(String::from_utf8_lossy(&redacted(text.as_bytes())), expected);
    }

    #[test]
    fn addresses_are_hidden_with_all_that_is_glued_to_them() {
        check("550 5.1.1 <ann.smith+tag@a.example>: User unknown", "550 5.1.1 <address>: User unknown");
        check("bounce-ann=a.example@b.example, (c@d.example)", "<address>, (<address>)");
        check(
            "mailto:ann@a.example. See https://b.example/?to=ann%40a.example",
            "mailto:<address>. See https:<address>",
        );
        check("größe@müller.example ist weg", "<address> ist weg");
        check("at @ once, user@ and @host", "at @ once, user@ and @host");
    }

    #[test]
    fn numbers_of_hosts_are_hidden() {
        check("host mx.a.example[192.0.2.7] said: 550", "host mx.a.example[<ip>] said: 550");
        check("connect to mx[2001:db8::7]:25: refused", "connect to mx[<ip>]:25: refused");
        check("ip=192.0.2.7&x, 192.0.2.7:25, 192.0.2.7.", "ip=<ip>&x, <ip>:25, <ip>.");
        check("550 5.7.1 at 12:04:05, v1.2.3", "550 5.7.1 at 12:04:05, v1.2.3");
    }

    #[test]
    fn a_place_moves_with_the_text() {
        let text = b"550 <ann.elisabeth.smith@a.example>: User unknown";
        let (hidden, place) = redacted_at(text, 37);
        assert_eq!((&text[37..41], &hidden[place..place + 4]), (&b"User"[..], &b"User"[..]));
    }
}
