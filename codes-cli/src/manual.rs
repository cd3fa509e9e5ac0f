//! Documents made from the same definitions as `--help`.

use anyhow::{Result, anyhow};
use clap::{Command, CommandFactory};
use clap_complete::Shell;
use clap_mangen::Man;

use crate::args::Args;
use crate::exit::Outcome;
use crate::output::Output;
use crate::shown::quoted;

/// Writes the completions for a shell.
pub(crate) fn completions(shell: Shell, out: &mut Output) -> Result<Outcome> {
    // Made in memory, as the generator can't take that its output is closed.
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut Args::command(), "smtp-codes", &mut script);
    out.raw(&script)?;
    Ok(Outcome::Found)
}

/// Writes the manual page of the program or of one of its commands.
pub(crate) fn page(task: Option<&str>, out: &mut Output) -> Result<Outcome> {
    let mut program = Args::command();
    program.build();
    let wanted = match task {
        None => program,
        Some(name) => program.find_subcommand(name).cloned().ok_or_else(|| unknown(name, &program))?,
    };
    let mut page = Vec::new();
    Man::new(wanted).render(&mut page)?;
    out.raw(&page)?;
    Ok(Outcome::Found)
}

fn unknown(name: &str, program: &Command) -> anyhow::Error {
    let names: Vec<_> = program.get_subcommands().map(Command::get_name).collect();
    anyhow!("there is no command {}: expected one of {}", quoted(name.as_bytes()), names.join(", "))
}
