//! Compares the catalogue with the registries, in both directions: level 4.

use std::collections::BTreeSet;

use smtp_codes_data::schema::{BasicCode, BasicCodes, BasicCodesWord, SeverityWord, Status};
use smtp_codes_data::{Entry, Fault, Model, Reference};

use super::claim::{CODES, MAIL, basic_codes, cited, list};
use super::registry::{Record, Registry};

/// A difference, which is a fault unless an exception excuses it.
pub(super) struct Difference {
    pub(super) fault: Fault,
    /// What the registry says; an exception holds the same words.
    pub(super) registry: String,
}

/// All differences to the registry of enhanced status codes.
pub(super) fn codes(model: &Model, registry: &Registry) -> Vec<Difference> {
    let mut all = Vec::new();
    let table = Table::new(registry, "smtp-enhanced-status-codes-1", "enhanced.toml", "class");
    table.compare(&model.classes, |class| format!("{}.XXX.YYY", class.class), |_| true, &mut all);
    for (entry, record) in table.pairs(&model.classes, |class| format!("{}.XXX.YYY", class.class)) {
        common(entry, record, &entry.text, &entry.refs, &mut all);
    }
    let table = Table::new(registry, "smtp-enhanced-status-codes-2", "enhanced.toml", "subject");
    table.compare(&model.subjects, |subject| format!("X.{}.YYY", subject.subject), |_| true, &mut all);
    for (entry, record) in table.pairs(&model.subjects, |subject| format!("X.{}.YYY", subject.subject)) {
        common(entry, record, &entry.text, &entry.refs, &mut all);
    }
    let table = Table::new(registry, "smtp-enhanced-status-codes-3", "enhanced.toml", "enhanced");
    let name = |code: &smtp_codes_data::schema::Enhanced| format!("X.{}.{}", code.subject, code.detail);
    table.compare(&model.enhanced, name, |code| code.status == Status::Standard, &mut all);
    for (entry, record) in table.pairs(&model.enhanced, name) {
        common(entry, record, &entry.text, &entry.refs, &mut all);
        let catalogue = (members(&entry.basic_codes), entry.other_basic_codes);
        if parse_basic_codes(&record.basic_codes).map(|(codes, others)| (members(&codes), others)) != Some(catalogue) {
            let found = basic_codes(&entry.basic_codes, entry.other_basic_codes);
            all.push(difference(entry, "basic_codes", &record.basic_codes, format!("`{found}`")));
        }
    }
    all
}

/// All differences to the registry of EHLO keywords.
pub(super) fn keywords(model: &Model, registry: &Registry) -> Vec<Difference> {
    let mut all = Vec::new();
    let table = Table::new(registry, "mail-parameters-2", "keywords.toml", "keyword");
    let name = |keyword: &smtp_codes_data::schema::Keyword| keyword.keyword.clone();
    table.compare(&model.keywords, name, |keyword| keyword.status == Status::Standard, &mut all);
    // "Those keywords not listed here have no parameters", says the table.
    let with_parameters: BTreeSet<&str> =
        registry.table("mail-parameters-3").map(|record| record.name.as_str()).collect();
    for (entry, record) in table.pairs(&model.keywords, name) {
        common(entry, record, &entry.text, &entry.refs, &mut all);
        let says = |parameters: bool| if parameters { "parameters" } else { "no parameters" };
        let (registered, found) = (with_parameters.contains(record.name.as_str()), !entry.parameters.is_empty());
        if registered != found {
            all.push(difference(entry, "parameters", says(registered), format!("`{}`", says(found))));
        }
    }
    all
}

/// Reply codes with which an enhanced code is associated, but which have no entry of their own.
pub(super) fn unknown_basic_codes(model: &Model) -> Vec<Fault> {
    let known: BTreeSet<u16> = model.replies.iter().map(|reply| reply.code).collect();
    let mut faults = Vec::new();
    for entry in &model.enhanced {
        let BasicCodes::Listed(codes) = &entry.basic_codes else { continue };
        let unknown: Vec<u16> = codes
            .iter()
            .filter_map(|code| match code {
                BasicCode::Code(code) if !known.contains(code) => Some(*code),
                _ => None,
            })
            .collect();
        if !unknown.is_empty() {
            faults.push(entry.fault("basic_codes", "reply codes of replies.toml", format!("`{}`", list(&unknown))));
        }
    }
    faults
}

/// One table of a registry, and the catalogue's file and kind of entry for it.
struct Table<'r> {
    records: Vec<&'r Record>,
    registry: &'static str,
    file: &'static str,
    kind: &'static str,
}

impl<'r> Table<'r> {
    fn new(registry: &'r Registry, id: &'r str, file: &'static str, kind: &'static str) -> Self {
        let name = if kind == "keyword" { MAIL } else { CODES };
        Self { records: registry.table(id).collect(), registry: name, file, kind }
    }

    /// Rows that the catalogue lacks, and entries that claim a row that is not there.
    fn compare<T>(
        &self,
        entries: &[Entry<T>],
        name: impl Fn(&T) -> String,
        claims_row: impl Fn(&T) -> bool,
        all: &mut Vec<Difference>,
    ) {
        let names: Vec<String> = entries.iter().map(|entry| name(entry)).collect();
        for record in self.records.iter().filter(|record| !names.contains(&record.name)) {
            all.push(self.missing(record, &names, entries));
        }
        for (entry, name) in entries.iter().zip(&names) {
            if claims_row(entry) && !self.records.iter().any(|record| record.name == *name) {
                let key = if self.kind == "enhanced" || self.kind == "keyword" { "status" } else { self.kind };
                let mut difference = difference(entry, key, "no row", "an entry that says so");
                difference.fault.expected = format!("a row {name} in {}", self.registry);
                all.push(difference);
            }
        }
    }

    /// A row without an entry is a fault where the entry would have to stand: behind that of the row before it.
    fn missing<T>(&self, record: &Record, names: &[String], entries: &[Entry<T>]) -> Difference {
        let earlier = self.records.iter().take_while(|other| other.name != record.name);
        let before = earlier.filter_map(|other| names.iter().position(|name| *name == other.name)).last();
        let label = record.name.trim_start_matches("X.").replace(".XXX", "").replace(".YYY", "");
        let fault = Fault {
            file: self.file.to_owned(),
            line: before.map_or(1, |place| entries[place].line()),
            entry: format!("{} {label}", self.kind),
            key: if self.kind == "enhanced" { "detail" } else { self.kind }.to_owned(),
            expected: format!("an entry for {} of {}", record.name, self.registry),
            found: "none".to_owned(),
        };
        Difference { fault, registry: record.text.clone() }
    }

    fn pairs<'a, T>(
        &'a self,
        entries: &'a [Entry<T>],
        name: impl Fn(&T) -> String + 'a,
    ) -> impl Iterator<Item = (&'a Entry<T>, &'r Record)> + 'a {
        entries.iter().filter_map(move |entry| {
            let name = name(entry);
            let record = self.records.iter().find(|record| record.name == name)?;
            Some((entry, *record))
        })
    }
}

/// What every table has: a short text and documents.
fn common<T>(entry: &Entry<T>, record: &Record, text: &str, refs: &[Reference], all: &mut Vec<Difference>) {
    if text != record.text {
        all.push(difference(entry, "text", &record.text, format!("`{text}`")));
    }
    let documents = cited(refs);
    for document in record.documents.iter().filter(|document| !documents.contains(&document.as_str())) {
        all.push(difference(entry, "refs", document, format!("only {}", list(&documents))));
    }
}

fn difference<T>(entry: &Entry<T>, key: &str, registry: &str, found: impl Into<String>) -> Difference {
    let expected = format!("`{registry}` as in the registry");
    Difference { fault: entry.fault(key, expected, found), registry: registry.to_owned() }
}

/// Reads `451, 550`, `250 or 251`, `451/550`, `5XX`, `Any`, `Not given` and `552 (other 4XX or 5XX codes are allowed)`.
fn parse_basic_codes(text: &str) -> Option<(BasicCodes, bool)> {
    match text {
        "Any" => return Some((BasicCodes::Word(BasicCodesWord::Any), false)),
        "Not given" => return Some((BasicCodes::Word(BasicCodesWord::NotGiven), false)),
        _ => {}
    }
    let others = text.strip_suffix("(other 4XX or 5XX codes are allowed)");
    let listed = others.unwrap_or(text).replace(" or ", ",").replace('/', ",");
    let codes: Option<Vec<BasicCode>> = listed
        .split(',')
        .map(|code| match code.trim() {
            "4XX" => Some(BasicCode::Severity(SeverityWord::Transient)),
            "5XX" => Some(BasicCode::Severity(SeverityWord::Permanent)),
            code if code.len() == 3 => code.parse().ok().map(BasicCode::Code),
            _ => None,
        })
        .collect();
    Some((BasicCodes::Listed(codes?), others.is_some()))
}

/// The codes whatever their order: the registry's is not that of numbers.
fn members(codes: &BasicCodes) -> BTreeSet<String> {
    basic_codes(codes, false).split(", ").map(str::to_owned).collect()
}

#[cfg(test)]
mod tests {
    use super::{basic_codes, parse_basic_codes};

    #[test]
    fn every_form_of_the_registry_is_read() {
        for (text, words) in [
            ("Any", "any"),
            ("Not given", "not given"),
            ("550", "550"),
            ("451, 550", "451, 550"),
            ("252, 553, 550", "252, 553, 550"),
            ("250 or 251", "250, 251"),
            ("451/550", "451, 550"),
            ("5XX", "5XX"),
            ("450, 550 (other 4XX or 5XX codes are allowed)", "450, 550 and others"),
        ] {
            let (codes, others) = parse_basic_codes(text).unwrap();
            assert_eq!(basic_codes(&codes, others), words, "{text}");
        }
    }

    #[test]
    fn what_is_no_code_is_not_guessed() {
        for text in ["", ".", "none", "55", "550 551"] {
            assert!(parse_basic_codes(text).is_none(), "{text}");
        }
    }
}
