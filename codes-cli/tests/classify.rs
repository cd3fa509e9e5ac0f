//! Streams: one verdict for each line, in order.

mod util;

use serde_json::Value;
use util::{program, run, run_with_input};

/// The objects for a stream.
fn objects(input: &[u8]) -> Vec<Value> {
    let run = run_with_input(["classify", "--json"], input);
    assert_eq!((run.status, run.stderr.as_str()), (Some(0), ""));
    run.stdout.lines().map(|line| serde_json::from_str(line).expect("each line is an object")).collect()
}

fn rules(objects: &[Value]) -> Vec<Option<&str>> {
    objects.iter().map(|object| object["rule"].as_str()).collect()
}

#[test]
fn each_line_has_one_verdict_in_order() {
    let objects = objects(b"550 User unknown\r\n\n452 Mailbox full\n\0\x1b[31m\xff\n250 ok");
    assert_eq!(rules(&objects), [Some("en-user-unknown"), None, Some("en-mailbox-full"), None, None]);
    let lines: Vec<_> = objects.iter().map(|object| object["line"].as_u64()).collect();
    assert_eq!(lines, (1..=5).map(Some).collect::<Vec<_>>());
}

#[test]
fn nothing_gives_nothing() {
    let run = run_with_input(["classify"], b"");
    assert_eq!((run.status, run.stdout.as_str(), run.stderr.as_str()), (Some(0), "", ""));
}

#[test]
fn the_words_that_decided_are_bytes_of_the_line() {
    let text = "ü 550 User unknown";
    let objects = objects(text.as_bytes());
    let place = |end: usize| usize::try_from(objects[0]["matched"][end].as_u64().expect("a number")).expect("in range");
    assert_eq!(&text[place(0)..place(1)], "User unknown");
}

#[test]
fn the_table_is_aligned() {
    let run = run_with_input(["classify"], b"550 User unknown\n452 Mailbox full\n250 ok\nhello\n\n");
    let lines: Vec<&str> = run.stdout.lines().collect();
    let place = |line: &str, word: &str| line.find(word).unwrap_or_else(|| panic!("{word} is not in {line:?}"));
    assert_eq!(place(lines[0], "recipient"), place(lines[1], "recipient"));
    assert_eq!(place(lines[0], "suppress"), place(lines[1], "retry"));
    assert_eq!(place(lines[0], "en-user-unknown"), place(lines[1], "en-mailbox-full"));
    assert_eq!(place(lines[0], "550 User"), place(lines[2], "250 ok"));
    assert!(lines[2].starts_with("success  ") && lines[3].starts_with("unknown  "), "{}", run.stdout);
    assert!(lines.iter().all(|line| line.trim_end() == *line), "{}", run.stdout);
    assert_eq!(lines.len(), 5);
}

#[test]
fn a_long_line_is_shown_around_the_words_that_decided() {
    let text = format!("{} User unknown {}\n", "x ".repeat(100), "y".repeat(100_000));
    let run = run_with_input(["classify"], text.as_bytes());
    assert!(run.stdout.contains("...") && run.stdout.contains(" User unknown "), "{}", run.stdout);
    assert!(run.stdout.trim_end().chars().count() <= 160, "{}", run.stdout);
}

#[test]
fn control_characters_are_made_visible() {
    let run = run_with_input(["classify"], "550 \u{1b}[2J\u{202e}\0 User unknown\u{9b}\n".as_bytes());
    assert!(run.stdout.contains("550 \\x1b[2J\\u{202e}\\x00 User unknown\\u{9b}\n"), "{}", run.stdout);
}

#[test]
fn ten_megabytes_on_one_line_are_one_line() {
    let mut text = vec![b'a'; 10_000_000];
    text.extend_from_slice(b" 550 User unknown\n550 User unknown");
    let objects = objects(&text);
    assert_eq!(rules(&objects), [None, Some("en-user-unknown")]);
}

#[test]
fn what_cannot_be_read_is_named_and_the_others_go_on() {
    let file = std::env::temp_dir().join(format!("smtp-codes-classify-{}.txt", std::process::id()));
    std::fs::write(&file, "550 User unknown").expect("the file is written");
    let name = file.to_str().expect("the name is UTF-8");
    let run = run(["classify", "--json", "no-such-file", name, "tests", name]);
    std::fs::remove_file(&file).expect("the file is removed");
    assert_eq!(run.status, Some(2));
    let messages: Vec<&str> = run.stderr.lines().collect();
    assert!(messages[0].starts_with("error: cannot read `no-such-file`: "), "{}", run.stderr);
    assert_eq!(
        messages[1],
        "error: cannot read `tests`: it is a folder: expected a file with one reply or log line a line"
    );
    assert_eq!(messages.len(), 2);
    let objects: Vec<Value> =
        run.stdout.lines().map(|line| serde_json::from_str(line).expect("each line is an object")).collect();
    assert_eq!(rules(&objects), [Some("en-user-unknown"); 2]);
    let places: Vec<_> = objects.iter().map(|object| (object["file"].as_str(), object["line"].as_u64())).collect();
    assert_eq!(places, [(Some(name), Some(1)); 2]);
}

#[test]
fn a_line_is_answered_before_the_next_one_comes() {
    use std::io::{BufRead, BufReader, Write};
    use std::process::Stdio;

    let mut child =
        program().arg("classify").stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().expect("the program starts");
    let mut stdin = child.stdin.take().expect("standard input is a pipe");
    let mut stdout = BufReader::new(child.stdout.take().expect("standard output is a pipe"));
    for _ in 0..3 {
        stdin.write_all(b"550 User unknown\n").expect("the program reads");
        let mut line = String::new();
        stdout.read_line(&mut line).expect("the program writes");
        assert!(line.starts_with("mailbox-unknown  "), "{line}");
    }
    drop(stdin);
    assert_eq!(child.wait().expect("the program ends").code(), Some(0));
}
