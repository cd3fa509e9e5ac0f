//! A rule proves itself: it decides its examples.

use std::collections::BTreeSet;
use std::format;
use std::string::{String, ToString};
use std::vec::Vec;

use smtp_codes_data::compile::compile;
use smtp_codes_data::{Fault, Model, Placed};

use super::build::tables;
use crate::reply_code::Severity;
use crate::verdict::{Rejection, Rule, RuleSet, Verdict, decide};

/// Every example of a model that another rule decides, or none; `sets` are asked as they stand, and the first holds the
/// model's rules.
pub(super) fn faults(model: &Model, sets: &[RuleSet<'_>]) -> Vec<Fault> {
    let mut faults = Vec::new();
    for (rule, placed) in sets[0].rules().iter().zip(model.rules()) {
        check_rule(rule, &placed, model, sets, &mut faults);
    }
    for retry in model.phrases.iter().flat_map(|phrases| &phrases.retries) {
        for (index, example) in retry.examples.iter().enumerate() {
            let found = verdict(&example.text, sets).retry_after;
            if found != Some(example.seconds) {
                let found = found.map_or("none".to_string(), |seconds| format!("{seconds} seconds"));
                let expected = format!("{} seconds to wait", example.seconds);
                faults.push(retry.fault(&format!("examples[{index}]"), expected, found));
            }
        }
    }
    faults
}

fn verdict<'r>(text: &str, sets: &[RuleSet<'r>]) -> Verdict<'r> {
    decide(&Rejection::new(text.as_bytes()), sets)
}

/// An example that the rule does not decide.
struct Lost<'a> {
    index: usize,
    text: &'a str,
    verdict: Verdict<'a>,
    /// Whether the rule would decide it if it were the only one.
    fits: bool,
}

fn check_rule<'a>(rule: &Rule<'_>, placed: &Placed<'a>, model: &Model, sets: &[RuleSet<'a>], faults: &mut Vec<Fault>) {
    let mut lost = Vec::new();
    for (index, text) in placed.rule.examples.iter().enumerate() {
        let verdict = verdict(text, sets);
        if verdict.rule.is_none_or(|other| other.id != rule.id) {
            lost.push(Lost { index, text, verdict, fits: decides_alone(rule, placed, model, &sets[0], text) });
        }
    }
    if lost.len() == placed.rule.examples.len() && lost.iter().all(|lost| lost.fits) {
        let others: BTreeSet<String> = lost.iter().map(winner).collect();
        let others = others.into_iter().collect::<Vec<_>>().join(", ");
        let expected = format!("one that `{}` decides", rule.id);
        faults.push(placed.rule.fault("examples", expected, format!("the rule shadowed by {others}")));
        return;
    }
    for lost in &lost {
        let found = match (lost.verdict.rule, lost.fits) {
            (Some(_), true) => format!("one by {}", winner(lost)),
            (Some(_), false) => format!("one by {}, and the rule itself does not fit", winner(lost)),
            (None, _) if is_success(&lost.verdict) => "a success, which no rule decides".to_string(),
            (None, _) => "none, as the rule does not fit".to_string(),
        };
        let expected = format!("a verdict by `{}`", rule.id);
        faults.push(placed.rule.fault(&format!("examples[{}]", lost.index), expected, found));
    }
}

/// The rule that decided, and its words in the text.
fn winner(lost: &Lost<'_>) -> String {
    let id = lost.verdict.rule.map_or("no rule", |rule| rule.id);
    let matched = lost.verdict.matched.clone().and_then(|range| lost.text.get(range)).unwrap_or_default();
    format!("`{id}` (\"{matched}\")")
}

fn is_success(verdict: &Verdict<'_>) -> bool {
    matches!(verdict.class, Some(Severity::PositiveCompletion | Severity::PositiveIntermediate))
}

fn decides_alone(rule: &Rule<'_>, placed: &Placed<'_>, model: &Model, set: &RuleSet<'_>, text: &str) -> bool {
    // Words that had room among others have it alone.
    let Ok(compiled) = compile(&[placed.rule], &model.providers, []) else { return false };
    let alone = Rule { guards: &compiled.guards[0], ..*rule };
    let rules = [alone];
    let set = RuleSet { tables: tables(&compiled.automaton), rules: &rules, ..*set };
    verdict(text, &[set]).rule.is_some()
}
