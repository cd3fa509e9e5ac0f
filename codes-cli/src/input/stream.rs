//! Files read, worked on in several threads, and given out in order.

use std::collections::BTreeMap;
use std::ffi::OsString;
use std::io;
use std::sync::mpsc::{Receiver, Sender, SyncSender, channel, sync_channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;

use memchr::{memchr, memmem};

use super::{Chunk, Chunks, Unit, source};

/// A stream of files: one thread reads, one for each processor works on pieces of whole lines, and the results come in order.
#[derive(Debug)]
pub(crate) struct Stream {
    pub(crate) files: Vec<OsString>,
    /// What a file should be, for messages.
    pub(crate) expected: &'static str,
    /// What each file is cut into; of a table, the first line is its head.
    pub(crate) unit: Unit,
}

/// A piece of a file, and what has to be known of the file to read it.
#[derive(Debug)]
pub(crate) struct Piece {
    pub(crate) chunk: Chunk,
    /// The place of the file among all.
    pub(crate) file: usize,
    /// The line that says what the columns are: the first of a table, or the last `#Fields:` of an Exchange log.
    pub(crate) head: Arc<[u8]>,
    /// Whether the file is a table, of which the head was taken out.
    pub(crate) is_table: bool,
}

/// What comes out of a stream, in the order of its files.
#[derive(Debug)]
pub(crate) enum Event<T> {
    /// What was made of a piece of the file.
    Done(T),
    /// The file can't be opened, or not be read to its end.
    Failed(io::Error),
}

/// How many pieces there may be for each thread: in work, waiting, or waiting for an earlier one.
const PIECES: usize = 3;

/// The number of a worker's panic: no piece has it.
const BROKEN: u64 = u64::MAX;

type Numbered<T> = (u64, usize, T);

impl Stream {
    /// Hands what workers make of each piece to `take`, in order. What was handed over is given back to workers to be filled anew, so
    /// that its memory is used again.
    ///
    /// # Errors
    ///
    /// Those of `take`, at once: a thread that waits for input is left to itself.
    pub(crate) fn run<T, W>(
        self,
        mut worker: impl FnMut() -> W,
        mut take: impl FnMut(usize, &mut Event<T>, bool) -> io::Result<()>,
    ) -> io::Result<()>
    where
        T: Default + Send + 'static,
        W: FnMut(&Piece, &mut T) + Send + 'static,
    {
        let threads = thread::available_parallelism().map_or(1, usize::from);
        let (empty, empties) = channel();
        for _ in 0..threads * PIECES {
            // The receiver is still here.
            let _ = empty.send((Chunk::default(), T::default()));
        }
        let (work, to_do) = sync_channel(threads * PIECES);
        let (done, results) = channel();
        let to_do = Arc::new(Mutex::new(to_do));
        for _ in 0..threads {
            let (to_do, done, worker) = (Arc::clone(&to_do), done.clone(), worker());
            thread::spawn(move || work_on(&to_do, &done, worker));
        }
        thread::spawn(move || self.read(&empties, &work, &done));
        in_order(&results, &empty, &mut take)
    }

    /// Reads all files, as long as somebody wants the results.
    fn read<T: Default>(
        &self,
        empties: &Receiver<(Chunk, T)>,
        work: &SyncSender<Numbered<(Piece, T)>>,
        done: &Sender<Numbered<Outcome<T>>>,
    ) {
        let mut number = 0;
        for (file, name) in self.files.iter().enumerate() {
            let error = match source(name, self.expected) {
                Err(error) => Some(error),
                Ok(source) => {
                    let mut chunks = Chunks::new(source, self.unit);
                    let mut head = Head::new();
                    loop {
                        let Ok((mut chunk, result)) = empties.recv() else { return };
                        match chunks.next(&mut chunk) {
                            Ok(true) => {
                                let is_table = chunks.unit() == Unit::Record;
                                let piece = Piece { head: head.of(&mut chunk, is_table), is_table, chunk, file };
                                if work.send((number, file, (piece, result))).is_err() {
                                    return;
                                }
                                number += 1;
                            }
                            Ok(false) => {
                                let _ = done.send((number, file, Outcome::Unused(chunk, result)));
                                number += 1;
                                break None;
                            }
                            Err(error) => {
                                let _ = done.send((number, file, Outcome::Unused(chunk, result)));
                                number += 1;
                                break Some(error);
                            }
                        }
                    }
                }
            };
            if let Some(error) = error {
                if done.send((number, file, Outcome::Failed(error))).is_err() {
                    return;
                }
                number += 1;
            }
        }
    }
}

/// What becomes of a number in the order.
enum Outcome<T> {
    Done(Chunk, T),
    /// There was nothing to work on.
    Unused(Chunk, T),
    Failed(io::Error),
    /// A worker has panicked.
    Broken,
}

/// Works on pieces as long as there are any.
fn work_on<T>(
    to_do: &Mutex<Receiver<Numbered<(Piece, T)>>>,
    done: &Sender<Numbered<Outcome<T>>>,
    mut worker: impl FnMut(&Piece, &mut T),
) {
    let _alarm = Alarm(done);
    loop {
        let next = to_do.lock().unwrap_or_else(PoisonError::into_inner).recv();
        let Ok((number, file, (piece, mut result))) = next else { return };
        worker(&piece, &mut result);
        if done.send((number, file, Outcome::Done(piece.chunk, result))).is_err() {
            return;
        }
    }
}

/// Tells of a panic, so that nobody waits for what will not come.
struct Alarm<'a, T>(&'a Sender<Numbered<Outcome<T>>>);

impl<T> Drop for Alarm<'_, T> {
    fn drop(&mut self) {
        if thread::panicking() {
            let _ = self.0.send((BROKEN, 0, Outcome::Broken));
        }
    }
}

/// Takes results in the order of their numbers; the last argument of `take` tells whether another is there already.
fn in_order<T: Default>(
    results: &Receiver<Numbered<Outcome<T>>>,
    empty: &Sender<(Chunk, T)>,
    take: &mut impl FnMut(usize, &mut Event<T>, bool) -> io::Result<()>,
) -> io::Result<()> {
    let mut early = BTreeMap::new();
    let mut next = 0;
    loop {
        while let Ok((number, file, outcome)) = results.try_recv() {
            early.insert(number, (file, outcome));
        }
        let Some((file, outcome)) = early.remove(&next) else {
            // Its worker has panicked where it does not come.
            assert!(!early.contains_key(&BROKEN), "a worker has panicked");
            match results.recv() {
                Err(_) => return Ok(()),
                Ok((number, file, outcome)) => early.insert(number, (file, outcome)),
            };
            continue;
        };
        next += 1;
        let (chunk, mut event) = match outcome {
            Outcome::Done(chunk, result) => (chunk, Event::Done(result)),
            Outcome::Unused(chunk, result) => {
                give_back(empty, chunk, result);
                continue;
            }
            Outcome::Failed(error) => (Chunk::default(), Event::Failed(error)),
            Outcome::Broken => continue,
        };
        take(file, &mut event, early.contains_key(&next))?;
        if let Event::Done(result) = event {
            give_back(empty, chunk, result);
        }
    }
}

/// Nobody needs them any more where they can't be given back.
fn give_back<T>(empty: &Sender<(Chunk, T)>, chunk: Chunk, result: T) {
    let _ = empty.send((chunk, result));
}

/// The line of a file that says what its columns are.
struct Head {
    line: Arc<[u8]>,
    is_first: bool,
    /// Whether the file may be an Exchange log, which may say anew what its columns are.
    may_be_exchange: bool,
}

const FIELDS: &[u8] = b"#Fields:";

impl Head {
    fn new() -> Self {
        Self { line: Arc::default(), is_first: true, may_be_exchange: false }
    }

    /// The head that holds at the start of the piece. That of a table is taken out of it.
    fn of(&mut self, chunk: &mut Chunk, is_table: bool) -> Arc<[u8]> {
        if std::mem::take(&mut self.is_first) {
            if is_table {
                let end = memchr(b'\n', &chunk.bytes).map_or(chunk.bytes.len(), |end| end + 1);
                self.line = chunk.bytes.drain(..end).collect();
                chunk.first_line += 1;
            }
            self.may_be_exchange = chunk.bytes.starts_with(b"#");
        }
        let head = Arc::clone(&self.line);
        if self.may_be_exchange && !is_table {
            let starts_line = |place: &usize| *place == 0 || chunk.bytes[place - 1] == b'\n';
            if let Some(place) = memmem::rfind_iter(&chunk.bytes, FIELDS).find(starts_line) {
                let line = chunk.bytes[place..].split(|byte| *byte == b'\n').next().unwrap_or_default();
                self.line = line.into();
            }
        }
        head
    }
}
