//! Runs the program and holds what it said.
#![allow(dead_code, reason = "each test file uses its own part")]

pub(crate) mod folder;
pub(crate) mod maillog;

use std::ffi::OsStr;
use std::io::Write;
use std::process::{Command, Stdio};

/// What a run left behind.
#[derive(Debug)]
pub(crate) struct Run {
    pub(crate) stdout: String,
    pub(crate) stderr: String,
    pub(crate) status: Option<i32>,
}

/// The program in an environment that says nothing of colours.
pub(crate) fn program() -> Command {
    let mut program = Command::new(env!("CARGO_BIN_EXE_smtp-codes"));
    for name in ["NO_COLOR", "CLICOLOR", "CLICOLOR_FORCE"] {
        program.env_remove(name);
    }
    program
}

/// Runs the program with these arguments and an empty standard input.
pub(crate) fn run<A: AsRef<OsStr>>(arguments: impl IntoIterator<Item = A>) -> Run {
    run_with_input(arguments, b"")
}

/// Runs the program with these arguments and this standard input.
pub(crate) fn run_with_input<A: AsRef<OsStr>>(arguments: impl IntoIterator<Item = A>, input: &[u8]) -> Run {
    let mut program = program();
    program.args(arguments).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = program.spawn().expect("the program starts");
    let mut stdin = child.stdin.take().expect("standard input is a pipe");
    std::thread::scope(|scope| {
        // The program may end without reading it all.
        scope.spawn(move || {
            let _ = stdin.write_all(input);
        });
        let output = child.wait_with_output().expect("the program ends");
        Run {
            stdout: String::from_utf8(output.stdout).expect("results are UTF-8"),
            stderr: String::from_utf8(output.stderr).expect("messages are UTF-8"),
            status: output.status.code(),
        }
    })
}

/// Runs a query that must fail and gives the message.
#[track_caller]
pub(crate) fn error<A: AsRef<OsStr>>(status: i32, arguments: impl IntoIterator<Item = A>) -> String {
    let run = run(arguments);
    assert_eq!(run.status, Some(status), "{run:?}");
    let message = run.stderr.strip_prefix("error: ").expect("a message begins with `error:`");
    message.trim_end_matches('\n').to_owned()
}
