//! Level 5: every example is decided by its own rule, no rule is shadowed, each reason has rules.

use std::collections::BTreeSet;

use smtp_codes_data::{Fault, Model};

/// The reason of a reply of which nothing is known.
const UNKNOWN: &str = "unknown";

pub(super) fn faults(model: &Model) -> Vec<Fault> {
    let mut faults = smtp_codes::rules::check(model);
    let given: BTreeSet<&str> = model.rules().map(|placed| placed.rule.reason.as_str()).collect();
    for reason in model.reasons.iter().filter(|reason| reason.id != UNKNOWN && !given.contains(reason.id.as_str())) {
        faults.push(reason.fault("id", "at least one [[rule]] that gives this reason", "none"));
    }
    faults
}
