//! A mail log summed up: `reading` and `lines` hand `event`s on, `tally` counts them, `summary` sorts, and the rest shows.

mod bars;
mod causes;
mod event;
mod follow;
mod groups;
mod html;
mod json;
mod lines;
mod moment;
mod options;
mod outcomes;
mod plot;
mod progress;
mod reading;
mod retries;
mod screen;
mod source;
mod summary;
mod suppressions;
mod tail;
mod tally;
mod text;
mod timeline;
mod window;
mod years;

use std::ffi::OsStr;
use std::fs;
use std::io;
use std::sync::Arc;

use anyhow::{Context, Result, anyhow};

use crate::args::Options;
use crate::exit::Outcome;
use crate::input;
use crate::output::Output;
use crate::rules::Rules;
use lines::Reading;
use moment::Zone;
use progress::Progress;
use reading::{LogFile, News};
use screen::Screen;
use summary::Summary;
use tally::Tally;
use window::Window;

pub(crate) use options::ScanOptions;

/// Sums the files up, or standard input. A file that can't be read is named, and the others go on.
pub(crate) fn run(wanted: &ScanOptions, options: &Options, out: &mut Output) -> Result<Outcome> {
    let rules = Rules::read(wanted.rules.as_ref(), out)?;
    let mut zone = Zone::of_system();
    let window =
        Window::read(wanted.since.as_deref(), wanted.until.as_deref(), &mut zone).map_err(|error| anyhow!(error))?;
    let reading = Reading { format: wanted.format, year: wanted.year, window };
    let stdin = ["-".into()];
    let names = if wanted.files.is_empty() { &stdin[..] } else { &wanted.files };
    if names.iter().any(|name| name == "-") {
        input::note_terminal(&io::stdin(), out)?;
    }
    let mut files: Vec<LogFile> = names.iter().map(|name| LogFile::new(name)).collect();
    let mut tally = Tally::new(&rules, wanted.suppressions.is_some());
    if wanted.follow {
        let name = zone.name().to_owned();
        let mut screen = Screen::new(wanted, options, &name, out);
        follow::run(&mut files, &reading, &mut zone, &mut tally, &mut screen)?;
    } else {
        count(&mut files, &reading, &mut zone, &mut tally, out)?;
        show(&Summary::of(&mut tally, &files, zone.name()), wanted, options, out)?;
    }
    Ok(if files.iter().any(|file| file.error.is_some()) { Outcome::Bad } else { Outcome::Found })
}

/// Reads all files in the order in which they begin, and counts what they tell.
fn count(
    files: &mut [LogFile],
    reading: &Reading,
    zone: &mut Zone,
    tally: &mut Tally<'_>,
    out: &mut Output,
) -> io::Result<()> {
    let done = Arc::default();
    let turns = reading::in_order(files, reading, zone, &done);
    let size = files.iter().map(|file| source::size(&file.name)).sum::<Option<u64>>();
    let mut progress = Progress::new(size.unwrap_or(0));
    let result = reading::read(turns, reading, &done, |news| {
        match news {
            News::Begin(place) => tally.file = *place,
            News::Batch(batch) => {
                batch.events().for_each(|event| tally.add(&event));
                progress.show(&done);
            }
            News::End(counts, format, error) => {
                let file = &mut files[tally.file];
                (file.counts, file.format) = (*counts, *format);
                if let Some(error) = error {
                    progress.clear();
                    out.error(&format!("cannot read {}: {error}", input::name(&file.name)))?;
                    file.error = Some(error.to_string());
                }
            }
        }
        Ok(())
    });
    progress.clear();
    result
}

fn show(summary: &Summary<'_, '_>, wanted: &ScanOptions, options: &Options, out: &mut Output) -> Result<()> {
    if options.json {
        out.object(&json::Object::of(summary, wanted))?;
    } else {
        out.raw(text::page(summary, wanted, out.columns()).as_bytes())?;
    }
    write_files(summary, wanted)
}

/// Writes the files that were asked for.
fn write_files(summary: &Summary<'_, '_>, wanted: &ScanOptions) -> Result<()> {
    if let Some(file) = &wanted.html {
        written(file, html::page(summary, wanted).as_bytes())?;
    }
    if let Some(file) = &wanted.suppressions {
        let is_table = file.to_string_lossy().to_lowercase().ends_with(".csv");
        written(file, &suppressions::list(&summary.tally.suppressions, is_table))?;
    }
    Ok(())
}

/// Writes a whole file, or says which one could not be written.
fn written(file: &OsStr, content: &[u8]) -> Result<()> {
    fs::write(file, content).with_context(|| format!("cannot write {}", input::name(file)))
}
