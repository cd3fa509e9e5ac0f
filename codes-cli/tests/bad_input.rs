//! Bad input gives a message that says what was met, where, and what was expected; it never reaches the terminal raw.

mod util;

use util::{error, run, run_with_input};

const EXPECTED: &str =
    "expected a code such as 550, 5.7.1, X.7.1, 5.2.x or 4xx, a command such as ETRN or an EHLO keyword such as SIZE";

#[test]
fn a_malformed_code_is_an_error_with_its_place() {
    assert_eq!(
        error(2, ["55O"]),
        "`55O`: unexpected 'O' at byte 2 while parsing a reply code: expected a digit; did you mean 550?"
    );
    assert_eq!(
        error(2, ["600"]),
        "`600`: unexpected '6' at byte 0 while parsing a reply code: expected a first digit from 2 to 5"
    );
    assert_eq!(
        error(2, ["5.1.1.1"]),
        "`5.1.1.1`: unexpected '.' at byte 5 while parsing an enhanced status code: \
         expected class.subject.detail and nothing more; did you mean 5.1.1?"
    );
    assert_eq!(
        error(2, ["5,1,1"]),
        "`5`: unexpected end while parsing a reply code: expected a digit; did you mean 5.1.1?"
    );
}

#[test]
fn an_empty_query_is_an_error() {
    assert_eq!(error(2, [""]), format!("the query is empty: {EXPECTED}"));
    assert_eq!(error(2, [" \t"]), format!("no word in ` \\t`: {EXPECTED}"));
    assert_eq!(error(2, ["(("]), format!("no word in `((`: {EXPECTED}"));
    assert_eq!(error(2, ["search", " "]), "nothing to search for: expected words such as mailbox full");
    assert_eq!(error(2, ["--json"]), "no query: expected a code such as 550 or 5.7.1; see smtp-codes --help");
}

#[test]
fn an_empty_text_is_an_error() {
    let message = "the text is empty: expected a reply, a log line or a message";
    assert_eq!(error(2, ["explain", ""]), message);
    assert_eq!(error(2, ["explain"]), message);
    let run = run_with_input(["explain", "-"], b" \r\n\t\n");
    assert_eq!((run.stderr, run.status), (format!("error: {message}\n"), Some(2)));
}

#[test]
fn a_text_without_codes_is_not_found() {
    let expected = "expected a text such as \"550 5.1.1 User unknown\"";
    assert_eq!(
        error(1, ["explain", "hello", "world"]),
        format!("no reply code or enhanced status code in `hello world`: {expected}")
    );
    assert_eq!(
        error(1, ["explain", "no-such-file.eml"]),
        format!("no reply code or enhanced status code in `no-such-file.eml`, and no file has that name: {expected}")
    );
}

#[test]
fn ten_megabytes_on_one_line_are_read() {
    let mut line = vec![b'a'; 10_000_000];
    let message = "no reply code or enhanced status code in the text (10000000 bytes)";
    let run = run_with_input(["explain"], &line);
    assert_eq!(run.status, Some(1));
    assert_eq!(run.stderr, format!("error: {message}: expected a text such as \"550 5.1.1 User unknown\"\n"));

    line.extend_from_slice(b" said: 550 5.1.1 none");
    let run = run_with_input(["explain"], &line);
    assert_eq!((run.status, run.stderr.as_str()), (Some(0), ""));
    assert!(
        run.stdout.contains("  Reply       ...aaaa") && run.stdout.contains(" said: 550 5.1.1 none\n"),
        "{}",
        run.stdout
    );
    assert!(run.stdout.len() < 10_000);
}

#[test]
fn a_text_without_end_is_refused() {
    let run = run_with_input(["explain"], &vec![b'a'; (64 << 20) + 1]);
    let message = "error: cannot read standard input: it is longer than 64 MB: expected one reply or message\n";
    assert_eq!((run.stderr.as_str(), run.status), (message, Some(2)));
}

#[test]
fn a_folder_is_no_text() {
    assert_eq!(
        error(2, ["explain", "tests"]),
        "cannot read `tests`: it is a folder: expected a file with a reply or a message"
    );
}

#[test]
fn unknown_names_are_answered_with_the_known_ones() {
    let message = error(2, ["550", "--provider", "exchange-2004"]);
    assert!(message.contains("invalid value 'exchange-2004' for '--provider <ID>'"), "{message}");
    assert!(message.contains("similar value exists: 'exchange-2003'"), "{message}");
    assert!(error(2, ["250", "--command", "ETRM"]).contains("similar value exists: 'ETRN'"));
    assert_eq!(
        error(2, ["man", "lookup"]),
        "there is no command `lookup`: expected one of explain, classify, scan, list, rules, search, completions, man"
    );
}

#[test]
fn control_characters_are_made_visible_in_messages() {
    assert_eq!(
        error(2, ["550\u{1b}[31m"]),
        "`550\\x1b[31m`: unexpected byte 0x1b at byte 3 while parsing a reply code: expected three digits; \
         did you mean 550?"
    );
    assert_eq!(
        error(1, ["xyzzy\u{202e}\u{9b}"]),
        format!("no code, command or EHLO keyword `xyzzy\\u{{202e}}\\u{{9b}}`: {EXPECTED}")
    );
    assert!(error(2, ["--\u{1b}]0;owned\u{7}"]).starts_with("unexpected argument '--\\x1b]0;owned\\x07' found"));
}

#[test]
fn nothing_is_printed_raw() {
    let bad = "550 5.7.1 \u{1b}[2J\u{1b}]0;t\u{7}\u{9b}31m \u{202e}\u{2066}\u{200f}\u{feff}\u{7f}\u{8} denied\r\u{0}";
    let mut runs =
        vec![run_with_input(["explain"], bad.as_bytes()), run_with_input(["explain", "--json"], bad.as_bytes())];
    runs.extend(
        [&["classify"][..], &["classify", "--json"], &["explain", "--plain"]]
            .map(|arguments| run_with_input(arguments, bad.as_bytes())),
    );
    let argument = bad.replace('\0', "");
    for arguments in [
        vec![argument.as_str()],
        vec!["--json", &argument],
        vec!["explain", &argument],
        vec!["search", &argument],
        vec!["list", &argument],
        vec!["man", &argument],
        vec!["550", "--provider", &argument],
        vec!["--color", &argument],
        vec!["explain", "--json", &argument, "x"],
        vec!["explain", "--plain", &argument],
        vec!["explain", "550", "--rules", &argument],
        vec!["classify", &argument],
        vec!["scan", &argument],
        vec!["scan", "--since", &argument],
        vec!["rules", "check", &argument],
        vec!["list", "rules", "--reason", &argument],
    ] {
        runs.push(run(arguments));
    }
    for run in runs {
        assert_ne!((run.stdout.as_str(), run.stderr.as_str()), ("", ""));
        for letter in (run.stdout + &run.stderr).chars() {
            assert!((' '..='~').contains(&letter) || letter == '\n', "{letter:?} was printed");
        }
    }
}

#[cfg(unix)]
#[test]
fn arguments_that_are_no_utf8_are_named() {
    use std::ffi::OsStr;
    use std::os::unix::ffi::OsStrExt;

    let query = OsStr::from_bytes(b"\xff550");
    assert_eq!(error(2, [query]), format!("`\\xff550` is not UTF-8: {EXPECTED}"));

    let text = OsStr::from_bytes(b"550 5.1.1 \xff\xfe");
    let run = run([OsStr::new("explain"), text]);
    assert_eq!(run.status, Some(0));
    assert!(run.stdout.contains("  Reply       550 5.1.1 \\xff\\xfe\n"), "{}", run.stdout);
}

#[test]
fn bytes_that_are_no_utf8_are_explained() {
    let run = run_with_input(["explain"], b"\xff\xfe\0\n550 5.1.1 \xe4\xf6\xfc \x1b[31m\0\n");
    assert_eq!((run.status, run.stderr.as_str()), (Some(0), ""));
    assert!(run.stdout.contains("line 2: 550 5.1.1 \\xe4\\xf6\\xfc \\x1b[31m\\x00\n"), "{}", run.stdout);
}

#[test]
fn a_long_query_is_cut_in_messages() {
    let message = error(1, ["x".repeat(100_000)]);
    assert_eq!(message, format!("no code, command or EHLO keyword `{}...`: {EXPECTED}", "x".repeat(57)));
    let message = error(2, ["9".repeat(100_000)]);
    assert!(message.len() < 300, "{message}");
    let message = error(2, ["--".to_owned() + &"y".repeat(100_000)]);
    assert!(message.len() < 1000, "{message}");
}

#[test]
fn any_bytes_end_without_a_panic() {
    let alphabet: &[&[u8]] = &[
        b"550",
        b"5.1.1",
        b" ",
        b"-",
        b".",
        b"5",
        b"4xx",
        b"\n",
        b"\r\n",
        b"#",
        b"(",
        b"said: ",
        b"smtp; ",
        b"\x1b[",
        b"\0",
        b"\xff",
        b"\xe2\x80",
        "\u{202e}".as_bytes(),
        "満".as_bytes(),
        b"STARTTLS",
        b"x.7.",
        b"999",
        b"<<< ",
        b"%s",
        b"\\n",
    ];
    // A generator of its own, so that a failure can be repeated.
    let mut state = 0x2545_f491_4f6c_dd1d_u64;
    let mut next = |below: usize| {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        usize::try_from(state % below as u64).expect("in range")
    };
    for round in 0..100 {
        let text: Vec<u8> = (0..next(60)).flat_map(|_| alphabet[next(alphabet.len())]).copied().collect();
        let of_stdin = run_with_input(["explain"], &text);
        let query = String::from_utf8_lossy(&text).replace('\0', "");
        let of_query = run(["--", &query]);
        let of_stream = run_with_input(["classify"], &text);
        let rest = text.strip_suffix(b"\n").unwrap_or(&text);
        let lines = if text.is_empty() { 0 } else { rest.split(|byte| *byte == b'\n').count() };
        assert_eq!(of_stream.stdout.lines().count(), lines, "round {round}: {text:?}");
        for run in [of_stdin, of_query, of_stream] {
            assert!(matches!(run.status, Some(0..=2)), "round {round}: {text:?}: {run:?}");
            assert!(!run.stderr.contains("panicked"), "round {round}: {text:?}: {run:?}");
            assert_eq!(run.status == Some(0), run.stderr.is_empty() || run.stderr.starts_with("note: "), "{run:?}");
            assert!(!run.stdout.contains('\u{1b}') && !run.stdout.contains('\u{202e}'), "{run:?}");
        }
    }
}
