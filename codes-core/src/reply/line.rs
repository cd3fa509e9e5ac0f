use core::fmt;
use core::iter::FusedIterator;

use super::anomaly::{Anomalies, Anomaly};
use super::line_end::LineEnd;
use crate::{EnhancedCode, ReplyCode};

/// One line of a [`Reply`](crate::Reply).
///
/// # Examples
///
/// ```
/// use smtp_codes::{EnhancedCode, Reply, ReplyCode, Separator};
///
/// let reply = Reply::parse(b"550-5.1.1 No such user\r\n550 5.1.1 here\r\n")?;
/// let line = reply.lines().next().unwrap();
/// assert_eq!(line.raw(), b"550-5.1.1 No such user\r\n");
/// assert_eq!(line.code(), ReplyCode::new(550));
/// assert_eq!(line.separator(), Some(Separator::Hyphen));
/// assert_eq!(line.enhanced(), Some(EnhancedCode::from_bytes(b"5.1.1")?));
/// assert_eq!(line.text(), b"No such user");
/// # Ok::<(), smtp_codes::ParseError>(())
/// ```
#[derive(Clone, Copy, Eq, PartialEq)]
pub struct Line<'a> {
    raw: &'a [u8],
    code: Option<ReplyCode>,
    separator: Option<Separator>,
    enhanced: Option<EnhancedCode>,
    text: &'a [u8],
    anomalies: Anomalies,
}

impl<'a> Line<'a> {
    /// Its bytes, with the line end.
    pub const fn raw(&self) -> &'a [u8] {
        self.raw
    }

    /// The reply code at its start.
    pub const fn code(&self) -> Option<ReplyCode> {
        self.code
    }

    /// What stands between the code and the rest; `None` without a code, and where neither a space nor a hyphen follows it.
    pub const fn separator(&self) -> Option<Separator> {
        self.separator
    }

    /// The enhanced code after the reply code or, as qmail writes it, at the end: `(#5.1.1)`.
    pub const fn enhanced(&self) -> Option<EnhancedCode> {
        self.enhanced
    }

    /// What is left without the codes and the line end.
    ///
    /// Not always UTF-8, and free to hold any control character.
    pub const fn text(&self) -> &'a [u8] {
        self.text
    }

    /// What is odd about this line alone.
    ///
    /// # Examples
    ///
    /// ```
    /// use smtp_codes::{Anomaly, Reply};
    ///
    /// let reply = Reply::parse(b"550-No such user\r\n550 here\n")?;
    /// let second = reply.lines().last().unwrap();
    /// assert!(second.anomalies().iter().eq([Anomaly::BareLineFeed]));
    /// # Ok::<(), smtp_codes::ParseError>(())
    /// ```
    pub const fn anomalies(&self) -> Anomalies {
        self.anomalies
    }

    /// Whether no further line of the reply follows: it has a code, and no hyphen after it.
    pub(super) const fn ends_reply(&self) -> bool {
        self.code.is_some() && !matches!(self.separator, Some(Separator::Hyphen))
    }

    /// Takes the line with this end off the front of `rest`. `first` is the code of the reply.
    pub(super) fn read(rest: &'a [u8], end: LineEnd, first: ReplyCode) -> Self {
        let (raw, body) = (&rest[..end.raw], &rest[..end.body]);
        let mut anomalies = end.anomalies;

        let indent = skip(body, 0, b" \t\r");
        let Some(code) = own_code(body, indent, first) else {
            let enhanced = leading_enhanced(body, indent, first);
            anomalies.add_if(enhanced.is_some_and(|found| found.odd), Anomaly::EnhancedForm);
            let (enhanced, text) = match enhanced {
                Some(found) => (Some(found.code), &body[found.text_start..found.text_end]),
                None => (None, body),
            };
            return Self { raw, code: None, separator: None, enhanced, text, anomalies };
        };
        anomalies.add_if(indent > 0, Anomaly::LeadingSpace);

        let after_code = indent + 3;
        let separator = match body.get(after_code) {
            Some(b' ') => Some(Separator::Space),
            Some(b'-') => Some(Separator::Hyphen),
            _ => None,
        };
        anomalies.add_if(separator.is_none() && after_code < body.len(), Anomaly::NoSeparator);

        let start = after_code + usize::from(separator.is_some());
        let found = leading_enhanced(body, skip(body, start, b" \t"), code).or_else(|| trailing_enhanced(body, start));
        let (enhanced, text) = match found {
            Some(found) => {
                anomalies.add_if(found.odd, Anomaly::EnhancedForm);
                anomalies.add_if(contradicts(found.code, code), Anomaly::ClassContradictsCode);
                (Some(found.code), &body[found.text_start..found.text_end])
            }
            None => (None, &body[start..]),
        };
        Self { raw, code: Some(code), separator, enhanced, text, anomalies }
    }
}

impl fmt::Debug for Line<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Line")
            .field("raw", &format_args!("\"{}\"", self.raw.escape_ascii()))
            .field("code", &self.code)
            .field("separator", &self.separator)
            .field("enhanced", &self.enhanced)
            .field("text", &format_args!("\"{}\"", self.text.escape_ascii()))
            .field("anomalies", &self.anomalies)
            .finish()
    }
}

/// What follows the code of a line ([RFC 5321, Section 4.2]).
///
/// [RFC 5321, Section 4.2]: https://www.rfc-editor.org/rfc/rfc5321#section-4.2
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
pub enum Separator {
    /// A hyphen: another line follows.
    Hyphen,
    /// A space: this is the last line.
    Space,
}

/// The lines of a reply: see [`Reply::lines`](crate::Reply::lines).
#[derive(Clone)]
pub struct Lines<'a> {
    pub(super) rest: &'a [u8],
    pub(super) code: ReplyCode,
}

impl<'a> Iterator for Lines<'a> {
    type Item = Line<'a>;

    fn next(&mut self) -> Option<Line<'a>> {
        if self.rest.is_empty() {
            return None;
        }
        let line = Line::read(self.rest, LineEnd::find(self.rest), self.code);
        self.rest = &self.rest[line.raw.len()..];
        Some(line)
    }
}

impl FusedIterator for Lines<'_> {}

impl fmt::Debug for Lines<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self.clone()).finish()
    }
}

/// Whether the class is not the first digit of the reply code.
pub(super) fn contradicts(enhanced: EnhancedCode, code: ReplyCode) -> bool {
    enhanced.class().digit() != code.severity().digit()
}

/// The code of a line.
///
/// Three digits that differ from the `first` code, or are indented, may as well be words of a line that has no code:
/// `500MB is the limit`. So they need more of the form.
fn own_code(body: &[u8], indent: usize, first: ReplyCode) -> Option<ReplyCode> {
    let code = ReplyCode::parse_prefix(body, indent).ok()?;
    match body.get(indent + 3) {
        Some(b'0'..=b'9') => None,
        Some(b' ' | b'-') | None if indent == 0 => Some(code),
        _ => (code == first).then_some(code),
    }
}

/// An enhanced code in a line, and where the text without it lies.
#[derive(Clone, Copy)]
struct Found {
    code: EnhancedCode,
    odd: bool,
    text_start: usize,
    text_end: usize,
}

/// The enhanced code that begins at `start`: `5.1.1`, `#5.1.1`, `(#5.1.1)`, `[5.1.1]`.
fn leading_enhanced(body: &[u8], start: usize, reply_code: ReplyCode) -> Option<Found> {
    let close = match body.get(start)? {
        b'2' | b'4' | b'5' | b'#' => None,
        b'(' => Some(b')'),
        b'[' => Some(b']'),
        b'<' => Some(b'>'),
        _ => return None,
    };
    let mut code_start = start + usize::from(close.is_some());
    code_start += usize::from(body.get(code_start) == Some(&b'#'));
    let (code, mut end) = EnhancedCode::parse_prefix(body, code_start).ok()?;
    let runs_on = match body.get(end) {
        // A number with a fourth part, or a host's name.
        Some(b'.') if body.get(end + 1).is_some_and(u8::is_ascii_alphanumeric) => return None,
        Some(b'@') => return None,
        Some(byte) => byte.is_ascii_alphabetic(),
        None => false,
    };
    if runs_on && contradicts(code, reply_code) {
        return None;
    }
    end += usize::from(close.is_some() && body.get(end).copied() == close);
    let text_start = skip(body, end, b" \t");
    Some(Found { code, odd: runs_on || code_start > start, text_start, text_end: body.len() })
}

/// The enhanced code that closes the text: `(#5.1.1)`, `#5.1.1`, and `(#5.1.1 - note)`, which stays in the text.
fn trailing_enhanced(body: &[u8], start: usize) -> Option<Found> {
    const FARTHEST: usize = 64;
    let body_end = start + body[start..].trim_ascii_end().len();
    if !matches!(body[start..body_end].last(), Some(b')' | b'0'..=b'9')) {
        return None;
    }
    let from = body_end.saturating_sub(FARTHEST).max(start);
    let hash = from + body[from..body_end].iter().rposition(|byte| *byte == b'#')?;
    let (code, end) = EnhancedCode::parse_prefix(&body[..body_end], hash + 1).ok()?;
    let text_end = match (body[start..hash].last(), &body[end..body_end]) {
        (Some(b' ' | b'\t'), []) => hash,
        (Some(b'('), [b')']) => hash - 1,
        (Some(b'('), [b' ', ..]) => return Some(Found { code, odd: true, text_start: start, text_end: body.len() }),
        _ => return None,
    };
    let text_end = start + body[start..text_end].trim_ascii_end().len();
    Some(Found { code, odd: true, text_start: start, text_end })
}

/// The first place from `start` on that holds none of `blanks`.
fn skip(bytes: &[u8], mut start: usize, blanks: &[u8]) -> usize {
    while bytes.get(start).is_some_and(|byte| blanks.contains(byte)) {
        start += 1;
    }
    start
}
