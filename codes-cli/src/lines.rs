use std::io::{self, Read};

use memchr::memchr;

/// The lines of a source in bounded memory: of a line longer than [`LONGEST`], the rest is passed over.
#[derive(Debug)]
pub(crate) struct Lines<R> {
    source: R,
    buffer: Vec<u8>,
    /// What is read and not yet given out: `start..end`; up to `searched` there is no line end in it.
    start: usize,
    searched: usize,
    end: usize,
    /// Whether what comes next is the rest of a line that was given out.
    is_rest: bool,
}

/// How many bytes of a line count.
pub(crate) const LONGEST: usize = 1 << 20;

/// How much is read at once, while lines are no longer than that.
const CHUNK: usize = 1 << 17;

impl<R: Read> Lines<R> {
    pub(crate) fn new(source: R) -> Self {
        Self { source, buffer: vec![0; CHUNK], start: 0, searched: 0, end: 0, is_rest: false }
    }

    /// The next line that is already read, without its end.
    pub(crate) fn buffered(&mut self) -> Option<&[u8]> {
        loop {
            let Some(found) = memchr(b'\n', &self.buffer[self.searched..self.end]) else {
                self.searched = self.end;
                return self.too_long();
            };
            let line = self.start..self.searched + found;
            self.start = line.end + 1;
            self.searched = self.start;
            if !std::mem::take(&mut self.is_rest) {
                return Some(without_return(&self.buffer[line]));
            }
        }
    }

    /// The start of a line that has become longer than lines may be.
    fn too_long(&mut self) -> Option<&[u8]> {
        let line = self.start..self.end;
        if self.is_rest {
            self.start = self.end;
            return None;
        }
        if line.len() < LONGEST {
            return None;
        }
        self.start = self.end;
        self.is_rest = true;
        Some(&self.buffer[line])
    }

    /// Reads more; `false` where there is no more.
    pub(crate) fn fill(&mut self) -> io::Result<bool> {
        self.buffer.copy_within(self.start..self.end, 0);
        self.end -= self.start;
        self.searched -= self.start;
        self.start = 0;
        if self.end == self.buffer.len() {
            self.buffer.resize((2 * self.end).min(LONGEST), 0);
        }
        loop {
            match self.source.read(&mut self.buffer[self.end..]) {
                Ok(read) => {
                    self.end += read;
                    return Ok(read > 0);
                }
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) => return Err(error),
            }
        }
    }

    /// What stands behind the last line end, once there is no more to read.
    pub(crate) fn last(&self) -> Option<&[u8]> {
        let line = &self.buffer[self.start..self.end];
        (!line.is_empty() && !self.is_rest).then(|| without_return(line))
    }
}

fn without_return(line: &[u8]) -> &[u8] {
    line.strip_suffix(b"\r").unwrap_or(line)
}

#[cfg(test)]
mod tests {
    use std::io::{self, Read};

    use super::{LONGEST, Lines};

    /// Gives a few bytes at each reading.
    struct Trickle<'a>(&'a [u8], usize);

    impl Read for Trickle<'_> {
        fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
            let most = self.1.min(buffer.len());
            self.0.read(&mut buffer[..most])
        }
    }

    fn lines(text: &[u8], at_once: usize) -> Vec<Vec<u8>> {
        let mut lines = Lines::new(Trickle(text, at_once));
        let mut all = Vec::new();
        loop {
            while let Some(line) = lines.buffered() {
                all.push(line.to_vec());
            }
            if !lines.fill().expect("the source has no faults") {
                all.extend(lines.last().map(<[u8]>::to_vec));
                return all;
            }
        }
    }

    #[test]
    fn every_line_comes_once_however_it_is_read() {
        let text = b"one\r\n\n\r\nt\0wo\rx\n three";
        let expected: [&[u8]; 5] = [b"one", b"", b"", b"t\0wo\rx", b" three"];
        for at_once in [1, 2, 3, 7, 1000] {
            assert_eq!(lines(text, at_once), expected, "{at_once} at once");
        }
        assert_eq!(lines(b"one\n", 2), [b"one"]);
        assert_eq!(lines(b"", 1), [b""; 0]);
        assert_eq!(lines(b"\n", 1), [b""]);
    }

    #[test]
    fn of_a_line_that_is_too_long_the_rest_is_passed_over() {
        for over in [0, 1, LONGEST, 3 * LONGEST + 5] {
            let mut text = vec![b'a'; LONGEST + over];
            text.extend_from_slice(b"\nnext\n");
            for at_once in [1 << 14, 1 << 30] {
                let lines = lines(&text, at_once);
                let lengths: Vec<usize> = lines.iter().map(Vec::len).collect();
                assert_eq!(lengths, [LONGEST, 4], "{over} over, {at_once} at once");
            }
            assert_eq!(lines(&text[..LONGEST + over], 1 << 30).len(), 1, "{over} over, without an end");
        }
    }
}
