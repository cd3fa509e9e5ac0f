//! What can't be proven or agrees with no registry, each with its reason: `exceptions.toml`.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use anyhow::{Context, Result};
use serde::Deserialize;
use smtp_codes_data::Fault;
use toml::Spanned;

/// The file, read.
pub(super) struct Exceptions {
    file: String,
    line_starts: Vec<usize>,
    tables: Tables,
}

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct Tables {
    #[serde(default)]
    absent: Vec<Absent>,
    #[serde(default)]
    registry: Vec<Difference>,
}

/// `[[absent]]`: a document whose text or index row needn't be there.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Absent {
    document: Spanned<String>,
    reason: String,
}

/// `[[registry]]`: a difference between an entry and its registry.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Difference {
    entry: Spanned<String>,
    key: String,
    /// What the registry says, so that the exception ends when the registry changes.
    registry: String,
    reason: String,
}

impl Exceptions {
    /// Reads the file.
    pub(super) fn read(path: &Path) -> Result<Self> {
        let text = fs::read_to_string(path).with_context(|| path.display().to_string())?;
        let tables = toml::from_str(&text).with_context(|| path.display().to_string())?;
        let file = path.file_name().unwrap_or(path.as_os_str()).to_string_lossy().into_owned();
        let line_starts = std::iter::once(0).chain(text.match_indices('\n').map(|(at, _)| at + 1)).collect();
        Ok(Self { file, line_starts, tables })
    }

    /// Whether a document is listed as absent.
    pub(super) fn excuses_absence(&self, document: &str) -> bool {
        self.tables.absent.iter().any(|absent| absent.document.get_ref() == document)
    }

    /// The place of the exception for a difference; `registry` is what the registry says.
    pub(super) fn excusing(&self, entry: &str, key: &str, registry: &str) -> Option<usize> {
        self.tables.registry.iter().position(|exception| {
            exception.entry.get_ref() == entry && exception.key == key && exception.registry == registry
        })
    }

    /// Exceptions for documents that nobody cites, and exceptions without a reason.
    pub(super) fn faults(&self, cited: &BTreeSet<&str>) -> Vec<Fault> {
        let mut faults = Vec::new();
        for absent in &self.tables.absent {
            let document = absent.document.get_ref();
            if !cited.contains(document.as_str()) {
                let fault = self.fault(&absent.document, document, "document", "a document that the catalogue cites");
                faults.push(fault);
            }
            self.reason(&absent.document, document, &absent.reason, &mut faults);
        }
        for exception in &self.tables.registry {
            self.reason(&exception.entry, exception.entry.get_ref(), &exception.reason, &mut faults);
        }
        faults
    }

    /// Exceptions for differences that are none; `used` are the places of those that were needed.
    pub(super) fn unneeded(&self, used: &BTreeSet<usize>) -> Vec<Fault> {
        let exceptions = self.tables.registry.iter().enumerate();
        let unused = exceptions.filter(|(place, _)| !used.contains(place));
        let faults = unused.map(|(_, exception)| {
            let expected = format!("a difference where the registry says `{}`", exception.registry);
            self.fault(&exception.entry, exception.entry.get_ref(), &exception.key, expected)
        });
        faults.collect()
    }

    fn reason(&self, place: &Spanned<String>, entry: &str, reason: &str, faults: &mut Vec<Fault>) {
        if reason.trim().is_empty() {
            faults.push(self.fault(place, entry, "reason", "the reason"));
        }
    }

    fn fault(&self, place: &Spanned<String>, entry: &str, key: &str, expected: impl Into<String>) -> Fault {
        let start = place.span().start;
        Fault {
            file: self.file.clone(),
            line: self.line_starts.partition_point(|line| *line <= start),
            entry: format!("exception for {entry}"),
            key: key.to_owned(),
            expected: expected.into(),
            found: "none".to_owned(),
        }
    }
}
