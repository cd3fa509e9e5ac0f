//! `cargo xtask test` with a cargo that only says what it was asked for.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::PathBuf;
use std::process::Output;

use crate::support::{Fixture, xtask};

const METADATA: &str = r#"{"target_directory":"/nowhere","packages":[
    {"name":"smtp-codes","publish":null,"features":{"default":[],"alloc":[],"std":["alloc"]}},
    {"name":"xtask","publish":[],"features":{}}]}"#;

/// A script in place of cargo: it writes its arguments to a file and fails where they begin with `failing`.
fn cargo(name: &str, failing: &str) -> (PathBuf, PathBuf) {
    let folder = Fixture::new(name).folder;
    let (script, log) = (folder.join("cargo"), folder.join("log"));
    let text = format!(
        "#!/bin/sh\nif [ \"$1\" = metadata ]; then echo '{METADATA}'; exit 0; fi\n\
         echo \"$@\" >> '{}'\nif [ \"$1\" = '{failing}' ]; then exit 3; fi\n",
        log.display()
    );
    fs::write(&script, text).unwrap();
    fs::set_permissions(&script, fs::Permissions::from_mode(0o755)).unwrap();
    (script, log)
}

fn run(script: &PathBuf, steps: &[&str]) -> Output {
    let mut command = xtask("test");
    for step in steps {
        command.args(["--only", step]);
    }
    command.env("CARGO", script).env_remove("CI").output().unwrap()
}

#[test]
fn each_step_asks_cargo_for_its_part() {
    let (script, log) = cargo("steps", "nothing");
    let output = run(&script, &["package", "format", "lint", "rust", "features", "docs"]);
    let expected = "\
fmt --all --check
clippy --workspace --all-targets --all-features -- -D warnings
test --workspace
test --package smtp-codes --no-default-features
test --package smtp-codes --no-default-features --features alloc
test --package smtp-codes --no-default-features --features std
test --package smtp-codes --all-features
doc --workspace --no-deps --all-features
package --workspace --exclude xtask --allow-dirty
";
    assert_eq!(fs::read_to_string(log).unwrap(), expected);
    assert_eq!(output.status.code(), Some(0));
    assert!(String::from_utf8_lossy(&output.stdout).contains("\n== all passed in "));
}

#[test]
fn the_page_is_looked_at_where_there_is_a_browser() {
    let (script, log) = cargo("page", "nothing");
    let step = |browser: &str, ci: &str| {
        let mut command = xtask("test");
        command.args(["--only", "page"]).env("CARGO", &script).env("SMTP_CODES_BROWSER", browser).env("CI", ci);
        command.env("PATH", "/no-such-folder").output().unwrap()
    };
    let output = step("/usr/bin/a-browser", "");
    assert_eq!(output.status.code(), Some(0));
    let asked = fs::read_to_string(&log).unwrap();
    assert_eq!(asked, "test --package smtp-codes-cli --test scan_page -- --include-ignored\n");
    let output = step("", "");
    assert_eq!(output.status.code(), Some(0));
    assert!(String::from_utf8_lossy(&output.stdout).contains("   skipped: no Chromium here"));
    assert_eq!(step("", "true").status.code(), Some(1));
    assert_eq!(fs::read_to_string(&log).unwrap(), asked);
}

#[test]
fn the_first_step_that_fails_is_named_and_ends_the_run() {
    let (script, log) = cargo("failing", "clippy");
    let output = run(&script, &["format", "lint", "rust"]);
    let stdout = String::from_utf8_lossy(&output.stdout);
    let last = stdout.lines().last().unwrap();
    assert!(last.starts_with("== lint: failed after "), "{last}");
    let end = ": `cargo clippy --workspace --all-targets --all-features -- -D warnings`: exit status: 3";
    assert!(last.ends_with(end), "{last}");
    assert!(!fs::read_to_string(log).unwrap().contains("test --workspace"));
    assert_eq!(output.status.code(), Some(1));
}

#[test]
fn an_unknown_step_is_refused() {
    let (script, _) = cargo("unknown", "nothing");
    let output = run(&script, &["everything"]);
    let stderr = String::from_utf8_lossy(&output.stderr);
    assert!(stderr.starts_with("error: invalid value 'everything' for '--only <STEP>'\n"), "{stderr}");
    assert_eq!(output.status.code(), Some(2));
}
