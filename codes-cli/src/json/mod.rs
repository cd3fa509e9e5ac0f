//! The objects of `--json`: their fields are a contract, added to but never renamed.

mod catalogue;
pub(crate) mod line;
mod message;
mod particular;
mod verdict;

pub(crate) use catalogue::{claim, document, provider, reason, rule};
pub(crate) use message::MessageObject;
pub(crate) use verdict::{Explained, VerdictObject};

use serde::Serialize;
use smtp_codes::{Answer, Claim, Page, Provider, Reference, Severity};

use crate::args::Options;
use crate::facts::{self, Facts};
use particular::Particular;

/// What is known about one answer.
#[derive(Debug, Serialize)]
pub(crate) struct Object {
    r#type: &'static str,
    #[serde(flatten)]
    key: Key,
    name: Option<&'static str>,
    title: Option<&'static str>,
    status: Option<&'static str>,
    summary: Option<&'static str>,
    advice: Option<&'static str>,
    #[serde(flatten)]
    particular: Particular,
    refs: Vec<Source>,
    providers: Vec<Meant>,
    #[serde(flatten, skip_serializing_if = "Option::is_none")]
    found: Option<Found>,
}

impl Object {
    /// The object of an answer; of a code that no document lists, what it holds is null or empty.
    pub(crate) fn of(answer: Answer, options: &Options) -> Self {
        let facts = Facts::of(answer);
        let facts = facts.as_ref();
        Self {
            r#type: kind(answer),
            key: Key::of(answer),
            name: facts.map(|facts| facts.name),
            title: facts.map(|facts| facts.title),
            status: facts.map(|facts| facts.status.as_str()),
            summary: facts.map(|facts| facts.summary),
            advice: facts.map(|facts| facts.advice),
            particular: Particular::of(answer, options),
            refs: facts.map_or(Vec::new(), |facts| sources(&facts.refs)),
            providers: facts::claims(answer, options.provider)
                .into_iter()
                .map(|(provider, claim)| Meant::of(provider, claim))
                .collect(),
            found: None,
        }
    }

    /// The same with the place in a text where it was found.
    pub(crate) fn found(self, found: Found) -> Self {
        Self { found: Some(found), ..self }
    }
}

/// Where in a text a code stands.
#[derive(Debug, Serialize)]
pub(crate) struct Found {
    /// The line of the first place, from 1.
    pub(crate) line: usize,
    /// The bytes of the first place, as half-open range.
    pub(crate) matched: [usize; 2],
    /// In how many places it stands.
    pub(crate) times: usize,
}

fn kind(answer: Answer) -> &'static str {
    match answer {
        Answer::Reply(_) => "reply",
        Answer::Enhanced(_) | Answer::SubjectDetail(_) => "enhanced",
        Answer::Subject(..) => "subject",
        Answer::Severity(_) | Answer::Class(_) => "class",
        Answer::Command(_) => "command",
        Answer::Keyword(_) => "keyword",
        _ => "tag",
    }
}

#[derive(Debug, Serialize)]
enum Key {
    #[serde(rename = "code")]
    Number(u16),
    #[serde(rename = "code")]
    Code(String),
    #[serde(rename = "verb")]
    Verb(&'static str),
    #[serde(rename = "keyword")]
    Keyword(&'static str),
}

impl Key {
    fn of(answer: Answer) -> Self {
        match answer {
            Answer::Reply(code) => Self::Number(code.as_u16()),
            Answer::Command(command) => Self::Verb(command.verb()),
            Answer::Keyword(keyword) => Self::Keyword(keyword.name()),
            _ => Self::Code(facts::code(answer)),
        }
    }
}

/// A reference to a document.
#[derive(Debug, Serialize)]
struct Source {
    document: &'static str,
    section: Option<&'static str>,
    url: String,
}

fn sources(refs: &[Reference]) -> Vec<Source> {
    let source = |reference: &Reference| Source {
        document: reference.document.id,
        section: reference.section,
        url: reference.url().to_string(),
    };
    refs.iter().map(source).collect()
}

/// What a provider means.
#[derive(Debug, Serialize)]
struct Meant {
    provider: &'static str,
    /// What the claim is about, which may be wider than the code asked for: `5.1.x`.
    code: String,
    meaning: &'static str,
    advice: &'static str,
    departs: bool,
    departure: Option<&'static str>,
    sources: Vec<PageRead<'static>>,
}

impl Meant {
    fn of(provider: &Provider, claim: &'static Claim) -> Self {
        let sources = claim.sources.iter();
        Self {
            provider: provider.id,
            code: claim.to_string(),
            meaning: claim.meaning,
            advice: claim.advice,
            departs: claim.departs.is_some(),
            departure: claim.departs,
            sources: sources.map(|page| PageRead::of(page)).collect(),
        }
    }
}

/// A page, and the day on which it was read.
#[derive(Debug, Serialize)]
struct PageRead<'a> {
    title: &'a str,
    url: &'a str,
    read: &'a str,
}

impl<'a> PageRead<'a> {
    fn of(page: &'a Page) -> Self {
        Self { title: page.title, url: page.url, read: page.read }
    }
}

/// What a reply code's first digit says.
pub(crate) fn class(severity: Severity) -> &'static str {
    match severity {
        Severity::PositiveCompletion => "success",
        Severity::PositiveIntermediate => "intermediate",
        Severity::TransientNegativeCompletion => "transient",
        Severity::PermanentNegativeCompletion => "permanent",
    }
}
