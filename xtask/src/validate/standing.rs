//! What the lock should hold, after the claims were tried.

use std::collections::BTreeMap;

use anyhow::Result;

use super::claim::{Check, Claim};
use super::exceptions::Exceptions;
use super::library::{Library, Source, source};
use super::lock::{Standing, Wanted};
use super::text::Text;

/// The documents against which claims of the lock are proven, with the fingerprints of those at hand.
pub(super) fn fingerprints<'f>(
    claims: &'f [(Claim, bool)],
    library: &Library,
    exceptions: &Exceptions,
) -> Result<BTreeMap<&'f str, Option<String>>> {
    let mut texts = BTreeMap::new();
    for (claim, _) in claims {
        // The index' row is in the words of the claim.
        if matches!(claim.check, Check::Described(_)) {
            continue;
        }
        for document in claim.documents() {
            if is_kept(document, exceptions) && !texts.contains_key(document) {
                texts.insert(document, library.text(document)?.map(Text::digest));
            }
        }
    }
    Ok(texts)
}

/// Whether the lock keeps claims about a document. What may be absent is never locked: the lock must not depend on which
/// texts a machine has.
fn is_kept(document: &str, exceptions: &Exceptions) -> bool {
    source(document) != Source::Other && !exceptions.excuses_absence(document)
}

/// The rows that the lock should have: the claims about documents that it keeps, each with what is known of it now.
pub(super) fn wanted(claims: &[(Claim, bool)], library: &Library, exceptions: &Exceptions) -> Result<Vec<Wanted>> {
    let mut all = Vec::new();
    for (claim, refuted) in claims {
        let documents = claim.documents();
        if !documents.iter().all(|document| is_kept(document, exceptions)) {
            continue;
        }
        let standing = if *refuted {
            Standing::Out
        } else if !documents.iter().all(|document| library.covers(document)) {
            Standing::Unknown
        } else if is_at_hand(claim, library)? {
            Standing::Proven
        } else {
            Standing::Out
        };
        all.push(Wanted { row: claim.words.clone(), standing, place: claim.fault("", "") });
    }
    Ok(all)
}

/// Whether all texts of a claim were there to prove it.
fn is_at_hand(claim: &Claim, library: &Library) -> Result<bool> {
    for document in claim.documents() {
        let there = match (&claim.check, source(document)) {
            (Check::Described(_), Source::Rfc(number)) => library.row(number).is_some(),
            _ => library.text(document)?.is_some(),
        };
        if !there {
            return Ok(false);
        }
    }
    Ok(true)
}
