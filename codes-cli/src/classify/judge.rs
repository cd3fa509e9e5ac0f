use std::ops::Range;

use smtp_codes::log::{Line, Reader, Record};
use smtp_codes::{Rejection, Verdict};

use crate::rules::Rules;

/// A text with the verdict on it.
pub(super) struct Judged<'a> {
    pub(super) verdict: Verdict<'a>,
    /// The reply: the text itself, or what of a line of a log is one.
    pub(super) text: &'a [u8],
    /// Where the reply stands in the text; `None` where the log writes it in another way.
    pub(super) place: Option<usize>,
    /// What the line of a log tells beside the reply.
    pub(super) record: Option<Record<'a>>,
    pub(super) kind: Kind,
}

/// What kind of line a text is.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Kind {
    /// It tells how a delivery ended, or of a refusal.
    Record,
    /// It is of a log, and tells neither.
    Other,
    /// It is of no log.
    Text,
}

/// Judges a text, which may be a line of a log.
pub(super) fn judge<'a>(text: &'a [u8], rules: &'a Rules, reader: &'a mut Reader) -> Judged<'a> {
    let whole = |kind| Judged { verdict: rules.verdict(text), text, place: Some(0), record: None, kind };
    match reader.read(text) {
        Line::Record(record) => Judged {
            verdict: verdict(&record, rules),
            text: record.text,
            place: place_in(text, record.text),
            record: Some(record),
            kind: Kind::Record,
        },
        Line::Other => whole(Kind::Other),
        Line::Unknown => whole(Kind::Text),
    }
}

fn verdict<'a>(record: &Record<'_>, rules: &'a Rules) -> Verdict<'a> {
    let rejection: Rejection<'_> = record.rejection();
    rules.verdict_on(&rejection)
}

impl Judged<'_> {
    /// Where in the whole text the words stand that decided.
    pub(super) fn matched(&self) -> Option<[usize; 2]> {
        let place = self.place?;
        self.verdict.matched.as_ref().map(|Range { start, end }| [place + start, place + end])
    }
}

/// Where a part stands in a text.
fn place_in(text: &[u8], part: &[u8]) -> Option<usize> {
    let place = part.as_ptr().addr().checked_sub(text.as_ptr().addr())?;
    (text.get(place..place + part.len())? == part).then_some(place)
}
