//! `scan --follow`: a log that grows and is rotated.
#![cfg(unix)]

mod util;

use std::fs::{self, File};
use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::time::Duration;

use serde_json::Value;
use util::folder::Folder;
use util::program;

/// Long enough for a machine that has much else to do.
const PATIENCE: Duration = Duration::from_secs(60);

/// A program that follows, and the lines that it writes.
struct Follower {
    child: Child,
    lines: Receiver<String>,
}

impl Follower {
    fn new(arguments: &[&str]) -> Self {
        let mut child = program()
            .args(["scan", "--follow", "--interval", "1"])
            .args(arguments)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("the program starts");
        let stdout = BufReader::new(child.stdout.take().expect("standard output is a pipe"));
        let (send, lines) = channel();
        std::thread::spawn(move || stdout.lines().map_while(Result::ok).try_for_each(|line| send.send(line)));
        Self { child, lines }
    }

    /// Waits for a line that holds these words.
    #[track_caller]
    fn wait_for(&self, words: &str) -> String {
        let mut seen = Vec::new();
        loop {
            match self.lines.recv_timeout(PATIENCE) {
                Ok(line) if line.contains(words) => return line,
                Ok(line) => seen.push(line),
                Err(error) => panic!("{words} did not come ({error}) after {seen:#?}"),
            }
        }
    }

    /// Presses Ctrl-C; gives the rest of what it writes, its messages and its exit status.
    fn interrupt(mut self) -> (Vec<String>, String, Option<i32>) {
        let killed = Command::new("kill").args(["-INT", &self.child.id().to_string()]).status();
        assert!(killed.is_ok_and(|status| status.success()));
        let status = self.child.wait().expect("it ends").code();
        let mut messages = String::new();
        std::io::Read::read_to_string(&mut self.child.stderr.take().expect("a pipe"), &mut messages)
            .expect("messages are UTF-8");
        (self.lines.iter().collect(), messages, status)
    }
}

fn append(file: &Path, count: usize, status: &str) {
    let dsn = match status {
        "sent" => "2.0.0",
        "deferred" => "4.4.1",
        _ => "5.1.1",
    };
    let line = format!(
        "2026-01-05T09:00:01+00:00 out1 postfix/smtp[1]: 4F1: to=<ann@a.example>, relay=none, delay=1, delays=1/0/0/0, dsn={dsn}, status={status} (said so)\n"
    );
    let mut file = File::options().append(true).create(true).open(file).expect("the file opens");
    file.write_all(line.repeat(count).as_bytes()).expect("the file is written");
}

#[test]
fn a_log_is_followed_as_it_grows_and_is_rotated() {
    let folder = Folder::new("follow-rotated");
    let (log, old) = (folder.path("mail.log"), folder.path("mail.log.1"));
    append(&log, 3, "sent");
    let follower = Follower::new(&[log.to_str().expect("UTF-8")]);
    follower.wait_for("delivered 3  deferred 0");
    append(&log, 2, "deferred");
    follower.wait_for("delivered 3  deferred 2");
    fs::rename(&log, &old).expect("it is renamed");
    append(&old, 1, "deferred");
    append(&log, 4, "sent");
    follower.wait_for("delivered 7  deferred 3");
    File::create(&log).expect("it is emptied");
    // So that it is seen to be shorter before it is longer again.
    std::thread::sleep(Duration::from_secs(1));
    append(&log, 1, "bounced");
    follower.wait_for("delivered 7  deferred 3  failed 1");
    let (rest, messages, status) = follower.interrupt();
    assert_eq!((messages.as_str(), status), ("", Some(0)));
    let rest = rest.join("\n");
    assert!(rest.contains("How attempts ended") && rest.contains("  11 lines, 11 of them counted"), "{rest}");
}

#[test]
fn objects_come_one_a_line_and_files_are_kept_up() {
    let folder = Folder::new("follow-objects");
    let (log, page, list) = (folder.path("mail.log"), folder.path("page.html"), folder.path("list.txt"));
    append(&log, 1, "sent");
    let text = |path: &Path| path.to_str().expect("UTF-8").to_owned();
    let arguments = ["--json", &text(&log), "--html", &text(&page), "--suppressions", &text(&list)];
    let follower = Follower::new(&arguments);
    let first: Value = serde_json::from_str(&follower.wait_for("\"delivered\":1")).expect("an object");
    assert_eq!(first["type"], "scan");
    append(&log, 2, "deferred");
    follower.wait_for("\"deferred\":2");
    let (_, messages, status) = follower.interrupt();
    assert_eq!((messages.as_str(), status), ("", Some(0)));
    assert!(folder.read("page.html").contains("</html>"));
    assert_eq!(folder.read("list.txt"), "");
}

#[test]
fn standard_input_is_followed_to_its_end() {
    let mut follower = Follower::new(&["-"]);
    let mut stdin = follower.child.stdin.take().expect("a pipe");
    let line = "2026-01-05T09:00:01+00:00 out1 postfix/smtp[1]: 4F1: to=<ann@a.example>, relay=none, delay=1, delays=1/0/0/0, dsn=2.0.0, status=sent (ok)\n";
    stdin.write_all(line.as_bytes()).expect("it reads");
    follower.wait_for("delivered 1");
    stdin.write_all(line.as_bytes()).expect("it reads");
    drop(stdin);
    follower.wait_for("  2 lines, 2 of them counted");
    assert_eq!(follower.child.wait().expect("it ends").code(), Some(0));
}

#[test]
fn a_file_that_is_not_there_yet_is_told_once_and_waited_for() {
    let folder = Folder::new("follow-late");
    let log = folder.path("mail.log");
    let follower = Follower::new(&[log.to_str().expect("UTF-8")]);
    follower.wait_for("delivered 0");
    append(&log, 1, "sent");
    follower.wait_for("delivered 1");
    let (_, messages, status) = follower.interrupt();
    assert_eq!(messages.lines().count(), 1, "{messages}");
    assert!(messages.starts_with(&format!("error: cannot read `{}`: ", log.display())), "{messages}");
    assert_eq!(status, Some(0));
}
