//! Users' own rules, read at run time: feature `rules`, which needs `std`.
//!
//! A file of rules is TOML with the keys of the catalogue's own:
//!
//! ```toml
//! id = "acme"                  # every rule's id begins with it
//! name = "Acme's relays"
//!
//! [[rule]]
//! id = "acme-left"
//! reason = "mailbox-disabled"  # a reason of the catalogue
//! words = ["(has left|is no longer with) acme"]
//! examples = ["550 5.1.1 <ann@a.example>: ann has left Acme"]
//!
//! [[retry]]                    # the number before the words counts units of so many seconds
//! id = "acme-ticks"
//! words = ["(tick|ticks)"]
//! seconds = 600
//! examples = [{ text = "451 Come back in 3 ticks", seconds = 1800 }]
//! ```
//!
//! A rule may also have `without`, `reply`, `enhanced`, `phase` and `rank`, and `sources` that name `[[page]]` tables with
//! `id`, `title`, `url` and `read`; the README of `smtp-codes-data` explains them and how words are compared. Each rule has
//! examples, and decides them.
//!
//! [`rules!`](crate::rules!) compiles such a file in.

mod build;
mod examples;

use std::borrow::ToOwned;
use std::boxed::Box;
use std::string::String;
use std::vec;
use std::vec::Vec;

pub use smtp_codes_data::Fault;
use smtp_codes_data::{File, Model};

use crate::reason::Reason;
use crate::verdict::{Rejection, RuleSet, Verdict, decide};

/// Reads and checks a user's own rules, to be asked before the catalogue's with
/// [`verdict_with`](crate::Rejection::verdict_with).
///
/// `name` is the file's path or any other name for it: faults begin with it.
///
/// The rules stay in memory until the process ends, as verdicts borrow from them: load a file once, not for each reply.
///
/// # Errors
///
/// All faults at once, each with line and key: of the schema, else of ids and reasons, else of examples that their own rule
/// does not decide.
///
/// # Examples
///
/// ```
/// use smtp_codes::{Reason, Rejection, rules};
///
/// let text = r#"
/// id = "acme"
/// name = "Acme's relays"
///
/// [[rule]]
/// id = "acme-left"
/// reason = "mailbox-disabled"
/// words = ["has left acme"]
/// examples = ["550 5.1.1 <ann@a.example>: ann has left Acme"]
/// "#;
/// let rules = rules::load("acme.toml", text).unwrap();
/// let verdict = Rejection::new(b"550 Sorry, Bob has left ACME.").verdict_with(&rules);
/// assert_eq!(verdict.reason, Some(Reason::MailboxDisabled));
/// assert_eq!(verdict.rule.unwrap().id, "acme-left");
///
/// let faults = rules::load("acme.toml", &text.replace("disabled", "left")).unwrap_err();
/// let expected = "acme.toml:7: rule acme-left: reason: expected a reason of the catalogue, found `mailbox-left`";
/// assert_eq!(faults[0].to_string(), expected);
/// ```
pub fn load(name: &str, text: &str) -> Result<RuleSet<'static>, Vec<Fault>> {
    let reasons: Vec<&str> = Reason::ALL.iter().map(|reason| reason.as_str()).collect();
    let taken: Vec<&str> = RuleSet::builtin().rules().iter().map(|rule| rule.id).collect();
    let phrases = smtp_codes_data::load_rules(File { path: name, text }, &reasons, &taken)?;
    let model = Box::leak(Box::new(Model { phrases: vec![phrases], ..Model::default() }));
    let set = build::rule_set(model).map_err(|message| vec![whole_file(name, &message)])?;
    let faults = examples::faults(model, &[set, RuleSet::builtin()]);
    if faults.is_empty() { Ok(set) } else { Err(faults) }
}

/// Whether every example of a catalogue is decided by its own rule; for `cargo xtask validate`.
#[doc(hidden)]
pub fn check(model: &Model) -> Vec<Fault> {
    let model = Box::leak(Box::new(model.clone()));
    match build::rule_set(model) {
        Ok(set) => examples::faults(model, &[set]),
        Err(message) => vec![whole_file("phrases", &message)],
    }
}

/// The rules of a catalogue, and the verdict by these alone; for the benchmark of catalogues of any size.
///
/// # Errors
///
/// What was expected and what was found, where there are too many words.
#[doc(hidden)]
pub fn compile(model: Model) -> Result<RuleSet<'static>, String> {
    build::rule_set(Box::leak(Box::new(model)))
}

#[doc(hidden)]
pub fn verdict_by<'r>(rejection: &Rejection<'_>, rules: &RuleSet<'r>) -> Verdict<'r> {
    decide(rejection, &[*rules])
}

/// A fault of no one entry; `message` is `expected …, found …`.
fn whole_file(name: &str, message: &str) -> Fault {
    let (expected, found) = message.split_once(", found ").unwrap_or((message, "otherwise"));
    Fault {
        file: name.to_owned(),
        line: 1,
        entry: String::new(),
        key: String::new(),
        expected: expected.strip_prefix("expected ").unwrap_or(expected).to_owned(),
        found: found.to_owned(),
    }
}
