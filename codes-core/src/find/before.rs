//! What stands before a code. Every look back is bounded, so that the whole search stays linear.

use super::{after, words};
use crate::ReplyCode;

/// The byte before `at`, with a line end that a program has written as `\n` taken for one.
fn previous(text: &[u8], at: usize) -> Option<u8> {
    match text[..at] {
        [.., b'\\', b'n' | b'r' | b't'] => Some(b'\n'),
        [.., byte] => Some(byte),
        [] => None,
    }
}

/// Whether a header field begins here that has versions, dates and identifiers, and no codes.
pub(super) fn is_silent_field(line: &[u8]) -> bool {
    const LONGEST: usize = 48;
    let Some(colon) = line.iter().take(LONGEST).position(|byte| matches!(byte, b':' | b' ' | b'\n')) else {
        return false;
    };
    if line[colon] != b':' {
        return false;
    }
    let name = &line[..colon];
    // A protocol trace writes what it received: `Received: 550 5.1.1`.
    let digit = words::trim_blanks(&line[colon + 1..]).first().is_some_and(u8::is_ascii_digit);
    words::is_one_of(name, words::SILENT_FIELDS) && !(digit && name.eq_ignore_ascii_case(b"Received"))
        || words::ends_with(name, b"-version")
}

/// Whether the sign or word before says that an enhanced code follows: `#5.1.1`, `dsn=5.1.1`, `Status: 5.1.1`.
pub(super) fn announces_enhanced(text: &[u8], start: usize) -> bool {
    match previous(text, start) {
        Some(b'#') => true,
        Some(b':' | b'=' | b' ' | b'"' | b'\'') => {
            let before = Before::read(text, start);
            (before.has(Sign::Colon) || before.has(Sign::Equals))
                && words::ends_with_one_of(before.word(), words::STATUS)
        }
        _ => false,
    }
}

/// Whether an enhanced code may start here in free text.
pub(super) fn allows_enhanced(text: &[u8], start: usize) -> bool {
    let begins = match previous(text, start) {
        None => true,
        Some(b'_') => text[..start].ends_with(b":_"),
        Some(byte) => byte.is_ascii_whitespace() || b"([{<>\"'`,;|*".contains(&byte) || !byte.is_ascii(),
    };
    if !begins {
        return false;
    }
    let before = Before::read(text, start);
    !before.prior.ends_with("§".as_bytes()) && !words::is_one_of(before.word(), words::VERSION)
}

/// Whether a reply code can start here at all.
pub(super) fn bounds_reply(text: &[u8], start: usize) -> bool {
    match previous(text, start) {
        None => true,
        Some(b'.') => !text[..start - 1].last().is_some_and(u8::is_ascii_digit),
        Some(byte) => !byte.is_ascii_alphanumeric() && !matches!(byte, b'@' | b'$' | b'+' | b'^' | b'~'),
    }
}

/// Whether the line's first word can start here, given that nothing but marks stands before it.
pub(super) fn starts_line(text: &[u8], start: usize) -> bool {
    match previous(text, start) {
        None => true,
        Some(byte) => byte.is_ascii_whitespace() || b"\"'`>|".contains(&byte),
    }
}

/// Whether a further line of a reply can start here on the same line.
pub(super) fn continues_line(text: &[u8], start: usize) -> bool {
    previous(text, start).is_some_and(|byte| byte.is_ascii_whitespace() || b"/|;,".contains(&byte))
}

/// Whether the mark stands before that sets a reply off from the text, as Exchange writes it: `'550 4.4.7`, `#550 4.4.7`.
pub(super) fn marks(text: &[u8], start: usize) -> bool {
    previous(text, start).is_some_and(|byte| b"#\"'`(".contains(&byte))
}

/// Whether words or signs before say that a reply follows.
pub(super) fn announces_reply(text: &[u8], start: usize, code: ReplyCode) -> bool {
    // The arrow of Exchange's protocol logs, which are comma-separated.
    if text[..start].ends_with(b",<,") {
        return true;
    }
    let before = Before::read(text, start);
    let word = before.word();
    let apart = before.apart();
    let colon = before.has(Sign::Colon) && apart;
    let named =
        colon || before.has(Sign::Quote) || (before.has(Sign::Equals) && words::is_one_of(word, words::ASSIGNED));
    // Without a text behind it, it is rather a count: `rejected: 450`.
    let text_follows = after::begins_text(text, start + 3);
    let port = matches!(code.as_u16(), 465 | 587);

    (before.signs != 0 && before.names_reply())
        || (named && text_follows && words::is_one_of(word, words::SPEAKER))
        || (colon && words::ends_with(word, b"exception"))
        || (before.has(Sign::Semicolon) && words::is_one_of(word, words::PROTOCOL))
        || (apart && !port && words::is_one_of(word, words::PROTOCOL))
        || (before.has(Sign::Parenthesis) && text_follows && words::is_one_of(word, words::OUTCOME))
        || (apart && word == b"with" && words::is_one_of(before.word_before(), words::ANSWERED))
        || (before.has(Sign::Equals) && before.has(Sign::Quote) && word == b"C")
        || (colon && (before.prior.ends_with(b">") || before.host() || before.follows_exim()))
        || (apart && (before.arrow() || before.ellipsis()))
}

/// A sign between a word and a code.
#[derive(Clone, Copy)]
enum Sign {
    Blank,
    Colon,
    Equals,
    Parenthesis,
    Quote,
    Semicolon,
}

/// What stands before a code: signs, and before them words.
struct Before<'a> {
    /// The text before the signs.
    prior: &'a [u8],
    /// One bit for each [`Sign`] that was met.
    signs: u8,
}

impl<'a> Before<'a> {
    fn read(text: &'a [u8], start: usize) -> Self {
        const MOST_SIGNS: usize = 8;
        let mut before = Self { prior: &text[..start], signs: 0 };
        while start - before.prior.len() < MOST_SIGNS {
            let (rest, sign) = match before.prior {
                [rest @ .., b' ' | b'\t'] => (rest, Sign::Blank),
                // qmail's log has `_` for a space.
                [rest @ .., b'_'] if rest.ends_with(b":") => (rest, Sign::Blank),
                [rest @ .., b':'] => (rest, Sign::Colon),
                [rest @ .., b'='] => (rest, Sign::Equals),
                [rest @ .., b';'] => (rest, Sign::Semicolon),
                [rest @ .., b'"' | b'\'' | b'`'] => (rest, Sign::Quote),
                // Only with a space before it, as `smtp(550)` is rather a process.
                [rest @ .., b'('] if rest.ends_with(b" ") => (rest, Sign::Parenthesis),
                // A quotation mark within quotation marks, and Python's bytes.
                [rest @ .., b'\\'] if before.has(Sign::Quote) => (rest, Sign::Quote),
                [rest @ .., b'b']
                    if before.has(Sign::Quote) && matches!(rest.last(), Some(b' ' | b':' | b'=' | b'(')) =>
                {
                    (rest, Sign::Quote)
                }
                _ => break,
            };
            before.prior = rest;
            before.signs |= 1 << sign as u8;
        }
        before
    }

    fn has(&self, sign: Sign) -> bool {
        self.signs & (1 << sign as u8) != 0
    }

    /// Whether the code is set off. A number glued to a colon is rather a port, and to an equals sign a size.
    fn apart(&self) -> bool {
        self.has(Sign::Blank) || self.has(Sign::Quote) || self.has(Sign::Parenthesis)
    }

    /// The letters directly before the signs.
    fn word(&self) -> &'a [u8] {
        words::split_last(self.prior).1
    }

    /// The word before that one.
    fn word_before(&self) -> &'a [u8] {
        words::split_last(words::trim_signs(words::split_last(self.prior).0)).1
    }

    /// Whether the word is one such as `code` or `said`, and the words before do not turn it into something else, as in
    /// `exit code`.
    fn names_reply(&self) -> bool {
        let (rest, word) = words::split_last(self.prior);
        let (rest, second) = words::split_last(words::trim_signs(rest));
        let (_, third) = words::split_last(words::trim_signs(rest));
        words::names_reply(word)
            && !words::is_one_of(second, words::OTHER_CODES)
            && !((words::names_reply(second) || second == b"with") && words::is_one_of(third, words::OTHER_CODES))
    }

    /// Whether an arrow of a protocol trace stands before: `<<`, `<-`, `<**`, `<~`.
    fn arrow(&self) -> bool {
        [&b"<<"[..], b"<-", b"<--", b"<**", b"<~", b"<=", b"<=="].iter().any(|arrow| self.prior.ends_with(arrow))
    }

    /// Whether an address or host stands before, as Sendmail writes it: `<user@example.com>... 550`.
    fn ellipsis(&self) -> bool {
        self.prior.ends_with(b">...") || self.prior.ends_with(b")...")
    }

    /// Whether a host with its address stands before: `mx.example[192.0.2.1]: 550`.
    fn host(&self) -> bool {
        const LONGEST: usize = 48;
        let Some((b']' | b')', rest)) = self.prior.split_last() else {
            return false;
        };
        let from = rest.len().saturating_sub(LONGEST);
        let Some(open) = rest[from..].iter().rposition(|byte| matches!(byte, b'[' | b'(' | b'\n')) else {
            return false;
        };
        rest[from + open..].iter().any(|byte| matches!(byte, b'.' | b':'))
    }

    /// Whether Exim's words stand before, which name a command with all its arguments: `… after MAIL FROM:<> SIZE=1000: 552`.
    fn follows_exim(&self) -> bool {
        const LONGEST: usize = 200;
        const WORDS: &[u8] = b"error from remote mail server after ";
        let from = self.prior.len().saturating_sub(LONGEST);
        let line = self.prior[from..].rsplit(|byte| *byte == b'\n').next().unwrap_or_default();
        line.windows(WORDS.len()).any(|window| window == WORDS)
    }
}
