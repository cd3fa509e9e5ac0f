//! The summary of a log that grows: drawn anew on a terminal, elsewhere a line or an object at a time.

use std::ffi::OsStr;
use std::io;
use std::time::Duration;

use anstream::adapter::strip_str;
use anyhow::Result;
use smtp_codes::log::Outcome;

use super::bars::number;
use super::options::ScanOptions;
use super::reading::LogFile;
use super::summary::Summary;
use super::tally::Tally;
use super::{json, text, write_files};
use crate::args::Options;
use crate::input;
use crate::output::Output;
use crate::shown::width;

/// Where and how it is shown.
pub(crate) struct Screen<'a> {
    wanted: &'a ScanOptions,
    is_of_objects: bool,
    zone: &'a str,
    out: &'a mut Output,
    /// Whether something has come that is not shown yet.
    pub(crate) has_news: bool,
}

/// Goes to the top left corner; clears from there to the end of a line, and of the screen.
const HOME: &str = "\x1b[H";
const CLEAR_LINE: &str = "\x1b[K";
const CLEAR_REST: &str = "\x1b[J";

impl<'a> Screen<'a> {
    pub(crate) fn new(wanted: &'a ScanOptions, options: &Options, zone: &'a str, out: &'a mut Output) -> Self {
        Self { wanted, is_of_objects: options.json, zone, out, has_news: true }
    }

    pub(crate) fn interval(&self) -> Duration {
        Duration::from_secs(self.wanted.interval.into())
    }

    /// Shows how it is now, if it is not as it was.
    pub(crate) fn show(&mut self, tally: &mut Tally<'_>, files: &[LogFile]) -> Result<()> {
        if !std::mem::take(&mut self.has_news) {
            return Ok(());
        }
        let summary = Summary::of(tally, files, self.zone);
        if self.is_of_objects {
            self.out.object(&json::Object::of(&summary, self.wanted))?;
        } else if let Some(rows) = self.out.rows() {
            let page = text::page(&summary, self.wanted, self.out.columns());
            self.draw(&page, rows)?;
        } else {
            self.out.raw(line(&summary).as_bytes())?;
        }
        self.out.flush()?;
        write_files(&summary, self.wanted)
    }

    /// As much of the page as fits, over what was there, so that nothing flickers.
    fn draw(&mut self, page: &str, rows: usize) -> io::Result<()> {
        self.out.control(HOME)?;
        let mut left = rows.saturating_sub(1);
        for line in page.lines() {
            // A long address takes several rows.
            let columns = width(&strip_str(line).to_string());
            let Some(rest) = left.checked_sub(columns.div_ceil(self.out.columns()).max(1)) else { break };
            left = rest;
            self.out.raw(line.as_bytes())?;
            self.out.control(CLEAR_LINE)?;
            self.out.raw(b"\n")?;
        }
        self.out.control(CLEAR_REST)
    }

    /// Shows how it is in the end.
    pub(crate) fn end(&mut self, tally: &mut Tally<'_>, files: &[LogFile]) -> Result<()> {
        if self.is_of_objects {
            return self.show(tally, files);
        }
        let summary = Summary::of(tally, files, self.zone);
        if self.out.rows().is_some() {
            self.out.control(HOME)?;
            self.out.control(CLEAR_REST)?;
        }
        self.out.raw(text::page(&summary, self.wanted, self.out.columns()).as_bytes())?;
        self.out.flush()?;
        write_files(&summary, self.wanted)
    }

    /// Says that a file can't be read.
    pub(crate) fn error(&mut self, name: &OsStr, error: &io::Error) -> io::Result<()> {
        self.out.error(&format!("cannot read {}: {error}", input::name(name)))
    }
}

/// `2026-01-05T10:30:00  delivered 1,234  deferred 12 …`: when the last of it happened, and how much in all.
fn line(summary: &Summary<'_, '_>) -> String {
    let outcomes = &summary.tally.outcomes;
    let time = summary.tally.last.map_or("-".to_owned(), |last| last.to_string());
    let counts = [
        (Outcome::Delivered, outcomes.delivered),
        (Outcome::Deferred, outcomes.deferred),
        (Outcome::Failed, outcomes.failed),
        (Outcome::Expired, outcomes.expired),
        (Outcome::Rejected, outcomes.rejected),
    ];
    let counts = counts.map(|(outcome, count)| format!("  {outcome} {}", number(count)));
    format!("{time}{}\n", counts.concat())
}
