//! Users' own rules.

mod util;

use std::path::PathBuf;

use util::{Run, run, run_with_input};

const ACME: &str = r#"id = "acme"
name = "Acme's relays"

[[rule]]
id = "acme-left"
reason = "mailbox-disabled"
words = ["user unknown * (has left|is no longer with) acme"]
examples = ["550 5.1.1 <ann@a.example>: user unknown: ann has left Acme"]
"#;

/// A file with this text for as long as the value lives.
struct File(PathBuf);

impl File {
    fn new(name: &str, text: impl AsRef<[u8]>) -> Self {
        let path = std::env::temp_dir().join(format!("smtp-codes-{}-{name}.toml", std::process::id()));
        std::fs::write(&path, text).expect("the file is written");
        Self(path)
    }

    fn name(&self) -> &str {
        self.0.to_str().expect("the name is UTF-8")
    }
}

impl Drop for File {
    fn drop(&mut self) {
        let _ = std::fs::remove_file(&self.0);
    }
}

#[test]
fn own_rules_come_before_the_built_in_ones() {
    let file = File::new("before", ACME);
    let text = "550 user unknown: bob has left ACME";
    let of_catalogue = run_with_input(["classify"], text.as_bytes()).stdout;
    assert!(of_catalogue.contains(" en-user-unknown "), "{of_catalogue}");
    let own = run_with_input(["classify", "--rules", file.name()], text.as_bytes()).stdout;
    assert!(own.starts_with("mailbox-disabled ") && own.contains(" acme-left "), "{own}");
    let explained = run(["explain", "--rules", file.name(), text]).stdout;
    assert!(explained.contains("by the rule acme-left\n"), "{explained}");
    // The others still count.
    let others = run_with_input(["classify", "--rules", file.name()], b"550 Mailbox full").stdout;
    assert!(others.contains(" en-mailbox-full "), "{others}");
}

#[test]
fn a_file_without_faults_is_counted() {
    let file = File::new("counted", ACME);
    let run = run(["rules", "check", file.name()]);
    assert_eq!(run.stdout, format!("{}: 1 rule, no faults\n", file.name()));
    assert_eq!((run.status, run.stderr.as_str()), (Some(0), ""));
}

#[track_caller]
fn has_faults(run: &Run, file: &File, status: i32) {
    let messages: Vec<&str> = run.stderr.lines().collect();
    assert_eq!(messages.len(), 2, "{run:?}");
    assert_eq!(
        messages[0],
        format!("{}:6: rule acme-left: reason: expected a reason of the catalogue, found `mailbox-left`", file.name())
    );
    assert_eq!(messages[1], format!("error: 1 fault in `{}`", file.name()));
    assert_eq!((run.status, run.stdout.as_str()), (Some(status), ""));
}

#[test]
fn faults_are_said_with_their_lines() {
    let file = File::new("f", ACME.replace("-disabled", "-left"));
    has_faults(&run(["rules", "check", file.name()]), &file, 1);
    has_faults(&run_with_input(["classify", "--rules", file.name()], b"550"), &file, 2);
    has_faults(&run(["explain", "550", "--rules", file.name()]), &file, 2);
}

#[test]
fn an_example_of_another_rule_is_a_fault() {
    let file = File::new("example", ACME.replace(": ann has left Acme", ""));
    let run = run(["rules", "check", file.name()]);
    assert_eq!(run.status, Some(1));
    assert!(
        run.stderr.contains(":8: rule acme-left: examples[0]: ") && run.stderr.contains("en-user-unknown"),
        "{run:?}"
    );
}

#[test]
fn what_is_no_file_of_rules_is_an_error() {
    let file = File::new("bytes", b"id = \"a\"\nname = \"\xff\"\n");
    let runs = [run(["rules", "check", file.name()]), run(["explain", "550", "--rules", file.name()])];
    for run in runs {
        assert_eq!(run.stderr, format!("error: cannot read `{}`: line 2 is not UTF-8: expected TOML\n", file.name()));
        assert_eq!(run.status, Some(2));
    }
    let folder = run(["rules", "check", "tests"]);
    assert_eq!(folder.stderr, "error: cannot read `tests`: it is a folder: expected a file of rules\n");
    assert_eq!(run(["rules", "check", "no-such-file"]).status, Some(2));
}

#[test]
fn control_characters_in_faults_are_made_visible() {
    let file = File::new("escape", ACME.replace("mailbox-disabled", "\\u001b[31m"));
    let run = run(["rules", "check", file.name()]);
    assert!(run.stderr.contains("\\x1b[31m") && !run.stderr.contains('\x1b'), "{run:?}");
}
