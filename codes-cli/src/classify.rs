//! One verdict for each line of a stream, in order.

use std::ffi::OsString;
use std::io;
use std::sync::Arc;

use anyhow::Result;

use crate::args::Options;
use crate::exit::Outcome;
use crate::input::{self, Event, Piece, Stream, Unit};
use crate::json::{Classified, VerdictObject};
use crate::output::Output;
use crate::render::Columns;
use crate::rules::Rules;

/// Gives a verdict on each line of the files, or of standard input. A file that can't be read is named, and the others go on.
pub(crate) fn run(files: Vec<OsString>, rules: Rules, options: &Options, out: &mut Output) -> Result<Outcome> {
    let files = if files.is_empty() { vec![OsString::from("-")] } else { files };
    if files.iter().any(|file| file == "-") {
        input::note_terminal(&io::stdin(), out)?;
    }
    let columns = (!options.json).then(|| Columns::new(out.line_columns(), &rules));
    let names =
        if files.len() > 1 { files.iter().map(|name| name.to_string_lossy().into()).collect() } else { Vec::new() };
    let job = Arc::new(Job { rules, names, columns });
    let stream = Stream {
        files: files.clone(),
        expected: "a file with one reply or log line a line",
        unit: Unit::Line,
        has_head: false,
    };
    let mut outcome = Outcome::Found;
    let worker = || {
        let job = Arc::clone(&job);
        move |piece: &Piece, written: &mut Vec<u8>| job.write(piece, written)
    };
    stream.run(worker, |file, event, is_more| {
        match event {
            Event::Done(written) => out.raw(written)?,
            Event::Failed(error) => {
                out.error(&format!("cannot read {}: {error}", input::name(&files[file])))?;
                outcome = Outcome::Bad;
            }
        }
        // Whoever follows a log sees each line when it comes.
        if is_more { Ok(()) } else { out.flush() }
    })?;
    Ok(outcome)
}

/// What each thread does.
struct Job {
    rules: Rules,
    /// The names of the files, where there are several.
    names: Vec<String>,
    /// The table; `None` for objects.
    columns: Option<Columns>,
}

impl Job {
    fn write(&self, piece: &Piece, written: &mut Vec<u8>) {
        written.clear();
        let file = self.names.get(piece.file).map(String::as_str);
        for (number, line) in (piece.chunk.first_line..).zip(piece.chunk.lines()) {
            let verdict = self.rules.verdict(line);
            match &self.columns {
                None => {
                    let verdict = VerdictObject::of(&verdict, 0);
                    // Memory takes everything.
                    let _ = serde_json::to_writer(&mut *written, &Classified { file, line: number, verdict });
                    written.push(b'\n');
                }
                Some(columns) => written.extend_from_slice(columns.row(line, &verdict).as_bytes()),
            }
        }
    }
}
