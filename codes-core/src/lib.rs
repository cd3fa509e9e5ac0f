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
//! - [`lookup`] by number and name, [`search`] by words.
//!
//! It needs neither `std` nor an allocator, has no dependency at run time and does nothing at start-up.
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

#[cfg(test)]
extern crate std;

mod catalogue;
mod command;
mod document;
mod enhanced_code;
mod entry;
mod error;
mod find;
mod keyword;
mod lookup;
mod provider;
mod reason;
mod reply;
mod reply_code;
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
pub use verdict::{Basis, Conflict, Conflicts, Phase, Rejection, Rule, RuleSet, Source, Verdict, verdict};
