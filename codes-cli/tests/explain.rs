//! Codes found in any text.

mod util;

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
    assert!(run.stdout.contains("\n  Providers   exchange-2003"), "{}", run.stdout);
}

#[test]
fn text_file_and_standard_input_are_explained_alike() {
    let text = "550 5.1.1 User unknown";
    let file = std::env::temp_dir().join(format!("smtp-codes-explain-{}.txt", std::process::id()));
    std::fs::write(&file, text).expect("the file is written");
    let of_file = run([std::ffi::OsStr::new("explain"), file.as_os_str()]).stdout;
    std::fs::remove_file(&file).expect("the file is removed");

    let of_words = run(["explain", "550", "5.1.1", "User", "unknown"]).stdout;
    assert_eq!(found(&of_words).len(), 2);
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
    let text = format!("{} said: 550 5.1.1 {}", "ü".repeat(200), "y".repeat(200));
    let stdout = run(["explain", &text]).stdout;
    let (_, place) = &found(&stdout)[0];
    assert!(place.starts_with("line 1: ...ü") && place.ends_with("y..."), "{place}");
    assert!(place.contains(" said: 550 5.1.1 yyy"), "{place}");
    assert!(!place.contains("\\x"), "{place}");
}
