use core::fmt;

/// A text that is not what was expected.
///
/// It says what was met, at which byte, and what was expected there. Its message needs no allocation to be displayed.
///
/// # Examples
///
/// ```
/// use smtp_codes::ReplyCode;
///
/// let error = ReplyCode::from_bytes(b"55O").unwrap_err();
/// assert_eq!(error.to_string(), "unexpected 'O' at byte 2 while parsing a reply code: expected a digit");
/// assert_eq!(error.offset(), 2);
/// ```
#[derive(Clone, Copy, Eq, PartialEq)]
pub struct ParseError {
    pub(crate) target: Target,
    pub(crate) offset: usize,
    pub(crate) met: Met,
    pub(crate) expected: &'static str,
}

impl ParseError {
    /// The byte at which parsing stopped, counted from 0.
    pub const fn offset(&self) -> usize {
        self.offset
    }

    /// Whether the input ended too early: with more bytes behind it, it may be right.
    ///
    /// # Examples
    ///
    /// ```
    /// use smtp_codes::Reply;
    ///
    /// assert!(Reply::parse_prefix(b"550-5.1.1 No such user\r\n").unwrap_err().is_incomplete());
    /// assert!(!Reply::parse_prefix(b"No such user\r\n").unwrap_err().is_incomplete());
    /// ```
    pub const fn is_incomplete(&self) -> bool {
        matches!(self.met, Met::End)
    }

    /// An error for the byte of `input` at `offset`, or for its end.
    pub(crate) const fn at(target: Target, input: &[u8], offset: usize, expected: &'static str) -> Self {
        let met = if offset < input.len() { Met::Byte(input[offset]) } else { Met::End };
        Self { target, offset, met, expected }
    }
}

impl fmt::Display for ParseError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.met {
            Met::Byte(byte) => write!(f, "unexpected {} at byte {}", Shown(byte), self.offset)?,
            Met::End => f.write_str("unexpected end")?,
            Met::Number(number) => write!(f, "unexpected {number}")?,
        }
        let target = match self.target {
            Target::ReplyCode => "a reply code",
            Target::EnhancedCode => "an enhanced status code",
            Target::Reply => "a reply",
        };
        write!(f, " while parsing {target}: expected {}", self.expected)
    }
}

impl fmt::Debug for ParseError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "ParseError(\"{self}\")")
    }
}

impl core::error::Error for ParseError {}

/// What was being parsed.
#[derive(Clone, Copy, Eq, PartialEq)]
pub(crate) enum Target {
    ReplyCode,
    EnhancedCode,
    Reply,
}

/// What was met instead of the expected.
#[derive(Clone, Copy, Eq, PartialEq)]
pub(crate) enum Met {
    Byte(u8),
    End,
    Number(u16),
}

/// A byte in quotes, harmless to a terminal.
struct Shown(u8);

impl fmt::Display for Shown {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            byte @ b' '..=b'~' => write!(f, "'{}'", char::from(byte)),
            byte => write!(f, "byte 0x{byte:02x}"),
        }
    }
}
