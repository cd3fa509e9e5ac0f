//! What was proven when the texts were at hand: `proofs.lock`.
//!
//! A row is a claim in words, so that the file's difference shows what changed and no hash has to be believed; a row
//! `text …` holds the fingerprint of the words of a document against which claims were proven.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::{fs, io};

use anyhow::{Context, Result};
use smtp_codes_data::Fault;

/// The command that writes the file.
const UPDATE: &str = "cargo xtask validate --rfc-dir DIR --iana-dir DIR --update-lock";

/// The file, read.
pub(super) struct Lock {
    path: PathBuf,
    /// Each row with its line; `None` where there is no file.
    rows: Option<BTreeMap<String, usize>>,
}

/// What is known of a claim before the lock is asked.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Standing {
    /// Proven just now.
    Proven,
    /// The texts were not at hand.
    Unknown,
    /// Refuted, or nothing that the lock keeps.
    Out,
}

/// A row that the lock should have.
pub(super) struct Wanted {
    pub(super) row: String,
    pub(super) standing: Standing,
    /// Where to report that it is missing.
    pub(super) place: Fault,
}

impl Lock {
    /// Reads the file, which may be missing.
    pub(super) fn read(path: &Path) -> Result<Self> {
        let rows = match fs::read_to_string(path) {
            Ok(text) => Some(rows(&text)),
            Err(error) if error.kind() == io::ErrorKind::NotFound => None,
            Err(error) => return Err(error).with_context(|| path.display().to_string()),
        };
        Ok(Self { path: path.to_owned(), rows })
    }

    /// Whether a row is in the file.
    pub(super) fn holds(&self, row: &str) -> bool {
        self.rows.as_ref().is_some_and(|rows| rows.contains_key(row))
    }

    /// Claims that are not in the file, rows that nobody claims, and fingerprints of other texts than those at hand.
    ///
    /// `texts` are the documents that are cited, with their fingerprints where they are at hand. An entry that was refuted
    /// just now has a fault already.
    pub(super) fn faults(
        &self,
        wanted: &[Wanted],
        texts: &BTreeMap<&str, Option<String>>,
        refuted: &BTreeSet<&str>,
    ) -> Vec<Fault> {
        let Some(rows) = &self.rows else {
            return vec![self.fault(1, "", "", format!("the file, as `{UPDATE}` writes it"), "none")];
        };
        let wanted: Vec<&Wanted> =
            wanted.iter().filter(|wanted| !refuted.contains(wanted.place.entry.as_str())).collect();
        let mut faults: Vec<Fault> = wanted
            .iter()
            .filter(|wanted| !rows.contains_key(&wanted.row))
            .filter_map(|wanted| self.missing(wanted))
            .collect();
        let claimed: BTreeSet<&str> = wanted.iter().map(|wanted| wanted.row.as_str()).collect();
        let mut fingerprints = BTreeSet::new();
        for (row, line) in rows {
            if let Some((document, digest)) = text_row(row) {
                fingerprints.insert(document);
                faults.extend(self.other_text(*line, document, digest, texts));
            } else if !claimed.contains(row.as_str()) {
                let (entry, claim) = row.split_once(": ").unwrap_or((row, ""));
                let stale = self.fault(
                    *line,
                    entry,
                    "",
                    format!("a claim of the catalogue; run `{UPDATE}`"),
                    format!("`{claim}`, which it no longer makes"),
                );
                faults.extend((!refuted.contains(entry)).then_some(stale));
            }
        }
        for (document, now) in texts {
            if now.is_some() && !fingerprints.contains(document) {
                faults.push(self.fault(1, document, "text", format!("its fingerprint; run `{UPDATE}`"), "none"));
            }
        }
        faults
    }

    fn missing(&self, wanted: &Wanted) -> Option<Fault> {
        let expected = match wanted.standing {
            Standing::Out => return None,
            Standing::Proven => format!("a claim that {} holds; run `{UPDATE}`", self.name()),
            Standing::Unknown => format!("a claim that {} holds as proven; prove it with `{UPDATE}`", self.name()),
        };
        Some(Fault { expected, found: format!("`{}`", wanted.row), ..wanted.place.clone() })
    }

    fn other_text(
        &self,
        line: usize,
        document: &str,
        digest: &str,
        texts: &BTreeMap<&str, Option<String>>,
    ) -> Option<Fault> {
        let (expected, found) = match texts.get(document) {
            None => (format!("a document that is cited; run `{UPDATE}`"), "it nowhere".to_owned()),
            Some(Some(now)) if now != digest => {
                (format!("`{now}`, the fingerprint of the text at hand; run `{UPDATE}`"), format!("`{digest}`"))
            }
            Some(_) => return None,
        };
        Some(self.fault(line, document, "text", expected, found))
    }

    /// Writes the file and says how many rows it has.
    pub(super) fn write(&self, claims: &BTreeSet<&str>, texts: &BTreeMap<&str, Option<String>>) -> Result<usize> {
        let texts =
            texts.iter().filter_map(|(document, digest)| Some(format!("text {document}: {}", digest.as_ref()?)));
        let rows: BTreeSet<String> = claims.iter().map(|claim| (*claim).to_owned()).chain(texts).collect();
        let mut file = format!("# Proven against the texts. Don't edit: `{UPDATE}` writes it.\n");
        for row in &rows {
            file.push_str(row);
            file.push('\n');
        }
        fs::write(&self.path, file).with_context(|| self.path.display().to_string())?;
        Ok(rows.len())
    }

    fn name(&self) -> String {
        self.path.file_name().unwrap_or(self.path.as_os_str()).to_string_lossy().into_owned()
    }

    fn fault(
        &self,
        line: usize,
        entry: &str,
        key: &str,
        expected: impl Into<String>,
        found: impl Into<String>,
    ) -> Fault {
        Fault {
            file: self.name(),
            line,
            entry: entry.to_owned(),
            key: key.to_owned(),
            expected: expected.into(),
            found: found.into(),
        }
    }
}

fn rows(text: &str) -> BTreeMap<String, usize> {
    let lines = text.lines().enumerate().filter(|(_, line)| !line.is_empty() && !line.starts_with('#'));
    lines.map(|(index, line)| (line.to_owned(), index + 1)).collect()
}

/// Reads `text RFC 5321: 0123456789abcdef`.
fn text_row(row: &str) -> Option<(&str, &str)> {
    row.strip_prefix("text ")?.rsplit_once(": ")
}
