use alloc::vec::Vec;

use super::exchange::Exchange;
use super::memory::Memory;
use super::syslog::Syslog;
use super::{Format, Line, Time};
use super::{exim, json, opensmtpd, postfix, qmail, sendmail, stamp};

/// Reads the lines of one log, one after the other.
///
/// It finds out which format the log has, and keeps what later lines need of earlier ones: who sent a message, what the columns
/// of a table are. That takes bounded memory, however long the log is.
///
/// # Examples
///
/// ```
/// use smtp_codes::log::{Format, Line, Reader};
///
/// let mut reader = Reader::new();
/// assert!(matches!(reader.read(b"no line of a log"), Line::Unknown));
/// assert_eq!(reader.format(), None);
///
/// assert!(matches!(reader.read(b"Jan  5 09:12:01 out1 postfix/qmgr[1187]: 4F2A81228B2F: removed"), Line::Other));
/// assert_eq!(reader.format(), Some(Format::Postfix));
/// ```
#[derive(Clone, Debug)]
pub struct Reader {
    /// The format that was asked for; others are not read then.
    wanted: Option<Format>,
    /// The format of the last line that has one.
    found: Option<Format>,
    /// Who sent a message, and what else its later lines need.
    memory: Memory,
    exchange: Exchange,
    /// The texts of a record that do not stand in the line as they are.
    buffer: Vec<u8>,
}

/// How many messages are kept in mind if nothing else is said.
const MESSAGES: usize = 1 << 15;

impl Reader {
    /// A reader that finds the format out, for each line anew.
    pub const fn new() -> Self {
        Self { wanted: None, found: None, memory: Memory::new(MESSAGES), exchange: Exchange::new(), buffer: Vec::new() }
    }

    /// A reader of this format and no other.
    pub fn with_format(format: Format) -> Self {
        Self { wanted: Some(format), exchange: Exchange::with_format(Some(format)), ..Self::new() }
    }

    /// Keeps in mind who sent the last so many messages, about 32,000 by default. With 0, a record has a sender only where its own
    /// line tells it.
    #[must_use]
    pub fn remembering(self, messages: usize) -> Self {
        Self { memory: Memory::new(messages), ..self }
    }

    /// The format of the log, once it is known.
    pub const fn format(&self) -> Option<Format> {
        match self.wanted {
            Some(format) => Some(format),
            None => self.found,
        }
    }

    /// Reads a line, given without its end.
    ///
    /// In the log of a known program, lines of others that write into the same file are [`Line::Other`].
    pub fn read<'a>(&'a mut self, line: &'a [u8]) -> Line<'a> {
        // A log of millions of lines is rather one of Postfix.
        let usual = if self.found == Some(Format::Postfix) { postfix::usual(line) } else { None };
        if let Some(syslog) = usual {
            return postfix::read(&syslog, &mut self.memory);
        }
        let (shape, format) = match Shape::of(line) {
            Some(shape) => (shape, self.format_of(&shape, line)),
            None if line.trim_ascii().is_empty() => return Line::Other,
            None => return Line::Unknown,
        };
        let Some(format) = format else {
            let is_of_others = self.format().is_some() && matches!(shape, Shape::Syslog(_));
            return if is_of_others { Line::Other } else { Line::Unknown };
        };
        if self.wanted.is_some_and(|wanted| wanted != format) {
            return Line::Unknown;
        }
        self.found = Some(format);
        match (format, shape) {
            (_, Shape::Head) => Line::Other,
            (Format::Postfix, Shape::Syslog(syslog)) => postfix::read(&syslog, &mut self.memory),
            (Format::Sendmail, Shape::Syslog(syslog)) => sendmail::read(&syslog, &mut self.memory),
            (Format::OpenSmtpd, Shape::Syslog(syslog)) => opensmtpd::read(&syslog),
            (Format::Exim, Shape::Syslog(syslog)) => {
                // Exim writes its own stamp too, unless it is told not to.
                let (time, text) = stamped(syslog.message).unwrap_or((syslog.time(), syslog.message));
                exim::read(time, text, &mut self.memory)
            }
            (Format::Qmail, Shape::Syslog(syslog)) => {
                let text = qmail::without_stamp(syslog.message);
                qmail::read(syslog.time(), text, &mut self.memory, &mut self.buffer)
            }
            (Format::Exim, Shape::Stamped(time, text)) => exim::read(time, text, &mut self.memory),
            (Format::Qmail, Shape::Stamped(time, text)) => qmail::read(time, text, &mut self.memory, &mut self.buffer),
            (Format::ExchangeTracking | Format::ExchangeProtocol, _) => self.exchange.read(line),
            (Format::Kumo | Format::Haraka, _) => json::read(format, line, &mut self.buffer),
            _ => Line::Unknown,
        }
    }

    /// The format of a line of this shape, if it is known.
    fn format_of(&mut self, shape: &Shape<'_>, line: &[u8]) -> Option<Format> {
        match shape {
            Shape::Syslog(syslog) => {
                let program = syslog.program;
                match program {
                    _ if postfix::is_program(program) => Some(Format::Postfix),
                    _ if sendmail::is_program(program) => Some(Format::Sendmail),
                    b"smtpd" | b"opensmtpd" => Some(Format::OpenSmtpd),
                    b"exim" | b"exim4" => Some(Format::Exim),
                    b"qmail" | b"qmail-send" => Some(Format::Qmail),
                    _ => None,
                }
            }
            Shape::Stamped(_, text) => {
                if qmail::is_message(text) {
                    Some(Format::Qmail)
                } else if exim::is_message(text) || self.format() == Some(Format::Exim) {
                    Some(Format::Exim)
                } else {
                    self.format().filter(|format| *format == Format::Qmail)
                }
            }
            Shape::Head => {
                let is_head = self.exchange.head(line.strip_prefix(MARK).unwrap_or(line));
                is_head.then(|| self.exchange.format().or(self.wanted)).flatten().or_else(|| {
                    // The lines before that with the columns do not say which of the two it is.
                    is_head
                        .then_some(Format::ExchangeTracking)
                        .filter(|format| self.wanted.is_none_or(|wanted| wanted == *format))
                })
            }
            Shape::Row => self.exchange.format(),
            Shape::Json => json::format_of(line),
        }
    }
}

impl Default for Reader {
    fn default() -> Self {
        Self::new()
    }
}

/// What Windows writes at the start of a file.
const MARK: &[u8] = b"\xef\xbb\xbf";

/// How a line is built, whatever it says.
#[derive(Clone, Copy, Debug)]
enum Shape<'a> {
    Syslog(Syslog<'a>),
    /// A stamp, and a text of no certain program.
    Stamped(Option<Time>, &'a [u8]),
    /// A line with `#` at the start of a table.
    Head,
    /// A row of a table that begins with a stamp.
    Row,
    Json,
}

impl<'a> Shape<'a> {
    fn of(line: &'a [u8]) -> Option<Self> {
        match line {
            [b'{', ..] => Some(Self::Json),
            [b'#', ..] | [0xef, 0xbb, 0xbf, b'#', ..] => Some(Self::Head),
            [b'0'..=b'9' | b'@', ..] => {
                if matches!(line.get(19..32), Some(behind) if behind.contains(&b',') && !behind.contains(&b' '))
                    && stamp::is_iso(line)
                {
                    return Some(Self::Row);
                }
                if let Some((time, text)) = stamped(line) {
                    return Some(Self::Stamped(time, text));
                }
                Syslog::read(line).map(Self::Syslog)
            }
            _ => Syslog::read(line).map(Self::Syslog),
        }
    }
}

/// A stamp with a blank between day and time, or one of multilog's, and what follows it.
fn stamped(text: &[u8]) -> Option<(Option<Time>, &[u8])> {
    if text.first() != Some(&b'@') && text.get(10) != Some(&b' ') {
        return None;
    }
    let (time, rest) = stamp::leading(text)?;
    Some((Some(time), rest.strip_prefix(b" ")?))
}
