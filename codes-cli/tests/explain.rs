//! Codes found in any text.

mod util;

use smtp_codes::Reason;
use util::{run, run_with_input};

const NOTICE: &str = "\
This is the mail system at host mx.example.

<joe@example.com>: host mx.example.net[192.0.2.1] said: 550 5.7.1
    <joe@example.com>: Relay access denied (in reply to RCPT TO command)

Reporting-MTA: dns; mx.example
Status: 5.7.1
Diagnostic-Code: smtp; 571 5.7.606 Access denied, banned sending IP
";

/// Each code and the row that says where it was found.
fn found(text: &str) -> Vec<(String, String)> {
    let codes = text.split("\n\n").filter_map(|part| {
        let mut lines = part.lines();
        let code = lines.next()?.split_once("  ")?.0;
        Some((code.to_owned(), lines.next()?.strip_prefix("  Found       ")?.to_owned()))
    });
    codes.collect()
}

#[test]
fn each_code_is_explained_once_in_order() {
    let run = run_with_input(["explain"], NOTICE.as_bytes());
    assert_eq!((run.status, run.stderr.as_str()), (Some(0), ""));
    let expected = [
        ("550", "line 3: ...le.com>: host mx.example.net[192.0.2.1] said: 550 5.7.1"),
        ("5.7.1", "line 3, 2 times: ...host mx.example.net[192.0.2.1] said: 550 5.7.1"),
        ("571", "line 8: ...gnostic-Code: smtp; 571 5.7.606 Access denied, banne..."),
        ("5.7.606", "line 8: ...tic-Code: smtp; 571 5.7.606 Access denied, banned se..."),
    ];
    assert_eq!(found(&run.stdout), expected.map(|(code, place)| (code.to_owned(), place.to_owned())));
}

/// The verdicts on a text: line, times, rule or basis.
fn verdicts(text: &str) -> Vec<(u64, u64, String)> {
    let run = run_with_input(["explain", "--json"], text.as_bytes());
    let objects = run.stdout.lines().map(|line| serde_json::from_str(line).expect("each line is an object"));
    let verdicts = objects.filter(|object: &serde_json::Value| object["type"] == "verdict");
    let number = |value: &serde_json::Value| value.as_u64().expect("a number");
    verdicts
        .map(|object| {
            let by = object["rule"].as_str().or(object["basis"].as_str()).expect("a word");
            (number(&object["line"]), number(&object["times"]), by.to_owned())
        })
        .collect()
}

#[track_caller]
fn is_judged(text: &str, expected: &[(u64, u64, &str)]) {
    let verdicts = verdicts(text);
    let verdicts: Vec<_> = verdicts.iter().map(|(line, times, by)| (*line, *times, by.as_str())).collect();
    assert_eq!(verdicts, expected);
}

#[test]
fn each_failure_in_a_message_has_one_verdict() {
    is_judged(NOTICE, &[(3, 1, "en-relay-denied"), (8, 1, "exchange-online-banned-ip")]);
}

#[test]
fn those_that_say_the_same_are_folded() {
    let line = "mx said: 550 5.1.1 User unknown\n";
    is_judged(&line.repeat(3), &[(1, 3, "en-user-unknown")]);
    let other = "mx said: 550 5.1.1 User unknown\nmx said: 450 4.2.2 Mailbox full\n";
    assert_eq!(
        verdicts(&other.repeat(2)).iter().map(|(line, times, _)| (*line, *times)).collect::<Vec<_>>(),
        [(1, 2), (2, 2)]
    );
}

#[test]
fn a_reply_of_several_lines_is_one() {
    is_judged("hello\n550-5.1.1 The mailbox is\r\n550 5.1.1 unknown to us\r\nbye\n", &[(2, 1, "en-user-unknown")]);
    is_judged("<<< 550-User\n<<< 550 unknown\n", &[(1, 1, "en-user-unknown")]);
    // The next reply is another one.
    is_judged("550 User unknown\n452 4.2.2 Mailbox full\n", &[(1, 1, "en-user-unknown"), (2, 1, "en-mailbox-full")]);
}

#[test]
fn a_broken_line_is_read_on() {
    is_judged("x\nDiagnostic-Code: smtp; 550 5.1.1 User\n unknown\n", &[(2, 1, "en-user-unknown")]);
    is_judged(
        "The server said:\n550 5.1.1 <joe@a.example>: User\nunknown in local recipient table\n",
        &[(2, 1, "en-user-unknown")],
    );
    // A paragraph ends it.
    is_judged("The server said:\n550 5.1.1 User\n\nunknown\n", &[(2, 1, "enhanced")]);
}

#[test]
fn the_status_beside_a_reply_is_no_failure_of_its_own() {
    let report = "Status: 5.0.0\nDiagnostic-Code: smtp; 550 5.1.1 User unknown\n";
    is_judged(report, &[(2, 1, "en-user-unknown")]);
    is_judged("Action: failed\nStatus: 5.1.1\n", &[(2, 1, "enhanced")]);
}

#[test]
fn successes_count_only_where_nothing_failed() {
    is_judged("250 ok\n550 User unknown\n221 bye\n", &[(2, 1, "en-user-unknown")]);
    is_judged("220 hello\n250 2.1.5 ok\n", &[(2, 1, "reply")]);
}

#[test]
fn words_without_a_code_are_judged() {
    let run = run(["explain", "sorry,", "no such user here"]);
    assert_eq!((run.status, run.stderr.as_str()), (Some(0), ""));
    assert!(run.stdout.starts_with("mailbox-unknown  "), "{}", run.stdout);
    assert!(!run.stdout.contains("suppress)"), "nobody said that it lasts: {}", run.stdout);
}

#[test]
fn a_verdict_has_its_parts_in_order() {
    let text = "450 4.7.1 Client [192.0.2.7] blocked using zen.spamhaus.org, try again in 5 minutes";
    let stdout = run(["explain", text]).stdout;
    let parts = [
        "blocklisted  ",
        "\n  Means  ",
        "\n  Side  ",
        "\n  Do  ",
        "\n  Delist  ",
        "https://",
        "\n  Retry       after 5 minutes\n",
        "\nEvidence\n",
        "  Reply  ",
        "^^^",
        "\n  Basis  ",
        "by the rule spamhaus-",
        "\n  Codes  ",
        "\n  Blocklist ",
        "\nSources\n",
        " (read 2",
        "https://",
        "\n450  ",
        "\n4.7.1  ",
    ];
    let mut rest = stdout.as_str();
    for part in parts {
        rest = rest.split_once(part).unwrap_or_else(|| panic!("{part:?} is missing or too early in: {stdout}")).1;
    }
}

#[test]
fn conflicts_are_explained() {
    let stdout = run(["explain", "550 4.2.1 something"]).stdout.replace("\n              ", " ");
    let sentence =
        "The reply code and the enhanced status code are of different classes. 550 is permanent, 4.2.1 transient.";
    assert!(stdout.contains(&format!("\n  Conflict    {sentence}\n")), "{stdout}");
}

#[test]
fn plain_words_are_for_somebody_who_only_sent_a_mail() {
    let plain = run(["explain", "--plain", "550 5.1.1 User unknown"]).stdout;
    let means = Reason::MailboxUnknown.entry().plain;
    assert!(plain.replace("\n              ", " ").contains(means), "{plain}");
    for word in ["suppress", "Codes", "Sources", "\n550"] {
        assert!(!plain.contains(word), "{word:?} in: {plain}");
    }
}

#[test]
fn text_file_and_standard_input_are_explained_alike() {
    let text = "550 5.1.1 User unknown";
    let file = std::env::temp_dir().join(format!("smtp-codes-explain-{}.txt", std::process::id()));
    std::fs::write(&file, text).expect("the file is written");
    let of_file = run([std::ffi::OsStr::new("explain"), file.as_os_str()]).stdout;
    std::fs::remove_file(&file).expect("the file is removed");

    let of_words = run(["explain", "550", "5.1.1", "User", "unknown"]).stdout;
    assert!(of_words.starts_with("mailbox-unknown  "), "{of_words}");
    assert_eq!(of_words, run(["explain", text]).stdout);
    assert_eq!(of_words, of_file);
    assert_eq!(of_words, run_with_input(["explain"], text.as_bytes()).stdout);
    assert_eq!(of_words, run_with_input(["explain", "-"], text.as_bytes()).stdout);
}

#[test]
fn objects_say_where() {
    let run = run_with_input(["explain", "--json"], NOTICE.as_bytes());
    let objects: Vec<serde_json::Value> =
        run.stdout.lines().map(|line| serde_json::from_str(line).expect("each line is an object")).collect();
    let objects = objects.into_iter().filter(|object| object["type"] != "verdict").collect::<Vec<_>>();
    let places: Vec<_> = objects.iter().map(|object| (&object["code"], &object["line"], &object["times"])).collect();
    assert_eq!(
        serde_json::json!(places),
        serde_json::json!([[550, 3, 1], ["5.7.1", 3, 2], [571, 8, 1], ["5.7.606", 8, 1]])
    );
    for object in objects {
        let place = |end: usize| usize::try_from(object["matched"][end].as_u64().expect("a number")).expect("in range");
        let code = object["code"].as_str().map_or_else(|| object["code"].to_string(), str::to_owned);
        assert_eq!(&NOTICE[place(0)..place(1)], code);
    }
}

#[test]
fn one_provider_can_be_asked_for() {
    let text = run(["explain", "5.2.1 too big", "--provider", "exchange-2003"]).stdout;
    assert!(text.contains("\n  Provider    Microsoft Exchange Server 2003 (exchange-2003)\n  5.2.1       "), "{text}");
    assert!(text.contains("\n  Departs     "), "{text}");
}

#[test]
fn a_long_line_is_shown_around_the_code() {
    let text = format!("two lines\n{} said: 550 5.1.1 {}", "ü".repeat(200), "y".repeat(200));
    let stdout = run(["explain", &text]).stdout;
    let (_, place) = &found(&stdout)[0];
    assert!(place.starts_with("line 2: ...ü") && place.ends_with("y..."), "{place}");
    assert!(place.contains(" said: 550 5.1.1 yyy"), "{place}");
    assert!(!place.contains("\\x"), "{place}");
}
