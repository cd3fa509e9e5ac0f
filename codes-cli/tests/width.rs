//! Every answer fits a terminal of 80 columns, but for addresses, which are not broken.

mod util;

use smtp_codes::{CommandEntry, EnhancedEntry, KeywordEntry, Provider, Reason, ReplyEntry, RuleSet, SubjectEntry};
use unicode_width::UnicodeWidthStr;
use util::run;

#[track_caller]
fn fits(arguments: &[String]) {
    let run = run(arguments);
    assert!(!run.stdout.is_empty());
    for line in run.stdout.lines() {
        let is_address = line.trim_start().starts_with("http");
        assert!(line.width() <= 80 || is_address, "{line}");
        assert_eq!(line.trim_end(), line, "{line:?} ends with white space");
    }
    assert!(!run.stdout.contains("\n\n\n"), "{}", run.stdout);
    assert!(run.stdout.ends_with('\n') && !run.stdout.ends_with("\n\n"));
}

fn every_query() -> Vec<String> {
    let mut queries: Vec<String> = Vec::new();
    queries.extend((200..600).map(|code| code.to_string()));
    for entry in EnhancedEntry::ALL {
        let code = entry.code.to_string();
        queries.extend([code.replace('X', "2"), code.replace('X', "4"), code.replace('X', "5"), code]);
    }
    for entry in SubjectEntry::ALL {
        queries.extend([format!("X.{}.x", entry.subject), format!("5.{}.x", entry.subject)]);
    }
    queries.extend(
        ["2xx", "3xx", "4xx", "5xx", "2.x.x", "4.x.x", "5.x.x", "5.7.606", "X.99.1", "5.99.x"].map(str::to_owned),
    );
    queries.extend(CommandEntry::ALL.iter().map(|entry| entry.verb.to_owned()));
    queries.extend(KeywordEntry::ALL.iter().map(|entry| entry.keyword.to_owned()));
    let claims = Provider::ALL.iter().flat_map(|provider| provider.claims);
    queries.extend(Reason::ALL.iter().map(|reason| reason.as_str().to_owned()));
    queries.extend(RuleSet::builtin().rules().iter().map(|rule| rule.id.to_owned()));
    queries.extend(claims.filter_map(|claim| claim.tag).map(str::to_owned));
    queries
}

#[test]
fn look_ups_fit() {
    fits(&every_query());
}

#[test]
fn look_ups_with_a_command_fit() {
    for entry in CommandEntry::ALL {
        let codes = ReplyEntry::ALL.iter().map(|entry| entry.code.to_string());
        fits(&["--command".to_owned(), entry.verb.to_owned()].into_iter().chain(codes).collect::<Vec<_>>());
    }
}

#[test]
fn lists_and_searches_fit() {
    for kind in ["replies", "enhanced", "commands", "keywords", "reasons", "providers", "claims", "rules", "rfcs"] {
        fits(&["list".to_owned(), kind.to_owned()]);
    }
    for words in ["mailbox full", "tls", "relay", "exchange", "greylisting"] {
        fits(&["search".to_owned(), words.to_owned()]);
    }
}

#[test]
fn verdicts_fit() {
    let examples: Vec<&str> = RuleSet::builtin().rules().iter().map(|rule| rule.example).collect();
    assert!(examples.len() > 100);
    fits(&["explain".to_owned(), examples.join("\n")]);
    fits(&["explain".to_owned(), "--plain".to_owned(), examples.join("\n")]);
}

#[test]
fn explanations_fit() {
    let lines = EnhancedEntry::ALL.iter().map(|entry| format!("550 {}", entry.code.to_string().replace('X', "5")));
    fits(&["explain".to_owned(), lines.collect::<Vec<_>>().join("\n")]);
    fits(&[
        "explain".to_owned(),
        format!("{} said: 550 5.1.1 {}", "満杯".repeat(60), "杯".repeat(60)).replace('満', "m").replace('杯', "p"),
    ]);
}
