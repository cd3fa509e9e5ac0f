use core::fmt;

/// Something about a reply that the standard does not allow, or that a careful reader wants to know.
///
/// None of them keeps a reply from being read. Displayed, each is a sentence without its full stop.
///
/// # Examples
///
/// ```
/// use smtp_codes::{Anomaly, Reply};
///
/// let reply = Reply::parse(b"550 4.7.1 Try later\n")?;
/// assert!(reply.anomalies().contains(Anomaly::ClassContradictsCode));
/// assert_eq!(Anomaly::BareLineFeed.to_string(), "a line ends with a line feed without a carriage return");
/// # Ok::<(), smtp_codes::ParseError>(())
/// ```
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
#[non_exhaustive]
pub enum Anomaly {
    /// A carriage return stands without a line feed behind it. It ends no line.
    BareCarriageReturn,
    /// A line ends with a line feed alone.
    BareLineFeed,
    /// The class of an enhanced code is not the first digit of its line's reply code: `550 4.7.1`.
    ClassContradictsCode,
    /// The lines carry different reply codes. The reply's own code is that of the first line.
    CodesDiffer,
    /// The lines carry different enhanced codes. The reply's own enhanced code is the first one.
    EnhancedCodesDiffer,
    /// An enhanced code is written `#5.1.1`, `(#5.1.1)` or `[5.1.1]`, stands at the end of the text, or runs into the text.
    EnhancedForm,
    /// White space stands before the code of a line, or blank lines before the first line.
    LeadingSpace,
    /// A line before the end of the reply has no code of its own.
    LineWithoutCode,
    /// The last line has no line feed.
    MissingLineEnd,
    /// The text follows the code without a space or hyphen: `550No such user`.
    NoSeparator,
    /// The reply is not UTF-8.
    NotUtf8,
    /// More lines follow the line that ends the reply.
    TextAfterEnd,
    /// The last line has a hyphen after its code, so that another line should follow, or has no code.
    Unfinished,
}

impl Anomaly {
    /// All of them, in alphabetical order.
    pub const ALL: [Self; 13] = [
        Self::BareCarriageReturn,
        Self::BareLineFeed,
        Self::ClassContradictsCode,
        Self::CodesDiffer,
        Self::EnhancedCodesDiffer,
        Self::EnhancedForm,
        Self::LeadingSpace,
        Self::LineWithoutCode,
        Self::MissingLineEnd,
        Self::NoSeparator,
        Self::NotUtf8,
        Self::TextAfterEnd,
        Self::Unfinished,
    ];

    const fn bit(self) -> u16 {
        1 << self as u16
    }
}

impl fmt::Display for Anomaly {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Self::BareCarriageReturn => "a carriage return stands without a line feed behind it",
            Self::BareLineFeed => "a line ends with a line feed without a carriage return",
            Self::ClassContradictsCode => "the class of an enhanced code contradicts the reply code",
            Self::CodesDiffer => "the lines carry different reply codes",
            Self::EnhancedCodesDiffer => "the lines carry different enhanced codes",
            Self::EnhancedForm => "an enhanced code is not written plainly after the reply code",
            Self::LeadingSpace => "white space stands before a reply code",
            Self::LineWithoutCode => "a line has no reply code",
            Self::MissingLineEnd => "the last line has no line end",
            Self::NoSeparator => "the text follows a reply code without a space or hyphen",
            Self::NotUtf8 => "the reply is not UTF-8",
            Self::TextAfterEnd => "more text follows the last line of the reply",
            Self::Unfinished => "the last line announces another one",
        })
    }
}

/// A set of [`Anomaly`].
///
/// # Examples
///
/// ```
/// use smtp_codes::{Anomaly, Reply};
///
/// let anomalies = Reply::parse(b"550-No such user")?.anomalies();
/// assert!(anomalies.iter().eq([Anomaly::MissingLineEnd, Anomaly::Unfinished]));
/// assert!(Reply::parse(b"250 OK\r\n")?.anomalies().is_empty());
/// # Ok::<(), smtp_codes::ParseError>(())
/// ```
#[derive(Clone, Copy, Default, Eq, Hash, PartialEq)]
pub struct Anomalies(u16);

impl Anomalies {
    /// Whether there are none.
    pub const fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// Whether `anomaly` is among them.
    pub const fn contains(self, anomaly: Anomaly) -> bool {
        self.0 & anomaly.bit() != 0
    }

    /// Each of them once, in alphabetical order.
    pub fn iter(self) -> impl Iterator<Item = Anomaly> {
        Anomaly::ALL.into_iter().filter(move |anomaly| self.contains(*anomaly))
    }

    pub(super) fn add(&mut self, anomaly: Anomaly) {
        self.0 |= anomaly.bit();
    }

    pub(super) fn add_if(&mut self, condition: bool, anomaly: Anomaly) {
        self.0 |= anomaly.bit() * u16::from(condition);
    }

    pub(super) fn add_all(&mut self, others: Self) {
        self.0 |= others.0;
    }
}

impl fmt::Debug for Anomalies {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_set().entries(self.iter()).finish()
    }
}
