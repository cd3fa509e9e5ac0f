//! The object of a verdict, written without putting anything together first: streams have many of them.

use std::fmt::{self, Display};

use serde::{Serialize, Serializer};
use smtp_codes::{Action, Conflict, Conflicts, EnhancedCode, Party, Reason, ReplyCode, Verdict};

use super::{PageRead, class};
use crate::sources::distinct;

/// A verdict on a part of a text, with the words that explain it.
#[derive(Debug, Serialize)]
pub(crate) struct Explained<'v> {
    pub(crate) r#type: &'static str,
    /// The part's first line, from 1.
    pub(crate) line: usize,
    /// In how many places the text says the same.
    pub(crate) times: usize,
    #[serde(flatten)]
    pub(crate) verdict: VerdictObject<'v>,
    pub(crate) title: Option<&'static str>,
    pub(crate) summary: Option<&'static str>,
    pub(crate) plain: Option<&'static str>,
    pub(crate) advice: Option<&'static str>,
}

impl<'v> Explained<'v> {
    /// The object of a verdict on the part of a text that begins at this byte.
    pub(crate) fn of(verdict: &'v Verdict<'v>, line: usize, start: usize, times: usize) -> Self {
        let entry = verdict.reason.map(Reason::entry);
        Self {
            r#type: "verdict",
            line,
            times,
            verdict: VerdictObject::of(verdict, start),
            title: entry.map(|entry| entry.title),
            summary: entry.map(|entry| entry.summary),
            plain: entry.map(|entry| entry.plain),
            advice: entry.map(|entry| entry.advice),
        }
    }
}

/// The fields of every verdict.
#[derive(Debug, Serialize)]
pub(crate) struct VerdictObject<'v> {
    reply: Option<u16>,
    enhanced: Option<Shown<EnhancedCode>>,
    class: Option<&'static str>,
    reason: Option<&'static str>,
    party: Option<&'static str>,
    action: &'static str,
    provider: Option<&'static str>,
    rule: Option<&'v str>,
    basis: &'static str,
    matched: Option<[usize; 2]>,
    retry_after: Option<u32>,
    blocklist: Option<&'static str>,
    conflicts: Words,
    sources: Sources<'v>,
}

impl<'v> VerdictObject<'v> {
    /// The fields of a verdict on the part of a text that begins at this byte.
    pub(crate) fn of(verdict: &'v Verdict<'v>, start: usize) -> Self {
        Self {
            reply: verdict.reply.map(ReplyCode::as_u16),
            enhanced: verdict.enhanced.map(Shown),
            class: verdict.class.map(class),
            reason: verdict.reason.map(Reason::as_str),
            party: verdict.party.map(Party::as_str),
            action: Action::as_str(verdict.action),
            provider: verdict.provider.map(|provider| provider.id),
            rule: verdict.rule.map(|rule| rule.id),
            basis: verdict.basis.as_str(),
            matched: verdict.matched.as_ref().map(|matched| [start + matched.start, start + matched.end]),
            retry_after: verdict.retry_after,
            blocklist: verdict.blocklist.map(|blocklist| blocklist.name),
            conflicts: Words(verdict.conflicts),
            sources: Sources(verdict),
        }
    }
}

impl VerdictObject<'_> {
    /// The same with the words that decided at another place: of a text that was cut or changed.
    pub(crate) fn at(self, matched: Option<[usize; 2]>) -> Self {
        Self { matched, ..self }
    }
}

/// Something that is written as it is displayed.
#[derive(Debug)]
pub(super) struct Shown<T>(pub(super) T);

impl<T: Display> Serialize for Shown<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(&self.0)
    }
}

/// The conflicts' words, as a list.
#[derive(Debug)]
struct Words(Conflicts);

impl Serialize for Words {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.0.iter().map(Conflict::as_str))
    }
}

/// The sources of a verdict, as a list.
#[derive(Debug)]
pub(super) struct Sources<'v>(pub(super) &'v Verdict<'v>);

impl Serialize for Sources<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(distinct(self.0).filter_map(Source::of))
    }
}

/// Where a verdict comes from.
#[derive(Debug, Serialize)]
#[serde(untagged)]
enum Source<'v> {
    Page(PageRead<'v>),
    Reference { document: &'static str, section: Option<&'static str>, url: Shown<Url> },
}

impl<'v> Source<'v> {
    /// `None` for a kind that this program does not know yet.
    fn of(source: smtp_codes::Source<'v>) -> Option<Self> {
        Some(match source {
            smtp_codes::Source::Page(page) => Self::Page(PageRead::of(page)),
            smtp_codes::Source::Reference(reference) => Self::Reference {
                document: reference.document.id,
                section: reference.section,
                url: Shown(Url(reference)),
            },
            _ => return None,
        })
    }
}

/// The address of a place in a document.
#[derive(Debug)]
struct Url(&'static smtp_codes::Reference);

impl Display for Url {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.url().fmt(f)
    }
}
