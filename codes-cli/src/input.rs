use std::ffi::{OsStr, OsString};
use std::fs::File;
use std::io::{self, IsTerminal, Read};
use std::path::Path;

use anyhow::{Context, Result, bail};

use crate::output::Output;
use crate::shown::quoted;

/// The longest text that is taken: more than any mail that a server accepts, and not the whole memory.
const LONGEST: u64 = 64 * 1024 * 1024;

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
            [] => Self::of_stdin(out)?,
            [only] if only == "-" => Self::of_stdin(out)?,
            [only] if is_file_name(only) => Self::of_file(only)?,
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

    fn of_stdin(out: &mut Output) -> Result<Self> {
        let stdin = io::stdin().lock();
        if stdin.is_terminal() {
            let end = if cfg!(windows) { "Ctrl-Z and Enter" } else { "Ctrl-D" };
            out.note(&format!("reading from the terminal: paste the text, then press {end}"))?;
        }
        let text = read(stdin).context("cannot read standard input")?;
        Ok(Self { text, is_argument: false })
    }

    fn of_file(name: &OsStr) -> Result<Self> {
        let open = || {
            let file = File::open(name)?;
            if file.metadata()?.is_dir() {
                return Err(io::Error::other("it is a folder: expected a file with a reply or a message"));
            }
            read(file)
        };
        let text = open().with_context(|| format!("cannot read {}", quoted(name.as_encoded_bytes())))?;
        Ok(Self { text, is_argument: false })
    }
}

/// Whether an argument names a file. A long one can't, and asking the system about it would be an error.
fn is_file_name(argument: &OsStr) -> bool {
    !argument.is_empty() && Path::new(argument).exists()
}

fn read(source: impl Read) -> io::Result<Vec<u8>> {
    let mut text = Vec::new();
    source.take(LONGEST + 1).read_to_end(&mut text)?;
    if text.len() as u64 > LONGEST {
        return Err(io::Error::other(format!("it is longer than {} MB: expected one reply or message", LONGEST >> 20)));
    }
    Ok(text)
}
