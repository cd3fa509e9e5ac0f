//! What the catalogue says: records that the macro fills, one for each entry.

use core::fmt;

use crate::command::Command;
use crate::document::Reference;
use crate::enhanced_code::{Class, SubjectDetail};
use crate::keyword::Keyword;
use crate::reason::Reason;
use crate::reply_code::{ReplyCode, Severity};

/// Whether an entry is in force, and on whose word.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
#[non_exhaustive]
pub enum Status {
    /// An RFC in force defines it.
    Standard,
    /// An RFC defined it and a later one withdrew or replaced it.
    Obsolete,
    /// Defined by a historic or experimental document, and found no use.
    Historic,
    /// Defined by one product.
    Private,
    /// In a registry or in use, but no RFC defines its meaning.
    Observed,
}

impl Status {
    /// All of them.
    pub const ALL: &'static [Self] = &[Self::Standard, Self::Obsolete, Self::Historic, Self::Private, Self::Observed];

    /// The word for it, as in `--json`: `standard`, `obsolete`, `historic`, `private` or `observed`.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Standard => "standard",
            Self::Obsolete => "obsolete",
            Self::Historic => "historic",
            Self::Private => "private",
            Self::Observed => "observed",
        }
    }
}

impl fmt::Display for Status {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

/// The protocol in which a command or keyword has its place.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
#[non_exhaustive]
pub enum Protocol {
    /// Between mail servers, port 25 ([RFC 5321](https://www.rfc-editor.org/rfc/rfc5321)).
    Smtp,
    /// From a mail program to its server, ports 587 and 465 ([RFC 6409](https://www.rfc-editor.org/rfc/rfc6409)).
    Submission,
    /// Into a mail store ([RFC 2033](https://www.rfc-editor.org/rfc/rfc2033)).
    Lmtp,
}

impl Protocol {
    /// All of them.
    pub const ALL: &'static [Self] = &[Self::Smtp, Self::Submission, Self::Lmtp];

    /// The word for it: `smtp`, `submission` or `lmtp`.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Smtp => "smtp",
            Self::Submission => "submission",
            Self::Lmtp => "lmtp",
        }
    }
}

impl fmt::Display for Protocol {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

/// What the catalogue says of one reply code.
#[derive(Debug)]
#[non_exhaustive]
pub struct ReplyEntry {
    /// The code.
    pub code: ReplyCode,
    /// The constant's name, as in [`ReplyCode::MAILBOX_UNAVAILABLE`].
    pub name: &'static str,
    /// What the code says, in a few words.
    pub title: &'static str,
    /// Whether it is in force.
    pub status: Status,
    /// The reason that the code alone gives, where its meaning is that specific.
    pub reason: Option<Reason>,
    /// What it means, over all its meanings.
    pub summary: &'static str,
    /// What to do now.
    pub advice: &'static str,
    /// One for each context, the most usual first; at least one.
    pub meanings: &'static [Meaning],
}

impl ReplyEntry {
    /// What the code means in answer to `command`: the meaning that names it, else one for any command.
    ///
    /// # Examples
    ///
    /// ```
    /// use smtp_codes::{Command, ReplyCode};
    ///
    /// let entry = ReplyCode::new(454).unwrap().entry().unwrap();
    /// assert_eq!(entry.meaning(Command::STARTTLS).unwrap().keyword, Some("STARTTLS"));
    /// assert_eq!(entry.meaning(Command::AUTH).unwrap().keyword, Some("AUTH"));
    /// ```
    pub fn meaning(&self, command: Command) -> Option<&'static Meaning> {
        let named = self.meanings.iter().find(|meaning| meaning.commands.contains(&command));
        named.or_else(|| self.meanings.iter().find(|meaning| meaning.commands.is_empty()))
    }
}

/// What a reply code says in one context.
#[derive(Debug)]
#[non_exhaustive]
pub struct Meaning {
    /// The commands that it answers in this sense; empty is any command.
    pub commands: &'static [Command],
    /// The document's own words. Servers may send others: never match on them.
    pub text: &'static str,
    /// What it means here.
    pub summary: &'static str,
    /// The EHLO keyword of the extension that gives it this sense.
    pub keyword: Option<&'static str>,
    /// Whether this meaning is in force.
    pub status: Status,
    /// Where it stands.
    pub refs: &'static [Reference],
}

/// What the catalogue says of all reply codes with one first digit.
#[derive(Debug)]
#[non_exhaustive]
pub struct SeverityEntry {
    /// The severity.
    pub severity: Severity,
    /// The constant-like name, `PERMANENT_NEGATIVE_COMPLETION`.
    pub name: &'static str,
    /// The standard's words.
    pub text: &'static str,
    /// What it says, in a few words.
    pub title: &'static str,
    /// What it means.
    pub summary: &'static str,
    /// What to do now.
    pub advice: &'static str,
    /// Where it stands.
    pub refs: &'static [Reference],
}

/// What the registry and its documents say of one enhanced status code.
#[derive(Debug)]
#[non_exhaustive]
pub struct EnhancedEntry {
    /// The code without its class.
    pub code: SubjectDetail,
    /// The constant's name, as in [`SubjectDetail::MAILBOX_FULL`].
    pub name: &'static str,
    /// The registry's sample text.
    pub text: &'static str,
    /// What the code says, in a few words of ours.
    pub title: &'static str,
    /// Whether it is in force.
    pub status: Status,
    /// The reply codes that usually come with it.
    pub basic_codes: BasicCodes,
    /// The classes for which the text says it is meant; empty where the text does not say.
    pub classes: &'static [Class],
    /// The reason that the code alone gives, where its meaning is that specific.
    pub reason: Option<Reason>,
    /// What it means.
    pub summary: &'static str,
    /// What to do now.
    pub advice: &'static str,
    /// Where it stands.
    pub refs: &'static [Reference],
}

/// The reply codes with which the registry associates an enhanced code ([RFC 5248, Section 2]).
///
/// The list is not exclusive: another reply code beside the enhanced one is no error.
///
/// [RFC 5248, Section 2]: https://www.rfc-editor.org/rfc/rfc5248#section-2
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
#[non_exhaustive]
pub enum BasicCodes {
    /// The registry says "Any".
    Any,
    /// The registry says "Not given".
    NotGiven,
    /// The registry lists these.
    Listed {
        /// Single codes, ascending.
        codes: &'static [ReplyCode],
        /// All codes of these first digits.
        severities: &'static [Severity],
        /// Whether the registry says itself that others are allowed.
        others: bool,
    },
}

/// What the registry and its documents say of one class of enhanced codes.
#[derive(Debug)]
#[non_exhaustive]
pub struct ClassEntry {
    /// The class.
    pub class: Class,
    /// The constant-like name.
    pub name: &'static str,
    /// The registry's words.
    pub text: &'static str,
    /// What it says, in a few words.
    pub title: &'static str,
    /// What it means.
    pub summary: &'static str,
    /// What to do now.
    pub advice: &'static str,
    /// Where it stands.
    pub refs: &'static [Reference],
}

/// What the registry and its documents say of one subject of enhanced codes.
#[derive(Debug)]
#[non_exhaustive]
pub struct SubjectEntry {
    /// The subject's number.
    pub subject: u16,
    /// The constant-like name.
    pub name: &'static str,
    /// The registry's words.
    pub text: &'static str,
    /// What it says, in a few words.
    pub title: &'static str,
    /// What it means.
    pub summary: &'static str,
    /// What to do now.
    pub advice: &'static str,
    /// Where it stands.
    pub refs: &'static [Reference],
}

/// What the catalogue says of one command.
#[derive(Debug)]
#[non_exhaustive]
pub struct CommandEntry {
    /// The verb, as in `MAIL`; `connection` and `message` for the two stages that have none.
    pub verb: &'static str,
    /// The constant's name, as in [`Command::ETRN`].
    pub constant: &'static str,
    /// What the verb stands for.
    pub name: &'static str,
    /// Whether it is in force.
    pub status: Status,
    /// How it is written: `<…>` for parts, `[…]` for what may be left out.
    pub syntax: &'static str,
    /// The EHLO keyword that announces it.
    pub keyword: Option<&'static str>,
    /// Where it has its place.
    pub protocols: &'static [Protocol],
    /// What it does.
    pub summary: &'static str,
    /// What to know of it today.
    pub advice: &'static str,
    /// The replies that a document lists for it.
    pub replies: &'static [Replies],
    /// Where it stands.
    pub refs: &'static [Reference],
}

impl CommandEntry {
    /// Every reply code that a document lists for the command; a code may come more than once.
    pub fn codes(&self) -> impl Iterator<Item = ReplyCode> {
        self.replies.iter().flat_map(|row| [row.intermediate, row.success, row.failure]).flatten().copied()
    }
}

/// What a command may be answered by: the relation of [RFC 5321, Section 4.3.2] and of the extensions.
///
/// [RFC 5321, Section 4.3.2]: https://www.rfc-editor.org/rfc/rfc5321#section-4.3.2
#[derive(Debug)]
#[non_exhaustive]
pub struct Replies {
    /// Whether this is the answer to the mail data that the command announced, not to the command's line.
    pub after_data: bool,
    /// Codes that ask for more.
    pub intermediate: &'static [ReplyCode],
    /// Codes of success.
    pub success: &'static [ReplyCode],
    /// Codes of failure.
    pub failure: &'static [ReplyCode],
    /// The EHLO keyword of the extension that adds them; `None` for the command's own.
    pub keyword: Option<&'static str>,
    /// Where it stands.
    pub refs: &'static [Reference],
}

/// What the catalogue says of one EHLO keyword.
#[derive(Debug)]
#[non_exhaustive]
pub struct KeywordEntry {
    /// The keyword, as in `SIZE`.
    pub keyword: &'static str,
    /// The constant's name, as in [`Keyword::EIGHTBITMIME`].
    pub constant: &'static str,
    /// The registry's description.
    pub text: &'static str,
    /// What it announces, in a few words of ours.
    pub title: &'static str,
    /// Whether it is in force.
    pub status: Status,
    /// What follows it in the answer to EHLO; empty where nothing does.
    pub parameters: &'static str,
    /// The parameters that it adds to MAIL.
    pub mail_parameters: &'static [&'static str],
    /// The parameters that it adds to RCPT.
    pub rcpt_parameters: &'static [&'static str],
    /// The commands that it adds.
    pub verbs: &'static [Command],
    /// Where it has its place.
    pub protocols: &'static [Protocol],
    /// What it announces.
    pub summary: &'static str,
    /// What to know of it today.
    pub advice: &'static str,
    /// Where it stands.
    pub refs: &'static [Reference],
}

impl KeywordEntry {
    /// The keyword as a value.
    pub fn as_keyword(&self) -> Option<Keyword> {
        Keyword::from_name(self.keyword)
    }
}
