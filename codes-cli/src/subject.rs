use std::io;

use smtp_codes::{Action, Answer, Claim, Document, Item, Keyword, Party, Provider, Reason, ReasonEntry, Rule, RuleSet};

use crate::args::Options;
use crate::facts::{self, Facts};
use crate::json::{self, Object};
use crate::output::Output;
use crate::page::Page;
use crate::render::care;
use crate::shown::width;
use crate::style;

/// Something that takes one line of a list or of the results of a search.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Subject {
    /// What can be looked up.
    Answer(Answer),
    Reason(&'static ReasonEntry),
    Provider(&'static Provider),
    Claim(&'static Provider, &'static Claim),
    Rule(&'static Rule<'static>),
    Document(&'static Document),
}

impl Subject {
    /// What a search found; `None` for a kind that this program does not know yet.
    pub(crate) fn of(item: Item) -> Option<Self> {
        Some(match item {
            Item::Reply(entry) => Self::Answer(Answer::Reply(entry.code)),
            Item::Enhanced(entry) => Self::Answer(Answer::SubjectDetail(entry.code)),
            Item::Command(entry) => Self::Answer(Answer::Command(smtp_codes::Command::from_verb(entry.verb)?)),
            Item::Keyword(entry) => Self::Answer(Answer::Keyword(Keyword::from_name(entry.keyword)?)),
            Item::Reason(entry) => Self::Reason(entry),
            Item::Claim(provider, claim) => Self::Claim(provider, claim),
            _ => return None,
        })
    }

    /// The rule or reason of this name.
    pub(crate) fn named(id: &str) -> Option<Self> {
        let mut rules = RuleSet::builtin().rules().iter();
        let rule = rules.find(|rule| rule.id.eq_ignore_ascii_case(id)).map(Self::Rule);
        rule.or_else(|| Reason::from_id(&id.to_ascii_lowercase()).map(|reason| Self::Reason(reason.entry())))
    }

    /// The first cell of its line: code, verb or id.
    fn cell(self) -> String {
        match self {
            Self::Answer(answer) => facts::code(answer),
            Self::Reason(entry) => entry.id.to_owned(),
            Self::Provider(provider) => provider.id.to_owned(),
            Self::Claim(_, claim) => claim.to_string(),
            Self::Rule(rule) => rule.id.to_owned(),
            Self::Document(document) => document.id.to_owned(),
        }
    }

    /// What stands behind it.
    fn text(self) -> String {
        match self {
            Self::Answer(answer) => Facts::of(answer).map_or(String::new(), |facts| facts.title.to_owned()),
            Self::Reason(entry) => {
                let party = entry.party.map_or(String::new(), |party| format!("{}: ", Party::as_str(party)));
                format!("{party}{}; {}", entry.title, actions(entry))
            }
            Self::Rule(rule) => format!("{}: {}", rule.reason, rule.example),
            Self::Provider(provider) => {
                let (claims, rules) = (provider.claims.len(), provider.rules().count());
                let read = provider.read().map_or_else(|| "nothing published".to_owned(), |day| format!("read {day}"));
                format!("{}, {}; claims: {claims}, rules: {rules}, {read}", provider.name, provider.kind)
            }
            Self::Claim(provider, claim) => format!("{}: {}", provider.id, first_sentence(claim.meaning)),
            Self::Document(document) => format!("{}  {}", document.date, document.title),
        }
    }

    /// What is unusual of it.
    fn care(self) -> String {
        match self {
            Self::Answer(answer) => Facts::of(answer).map_or(String::new(), |facts| care(facts.status).to_owned()),
            Self::Claim(_, claim) if claim.departs.is_some() => "departs".to_owned(),
            Self::Document(document) if !document.obsoleted_by.is_empty() => {
                format!("obsoleted by {}", document.obsoleted_by.join(", "))
            }
            Self::Reason(_) | Self::Provider(_) | Self::Claim(..) | Self::Rule(_) | Self::Document(_) => String::new(),
        }
    }

    pub(crate) fn object(self, options: &Options, out: &mut Output) -> io::Result<()> {
        match self {
            Self::Answer(answer) => out.object(&Object::of(answer, options)),
            Self::Reason(entry) => out.object(&json::reason(entry)),
            Self::Provider(provider) => out.object(&json::provider(provider)),
            Self::Claim(provider, claim) => out.object(&json::claim(provider, claim)),
            Self::Rule(rule) => out.object(&json::rule(rule)),
            Self::Document(document) => out.object(&json::document(document)),
        }
    }
}

/// Writes them in order: as a table with aligned cells, or as one object each.
pub(crate) fn write(subjects: &[Subject], options: &Options, out: &mut Output) -> io::Result<()> {
    if options.json {
        return subjects.iter().try_for_each(|subject| subject.object(options, out));
    }
    let mut page = out.blank();
    table(subjects, &mut page);
    out.page(&page)
}

/// The first column is no wider than this; what does not fit has a line of its own.
const WIDEST: usize = 22;

fn table(subjects: &[Subject], page: &mut Page) {
    let first = subjects.iter().map(|subject| width(&subject.cell())).max().unwrap_or(0).min(WIDEST);
    for subject in subjects {
        page.entry(&subject.cell(), style::BOLD, first, &subject.text(), &subject.care());
    }
}

/// What to do after a permanent failure, and after a transient one where that is something else.
fn actions(entry: &ReasonEntry) -> String {
    let (permanent, transient) = (Action::as_str(entry.permanent), Action::as_str(entry.transient));
    if permanent == transient { permanent.to_owned() } else { format!("{permanent}, after 4xx {transient}") }
}

/// As much of a meaning as a table can hold.
fn first_sentence(text: &str) -> &str {
    text.find(". ").map_or(text, |end| &text[..=end])
}
