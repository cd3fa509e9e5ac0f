//! A file that grows and is rotated, read as far as it goes.

use std::collections::VecDeque;
use std::ffi::{OsStr, OsString};
use std::fs::{self, File, Metadata};
use std::io::{self, Read, Seek, SeekFrom};
use std::time::{Duration, Instant};

use memchr::{memchr, memrchr};

use crate::input;

/// A file by its name, whatever file has that name.
#[derive(Debug)]
pub(crate) struct Tail {
    name: OsString,
    /// The file that has the name, and before it those that had it and may still be written to.
    opened: VecDeque<Opened>,
}

#[derive(Debug)]
struct Opened {
    file: File,
    id: Id,
    position: u64,
    /// The line that has no end yet.
    rest: Vec<u8>,
    /// Whether the rest of a line is passed over, as it is too long.
    is_passing: bool,
    /// When it grew last.
    grew: Instant,
}

/// How long a file is still read after another one has its name: whoever writes may learn of it late.
const GRACE: Duration = Duration::from_secs(30);

/// How many bytes of a line count.
const LONGEST: usize = 1 << 20;

const CHUNK: usize = 1 << 17;

impl Tail {
    pub(crate) fn new(name: &OsStr) -> Self {
        Self { name: name.to_owned(), opened: VecDeque::new() }
    }

    /// Hands the lines that have come to `take`, each without its end, at most about a megabyte at once; tells whether there were any.
    pub(crate) fn read(&mut self, mut take: impl FnMut(&[u8])) -> io::Result<bool> {
        self.turn()?;
        let mut has_grown = false;
        for opened in &mut self.opened {
            has_grown |= opened.read(&mut take)?;
        }
        while self.opened.len() > 1 && self.opened.front().is_some_and(|opened| opened.grew.elapsed() > GRACE) {
            if let Some(mut opened) = self.opened.pop_front() {
                opened.end(&mut take);
            }
        }
        Ok(has_grown)
    }

    /// Looks which file has the name. One that has lost it and whose successor is not there yet is read on.
    fn turn(&mut self) -> io::Result<()> {
        let known = self.opened.back().map(|opened| opened.id);
        match fs::metadata(&self.name) {
            Ok(metadata) if known == Some(Id::of(&metadata)) => Ok(()),
            Err(error) if error.kind() == io::ErrorKind::NotFound && known.is_some() => Ok(()),
            Err(error) => Err(error),
            Ok(_) => {
                let file = input::open(&self.name, "a mail log")?;
                let id = Id::of(&file.metadata()?);
                // It may have been rotated in between.
                if known != Some(id) {
                    let (rest, grew) = (Vec::new(), Instant::now());
                    self.opened.push_back(Opened { file, id, position: 0, rest, is_passing: false, grew });
                }
                Ok(())
            }
        }
    }
}

impl Opened {
    fn read(&mut self, take: &mut impl FnMut(&[u8])) -> io::Result<bool> {
        /// So much at once lets other files have their turn.
        const CHUNKS: usize = 8;
        // Somebody has copied the file and emptied it.
        if self.file.metadata()?.len() < self.position {
            self.end(take);
            self.position = self.file.seek(SeekFrom::Start(0))?;
        }
        let mut has_grown = false;
        for _ in 0..CHUNKS {
            let old = self.rest.len();
            self.rest.resize(old + CHUNK, 0);
            let read = self.file.read(&mut self.rest[old..]);
            self.rest.truncate(old + *read.as_ref().unwrap_or(&0));
            let read = match read {
                Err(error) if error.kind() != io::ErrorKind::Interrupted => return Err(error),
                read => read.unwrap_or(0),
            };
            if read == 0 {
                break;
            }
            has_grown = true;
            self.grew = Instant::now();
            self.position += read as u64;
            self.lines(take);
        }
        Ok(has_grown)
    }

    /// Gives out the whole lines.
    fn lines(&mut self, take: &mut impl FnMut(&[u8])) {
        if self.is_passing {
            match memchr(b'\n', &self.rest) {
                Some(end) => drop(self.rest.drain(..=end)),
                None => return self.rest.clear(),
            }
            self.is_passing = false;
        }
        if let Some(end) = memrchr(b'\n', &self.rest) {
            self.rest[..end].split(|byte| *byte == b'\n').for_each(|line| take(without_return(line)));
            self.rest.drain(..=end);
        }
        if self.rest.len() > LONGEST {
            take(&self.rest[..LONGEST]);
            self.rest.clear();
            self.is_passing = true;
        }
    }

    /// There is no more to come: a line without an end is one as well.
    fn end(&mut self, take: &mut impl FnMut(&[u8])) {
        if !self.rest.is_empty() && !self.is_passing {
            take(without_return(&self.rest));
        }
        self.rest.clear();
        self.is_passing = false;
    }
}

fn without_return(line: &[u8]) -> &[u8] {
    let line = line.strip_suffix(b"\r").unwrap_or(line);
    &line[..line.len().min(LONGEST)]
}

/// By what a file is known when its name changes.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
struct Id {
    #[cfg(unix)]
    inode: (u64, u64),
    #[cfg(not(unix))]
    created: Option<std::time::SystemTime>,
}

impl Id {
    #[cfg(unix)]
    fn of(metadata: &Metadata) -> Self {
        use std::os::unix::fs::MetadataExt;
        Self { inode: (metadata.dev(), metadata.ino()) }
    }

    #[cfg(not(unix))]
    fn of(metadata: &Metadata) -> Self {
        Self { created: metadata.created().ok() }
    }
}

#[cfg(test)]
mod tests {
    use std::fs::{self, File};
    use std::io::Write;
    use std::path::PathBuf;

    use super::{LONGEST, Tail};

    /// A folder of its own for each test.
    struct Folder(PathBuf);

    impl Folder {
        fn new(name: &str) -> Self {
            let folder = std::env::temp_dir().join(format!("smtp-codes-tail-{name}-{}", std::process::id()));
            fs::create_dir_all(&folder).expect("a folder");
            Self(folder)
        }

        fn file(&self, name: &str) -> PathBuf {
            self.0.join(name)
        }
    }

    impl Drop for Folder {
        fn drop(&mut self) {
            let _ = fs::remove_dir_all(&self.0);
        }
    }

    fn append(file: &PathBuf, text: &str) {
        let mut file = File::options().append(true).create(true).open(file).expect("the file opens");
        file.write_all(text.as_bytes()).expect("the file is written");
    }

    /// The lines that have come, all of them.
    fn lines(tail: &mut Tail) -> Vec<String> {
        let mut lines = Vec::new();
        while tail.read(|line| lines.push(String::from_utf8_lossy(line).into_owned())).expect("it is read") {}
        lines
    }

    #[test]
    fn a_line_counts_when_it_ends() {
        let folder = Folder::new("grow");
        let log = folder.file("mail.log");
        append(&log, "one\r\ntw");
        let mut tail = Tail::new(log.as_os_str());
        assert_eq!(lines(&mut tail), ["one"]);
        append(&log, "o\n\nthree");
        assert_eq!(lines(&mut tail), ["two", ""]);
        append(&log, "\n");
        assert_eq!(lines(&mut tail), ["three"]);
        assert_eq!(lines(&mut tail), [""; 0]);
    }

    #[test]
    fn a_renamed_file_is_read_on_and_its_successor_from_the_start() {
        let folder = Folder::new("rename");
        let (log, old) = (folder.file("mail.log"), folder.file("mail.log.1"));
        append(&log, "one\n");
        let mut tail = Tail::new(log.as_os_str());
        assert_eq!(lines(&mut tail), ["one"]);
        fs::rename(&log, &old).expect("it is renamed");
        append(&old, "two\n");
        assert_eq!(lines(&mut tail), ["two"]);
        append(&log, "four\n");
        append(&old, "three\n");
        assert_eq!(lines(&mut tail), ["three", "four"]);
    }

    #[test]
    fn an_emptied_file_is_read_from_the_start() {
        let folder = Folder::new("empty");
        let log = folder.file("mail.log");
        append(&log, "one\ntwo\nthr");
        let mut tail = Tail::new(log.as_os_str());
        assert_eq!(lines(&mut tail), ["one", "two"]);
        File::options().write(true).truncate(true).open(&log).expect("it is emptied");
        append(&log, "four\n");
        assert_eq!(lines(&mut tail), ["thr", "four"]);
    }

    #[test]
    fn what_is_not_there_yet_is_an_error_until_it_comes() {
        let folder = Folder::new("late");
        let log = folder.file("mail.log");
        let mut tail = Tail::new(log.as_os_str());
        assert!(tail.read(|_| ()).is_err());
        append(&log, "one\n");
        assert_eq!(lines(&mut tail), ["one"]);
        assert!(Tail::new(folder.0.as_os_str()).read(|_| ()).is_err());
    }

    #[test]
    fn of_a_line_that_is_too_long_the_rest_is_passed_over() {
        let folder = Folder::new("long");
        let log = folder.file("mail.log");
        append(&log, &"x".repeat(3 * LONGEST));
        let mut tail = Tail::new(log.as_os_str());
        let lengths: Vec<usize> = lines(&mut tail).iter().map(String::len).collect();
        assert_eq!(lengths, [LONGEST]);
        append(&log, "xxx\nnext\n");
        assert_eq!(lines(&mut tail), ["next"]);
    }
}
