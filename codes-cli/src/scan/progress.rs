//! A progress bar on standard error, where that is a terminal and the input is long.

use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use indicatif::{ProgressBar, ProgressStyle};

/// How far the reading is.
#[derive(Debug)]
pub(crate) struct Progress {
    size: u64,
    start: Instant,
    bar: Option<ProgressBar>,
}

/// What takes no longer needs no bar.
const PATIENCE: Duration = Duration::from_millis(500);

impl Progress {
    /// For so many bytes; 0 where that is not known.
    pub(crate) fn new(size: u64) -> Self {
        Self { size, start: Instant::now(), bar: None }
    }

    /// Shows how many bytes are read.
    pub(crate) fn show(&mut self, done: &AtomicU64) {
        if self.bar.is_none() && self.start.elapsed() < PATIENCE {
            return;
        }
        let size = self.size;
        self.bar.get_or_insert_with(|| bar(size)).set_position(done.load(Ordering::Relaxed));
    }

    /// Takes the bar away, so that something else can be written; it comes back when there is more to show.
    pub(crate) fn clear(&mut self) {
        if let Some(bar) = self.bar.take() {
            bar.finish_and_clear();
        }
    }
}

fn bar(size: u64) -> ProgressBar {
    let (bar, template) = if size > 0 {
        (ProgressBar::new(size), "{wide_bar} {percent:>3} % of {total_bytes}, {bytes_per_sec}, {eta} left")
    } else {
        (ProgressBar::no_length(), "{spinner} {bytes} read, {bytes_per_sec}")
    };
    // The template is right, or the bar looks as by default.
    bar.with_style(ProgressStyle::with_template(template).unwrap_or_else(|_| ProgressStyle::default_bar()))
}
