//! Whole mails: what each reports, with a verdict for each recipient.

mod folder;
mod mailbox;
mod progress;

use std::ffi::{OsStr, OsString};
use std::io::{self, BufRead, BufReader, Read};

use anyhow::Result;
use smtp_codes::report::Report;

use crate::args::Options;
use crate::exit::Outcome;
use crate::input;
use crate::json::MessageObject;
use crate::output::Output;
use crate::render;
use crate::rules::Rules;
use crate::shown::shown;

use mailbox::Mailbox;
use progress::Progress;

/// Where the messages of a run come from: what to say of the one that is read.
struct Place<'a> {
    file: &'a str,
    /// Its number in a mailbox, from 1.
    number: Option<u64>,
}

/// Reads each message of the files, mailboxes and folders. One that can't be read is named, and the others go on.
pub(crate) fn run(paths: &[OsString], rules: &Rules, options: &Options, out: &mut Output) -> Result<Outcome> {
    let stdin = [OsString::from("-")];
    let paths = if paths.is_empty() { &stdin } else { paths };
    let mut progress = Progress::new();
    let mut outcome = Outcome::Found;
    for path in paths {
        let (files, faults) = if path == "-" { (vec![path.clone()], Vec::new()) } else { folder::files(path) };
        progress.expect(files.len());
        for fault in faults {
            progress.hidden(|| out.error(&fault))?;
            outcome = Outcome::Bad;
        }
        for file in &files {
            if let Err(error) = read(file, rules, options, &mut progress, out)? {
                progress.hidden(|| out.error(&format!("cannot read {}: {error}", input::name(file))))?;
                outcome = Outcome::Bad;
            }
            progress.advance();
        }
    }
    Ok(outcome)
}

/// Reads the message or mailbox in a file. The inner result is about the file, the outer about the output.
fn read(
    file: &OsStr,
    rules: &Rules,
    options: &Options,
    progress: &mut Progress,
    out: &mut Output,
) -> io::Result<io::Result<()>> {
    let source: Box<dyn Read> = if file == "-" {
        Box::new(input::stdin(out)?)
    } else {
        match input::open(file, "a message, a mailbox or a Maildir folder") {
            Ok(file) => Box::new(file),
            Err(error) => return Ok(Err(error)),
        }
    };
    let name = file.to_string_lossy();
    let mut source = BufReader::with_capacity(1 << 16, source);
    let is_mailbox = match source.fill_buf() {
        Ok([]) => return Ok(Err(io::Error::other("it is empty: expected a message"))),
        Ok(start) => mailbox::begins(start),
        Err(error) => return Ok(Err(error)),
    };
    let mut messages = Mailbox::new(source, is_mailbox);
    let mut number = 0;
    loop {
        let message = match messages.next() {
            Ok(Some(message)) => message,
            Ok(None) => return Ok(Ok(())),
            Err(error) => return Ok(Err(error)),
        };
        number += 1;
        let place = Place { file: &name, number: is_mailbox.then_some(number) };
        let report = Report::parse(message);
        write(&place, &report, rules, options, out)?;
        if number % 64 == 0 {
            progress.tick();
        }
    }
}

fn write(place: &Place<'_>, report: &Report, rules: &Rules, options: &Options, out: &mut Output) -> io::Result<()> {
    if options.json {
        return out.object(&MessageObject::of(Some(place.file), place.number, report, rules));
    }
    let number = place.number.map_or(String::new(), |number| format!(", message {number}"));
    let name = format!("{}{number}", shown(place.file.as_bytes()));
    out.raw(render::message_rows(&name, report, rules, out.line_columns()).as_bytes())
}
