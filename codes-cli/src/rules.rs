//! The rules to judge by, and a user's own files of them.

use std::ffi::{OsStr, OsString};

use anyhow::{Result, bail};
use smtp_codes::rules::{self, Fault};
use smtp_codes::{Rejection, Rule, RuleSet, Verdict};

use crate::exit::Outcome;
use crate::input;
use crate::output::Output;
use crate::shown::shown;

/// The catalogue's rules, and before them a user's own, where there are any.
#[derive(Debug)]
pub(crate) struct Rules {
    own: Option<RuleSet<'static>>,
}

impl Rules {
    /// Reads the file, if one is named; its faults are said first, then that it has any.
    pub(crate) fn read(file: Option<&OsString>, out: &mut Output) -> Result<Self> {
        let Some(file) = file else { return Ok(Self { own: None }) };
        match load(file, out)? {
            Ok(set) => Ok(Self { own: Some(set) }),
            Err(faults) => {
                say(&faults, out)?;
                bail!("{}", counted(&faults, file));
            }
        }
    }

    /// The verdict on a reply, with whatever stands around it.
    pub(crate) fn verdict(&self, text: &[u8]) -> Verdict<'_> {
        self.verdict_on(&Rejection::new(text))
    }

    /// The verdict on a rejection of which more is known than its text.
    pub(crate) fn verdict_on(&self, rejection: &Rejection<'_>) -> Verdict<'_> {
        self.own.as_ref().map_or_else(|| rejection.verdict(), |own| rejection.verdict_with(own))
    }

    /// All rules, the user's first.
    pub(crate) fn all(&self) -> impl Iterator<Item = &Rule<'_>> {
        let own = self.own.as_ref().map_or(&[][..], RuleSet::rules);
        own.iter().chain(RuleSet::builtin().rules())
    }
}

/// Says whether a file of rules has faults, and which.
pub(crate) fn check(file: &OsStr, out: &mut Output) -> Result<Outcome> {
    match load(file, out)? {
        Ok(set) => {
            let line = format!("{}: {}, no faults\n", shown(file.as_encoded_bytes()), count(set.rules().len(), "rule"));
            out.raw(line.as_bytes())?;
            Ok(Outcome::Found)
        }
        Err(faults) => {
            say(&faults, out)?;
            out.error(&counted(&faults, file))?;
            Ok(Outcome::Missing)
        }
    }
}

/// The inner error is about what stands in the file, the outer about reading it.
fn load(file: &OsStr, out: &mut Output) -> Result<Result<RuleSet<'static>, Vec<Fault>>> {
    let text = input::whole(file, "a file of rules", "a file of rules", out)?;
    match std::str::from_utf8(&text) {
        Ok(text) => Ok(rules::load(&file.to_string_lossy(), text)),
        Err(error) => {
            let line = text[..error.valid_up_to()].split(|byte| *byte == b'\n').count();
            bail!("cannot read {}: line {line} is not UTF-8: expected TOML", input::name(file))
        }
    }
}

fn say(faults: &[Fault], out: &mut Output) -> Result<()> {
    faults.iter().try_for_each(|fault| out.message(&shown(fault.to_string().as_bytes())))?;
    Ok(())
}

fn counted(faults: &[Fault], file: &OsStr) -> String {
    format!("{} in {}", count(faults.len(), "fault"), input::name(file))
}

/// `1 rule`, `2 rules`.
fn count(number: usize, what: &str) -> String {
    format!("{number} {what}{}", if number == 1 { "" } else { "s" })
}
