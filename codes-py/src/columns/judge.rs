//! Verdicts on many rows, by several threads.

use std::num::NonZeroUsize;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::{panic, thread};

use smtp_codes::{EnhancedCode, Rejection, ReplyCode, RuleSet, Verdict};

use super::column::Cells;
use super::rows::{Block, Rows, Rules};
use super::texts::Texts;

/// How many rows a thread takes at once: so few that all threads end at about the same time.
const BLOCK: usize = 2048;

/// What is known of all rows alike, and how they are judged.
pub(super) struct Settings {
    pub(super) reply: Option<ReplyCode>,
    pub(super) enhanced: Option<EnhancedCode>,
    pub(super) host: Option<String>,
    pub(super) set: Option<RuleSet<'static>>,
    pub(super) threads: NonZeroUsize,
}

/// So many rows of columns, each from a place of its own on.
pub(super) struct Window<'a> {
    pub(super) rows: usize,
    pub(super) texts: (&'a Texts, usize),
    pub(super) reply: Option<(&'a Cells, usize)>,
    pub(super) enhanced: Option<(&'a Cells, usize)>,
    pub(super) host: Option<(&'a Cells, usize)>,
}

/// Something in a column that is not what it ought to be.
pub(super) struct Fault {
    pub(super) column: &'static str,
    /// Counted from the start of the window.
    pub(super) row: usize,
    pub(super) message: String,
}

impl Settings {
    /// Puts the verdicts on a window's rows behind others.
    pub(super) fn judge(&self, window: &Window<'_>, rules: &Rules, all: &mut Rows) -> Result<(), Fault> {
        let blocks = window.rows.div_ceil(BLOCK);
        self.divide(blocks, |block| {
            let start = block * BLOCK;
            let end = window.rows.min(start + BLOCK);
            let mut rows = Block::with_capacity(end - start);
            for row in start..end {
                match self.rejection(window, row)? {
                    Some(rejection) => rows.push(&self.decide(&rejection), rules),
                    None => rows.push_null(),
                }
            }
            Ok(rows.finish())
        })
        .into_iter()
        .try_for_each(|rows| rows.map(|rows| all.append(&rows)))
    }

    /// The verdict on each text, `None` where there is none.
    pub(super) fn each<'t, T: Sync>(
        &self,
        items: &'t [T],
        text: impl Fn(&'t T) -> Option<&'t [u8]> + Sync,
    ) -> Vec<Option<Verdict<'static>>> {
        let verdict = |item| {
            let rejection = Rejection::new(text(item)?);
            Some(self.decide(&self.host.as_deref().map_or(rejection, |host| rejection.host(host))))
        };
        let given = self.divide(items.len().div_ceil(BLOCK), |block| {
            let items = items.iter().skip(block * BLOCK).take(BLOCK);
            items.map(verdict).collect::<Vec<_>>()
        });
        given.into_iter().flatten().collect()
    }

    /// What a function makes of each block, in order. The threads take turns in taking one.
    pub(super) fn divide<T: Send>(&self, blocks: usize, of_block: impl Fn(usize) -> T + Sync) -> Vec<T> {
        let threads = self.threads.get().min(blocks);
        if threads < 2 {
            return (0..blocks).map(of_block).collect();
        }
        let next = AtomicUsize::new(0);
        let work = || {
            let mut made = Vec::new();
            loop {
                let block = next.fetch_add(1, Ordering::Relaxed);
                if block >= blocks {
                    return made;
                }
                made.push((block, of_block(block)));
            }
        };
        let mut made = thread::scope(|scope| {
            let others: Vec<_> = (1..threads).map(|_| thread::Builder::new().spawn_scoped(scope, work)).collect();
            let mut made = work();
            // Where the system gives no more threads, this one does it all.
            for other in others.into_iter().flatten() {
                made.extend(other.join().unwrap_or_else(|panic| panic::resume_unwind(panic)));
            }
            made
        });
        made.sort_unstable_by_key(|(block, _)| *block);
        made.into_iter().map(|(_, made)| made).collect()
    }

    /// What is known of a row, or `None` where there is no text.
    #[inline]
    fn rejection<'a>(&'a self, window: &Window<'a>, row: usize) -> Result<Option<Rejection<'a>>, Fault> {
        let fault = |column, message: String| Fault { column, row, message };
        let (texts, from) = window.texts;
        let text = texts.get(from + row).map_err(|broken| fault("column", broken.to_string()))?;
        let Some(text) = text else { return Ok(None) };
        let mut rejection = Rejection::new(text);
        let reply = match window.reply {
            Some((cells, from)) => cells.reply(from + row).map_err(|message| fault("reply", message))?,
            None => self.reply,
        };
        if let Some(code) = reply {
            rejection = rejection.reply(code);
        }
        let enhanced = match window.enhanced {
            Some((cells, from)) => cells.enhanced(from + row).map_err(|message| fault("enhanced", message))?,
            None => self.enhanced,
        };
        if let Some(code) = enhanced {
            rejection = rejection.enhanced(code);
        }
        let host = match window.host {
            Some((cells, from)) => cells.host(from + row).map_err(|message| fault("host", message))?,
            None => self.host.as_deref(),
        };
        if let Some(host) = host {
            rejection = rejection.host(host);
        }
        Ok(Some(rejection))
    }

    #[inline]
    pub(super) fn decide(&self, rejection: &Rejection<'_>) -> Verdict<'static> {
        match &self.set {
            Some(set) => rejection.verdict_with(set),
            None => rejection.verdict(),
        }
    }
}
