//! Reads the files in order: one thread reads and decompresses, another takes the lines apart, and the caller counts.

use std::ffi::{OsStr, OsString};
use std::io;
use std::sync::Arc;
use std::sync::atomic::AtomicU64;
use std::sync::mpsc::{Receiver, Sender, SyncSender, channel, sync_channel};
use std::thread;

use smtp_codes::log::Format;

use super::event::Batch;
use super::lines::{LineCounts, LogLines, Reading};
use super::moment::{Moment, Zone};
use super::source::{self, Source};
use crate::input::Chunk;

/// A file to read.
#[derive(Debug)]
pub(crate) struct LogFile {
    pub(crate) name: OsString,
    /// What is shown of its name.
    pub(crate) shown: String,
    pub(crate) counts: LineCounts,
    pub(crate) format: Option<Format>,
    /// Why it could not be read to its end.
    pub(crate) error: Option<String>,
}

impl LogFile {
    pub(crate) fn new(name: &OsStr) -> Self {
        let shown =
            if name == "-" { "standard input".to_owned() } else { crate::shown::shown(name.as_encoded_bytes()) };
        Self { name: name.to_owned(), shown, counts: LineCounts::default(), format: None, error: None }
    }
}

/// What is told while files are read.
#[derive(Debug)]
pub(crate) enum News {
    /// The file at this place of the list begins.
    Begin(usize),
    Batch(Batch),
    /// How much of the file was read, and the fault that ended it.
    End(LineCounts, Option<Format>, Option<io::Error>),
}

/// A file to read, by its place in the list, and opened where it can be read only once.
pub(crate) type Turn = (usize, OsString, Option<Source>);

/// The files in the order in which they begin. Those of which that can't be told come behind the one that they were named after.
pub(crate) fn in_order(files: &[LogFile], reading: &Reading, zone: &mut Zone, done: &Arc<AtomicU64>) -> Vec<Turn> {
    let mut turns: Vec<(Option<Moment>, Turn)> = Vec::new();
    for (place, file) in files.iter().enumerate() {
        let is_file = source::size(&file.name).is_some();
        let (mut start, mut source) = (None, None);
        if files.len() > 1 {
            // What is read here of a file is read again, and counts then. Faults are told then as well.
            let done = if is_file { &Arc::default() } else { done };
            source = Source::open(&file.name, zone, done).ok();
            start = source.as_mut().and_then(|source| source.first_time(reading));
        }
        // There may be more files than can be open at once.
        let source = source.filter(|_| !is_file);
        start = start.or_else(|| turns.last().and_then(|(before, _)| *before));
        turns.push((start, (place, file.name.clone(), source)));
    }
    turns.sort_by_key(|(start, (place, ..))| (*start, *place));
    turns.into_iter().map(|(_, turn)| turn).collect()
}

/// How many chunks and batches may wait: few, so that memory stays small and warm.
const WAITING: usize = 4;

/// Reads the files in this order, and hands to `take` what they tell, until it has an error.
pub(crate) fn read<E>(
    turns: Vec<Turn>,
    reading: &Reading,
    done: &Arc<AtomicU64>,
    mut take: impl FnMut(&mut News) -> Result<(), E>,
) -> Result<(), E> {
    let (send_piece, pieces) = sync_channel(WAITING);
    let (send_chunk, chunks) = channel();
    let (send_news, news) = sync_channel(WAITING);
    let (send_batch, batches) = channel();
    let reading = *reading;
    // A thread that waits for input is left to itself when nobody wants it any more.
    let done = Arc::clone(done);
    let threads = [
        thread::spawn(move || files(turns, &done, &send_piece, &chunks)),
        thread::spawn(move || lines(&pieces, &reading, &send_news, &batches, &send_chunk)),
    ];
    for mut told in news {
        take(&mut told)?;
        if let News::Batch(mut batch) = told {
            batch.clear();
            // The other thread may have ended.
            let _ = send_batch.send(batch);
        }
    }
    for thread in threads {
        // A panic there must not look like the end of the input.
        thread.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic));
    }
    Ok(())
}

/// What a file consists of.
enum Piece {
    Begin(usize, Moment),
    Chunk(Chunk),
    End(Option<io::Error>),
}

/// Reads files piece by piece, as long as somebody listens.
fn files(turns: Vec<Turn>, done: &Arc<AtomicU64>, pieces: &SyncSender<Piece>, chunks: &Receiver<Chunk>) {
    let mut zone = Zone::of_system();
    for (place, name, source) in turns {
        let opened = source.map_or_else(|| Source::open(&name, &mut zone, done), Ok);
        let changed = opened.as_ref().map_or(Moment(0), |source| source.changed);
        if pieces.send(Piece::Begin(place, changed)).is_err() {
            return;
        }
        let error = match opened {
            Err(error) => Some(error),
            Ok(mut source) => loop {
                let mut chunk = chunks.try_recv().unwrap_or_default();
                match source.next(&mut chunk) {
                    Ok(false) => break None,
                    Err(error) => break Some(error),
                    Ok(true) if pieces.send(Piece::Chunk(chunk)).is_err() => return,
                    Ok(true) => {}
                }
            },
        };
        if pieces.send(Piece::End(error)).is_err() {
            return;
        }
    }
}

/// Takes lines apart, as long as somebody listens.
fn lines(
    pieces: &Receiver<Piece>,
    reading: &Reading,
    news: &SyncSender<News>,
    batches: &Receiver<Batch>,
    chunks: &Sender<Chunk>,
) {
    let mut lines: Option<LogLines> = None;
    let mut last: Option<LogLines> = None;
    for piece in pieces {
        let told = match piece {
            Piece::Begin(place, changed) => {
                last = lines.replace(LogLines::new(reading, changed));
                News::Begin(place)
            }
            Piece::Chunk(chunk) => {
                if let Some(last) = last.take() {
                    lines = lines.map(|lines| lines.after(last, chunk.lines()));
                }
                let Some(lines) = &mut lines else { continue };
                let mut batch = batches.try_recv().unwrap_or_default();
                chunk.lines().for_each(|line| lines.read(line, &mut batch));
                // The other thread may have ended.
                let _ = chunks.send(chunk);
                News::Batch(batch)
            }
            Piece::End(error) => {
                let Some(lines) = &lines else { continue };
                News::End(lines.counts, lines.format(), error)
            }
        };
        if news.send(told).is_err() {
            return;
        }
    }
}
