//! Results on standard output, messages on standard error, colours only where they are wanted.

mod util;

use std::io::Write;
use std::process::Stdio;

use util::{program, run, run_with_input};

fn is_colored(arguments: &[&str], environment: &[(&str, &str)]) -> bool {
    let output = program().args(arguments).envs(environment.iter().copied()).output().expect("the program runs");
    output.stdout.contains(&b'\x1b') || output.stderr.contains(&b'\x1b')
}

#[test]
fn there_are_no_colours_without_a_terminal() {
    assert!(!is_colored(&["550"], &[]));
    assert!(!is_colored(&["581"], &[]));
    assert!(!is_colored(&["--help"], &[]));
    assert!(!is_colored(&["--nonsense"], &[]));
}

#[test]
fn colours_can_be_forced_and_forbidden() {
    for arguments in [&["550"][..], &["581"], &["--help"], &["--nonsense"], &["list", "replies"]] {
        let with = |choice: &'static str| [&["--color", choice], arguments].concat();
        assert!(is_colored(&with("always"), &[("NO_COLOR", "1")]), "{arguments:?}");
        assert!(is_colored(&with("auto"), &[("CLICOLOR_FORCE", "1")]), "{arguments:?}");
        assert!(!is_colored(&with("auto"), &[("CLICOLOR_FORCE", "1"), ("NO_COLOR", "1")]), "{arguments:?}");
        assert!(!is_colored(&with("never"), &[("CLICOLOR_FORCE", "1")]), "{arguments:?}");
    }
}

#[test]
fn objects_and_documents_are_never_coloured() {
    for arguments in
        [["550", "--json"], ["list", "--json"], ["classify", "--json"], ["completions", "bash"], ["man", "explain"]]
    {
        let mut arguments = arguments.to_vec();
        if arguments[0] == "list" {
            arguments.push("replies");
        }
        arguments.extend(["--color", "always"]);
        let run = run_with_input(&arguments, b"550 5.1.1 \x1b[31mUser unknown\n");
        assert!(!run.stdout.is_empty() && !run.stdout.contains('\x1b'), "{arguments:?}");
    }
}

#[test]
fn colours_change_no_text() {
    let plain = run(["550", "5.2.1", "etrn", "538"]).stdout;
    let colored = run(["550", "5.2.1", "etrn", "538", "--color", "always"]).stdout;
    assert_ne!(plain, colored);
    let mut text = String::new();
    for (place, part) in colored.split("\x1b[").enumerate() {
        text.push_str(if place == 0 { part } else { part.split_once('m').expect("a sequence ends").1 });
    }
    assert_eq!(text, plain);
}

#[test]
fn a_closed_pipe_is_no_error() {
    // More than a pipe holds, so that the program must notice.
    for arguments in [vec!["550"; 100], [vec!["--json"], vec!["550"; 100]].concat(), vec!["581"; 500]] {
        let mut child = program()
            .args(arguments)
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("the program starts");
        drop(child.stdout.take());
        let output = child.wait_with_output().expect("the program ends");
        let messages = String::from_utf8_lossy(&output.stderr);
        assert_eq!(output.status.code(), Some(0), "{messages}");
        assert!(!messages.contains("pipe"), "{messages}");
    }
}

#[test]
fn a_closed_pipe_ends_a_stream() {
    for arguments in [&["classify"][..], &["classify", "--json"]] {
        let mut child = program()
            .args(arguments)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("the program starts");
        drop(child.stdout.take());
        let mut stdin = child.stdin.take().expect("standard input is a pipe");
        let lines = b"550 5.1.1 User unknown\n".repeat(1000);
        let unread = std::iter::repeat_with(|| stdin.write_all(&lines)).take(1000).any(|written| written.is_err());
        drop(stdin);
        let output = child.wait_with_output().expect("the program ends");
        assert!(unread, "the program read on though nobody reads what it writes");
        assert_eq!((output.status.code(), String::from_utf8_lossy(&output.stderr).as_ref()), (Some(0), ""));
    }
}

#[test]
fn marks_are_styles_where_there_are_any() {
    let marked = |text: &str| text.contains("^^^");
    assert!(marked(&run(["explain", "550 User unknown"]).stdout));
    let colored = run(["explain", "550 User unknown", "--color", "always"]).stdout;
    assert!(!marked(&colored) && colored.contains("\x1b[1m\x1b[4mUser unknown\x1b[0m"), "{colored}");
}

#[test]
fn a_closed_pipe_for_messages_is_no_error() {
    let mut child =
        program().arg("581").stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("the program starts");
    drop(child.stderr.take());
    let output = child.wait_with_output().expect("the program ends");
    assert_eq!(output.status.code(), Some(1));
    assert!(output.stdout.starts_with(b"581  "));
}

#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_is_an_error() {
    let full = std::fs::File::options().write(true).open("/dev/full").expect("Linux has /dev/full");
    let output = program().arg("550").stdout(full).stderr(Stdio::piped()).output().expect("the program runs");
    assert_eq!(output.status.code(), Some(2));
    assert_eq!(
        String::from_utf8_lossy(&output.stderr),
        "error: cannot write the results: No space left on device (os error 28)\n"
    );
}

#[test]
fn help_goes_where_it_was_asked_for() {
    let asked = run(["--help"]);
    assert_eq!((asked.status, asked.stderr.as_str()), (Some(0), ""));
    let unasked = run([""; 0]);
    assert_eq!((unasked.status, unasked.stdout.as_str()), (Some(2), ""));
    assert_eq!(unasked.stderr, run(["-h"]).stdout);
    let version = run(["--version"]);
    assert_eq!(version.stdout, concat!("smtp-codes ", env!("CARGO_PKG_VERSION"), "\n"));
}

#[test]
fn the_manual_and_the_completions_know_every_command() {
    let commands = ["explain", "classify", "scan", "list", "rules", "search", "completions", "man"];
    for arguments in [["man", ""], ["completions", "bash"], ["completions", "zsh"], ["completions", "fish"]] {
        let text = run(arguments.iter().filter(|argument| !argument.is_empty())).stdout;
        for command in commands {
            assert!(text.contains(command), "{arguments:?} lacks {command}");
        }
    }
    for command in commands {
        let page = run(["man", command]).stdout;
        assert!(page.contains(&format!(".TH smtp-codes-{command} 1")), "{page}");
    }
}
