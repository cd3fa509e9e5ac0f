//! Says what was found: faults on stdout, one a line.

use std::io::{self, Write};

use anyhow::Result;
use clap::ValueEnum;
use smtp_codes_data::Fault;

/// How faults are written.
#[derive(Clone, Copy, Debug, Eq, PartialEq, ValueEnum)]
pub(crate) enum Format {
    /// `replies.toml:12: reply 550: meaning[0].refs[0]: expected …, found …`
    Text,
    /// One JSON object a line: file, line, entry, key, expected, found
    Json,
}

/// Writes all faults, and a closing line: to stdout behind a text, to stderr beside JSON.
pub(super) fn write(format: Format, faults: &[Fault], closing: &str) -> Result<()> {
    let mut out = io::stdout().lock();
    for fault in faults {
        match format {
            Format::Text => writeln!(out, "{fault}")?,
            Format::Json => writeln!(out, "{}", serde_json::to_string(fault)?)?,
        }
    }
    match format {
        Format::Text => writeln!(out, "{closing}")?,
        Format::Json => eprintln!("{closing}"),
    }
    Ok(())
}

/// `1 fault`, `2 faults`.
pub(super) fn count(number: usize, noun: &str) -> String {
    format!("{number} {noun}{}", if number == 1 { "" } else { "s" })
}
