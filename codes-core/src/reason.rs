use core::fmt;

use crate::catalogue::{ACTIONS, PARTIES, REASONS};
pub use crate::catalogue::{Action, Party, Reason};
use crate::enhanced_code::Class;

/// What the catalogue says of one reason.
#[derive(Debug)]
#[non_exhaustive]
pub struct ReasonEntry {
    /// The reason.
    pub reason: Reason,
    /// Its name, as in `mailbox-unknown`.
    pub id: &'static str,
    /// Whose side has to change something; `None` for [`Reason::Unknown`].
    pub party: Option<Party>,
    /// The action after a permanent failure.
    pub permanent: Action,
    /// The action after a transient failure.
    pub transient: Action,
    /// Which reason wins where a reply says several things, 0 to 99: the more specific.
    pub rank: u8,
    /// The reason in a few words.
    pub title: &'static str,
    /// What it means, to a mail administrator.
    pub summary: &'static str,
    /// What it means, to somebody who only sent a mail.
    pub plain: &'static str,
    /// What to do now.
    pub advice: &'static str,
}

/// What the catalogue says of one party.
#[derive(Debug)]
#[non_exhaustive]
pub struct PartyEntry {
    /// The party.
    pub party: Party,
    /// Its name, as in `recipient`.
    pub id: &'static str,
    /// The party in a few words.
    pub title: &'static str,
    /// What it means.
    pub summary: &'static str,
}

/// What the catalogue says of one action.
#[derive(Debug)]
#[non_exhaustive]
pub struct ActionEntry {
    /// The action.
    pub action: Action,
    /// Its name, as in `slow-down`.
    pub id: &'static str,
    /// The action in a few words.
    pub title: &'static str,
    /// What to do.
    pub summary: &'static str,
}

impl Reason {
    /// The reason's name, as in `mailbox-unknown`.
    pub const fn as_str(self) -> &'static str {
        self.entry().id
    }

    /// The reason of this name, or `None`.
    pub fn from_id(id: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|reason| reason.as_str() == id)
    }

    /// Whose side has to change something; `None` for [`Reason::Unknown`].
    pub const fn party(self) -> Option<Party> {
        self.entry().party
    }

    /// What to do after a failure of this class; nothing after a success.
    ///
    /// # Examples
    ///
    /// ```
    /// use smtp_codes::{Action, Class, Reason};
    ///
    /// assert_eq!(Reason::MailboxUnknown.action(Class::Permanent), Action::Suppress);
    /// assert_eq!(Reason::MailboxUnknown.action(Class::Transient), Action::Retry);
    /// assert_eq!(Reason::MailboxFull.action(Class::Permanent), Action::Retry);
    /// ```
    pub const fn action(self, class: Class) -> Action {
        match class {
            Class::Success => Action::None,
            Class::Transient => self.entry().transient,
            Class::Permanent => self.entry().permanent,
        }
    }

    /// What the catalogue says of it.
    pub const fn entry(self) -> &'static ReasonEntry {
        &REASONS[self as usize]
    }
}

impl Party {
    /// The party's name, as in `recipient`.
    pub const fn as_str(self) -> &'static str {
        self.entry().id
    }

    /// The party of this name, or `None`.
    pub fn from_id(id: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|party| party.as_str() == id)
    }

    /// What the catalogue says of it.
    pub const fn entry(self) -> &'static PartyEntry {
        &PARTIES[self as usize]
    }
}

impl Action {
    /// The action's name, as in `slow-down`.
    pub const fn as_str(self) -> &'static str {
        self.entry().id
    }

    /// The action of this name, or `None`.
    pub fn from_id(id: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|action| action.as_str() == id)
    }

    /// What the catalogue says of it.
    pub const fn entry(self) -> &'static ActionEntry {
        &ACTIONS[self as usize]
    }
}

impl fmt::Display for Reason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

impl fmt::Display for Party {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

impl fmt::Display for Action {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}
