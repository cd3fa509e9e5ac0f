use std::ffi::OsString;

use csv::ByteRecord;
use smtp_codes::log::Format;

use super::write::Job;
use crate::input;
use crate::shown::{quoted, shown};

/// What was wrong in the files, or in a piece of one.
#[derive(Debug, Default)]
pub(super) struct Faults {
    files: Vec<Fault>,
    /// Lines that are of no log of the format that was named: how many, and the first.
    others: Lines,
    /// Of a piece: what is wrong with its file.
    own: Fault,
}

#[derive(Clone, Debug, Default)]
struct Fault {
    /// Lines without the field.
    lacking: Lines,
    /// What is to be said of the columns.
    columns: Option<String>,
    differs: bool,
}

#[derive(Clone, Copy, Debug, Default)]
struct Lines {
    count: u64,
    first: u64,
}

impl Lines {
    fn add(&mut self, other: Self) {
        if self.count == 0 {
            self.first = other.first;
        }
        self.count += other.count;
    }
}

impl Faults {
    pub(super) fn new(files: usize) -> Self {
        Self { files: vec![Fault::default(); files], ..Self::default() }
    }

    pub(super) fn lacks_field(&mut self, line: u64) {
        self.own.lacking.add(Lines { count: 1, first: line });
    }

    pub(super) fn is_of_another_log(&mut self, line: u64) {
        self.others.add(Lines { count: 1, first: line });
    }

    pub(super) fn lacks_column(&mut self, name: &str, names: &ByteRecord) {
        let names: Vec<String> = names.iter().take(20).map(shown).collect();
        self.own.columns =
            Some(format!("there is no column {}: expected one of {}", quoted(name.as_bytes()), names.join(", ")));
    }

    /// Takes what was wrong in a piece of the file.
    pub(super) fn add(&mut self, file: usize, piece: &mut Self) {
        let own = std::mem::take(&mut piece.own);
        let fault = &mut self.files[file];
        if own.lacking.count > 0 {
            fault.lacking.add(own.lacking);
        }
        fault.columns = fault.columns.take().or(own.columns);
        let others = std::mem::take(&mut piece.others);
        if others.count > 0 {
            self.others.add(others);
        }
    }

    /// The file has other columns than the first.
    pub(super) fn differs(&mut self, file: usize) {
        self.files[file].differs = true;
    }

    /// What there is to say of each file.
    pub(super) fn messages<'a>(&'a self, files: &'a [OsString], job: &'a Job) -> impl Iterator<Item = String> + 'a {
        let field = quoted(job.field.as_deref().unwrap_or_default().as_bytes());
        files.iter().zip(&self.files).flat_map(move |(name, fault)| {
            let name = input::name(name);
            let lacking = (fault.lacking.count > 0).then(|| {
                let Lines { count, first } = fault.lacking;
                let lines = if count == 1 { "line has" } else { "lines have" };
                format!("{name}: {count} {lines} no field {field}, the first is line {first}")
            });
            let differs = fault
                .differs
                .then(|| format!("{name}: its columns are not those of the first file, so they can't be kept"));
            let columns = fault.columns.as_ref().map(|columns| format!("{name}: {columns}"));
            [columns, lacking, differs].into_iter().flatten()
        })
    }

    /// How many lines are not of the log that was named.
    pub(super) fn note(&self, format: Option<Format>) -> Option<String> {
        let Lines { count, first } = self.others;
        let format = format.filter(|_| count > 0)?;
        let lines = if count == 1 { "line is" } else { "lines are" };
        Some(format!("{count} {lines} not of the log format {format}, the first is line {first}"))
    }
}
