//! Plants a fault in sound rules and expects it to be caught, with file, line and key.

use std::path::Path;

use crate::support::{Fixture, copy};

/// The sound catalogue of toys, with rules.
fn fixture(name: &str) -> Fixture {
    let fixture = Fixture::proven(&format!("rules-{name}"));
    copy(&Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/rules"), &fixture.folder.join("catalogue"));
    fixture
}

/// The faults of sound rules in one file of which `old`, which stands there once, is replaced.
#[track_caller]
fn planted(name: &str, file: &str, old: &str, new: &str, faults: &[&str], closing: &str) {
    let fixture = fixture(name);
    fixture.plant(&format!("catalogue/{file}"), old, new);
    fixture.assert_plain(1, faults, closing);
}

const TOY: &str = "phrases/toy.toml";

#[test]
fn sound_rules_pass_with_providers_and_reasons_that_only_the_folder_has() {
    fixture("sound").assert_plain(0, &[], "8 files, 31 claims (0 proven now, 31 known from the lock): 0 faults");
}

#[test]
fn a_shadowed_rule_is_caught() {
    planted(
        "shadowed",
        TOY,
        "words = [\"no such (box|crate)\"]",
        "words = [\"no such (box|crate)\", \"broken\", \"in pieces\"]",
        &["phrases/toy.toml:25: rule toy-broken: examples: expected one that `toy-broken` decides, \
           found the rule shadowed by `toy-no-box` (\"broken\"), `toy-no-box` (\"in pieces\")"],
        "1 fault",
    );
}

#[test]
fn an_example_that_another_rule_decides_is_caught() {
    planted(
        "other",
        TOY,
        "\"550 the toy (broken)\"",
        "\"550 no such box, as the toy broken\"",
        &["phrases/toy.toml:25: rule toy-broken: examples[1]: expected a verdict by `toy-broken`, \
           found one by `toy-no-box` (\"no such box\")"],
        "1 fault",
    );
}

#[test]
fn an_example_that_no_rule_decides_is_caught() {
    planted(
        "none",
        TOY,
        "550 no such crate",
        "550 5.2.2 no such crate",
        &["phrases/toy.toml:18: rule toy-no-box: examples[1]: expected a verdict by `toy-no-box`, \
           found none, as the rule does not fit"],
        "1 fault",
    );
}

#[test]
fn an_example_without_the_providers_mark_is_caught() {
    planted(
        "mark",
        "providers/attic.toml",
        "550 Dusty, says attic mail",
        "550 Dusty, says mail",
        &["providers/attic.toml:23: rule attic-dust: examples[0]: expected a verdict by `attic-dust`, \
           found none, as the rule does not fit"],
        "1 fault",
    );
}

#[test]
fn a_wrong_time_to_wait_is_caught() {
    planted(
        "retry",
        TOY,
        "seconds = 120",
        "seconds = 180",
        &["phrases/toy.toml:31: retry toy-naps: examples[0]: expected 180 seconds to wait, found 120 seconds"],
        "1 fault",
    );
}

#[test]
fn a_reason_without_a_rule_is_caught() {
    planted(
        "no-rule",
        "reasons.toml",
        "[[reason]]\nid = \"unknown\"\npermanent",
        "[[reason]]\nid = \"toy-lost\"\npermanent",
        &["reasons.toml:36: reason toy-lost: id: expected at least one [[rule]] that gives this reason, found none"],
        "1 fault",
    );
}

#[test]
fn an_unknown_reason_is_caught() {
    planted(
        "unknown-reason",
        TOY,
        "reason = \"toy-broken\"",
        "reason = \"toy-brocken\"",
        &["phrases/toy.toml:22: rule toy-broken: reason: expected a reason of the catalogue, found `toy-brocken`"],
        "1 fault; references were not followed",
    );
}

#[test]
fn words_that_do_not_parse_are_caught() {
    planted(
        "words",
        TOY,
        "no such (box|crate)",
        "no such (box|crate",
        &["phrases/toy.toml:15: rule toy-no-box: words: expected choices like `(one|other)`, \
           found `no such (box|crate`"],
        "1 fault; references were not followed",
    );
}

#[test]
fn a_range_upside_down_is_caught() {
    planted(
        "range",
        TOY,
        "X.1.1-9",
        "X.1.9-1",
        &["phrases/toy.toml:16: rule toy-no-box: enhanced: expected a range that goes upwards, found `9-1`"],
        "1 fault; references were not followed",
    );
}

#[test]
fn an_unknown_key_is_caught() {
    planted(
        "key",
        TOY,
        "enhanced =",
        "enhansed =",
        &["phrases/toy.toml:16: rule toy-no-box: enhansed: expected one of `id`, `reason`, `words`, `without`, \
           `reply`, `enhanced`, `phase`, `detected`, `coded`, `rank`, `sources`, `examples`, found unknown field `enhansed`"],
        "1 fault; references were not followed",
    );
}

#[test]
fn a_duplicate_id_is_caught() {
    planted(
        "duplicate",
        TOY,
        "id = \"toy-broken\"",
        "id = \"toy-no-box\"",
        &["phrases/toy.toml:21: rule toy-no-box: id: \
           expected a unique value, found `toy-no-box` once more, the first is on line 12"],
        "1 fault; references were not followed",
    );
}

#[test]
fn a_rule_without_a_source_is_caught() {
    planted(
        "source",
        "providers/attic.toml",
        "sources = [\"sign\"]\n",
        "",
        &["providers/attic.toml:17: rule attic-dust: sources: expected at least one page, found none"],
        "1 fault; references were not followed",
    );
}

#[test]
fn a_page_that_nobody_read_on_a_day_is_caught() {
    planted(
        "day",
        "providers/attic.toml",
        "2026-11-23",
        "lately",
        &["providers/attic.toml:15: page sign: read: expected a day like `2026-11-23`, found `lately`"],
        "1 fault; references were not followed",
    );
}
