use core::fmt;

use crate::entry::CommandEntry;
use crate::reply_code::ReplyCode;

/// An SMTP, submission or LMTP command that the catalogue knows.
///
/// Constants are provided for each. Two moments at which a server speaks without a verb stand beside them:
/// [`Command::CONNECTION`] is the greeting and [`Command::MESSAGE`] the answer after the end of the mail data.
///
/// # Examples
///
/// ```
/// use smtp_codes::{Command, ReplyCode};
///
/// let command = Command::from_verb("etrn").unwrap();
/// assert_eq!(command, Command::ETRN);
/// assert!(command.entry().codes().any(|code| code == ReplyCode::new(459).unwrap()));
/// ```
#[derive(Clone, Copy, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub struct Command(pub(crate) u8);

impl Command {
    /// The command with this verb in any case, or `None` where the catalogue has none.
    pub fn from_verb(verb: &str) -> Option<Self> {
        Self::all().find(|command| command.verb().eq_ignore_ascii_case(verb))
    }

    /// All commands in alphabetical order, the two stages last.
    pub fn all() -> impl ExactSizeIterator<Item = Self> + DoubleEndedIterator {
        // The catalogue holds fewer than 256 commands: the macro makes their indices as `u8`.
        (0..CommandEntry::ALL.len()).map(|index| Self(u8::try_from(index).unwrap_or(u8::MAX)))
    }

    /// The commands that may be answered by `code`, as the documents list them.
    ///
    /// # Examples
    ///
    /// ```
    /// use smtp_codes::{Command, ReplyCode};
    ///
    /// let code = ReplyCode::new(354).unwrap();
    /// assert!(Command::answered_by(code).eq([Command::DATA]));
    /// ```
    pub fn answered_by(code: ReplyCode) -> impl Iterator<Item = Self> {
        Self::all().filter(move |command| command.entry().codes().any(|listed| listed == code))
    }

    /// The verb in upper case; `connection` or `message` for the two stages.
    pub const fn verb(self) -> &'static str {
        self.entry().verb
    }

    /// What the catalogue says of it.
    pub const fn entry(self) -> &'static CommandEntry {
        &CommandEntry::ALL[self.0 as usize]
    }

    /// Whether this is a moment of the session and no command with a verb.
    pub const fn is_stage(self) -> bool {
        self.verb().as_bytes()[0].is_ascii_lowercase()
    }
}

impl fmt::Debug for Command {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.verb())
    }
}

impl fmt::Display for Command {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.verb())
    }
}
