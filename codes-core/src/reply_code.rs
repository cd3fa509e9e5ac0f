use core::fmt;
use core::num::NonZeroU16;
use core::str::FromStr;

use crate::catalogue;
use crate::entry::{ReplyEntry, SeverityEntry};
use crate::error::{Met, ParseError, Target};

/// An SMTP reply code (`Reply-code` in [RFC 5321, Section 4.2]).
///
/// Constants are provided for every code in the catalogue. Every other code from 200 to 599 is accepted too, as real servers
/// send codes that no document lists, such as 571, and a client acts on the first digit even when it does not know the rest.
///
/// The code alone rarely tells why: 550 is used for an unknown mailbox and for a refused sender alike.
///
/// # Examples
///
/// ```
/// use smtp_codes::{ReplyCode, Severity};
///
/// assert!(ReplyCode::MAILBOX_UNAVAILABLE.is_permanent());
/// assert_eq!(ReplyCode::new(571).unwrap().severity(), Severity::PermanentNegativeCompletion);
/// assert_eq!(ReplyCode::new(600), None);
/// ```
///
/// [RFC 5321, Section 4.2]: https://www.rfc-editor.org/rfc/rfc5321#section-4.2
#[derive(Clone, Copy, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub struct ReplyCode(NonZeroU16);

impl ReplyCode {
    /// The code with this number, or `None` outside 200 to 599.
    pub const fn new(number: u16) -> Option<Self> {
        match NonZeroU16::new(number) {
            Some(number) if number.get() >= 200 && number.get() <= 599 => Some(Self(number)),
            _ => None,
        }
    }

    /// Parses exactly three digits.
    ///
    /// # Errors
    ///
    /// Where there is another byte, too few or too many of them, or a first digit other than 2 to 5.
    ///
    /// # Examples
    ///
    /// ```
    /// use smtp_codes::ReplyCode;
    ///
    /// assert_eq!(ReplyCode::from_bytes(b"550"), Ok(ReplyCode::MAILBOX_UNAVAILABLE));
    /// let error = ReplyCode::from_bytes(b"5500").unwrap_err();
    /// assert_eq!(error.to_string(), "unexpected '0' at byte 3 while parsing a reply code: expected three digits");
    /// ```
    pub const fn from_bytes(bytes: &[u8]) -> Result<Self, ParseError> {
        match Self::parse_prefix(bytes, 0) {
            Ok(code) if bytes.len() == 3 => Ok(code),
            Ok(_) => Err(ParseError::at(Target::ReplyCode, bytes, 3, "three digits")),
            Err(error) => Err(error),
        }
    }

    /// Parses the three bytes from `start`, whatever follows them.
    pub(crate) const fn parse_prefix(bytes: &[u8], start: usize) -> Result<Self, ParseError> {
        let mut number = 0;
        let mut place = 0;
        while place < 3 {
            let at = start + place;
            let expected = if place == 0 { "a first digit from 2 to 5" } else { "a digit" };
            if at >= bytes.len() {
                return Err(ParseError::at(Target::ReplyCode, bytes, at, expected));
            }
            let legal = match place {
                0 => matches!(bytes[at], b'2'..=b'5'),
                _ => bytes[at].is_ascii_digit(),
            };
            if !legal {
                return Err(ParseError::at(Target::ReplyCode, bytes, at, expected));
            }
            number = number * 10 + (bytes[at] - b'0') as u16;
            place += 1;
        }
        match Self::new(number) {
            Some(code) => Ok(code),
            // Three digits that begin with 2 to 5 are in range.
            None => Err(ParseError::at(Target::ReplyCode, bytes, start, "a first digit from 2 to 5")),
        }
    }

    /// The code as a number from 200 to 599.
    pub const fn as_u16(self) -> u16 {
        self.0.get()
    }

    /// What the first digit says: good, bad or incomplete ([RFC 5321, Section 4.2.1]).
    ///
    /// [RFC 5321, Section 4.2.1]: https://www.rfc-editor.org/rfc/rfc5321#section-4.2.1
    pub const fn severity(self) -> Severity {
        match self.as_u16() / 100 {
            2 => Severity::PositiveCompletion,
            3 => Severity::PositiveIntermediate,
            4 => Severity::TransientNegativeCompletion,
            _ => Severity::PermanentNegativeCompletion,
        }
    }

    /// What the second digit says the reply is about, or `None` where the standard gives that digit no meaning
    /// ([RFC 5321, Section 4.2.1]).
    ///
    /// [RFC 5321, Section 4.2.1]: https://www.rfc-editor.org/rfc/rfc5321#section-4.2.1
    pub const fn category(self) -> Option<Category> {
        match self.as_u16() / 10 % 10 {
            0 => Some(Category::Syntax),
            1 => Some(Category::Information),
            2 => Some(Category::Connections),
            5 => Some(Category::MailSystem),
            _ => None,
        }
    }

    /// Whether the command was carried out: 200 to 299.
    pub const fn is_success(self) -> bool {
        matches!(self.severity(), Severity::PositiveCompletion)
    }

    /// Whether the server waits for more: 300 to 399.
    pub const fn is_intermediate(self) -> bool {
        matches!(self.severity(), Severity::PositiveIntermediate)
    }

    /// Whether the command failed for now and may be tried again unchanged: 400 to 499.
    pub const fn is_transient(self) -> bool {
        matches!(self.severity(), Severity::TransientNegativeCompletion)
    }

    /// Whether the command failed and must not be repeated unchanged: 500 to 599.
    ///
    /// That says nothing about the recipient's address: a blocked sender gets these codes too.
    pub const fn is_permanent(self) -> bool {
        matches!(self.severity(), Severity::PermanentNegativeCompletion)
    }

    /// What the catalogue says about the code, or `None` where no document lists it.
    ///
    /// # Examples
    ///
    /// ```
    /// use smtp_codes::ReplyCode;
    ///
    /// let entry = ReplyCode::from_bytes(b"354")?.entry().unwrap();
    /// assert_eq!(entry.code, ReplyCode::START_MAIL_INPUT);
    /// assert!(ReplyCode::from_bytes(b"571")?.entry().is_none());
    /// # Ok::<(), smtp_codes::ParseError>(())
    /// ```
    pub const fn entry(self) -> Option<&'static ReplyEntry> {
        let index = catalogue::REPLY_INDEX[self.as_u16() as usize - 200] as usize;
        if index < ReplyEntry::ALL.len() { Some(&ReplyEntry::ALL[index]) } else { None }
    }
}

impl fmt::Debug for ReplyCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&self.0, f)
    }
}

impl fmt::Display for ReplyCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&self.0, f)
    }
}

impl FromStr for ReplyCode {
    type Err = ParseError;

    fn from_str(text: &str) -> Result<Self, ParseError> {
        Self::from_bytes(text.as_bytes())
    }
}

impl TryFrom<u16> for ReplyCode {
    type Error = ParseError;

    fn try_from(number: u16) -> Result<Self, ParseError> {
        Self::new(number).ok_or(ParseError {
            target: Target::ReplyCode,
            offset: 0,
            met: Met::Number(number),
            expected: "200 to 599",
        })
    }
}

impl From<ReplyCode> for u16 {
    fn from(code: ReplyCode) -> Self {
        code.as_u16()
    }
}

impl PartialEq<u16> for ReplyCode {
    fn eq(&self, other: &u16) -> bool {
        self.as_u16() == *other
    }
}

impl PartialEq<ReplyCode> for u16 {
    fn eq(&self, other: &ReplyCode) -> bool {
        *self == other.as_u16()
    }
}

/// What the first digit of a reply code says ([RFC 5321, Section 4.2.1]).
///
/// [RFC 5321, Section 4.2.1]: https://www.rfc-editor.org/rfc/rfc5321#section-4.2.1
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub enum Severity {
    /// 2yz: the command was carried out.
    PositiveCompletion,
    /// 3yz: accepted so far, the server waits for more.
    PositiveIntermediate,
    /// 4yz: not carried out, and worth another try later.
    TransientNegativeCompletion,
    /// 5yz: not carried out, and not to be repeated unchanged.
    PermanentNegativeCompletion,
}

impl Severity {
    /// All four, in the order of their digits.
    pub const ALL: [Self; 4] = [
        Self::PositiveCompletion,
        Self::PositiveIntermediate,
        Self::TransientNegativeCompletion,
        Self::PermanentNegativeCompletion,
    ];

    /// The first digit, 2 to 5.
    pub const fn digit(self) -> u8 {
        self as u8 + 2
    }

    /// What the catalogue says about all codes with this first digit.
    pub const fn entry(self) -> &'static SeverityEntry {
        &SeverityEntry::ALL[self as usize]
    }
}

/// What the second digit of a reply code says the reply is about ([RFC 5321, Section 4.2.1]).
///
/// [RFC 5321, Section 4.2.1]: https://www.rfc-editor.org/rfc/rfc5321#section-4.2.1
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
#[non_exhaustive]
pub enum Category {
    /// x0z: syntax errors, and commands that fit nowhere else.
    Syntax,
    /// x1z: requests for information.
    Information,
    /// x2z: the transmission channel.
    Connections,
    /// x5z: the state of the receiving mail system.
    MailSystem,
}

impl Category {
    /// All that the standard names, in the order of their digits.
    pub const ALL: &'static [Self] = &[Self::Syntax, Self::Information, Self::Connections, Self::MailSystem];
}
