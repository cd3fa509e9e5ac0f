//! Proves claims against the texts: level 3.

use std::collections::BTreeSet;

use anyhow::Result;
use smtp_codes_data::schema::Document;
use smtp_codes_data::{Fault, Model, Reference};

use super::claim::{Check, Claim, Word, place};
use super::exceptions::Exceptions;
use super::index;
use super::library::{Library, Source, source};
use super::passage::Passage;
use super::text::Text;

/// What is wrong with a claim. Nothing is said of documents whose text is not there: they are reported once each.
pub(super) fn prove(claim: &Claim, library: &Library) -> Result<Vec<Fault>> {
    match &claim.check {
        Check::Stands { word, reference } => {
            let text = library.text(&reference.document)?;
            Ok(text.map_or(Vec::new(), |text| stands(claim, *word, reference, text)))
        }
        Check::Row { codes, references } => row(claim, codes, references, library),
        Check::Described(document) => Ok(described(claim, document, library)),
        Check::Registered(_) => Ok(Vec::new()),
    }
}

fn stands(claim: &Claim, word: Word, reference: &Reference, text: &Text) -> Vec<Fault> {
    let cited = place(reference);
    let evidence = reference.evidence.as_deref();
    let Some(passage) = text.passage(reference.section.as_deref()) else {
        let places = text.places(|passage| evidence.is_some_and(|words| passage.says(words)));
        let found = match places[..] {
            [] => "no such section".to_owned(),
            _ => format!("no such section, but the evidence in {}", sections(&places)),
        };
        return vec![claim.fault(format!("the section {cited}"), found)];
    };
    let mut faults = Vec::new();
    if !word.stands_in(&passage) {
        let places = text.places(|passage| word.stands_in(passage));
        faults.push(claim.fault(format!("`{word}` in {cited}"), elsewhere(&places)));
    }
    if let Some(words) = evidence.filter(|words| !passage.says(words)) {
        let places = text.places(|passage| passage.says(words));
        faults.push(claim.fault(format!("\"{words}\" in {cited}"), elsewhere(&places)));
    }
    faults
}

fn elsewhere(places: &[&str]) -> String {
    match places {
        [] => "it nowhere in this document".to_owned(),
        _ => format!("it in {}", sections(places)),
    }
}

/// The first few of the sections that were found.
fn sections(places: &[&str]) -> String {
    let mut names: Vec<String> = places.iter().take(5).map(|place| format!("§{place}")).collect();
    if places.len() > names.len() {
        names.push(format!("{} more", places.len() - names.len()));
    }
    names.join(", ")
}

fn row(claim: &Claim, codes: &[u16], references: &[Reference], library: &Library) -> Result<Vec<Fault>> {
    let mut passages: Vec<Passage> = Vec::new();
    for reference in references {
        match library.text(&reference.document)? {
            Some(text) => passages.extend(text.passage(reference.section.as_deref())),
            // The missing codes may stand where nobody can look.
            None => return Ok(Vec::new()),
        }
    }
    let missing = codes.iter().filter(|code| !passages.iter().any(|passage| passage.has_code(**code)));
    let faults = missing.map(|code| {
        let places: Vec<String> = references.iter().map(place).collect();
        claim.fault(format!("`{code}` in one of {}", places.join(", ")), "it in none of them")
    });
    Ok(faults.collect())
}

fn described(claim: &Claim, document: &Document, library: &Library) -> Vec<Fault> {
    let differences = match source(&document.id) {
        Source::Rfc(number) => library.row(number).map(|row| index::differences(row, document)),
        _ => library.registry(&document.id).map(|registry| {
            let updated = registry.updated.get(..7).unwrap_or_default();
            [("title", registry.title.as_str(), &document.title), ("date", updated, &document.date)]
                .into_iter()
                .filter(|(_, registry, catalogue)| registry != catalogue)
                .map(|(key, registry, catalogue)| {
                    (key, format!("`{registry}` as in the registry"), format!("`{catalogue}`"))
                })
                .collect()
        }),
    };
    let faults = differences.unwrap_or_default().into_iter();
    faults.map(|(key, expected, found)| claim.fault_at(key, expected, found)).collect()
}

/// Documents without a text, an index row or a registry, which no exception excuses.
pub(super) fn absent(
    model: &Model,
    claims: &[Claim],
    library: &Library,
    exceptions: &Exceptions,
) -> Result<Vec<Fault>> {
    let cited = cited(claims);
    let mut faults = Vec::new();
    for entry in model.documents.iter().filter(|entry| !exceptions.excuses_absence(&entry.id)) {
        let cited = cited.contains(entry.id.as_str());
        match source(&entry.id) {
            Source::Rfc(number) if library.covers(&entry.id) => {
                if library.row(number).is_none() {
                    faults.push(entry.fault("id", format!("a row of {} in rfc-index.txt", entry.id), "none"));
                }
                if cited && library.text(&entry.id)?.is_none() {
                    faults.push(entry.fault("id", format!("the text rfc{number}.txt, as it is cited"), "none"));
                }
            }
            Source::Other if cited => {
                let expected = "an exception that says why what it says can't be proven";
                faults.push(entry.fault("id", expected, "none"));
            }
            _ => {}
        }
    }
    Ok(faults)
}

/// The documents to which references lead.
pub(super) fn cited<'c>(claims: &'c [Claim]) -> BTreeSet<&'c str> {
    let references = claims.iter().filter(|claim| !matches!(claim.check, Check::Described(_)));
    references.flat_map(Claim::documents).collect()
}
