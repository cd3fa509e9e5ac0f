//! `cargo xtask test`: the one command that passes every test.

mod page;
mod process;
mod python;
mod rust;
mod workspace;

use std::path::PathBuf;
use std::process::ExitCode;
use std::time::Instant;

use anyhow::{Context, Result, bail};
use clap::{Args, ValueEnum};

use crate::{root, validate};
use workspace::Workspace;

/// Run every test: Rust, catalogue, Python and packages
///
/// Stops at the first step that fails, with exit code 1. Needs Rust with rustfmt and clippy, and Python 3 with its module
/// venv; everything else is declared by the project and fetched.
#[derive(Args)]
pub(crate) struct Arguments {
    /// Run only this step; may be given several times
    #[arg(long, value_enum, value_name = "STEP")]
    only: Vec<Step>,
    /// Folder of the RFC texts for `validate` [default: rfc in the repository, where that is]
    #[arg(long, value_name = "DIR", env = "SMTP_CODES_RFC_DIR")]
    rfc_dir: Option<PathBuf>,
    /// Folder of the IANA registries for `validate`
    #[arg(long, value_name = "DIR", env = "SMTP_CODES_IANA_DIR")]
    iana_dir: Option<PathBuf>,
}

/// One step, in the order in which they run.
#[derive(Clone, Copy, Debug, Eq, PartialEq, ValueEnum)]
enum Step {
    /// The format of the Rust code
    Format,
    /// Clippy, without a warning
    Lint,
    /// Unit, integration and doc tests of all crates
    Rust,
    /// The crate smtp-codes with each of its features alone, with none and with all
    Features,
    /// The crate smtp-codes on a target without a standard library, where one is installed
    NoStd,
    /// The documentation, without a warning
    Docs,
    /// The catalogue, against the texts where they are
    Validate,
    /// The page of `scan --html`, in a headless Chromium where one is installed
    Page,
    /// The Python package in a virtual environment: its tests, its types, its stubs
    Python,
    /// Columns and the recipes for them, with the libraries themselves, from pandas to Spark
    Scale,
    /// The Python source distribution, built and installed outside the repository
    Sdist,
    /// The package of every published crate, built as its users will
    Package,
}

/// Runs the steps.
pub(crate) fn run(arguments: &Arguments) -> Result<ExitCode> {
    let workspace = Workspace::read()?;
    let chosen = |step: &&Step| arguments.only.is_empty() || arguments.only.contains(step);
    let start = Instant::now();
    for step in Step::value_variants().iter().filter(chosen) {
        let name = step.to_possible_value().map(|value| value.get_name().to_owned()).unwrap_or_default();
        println!("== {name}");
        let start = Instant::now();
        let result = perform(*step, arguments, &workspace);
        let seconds = start.elapsed().as_secs_f32();
        match result {
            Ok(()) => println!("== {name}: passed in {seconds:.1} s"),
            Err(error) => {
                println!("== {name}: failed after {seconds:.1} s: {error:#}");
                return Ok(ExitCode::FAILURE);
            }
        }
    }
    println!("== all passed in {:.1} s", start.elapsed().as_secs_f32());
    Ok(ExitCode::SUCCESS)
}

fn perform(step: Step, arguments: &Arguments, workspace: &Workspace) -> Result<()> {
    match step {
        Step::Format => rust::format(),
        Step::Lint => rust::lint(),
        Step::Rust => rust::test(),
        Step::Features => rust::features(workspace),
        Step::NoStd => rust::no_std(),
        Step::Docs => rust::docs(),
        Step::Validate => catalogue(arguments),
        Step::Page => page::test(),
        Step::Python => python::test(workspace),
        Step::Scale => python::scale(workspace),
        Step::Sdist => python::sdist(workspace),
        Step::Package => rust::package(workspace),
    }
}

fn catalogue(arguments: &Arguments) -> Result<()> {
    let fetched = root::root().join("rfc");
    let there = fetched.join("rfc-index.txt").exists();
    let rfc_dir = arguments.rfc_dir.clone().or_else(|| there.then_some(fetched));
    for (what, dir) in [("RFCs", &rfc_dir), ("registries", &arguments.iana_dir)] {
        match dir {
            Some(dir) => println!("   {what}: {}", dir.display()),
            None => println!("   {what}: no texts here, what was proven is in the lock"),
        }
    }
    let code = validate::run(&validate::Arguments {
        rfc_dir,
        iana_dir: arguments.iana_dir.clone(),
        format: validate::Format::Text,
        update_lock: false,
        catalogue: None,
        lock: None,
        exceptions: None,
    });
    if code.context("the catalogue was not validated")? != ExitCode::SUCCESS {
        bail!("the catalogue has faults");
    }
    Ok(())
}
