use super::postfix;
use super::senders::Senders;
use super::syslog::Syslog;
use super::{Format, Line};

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
    senders: Senders,
}

/// How many messages are kept in mind if nothing else is said.
const MESSAGES: usize = 1 << 15;

impl Reader {
    /// A reader that finds the format out, for each line anew.
    pub const fn new() -> Self {
        Self { wanted: None, found: None, senders: Senders::new(MESSAGES) }
    }

    /// A reader of this format and no other.
    pub fn with_format(format: Format) -> Self {
        Self { wanted: Some(format), ..Self::new() }
    }

    /// Keeps in mind who sent the last so many messages, about 32,000 by default. With 0, a record has a sender only where its own
    /// line tells it.
    #[must_use]
    pub fn remembering(self, messages: usize) -> Self {
        Self { senders: Senders::new(messages), ..self }
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
        let Some(syslog) = Syslog::read(line) else { return Line::Unknown };
        let Some(format) = format_of(syslog.program) else {
            return if self.format().is_some() { Line::Other } else { Line::Unknown };
        };
        if self.wanted.is_some_and(|wanted| wanted != format) {
            return Line::Unknown;
        }
        self.found = Some(format);
        match format {
            Format::Postfix => postfix::read(&syslog, &mut self.senders),
            _ => Line::Unknown,
        }
    }
}

impl Default for Reader {
    fn default() -> Self {
        Self::new()
    }
}

/// The format whose program it is.
fn format_of(program: &[u8]) -> Option<Format> {
    postfix::is_program(program).then_some(Format::Postfix)
}
