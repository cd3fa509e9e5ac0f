//! Everything an SMTP server can say: typed, explained and sourced.
//!
//! A mail server answers `550 5.7.1 …`, and somebody has to know what that means, whose side is at fault and what to do. This
//! crate has
//!
//! - the codes as types that hold every well-formed value: [`ReplyCode`], [`EnhancedCode`];
//! - the catalogue behind them, made at compile time from files in which every fact has a reference: [`ReplyEntry`],
//!   [`EnhancedEntry`], [`Command`], [`Keyword`], and what each [`Provider`] means by its replies;
//! - a tolerant parser of replies, [`Reply`], and a finder of codes in any text, [`codes`];
//! - a [`verdict`] on any rejection: why, whose side, what to do, and what says so;
//! - [`lookup`] by number and name, [`search`] by words;
//! - with the feature `log`, the lines of mail logs: the module `log`.
//!
//! With the feature `report`, whole bounce messages are read, down to a verdict for each recipient.
//!
//! It needs neither `std` nor an allocator, has no dependency at run time and does nothing at start-up; only features add such.
//!
//! # Examples
//!
//! ```
//! use smtp_codes::{Action, Party, Reason, ReplyCode, verdict};
//!
//! let entry = ReplyCode::MAILBOX_UNAVAILABLE.entry().unwrap();
//! assert_eq!(entry.code, 550);
//!
//! let verdict = verdict("550 5.7.1 Service unavailable; client host [192.0.2.1] blocked using zen.spamhaus.org");
//! assert_eq!(verdict.reason, Some(Reason::Blocklisted));
//! assert_eq!(verdict.party, Some(Party::Sender));
//! assert_eq!(verdict.action, Action::Delist);
//! ```
#![no_std]
#![deny(missing_docs, missing_debug_implementations)]

#[cfg(feature = "alloc")]
extern crate alloc;
#[cfg(any(test, feature = "report", feature = "rules"))]
extern crate std;

mod catalogue;
mod command;
mod document;
mod enhanced_code;
mod entry;
mod error;
mod find;
mod keyword;
#[cfg(feature = "log")]
pub mod log;
mod lookup;
mod provider;
mod reason;
mod reply;
mod reply_code;
#[cfg(feature = "report")]
pub mod report;
#[cfg(feature = "rules")]
pub mod rules;
mod search;
mod verdict;

pub use command::Command;
pub use document::{Document, Reference};
pub use enhanced_code::{Class, EnhancedCode, SubjectDetail};
pub use entry::{
    BasicCodes, ClassEntry, CommandEntry, EnhancedEntry, KeywordEntry, Meaning, Protocol, Replies, ReplyEntry,
    SeverityEntry, Status, SubjectEntry,
};
pub use error::ParseError;
pub use find::{Code, CodeMatch, Codes, codes};
pub use keyword::Keyword;
pub use lookup::{Answer, lookup};
pub use provider::{Claim, EnhancedPattern, Page, Provider, ProviderKind};
pub use reason::{Action, ActionEntry, Party, PartyEntry, Reason, ReasonEntry};
pub use reply::{Anomalies, Anomaly, Line, Lines, Reply, Separator};
pub use reply_code::{Category, ReplyCode, Severity};
pub use search::{Hit, Hits, Item, search};
/// Compiles a user's own file of rules in: an expression of type [`RuleSet<'static>`](RuleSet), without any work at run time.
///
/// The path is relative to the folder of the crate's `Cargo.toml`. The file is TOML with the keys of the catalogue's own,
/// `[[rule]]` and `[[retry]]` tables behind an `id` and a `name`; a change of it compiles the crate anew.
///
/// Each fault in the file is a compile error with file, line and key. Whether every example is decided by its own rule takes
/// the whole catalogue: `rules::load` of the feature `rules` tells that in a test, and `smtp-codes rules check FILE`.
///
/// # Examples
///
/// ```
/// use smtp_codes::{Reason, Rejection, RuleSet};
///
/// static OURS: RuleSet = smtp_codes::rules!("tests/rules/acme.toml");
///
/// let verdict = Rejection::new(b"550 5.1.1 <ann@a.example>: ann has left Acme").verdict_with(&OURS);
/// assert_eq!(verdict.reason, Some(Reason::MailboxDisabled));
/// assert_eq!(verdict.rule.unwrap().id, "acme-left");
/// ```
pub use smtp_codes_macros::rules;
pub use verdict::{Basis, Conflict, Conflicts, Phase, Rejection, Rule, RuleSet, Source, Verdict, verdict};

/// What [`rules!`] writes into other crates. No part of the API.
#[doc(hidden)]
pub mod __private {
    pub use crate::verdict::tables::{rows, u32s};
    pub use crate::verdict::{Row, Tables};
}
