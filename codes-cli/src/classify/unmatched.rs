use std::collections::HashMap;
use std::io;

use smtp_codes::Severity;
use smtp_codes::log::Outcome;

use super::judge::{Judged, Kind};
use super::table::Fields;
use super::write::{Job, Shape};
use crate::fingerprint::fingerprint;
use crate::json::line;
use crate::output::Output;
use crate::shown::{cut, shown};

/// What no rule knows, by its fingerprint.
#[derive(Debug, Default)]
pub(super) struct Groups {
    groups: HashMap<Vec<u8>, Group>,
    /// How many texts found no room.
    further: u64,
}

#[derive(Debug)]
struct Group {
    count: u64,
    file: usize,
    line: u64,
    /// The first text, as far as it is of use.
    example: Vec<u8>,
}

/// How many kinds are kept apart: with more, a further kind is only counted.
const MOST: usize = 50_000;

/// How much of a text is kept as an example.
const LONGEST: usize = 1000;

impl Groups {
    /// Adds a text, if no rule knows it and it is a failure.
    pub(super) fn add(&mut self, judged: &Judged<'_>, file: usize, line: u64) {
        let verdict = &judged.verdict;
        let is_failure = !matches!(verdict.class, Some(Severity::PositiveCompletion | Severity::PositiveIntermediate))
            && judged.record.is_none_or(|record| record.outcome != Outcome::Delivered);
        let text = judged.text.trim_ascii();
        if verdict.rule.is_some() || !is_failure || judged.kind == Kind::Other || text.is_empty() {
            return;
        }
        let example = text[..text.len().min(LONGEST)].to_vec();
        self.insert(fingerprint(text), Group { count: 1, file, line, example });
    }

    fn insert(&mut self, fingerprint: Vec<u8>, group: Group) {
        let is_full = self.groups.len() >= MOST;
        match self.groups.get_mut(&fingerprint) {
            Some(known) => known.count += group.count,
            None if is_full => self.further += group.count,
            None => {
                self.groups.insert(fingerprint, group);
            }
        }
    }

    /// Moves what the other has into this one. The pieces of the files come in order, so that the first example stays.
    pub(super) fn merge(&mut self, other: &mut Self) {
        self.further += std::mem::take(&mut other.further);
        for (fingerprint, group) in other.groups.drain() {
            self.insert(fingerprint, group);
        }
    }

    /// Writes the groups, the most frequent first.
    pub(super) fn write(&self, job: &Job, out: &mut Output) -> io::Result<()> {
        let mut groups: Vec<_> = self.groups.iter().collect();
        groups.sort_by_key(|(_, group)| (std::cmp::Reverse(group.count), group.file, group.line));
        let mut text = Vec::new();
        if let Shape::Csv { .. } = job.shape {
            text.extend_from_slice(b"count,fingerprint,file,line,example\n");
        }
        let columns = out.line_columns();
        for (fingerprint, group) in groups {
            let (name, example) = (job.names[group.file].as_bytes(), job.shown(&group.example));
            match &job.shape {
                Shape::Json => {
                    text.extend_from_slice(b"{\"count\":");
                    line::number(group.count, &mut text);
                    text.extend_from_slice(b",\"fingerprint\":");
                    line::string(fingerprint, &mut text);
                    text.extend_from_slice(b",\"file\":");
                    line::string(name, &mut text);
                    text.extend_from_slice(b",\"line\":");
                    line::number(group.line, &mut text);
                    text.extend_from_slice(b",\"example\":");
                    line::string(&example, &mut text);
                    text.extend_from_slice(b"}\n");
                }
                Shape::Csv { is_for_terminal } => {
                    let mut fields = Fields { out: &mut text, is_first: true, is_for_terminal: *is_for_terminal };
                    fields.number(Some(group.count));
                    fields.field(fingerprint);
                    fields.field(name);
                    fields.number(Some(group.line));
                    fields.field(&example);
                    text.push(b'\n');
                }
                Shape::Table(_) => {
                    let example = cut(&shown(&example), columns.saturating_sub(10));
                    text.extend_from_slice(format!("{:>8}  {example}\n", group.count).as_bytes());
                }
            }
        }
        out.raw(&text)?;
        match self.further {
            0 => Ok(()),
            further => out.note(&format!("{further} more in kinds beyond the first {MOST}")),
        }
    }
}
