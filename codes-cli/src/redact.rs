//! What tells of a person in a text: mail addresses and the numbers of hosts.

use std::net::IpAddr;
use std::ops::Range;

use memchr::{memchr, memmem};

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
    Private { text, from: 0, given: 0, word_end: 0, sign: b"@", address: None }
}

/// Goes through a text once: what was looked through for one thing is not looked through for it again.
struct Private<'a> {
    text: &'a [u8],
    from: usize,
    /// Where what was told last ends.
    given: usize,
    /// Where the word ends in which `from` lies.
    word_end: usize,
    /// How addresses are written in the word: with an `@`, or as in an address of the web.
    sign: &'static [u8],
    /// The next address of the word, once it is found.
    address: Option<Range<usize>>,
}

impl Iterator for Private<'_> {
    type Item = (Range<usize>, Kind);

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            if self.from >= self.word_end {
                self.next_word()?;
            }
            // What is quoted begins before the word.
            let end = self.address.as_ref().map_or(self.word_end, |address| address.start.max(self.from));
            if let Some(number) = host_number(self.text, self.from..end) {
                (self.from, self.given) = (number.end, number.end);
                return Some((number, Kind::Host));
            }
            match self.address.take() {
                Some(found) => {
                    (self.from, self.given) = (found.end, found.end);
                    self.address = address(self.text, self.from..self.word_end, self.sign);
                    return Some((found, Kind::Address));
                }
                None => self.from = self.word_end,
            }
        }
    }
}

impl Private<'_> {
    /// Goes to the next run of bytes that may stand in an address or in a number of a host.
    fn next_word(&mut self) -> Option<()> {
        let rest = &self.text[self.from..];
        let start = rest.iter().position(|byte| is_word(*byte))?;
        let length = rest[start..].iter().position(|byte| !is_word(*byte)).unwrap_or(rest.len() - start);
        self.from += start;
        self.word_end = self.from + length;
        let has_at = memchr(b'@', &self.text[self.from..self.word_end]).is_some();
        self.sign = if has_at { b"@" } else { b"%40" };
        let word = self.from..self.word_end;
        self.address =
            address(self.text, word.clone(), self.sign).or_else(|| quoted_address(self.text, &word, self.given));
        Some(())
    }
}

fn is_word(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte >= 0x80 || b"!#$%&'*+-/=?^_`{|}~.@:".contains(&byte)
}

/// The first address in a part of a word, with all that is glued to it: whatever stands before an `@`, also one that is written `%40`,
/// and the domain.
fn address(text: &[u8], part: Range<usize>, sign: &[u8]) -> Option<Range<usize>> {
    let mut from = part.start;
    while from < part.end {
        let bytes = &text[from..part.end];
        let at = memmem::find(bytes, sign)?;
        // What a colon sets off is no part of it, as in `mailto:`, nor is a stop behind it.
        let start = bytes[..at].iter().rposition(|byte| *byte == b':').map_or(0, |colon| colon + 1);
        let end = memchr(b':', &bytes[at..]).map_or(bytes.len(), |length| at + length);
        let stops = bytes[at..end].iter().rev().take_while(|byte| b".?!'".contains(byte)).count();
        if start < at && at + 1 < end - stops {
            return Some(from + start..from + end - stops);
        }
        from += end;
    }
    None
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

/// The first IP address in a part of a word, also one that is written with dashes.
fn host_number(text: &[u8], part: Range<usize>) -> Option<Range<usize>> {
    let is_part = |byte: u8| byte.is_ascii_hexdigit() || byte == b'.' || byte == b':';
    let mut from = part.start;
    while let Some(start) = text[from..part.end].iter().position(|byte| byte.is_ascii_hexdigit() || *byte == b':') {
        // A colon may set off what comes behind it, or begin an address such as `::1`.
        let is_set_off = text[from + start] == b':' && text.get(from + start + 1) != Some(&b':');
        let start = from + start + usize::from(is_set_off);
        let end =
            text[start..part.end].iter().position(|byte| !is_part(*byte)).map_or(part.end, |length| start + length);
        let before = start.checked_sub(1).map(|before| text[before]);
        if before.is_some_and(|byte| byte.is_ascii_alphanumeric()) {
            // Behind a word such as `IPv6:` a number may begin.
            let colon = text[start..end].iter().position(|byte| *byte == b':');
            from = colon.map_or(end, |colon| start + colon + 1);
            continue;
        }
        let run = std::str::from_utf8(&text[start..end]).unwrap_or_default().trim_end_matches(['.', ':']);
        let without_port = run.rsplit_once(':').map_or("", |(host, _)| host);
        let is_number = |host: &&str| host.len() > 2 && host.parse::<IpAddr>().is_ok();
        let number = [run, without_port].into_iter().find(is_number).map(str::len);
        if let Some(length) = number.or_else(|| with_dashes(&text[start..part.end])) {
            return Some(start..start + length);
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
        check("192.0.2.7:ann@a.example:192.0.2.8", "<ip>:<address>:<ip>");
        check("550 5.7.1 at 12:04:05, v1.2.3", "550 5.7.1 at 12:04:05, v1.2.3");
        check("host 192-0-2-7.dyn.example, 2026-01-05-7, 1-2-3", "host <ip>.dyn.example, 2026-01-05-7, 1-2-3");
        check("[2001:db8::25]: ::1. IPv6:2001:db8::1 dead beef", "[<ip>]: <ip>. IPv6:<ip> dead beef");
    }

    #[test]
    fn a_megabyte_glued_together_is_hidden_too() {
        let hidden = redacted(&b"192.0.2.7-".repeat(100_000));
        assert!(hidden.len() < 600_000 && hidden.starts_with(b"<ip>-<ip>-"), "{}", hidden.len());
        assert!(redacted(&b"ann%40a.example:".repeat(60_000)).starts_with(b"<address>:<address>:"));
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
