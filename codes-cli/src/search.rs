use std::ffi::OsString;
use std::io;

use smtp_codes::{Rule, RuleSet};

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
    let mut found: Vec<Subject> = smtp_codes::search(&words).filter_map(|hit| Subject::of(hit.item)).collect();
    found.extend(rules(&words).take(RULES).map(Subject::Rule));
    if found.is_empty() {
        out.error(&format!("nothing in the catalogue has a word of {}", quoted(words.as_bytes())))?;
        return Ok(Outcome::Missing);
    }
    subject::write(&found, options, out)?;
    Ok(Outcome::Found)
}

/// How many rules are shown.
const RULES: usize = 10;

/// The rules that have all the words in their id, words or example, in the order of the catalogue.
fn rules(words: &str) -> impl Iterator<Item = &'static Rule<'static>> {
    let words: Vec<String> = words.split_whitespace().map(str::to_lowercase).collect();
    let has_all = move |rule: &&Rule| {
        let texts = rule.words.iter().chain([&rule.id, &rule.example]);
        let text = texts.map(|text| text.to_lowercase()).collect::<Vec<_>>().join(" ");
        words.iter().all(|word| text.contains(word))
    };
    RuleSet::builtin().rules().iter().filter(has_all)
}
