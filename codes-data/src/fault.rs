use std::fmt;

use serde::Serialize;

/// Something wrong in a catalogue file: where it stands, what was expected and what was found.
///
/// Displayed as `replies.toml:12: reply 550: refs[0]: expected …, found …`.
#[derive(Clone, Debug, Eq, Ord, PartialEq, PartialOrd, Serialize)]
pub struct Fault {
    /// The file, relative to the catalogue's folder.
    pub file: String,
    /// The line, counted from 1.
    pub line: usize,
    /// The entry, as in `reply 550`; empty where the fault is the file's.
    pub entry: String,
    /// The key within the entry, as in `meaning[0].refs[1]`; empty where the fault is the entry's.
    pub key: String,
    pub expected: String,
    pub found: String,
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}: ", self.file, self.line)?;
        for part in [&self.entry, &self.key] {
            if !part.is_empty() {
                write!(f, "{part}: ")?;
            }
        }
        write!(f, "expected {}, found {}", self.expected, self.found)
    }
}

impl std::error::Error for Fault {}
