//! One verdict for each line of a stream, in order.

use std::ffi::{OsStr, OsString};
use std::io::{self, Read};

use anyhow::Result;

use crate::args::Options;
use crate::exit::Outcome;
use crate::input;
use crate::json::{Classified, VerdictObject};
use crate::lines::Lines;
use crate::output::Output;
use crate::render::Columns;
use crate::rules::Rules;

/// Gives a verdict on each line of the files, or of standard input. A file that can't be read is named, and the others go on.
pub(crate) fn run(files: &[OsString], rules: &Rules, options: &Options, out: &mut Output) -> Result<Outcome> {
    let stdin = [OsString::from("-")];
    let files = if files.is_empty() { &stdin } else { files };
    let columns = Columns::new(out.line_columns(), rules);
    let mut outcome = Outcome::Found;
    for name in files {
        let shown_name = (files.len() > 1).then(|| name.to_string_lossy());
        let mut stream =
            Stream { rules, file: shown_name.as_deref(), columns: (!options.json).then_some(&columns), line: 0 };
        let result = match source(name, out)? {
            Ok(source) => stream.run(source, out)?,
            Err(error) => Err(error),
        };
        if let Err(error) = result {
            out.error(&format!("cannot read {}: {error}", input::name(name)))?;
            outcome = Outcome::Bad;
        }
    }
    Ok(outcome)
}

/// The inner result is about the file, the outer about the output.
fn source(name: &OsStr, out: &mut Output) -> io::Result<io::Result<Box<dyn Read>>> {
    if name == "-" {
        return Ok(Ok(Box::new(input::stdin(out)?)));
    }
    Ok(input::open(name, "a file with one reply or log line a line").map(|file| Box::new(file) as Box<dyn Read>))
}

struct Stream<'a> {
    rules: &'a Rules,
    /// The name to say with each line, where there are several.
    file: Option<&'a str>,
    /// The table; `None` for objects.
    columns: Option<&'a Columns>,
    line: u64,
}

impl Stream<'_> {
    /// As [`source`]: the inner result is about the file, the outer about the output.
    fn run(&mut self, source: impl Read, out: &mut Output) -> io::Result<io::Result<()>> {
        let mut lines = Lines::new(source);
        loop {
            while let Some(line) = lines.buffered() {
                self.write(line, out)?;
            }
            // Whoever follows a log sees each line when it comes.
            out.flush()?;
            match lines.fill() {
                Ok(true) => {}
                Ok(false) => break,
                Err(error) => return Ok(Err(error)),
            }
        }
        if let Some(line) = lines.last() {
            self.write(line, out)?;
        }
        Ok(Ok(()))
    }

    fn write(&mut self, line: &[u8], out: &mut Output) -> io::Result<()> {
        self.line += 1;
        let verdict = self.rules.verdict(line);
        match self.columns {
            None => {
                let verdict = VerdictObject::of(&verdict, 0);
                out.object(&Classified { file: self.file, line: self.line, verdict })
            }
            Some(columns) => out.raw(columns.row(line, &verdict).as_bytes()),
        }
    }
}
