//! `--follow`: logs are read as they grow, and the summary is shown again and again.

use std::io;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, RecvTimeoutError, SyncSender, TryRecvError, sync_channel};
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Context, Result};

use super::event::Batch;
use super::lines::{LineCounts, LogLines, Reading};
use super::moment::Zone;
use super::reading::{self, LogFile, Turn};
use super::screen::Screen;
use super::source::Source;
use super::tail::Tail;
use super::tally::Tally;
use crate::input::Chunk;
use smtp_codes::log::Format;

/// What has come of one file.
struct Grown {
    place: usize,
    batch: Batch,
    counts: LineCounts,
    format: Option<Format>,
    /// Why it can't be read now, or that it can again.
    error: Option<io::Error>,
}

/// How long to wait before files are looked at again, and for the wish to end.
const PAUSE: Duration = Duration::from_millis(200);

/// Reads and shows until somebody presses Ctrl-C, nobody reads what is shown any more, or there is nothing left that may grow.
pub(crate) fn run(
    files: &mut [LogFile],
    reading: &Reading,
    zone: &mut Zone,
    tally: &mut Tally<'_>,
    screen: &mut Screen<'_>,
) -> Result<()> {
    let is_over = Arc::new(AtomicBool::new(false));
    let over = Arc::clone(&is_over);
    ctrlc::set_handler(move || over.store(true, Ordering::Relaxed)).context("Ctrl-C can't be heard")?;
    let turns = reading::in_order(files, reading, zone, &Arc::default());
    let (send, grown) = sync_channel(4);
    let reading = *reading;
    thread::spawn(move || watch(turns, &reading, &send));
    let mut next = Instant::now() + screen.interval();
    loop {
        match hear(&grown, next, &is_over) {
            Heard::Grown(grown) => take(*grown, files, tally, screen)?,
            Heard::Time => {
                screen.show(tally, files)?;
                next = Instant::now() + screen.interval();
            }
            Heard::End => return screen.end(tally, files),
        }
    }
}

enum Heard {
    Grown(Box<Grown>),
    Time,
    End,
}

/// Waits for something to happen. What was read before the end is still heard.
fn hear(grown: &Receiver<Grown>, next: Instant, is_over: &AtomicBool) -> Heard {
    loop {
        let left = next.saturating_duration_since(Instant::now());
        if left.is_zero() {
            return Heard::Time;
        }
        if is_over.load(Ordering::Relaxed) {
            return match grown.try_recv() {
                Ok(grown) => Heard::Grown(Box::new(grown)),
                Err(TryRecvError::Empty | TryRecvError::Disconnected) => Heard::End,
            };
        }
        match grown.recv_timeout(left.min(PAUSE)) {
            Ok(grown) => return Heard::Grown(Box::new(grown)),
            Err(RecvTimeoutError::Disconnected) => return Heard::End,
            Err(RecvTimeoutError::Timeout) => {}
        }
    }
}

fn take(grown: Grown, files: &mut [LogFile], tally: &mut Tally<'_>, screen: &mut Screen<'_>) -> Result<()> {
    tally.file = grown.place;
    grown.batch.events().for_each(|event| tally.add(&event));
    let file = &mut files[grown.place];
    (file.counts, file.format) = (grown.counts, grown.format);
    screen.has_news = true;
    if let Some(error) = &grown.error {
        screen.error(&file.name, error)?;
    }
    file.error = grown.error.map(|error| error.to_string());
    Ok(())
}

/// A file that is watched.
struct Watched {
    place: usize,
    tail: Tail,
    lines: LogLines,
    /// What it could not be read for, which is told once.
    error: Option<String>,
}

/// Reads what can be read once, then watches what grows, as long as somebody listens.
fn watch(turns: Vec<Turn>, reading: &Reading, send: &SyncSender<Grown>) {
    let mut zone = Zone::of_system();
    let mut watched = Vec::new();
    for (place, name, source) in turns {
        let is_stream = name == "-" || source.is_some();
        let source = source.map_or_else(|| Source::open(&name, &mut zone, &Arc::default()), Ok);
        match source {
            // Standard input may come for long, while files grow.
            Ok(source) if is_stream => {
                let (send, reading) = (send.clone(), *reading);
                thread::spawn(move || whole(place, source, &reading, &send));
            }
            Ok(source) if source.is_compressed => {
                if !whole(place, source, reading, send) {
                    return;
                }
            }
            _ => {
                let lines = LogLines::new(reading, zone.now());
                watched.push(Watched { place, tail: Tail::new(&name), lines, error: None });
            }
        }
    }
    while !watched.is_empty() {
        let mut has_grown = false;
        for file in &mut watched {
            if let Some(grown) = grow(file, &mut zone) {
                has_grown = true;
                if send.send(grown).is_err() {
                    return;
                }
            }
        }
        if !has_grown {
            thread::sleep(PAUSE);
        }
    }
}

/// What has come of a file, or that it can't be read any more, or can again.
fn grow(file: &mut Watched, zone: &mut Zone) -> Option<Grown> {
    let mut batch = Batch::default();
    file.lines.grows(zone.now());
    let result = file.tail.read(|line| file.lines.read(line, &mut batch));
    let told = file.error.take();
    let (has_grown, error) = match result {
        Ok(has_grown) => (has_grown || told.is_some(), None),
        Err(error) => {
            let message = error.to_string();
            let is_new = told.is_none_or(|told| told != message);
            file.error = Some(message);
            (is_new, Some(error))
        }
    };
    has_grown.then(|| Grown { place: file.place, batch, counts: file.lines.counts, format: file.lines.format(), error })
}

/// Reads a source to its end; tells whether somebody listens.
fn whole(place: usize, mut source: Source, reading: &Reading, send: &SyncSender<Grown>) -> bool {
    let mut lines = LogLines::new(reading, source.changed);
    let mut zone = Zone::of_system();
    let mut chunk = Chunk::default();
    loop {
        let mut batch = Batch::default();
        let error = match source.next(&mut chunk) {
            Ok(true) => None,
            Ok(false) => return true,
            Err(error) => Some(error),
        };
        let is_end = error.is_some();
        if !is_end {
            if !source.is_compressed {
                lines.grows(zone.now());
            }
            chunk.lines().for_each(|line| lines.read(line, &mut batch));
        }
        let grown = Grown { place, batch, counts: lines.counts, format: lines.format(), error };
        if send.send(grown).is_err() {
            return false;
        }
        if is_end {
            return true;
        }
    }
}
