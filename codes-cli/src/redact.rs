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

/// As [`redacted`], and where a part of the text is then.
pub(crate) fn redacted_with(text: &[u8], part: &Range<usize>) -> (Vec<u8>, Range<usize>) {
    let (hidden, start) = redacted_at(text, part.start);
    let (_, end) = redacted_at(text, part.end);
    (hidden, start..end.max(start))
}

/// Where mail addresses and numbers of hosts stand, in order.
pub(crate) fn private(text: &[u8]) -> impl Iterator<Item = (Range<usize>, Kind)> + '_ {
    let (mut from, mut given) = (0, 0);
    std::iter::from_fn(move || {
        while from < text.len() {
            let word = next_word(text, from)?;
            from = word.end;
            if let Some(address) = address(text, &word).or_else(|| quoted_address(text, &word, given)) {
                given = address.end;
                return Some((address, Kind::Address));
            }
            if let Some(number) = host_number(text, &word) {
                (from, given) = (number.end, number.end);
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

/// The address of which the word is the domain: before it stands what is quoted, `"ann lee"@a.example`. What stands before `given`
/// is told already.
fn quoted_address(text: &[u8], word: &Range<usize>, given: usize) -> Option<Range<usize>> {
    const LONGEST: usize = 66;
    let domain =
        text[word.clone()].strip_prefix(b"@").filter(|domain| domain.first().is_some_and(u8::is_ascii_alphanumeric))?;
    let local = text[given..word.start].strip_suffix(b"\"")?;
    let open = local.iter().rev().take(LONGEST).position(|byte| *byte == b'"')?;
    let stops = domain.iter().rev().take_while(|byte| b".:?!'".contains(byte)).count();
    Some(given + local.len() - open - 1..word.end - stops)
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
        if before.is_some_and(|byte| byte.is_ascii_alphanumeric()) {
            // Behind a word such as `IPv6:` a number may begin.
            from = run.find(':').map_or(end, |colon| start + colon + 1);
            continue;
        }
        let trimmed = run.trim_end_matches(['.', ':']);
        let candidates = [trimmed, trimmed.rsplit_once(':').map_or("", |(host, _)| host)];
        let number = candidates.into_iter().find(|host| host.parse::<IpAddr>().is_ok() && host.len() > 2);
        let length = number.map(str::len).or_else(|| with_dashes(&bytes[start..]));
        if let Some(length) = length {
            return Some(word.start + start..word.start + start + length);
        }
        from = end;
    }
    None
}

/// The length of an IP address written as hosts' names have it: `192-0-2-7.dyn.example`.
fn with_dashes(text: &[u8]) -> Option<usize> {
    let mut length = 0;
    for part in 0..4 {
        if part > 0 {
            length += usize::from(*text.get(length)? == b'-');
        }
        let digits = text[length..].iter().take_while(|byte| byte.is_ascii_digit()).count();
        let is_part = std::str::from_utf8(&text[length..length + digits]).is_ok_and(|part| part.parse::<u8>().is_ok());
        length = is_part.then_some(length + digits)?;
        (part == 3 || text.get(length) == Some(&b'-')).then_some(())?;
    }
    (!text.get(length).is_some_and(u8::is_ascii_alphanumeric)).then_some(length)
}

#[cfg(test)]
mod tests {
    use super::{redacted, redacted_at, redacted_with};

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
        check("to \"ann lee\"@a.example: \"x\" b@c.example \"y\"@d", "to <address>: \"x\" <address> <address>");
        check("at @ once, user@ and @host", "at @ once, user@ and @host");
    }

    #[test]
    fn numbers_of_hosts_are_hidden() {
        check("host mx.a.example[192.0.2.7] said: 550", "host mx.a.example[<ip>] said: 550");
        check("connect to mx[2001:db8::7]:25: refused", "connect to mx[<ip>]:25: refused");
        check("ip=192.0.2.7&x, 192.0.2.7:25, 192.0.2.7.", "ip=<ip>&x, <ip>:25, <ip>.");
        check("550 5.7.1 at 12:04:05, v1.2.3", "550 5.7.1 at 12:04:05, v1.2.3");
        check("host 192-0-2-7.dyn.example, 2026-01-05-7, 1-2-3", "host <ip>.dyn.example, 2026-01-05-7, 1-2-3");
        check("[2001:db8::25]: ::1. IPv6:2001:db8::1 dead beef", "[<ip>]: <ip>. IPv6:<ip> dead beef");
    }

    #[test]
    fn any_bytes_are_taken() {
        for byte in 0..=255_u8 {
            let text = [b'a', byte, b'"', b'@', byte, b':', b':', byte, b'1', b'-', b'.', byte];
            for start in 0..text.len() {
                let (hidden, part) = redacted_with(&text, &(start..text.len()));
                assert!(part.start <= part.end && part.end <= hidden.len(), "{byte}");
            }
        }
    }

    #[test]
    fn a_part_moves_with_the_text() {
        let text = b"550 <ann@a.example>: User unknown at 192.0.2.1";
        let (hidden, part) = redacted_with(text, &(21..33));
        assert_eq!((&text[21..33], &hidden[part]), (&b"User unknown"[..], &b"User unknown"[..]));
    }

    #[test]
    fn a_place_moves_with_the_text() {
        let text = b"550 <ann.elisabeth.smith@a.example>: User unknown";
        let (hidden, place) = redacted_at(text, 37);
        assert_eq!((&text[37..41], &hidden[place..place + 4]), (&b"User"[..], &b"User"[..]));
    }
}
