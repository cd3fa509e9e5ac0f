//! Answers laid out for reading: the standard's meaning first, then what providers mean, then the sources.

mod claims;
mod code;
mod group;
mod message;
mod row;
mod rule;
mod verdict;
mod word;

pub(crate) use message::{message, message_rows, recipient};
pub(crate) use row::Columns;
pub(crate) use rule::{reason, rule};
pub(crate) use verdict::{plain, verdict};

use smtp_codes::{Answer, Status};

use crate::args::Options;
use crate::facts::{self, Facts};
use crate::page::Page;
use crate::sources;
use crate::style;

/// Everything that is known about an answer.
pub(crate) fn answer(answer: Answer, options: &Options, page: &mut Page) {
    title(answer, page);
    means_and_do(answer, options, page);
    if !is_of_providers(answer) {
        page.gap();
    }
    match answer {
        Answer::Reply(code) => code::reply(code, options.command, page),
        Answer::Enhanced(code) => code::enhanced(code, page),
        Answer::SubjectDetail(code) => code::subject_detail(code, page),
        Answer::Severity(severity) => group::severity(severity, page),
        Answer::Class(class) => group::class(class, page),
        Answer::Subject(class, subject) => group::subject(class, subject, page),
        Answer::Command(command) => word::command(command, page),
        Answer::Keyword(keyword) => word::keyword(keyword, page),
        _ => {}
    }
    claims::part(answer, options, page);
    sources(answer, options, page);
}

/// What it means, and no more; `found` says where in a text it stands.
pub(crate) fn brief(answer: Answer, found: &str, options: &Options, page: &mut Page) {
    title(answer, page);
    page.row("Found", found);
    page.row("Means", means_and_advice(answer, options).0);
    claims::brief(answer, options, page);
}

fn title(answer: Answer, page: &mut Page) {
    let (title, care) = match Facts::of(answer) {
        Some(facts) => (facts.title, care(facts.status)),
        None if is_of_providers(answer) => ("", "a provider's own"),
        None => ("", "no document lists it"),
    };
    let kind = match answer {
        Answer::Command(command) if !command.is_stage() => " (command)",
        Answer::Keyword(_) => " (EHLO keyword)",
        _ => "",
    };
    page.title(&facts::code(answer), style::of(answer), &format!("{title}{kind}"), care);
}

/// What is unusual about an entry: every status but `standard`.
pub(crate) fn care(status: Status) -> &'static str {
    if status == Status::Standard { "" } else { status.as_str() }
}

/// Whether providers alone give the code a meaning, so that theirs is the answer.
fn is_of_providers(answer: Answer) -> bool {
    Facts::of(answer).is_none() && answer.is_listed()
}

/// The first two rows.
fn means_and_do(answer: Answer, options: &Options, page: &mut Page) {
    let (means, advice) = means_and_advice(answer, options);
    page.row("Means", means);
    page.row("Do", advice);
}

/// What it means and what to do; of a code that nobody lists, what its first digit says.
fn means_and_advice(answer: Answer, options: &Options) -> (&'static str, &'static str) {
    if is_of_providers(answer) {
        return ("", "");
    }
    let group = match answer {
        Answer::Reply(code) => Some(Answer::Severity(code.severity())),
        Answer::Enhanced(code) => Some(Answer::Class(code.class())),
        Answer::SubjectDetail(code) => Some(Answer::Subject(None, code.subject())),
        Answer::Subject(Some(class), _) => Some(Answer::Class(class)),
        _ => None,
    };
    let Some(facts) = Facts::of(answer).or_else(|| group.and_then(Facts::of)) else {
        return ("No document in the catalogue has this subject, so nothing is known of its codes.", "");
    };
    let summary = match (answer, options.command) {
        (Answer::Reply(code), Some(command)) => {
            facts::meanings(code, Some(command)).next().map(|meaning| meaning.summary)
        }
        _ => None,
    };
    (summary.unwrap_or(facts.summary), facts.advice)
}

/// Where it all stands: the documents, then the providers' pages.
fn sources(answer: Answer, options: &Options, page: &mut Page) {
    let refs = match answer {
        Answer::Reply(code) => facts::distinct(facts::meanings(code, options.command).flat_map(|meaning| meaning.refs)),
        _ => Facts::of(answer).map_or(Vec::new(), |facts| facts.refs),
    };
    let pages = claims::pages(answer, options);
    if refs.is_empty() && pages.is_empty() {
        return;
    }
    page.heading("Sources", "");
    page.paragraph(&sources::of_references(&refs));
    for (provider, source) in pages {
        page.paragraph(&format!("{}: {}", provider.id, sources::of_page(source)));
        page.address(source.url);
    }
}
