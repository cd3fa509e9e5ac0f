//! The command line of [smtp-codes](https://crates.io/crates/smtp-codes): what a mail server said, explained and sourced.
//!
//! It holds no facts of its own: every answer comes from the library's catalogue.

mod args;
mod classify;
mod excerpt;
mod exit;
mod explain;
mod facts;
mod fingerprint;
mod input;
mod json;
mod list;
mod lookup;
mod manual;
mod messages;
mod nearest;
mod output;
mod page;
mod parts;
mod places;
mod quote;
mod redact;
mod render;
mod rules;
mod scan;
mod search;
mod shown;
mod sources;
mod style;
mod subject;

use std::ffi::OsString;
use std::io::{self, Write};

use anstream::AutoStream;
use anyhow::{Result, bail};
use clap::Parser;

use args::{Args, Color, RulesTask, Task};
use exit::Outcome;
use output::Output;
use rules::Rules;

/// Runs the command line with these arguments, of which the first is the program's name, and gives its exit code.
pub fn run(arguments: impl IntoIterator<Item = OsString>) -> u8 {
    let arguments: Vec<OsString> = arguments.into_iter().collect();
    let args = match Args::try_parse_from(&arguments) {
        Ok(args) => args,
        Err(error) => return help_or_error(error, &arguments),
    };
    let color = args.options.color.into();
    let is_of_stream = args.options.json || matches!(&args.task, Some(Task::Classify(wanted)) if !wanted.messages);
    let mut output = Output::new(color, is_of_stream);
    match perform(args, &mut output) {
        Ok(outcome) => outcome.into(),
        // Whoever reads has seen enough: `smtp-codes list enhanced | head` is no error.
        Err(error) if is_closed_pipe(&error) => Outcome::Found.into(),
        Err(error) => {
            output::error(&format!("{error:#}"), color);
            Outcome::Bad.into()
        }
    }
}

fn perform(args: Args, out: &mut Output) -> Result<Outcome> {
    let options = args.options;
    let outcome = match args.task {
        None if args.queries.is_empty() => {
            bail!("no query: expected a code such as 550 or 5.7.1; see smtp-codes --help")
        }
        None => lookup::run(&args.queries, &options, out)?,
        Some(Task::Explain { text, plain, rules }) => {
            let rules = Rules::read(rules.as_ref(), out)?;
            explain::run(&text, plain, &rules, &options, out)?
        }
        Some(Task::Classify(wanted)) => {
            let rules = Rules::read(wanted.rules.as_ref(), out)?;
            if wanted.messages {
                messages::run(&wanted.files, &rules, &options, out)?
            } else {
                classify::run(wanted, rules, &options, out)?
            }
        }
        Some(Task::Scan(wanted)) => scan::run(&wanted, &options, out)?,
        Some(Task::List { kind, reason }) => list::run(kind, reason, &options, out)?,
        Some(Task::Search { words }) => search::run(&words, &options, out)?,
        Some(Task::Rules { task: RulesTask::Check { file } }) => rules::check(&file, out)?,
        Some(Task::Completions { shell }) => manual::completions(shell, out)?,
        Some(Task::Man { task }) => manual::page(task.as_deref(), out)?,
    };
    out.flush()?;
    Ok(outcome)
}

/// Shows help or version, or says what is wrong with the arguments.
fn help_or_error(error: clap::Error, arguments: &[OsString]) -> u8 {
    // The message quotes the arguments, so it is made anew from harmless ones.
    let is_message = error.use_stderr();
    let harmless = || arguments.iter().map(|argument| shown::cut(&shown::shown(argument.as_encoded_bytes()), 200));
    let error = if is_message { Args::try_parse_from(harmless()).err().unwrap_or(error) } else { error };
    let text = error.render().ansi().to_string();
    let color = Color::in_arguments(arguments).into();
    // Nobody is left to be told of a closed output.
    let _ = if is_message {
        AutoStream::new(io::stderr(), color).write_all(text.as_bytes())
    } else {
        AutoStream::new(io::stdout(), color).write_all(text.as_bytes())
    };
    if is_message { Outcome::Bad.into() } else { Outcome::Found.into() }
}

fn is_closed_pipe(error: &anyhow::Error) -> bool {
    let causes = error.chain().filter_map(|cause| cause.downcast_ref::<io::Error>());
    causes.into_iter().any(|cause| cause.kind() == io::ErrorKind::BrokenPipe)
}
