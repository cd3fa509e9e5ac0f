//! The reply parser: lossless, tolerant, one pass, no allocation.

use core::fmt;

use crate::error::Target;
use crate::{EnhancedCode, ParseError, ReplyCode};

mod anomaly;
mod line;
mod line_end;
mod plain;

pub use anomaly::{Anomalies, Anomaly};
use line::contradicts;
pub use line::{Line, Lines, Separator};
use line_end::LineEnd;
use plain::plain;

/// A server's reply to a command, of one line or more ([RFC 5321, Section 4.2]).
///
/// Replies are taken as servers send them, which is not always as the standard has it: with codes that differ from line to
/// line, without line ends, in other character sets. What is odd is kept and named in [`anomalies`](Self::anomalies). Only
/// bytes that do not begin with a reply code are refused.
///
/// The bytes are borrowed and nothing is lost: the lines' [raw bytes](Line::raw), put together, are the input.
///
/// # Examples
///
/// ```
/// use smtp_codes::{Anomaly, EnhancedCode, Reply, ReplyCode};
///
/// let reply = Reply::parse(b"550-5.7.606 Access denied,\r\n550 banned sending IP [192.0.2.1]\n")?;
/// assert_eq!(reply.code(), ReplyCode::MAILBOX_UNAVAILABLE);
/// assert_eq!(reply.enhanced(), Some(EnhancedCode::from_bytes(b"5.7.606")?));
/// assert_eq!(reply.text(), b"Access denied,");
/// assert_eq!(reply.lines().count(), 2);
/// assert!(reply.anomalies().iter().eq([Anomaly::BareLineFeed]));
/// # Ok::<(), smtp_codes::ParseError>(())
/// ```
///
/// [RFC 5321, Section 4.2]: https://www.rfc-editor.org/rfc/rfc5321#section-4.2
#[derive(Clone, Copy, Eq, PartialEq)]
pub struct Reply<'a> {
    raw: &'a [u8],
    code: ReplyCode,
    enhanced: Option<EnhancedCode>,
    text: &'a [u8],
    anomalies: Anomalies,
}

impl<'a> Reply<'a> {
    /// Parses the whole input as one reply.
    ///
    /// # Errors
    ///
    /// Where the input, after white space, does not begin with a reply code: three digits, the first from 2 to 5, and no
    /// fourth.
    ///
    /// # Examples
    ///
    /// ```
    /// use smtp_codes::Reply;
    ///
    /// assert!(Reply::parse(b"550").is_ok());
    /// let error = Reply::parse(b"5501 No such user").unwrap_err();
    /// assert_eq!(
    ///     error.to_string(),
    ///     "unexpected '1' at byte 3 while parsing a reply: expected ' ', '-' or a line end after the code",
    /// );
    /// ```
    pub fn parse(input: &'a [u8]) -> Result<Self, ParseError> {
        match plain(input) {
            Some(reply) if reply.raw.len() == input.len() => return Ok(reply),
            _ => {}
        }
        let mut reader = Reader::new(input)?;
        while reader.at < input.len() {
            reader.line();
        }
        reader.anomalies.add_if(!reader.ended, Anomaly::Unfinished);
        Ok(reader.reply())
    }

    /// Takes one complete reply off the front of a buffer and returns what is left.
    ///
    /// A reply is complete with the line feed of its last line: that is the first line with a code and no hyphen after it.
    ///
    /// # Errors
    ///
    /// Where the buffer, after white space, does not begin with a reply code, and where it ends before the reply does:
    /// [`ParseError::is_incomplete`] then says that more bytes are needed. Nothing bounds the length of a reply, so a client
    /// should stop reading at a length of its own choice.
    ///
    /// # Examples
    ///
    /// ```
    /// use smtp_codes::Reply;
    ///
    /// let buffer = b"250-mx.example\r\n250 SIZE\r\n250 2.1.0 OK\r\n550 5.1";
    /// let (first, rest) = Reply::parse_prefix(buffer)?;
    /// let (second, rest) = Reply::parse_prefix(rest)?;
    /// assert_eq!(first.lines().count(), 2);
    /// assert_eq!(second.text(), b"OK");
    /// assert!(Reply::parse_prefix(rest).unwrap_err().is_incomplete());
    /// # Ok::<(), smtp_codes::ParseError>(())
    /// ```
    pub fn parse_prefix(input: &'a [u8]) -> Result<(Self, &'a [u8]), ParseError> {
        if let Some(reply) = plain(input) {
            return Ok((reply, &input[reply.raw.len()..]));
        }
        let mut reader = Reader::new(input)?;
        while reader.at < input.len() && !reader.ended {
            reader.line();
        }
        let expected = match (reader.ended, reader.anomalies.contains(Anomaly::MissingLineEnd)) {
            (true, false) => return Ok((reader.reply(), &input[reader.at..])),
            (true, true) => "a line end",
            (false, _) => "a last line, without a hyphen after its code",
        };
        Err(ParseError::at(Target::Reply, input, input.len(), expected))
    }

    /// The reply code: that of the first line, where they differ.
    pub const fn code(&self) -> ReplyCode {
        self.code
    }

    /// The first enhanced code.
    ///
    /// None is the rule for the greeting, for replies to EHLO and for code 354, and common from servers of all kinds.
    pub const fn enhanced(&self) -> Option<EnhancedCode> {
        self.enhanced
    }

    /// The text of the first line, without codes and line end.
    pub const fn text(&self) -> &'a [u8] {
        self.text
    }

    /// The input.
    pub const fn raw(&self) -> &'a [u8] {
        self.raw
    }

    /// What is odd about it.
    pub const fn anomalies(&self) -> Anomalies {
        self.anomalies
    }

    /// Its lines, in order.
    ///
    /// # Examples
    ///
    /// ```
    /// use smtp_codes::Reply;
    ///
    /// let reply = Reply::parse(b"250-mx.example\r\n250-SIZE 1000\r\n250 STARTTLS\r\n")?;
    /// assert!(reply.lines().map(|line| line.text()).eq([&b"mx.example"[..], b"SIZE 1000", b"STARTTLS"]));
    /// # Ok::<(), smtp_codes::ParseError>(())
    /// ```
    pub const fn lines(&self) -> Lines<'a> {
        Lines { rest: self.raw, code: self.code }
    }
}

impl fmt::Debug for Reply<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Reply")
            .field("raw", &format_args!("\"{}\"", self.raw.escape_ascii()))
            .field("code", &self.code)
            .field("enhanced", &self.enhanced)
            .field("anomalies", &self.anomalies)
            .finish_non_exhaustive()
    }
}

/// A reply of which some lines have been read.
struct Reader<'a> {
    input: &'a [u8],
    /// Where the next line starts.
    at: usize,
    code: ReplyCode,
    enhanced: Option<EnhancedCode>,
    /// The text of the first line, once it has been read.
    text: Option<&'a [u8]>,
    /// Whether the last line of the reply has been read.
    ended: bool,
    beyond_ascii: bool,
    anomalies: Anomalies,
}

impl<'a> Reader<'a> {
    fn new(input: &'a [u8]) -> Result<Self, ParseError> {
        let start = input.iter().take_while(|byte| matches!(byte, b' ' | b'\t' | b'\r' | b'\n')).count();
        let code = ReplyCode::parse_prefix(input, start)?;
        if input.get(start + 3).is_some_and(u8::is_ascii_digit) {
            return Err(ParseError::at(Target::Reply, input, start + 3, "' ', '-' or a line end after the code"));
        }
        let anomalies = Anomalies::default();
        Ok(Self { input, at: 0, code, enhanced: None, text: None, ended: false, beyond_ascii: false, anomalies })
    }

    fn line(&mut self) {
        let rest = &self.input[self.at..];
        let end = LineEnd::find(rest);
        let line = Line::read(rest, end, self.code);
        self.at += end.raw;
        self.beyond_ascii |= end.beyond_ascii;
        self.anomalies.add_all(line.anomalies());

        self.anomalies.add_if(self.ended, Anomaly::TextAfterEnd);
        match line.code() {
            Some(code) => self.anomalies.add_if(code != self.code, Anomaly::CodesDiffer),
            // The first line with a code has not been read yet, so this one is blank.
            None if self.text.is_none() => self.anomalies.add(Anomaly::LeadingSpace),
            None => self.anomalies.add_if(!self.ended, Anomaly::LineWithoutCode),
        }
        if let Some(enhanced) = line.enhanced() {
            // What follows the end belongs to this reply only where it says so by the same code.
            if !self.ended || line.code() == Some(self.code) {
                let contradicts = line.code().is_none() && contradicts(enhanced, self.code);
                self.anomalies.add_if(contradicts, Anomaly::ClassContradictsCode);
                let first = *self.enhanced.get_or_insert(enhanced);
                self.anomalies.add_if(enhanced != first, Anomaly::EnhancedCodesDiffer);
            }
        }
        self.text = self.text.or(line.code().map(|_| line.text()));
        self.ended |= line.ends_reply();
    }

    /// What has been read so far as a reply.
    fn reply(&self) -> Reply<'a> {
        let raw = &self.input[..self.at];
        let mut anomalies = self.anomalies;
        anomalies.add_if(self.beyond_ascii && core::str::from_utf8(raw).is_err(), Anomaly::NotUtf8);
        Reply { raw, code: self.code, enhanced: self.enhanced, text: self.text.unwrap_or_default(), anomalies }
    }
}
