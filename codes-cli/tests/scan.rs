//! `scan`: a log summed up, and right to the last line.

mod util;

use std::io::Write;
use std::process::Stdio;

use serde_json::{Value, json};
use util::folder::Folder;
use util::maillog::{Stamps, Truth, log};
use util::{Run, program, run, run_with_input};

const LOG: &str = "tests/scan/mail.log";

/// The summary of these files as an object.
#[track_caller]
fn summary(arguments: &[&str]) -> Value {
    let run = run([&["scan", "--json", "--top", "1000"], arguments].concat());
    assert_eq!((run.status, run.stderr.as_str()), (Some(0), ""));
    serde_json::from_str(&run.stdout).expect("it is one object")
}

/// What is true, as `summary` has it.
fn assert_true(summary: &Value, truth: &Truth) {
    assert_eq!(summary["lines"]["total"], truth.lines);
    assert_eq!(summary["lines"]["unknown"], 0);
    let outcomes = json!({
        "delivered": truth.delivered, "deferred": truth.deferred, "failed": truth.failed, "expired": truth.expired,
        "rejected": truth.rejected
    });
    assert_eq!(summary["outcomes"], outcomes);
    assert_eq!(summary["codes"]["enhanced"], json!(truth.codes));
    let retries = json!({
        "deliveries": truth.put_off, "delivered": truth.delivered_later, "failed": truth.failed_later,
        "expired": truth.expired_later, "forgotten": 0,
        "waiting": truth.put_off - truth.delivered_later - truth.failed_later - truth.expired_later
    });
    assert_eq!(summary["retries"], retries);
    let senders = summary["sender_domains"]["top"].as_array().expect("a list");
    let senders: serde_json::Map<String, Value> = senders
        .iter()
        .map(|sender| (sender["name"].as_str().expect("a name").to_owned(), sender["refused"].clone()))
        .collect();
    assert_eq!(Value::from(senders), json!(truth.refused_by_sender));
    // Whatever is counted by reason, cause and time adds up to the same.
    let total = |list: &Value, field: &str| -> u64 {
        list.as_array().expect("a list").iter().map(|entry| entry[field].as_u64().expect("a number")).sum()
    };
    assert_eq!(total(&summary["reasons"], "count"), truth.deferred + truth.failed);
    assert_eq!(total(&summary["causes"]["top"], "count"), truth.deferred + truth.failed);
    assert_eq!(total(&summary["causes"]["top"], "delivered_later"), truth.delivered_later);
    assert_eq!(total(&summary["causes"]["top"], "failed_later"), truth.failed_later);
    assert_eq!(total(&summary["causes"]["top"], "expired_later"), truth.expired_later);
    assert_eq!(total(&summary["rejections"]["reasons"], "rejected"), truth.rejected);
    assert_eq!(total(&summary["receivers"]["top"], "refused"), truth.deferred + truth.failed);
    for outcome in ["delivered", "deferred", "failed", "expired", "rejected"] {
        assert_eq!(total(&summary["timeline"]["spans"], outcome), summary["outcomes"][outcome], "{outcome}");
    }
}

#[test]
fn a_log_counted_by_hand_is_counted_the_same() {
    let summary = summary(&[LOG]);
    // Of the 34 lines, 14 tell of an attempt, one of a message given up, two of a refusal of ours.
    let truth = Truth {
        lines: 34,
        delivered: 3,
        deferred: 6,
        failed: 5,
        expired: 1,
        rejected: 2,
        codes: [
            ("2.0.0", 3),
            ("4.2.0", 1),
            ("4.2.2", 1),
            ("4.4.1", 2),
            ("4.7.28", 2),
            ("5.1.1", 3),
            ("5.7.1", 1),
            ("5.7.26", 1),
        ]
        .into(),
        // bob is delivered, cy fails, dee and eve expire, gus waits.
        put_off: 5,
        delivered_later: 1,
        failed_later: 1,
        expired_later: 2,
        refused_by_sender: [("news.sender.example".to_owned(), 7), ("shop.sender.example".to_owned(), 4)].into(),
    };
    assert_true(&summary, &truth);
    let by_provider: Vec<_> = summary["receivers"]["top"]
        .as_array()
        .expect("a list")
        .iter()
        .map(|receiver| (receiver["name"].as_str().expect("a name"), receiver["refused"].as_u64().expect("a number")))
        .collect();
    assert_eq!(by_provider, [("gmail", 4), ("b.example", 3), ("down.example", 2), ("a.example", 1), ("outlook", 1)]);
    let reason = |name: &str| {
        summary["reasons"].as_array().expect("a list").iter().find(|reason| reason["reason"] == name).cloned()
    };
    assert_eq!(reason("mailbox-unknown").expect("it is there")["action"], "suppress");
    assert_eq!(reason("rate-limited").expect("it is there")["deferred"], 2);
    assert_eq!(reason("greylisted").expect("it is there")["party"], "receiver");
    let first = &summary["causes"]["top"][0];
    assert_eq!(
        (&first["reason"], &first["count"], &first["failed_later"]),
        (&json!("rate-limited"), &json!(2), &json!(1))
    );
    assert_eq!((&first["example"]["file"], &first["example"]["line"]), (&json!(LOG), &json!(15)));
    assert_eq!(summary["rejections"]["codes"]["enhanced"], json!({"4.7.25": 1, "5.7.1": 1}));
    // nobody@a.example and nobody@mail.example; hal failed once and was reached later.
    assert_eq!(summary["suppressions"], json!({"count": 2, "is_complete": true}));
}

#[test]
fn made_up_logs_are_counted_to_the_last_line() {
    for (seed, stamps) in [(1, Stamps::Syslog), (2, Stamps::Iso), (3, Stamps::Mixed), (4, Stamps::Syslog)] {
        let (text, truth) = log(seed, 4000, stamps);
        let run = run_with_input(["scan", "--json", "--top", "1000"], text.as_bytes());
        assert_eq!((run.status, run.stderr.as_str()), (Some(0), ""), "seed {seed}");
        assert_true(&serde_json::from_str(&run.stdout).expect("it is one object"), &truth);
    }
}

#[test]
fn the_same_log_gives_the_same_summary() {
    let (text, _) = log(5, 2000, Stamps::Iso);
    let summaries: Vec<Run> = (0..3).map(|_| run_with_input(["scan", "--json"], text.as_bytes())).collect();
    assert!(summaries.windows(2).all(|pair| pair[0].stdout == pair[1].stdout));
}

#[test]
fn rotated_files_may_come_in_any_order() {
    let folder = Folder::new("scan-rotated");
    let (text, truth) = log(6, 3000, Stamps::Iso);
    let lines: Vec<&str> = text.split_inclusive('\n').collect();
    let parts: Vec<String> = lines
        .chunks(lines.len() / 3 + 1)
        .enumerate()
        .map(|(place, part)| folder.write(&format!("mail.log.{place}"), part.concat()))
        .collect();
    for order in [[0, 1, 2], [2, 1, 0], [1, 2, 0]] {
        assert_true(&summary(&order.map(|place| parts[place].as_str())), &truth);
    }
}

#[test]
fn compressed_files_are_read() {
    let folder = Folder::new("scan-gzip");
    let (text, truth) = log(7, 500, Stamps::Syslog);
    let mut packer = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    packer.write_all(text.as_bytes()).expect("memory takes everything");
    let mut bytes = packer.finish().expect("memory takes everything");
    assert_true(&summary(&[&folder.write("mail.log.gz", &bytes)]), &truth);

    bytes.truncate(bytes.len() / 2);
    let broken = folder.write("broken.gz", bytes);
    let run = run(["scan", "--json", &broken, LOG]);
    assert_eq!(run.status, Some(2));
    assert!(
        run.stderr.starts_with(&format!("error: cannot read `{broken}`: the gzip data end too early: ")),
        "{}",
        run.stderr
    );
    let summary: Value = serde_json::from_str(&run.stdout).expect("it is one object");
    // What came before the fault counts, and so does the other file.
    assert!(summary["files"][0]["lines"].as_u64() > Some(100), "{summary}");
    assert_eq!((&summary["files"][1]["lines"], &summary["files"][1]["error"]), (&json!(34), &Value::Null));
}

#[test]
fn what_cannot_be_read_is_named_and_the_others_count() {
    let folder = Folder::new("scan-unreadable");
    let empty = folder.write("empty.log", "");
    let run = run(["scan", "--json", "no-such-file", &empty, "tests", LOG]);
    assert_eq!(run.status, Some(2));
    let mut messages: Vec<&str> = run.stderr.lines().collect();
    messages.sort_unstable();
    assert_eq!(messages.len(), 2, "{}", run.stderr);
    assert!(messages[0].starts_with("error: cannot read `no-such-file`: "), "{}", run.stderr);
    assert_eq!(messages[1], "error: cannot read `tests`: it is a folder: expected a mail log");
    let summary: Value = serde_json::from_str(&run.stdout).expect("it is one object");
    assert_eq!(summary["lines"]["total"], 34);
    assert_eq!(summary["outcomes"]["delivered"], 3);
    assert_eq!((&summary["files"][1]["lines"], &summary["files"][1]["error"]), (&json!(0), &Value::Null));
}

#[test]
fn nothing_is_no_error() {
    for text in ["", "\n", "no line of a log\n"] {
        let run = run_with_input(["scan"], text.as_bytes());
        assert_eq!((run.status, run.stderr.as_str()), (Some(0), ""), "{text:?}");
        assert!(run.stdout.starts_with("standard input\n"), "{}", run.stdout);
    }
    let run = run_with_input(["scan", "--json"], b"no line of a log\n\xff\x00\n\n");
    let summary: Value = serde_json::from_str(&run.stdout).expect("it is one object");
    assert_eq!(summary["lines"], json!({"total": 3, "records": 0, "other": 1, "unknown": 2, "outside": 0}));
    assert_eq!((&summary["first"], &summary["timeline"]["spans"]), (&Value::Null, &json!([])));
}

#[test]
fn damaged_lines_are_counted_and_the_rest_goes_on() {
    let (text, truth) = log(8, 300, Stamps::Iso);
    let mut bytes = vec![b'x'; 10_000_000];
    bytes.push(b'\n');
    let lines: Vec<&str> = text.lines().collect();
    for (place, line) in lines.iter().enumerate() {
        if place == lines.len() / 2 {
            bytes.extend_from_slice(b"\xff\xfe\x00\x1b[31m \xe2\x82 to=<\xff>\n");
        }
        bytes.extend_from_slice(line.as_bytes());
        bytes.extend_from_slice(b"\r\n");
    }
    // The last line is cut short.
    bytes.extend_from_slice(b"2026-01-05T09:00:01.000000+00:00 out1 postfix/smtp[1]: 4F00000001: to=<ann@a.exam");
    let run = run_with_input(["scan", "--json"], &bytes);
    assert_eq!((run.status, run.stderr.as_str()), (Some(0), ""));
    let summary: Value = serde_json::from_str(&run.stdout).expect("it is one object");
    assert_eq!(summary["lines"]["total"], truth.lines + 3);
    assert_eq!(summary["lines"]["unknown"], 3);
    assert_eq!(summary["outcomes"]["delivered"], truth.delivered);
    assert_eq!(summary["outcomes"]["failed"], truth.failed);
}

#[test]
fn only_the_time_asked_for_counts() {
    let count = |arguments: &[&str]| {
        let summary = summary(&[&[LOG], arguments].concat());
        let outcomes =
            summary["outcomes"].as_object().expect("counts").values().map(|count| count.as_u64().expect("a count"));
        (outcomes.sum::<u64>(), summary["lines"]["outside"].as_u64().expect("a count"))
    };
    assert_eq!(count(&[]), (17, 0));
    assert_eq!(count(&["--since", "2026-01-05T09:30:00Z"]), (8, 9));
    assert_eq!(count(&["--since", "2026-01-05T10:30:00+01:00", "--until", "2026-01-05T09:45:00Z"]), (5, 12));
    assert_eq!(count(&["--until", "2026-01-05"]), (17, 0));
    assert_eq!(count(&["--until", "2026-01-04"]), (0, 17));
    assert_eq!(count(&["--since", "2h"]), (0, 17));
    let run = run(["scan", LOG, "--since", "never"]);
    assert_eq!(run.status, Some(2));
    assert!(run.stderr.starts_with("error: --since \"never\": expected a date such as 2026-01-05, "), "{}", run.stderr);
}

#[test]
fn years_are_inferred_over_new_year() {
    let folder = Folder::new("scan-years");
    let line = |stamp: &str| {
        format!(
            "{stamp} out1 postfix/smtp[1]: 4F1: to=<ann@a.example>, relay=none, delay=1, delays=1/0/0/0, dsn=4.4.1, status=deferred (connect to a.example[192.0.2.1]:25: Connection refused)\n"
        )
    };
    let file = folder.write("mail.log", line("Dec 31 23:59:59") + &line("Jan  1 00:00:01"));
    // The file was changed last on 2020-01-02.
    let changed = std::time::SystemTime::UNIX_EPOCH + std::time::Duration::from_secs(1_577_923_200);
    std::fs::File::options()
        .append(true)
        .open(&file)
        .and_then(|file| file.set_modified(changed))
        .expect("the time is set");
    let times = |arguments: &[&str]| {
        let summary = summary(arguments);
        [summary["first"].clone(), summary["last"].clone()]
    };
    assert_eq!(times(&[&file]), [json!("2019-12-31T23:59:59"), json!("2020-01-01T00:00:01")]);
    assert_eq!(times(&[&file, "--year", "2015"]), [json!("2015-12-31T23:59:59"), json!("2016-01-01T00:00:01")]);
}

#[test]
fn addresses_to_stop_mailing_are_listed() {
    let folder = Folder::new("scan-suppressions");
    let path = |name: &str| folder.path(name).to_str().expect("the path is UTF-8").to_owned();
    let first = run(["scan", LOG, "--suppressions", &path("list.txt")]);
    assert_eq!((first.status, first.stderr.as_str()), (Some(0), ""));
    assert_eq!(folder.read("list.txt"), "nobody@a.example\nnobody@mail.example\n");
    let second = run(["scan", LOG, "--suppressions", &path("list.csv"), "--redact"]);
    assert_eq!(second.status, Some(0));
    let table = folder.read("list.csv");
    let rows: Vec<&str> = table.split("\r\n").collect();
    assert_eq!(rows[0], "address,reason,because,time,reply");
    assert!(rows[1].starts_with("nobody@a.example,mailbox-unknown,"), "{table}");
    assert_eq!((rows.len(), rows[3]), (4, ""));
    let nowhere = run(["scan", LOG, "--suppressions", "no-such-folder/list.txt"]);
    assert_eq!(nowhere.status, Some(2));
    assert!(nowhere.stderr.starts_with("error: cannot write `no-such-folder/list.txt`: "), "{}", nowhere.stderr);
}

#[test]
fn redacted_summaries_hold_no_address() {
    let folder = Folder::new("scan-redact");
    let page = folder.path("page.html").to_str().expect("the path is UTF-8").to_owned();
    let text = run(["scan", LOG, "--redact", "--top", "50", "--html", &page]).stdout;
    let object = run(["scan", LOG, "--redact", "--top", "50", "--json"]).stdout;
    for (what, output) in [("text", text), ("object", object), ("page", folder.read("page.html"))] {
        for secret in ["ann@", "nobody@", "bob@", "news@", "192.0.2.", "198.51.100.", "203.0.113."] {
            assert!(!output.contains(secret), "{what}: {secret}");
        }
        assert!(output.contains(if what == "page" { "&lt;address&gt;" } else { "<address>" }), "{what}");
    }
}

#[test]
fn rules_of_ones_own_decide_first() {
    let own = summary(&[LOG, "--rules", "../codes-core/tests/rules/acme.toml"]);
    assert_eq!(own["outcomes"], summary(&[LOG])["outcomes"]);
    let log = "2026-01-05T09:00:01+00:00 out1 postfix/smtp[1]: 4F1: to=<ann@a.example>, relay=mx.a.example[192.0.2.7]:25, \
               delay=1, delays=1/0/0/0, dsn=5.1.1, status=bounced (host mx.a.example[192.0.2.7] said: 550 5.1.1 \
               <ann@a.example>: ann has left Acme (in reply to RCPT TO command))\n";
    let run = run_with_input(["scan", "--json", "--rules", "../codes-core/tests/rules/acme.toml"], log.as_bytes());
    let summary: Value = serde_json::from_str(&run.stdout).expect("it is one object");
    assert_eq!(summary["causes"]["top"][0]["verdict"]["rule"], "acme-left");
}

/// A log of which every text wants to do something.
fn hostile() -> String {
    let evil = "\u{1b}[2J\u{1b}]0;owned\u{7}\u{9b}31m\u{202e}<script>document.title='owned'</script><img src=x onerror=\"document.title='owned'\">'\"&lt;";
    let line = |second: u32, to: &str, status: &str, text: &str| {
        format!(
            "2026-01-05T09:00:{second:02}+00:00 out1 postfix/smtp[1]: 4F{second}: to=<{to}>, relay={evil}[192.0.2.7]:25, delay=1, \
             delays=1/0/0/0, dsn=5.1.1, status={status} (host {evil}[192.0.2.7] said: {text} (in reply to RCPT TO command))\n"
        )
    };
    [
        format!("2026-01-05T09:00:00+00:00 out1 postfix/qmgr[1]: 4F1: from=<{evil}@{evil}>, size=1, nrcpt=1 (queue active)\n"),
        line(1, &format!("{evil}@{evil}"), "bounced", &format!("550 5.1.1 {evil} User unknown {evil}")),
        line(2, &format!("ann@{evil}"), "bounced", &format!("550 5.1.1 {evil}")),
        line(3, &format!("bob@{evil}"), "deferred", &format!("450 4.2.1 {evil} mailbox full {evil}")),
        format!("2026-01-05T09:00:09+00:00 out1 postfix/smtpd[1]: NOQUEUE: reject: RCPT from {evil}[203.0.113.66]: 554 5.7.1 {evil} Relay access denied; from=<{evil}> to=<{evil}> proto=ESMTP helo=<{evil}>\n"),
    ]
    .concat()
}

#[test]
fn a_hostile_log_drives_neither_the_terminal_nor_the_page() {
    let folder = Folder::new("scan-hostile");
    let path = |name: &str| folder.path(name).to_str().expect("the path is UTF-8").to_owned();
    let log = folder.write("<b>mail\u{1b}[2J.log", hostile());
    for arguments in [
        vec!["scan", &log],
        vec!["scan", &log, "--json"],
        vec!["scan", &log, "--redact"],
        vec!["scan", &log, "--html", &path("page.html"), "--suppressions", &path("list.csv")],
    ] {
        let run = run(&arguments);
        assert_eq!((run.status, run.stderr.as_str()), (Some(0), ""));
        let is_harmless =
            |letter: char| (' '..='~').contains(&letter) || letter == '\n' || ('▀'..='▟').contains(&letter);
        // Objects hold the bytes as they are, but for what JSON escapes.
        let is_object = arguments.contains(&"--json");
        let letter = run.stdout.chars().find(|letter| !(is_harmless(*letter) || is_object && *letter > '\u{7f}'));
        assert_eq!(letter, None, "{}", run.stdout);
        assert!(run.stdout.contains("owned"), "{}", run.stdout);
    }
    let page = folder.read("page.html");
    for tag in ["<script", "<img", "<b>mail"] {
        assert!(!page.contains(tag), "{tag} stands in the page");
    }
    assert!(page.contains("&lt;script&gt;") && page.contains("&lt;b&gt;mail"), "{page}");
    assert!(page.chars().all(|letter| !letter.is_control() || letter == '\n'));
    let list = folder.read("list.csv");
    assert!(list.chars().all(|letter| !letter.is_control() || letter == '\r' || letter == '\n'), "{list:?}");
}

#[test]
fn the_page_needs_nothing_from_elsewhere() {
    let folder = Folder::new("scan-page");
    let page = folder.path("page.html").to_str().expect("the path is UTF-8").to_owned();
    assert_eq!(run(["scan", LOG, "--html", &page]).status, Some(0));
    let page = folder.read("page.html");
    assert!(page.contains("default-src 'none'"), "{page}");
    for loading in ["src=", "@import", "url(", "<link", "<script", "<iframe", "onload", "xlink"] {
        assert!(!page.contains(loading), "{loading} stands in the page");
    }
}

#[test]
fn a_terminal_gets_colours_and_a_pipe_none() {
    let plain = run(["scan", LOG]).stdout;
    assert!(!plain.contains('\u{1b}'), "{plain}");
    let colored = run(["scan", LOG, "--color", "always"]).stdout;
    assert!(colored.contains("\u{1b}[31m█"), "{colored}");
    let stripped = anstream::adapter::strip_str(&colored).to_string();
    assert_eq!(stripped, plain);
}

#[test]
fn no_line_but_addresses_is_wider_than_the_page() {
    let (text, _) = log(9, 2000, Stamps::Iso);
    let folder = Folder::new("scan-width");
    let long = folder.write(&"long".repeat(40), text);
    for line in run(["scan", &long]).stdout.lines() {
        assert!(line.trim_start().starts_with("http") || line.chars().count() <= 80, "{line}");
    }
}

#[test]
fn a_closed_pipe_ends_it() {
    for arguments in [&["scan"][..], &["scan", "--json"], &["scan", "--follow", "--interval", "1"]] {
        let mut child = program()
            .args(arguments)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("the program starts");
        drop(child.stdout.take());
        let mut stdin = child.stdin.take().expect("standard input is a pipe");
        let (text, _) = log(10, 1000, Stamps::Iso);
        let _ = stdin.write_all(text.as_bytes());
        drop(stdin);
        let output = child.wait_with_output().expect("the program ends");
        assert_eq!(
            (output.status.code(), String::from_utf8_lossy(&output.stderr).as_ref()),
            (Some(0), ""),
            "{arguments:?}"
        );
    }
}
