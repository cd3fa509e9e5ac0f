use core::fmt;

use crate::entry::KeywordEntry;

/// An EHLO keyword that the catalogue knows: the name of a service extension ([RFC 5321, Section 2.2]).
///
/// Constants are provided for each; the names of those that begin with a digit spell it out, as in
/// [`Keyword::EIGHTBITMIME`].
///
/// # Examples
///
/// ```
/// use smtp_codes::Keyword;
///
/// let keyword = Keyword::from_name("size").unwrap();
/// assert_eq!(keyword, Keyword::SIZE);
/// assert_eq!(keyword.entry().mail_parameters.len(), 1);
/// ```
///
/// [RFC 5321, Section 2.2]: https://www.rfc-editor.org/rfc/rfc5321#section-2.2
#[derive(Clone, Copy, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub struct Keyword(pub(crate) u8);

impl Keyword {
    /// The keyword of this name in any case, or `None` where the catalogue has none.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::all().find(|keyword| keyword.name().eq_ignore_ascii_case(name))
    }

    /// All keywords in alphabetical order.
    pub fn all() -> impl ExactSizeIterator<Item = Self> + DoubleEndedIterator {
        // The catalogue holds fewer than 256 keywords: the macro makes their indices as `u8`.
        (0..KeywordEntry::ALL.len()).map(|index| Self(u8::try_from(index).unwrap_or(u8::MAX)))
    }

    /// The keyword in upper case, as in the answer to EHLO.
    pub const fn name(self) -> &'static str {
        self.entry().keyword
    }

    /// What the catalogue says of it.
    pub const fn entry(self) -> &'static KeywordEntry {
        &KeywordEntry::ALL[self.0 as usize]
    }
}

impl fmt::Debug for Keyword {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl fmt::Display for Keyword {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}
