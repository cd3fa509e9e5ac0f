use std::ffi::OsString;
use std::io;

use smtp_codes::Answer;

use crate::args::Options;
use crate::exit::Outcome;
use crate::json::Object;
use crate::nearest;
use crate::output::Output;
use crate::render;
use crate::shown::quoted;
use crate::subject::Subject;

/// What a query may be, for messages.
const EXPECTED: &str =
    "a code such as 550, 5.7.1, X.7.1, 5.2.x or 4xx, a command such as ETRN or an EHLO keyword such as SIZE";

/// Looks up each query; those that miss are named on standard error and the others are still answered.
pub(crate) fn run(queries: &[OsString], options: &Options, out: &mut Output) -> io::Result<Outcome> {
    let mut outcome = Outcome::Found;
    for query in queries {
        outcome = outcome.max(look_up(query, options, out)?);
    }
    Ok(outcome)
}

fn look_up(query: &OsString, options: &Options, out: &mut Output) -> io::Result<Outcome> {
    let Some(text) = query.to_str() else {
        out.error(&format!("{} is not UTF-8: expected {EXPECTED}", quoted(query.as_encoded_bytes())))?;
        return Ok(Outcome::Bad);
    };
    let words: Vec<&str> = words(text).collect();
    if words.is_empty() {
        let what = if text.is_empty() {
            "the query is empty".to_owned()
        } else {
            format!("no word in {}", quoted(text.as_bytes()))
        };
        out.error(&format!("{what}: expected {EXPECTED}"))?;
        return Ok(Outcome::Bad);
    }
    let mut outcome = Outcome::Found;
    let (mut unknown, mut malformed) = (Vec::new(), Vec::new());
    for word in &words {
        match smtp_codes::lookup(word).map(Iterator::collect::<Vec<_>>) {
            Ok(answers) if answers.is_empty() => match Subject::named(text.trim()) {
                Some(subject) => show_subject(subject, options, out)?,
                None => unknown.push(*word),
            },
            Ok(answers) => {
                for answer in answers {
                    outcome = outcome.max(show(answer, options, out)?);
                }
            }
            Err(error) => malformed.push((*word, error)),
        }
    }
    let is_answered = words.len() > unknown.len() + malformed.len();
    match (&unknown[..], &malformed[..]) {
        ([], []) => Ok(outcome),
        ([_, ..], _) if is_answered => {
            // Somebody gave a whole reply: its codes are answered.
            let others = quoted(unknown.join(" ").as_bytes());
            out.note(&format!("passed over {others}; to have a whole reply explained: smtp-codes explain \"...\""))?;
            Ok(outcome)
        }
        (_, [(word, error), ..]) => {
            // `5,1,1` is three words to the library and one to whoever wrote it.
            let whole = if text.contains(char::is_whitespace) { word } else { text };
            let meant = nearest::lookalike(whole);
            let meant = meant.map_or(String::new(), |code| format!("; did you mean {code}?"));
            out.error(&format!("{}: {error}{meant}", quoted(word.as_bytes())))?;
            Ok(Outcome::Bad)
        }
        _ => {
            out.error(&no_such_word(text))?;
            Ok(Outcome::Missing)
        }
    }
}

/// The words of a query, as the library separates them; those without a letter or digit say nothing.
fn words(query: &str) -> impl Iterator<Item = &str> {
    let words = query.split(|letter: char| letter.is_whitespace() || matches!(letter, ',' | ';'));
    words.filter(|word| word.chars().any(|letter| letter.is_alphanumeric() || letter.is_control()))
}

fn show(answer: Answer, options: &Options, out: &mut Output) -> io::Result<Outcome> {
    if options.json {
        out.object(&Object::of(answer, options))?;
    } else {
        let mut page = out.blank();
        render::answer(answer, options, &mut page);
        out.page(&page)?;
    }
    if answer.is_listed() {
        return Ok(Outcome::Found);
    }
    out.error(&unlisted(answer))?;
    Ok(Outcome::Missing)
}

/// Shows a rule or reason.
fn show_subject(subject: Subject, options: &Options, out: &mut Output) -> io::Result<()> {
    if options.json {
        return subject.object(options, out);
    }
    let mut page = out.blank();
    match subject {
        Subject::Rule(rule) => render::rule(rule, &mut page),
        Subject::Reason(entry) => render::reason(entry, &mut page),
        _ => {}
    }
    out.page(&page)
}

fn unlisted(answer: Answer) -> String {
    let nearest = nearest::codes(answer).join(", ");
    format!("no document lists {}; nearest: {nearest}", crate::facts::code(answer))
}

fn no_such_word(word: &str) -> String {
    let nearest = nearest::words(word);
    let end = if nearest.is_empty() {
        format!(": expected {EXPECTED}")
    } else {
        format!("; nearest: {}", nearest.join(", "))
    };
    format!("no code, command or EHLO keyword {}{end}", quoted(word.as_bytes()))
}
