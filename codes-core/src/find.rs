//! Codes in any text.

use core::fmt;
use core::iter::FusedIterator;

use crate::{EnhancedCode, ReplyCode};

mod after;
mod before;
mod words;

/// Finds the reply codes and enhanced codes in any text: a reply, a log line, an exception, a whole bounce message.
///
/// It is careful: addresses, version numbers, dates, sizes, ports and identifiers are no codes. So a number of three digits
/// counts only
///
/// - at the start of a line, also behind `<<<`, `>>>` or a quotation mark,
/// - directly before an enhanced code of the same class: `550 5.1.1`, `550-5.1.1`, `550 (#5.1.1)`,
/// - behind words or signs that announce a reply: `said: 550`, `smtp; 550`, `error 550`, `RCPT TO:<user@example.com>: 550`.
///
/// An enhanced code counts wherever its three parts stand alone, unless a word before them says that they are a version or a
/// section.
///
/// Time is linear in the length of the text, nothing is allocated, and the matches come in order without overlap.
///
/// # Examples
///
/// ```
/// use smtp_codes::{Code, EnhancedCode, ReplyCode, codes};
///
/// let line = b"host mx.example[192.0.2.5] (Exim 4.94.2) said: 550-5.7.606 Access denied (in reply to RCPT TO command)";
/// let mut found = codes(line);
///
/// let reply = found.next().unwrap();
/// assert_eq!(reply.code, Code::Reply(ReplyCode::MAILBOX_UNAVAILABLE));
/// assert_eq!(&line[reply.start..reply.end], b"550");
///
/// let enhanced = found.next().unwrap();
/// assert_eq!(enhanced.code, Code::Enhanced(EnhancedCode::from_bytes(b"5.7.606")?));
/// assert_eq!(found.next(), None);
/// # Ok::<(), smtp_codes::ParseError>(())
/// ```
pub fn codes(text: &[u8]) -> Codes<'_> {
    let mut codes = Codes {
        text,
        at: 0,
        fresh: true,
        silent: false,
        greeting: false,
        joined: None,
        enhanced_at: None,
        nested: None,
    };
    codes.start_line();
    codes
}

/// The codes of a text that begins with a reply code and has its enhanced code directly behind it or none at all, as most
/// replies do, and where they end: what [`codes`] finds, told at a glance. `None` for any other text.
pub(crate) fn leading_codes(text: &[u8]) -> Option<(ReplyCode, Option<EnhancedCode>, usize)> {
    let reply = ReplyCode::parse_prefix(text, 0).ok()?;
    if !matches!(text.get(3), Some(b' ' | b'-')) {
        return None;
    }
    if let Ok((enhanced, end)) = EnhancedCode::parse_prefix(text, 4) {
        let bounded = matches!(text.get(end), None | Some(b' '));
        return (bounded && enhanced.class().digit() == reply.severity().digit()).then_some((
            reply,
            Some(enhanced),
            end,
        ));
    }
    let begins_text = text.get(4).is_some_and(u8::is_ascii_alphabetic) && after::allows_reply(text, 3);
    (begins_text && reply.as_u16() >= 400 && !may_hold_enhanced(text)).then_some((reply, None, 3))
}

/// Whether a class, a full stop and a digit stand in the text.
fn may_hold_enhanced(text: &[u8]) -> bool {
    const ONES: u64 = 0x0101_0101_0101_0101;
    let begins = |at: usize| {
        let before = at.checked_sub(1).map(|before| text[before]);
        matches!(before, Some(b'2' | b'4' | b'5')) && text.get(at + 1).is_some_and(u8::is_ascii_digit)
    };
    let mut chunks = text.chunks_exact(8);
    let mut at = 0;
    // Eight bytes at a time, as most have no full stop among them.
    for chunk in &mut chunks {
        let others = chunk.iter().rev().fold(0, |bytes, byte| bytes << 8 | u64::from(*byte)) ^ (0x2E * ONES);
        if others.wrapping_sub(ONES) & !others & (0x80 * ONES) != 0
            && (at..at + 8).any(|at| text[at] == b'.' && begins(at))
        {
            return true;
        }
        at += 8;
    }
    chunks.remainder().iter().zip(at..).any(|(byte, at)| *byte == b'.' && begins(at))
}

/// A code of either kind.
///
/// # Examples
///
/// ```
/// use smtp_codes::{Code, codes};
///
/// let found = codes(b"550 5.1.1 No such user").map(|found| found.code);
/// assert!(found.map(|code| matches!(code, Code::Enhanced(_))).eq([false, true]));
/// ```
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub enum Code {
    /// A reply code: `550`.
    Reply(ReplyCode),
    /// An enhanced status code: `5.1.1`.
    Enhanced(EnhancedCode),
}

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Reply(code) => code.fmt(f),
            Self::Enhanced(code) => code.fmt(f),
        }
    }
}

impl From<ReplyCode> for Code {
    fn from(code: ReplyCode) -> Self {
        Self::Reply(code)
    }
}

impl From<EnhancedCode> for Code {
    fn from(code: EnhancedCode) -> Self {
        Self::Enhanced(code)
    }
}

/// A code that [`codes`] found, and where.
///
/// # Examples
///
/// ```
/// use smtp_codes::codes;
///
/// let text = b"Status: 5.2.2";
/// let found = codes(text).next().unwrap();
/// assert_eq!(&text[found.start..found.end], found.code.to_string().as_bytes());
/// ```
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
#[non_exhaustive]
pub struct CodeMatch {
    /// The code.
    pub code: Code,
    /// Its first byte in the text.
    pub start: usize,
    /// The byte behind its last one.
    pub end: usize,
}

/// The codes in a text: see [`codes`].
#[derive(Clone)]
pub struct Codes<'a> {
    text: &'a [u8],
    at: usize,
    /// Whether nothing but white space, quotation marks and arrows has been met on this line.
    fresh: bool,
    /// Whether this line belongs to a header field that has no codes.
    silent: bool,
    /// Whether a greeting was met on this line, which likes to name a version.
    greeting: bool,
    /// The code of a reply of several lines, which a log has put on one.
    joined: Option<ReplyCode>,
    /// Where the enhanced code of the last reply code stands.
    enhanced_at: Option<usize>,
    /// The last reply code, and where another may stand in the text of its reply: `550 550 5.1.1`.
    nested: Option<(ReplyCode, usize)>,
}

impl Iterator for Codes<'_> {
    type Item = CodeMatch;

    fn next(&mut self) -> Option<CodeMatch> {
        while let Some(byte) = self.text.get(self.at) {
            match byte {
                b'0'..=b'9' => {
                    let found = self.enhanced().or_else(|| self.reply());
                    self.fresh = false;
                    if let Some(found) = found {
                        self.at = found.end;
                        return Some(found);
                    }
                    self.at += self.text[self.at..].iter().take_while(|byte| byte.is_ascii_digit()).count();
                }
                b'\n' => {
                    self.at += 1;
                    self.start_line();
                }
                // Line ends that a program has written as two characters.
                b'\\' if matches!(self.text.get(self.at + 1), Some(b'n' | b'r' | b't')) => {
                    self.fresh |= self.text[self.at + 1] == b'n';
                    self.at += 2;
                }
                b' ' | b'\t' | b'\r' | b'"' | b'\'' | b'`' | b'<' | b'>' | b'*' | b'-' | b'~' | b'|' | b'\\' => {
                    self.at += 1;
                }
                // Python's way to write bytes.
                b'b' if self.fresh && matches!(self.text.get(self.at + 1), Some(b'"' | b'\'')) => self.at += 1,
                _ => {
                    self.fresh = false;
                    self.at += 1;
                }
            }
        }
        None
    }
}

impl FusedIterator for Codes<'_> {}

impl Codes<'_> {
    fn start_line(&mut self) {
        let line = &self.text[self.at..];
        let folded = matches!(line.first(), Some(b' ' | b'\t'));
        self.silent = if folded { self.silent } else { before::is_silent_field(line) };
        self.fresh = true;
        self.greeting = false;
        self.joined = None;
        if self.silent {
            self.at += line.iter().position(|byte| *byte == b'\n').unwrap_or(line.len());
        }
    }

    fn enhanced(&self) -> Option<CodeMatch> {
        let (code, end) = EnhancedCode::parse_prefix(self.text, self.at).ok()?;
        let announced = self.enhanced_at == Some(self.at) || before::announces_enhanced(self.text, self.at);
        let counts = if announced {
            after::bounds_announced(self.text, end)
        } else {
            // The registry has subjects 0 to 7.
            code.subject() <= 7
                && !self.greeting
                && before::allows_enhanced(self.text, self.at)
                && after::bounds_enhanced(self.text, end)
        };
        counts.then_some(CodeMatch { code: code.into(), start: self.at, end })
    }

    fn reply(&mut self) -> Option<CodeMatch> {
        let (start, end) = (self.at, self.at + 3);
        let code = ReplyCode::parse_prefix(self.text, start).ok()?;
        if self.text.get(end).is_some_and(u8::is_ascii_digit) || !before::bounds_reply(self.text, start) {
            return None;
        }
        let enhanced = after::enhanced(self.text, end);
        let same_class = enhanced.is_some_and(|(enhanced, _)| enhanced.class().digit() == code.severity().digit());
        let quoted = after::quoted(self.text, start, end);
        let counts = same_class
            || quoted.is_some()
            || ((enhanced.is_some() || after::allows_reply(self.text, end))
                && self.announced(code, enhanced.is_some()));
        if !counts {
            return None;
        }

        let separator = self.text.get(end);
        self.enhanced_at = enhanced.map(|(_, at)| at).or(quoted);
        self.nested = Some((code, end + 1));
        self.joined = (separator == Some(&b'-')).then_some(code);
        self.greeting |= code == 220;
        Some(CodeMatch { code: code.into(), start, end })
    }

    /// Whether what stands around the code announces it. `strong` is whether an enhanced code follows.
    fn announced(&self, code: ReplyCode, strong: bool) -> bool {
        // No document defines a code such as 387 or 290, so a number like that is something else.
        if code.as_u16() < 400 && code.as_u16() / 10 % 10 > 5 {
            return false;
        }
        let separated = after::separates(self.text, self.at + 3);
        let nested = self.nested.is_some_and(|(outer, at)| outer.severity() == code.severity() && at == self.at);
        (nested && separated)
            || (self.fresh && separated && before::starts_line(self.text, self.at))
            || (self.joined == Some(code) && separated && before::continues_line(self.text, self.at))
            || (strong && before::marks(self.text, self.at))
            || (after::bounds_reply(self.text, self.at + 3)
                && (after::names_error(self.text, self.at + 3) || before::announces_reply(self.text, self.at, code)))
    }
}

impl fmt::Debug for Codes<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self.clone()).finish()
    }
}
