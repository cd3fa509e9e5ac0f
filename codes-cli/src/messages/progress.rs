//! How far a long run is, on a terminal.

use std::io::{self, IsTerminal};
use std::time::{Duration, Instant};

use indicatif::{ProgressBar, ProgressStyle};

/// A run that takes longer shows how far it is.
const PATIENCE: Duration = Duration::from_secs(2);

/// A bar on standard error, where that is a terminal, and results don't go to the same one.
pub(crate) struct Progress {
    /// `None` where nobody would see it.
    bar: Option<ProgressBar>,
    expected: u64,
    done: u64,
    start: Instant,
    is_shown: bool,
}

impl Progress {
    pub(crate) fn new() -> Self {
        let is_seen = io::stderr().is_terminal() && !io::stdout().is_terminal();
        Self { bar: is_seen.then(ProgressBar::hidden), expected: 0, done: 0, start: Instant::now(), is_shown: false }
    }

    /// So many files more are to come.
    pub(crate) fn expect(&mut self, files: usize) {
        self.expected += files as u64;
        self.tick();
    }

    /// One file is done.
    pub(crate) fn advance(&mut self) {
        self.done += 1;
        self.tick();
    }

    /// Shows how far it is, once it has taken long.
    pub(crate) fn tick(&mut self) {
        let Some(bar) = &self.bar else { return };
        if !self.is_shown {
            if self.start.elapsed() < PATIENCE {
                return;
            }
            self.is_shown = true;
            bar.set_draw_target(indicatif::ProgressDrawTarget::stderr_with_hz(5));
            if let Ok(style) = ProgressStyle::with_template("{bar:30} {pos} of {len} files, {eta} left") {
                bar.set_style(style);
            }
        }
        bar.set_length(self.expected);
        bar.set_position(self.done);
        bar.tick();
    }

    /// Does something that may write to the terminal, with the bar out of its way.
    pub(crate) fn hidden<T>(&self, write: impl FnOnce() -> T) -> T {
        match &self.bar {
            Some(bar) if self.is_shown => bar.suspend(write),
            _ => write(),
        }
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        if let Some(bar) = &self.bar {
            bar.finish_and_clear();
        }
    }
}
