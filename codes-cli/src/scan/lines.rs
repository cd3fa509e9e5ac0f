//! The lines of one log after the other, and what they tell.

use smtp_codes::log::{Format, Line, Reader, Time};

use super::event::{Batch, Event};
use super::moment::{DAY, Moment, Zone};
use super::window::Window;
use super::years::Years;

/// Reads the lines of one file.
#[derive(Debug)]
pub(crate) struct LogLines {
    reader: Reader,
    years: Years,
    zone: Zone,
    window: Window,
    pub(crate) counts: LineCounts,
}

/// How many lines were of which kind.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub(crate) struct LineCounts {
    pub(crate) lines: u64,
    /// Those that tell how an attempt ended, or of a refusal.
    pub(crate) records: u64,
    /// Those of a known log that tell neither.
    pub(crate) other: u64,
    /// Those of no known log.
    pub(crate) unknown: u64,
    /// Of the records, those that are not from the time asked for.
    pub(crate) outside: u64,
}

impl LineCounts {
    pub(crate) fn add(&mut self, other: Self) {
        self.lines += other.lines;
        self.records += other.records;
        self.other += other.other;
        self.unknown += other.unknown;
        self.outside += other.outside;
    }
}

/// How to read logs.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Reading {
    pub(crate) format: Option<Format>,
    pub(crate) year: Option<u16>,
    pub(crate) window: Window,
}

impl LogLines {
    /// For a file that was changed last at this moment.
    pub(crate) fn new(reading: &Reading, changed: Moment) -> Self {
        Self {
            reader: reading.format.map_or_else(Reader::new, Reader::with_format),
            years: Years::new(changed, reading.year.map(i64::from)),
            zone: Zone::of_system(),
            window: reading.window,
            counts: LineCounts::default(),
        }
    }

    /// Reads one line, without its end, and keeps in the batch what it tells.
    pub(crate) fn read(&mut self, line: &[u8], batch: &mut Batch) {
        self.counts.lines += 1;
        match self.reader.read(line) {
            Line::Record(record) => {
                self.counts.records += 1;
                let time = record.time.and_then(|time| moment(time, &mut self.years, &mut self.zone));
                if self.window.holds(time) {
                    batch.push(&Event::of(&record, time, self.counts.lines));
                } else {
                    self.counts.outside += 1;
                }
            }
            Line::Other => self.counts.other += 1,
            Line::Unknown if line.trim_ascii().is_empty() => self.counts.other += 1,
            Line::Unknown => self.counts.unknown += 1,
        }
    }

    /// For a file that begins with these lines, after this one: who sent the messages that are still on their way is known then.
    ///
    /// What is known of another format helps nothing.
    pub(crate) fn after<'l>(self, last: Self, first_lines: impl Iterator<Item = &'l [u8]>) -> Self {
        /// As many lines tell the format, if any do.
        const LINES: usize = 100;
        let mut reader = self.reader.clone();
        for line in first_lines.take(LINES) {
            reader.read(line);
        }
        if reader.format() == last.format() { Self { reader: last.reader, ..self } } else { self }
    }

    /// The file grows, and was changed last at this moment.
    pub(crate) fn grows(&mut self, changed: Moment) {
        self.years.grows(changed);
    }

    /// When the first line with a time was written.
    pub(crate) fn first_time<'l>(&mut self, lines: impl IntoIterator<Item = &'l [u8]>) -> Option<Moment> {
        lines.into_iter().find_map(|line| match self.reader.read(line) {
            Line::Record(record) => moment(record.time?, &mut self.years, &mut self.zone),
            _ => None,
        })
    }

    pub(crate) fn format(&self) -> Option<Format> {
        self.reader.format()
    }
}

fn moment(time: Time, years: &mut Years, zone: &mut Zone) -> Option<Moment> {
    let second = time.micros().div_euclid(1_000_000);
    if time.offset().is_some() {
        return Some(years.with_year(zone.wall(second)));
    }
    if time.has_year() {
        return Some(years.with_year(Moment(second)));
    }
    let (_, month, day) = time.date();
    years.without_year(u8::try_from(month).ok()?, u8::try_from(day).ok()?, second.rem_euclid(DAY))
}
