//! Users' own rules: compiled in, and read at run time.

use smtp_codes::{Action, Basis, Phase, Reason, Rejection, RuleSet, verdict};

static ACME: RuleSet = smtp_codes::rules!("tests/rules/acme.toml");

/// The id of the rule that decides, or `-`.
fn rule_of<'r>(text: &str, rules: &RuleSet<'r>) -> &'r str {
    Rejection::new(text.as_bytes()).verdict_with(rules).rule.map_or("-", |rule| rule.id)
}

#[test]
fn a_users_rule_is_asked_before_the_catalogues() {
    let text = "550 5.1.1 <ann@a.example>: User unknown, ann is no longer with Acme";
    assert_eq!(verdict(text).reason, Some(Reason::MailboxUnknown));
    let verdict = Rejection::new(text.as_bytes()).verdict_with(&ACME);
    assert_eq!(verdict.rule.unwrap().id, "acme-left");
    assert_eq!(verdict.reason, Some(Reason::MailboxDisabled));
    assert_eq!(verdict.action, Action::Suppress);
    assert_eq!(verdict.basis, Basis::Text);
    assert_eq!(&text[verdict.matched.unwrap()], "is no longer with Acme");
    assert_eq!(verdict.rule.unwrap().sources[0].title, "What our relays answer");
}

#[test]
fn the_catalogue_decides_where_no_rule_of_the_user_fits() {
    let text = "550 5.1.1 User unknown; Acme Radio has never heard of ann";
    let (with, without) = (Rejection::new(text.as_bytes()).verdict_with(&ACME), verdict(text));
    assert_eq!(with.reason, Some(Reason::MailboxUnknown));
    assert_eq!(with.rule.map(|rule| rule.id), without.rule.map(|rule| rule.id));
}

#[test]
fn words_that_must_be_absent_are_heeded() {
    assert_eq!(rule_of("550 ann has left Acme", &ACME), "acme-left");
    assert_ne!(rule_of("550 ann has left Acme Radio", &ACME), "acme-left");
}

#[test]
fn codes_and_phase_of_a_users_rule_are_heeded() {
    assert_eq!(rule_of("450 4.7.649 night shift", &ACME), "acme-night");
    assert_eq!(rule_of("450 4.3.2 night shift", &ACME), "acme-night");
    assert_eq!(rule_of("night shift", &ACME), "acme-night");
    assert_eq!(rule_of("550 night shift", &ACME), "-");
    assert_eq!(rule_of("450 4.7.650 night shift", &ACME), "-");
    let at = |phase| Rejection::new(b"450 night shift").phase(phase).verdict_with(&ACME).rule.is_some();
    assert!(at(Phase::Rcpt));
    assert!(!at(Phase::Data));
}

#[test]
fn a_users_words_tell_when_to_try_again() {
    assert_eq!(Rejection::new(b"451 Come back in 2 ticks").verdict_with(&ACME).retry_after, Some(1200));
    assert_eq!(verdict("451 Come back in 2 ticks").retry_after, None);
}

#[test]
fn a_verdict_outlives_the_name_of_its_rules() {
    let verdict = {
        let rules: RuleSet<'static> = ACME;
        Rejection::new(b"550 ann has left Acme").verdict_with(&rules)
    };
    assert_eq!(verdict.rule.unwrap().id, "acme-left");
}

#[cfg(feature = "rules")]
mod loaded {
    use std::thread;

    use smtp_codes::rules::load;
    use smtp_codes::{Reason, RuleSet};

    use super::{ACME, rule_of};

    const TEXT: &str = include_str!("rules/acme.toml");

    /// All faults of the sound file in which `from`, which stands there once, is replaced.
    #[track_caller]
    fn faults(from: &str, to: &str) -> Vec<String> {
        assert_eq!(TEXT.matches(from).count(), 1, "{from}");
        faults_of(&TEXT.replace(from, to))
    }

    #[track_caller]
    fn faults_of(text: &str) -> Vec<String> {
        load("acme.toml", text).unwrap_err().iter().map(ToString::to_string).collect()
    }

    #[test]
    fn a_file_is_the_same_compiled_in_and_loaded() {
        let loaded = load("acme.toml", TEXT).unwrap();
        assert_eq!(format!("{loaded:?}"), format!("{ACME:?}"));
    }

    #[test]
    fn loaded_rules_go_from_thread_to_thread() {
        let rules: RuleSet<'static> = load("acme.toml", TEXT).unwrap();
        let threads = [0; 4].map(|_| thread::spawn(move || rule_of("550 ann has left Acme", &rules)));
        assert_eq!(threads.map(|thread| thread.join().unwrap()), ["acme-left"; 4]);
    }

    #[test]
    fn a_file_of_little_is_enough() {
        assert!(load("a.toml", "id = \"a\"\nname = \"A\"\n").unwrap().rules().is_empty());
        let text = "\u{feff}id = \"a\"\r\nname = \"A\"\r\n[[rule]]\r\nid = \"a-b\"\r\nreason = \"spam-content\"\r\n\
                    words = [\"zig zag\"]\r\nexamples = [\"550 zig zag\"]\r\n";
        let rules = load("a.toml", text).unwrap();
        assert_eq!(rules.rules()[0].reason, Reason::from_id("spam-content").unwrap());
        assert!(rules.rules()[0].sources.is_empty());
        assert_eq!(rules.rules()[0].rank, Reason::from_id("spam-content").unwrap().entry().rank);
    }

    #[test]
    fn what_is_no_toml_is_a_fault_with_its_line() {
        assert_eq!(
            faults("name = \"Acme's relays\"", "name = Acme"),
            ["acme.toml:4: expected literal string, found string values must be quoted"]
        );
        assert_eq!(faults_of(""), ["acme.toml:1: head: expected the key `id`, found none"]);
        assert_eq!(
            faults_of("\0"),
            [
                "acme.toml:1: expected `=`, found key with no value",
                "acme.toml:1: expected letters, numbers, `-`, `_`, found invalid unquoted key",
                "acme.toml:1: head: expected the key `id`, found none"
            ]
        );
    }

    #[test]
    fn an_unknown_key_is_a_fault() {
        assert_eq!(
            faults("without =", "wihtout ="),
            ["acme.toml:16: rule acme-left: wihtout: expected one of `id`, `reason`, `words`, `without`, `reply`, \
             `enhanced`, `phase`, `detected`, `coded`, `rank`, `sources`, `examples`, found unknown field `wihtout`"]
        );
        assert_eq!(
            faults("name = \"Acme's relays\"", "name = \"Acme\"\nmarks = [\"acme\"]"),
            ["acme.toml:5: rules acme: marks: expected `id` or `name`, found unknown field `marks`"]
        );
    }

    #[test]
    fn an_id_twice_is_a_fault() {
        assert_eq!(
            faults("\"acme-night\"", "\"acme-left\""),
            ["acme.toml:24: rule acme-left: id: expected a unique value, found `acme-left` once more, the first \
             is on line 12"]
        );
    }

    #[test]
    fn an_id_without_the_files_is_a_fault() {
        assert_eq!(
            faults("\"acme-night\"", "\"night\""),
            ["acme.toml:24: rule night: id: expected `acme-` and lower-case letters, digits and hyphens, found \
             `night`"]
        );
        assert_eq!(faults("id = \"acme\"", "id = \"Acme\"").len(), 3);
    }

    #[test]
    fn an_unknown_reason_is_a_fault() {
        assert_eq!(
            faults("\"mailbox-disabled\"", "\"mailbox-left\""),
            ["acme.toml:14: rule acme-left: reason: expected a reason of the catalogue, found `mailbox-left`"]
        );
    }

    #[test]
    fn words_that_do_not_parse_are_a_fault() {
        assert_eq!(
            faults("(has left|is no longer with) acme", "(has left|is no longer with acme"),
            ["acme.toml:15: rule acme-left: words: expected choices like `(one|other)`, found `(has left|is no \
             longer with acme`"]
        );
        assert_eq!(
            faults("night shift\"]", "night 10\"]"),
            ["acme.toml:26: rule acme-night: words: expected words, as numbers are passed over, found `10`"]
        );
    }

    #[test]
    fn a_range_upside_down_is_a_fault() {
        assert_eq!(
            faults("600-649", "649-600"),
            ["acme.toml:28: rule acme-night: enhanced: expected a range that goes upwards, found `649-600`"]
        );
    }

    #[test]
    fn a_reply_code_out_of_range_is_a_fault() {
        assert_eq!(
            faults("[\"4xx\"]", "[650]"),
            ["acme.toml:27: rule acme-night: reply: expected a reply code from 200 to 599, \"4xx\" or \"5xx\", \
             found `650`"]
        );
    }

    #[test]
    fn a_page_that_is_not_there_is_a_fault() {
        assert_eq!(
            faults("[\"wiki\"]", "[\"wiki\", \"handbook\"]"),
            ["acme.toml:17: rule acme-left: sources[1]: expected an entry of this file's [[page]] tables, found \
             `handbook`"]
        );
    }

    #[test]
    fn detected_without_a_provider_is_a_fault() {
        assert_eq!(
            faults("rank = 90", "detected = true"),
            ["acme.toml:30: rule acme-night: detected: expected no such key, as the rule has no provider, found \
             `true`"]
        );
    }

    #[test]
    fn an_example_that_its_rule_does_not_fit_is_a_fault() {
        assert_eq!(
            faults("ann has left Acme\"", "User unknown\""),
            ["acme.toml:19: rule acme-left: examples[0]: expected a verdict by `acme-left`, found one by \
             `en-user-unknown` (\"User unknown\"), and the rule itself does not fit"]
        );
        assert_eq!(
            faults("450 4.7.610 The night", "550 4.7.610 The night"),
            ["acme.toml:31: rule acme-night: examples[0]: expected a verdict by `acme-night`, found none, as the \
             rule does not fit"]
        );
        assert_eq!(
            faults("\"550 5.1.1 <ann@a.example>: ann", "\"250 2.1.5 <ann@a.example>: ann"),
            ["acme.toml:19: rule acme-left: examples[0]: expected a verdict by `acme-left`, found a success, \
             which no rule decides"]
        );
    }

    #[test]
    fn an_example_that_another_rule_decides_is_a_fault() {
        let two = "450 ann has left Acme, says the night shift\", \"550 5.1.1 <ann@a.example>: ann has left Acme\"";
        assert_eq!(
            faults("550 5.1.1 <ann@a.example>: ann has left Acme\"", two),
            ["acme.toml:19: rule acme-left: examples[0]: expected a verdict by `acme-left`, found one by \
             `acme-night` (\"night shift\")"]
        );
        let other = "450 User unknown, says the night shift\"";
        assert_eq!(
            faults("550 5.1.1 <ann@a.example>: ann has left Acme\"", other),
            ["acme.toml:19: rule acme-left: examples[0]: expected a verdict by `acme-left`, found one by \
             `acme-night` (\"night shift\"), and the rule itself does not fit"]
        );
    }

    #[test]
    fn a_shadowed_rule_is_a_fault() {
        let shadowing =
            "id = \"acme-all\"\nreason = \"spam-content\"\nwords = [\"acme\"]\nrank = 99\nexamples = [\"550 Acme\"]";
        assert_eq!(
            faults("id = \"acme-left\"", &format!("{shadowing}\n\n[[rule]]\nid = \"acme-left\"")),
            ["acme.toml:25: rule acme-left: examples: expected one that `acme-left` decides, found the rule \
             shadowed by `acme-all` (\"Acme\")"]
        );
    }

    #[test]
    fn a_wrong_time_to_wait_is_a_fault() {
        assert_eq!(
            faults("seconds = 1800", "seconds = 1900"),
            ["acme.toml:37: retry acme-ticks: examples[0]: expected 1900 seconds to wait, found 1800 seconds"]
        );
        assert_eq!(
            faults("\"451 Come", "\"551 Come"),
            ["acme.toml:37: retry acme-ticks: examples[0]: expected 1800 seconds to wait, found none"]
        );
    }

    #[test]
    fn all_faults_come_at_once_in_the_order_of_lines() {
        let text = TEXT.replace("\"mailbox-disabled\"", "\"gone\"").replace("rank = 90", "rank = 100");
        assert_eq!(
            faults_of(&text),
            [
                "acme.toml:14: rule acme-left: reason: expected a reason of the catalogue, found `gone`",
                "acme.toml:30: rule acme-night: rank: expected 0 to 99, found 100"
            ]
        );
    }

    #[test]
    fn choices_that_multiply_are_a_fault_and_no_hang() {
        let fault = |words: &str| {
            let mut faults = faults("night shift\"]", &format!("{words}\"]"));
            assert_eq!(faults.len(), 1);
            faults.remove(0)
        };
        let at_words = "acme.toml:26: rule acme-night: words: expected";
        let touching = "(a|b)".repeat(30);
        let expected = format!("{at_words} choices of at most 1000 spellings, found more in `{touching}`");
        assert_eq!(fault(&touching), expected);
        assert_eq!(
            fault(&format!("a {}", "(a|b) ".repeat(20))),
            "acme.toml:1: expected at most 262144 states, found choices that multiply to more"
        );
        let many = "(".repeat(100_000);
        assert_eq!(fault(&many), format!("{at_words} words of at most 2000 bytes, found 100000"));
        let deep = "(".repeat(1000);
        assert_eq!(fault(&deep), format!("{at_words} choices like `(one|other)`, found `{deep}`"));
        let gaps = ["a"; 300].join(" * ");
        assert_eq!(fault(&gaps), format!("{at_words} at most 16 places between gaps, found 300"));
        let empty = "(|)".repeat(400);
        assert_eq!(fault(&empty), format!("{at_words} words on both sides of each gap, found none in `{empty}`"));
    }
}
