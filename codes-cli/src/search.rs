use std::ffi::OsString;
use std::io;

use crate::args::Options;
use crate::exit::Outcome;
use crate::output::Output;
use crate::shown::quoted;
use crate::subject::{self, Subject};

/// Finds entries by words, the best first.
pub(crate) fn run(words: &[OsString], options: &Options, out: &mut Output) -> io::Result<Outcome> {
    let words: Vec<_> = words.iter().map(|word| word.to_string_lossy()).collect();
    let words = words.join(" ");
    if words.trim().is_empty() {
        out.error("nothing to search for: expected words such as mailbox full")?;
        return Ok(Outcome::Bad);
    }
    let found: Vec<Subject> = smtp_codes::search(&words).filter_map(|hit| Subject::of(hit.item)).collect();
    if found.is_empty() {
        out.error(&format!("nothing in the catalogue has a word of {}", quoted(words.as_bytes())))?;
        return Ok(Outcome::Missing);
    }
    subject::write(&found, options, out)?;
    Ok(Outcome::Found)
}
