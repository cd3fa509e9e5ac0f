//! Streams of every kind: logs, tables, compressed files, and what is wrong with them.

mod util;

use std::io::{Read, Write};
use std::path::{Path, PathBuf};
use std::process::Stdio;

use flate2::Compression;
use flate2::write::GzEncoder;
use serde_json::Value;
use util::{Run, program, run, run_with_input};

/// A folder of a test's own, which goes away with it.
struct Folder(PathBuf);

impl Folder {
    fn new(name: &str) -> Self {
        let folder = std::env::temp_dir().join(format!("smtp-codes-stream-{name}-{}", std::process::id()));
        let _ = std::fs::remove_dir_all(&folder);
        std::fs::create_dir_all(&folder).expect("the folder is made");
        Self(folder)
    }

    fn file(&self, name: &str, content: &[u8]) -> String {
        let file = self.0.join(name);
        std::fs::write(&file, content).expect("the file is written");
        file.to_str().expect("the name is UTF-8").to_owned()
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

fn gzip(text: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
    encoder.write_all(text).expect("memory takes everything");
    encoder.finish().expect("memory takes everything")
}

fn objects(run: &Run) -> Vec<Value> {
    run.stdout.lines().map(|line| serde_json::from_str(line).expect("each line is an object")).collect()
}

/// What all objects have in a field.
fn all<'v>(objects: &'v [Value], field: &str) -> Vec<&'v Value> {
    objects.iter().map(|object| &object[field]).collect()
}

/// The logs that the library's tests have.
fn log(format: &str) -> String {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("../codes-core/tests/log").join(format!("{format}.log"));
    file.to_str().expect("the name is UTF-8").to_owned()
}

const REPLIES: &[u8] = b"550 5.1.1 User unknown\n452 4.2.2 Mailbox full\n";

#[test]
fn many_lines_keep_their_order() {
    let text: String = (0..40_000)
        .map(|line| if line % 3 == 0 { format!("550 5.1.1 User unknown {line}\n") } else { format!("452 {line}\n") })
        .collect();
    let run = run_with_input(["classify", "--json"], text.as_bytes());
    let objects = objects(&run);
    assert_eq!(objects.len(), 40_000);
    for (place, object) in objects.iter().enumerate() {
        assert_eq!(object["line"], place as u64 + 1);
        assert_eq!(object["reply"], if place % 3 == 0 { 550 } else { 452 });
    }
}

#[test]
fn compressed_files_are_read_as_they_are_inside() {
    let folder = Folder::new("compressed");
    let plain = folder.file("a.txt", REPLIES);
    let packed = folder.file("b.gz", &[gzip(REPLIES), gzip(REPLIES)].concat());
    let run = run(["classify", "--json", &plain, &packed]);
    assert_eq!((run.status, run.stderr.as_str()), (Some(0), ""));
    let objects = objects(&run);
    assert_eq!(all(&objects, "line"), [1, 2, 1, 2, 3, 4]);
    assert_eq!(all(&objects, "reason"), ["mailbox-unknown", "mailbox-full"].repeat(3));
    let of_stdin = run_with_input(["classify", "--json"], &gzip(REPLIES));
    assert_eq!(of_stdin.stdout.lines().count(), 2);
}

#[test]
fn what_is_wrong_with_a_file_is_said_and_the_rest_goes_on() {
    let folder = Folder::new("wrong");
    let whole = gzip(&REPLIES.repeat(1000));
    let names = [
        folder.file("empty", b""),
        folder.file("cut.gz", &whole[..whole.len() - 9]),
        folder.file("mail.xz", b"\xfd7zXZ\0 and more"),
        folder.0.to_str().expect("the name is UTF-8").to_owned(),
        folder.file("good.txt", REPLIES),
    ];
    let run = run(["classify", "--json"].into_iter().chain(names.iter().map(String::as_str)));
    assert_eq!(run.status, Some(2));
    let messages: Vec<&str> = run.stderr.lines().collect();
    assert_eq!(messages.len(), 3, "{}", run.stderr);
    assert!(
        messages[0].contains("cut.gz") && messages[0].contains(": the gzip data end too early: "),
        "{}",
        messages[0]
    );
    assert!(messages[1].contains("mail.xz") && messages[1].contains(": it is compressed with xz: "), "{}", messages[1]);
    assert!(
        messages[2].contains(": it is a folder: expected a file with one reply or log line a line"),
        "{}",
        messages[2]
    );
    let objects = objects(&run);
    assert!(objects.len() > 1000, "what could be read of the file that was cut is judged: {}", objects.len());
    assert_eq!(objects[objects.len() - 1]["file"], names[4]);
    assert_eq!(objects[objects.len() - 1]["reason"], "mailbox-full");
}

#[cfg(unix)]
#[test]
fn a_file_that_may_not_be_read_is_said() {
    use std::os::unix::fs::PermissionsExt;

    let folder = Folder::new("unreadable");
    let name = folder.file("secret.txt", REPLIES);
    std::fs::set_permissions(&name, std::fs::Permissions::from_mode(0o0)).expect("it is the test's own file");
    // Whoever may read everything, may read this.
    if std::fs::File::open(&name).is_err() {
        let run = run(["classify", &name]);
        assert_eq!(run.status, Some(2));
        assert!(run.stderr.starts_with("error: cannot read `") && run.stderr.contains("secret.txt"), "{}", run.stderr);
    }
}

#[test]
fn lines_of_a_log_are_judged_by_their_replies() {
    let run = run(["classify", "--json", &log("postfix")]);
    assert_eq!((run.status, run.stderr.as_str()), (Some(0), ""));
    let objects = objects(&run);
    let text = std::fs::read(log("postfix")).expect("the log is there");
    let lines: Vec<&[u8]> = text.split(|byte| *byte == b'\n').collect();
    assert_eq!(objects.len(), lines.len() - 1);
    let bounced = &objects[6];
    assert_eq!((&bounced["reply"], &bounced["action"]), (&550.into(), &"suppress".into()));
    let log = serde_json::json!({
        "format": "postfix", "outcome": "failed", "time": "--01-05T09:12:02", "queue_id": "4dkvYrs4RXzsnrG",
        "recipient": "bob@b.example", "relay": "mx.b.example",
    });
    assert_eq!(bounced["log"], log);
    // The place is one of the whole line.
    let place = |end: usize| usize::try_from(bounced["matched"][end].as_u64().expect("a number")).expect("in range");
    assert_eq!(&lines[6][place(0)..place(1)], b"no such user");
    assert_eq!(objects[0].get("log"), None);
}

#[test]
fn every_format_gets_a_verdict_for_each_line() {
    for format in [
        "postfix",
        "exim",
        "sendmail",
        "opensmtpd",
        "qmail",
        "exchange-tracking",
        "exchange-protocol",
        "kumo",
        "haraka",
    ] {
        let name = log(format);
        let log = std::fs::read(&name).expect("the log is there");
        let lines = memchr::memchr_iter(b'\n', &log).count();
        let found = run(["classify", "--json", &name]);
        let named = run(["classify", "--json", "--format", format, &name]);
        assert_eq!(found.stdout, named.stdout, "{format}");
        let objects = objects(&found);
        assert_eq!(objects.len(), lines, "{format}");
        assert!(
            objects.iter().any(|object| object["log"]["format"] == format && object["action"] == "suppress"),
            "{format}"
        );
        assert!(
            named.stderr.starts_with("note: ") && named.stderr.contains(&format!(" not of the log format {format}")),
            "{}",
            named.stderr
        );
    }
}

#[test]
fn a_row_of_an_exchange_log_is_read_far_behind_its_head() {
    let log = std::fs::read(log("exchange-tracking")).expect("the log is there");
    let lines: Vec<&[u8]> = log.split_inclusive(|byte| *byte == b'\n').collect();
    let failed = lines.iter().find(|line| line.windows(6).any(|window| window == b",FAIL,")).expect("there is one");
    let text = [lines[..5].concat(), failed.repeat(2000)].concat();
    let objects = objects(&run_with_input(["classify", "--json"], &text));
    assert_eq!(objects.iter().filter(|object| object["log"]["outcome"] == "failed").count(), 2000);
}

#[test]
fn rows_of_csv_keep_their_columns() {
    let table = b"id;reply;note\r\n1;\"550 5.1.1 User unknown <ann@a.example>\";\"x;y\"\r\n2;\"452 Mailbox\nfull\";\"a \"\"b\"\"\"\r\n3\r\n";
    let run = run_with_input(["classify", "--csv", "--field", "reply", "--id-field", "id"], table);
    assert_eq!(run.status, Some(2));
    assert_eq!(run.stderr, "error: standard input: 1 line has no field `reply`, the first is line 5\n");
    let mut rows = csv::Reader::from_reader(run.stdout.as_bytes());
    let head: Vec<String> = rows.headers().expect("there is a head").iter().map(str::to_owned).collect();
    assert_eq!(head[..7], ["id", "reply", "note", "line", "verdict_id", "verdict_reply", "enhanced"]);
    let rows: Vec<csv::StringRecord> = rows.records().map(|row| row.expect("all rows are of one length")).collect();
    let at = |name: &str| head.iter().position(|column| column == name).expect("there is such a column");
    let reasons: Vec<&str> = rows.iter().map(|row| &row[at("reason")]).collect();
    assert_eq!(reasons, ["mailbox-unknown", "mailbox-full", "unknown"]);
    assert_eq!((&rows[1][1], &rows[1][2], &rows[1][3]), ("452 Mailbox\nfull", "a \"b\"", "3"));
    assert_eq!((&rows[0][2], &rows[0][4]), ("x;y", "1"));
}

#[test]
fn a_column_that_is_not_there_is_said_with_those_that_are() {
    let run = run_with_input(["classify", "--field", "text"], b"id,reply\n1,550\n");
    let message = "error: standard input: there is no column `text`: expected one of id, reply\n";
    assert_eq!((run.status, run.stdout.as_str(), run.stderr.as_str()), (Some(2), "", message));
}

#[test]
fn tables_with_other_columns_are_not_mixed() {
    let folder = Folder::new("mixed");
    let (first, second) = (folder.file("a.csv", b"id,t\n1,550 x\n"), folder.file("b.csv", b"t,id\n550 y,2\n"));
    let run = run(["classify", "--csv", "--field", "t", &first, &second]);
    assert_eq!((run.status, run.stdout.lines().count()), (Some(2), 2));
    assert!(run.stderr.contains("b.csv`: its columns are not those of the first file"), "{}", run.stderr);
}

#[test]
fn objects_keep_what_they_had() {
    let text = "{\"id\":7,\"t\":\"550 5.1.1 User unknown\"}\n{\"id\":\"b\",\"t\":\"say \\\"550\\\" \u{9b}\"}\nno object\n{\"x\":1}\n{\"t\":[{\"t\":2}]}\n";
    let run = run_with_input(["classify", "--json", "--field", "t", "--id-field", "id"], text.as_bytes());
    assert_eq!(run.status, Some(2));
    assert_eq!(run.stderr, "error: standard input: 2 lines have no field `t`, the first is line 3\n");
    assert!(!run.stdout.contains('\u{9b}'));
    let objects = objects(&run);
    assert_eq!(all(&objects, "id")[..2], [&Value::from(7), &Value::from("b")]);
    assert_eq!(objects[0]["reason"], "mailbox-unknown");
    assert_eq!(objects[1]["input"]["t"], "say \"550\" \u{9b}");
    assert_eq!((objects[2].get("input"), &objects[3]["input"]), (None, &serde_json::json!({"x": 1})));
    assert_eq!(objects.len(), 5);
}

#[test]
fn what_no_rule_knows_is_put_together() {
    let mut text = Vec::new();
    for number in 0..500 {
        text.extend_from_slice(
            format!("550 frobnication of u{number}@a.example failed at 192.0.2.{}\n", number % 200).as_bytes(),
        );
        text.extend_from_slice(b"550 5.1.1 User unknown\n250 ok\n");
    }
    text.extend_from_slice(b"451 wobble\n");
    let run = run_with_input(["classify", "--unmatched", "--json", "--redact"], &text);
    let objects = objects(&run);
    assert_eq!(all(&objects, "count"), [500, 1]);
    assert_eq!(objects[0]["fingerprint"], "550 frobnication of <address> failed at <ip>");
    assert_eq!(objects[0]["example"], "550 frobnication of <address> failed at <ip>");
    assert_eq!((&objects[0]["line"], &objects[1]["line"]), (&1.into(), &1501.into()));
    let table = run_with_input(["classify", "--unmatched"], &text);
    assert_eq!(table.stdout, "     500  550 frobnication of u0@a.example failed at 192.0.2.0\n       1  451 wobble\n");
}

#[test]
fn nothing_of_a_person_is_left_where_that_is_wanted() {
    let folder = Folder::new("redact");
    let table = folder.file("t.csv", b"id,t,who\n1,550 User ann@a.example unknown [192.0.2.7],\"ann@a.example\"\n");
    let lines = folder.file("t.jsonl", b"{\"t\":\"550 to\\nann@a.example\",\"who\":[\"ann@a.example\"]}\n");
    let logs: Vec<String> = ["postfix", "exim", "kumo", "qmail"].into_iter().map(log).collect();
    for shape in [&[][..], &["--json"], &["--csv"]] {
        for input in [
            &["--field", "t", &table][..],
            &["--field", "t", &lines],
            &[&logs[0]],
            &[&logs[1]],
            &[&logs[2]],
            &[&logs[3]],
        ] {
            let run = run(["classify", "--redact"].iter().chain(shape).chain(input));
            assert_ne!(run.stdout, "");
            let names: Vec<&str> = ["ann@", "bob@", "@a.example", "192.0.2.7", "198.51.100.7"]
                .into_iter()
                .filter(|name| run.stdout.contains(name))
                .collect();
            assert_eq!(names, [""; 0], "{shape:?} {input:?}: {}", run.stdout);
        }
    }
}

#[test]
fn two_shapes_at_once_are_refused() {
    let run = run(["classify", "--csv", "--json"]);
    assert_eq!(
        (run.status, run.stderr.as_str()),
        (Some(2), "error: --csv and --json were given: expected one of them\n")
    );
}

#[test]
fn a_line_of_ten_megabytes_is_one_in_every_shape() {
    let mut text = vec![b'a'; 10_000_000];
    text.extend_from_slice(b"\n550 User unknown\n");
    for arguments in
        [&["classify"][..], &["classify", "--csv"], &["classify", "--json"], &["classify", "--field", "t", "--json"]]
    {
        let run = run_with_input(arguments, &text);
        assert!(run.stdout.lines().count() <= 3 && run.stdout.len() < 5_000_000, "{arguments:?}");
    }
}

#[test]
fn a_closed_pipe_ends_it_though_more_would_come() {
    let mut child = program()
        .args(["classify", "--json"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program starts");
    let mut stdin = child.stdin.take().expect("standard input is a pipe");
    let mut stdout = child.stdout.take().expect("standard output is a pipe");
    stdin.write_all(REPLIES).expect("the program reads");
    stdout.read_exact(&mut [0; 10]).expect("the program writes");
    drop(stdout);
    // Standard input stays open: nobody has said that it ends.
    stdin.write_all(REPLIES).expect("the program reads");
    assert_eq!(child.wait().expect("the program ends").code(), Some(0));
    let mut messages = String::new();
    child.stderr.take().expect("it is a pipe").read_to_string(&mut messages).expect("messages are UTF-8");
    assert_eq!(messages, "");
}

#[cfg(unix)]
#[test]
fn an_interrupt_ends_it_without_a_word() {
    use std::os::unix::process::ExitStatusExt;

    let mut child = program()
        .args(["classify", "--json"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program starts");
    let mut stdin = child.stdin.take().expect("standard input is a pipe");
    stdin.write_all(REPLIES).expect("the program reads");
    child.stdout.as_mut().expect("it is a pipe").read_exact(&mut [0; 10]).expect("the program writes");
    let id = child.id().to_string();
    let sent = std::process::Command::new("kill").args(["-INT", &id]).status().expect("kill is there");
    assert!(sent.success());
    assert_eq!(child.wait().expect("the program ends").signal(), Some(2));
    let mut messages = String::new();
    child.stderr.take().expect("it is a pipe").read_to_string(&mut messages).expect("messages are UTF-8");
    assert_eq!(messages, "");
}
