use core::fmt;
use core::str::FromStr;

use crate::catalogue;
use crate::entry::{ClassEntry, EnhancedEntry, SubjectEntry};
use crate::error::{ParseError, Target};

/// An enhanced mail system status code, class.subject.detail ([RFC 3463, Section 2]).
///
/// Every well-formed value is accepted, registered or not, as large providers send codes such as 5.7.606 and 5.7.509.
/// Registered codes have no class of their own: X.1.1 is registered, and 5.1.1 is that code with a class. So the constants
/// belong to [`SubjectDetail`].
///
/// # Examples
///
/// ```
/// use smtp_codes::{Class, EnhancedCode, SubjectDetail};
///
/// let code = EnhancedCode::from_bytes(b"5.1.1")?;
/// assert_eq!(code.class(), Class::Permanent);
/// assert_eq!(code.subject_detail(), SubjectDetail::BAD_DESTINATION_MAILBOX_ADDRESS);
/// assert_eq!(EnhancedCode::from_bytes(b"5.7.606")?.to_string(), "5.7.606");
/// # Ok::<(), smtp_codes::ParseError>(())
/// ```
///
/// [RFC 3463, Section 2]: https://www.rfc-editor.org/rfc/rfc3463#section-2
#[derive(Clone, Copy, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub struct EnhancedCode {
    class: Class,
    key: SubjectDetail,
}

impl EnhancedCode {
    /// The code of these three parts, or `None` where subject or detail is above 999.
    pub const fn new(class: Class, subject: u16, detail: u16) -> Option<Self> {
        match SubjectDetail::new(subject, detail) {
            Some(key) => Some(Self { class, key }),
            None => None,
        }
    }

    /// Parses `class.subject.detail` and nothing else.
    ///
    /// # Errors
    ///
    /// Where the class is not 2, 4 or 5, a part is missing, has more than three digits or a leading zero, or anything stands
    /// around the code.
    ///
    /// # Examples
    ///
    /// ```
    /// use smtp_codes::EnhancedCode;
    ///
    /// let error = EnhancedCode::from_bytes(b"5.1.1.1").unwrap_err();
    /// assert_eq!(
    ///     error.to_string(),
    ///     "unexpected '.' at byte 5 while parsing an enhanced status code: expected class.subject.detail and nothing more",
    /// );
    /// ```
    pub const fn from_bytes(bytes: &[u8]) -> Result<Self, ParseError> {
        match Self::parse_prefix(bytes, 0) {
            Ok((code, end)) if end == bytes.len() => Ok(code),
            Ok((_, end)) => Err(Self::error(bytes, end, "class.subject.detail and nothing more")),
            Err(error) => Err(error),
        }
    }

    /// Parses a code from `start` on and returns where it ends, whatever follows.
    pub(crate) const fn parse_prefix(bytes: &[u8], start: usize) -> Result<(Self, usize), ParseError> {
        let class = match byte_at(bytes, start) {
            Some(b'2') => Class::Success,
            Some(b'4') => Class::Transient,
            Some(b'5') => Class::Permanent,
            _ => return Err(Self::error(bytes, start, "class 2, 4 or 5")),
        };
        match Self::parts(bytes, start + 1) {
            Ok((key, end)) => Ok((Self { class, key }, end)),
            Err(error) => Err(error),
        }
    }

    /// Parses what follows the class.
    const fn parts(bytes: &[u8], start: usize) -> Result<(SubjectDetail, usize), ParseError> {
        let (subject, end) = match Self::part(bytes, start, "'.' and a subject of one to three digits") {
            Ok(part) => part,
            Err(error) => return Err(error),
        };
        match Self::part(bytes, end, "'.' and a detail of one to three digits") {
            Ok((detail, end)) => Ok((SubjectDetail { subject, detail }, end)),
            Err(error) => Err(error),
        }
    }

    /// Parses a full stop and a number of one to three digits without leading zeros.
    const fn part(bytes: &[u8], start: usize, expected: &'static str) -> Result<(u16, usize), ParseError> {
        if !matches!(byte_at(bytes, start), Some(b'.')) {
            return Err(Self::error(bytes, start, expected));
        }
        let first = start + 1;
        let mut end = first;
        let mut number = 0;
        while let Some(digit @ b'0'..=b'9') = byte_at(bytes, end) {
            if end - first == 3 {
                return Err(Self::error(bytes, end, expected));
            }
            if end > first && bytes[first] == b'0' {
                return Err(Self::error(bytes, first, "a number without leading zeros"));
            }
            number = number * 10 + (digit - b'0') as u16;
            end += 1;
        }
        if end == first { Err(Self::error(bytes, end, expected)) } else { Ok((number, end)) }
    }

    const fn error(bytes: &[u8], offset: usize, expected: &'static str) -> ParseError {
        ParseError::at(Target::EnhancedCode, bytes, offset, expected)
    }

    /// The first part: success, transient or permanent.
    pub const fn class(self) -> Class {
        self.class
    }

    /// The second part, 0 to 999: what the code is about.
    pub const fn subject(self) -> u16 {
        self.key.subject
    }

    /// The third part, 0 to 999.
    pub const fn detail(self) -> u16 {
        self.key.detail
    }

    /// The code without its class, as the registry lists it.
    pub const fn subject_detail(self) -> SubjectDetail {
        self.key
    }

    /// Whether the class is 2.
    pub const fn is_success(self) -> bool {
        matches!(self.class, Class::Success)
    }

    /// Whether the class is 4.
    pub const fn is_transient(self) -> bool {
        matches!(self.class, Class::Transient)
    }

    /// Whether the class is 5.
    ///
    /// That says nothing about the recipient's address: a refused sender gets such codes too.
    pub const fn is_permanent(self) -> bool {
        matches!(self.class, Class::Permanent)
    }

    /// What the registry's entry for the code without its class says, or `None` where the registry has none.
    pub const fn entry(self) -> Option<&'static EnhancedEntry> {
        self.key.entry()
    }
}

impl fmt::Debug for EnhancedCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl fmt::Display for EnhancedCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{}.{}", self.class.digit(), self.key.subject, self.key.detail)
    }
}

impl FromStr for EnhancedCode {
    type Err = ParseError;

    fn from_str(text: &str) -> Result<Self, ParseError> {
        Self::from_bytes(text.as_bytes())
    }
}

/// The class of an enhanced status code ([RFC 3463, Section 2]).
///
/// [RFC 3463, Section 2]: https://www.rfc-editor.org/rfc/rfc3463#section-2
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub enum Class {
    /// 2: a delivery or other positive action is reported.
    Success,
    /// 4: a failure that may pass, `Persistent Transient Failure` in the registry.
    Transient,
    /// 5: a failure that lasts unless something is changed.
    Permanent,
}

impl Class {
    /// All three, in the order of their digits.
    pub const ALL: [Self; 3] = [Self::Success, Self::Transient, Self::Permanent];

    /// 2, 4 or 5.
    pub const fn digit(self) -> u8 {
        match self {
            Self::Success => 2,
            Self::Transient => 4,
            Self::Permanent => 5,
        }
    }

    /// What the catalogue says about the class.
    pub const fn entry(self) -> &'static ClassEntry {
        &ClassEntry::ALL[self as usize]
    }
}

/// The subject and detail of an enhanced status code, written X.1.1: what the IANA registry lists ([RFC 5248]).
///
/// Constants are provided for every registered code.
///
/// # Examples
///
/// ```
/// use smtp_codes::{Class, SubjectDetail};
///
/// let mailbox_full = SubjectDetail::MAILBOX_FULL;
/// assert_eq!(mailbox_full.to_string(), "X.2.2");
/// assert_eq!(mailbox_full.with_class(Class::Transient).to_string(), "4.2.2");
/// ```
///
/// [RFC 5248]: https://www.rfc-editor.org/rfc/rfc5248
#[derive(Clone, Copy, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub struct SubjectDetail {
    subject: u16,
    detail: u16,
}

impl SubjectDetail {
    /// The pair of these parts, or `None` where one is above 999.
    pub const fn new(subject: u16, detail: u16) -> Option<Self> {
        if subject <= 999 && detail <= 999 { Some(Self { subject, detail }) } else { None }
    }

    /// Parses `X.subject.detail` and nothing else, with `X` in either case.
    ///
    /// # Errors
    ///
    /// Where the class is given, a part is missing, has more than three digits or a leading zero, or anything stands around
    /// the code.
    ///
    /// # Examples
    ///
    /// ```
    /// use smtp_codes::SubjectDetail;
    ///
    /// assert_eq!(SubjectDetail::from_bytes(b"X.2.2"), Ok(SubjectDetail::MAILBOX_FULL));
    /// let error = SubjectDetail::from_bytes(b"5.2.2").unwrap_err();
    /// assert_eq!(error.to_string(), "unexpected '5' at byte 0 while parsing an enhanced status code: expected class X");
    /// ```
    pub const fn from_bytes(bytes: &[u8]) -> Result<Self, ParseError> {
        if !matches!(byte_at(bytes, 0), Some(b'X' | b'x')) {
            return Err(EnhancedCode::error(bytes, 0, "class X"));
        }
        match EnhancedCode::parts(bytes, 1) {
            Ok((code, end)) if end == bytes.len() => Ok(code),
            Ok((_, end)) => Err(EnhancedCode::error(bytes, end, "X.subject.detail and nothing more")),
            Err(error) => Err(error),
        }
    }

    /// What the code is about, 0 to 999.
    pub const fn subject(self) -> u16 {
        self.subject
    }

    /// The detail within the subject, 0 to 999.
    pub const fn detail(self) -> u16 {
        self.detail
    }

    /// The code with a class.
    pub const fn with_class(self, class: Class) -> EnhancedCode {
        EnhancedCode { class, key: self }
    }

    /// What the catalogue says about the registered code, or `None` where the registry has none.
    pub const fn entry(self) -> Option<&'static EnhancedEntry> {
        match catalogue::enhanced_index(self.subject, self.detail) {
            Some(index) => Some(&EnhancedEntry::ALL[index]),
            None => None,
        }
    }

    /// What the catalogue says about the subject, or `None` where the registry has no such subject.
    pub fn subject_entry(self) -> Option<&'static SubjectEntry> {
        SubjectEntry::ALL.iter().find(|entry| entry.subject == self.subject)
    }
}

impl fmt::Debug for SubjectDetail {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl fmt::Display for SubjectDetail {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "X.{}.{}", self.subject, self.detail)
    }
}

impl FromStr for SubjectDetail {
    type Err = ParseError;

    fn from_str(text: &str) -> Result<Self, ParseError> {
        Self::from_bytes(text.as_bytes())
    }
}

const fn byte_at(bytes: &[u8], at: usize) -> Option<u8> {
    if at < bytes.len() { Some(bytes[at]) } else { None }
}
