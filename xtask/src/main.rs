//! Maintainers' tasks: `cargo xtask validate`, `cargo xtask rfcs` and `cargo xtask test`.

mod rfcs;
mod root;
mod test;
mod validate;

use std::process::ExitCode;

use clap::{Parser, Subcommand};

/// Maintainers' tasks of smtp-codes.
#[derive(Parser)]
#[command(name = "cargo xtask", bin_name = "cargo xtask")]
struct Arguments {
    #[command(subcommand)]
    task: Task,
}

#[derive(Subcommand)]
enum Task {
    Validate(validate::Arguments),
    Rfcs(rfcs::Arguments),
    Test(test::Arguments),
}

fn main() -> ExitCode {
    let result = match Arguments::parse().task {
        Task::Validate(arguments) => validate::run(&arguments),
        Task::Rfcs(arguments) => rfcs::run(&arguments),
        Task::Test(arguments) => test::run(&arguments),
    };
    result.unwrap_or_else(|error| {
        eprintln!("error: {error:#}");
        ExitCode::from(2)
    })
}
