//! Whole mails: `classify --messages` and `explain`, from files, mailboxes, folders and standard input.

mod util;

use std::fs;
use std::path::{Path, PathBuf};

use serde_json::Value;
use util::{Run, run, run_with_input};

const BOUNCE: &str = "\
Return-Path: <>
From: MAILER-DAEMON@mx.example
To: sam@sender.example
Subject: Undelivered Mail Returned to Sender
Content-Type: multipart/report; report-type=delivery-status; boundary=b

--b
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.example

Final-Recipient: rfc822; ann@a.example
Action: failed
Status: 5.1.1
Remote-MTA: dns; mx.a.example
Diagnostic-Code: smtp; 550 5.1.1 User unknown

Final-Recipient: rfc822; bob@b.example
Action: delayed
Status: 4.2.2
Diagnostic-Code: smtp; 452 4.2.2 Mailbox full

--b
Content-Type: text/rfc822-headers

Message-ID: <1@sender.example>
Subject: Lunch?

--b--
";

const MAIL: &str = "From: ann@a.example\nTo: sam@sender.example\nSubject: Re: Lunch?\n\nAt noon.\n";

/// A folder of its own for a test, removed at the end.
struct Folder(PathBuf);

impl Folder {
    fn new(name: &str) -> Self {
        let folder = std::env::temp_dir().join(format!("smtp-codes-messages-{name}-{}", std::process::id()));
        let _ = fs::remove_dir_all(&folder);
        fs::create_dir_all(&folder).expect("a folder for the test can be made");
        Self(folder)
    }

    fn write(&self, name: &str, content: impl AsRef<[u8]>) -> PathBuf {
        let path = self.0.join(name);
        fs::create_dir_all(path.parent().expect("a file is in a folder")).expect("a folder can be made");
        fs::write(&path, content).expect("a file can be written");
        path
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

#[track_caller]
fn objects(run: &Run) -> Vec<Value> {
    run.stdout.lines().map(|line| serde_json::from_str(line).expect("each line is an object")).collect()
}

fn classify(paths: &[&Path]) -> Run {
    let options = ["classify", "--messages", "--json"].map(Into::into);
    run(options.into_iter().chain(paths.iter().map(|path| path.as_os_str().to_owned())))
}

/// The names of the files and the kinds of their messages.
fn kinds(objects: &[Value]) -> Vec<(String, String)> {
    let text = |value: &Value| value.as_str().expect("a text").to_owned();
    let name = |path: String| Path::new(&path).file_name().expect("a file").to_string_lossy().into_owned();
    objects.iter().map(|object| (name(text(&object["file"])), text(&object["kind"]))).collect()
}

#[test]
fn the_object_of_a_message_has_the_fields_of_the_contract() {
    let run = run_with_input(["classify", "--messages", "--json"], BOUNCE.as_bytes());
    assert_eq!((run.status, run.stderr.as_str()), (Some(0), ""));
    let objects = objects(&run);
    let [message] = &objects[..] else { panic!("one message: {objects:?}") };
    assert_eq!((&message["file"], &message["kind"]), (&"-".into(), &"failed".into()));
    assert_eq!(message["reporting_mta"], "mx.example");
    assert_eq!(message["original"]["message_id"], "<1@sender.example>");
    let ann = &message["recipients"][0];
    assert_eq!(ann["recipient"], "ann@a.example");
    assert_eq!((&ann["kind"], &ann["status"], &ann["reply"]), (&"failed".into(), &"5.1.1".into(), &550.into()));
    assert_eq!((&ann["remote_mta"], &ann["diagnostic"]), (&"mx.a.example".into(), &"550 5.1.1 User unknown".into()));
    let verdict = &ann["verdict"];
    assert_eq!((&verdict["reason"], &verdict["action"]), (&"mailbox-unknown".into(), &"suppress".into()));
    assert_eq!(verdict["matched"], serde_json::json!([10, 22]));
    assert_eq!(
        (&message["recipients"][1]["kind"], message["recipients"].as_array().map(Vec::len)),
        (&"delayed".into(), Some(2))
    );
}

#[test]
fn rows_tell_of_each_recipient() {
    let run = run_with_input(["classify", "--messages"], BOUNCE.as_bytes());
    let lines: Vec<&str> = run.stdout.lines().collect();
    assert_eq!(lines[0], "-  failed");
    assert!(
        lines[1].contains("ann@a.example") && lines[1].contains("mailbox-unknown") && lines[1].contains("suppress")
    );
    assert!(lines[2].contains("bob@b.example") && lines[2].contains("delayed") && lines[2].contains("mailbox-full"));
    assert_eq!(lines.len(), 3);
}

#[test]
fn a_mailbox_has_an_object_for_each_message() {
    let mailbox =
        format!("From MAILER-DAEMON Tue Nov  3 09:00:00 2026\n{BOUNCE}\nFrom ann Tue Nov  3 09:01:00 2026\n{MAIL}");
    let run = run_with_input(["classify", "--messages", "--json", "-"], mailbox.as_bytes());
    let objects = objects(&run);
    let numbered: Vec<_> = objects.iter().map(|object| (object["message"].as_u64(), object["kind"].as_str())).collect();
    assert_eq!(numbered, [(Some(1), Some("failed")), (Some(2), Some("not-a-report"))]);
}

#[test]
fn the_messages_of_folders_come_in_the_order_of_their_names() {
    let folder = Folder::new("order");
    folder.write("Maildir/cur/2:2,S", MAIL);
    folder.write("Maildir/new/1", BOUNCE);
    folder.write("Maildir/tmp/0", BOUNCE);
    folder.write("Maildir/dovecot.index", "no mail");
    folder.write("Maildir/.Bounces/cur/3:2,", BOUNCE);
    folder.write("plain/b.eml", BOUNCE);
    folder.write("plain/a.eml", MAIL);
    let run = classify(&[&folder.0.join("Maildir"), &folder.0.join("plain")]);
    assert_eq!((run.status, run.stderr.as_str()), (Some(0), ""));
    let found = kinds(&objects(&run));
    let expected = [
        ("3:2,", "failed"),
        ("2:2,S", "not-a-report"),
        ("1", "failed"),
        ("a.eml", "not-a-report"),
        ("b.eml", "failed"),
    ];
    assert_eq!(found, expected.map(|(name, kind)| (name.to_owned(), kind.to_owned())));
}

#[test]
fn what_cannot_be_read_is_named_and_the_others_go_on() {
    let folder = Folder::new("missing");
    let (good, empty, missing) =
        (folder.write("good.eml", BOUNCE), folder.write("empty.eml", ""), folder.0.join("gone.eml"));
    let run = classify(&[&missing, &empty, &good]);
    assert_eq!(run.status, Some(2));
    let lines: Vec<&str> = run.stderr.lines().collect();
    assert_eq!(lines.len(), 2, "{lines:?}");
    assert!(lines[0].starts_with("error: cannot read `") && lines[0].contains("gone.eml"), "{lines:?}");
    assert!(lines[0].to_lowercase().contains("no such file") || cfg!(windows), "{lines:?}");
    assert!(lines[1].contains("empty.eml") && lines[1].ends_with(": it is empty: expected a message"), "{lines:?}");
    assert_eq!(kinds(&objects(&run)), [("good.eml".to_owned(), "failed".to_owned())]);
}

#[cfg(unix)]
#[test]
fn a_message_that_vanishes_from_a_folder_is_named() {
    let folder = Folder::new("vanished");
    folder.write("new/1", BOUNCE);
    fs::create_dir_all(folder.0.join("cur")).expect("a folder can be made");
    std::os::unix::fs::symlink(folder.0.join("nowhere"), folder.0.join("new/0")).expect("a link can be made");
    let run = classify(&[&folder.0]);
    assert_eq!((run.status, objects(&run).len()), (Some(2), 1));
    assert!(run.stderr.contains("new/0"), "{}", run.stderr);
}

#[test]
fn a_message_that_is_too_long_is_named() {
    let folder = Folder::new("long");
    let mut long = BOUNCE.as_bytes().to_vec();
    long.resize((64 << 20) + 1, b'x');
    let (long, good) = (folder.write("long.eml", long), folder.write("short.eml", MAIL));
    let run = classify(&[&long, &good]);
    assert_eq!((run.status, objects(&run).len()), (Some(2), 1));
    assert!(run.stderr.contains("long.eml`: a message is longer than 64 MB"), "{}", run.stderr);
}

#[test]
fn hostile_text_never_reaches_the_terminal_raw() {
    let mail =
        BOUNCE.replace("ann@a.example", "ann@a.example\x1b[2J").replace("User unknown", "\x1b]0;x\x07\u{202e}gone");
    for command in [&["classify", "--messages"][..], &["explain"]] {
        let run = run_with_input(command.iter().copied(), mail.as_bytes());
        assert_eq!(run.status, Some(0), "{run:?}");
        let is_raw = |letter: char| (letter.is_control() && letter != '\n') || letter == '\u{202e}';
        assert!(!run.stdout.contains(is_raw), "{:?}", run.stdout);
    }
}

#[test]
fn explain_finds_out_by_itself_that_it_has_a_mail() {
    let run = run_with_input(["explain"], BOUNCE.as_bytes());
    assert_eq!((run.status, run.stderr.as_str()), (Some(0), ""));
    let titles: Vec<&str> = run.stdout.split("\n\n").filter_map(|page| page.lines().next()).collect();
    assert_eq!(titles[0], "failed  A report that a message was not delivered");
    assert!(run.stdout.contains("\n  Subject     Lunch?\n"), "{}", run.stdout);
    assert!(run.stdout.contains("ann@a.example  was not delivered\n  Host        mx.a.example\n  Codes       550 5.1.1\n\nmailbox-unknown  No such mailbox\n"), "{}", run.stdout);
    assert!(run.stdout.contains("bob@b.example  has not been delivered yet; more attempts follow\n"), "{}", run.stdout);
    let run = run_with_input(["explain", "--json"], BOUNCE.as_bytes());
    let objects = objects(&run);
    assert_eq!((objects.len(), &objects[0]["kind"]), (1, &"failed".into()));
}

#[test]
fn explain_says_of_other_mail_what_it_is() {
    let answer = "From: ann@a.example\nSubject: Out of office\nAuto-Submitted: auto-replied\n\nUntil Monday.\n";
    let run = run_with_input(["explain"], answer.as_bytes());
    assert_eq!(
        (run.status, run.stdout.as_str()),
        (Some(0), "auto-reply  An answer that a program has sent; it says nothing about the\n            delivery\n")
    );
    // In ordinary mail, the codes are explained as in any text.
    let run = run_with_input(["explain"], format!("{MAIL}\nIt said 550 5.1.1.\n").as_bytes());
    assert!(run.stdout.contains("5.1.1  "), "{}", run.stdout);
}

#[test]
fn users_own_rules_are_asked_first() {
    let folder = Folder::new("rules");
    let rules = "id = \"acme\"\nname = \"Acme\"\n\n[[rule]]\nid = \"acme-gone\"\nreason = \"mailbox-moved\"\n\
                 words = [\"user unknown\"]\nexamples = [\"550 5.1.1 User unknown\"]\n";
    let rules = folder.write("acme.toml", rules);
    let options = ["classify", "--messages", "--json", "--rules"].map(Into::into);
    let run = run_with_input(options.into_iter().chain([rules.into_os_string()]), BOUNCE.as_bytes());
    assert_eq!(objects(&run)[0]["recipients"][0]["verdict"]["rule"], "acme-gone", "{run:?}");
}
