use std::ffi::OsString;

use clap::builder::{PossibleValuesParser, TypedValueParser};
use smtp_codes::log::Format;

/// What `scan` understands.
#[derive(Debug, clap::Args)]
pub(crate) struct ScanOptions {
    /// Mail logs, or `-` for standard input, which is also read without any
    ///
    /// Rotated and compressed files may be given in any order: the one that begins first is read first.
    #[arg(value_name = "FILE")]
    pub(crate) files: Vec<OsString>,
    /// Count only what happened at this time or later
    ///
    /// A date (2026-01-05), a date and time (2026-01-05T10:30, with an offset or Z at will), a time of today (10:30), `today`,
    /// `yesterday`, or a time ago: 30m, 2h, 7d, 2w. Lines without a time do not count then.
    #[arg(long, value_name = "TIME")]
    pub(crate) since: Option<String>,
    /// Count only what happened before this time
    ///
    /// Written as for --since; a date alone counts to its end.
    #[arg(long, value_name = "TIME")]
    pub(crate) until: Option<String>,
    /// The year of the first stamp that has none
    ///
    /// Without it, the log is taken to end before the last change of its file.
    #[arg(long, value_name = "YEAR", value_parser = clap::value_parser!(u16).range(1970..=9999))]
    pub(crate) year: Option<u16>,
    /// How many entries each list has: 5 if not said
    #[arg(long, value_name = "N", default_value_t = 5, hide_default_value = true, value_parser = clap::value_parser!(u16).range(1..=1000))]
    pub(crate) top: u16,
    /// Hide addresses and host numbers in what is shown
    ///
    /// The list of --suppressions still has its addresses.
    #[arg(long)]
    pub(crate) redact: bool,
    /// Write the addresses to stop mailing to this file
    ///
    /// Only those whose mail failed for good with a verdict to suppress, and that nothing was delivered to since. One a line;
    /// if the name ends in `.csv`, with the reason, the rule or code, the time and the reply.
    #[arg(long, value_name = "FILE")]
    pub(crate) suppressions: Option<OsString>,
    /// Write the summary as a page to this file
    ///
    /// It needs no network and runs no script.
    #[arg(long, value_name = "FILE")]
    pub(crate) html: Option<OsString>,
    /// Keep watching the files as they grow and are rotated
    ///
    /// On a terminal the summary is drawn anew; elsewhere a line, or with --json an object, is written whenever something has
    /// happened. Ctrl-C ends it with the whole summary.
    #[arg(long)]
    pub(crate) follow: bool,
    /// Of --follow: how many seconds apart the summaries come, 2 if not said
    #[arg(long, value_name = "SECONDS", default_value_t = 2, hide_default_value = true, requires = "follow", value_parser = clap::value_parser!(u16).range(1..=3600))]
    pub(crate) interval: u16,
    /// The format of the logs, where it is not to be found out
    #[arg(long, value_name = "FORMAT", ignore_case = true, value_parser = format())]
    pub(crate) format: Option<Format>,
    /// Judge by the rules in this file first
    ///
    /// It is TOML with the keys of the catalogue's own rules; `smtp-codes rules check FILE` checks it.
    #[arg(long, value_name = "FILE")]
    pub(crate) rules: Option<OsString>,
}

fn format() -> impl TypedValueParser<Value = Format> {
    let names = Format::ALL.iter().map(|format| format.as_str());
    PossibleValuesParser::new(names).try_map(|name| name.to_lowercase().parse::<Format>())
}
