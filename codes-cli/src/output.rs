use std::io::{self, BufWriter, IsTerminal, Write};

use anstream::{AutoStream, ColorChoice};
use serde::Serialize;

use crate::page::Page;
use crate::style;

/// Where results and messages go: pages or JSON Lines to standard output, messages to standard error.
pub(crate) struct Output {
    results: BufWriter<AutoStream<io::StdoutLock<'static>>>,
    color: ColorChoice,
    /// How wide the terminal is, if it is one.
    terminal: Option<usize>,
    is_first: bool,
    is_colored: bool,
}

/// How many bytes are written at once.
const BUFFER: usize = 1 << 16;

impl Output {
    /// Streams pass through: they have nothing in them to strip, and looking for it would take as long as all the rest.
    pub(crate) fn new(color: ColorChoice, is_of_stream: bool) -> Self {
        let stdout = io::stdout().lock();
        let terminal = terminal_columns(&stdout);
        let choice = if color == ColorChoice::Auto { AutoStream::choice(&stdout) } else { color };
        let results = AutoStream::new(stdout, if is_of_stream { ColorChoice::AlwaysAnsi } else { choice });
        let is_colored = choice != ColorChoice::Never;
        Self { results: BufWriter::with_capacity(BUFFER, results), color, terminal, is_first: true, is_colored }
    }

    /// An empty page as wide as the output.
    pub(crate) fn blank(&self) -> Page {
        Page::new(self.columns(), self.is_colored)
    }

    /// How wide a page is.
    pub(crate) fn columns(&self) -> usize {
        self.terminal.map_or(80, |columns| columns.clamp(40, 90))
    }

    /// How many rows the terminal has, if it is one.
    pub(crate) fn rows(&self) -> Option<usize> {
        self.terminal?;
        let size = terminal_size::terminal_size_of(io::stdout());
        Some(size.map_or(24, |(_, terminal_size::Height(rows))| usize::from(rows)))
    }

    /// Writes what moves the cursor, which is no matter of colour.
    pub(crate) fn control(&mut self, text: &str) -> io::Result<()> {
        self.flush()?;
        // This thread has the lock already, and may have it twice.
        io::stdout().write_all(text.as_bytes()).map_err(|error| cannot_write(&error))
    }

    /// How wide the lines of a stream may be: as the terminal, or where there is none, so that all columns of a table fit.
    pub(crate) fn line_columns(&self) -> usize {
        self.terminal.map_or(160, |columns| columns.clamp(60, 240))
    }

    /// Whether results may be coloured.
    pub(crate) fn is_colored(&self) -> bool {
        self.is_colored
    }

    /// Whether somebody sees the results at once.
    pub(crate) fn is_terminal(&self) -> bool {
        self.terminal.is_some()
    }

    /// Writes a page, with an empty line between it and the one before.
    pub(crate) fn page(&mut self, page: &Page) -> io::Result<()> {
        if !self.is_first {
            self.raw(b"\n")?;
        }
        self.is_first = false;
        self.raw(page.as_str().as_bytes())
    }

    /// Writes one object on one line.
    pub(crate) fn object(&mut self, object: &impl Serialize) -> io::Result<()> {
        serde_json::to_writer(&mut self.results, object).map_err(|error| cannot_write(&error.into()))?;
        self.raw(b"\n")
    }

    /// Writes text or bytes as they are.
    pub(crate) fn raw(&mut self, text: &[u8]) -> io::Result<()> {
        self.results.write_all(text).map_err(|error| cannot_write(&error))
    }

    /// Says on standard error what is wrong; results written before it are shown first.
    pub(crate) fn error(&mut self, message: &str) -> io::Result<()> {
        self.flush()?;
        error(message, self.color);
        Ok(())
    }

    /// Says something on standard error as it is: one of several faults.
    pub(crate) fn message(&mut self, message: &str) -> io::Result<()> {
        self.flush()?;
        let _ = writeln!(io::stderr(), "{message}");
        Ok(())
    }

    /// Says something on standard error that is no fault.
    pub(crate) fn note(&mut self, message: &str) -> io::Result<()> {
        self.flush()?;
        // A message that nobody can be told is lost; the results still count.
        let _ = writeln!(AutoStream::new(io::stderr(), self.color), "{}note:{:#} {message}", style::BOLD, style::BOLD);
        Ok(())
    }

    pub(crate) fn flush(&mut self) -> io::Result<()> {
        self.results.flush().map_err(|error| cannot_write(&error))
    }
}

fn cannot_write(error: &io::Error) -> io::Error {
    io::Error::new(error.kind(), format!("cannot write the results: {error}"))
}

/// Says on standard error what is wrong.
pub(crate) fn error(message: &str, color: ColorChoice) {
    // As above: there is nowhere else to say it.
    let _ = writeln!(AutoStream::new(io::stderr(), color), "{}error:{:#} {message}", style::ERROR, style::ERROR);
}

fn terminal_columns(stdout: &io::StdoutLock<'_>) -> Option<usize> {
    if !stdout.is_terminal() {
        return None;
    }
    let size = terminal_size::terminal_size_of(stdout);
    Some(size.map_or(80, |(terminal_size::Width(columns), _)| usize::from(columns)))
}
