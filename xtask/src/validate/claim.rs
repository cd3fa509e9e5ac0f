//! What the catalogue claims and a machine can prove: one claim for each reference, table row and registry entry.

use std::fmt;

use smtp_codes_data::schema::{BasicCode, BasicCodes, BasicCodesWord, Document, SeverityWord, Stage, Status};
use smtp_codes_data::{Entry, Fault, Model, Reference};

use super::library::{Source, source};
use super::passage::Passage;

/// The registry of enhanced status codes.
pub(super) const CODES: &str = "IANA smtp-enhanced-status-codes";
/// The registry in which EHLO keywords are a table.
pub(super) const MAIL: &str = "IANA mail-parameters";

/// One claim: where it stands, what it says, and how it is proven.
pub(super) struct Claim<'m> {
    entry: &'m dyn Place,
    key: String,
    /// The claim in words; the lock holds them once they are proven.
    pub(super) words: String,
    pub(super) check: Check<'m>,
}

pub(super) enum Check<'m> {
    /// A word and the evidence stand in the section.
    Stands { word: Word<'m>, reference: &'m Reference },
    /// Each code stands in at least one of the sections.
    Row { codes: Vec<u16>, references: &'m [Reference] },
    /// The index says the same of an RFC, or the registry of itself.
    Described(&'m Document),
    /// The registry's row for the entry says the same.
    Registered(&'static str),
}

/// An entry of any kind.
trait Place {
    fn label(&self) -> &str;
    fn fault(&self, key: &str, expected: String, found: String) -> Fault;
}

impl<T> Place for Entry<T> {
    fn label(&self) -> &str {
        self.label()
    }

    fn fault(&self, key: &str, expected: String, found: String) -> Fault {
        self.fault(key, expected, found)
    }
}

impl<'m> Claim<'m> {
    fn new<T>(entry: &'m Entry<T>, key: &str, words: impl fmt::Display, check: Check<'m>) -> Self {
        Self { entry, key: key.to_owned(), words: format!("{}: {words}", entry.label()), check }
    }

    /// The label of the entry that makes it.
    pub(super) fn entry(&self) -> &'m str {
        self.entry.label()
    }

    /// A fault at the claim's place.
    pub(super) fn fault(&self, expected: impl Into<String>, found: impl Into<String>) -> Fault {
        self.fault_at(&self.key, expected, found)
    }

    /// A fault at another key of the same entry.
    pub(super) fn fault_at(&self, key: &str, expected: impl Into<String>, found: impl Into<String>) -> Fault {
        self.entry.fault(key, expected.into(), found.into())
    }

    /// The documents that have to be at hand to prove it.
    pub(super) fn documents(&self) -> Vec<&str> {
        match &self.check {
            Check::Stands { reference, .. } => vec![&reference.document],
            Check::Row { references, .. } => references.iter().map(|reference| reference.document.as_str()).collect(),
            Check::Described(document) => vec![&document.id],
            Check::Registered(registry) => vec![registry],
        }
    }
}

/// What has to stand in a section beside the evidence.
#[derive(Clone, Copy)]
pub(super) enum Word<'m> {
    Severity(u8),
    Code(u16),
    Enhanced(u16, u16),
    Subject(u16),
    Class(u8),
    Verb(&'m str),
    Nothing,
}

impl Word<'_> {
    pub(super) fn stands_in(self, passage: &Passage) -> bool {
        match self {
            Self::Severity(digit) => passage.has_word(&format!("{digit}yz")),
            Self::Code(code) => passage.has_code(code),
            Self::Enhanced(subject, detail) => passage.has_enhanced(subject, detail),
            Self::Subject(subject) => passage.has_subject(subject),
            Self::Class(class) => passage.has_class(class),
            Self::Verb(verb) => passage.has_word(verb),
            Self::Nothing => true,
        }
    }
}

impl fmt::Display for Word<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Severity(digit) => write!(f, "{digit}yz"),
            Self::Code(code) => write!(f, "{code}"),
            Self::Enhanced(subject, detail) => write!(f, "X.{subject}.{detail}"),
            Self::Subject(subject) => write!(f, "X.{subject}.XXX"),
            Self::Class(class) => write!(f, "{class}.XXX.XXX"),
            Self::Verb(verb) => f.write_str(verb),
            Self::Nothing => Ok(()),
        }
    }
}

/// All claims, in the order of the files.
pub(super) fn claims(model: &Model) -> Vec<Claim<'_>> {
    let mut claims = Vec::new();
    documents(model, &mut claims);
    replies(model, &mut claims);
    enhanced(model, &mut claims);
    commands(model, &mut claims);
    keywords(model, &mut claims);
    claims
}

fn documents<'m>(model: &'m Model, claims: &mut Vec<Claim<'m>>) {
    for entry in &model.documents {
        let described = Check::Described(entry);
        match source(&entry.id) {
            Source::Rfc(_) => {
                let words = format!(
                    "\"{}\", {}, {}, obsoletes {}, obsoleted by {}",
                    entry.title,
                    entry.date,
                    entry.status,
                    list(&entry.obsoletes),
                    list(&entry.obsoleted_by)
                );
                claims.push(Claim::new(entry, "id", words, described));
            }
            Source::Registry => {
                let words = format!("\"{}\", {}", entry.title, entry.date);
                claims.push(Claim::new(entry, "id", words, described));
            }
            Source::Other => {}
        }
    }
}

fn replies<'m>(model: &'m Model, claims: &mut Vec<Claim<'m>>) {
    for entry in &model.severities {
        cite(entry, "refs", &entry.refs, Word::Severity(entry.digit), claims);
    }
    for entry in &model.replies {
        for (index, meaning) in entry.meanings.iter().enumerate() {
            let key = format!("meaning[{index}].refs");
            cite(entry, &key, &meaning.refs, Word::Code(entry.code), claims);
        }
    }
}

fn enhanced<'m>(model: &'m Model, claims: &mut Vec<Claim<'m>>) {
    for entry in &model.classes {
        cite(entry, "refs", &entry.refs, Word::Class(entry.class), claims);
        registered(entry, CODES, &format!("\"{}\"", entry.text), &entry.refs, claims);
    }
    for entry in &model.subjects {
        cite(entry, "refs", &entry.refs, Word::Subject(entry.subject), claims);
        registered(entry, CODES, &format!("\"{}\"", entry.text), &entry.refs, claims);
    }
    for entry in &model.enhanced {
        let word = Word::Enhanced(entry.subject, entry.detail);
        cite(entry, "refs", &entry.refs, word, claims);
        if let Some(reference) = &entry.classes_ref {
            let classes: Vec<String> = entry.classes.iter().map(|class| format!("{class:?}").to_lowercase()).collect();
            let words = format!("{word} for {} in {reference}", list(&classes));
            claims.push(Claim::new(entry, "classes_ref", words, Check::Stands { word, reference }));
        }
        let codes = basic_codes(&entry.basic_codes, entry.other_basic_codes);
        let facts = format!("\"{}\", {}, {codes}", entry.text, status(entry.status));
        registered(entry, CODES, &facts, &entry.refs, claims);
    }
}

fn commands<'m>(model: &'m Model, claims: &mut Vec<Claim<'m>>) {
    for entry in &model.commands {
        let word = if entry.is_stage() { Word::Nothing } else { Word::Verb(&entry.verb) };
        cite(entry, "refs", &entry.refs, word, claims);
        for (index, row) in entry.replies.iter().enumerate() {
            let key = format!("replies[{index}]");
            cite(entry, &format!("{key}.refs"), &row.refs, Word::Nothing, claims);
            let codes: Vec<u16> = row.codes().collect();
            let stage = match row.stage {
                Stage::Command => "answered",
                Stage::Message => "after the mail data answered",
            };
            let keyword = row.keyword.as_ref().map(|keyword| format!(" with {keyword}")).unwrap_or_default();
            let places: Vec<String> = row.refs.iter().map(place).collect();
            let words = format!("{stage}{keyword} by {} in {}", list(&codes), list(&places));
            claims.push(Claim::new(entry, &key, words, Check::Row { codes, references: &row.refs }));
        }
    }
}

fn keywords<'m>(model: &'m Model, claims: &mut Vec<Claim<'m>>) {
    for entry in &model.keywords {
        cite(entry, "refs", &entry.refs, Word::Verb(&entry.keyword), claims);
        let parameters = if entry.parameters.is_empty() { "without" } else { "with" };
        let facts = format!("\"{}\", {}, {parameters} parameters", entry.text, status(entry.status));
        registered(entry, MAIL, &facts, &entry.refs, claims);
    }
}

fn cite<'m, T>(entry: &'m Entry<T>, key: &str, refs: &'m [Reference], word: Word<'m>, claims: &mut Vec<Claim<'m>>) {
    for (index, reference) in refs.iter().enumerate() {
        // A document that is named behind the proof, without a place in it, is where a reader may go on.
        let named_only = index > 0 && reference.section.is_none() && reference.evidence.is_none();
        let word = if named_only { Word::Nothing } else { word };
        let words = match word {
            Word::Nothing => reference.to_string(),
            _ => format!("{word} in {reference}"),
        };
        claims.push(Claim::new(entry, &format!("{key}[{index}]"), words, Check::Stands { word, reference }));
    }
}

fn registered<'m, T>(
    entry: &'m Entry<T>,
    registry: &'static str,
    facts: &str,
    refs: &[Reference],
    claims: &mut Vec<Claim<'m>>,
) {
    let words = format!("{facts}, {}; compared with {registry}", list(&cited(refs)));
    claims.push(Claim::new(entry, "text", words, Check::Registered(registry)));
}

/// The documents of some references, each once.
pub(super) fn cited(refs: &[Reference]) -> Vec<&str> {
    let mut documents: Vec<&str> = Vec::new();
    for reference in refs {
        if !documents.contains(&reference.document.as_str()) {
            documents.push(&reference.document);
        }
    }
    documents
}

/// A reference without its evidence.
pub(super) fn place(reference: &Reference) -> String {
    let mut place = reference.clone();
    place.evidence = None;
    place.to_string()
}

/// `a, b`, or `nothing`.
pub(super) fn list(items: &[impl fmt::Display]) -> String {
    if items.is_empty() {
        return "nothing".to_owned();
    }
    items.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ")
}

/// Basic status codes in words: `any`, `not given`, `450, 550 and others`.
pub(super) fn basic_codes(codes: &BasicCodes, others: bool) -> String {
    let mut words = match codes {
        BasicCodes::Word(BasicCodesWord::Any) => "any".to_owned(),
        BasicCodes::Word(BasicCodesWord::NotGiven) => "not given".to_owned(),
        BasicCodes::Listed(codes) => {
            let codes: Vec<String> = codes
                .iter()
                .map(|code| match code {
                    BasicCode::Code(code) => code.to_string(),
                    BasicCode::Severity(SeverityWord::Transient) => "4XX".to_owned(),
                    BasicCode::Severity(SeverityWord::Permanent) => "5XX".to_owned(),
                })
                .collect();
            list(&codes)
        }
    };
    if others {
        words.push_str(" and others");
    }
    words
}

/// A status as the catalogue writes it.
fn status(status: Status) -> &'static str {
    match status {
        Status::Standard => "standard",
        Status::Obsolete => "obsolete",
        Status::Historic => "historic",
        Status::Private => "private",
        Status::Observed => "observed",
    }
}
