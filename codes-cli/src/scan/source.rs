//! A log that is opened, and how much of it is read.

use std::ffi::OsStr;
use std::fs::{self, File};
use std::io::{self, Read, Seek};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::SystemTime;

use super::lines::{LogLines, Reading};
use super::moment::{Moment, Zone};
use crate::input::{self, Chunk, Chunks, Unit};

/// A file, or standard input, of which lines are read.
pub(crate) struct Source {
    chunks: Chunks<Box<dyn Read + Send>>,
    /// What was read ahead.
    ahead: Option<Chunk>,
    /// When it was changed last.
    pub(crate) changed: Moment,
    pub(crate) is_compressed: bool,
}

/// What a log should be, for messages.
const EXPECTED: &str = "a mail log";

impl Source {
    /// Opens a file, or standard input where it is called `-`. The bytes of the file that are read are added up in `done`.
    pub(crate) fn open(name: &OsStr, zone: &mut Zone, done: &Arc<AtomicU64>) -> io::Result<Self> {
        let done = Arc::clone(done);
        let (source, changed, is_compressed): (Box<dyn Read + Send>, _, _) = if name == "-" {
            (Box::new(Counted { source: io::stdin(), done }), zone.now(), false)
        } else {
            let mut file = input::open(name, EXPECTED)?;
            let metadata = file.metadata()?;
            let changed = zone.wall_of(metadata.modified().unwrap_or_else(|_| SystemTime::now()));
            let is_compressed = metadata.is_file() && is_compressed(&mut file)?;
            (Box::new(Counted { source: file, done }), changed, is_compressed)
        };
        let source = input::uncompressed(source, EXPECTED)?;
        Ok(Self { chunks: Chunks::new(source, Unit::Line), ahead: None, changed, is_compressed })
    }

    /// Puts the next lines into the chunk; `false` where there are no more.
    pub(crate) fn next(&mut self, chunk: &mut Chunk) -> io::Result<bool> {
        match self.ahead.take() {
            Some(ahead) => {
                *chunk = ahead;
                Ok(true)
            }
            None => self.chunks.next(chunk),
        }
    }

    /// When the first of its lines was written that tells; of its first lines only, which are still there to be read afterwards.
    pub(crate) fn first_time(&mut self, reading: &Reading) -> Option<Moment> {
        let mut chunk = Chunk::default();
        // A fault will be met again when the file is read.
        if !self.chunks.next(&mut chunk).unwrap_or(false) {
            return None;
        }
        let time = LogLines::new(reading, self.changed).first_time(chunk.lines());
        self.ahead = Some(chunk);
        time
    }
}

/// Whether what a file holds is compressed, and so will not grow line by line.
fn is_compressed(file: &mut File) -> io::Result<bool> {
    let mut start = Vec::new();
    file.by_ref().take(8).read_to_end(&mut start)?;
    file.rewind()?;
    Ok(input::is_compressed(&start))
}

/// How many bytes a file has; `None` for what is no file.
pub(crate) fn size(name: &OsStr) -> Option<u64> {
    let metadata = fs::metadata(name).ok().filter(|_| name != "-")?;
    metadata.is_file().then_some(metadata.len())
}

/// A source of which the bytes are counted that are read.
struct Counted<R> {
    source: R,
    done: Arc<AtomicU64>,
}

impl<R: Read> Read for Counted<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.source.read(buffer)?;
        self.done.fetch_add(read as u64, Ordering::Relaxed);
        Ok(read)
    }
}
