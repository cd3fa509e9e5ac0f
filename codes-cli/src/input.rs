//! What is read: the text of `explain`, and the files that `classify` and `scan` read line by line.

mod chunks;
mod source;
mod stream;
mod zstd;

use std::borrow::Cow;
use std::ffi::{OsStr, OsString};
use std::fs::File;
use std::io::{self, IsTerminal, Read, StdinLock};
use std::path::Path;

use anyhow::{Context, Result, bail};

use crate::output::Output;
use crate::shown::quoted;

pub(crate) use chunks::{Chunk, Chunks, Unit};
pub(crate) use stream::{Event, Piece, Stream};

/// Opens a file or standard input, compressed or not, to read lines from.
pub(crate) use source::open as source;
pub(crate) use source::{is_compressed, uncompressed};

/// The longest text that is taken: more than any mail that a server accepts, and not the whole memory.
const LONGEST: u64 = 64 * 1024 * 1024;

/// What a text may be, for messages.
const TEXT: &str = "one reply or message";

/// A text that somebody wants to have explained.
#[derive(Debug)]
pub(crate) struct Input {
    pub(crate) text: Vec<u8>,
    /// Whether it stood in the arguments.
    pub(crate) is_argument: bool,
}

impl Input {
    /// Reads what the arguments name: nothing or `-` is standard input, one argument may be a file, and the rest is the text.
    pub(crate) fn read(arguments: &[OsString], out: &mut Output) -> Result<Self> {
        let input = match arguments {
            [] => Self::of_file(OsStr::new("-"), out)?,
            [only] if only == "-" || is_file_name(only) => Self::of_file(only, out)?,
            words => {
                let words: Vec<&[u8]> = words.iter().map(|word| word.as_encoded_bytes()).collect();
                Self { text: words.join(&b' '), is_argument: true }
            }
        };
        if input.text.trim_ascii().is_empty() {
            bail!("the text is empty: expected a reply, a log line or a message");
        }
        Ok(input)
    }

    fn of_file(file: &OsStr, out: &mut Output) -> Result<Self> {
        Ok(Self { text: whole(file, "a file with a reply or a message", TEXT, out)?, is_argument: false })
    }
}

/// The whole of a file, or of standard input where it is called `-`; what it should be is said where it is something else.
pub(crate) fn whole(file: &OsStr, expected: &str, content: &str, out: &mut Output) -> Result<Vec<u8>> {
    let text = if file == "-" {
        read(stdin(out)?, content)
    } else {
        open(file, expected).and_then(|file| read(file, content))
    };
    text.with_context(|| format!("cannot read {}", name(file)))
}

/// Standard input; somebody who would have to type it is told so.
pub(crate) fn stdin(out: &mut Output) -> io::Result<StdinLock<'static>> {
    let stdin = io::stdin().lock();
    note_terminal(&stdin, out)?;
    Ok(stdin)
}

/// Tells somebody who would have to type how to end.
pub(crate) fn note_terminal(stdin: &impl IsTerminal, out: &mut Output) -> io::Result<()> {
    if !stdin.is_terminal() {
        return Ok(());
    }
    let end = if cfg!(windows) { "Ctrl-Z and Enter" } else { "Ctrl-D" };
    out.note(&format!("reading from the terminal: paste the text, then press {end}"))
}

/// Opens a file; a folder is an error that says what was expected.
pub(crate) fn open(name: &OsStr, expected: &str) -> io::Result<File> {
    let file = File::open(name)?;
    if file.metadata()?.is_dir() {
        return Err(io::Error::other(format!("it is a folder: expected {expected}")));
    }
    Ok(file)
}

/// What messages call a file.
pub(crate) fn name(file: &OsStr) -> Cow<'static, str> {
    if file == "-" { "standard input".into() } else { quoted(file.as_encoded_bytes()).into() }
}

/// Whether an argument names a file. A long one can't, and asking the system about it would be an error.
fn is_file_name(argument: &OsStr) -> bool {
    !argument.is_empty() && Path::new(argument).exists()
}

fn read(source: impl Read, content: &str) -> io::Result<Vec<u8>> {
    let mut text = Vec::new();
    source.take(LONGEST + 1).read_to_end(&mut text)?;
    if text.len() as u64 > LONGEST {
        return Err(io::Error::other(format!("it is longer than {} MB: expected {content}", LONGEST >> 20)));
    }
    Ok(text)
}
