//! One verdict for each line of a stream, in order.

mod faults;
mod judge;
mod row;
mod table;
mod unmatched;
mod write;

use std::ffi::OsString;
use std::io;
use std::sync::Arc;

use anyhow::{Result, bail};

use crate::args::{Classify, Options};
use crate::exit::Outcome;
use crate::input::{self, Event, Piece, Stream, Unit};
use crate::output::Output;
use crate::render::Columns;
use crate::rules::Rules;
use faults::Faults;
use unmatched::Groups;
use write::{Job, Shape};

/// Gives a verdict on each line of the files, or of standard input. A file that can't be read is named, and the others go on.
pub(crate) fn run(wanted: Classify, rules: Rules, options: &Options, out: &mut Output) -> Result<Outcome> {
    if wanted.csv && options.json {
        bail!("--csv and --json were given: expected one of them");
    }
    let files = if wanted.files.is_empty() { vec![OsString::from("-")] } else { wanted.files };
    if files.iter().any(|file| file == "-") {
        input::note_terminal(&io::stdin(), out)?;
    }
    let shape = match (options.json, wanted.csv) {
        (true, _) => Shape::Json,
        (_, true) => Shape::Csv { is_for_terminal: out.is_terminal() },
        _ => Shape::Table(Columns::new(out.line_columns(), out.is_colored(), &rules)),
    };
    let several = files.len() > 1;
    let job = Arc::new(Job {
        rules,
        names: files.iter().map(|name| name.to_string_lossy().into()).collect(),
        several,
        shape,
        field: wanted.field,
        id_field: wanted.id_field,
        format: wanted.format,
        unmatched: wanted.unmatched,
        redact: wanted.redact,
    });
    let stream = Stream {
        files: files.clone(),
        expected: "a file with one reply or log line a line",
        unit: if job.field.is_some() { Unit::Found } else { Unit::Line },
    };
    let worker = || {
        let (job, mut state) = (Arc::clone(&job), job.state());
        move |piece: &Piece, done: &mut Done| job.work(piece, &mut state, done)
    };
    let mut outcome = Outcome::Found;
    let mut groups = Groups::default();
    let mut faults = Faults::new(files.len());
    // The names of the columns that are kept, as the first file has them.
    let mut head: Option<Arc<[u8]>> = None;
    stream.run(worker, |file, event, is_more| {
        match event {
            Event::Done(done) => {
                faults.add(file, &mut done.faults);
                if head.is_none() && !job.unmatched {
                    out.raw(&job.head(&done.head))?;
                }
                let first = head.get_or_insert_with(|| Arc::clone(&done.head));
                if matches!(job.shape, Shape::Csv { .. }) && *first != done.head {
                    faults.differs(file);
                } else {
                    out.raw(&done.bytes)?;
                }
                groups.merge(&mut done.groups);
            }
            Event::Failed(error) => {
                out.error(&format!("cannot read {}: {error}", input::name(&files[file])))?;
                outcome = Outcome::Bad;
            }
        }
        // Whoever follows a log sees each line when it comes.
        if is_more { Ok(()) } else { out.flush() }
    })?;
    if job.unmatched {
        groups.write(&job, out)?;
    }
    for message in faults.messages(&files, &job) {
        out.error(&message)?;
        outcome = Outcome::Bad;
    }
    if let Some(note) = faults.note(job.format) {
        out.note(&note)?;
    }
    Ok(outcome)
}

/// What was made of a piece of a file.
#[derive(Debug, Default)]
struct Done {
    /// What is to be written.
    bytes: Vec<u8>,
    head: Arc<[u8]>,
    groups: Groups,
    faults: Faults,
}
