//! Look-ups as people type them.

mod util;

use util::{error, run};

/// The first lines of the answers: code and title, with what is unusual.
#[track_caller]
fn titles<const N: usize>(arguments: [&str; N]) -> Vec<String> {
    let run = run(arguments);
    assert_eq!((run.status, run.stderr.as_str()), (Some(0), ""), "{arguments:?}");
    let starts =
        |text: &str| text.split("\n\n").filter(|part| part.contains("\n  Means ")).map(str::to_owned).collect();
    let parts: Vec<String> = starts(&run.stdout);
    parts.iter().filter_map(|part| part.trim_start_matches('\n').lines().next().map(str::to_owned)).collect()
}

/// What stands before the two spaces of the first lines.
#[track_caller]
fn codes<const N: usize>(arguments: [&str; N]) -> Vec<String> {
    titles(arguments).iter().filter_map(|title| title.split_once("  ").map(|(code, _)| code.to_owned())).collect()
}

#[test]
fn every_kind_of_query_is_answered() {
    assert_eq!(codes(["550"]), ["550"]);
    assert_eq!(codes(["5.7.1"]), ["5.7.1"]);
    assert_eq!(codes(["X.7.1"]), ["X.7.1"]);
    assert_eq!(codes(["x.7.1"]), ["X.7.1"]);
    assert_eq!(codes(["5.2.x"]), ["5.2.x"]);
    assert_eq!(codes(["X.2.x"]), ["X.2.x"]);
    assert_eq!(codes(["5.x.x"]), ["5.x.x"]);
    assert_eq!(codes(["4XX"]), ["4xx"]);
    assert_eq!(codes(["starttls"]), ["STARTTLS", "STARTTLS"]);
    assert_eq!(codes(["SIZE"]), ["SIZE"]);
    assert_eq!(codes(["8bitmime"]), ["8BITMIME"]);
    assert_eq!(codes(["connection"]), ["connection"]);
}

#[test]
fn several_are_answered_in_their_order() {
    assert_eq!(codes(["550 5.7.1"]), ["550", "5.7.1"]);
    assert_eq!(codes(["550-5.7.1"]), ["550", "5.7.1"]);
    assert_eq!(codes(["5.1.1", "#5.7.1", "(450)", "250,354"]), ["5.1.1", "5.7.1", "450", "250", "354"]);
}

#[test]
fn help_is_a_command_of_smtp() {
    assert_eq!(titles(["help"]), titles(["HELP"]));
    assert_eq!(codes(["help"])[0], "HELP");
}

#[test]
fn an_unlisted_code_is_still_read() {
    let run = run(["581"]);
    assert_eq!(run.status, Some(1));
    assert_eq!(run.stderr, "error: no document lists 581; nearest: 551, 521, 501\n");
    assert!(run.stdout.starts_with("581  (no document lists it)\n  Means "), "{}", run.stdout);
    assert!(run.stdout.contains("\n  Class       5xx, "), "{}", run.stdout);

    let run = util::run(["5.6.989"]);
    assert_eq!(run.status, Some(1));
    assert!(run.stderr.starts_with("error: no document lists 5.6.989; nearest: 5.6."), "{}", run.stderr);
    assert!(run.stdout.contains("\n  Subject     X.6.x, "), "{}", run.stdout);
}

#[test]
fn a_miss_names_the_nearest() {
    assert_eq!(error(1, ["X.99.x"]), "no document lists X.99.x; nearest: X.7.x, X.6.x, X.5.x");
    assert!(error(1, ["starttsl"]).starts_with("no code, command or EHLO keyword `starttsl`; nearest: STARTTLS"));
    assert!(
        error(1, ["mailbox full"]).starts_with("no code, command or EHLO keyword `mailbox full`; nearest: X.2.2 (")
    );
}

#[test]
fn one_miss_of_several_counts() {
    let run = run(["581", "550", "55O"]);
    assert_eq!(run.status, Some(2));
    assert!(run.stdout.contains("\n550  "), "{}", run.stdout);
    assert_eq!(util::run(["581", "550"]).status, Some(1));
}

#[test]
fn the_words_of_a_whole_reply_are_passed_over() {
    let run = run(["550 5.1.1 User unknown at 192.0.2.1"]);
    assert_eq!(run.status, Some(0));
    assert_eq!(
        run.stderr,
        "note: passed over `User unknown at`; to have a whole reply explained: smtp-codes explain \"...\"\n"
    );
}

#[test]
fn a_command_selects_the_meaning() {
    let all = run(["250"]).stdout;
    assert!(all.contains("\nIn answer to\n"), "{all}");
    let one = run(["250", "--command", "etrn"]).stdout;
    assert!(!one.contains("In answer to"), "{one}");
    assert!(one.contains("\n  Answers     ETRN\n"), "{one}");
    assert!(one.contains("RFC 1985") && !one.contains("RFC 5321"), "{one}");
    let none = run(["354", "--command", "RCPT"]);
    assert_eq!(none.status, Some(0));
    assert!(none.stdout.contains("\n  Answers     no document lists 354 in answer to RCPT\n"), "{}", none.stdout);
}

#[test]
fn providers_come_after_the_standard_and_departures_are_flagged() {
    let page = run(["5.2.1"]).stdout;
    let (before, part) =
        page.split_once("\n\nMicrosoft Exchange Server 2003 (exchange-2003)\n").expect("the provider has its part");
    let part = part.split("\n\n").next().expect("the part ends");
    assert!(before.contains("\n  Registered  X.2.1 \""), "{page}");
    assert!(part.starts_with("  5.2.1       "), "{part}");
    assert!(part.contains("\n  5.2.x       "), "{part}");
    assert_eq!(part.matches("\n  Departs     ").count(), 2, "{part}");
    let (_, sources) = page.split_once("\n\nSources\n").expect("the sources come last");
    assert!(sources.starts_with("  RFC 3463, Section 3.3\n"), "{sources}");
    assert!(
        sources.contains("\n  exchange-2003: Mail Server Error Codes Defined (read 2026-11-23)\n    http"),
        "{sources}"
    );
}

#[test]
fn a_code_that_only_a_provider_defines_is_found() {
    let run = run(["5.4.8"]);
    assert_eq!((run.status, run.stderr.as_str()), (Some(0), ""));
    assert!(run.stdout.starts_with("5.4.8  (a provider's own)\n  Class "), "{}", run.stdout);
}

#[test]
fn one_provider_can_be_asked_for() {
    let page = run(["354", "--provider", "Exchange-2003"]).stdout;
    assert!(page.contains("\n  The catalogue knows no meaning of its own for 354.\n"), "{page}");
    let page = run(["5.2.1", "--provider", "exchange-2003"]).stdout;
    assert_eq!(page.matches(" (exchange-2003)\n").count(), 1, "{page}");
    assert!(!page.contains("(exchange-online)"), "{page}");
}
