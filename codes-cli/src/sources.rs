use smtp_codes::{Page, Reference, Source, Verdict};

/// References in one text, those to one document together: `RFC 5321, Sections 3.3, 4.2.3; RFC 821 (obsolete)`.
pub(crate) fn of_references(refs: &[Reference]) -> String {
    let mut documents: Vec<(&str, Vec<Reference>)> = Vec::new();
    for reference in refs {
        match documents.iter_mut().find(|(id, _)| *id == reference.document.id) {
            Some((_, places)) => places.push(*reference),
            None => documents.push((reference.document.id, vec![*reference])),
        }
    }
    let documents: Vec<_> = documents.into_iter().map(|(_, places)| of_document(places)).collect();
    documents.join("; ")
}

/// References to one document, with its id before the first only.
fn of_document(mut places: Vec<Reference>) -> String {
    places.sort_by_key(|place| number(place.section.unwrap_or_default()));
    let mut parts: Vec<String> = Vec::new();
    let mut before = String::new();
    for place in &places {
        // What a place shares with the one before, `RFC 5321, Section `, is said once.
        let shown = place.to_string();
        let (common, section) = shown.rsplit_once(' ').unwrap_or(("", &shown));
        let without_id = shown.split_once(", ").map_or(&*shown, |(_, section)| section);
        match parts.last_mut() {
            None => parts.push(shown.clone()),
            Some(last) if common == before => {
                *last = last.replace("Section ", "Sections ");
                parts.push(section.to_owned());
            }
            Some(_) => parts.push(without_id.to_owned()),
        }
        common.clone_into(&mut before);
    }
    let is_old = places.iter().any(|place| !place.document.obsoleted_by.is_empty());
    let text = parts.join(", ") + if is_old { " (obsolete)" } else { "" };
    // A number stays on the line of its word.
    ["RFC", "Section", "Sections", "Appendix"]
        .iter()
        .fold(text, |text, word| text.replace(&format!("{word} "), &format!("{word}\u{a0}")))
}

/// The parts of a section's number: 4.10 comes after 4.9, and letters after numbers.
fn number(section: &str) -> Vec<(u32, &str)> {
    section.split('.').map(|part| (part.parse().unwrap_or(u32::MAX), part)).collect()
}

/// A provider's page in one line: `KB 284204: Delivery status notifications (read 2026-11-23)`.
pub(crate) fn of_page(page: &Page) -> String {
    format!("{} (read\u{a0}{})", page.title, page.read)
}

/// The sources of a verdict, each once: several references may differ in nothing but the words that prove them.
pub(crate) fn distinct<'v>(verdict: &'v Verdict<'v>) -> impl Iterator<Item = Source<'v>> {
    let sources = verdict.sources().enumerate();
    sources
        .filter(|(place, source)| !verdict.sources().take(*place).any(|other| is_same(other, *source)))
        .map(|(_, source)| source)
}

fn is_same(one: Source<'_>, other: Source<'_>) -> bool {
    match (one, other) {
        (Source::Page(one), Source::Page(other)) => std::ptr::eq(one, other),
        (Source::Reference(one), Source::Reference(other)) => {
            (one.document.id, one.section) == (other.document.id, other.section)
        }
        _ => false,
    }
}
