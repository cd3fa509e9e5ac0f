//! A source cut into pieces of whole lines, in bounded memory.

use std::io::{self, Read};

use memchr::{Memchr, memchr, memchr_iter, memrchr};

/// How many bytes of a line count: of a longer one, the rest is passed over.
pub(crate) const LONGEST: usize = 1 << 20;

/// How much is read at once.
const CHUNK: usize = 1 << 17;

/// Some whole lines of a file.
#[derive(Debug, Default)]
pub(crate) struct Chunk {
    pub(crate) bytes: Vec<u8>,
    /// The number of the first line, from 1.
    pub(crate) first_line: u64,
}

impl Chunk {
    /// Its lines, without their ends.
    pub(crate) fn lines(&self) -> ChunkLines<'_> {
        ChunkLines { bytes: &self.bytes, start: 0, ends: memchr_iter(b'\n', &self.bytes) }
    }
}

/// The lines of a [`Chunk`].
#[derive(Debug)]
pub(crate) struct ChunkLines<'a> {
    bytes: &'a [u8],
    start: usize,
    ends: Memchr<'a>,
}

impl<'a> Iterator for ChunkLines<'a> {
    type Item = &'a [u8];

    fn next(&mut self) -> Option<&'a [u8]> {
        let (line, next) = match self.ends.next() {
            Some(end) => (&self.bytes[self.start..end], end + 1),
            None if self.start < self.bytes.len() => (&self.bytes[self.start..], self.bytes.len()),
            None => return None,
        };
        self.start = next;
        let line = line.strip_suffix(b"\r").unwrap_or(line);
        Some(&line[..line.len().min(LONGEST)])
    }
}

/// What a piece may not be cut within.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum Unit {
    /// A line.
    Line,
    /// A record of a table: a line end between quotation marks is a part of it.
    Record,
    /// A line where the source begins with `{`, else a record.
    Found,
}

/// Reads a source piece by piece.
pub(crate) struct Chunks<R> {
    source: R,
    unit: Unit,
    /// What is read of a line that has not ended yet.
    rest: Vec<u8>,
    /// The number of the line with which the next piece begins.
    line: u64,
    /// Whether what comes next is the rest of a line that was given out.
    is_rest: bool,
    is_start: bool,
    /// What went wrong after the last whole line.
    error: Option<io::Error>,
}

impl<R: Read> Chunks<R> {
    pub(crate) fn new(source: R, unit: Unit) -> Self {
        Self { source, unit, rest: Vec::new(), line: 1, is_rest: false, is_start: true, error: None }
    }

    /// What pieces are not cut within.
    pub(crate) fn unit(&self) -> Unit {
        self.unit
    }

    /// Puts the next lines that can be read into the piece; `false` where there are no more.
    ///
    /// It waits no longer than for one whole line. What stands before a fault is given out first.
    pub(crate) fn next(&mut self, chunk: &mut Chunk) -> io::Result<bool> {
        if let Some(error) = self.error.take() {
            return Err(error);
        }
        chunk.first_line = self.line;
        std::mem::swap(&mut chunk.bytes, &mut self.rest);
        self.rest.clear();
        let bytes = &mut chunk.bytes;
        loop {
            let old = bytes.len();
            bytes.resize(old + CHUNK, 0);
            let read = match self.source.read(&mut bytes[old..]) {
                Ok(read) => read,
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {
                    bytes.truncate(old);
                    continue;
                }
                Err(error) => {
                    self.error = Some(error);
                    0
                }
            };
            bytes.truncate(old + read);
            if self.is_rest {
                self.pass_over(bytes);
            }
            if std::mem::take(&mut self.is_start) && bytes.starts_with(b"\xef\xbb\xbf") {
                bytes.drain(..3);
            }
            if read == 0 {
                break;
            }
            if self.unit == Unit::Found {
                match bytes.iter().find(|byte| !byte.is_ascii_whitespace()) {
                    Some(b'{') => self.unit = Unit::Line,
                    Some(_) => self.unit = Unit::Record,
                    None => continue,
                }
            }
            if let Some(end) = self.end(bytes, old) {
                self.rest.extend_from_slice(&bytes[end..]);
                bytes.truncate(end);
                self.line += memchr_iter(b'\n', bytes).count() as u64;
                return Ok(true);
            }
            if bytes.len() >= LONGEST {
                bytes.truncate(LONGEST);
                self.line += 1 + memchr_iter(b'\n', bytes).count() as u64;
                self.is_rest = true;
                return Ok(true);
            }
        }
        self.line += 1;
        match (bytes.is_empty(), self.error.take()) {
            (true, Some(error)) => Err(error),
            (is_empty, error) => {
                self.error = error;
                Ok(!is_empty)
            }
        }
    }

    /// Drops what belongs to a line of which the start was given out.
    fn pass_over(&mut self, bytes: &mut Vec<u8>) {
        match memchr(b'\n', bytes) {
            Some(end) => {
                bytes.drain(..=end);
                self.is_rest = false;
            }
            None => bytes.clear(),
        }
    }

    /// Where the last whole line or record ends; before `old` there is no line end.
    fn end(&self, bytes: &[u8], old: usize) -> Option<usize> {
        match self.unit {
            Unit::Line | Unit::Found => memrchr(b'\n', bytes.get(old..)?).map(|end| old + end + 1),
            Unit::Record => {
                let mut quotes = memchr_iter(b'"', bytes).count();
                let ends = bytes.iter().enumerate().rev();
                for (place, byte) in ends {
                    match byte {
                        b'"' => quotes -= 1,
                        b'\n' if quotes % 2 == 0 => return Some(place + 1),
                        _ => {}
                    }
                }
                None
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use std::io::{self, Read};

    use memchr::memchr_iter;

    use super::{Chunk, Chunks, LONGEST, Unit};

    /// Gives a few bytes at each reading, and a fault at the end if wanted.
    struct Trickle<'a> {
        bytes: &'a [u8],
        at_once: usize,
        is_broken: bool,
    }

    impl Read for Trickle<'_> {
        fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
            if self.bytes.is_empty() && self.is_broken {
                return Err(io::Error::other("broken"));
            }
            let most = self.at_once.min(buffer.len());
            self.bytes.read(&mut buffer[..most])
        }
    }

    /// The lines with their numbers, and whether the end was a fault.
    fn lines(bytes: &[u8], at_once: usize, is_broken: bool) -> (Vec<(u64, Vec<u8>)>, bool) {
        let mut chunks = Chunks::new(Trickle { bytes, at_once, is_broken }, Unit::Line);
        let mut chunk = Chunk::default();
        let mut all = Vec::new();
        loop {
            match chunks.next(&mut chunk) {
                Ok(true) => all.extend((chunk.first_line..).zip(chunk.lines().map(<[u8]>::to_vec))),
                Ok(false) => return (all, false),
                Err(_) => return (all, true),
            }
        }
    }

    #[test]
    fn every_line_comes_once_however_it_is_read() {
        let text = b"one\r\n\n\r\nt\0wo\rx\n three";
        let expected: [&[u8]; 5] = [b"one", b"", b"", b"t\0wo\rx", b" three"];
        for at_once in [1, 2, 3, 7, 1000] {
            for is_broken in [false, true] {
                let (lines, ended_badly) = lines(text, at_once, is_broken);
                assert!(lines.iter().map(|(_, line)| &**line).eq(expected), "{at_once} at once: {lines:?}");
                assert!(lines.iter().map(|(number, _)| *number).eq(1..=5), "{at_once} at once: {lines:?}");
                assert_eq!(ended_badly, is_broken);
            }
        }
        assert_eq!(lines(b"one\n", 2, false).0, [(1, b"one".to_vec())]);
        assert_eq!(lines(b"", 1, false).0, []);
        assert_eq!(lines(b"\n", 1, false).0, [(1, Vec::new())]);
        assert_eq!(lines(b"\xef\xbb\xbfone", 100, false).0, [(1, b"one".to_vec())]);
    }

    #[test]
    fn of_a_line_that_is_too_long_the_rest_is_passed_over() {
        for over in [0, 1, LONGEST, 3 * LONGEST + 5] {
            let mut text = vec![b'a'; LONGEST + over];
            text.extend_from_slice(b"\nnext\n");
            for at_once in [1 << 14, 1 << 30] {
                let (lines, _) = lines(&text, at_once, false);
                let lengths: Vec<_> = lines.iter().map(|(number, line)| (*number, line.len())).collect();
                assert_eq!(lengths, [(1, LONGEST), (2, 4)], "{over} over, {at_once} at once");
            }
            assert_eq!(lines(&text[..LONGEST + over], 1 << 30, false).0.len(), 1, "{over} over, without an end");
        }
    }

    #[test]
    fn a_record_is_not_cut_within_quotes() {
        let table = b"id,text\n1,\"one\ntwo\"\n2,three\n3,\"\"\"four\"\"\n\"\n4,five";
        for at_once in [1, 2, 5, 1000] {
            let mut chunks = Chunks::new(Trickle { bytes: table, at_once, is_broken: false }, Unit::Record);
            let mut chunk = Chunk::default();
            let mut whole = Vec::new();
            while chunks.next(&mut chunk).expect("the source has no faults") {
                assert_eq!(memchr_iter(b'"', &chunk.bytes).count() % 2, 0, "{chunk:?}");
                whole.extend_from_slice(&chunk.bytes);
            }
            assert_eq!(whole, table);
        }
    }
}
