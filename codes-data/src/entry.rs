use std::collections::BTreeMap;
use std::ops::Deref;

use serde::de::DeserializeOwned;
use toml::de::{DeTable, DeValue, Deserializer, Error};

use crate::fault::Fault;
use crate::files::File;

/// A table of a catalogue file together with the place where it stands, so that a fault found later can name its line.
#[derive(Clone, Debug)]
pub struct Entry<T> {
    value: T,
    file: String,
    label: String,
    line: usize,
    /// The line of every key and array member, by path: `meaning[0].refs[1]`.
    lines: BTreeMap<String, usize>,
}

impl<T> Entry<T> {
    /// The file, relative to the catalogue's folder.
    pub fn file(&self) -> &str {
        &self.file
    }

    /// What the entry is called in a fault: `reply 550`.
    pub fn label(&self) -> &str {
        &self.label
    }

    /// The line on which the entry begins, counted from 1.
    pub fn line(&self) -> usize {
        self.line
    }

    /// A fault at `key` of this entry, or at the entry itself where it has no such key.
    pub fn fault(&self, key: &str, expected: impl Into<String>, found: impl Into<String>) -> Fault {
        Fault {
            file: self.file.clone(),
            line: self.lines.get(key).copied().unwrap_or(self.line),
            entry: self.label.clone(),
            key: key.to_owned(),
            expected: expected.into(),
            found: found.into(),
        }
    }
}

impl<T> Deref for Entry<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.value
    }
}

/// A file that is being read: its tables are taken out one kind after the other, and its faults collected.
pub(crate) struct Reader<'a> {
    file: File<'a>,
    line_starts: Vec<usize>,
    root: DeTable<'a>,
    pub(crate) faults: Vec<Fault>,
}

impl<'a> Reader<'a> {
    pub(crate) fn new(file: File<'a>) -> Self {
        let line_starts = std::iter::once(0).chain(file.text.match_indices('\n').map(|(at, _)| at + 1)).collect();
        let (root, errors) = DeTable::parse_recoverable(file.text);
        let mut reader = Self { file, line_starts, root: root.into_inner(), faults: Vec::new() };
        for error in errors {
            reader.report(&error, String::new(), String::new());
        }
        reader
    }

    /// Takes out all `[[key]]` tables; `id_keys` are the keys that name an entry, as `code` names a reply.
    pub(crate) fn entries<T: DeserializeOwned>(&mut self, key: &str, id_keys: &[&str]) -> Vec<Entry<T>> {
        let Some(tables) = self.root.remove(key) else { return Vec::new() };
        let at = tables.span().start;
        let DeValue::Array(tables) = tables.into_inner() else {
            let line = self.line(at);
            self.fault(line, key, format!("`[[{key}]]` tables"), "something else");
            return Vec::new();
        };
        let mut entries = Vec::new();
        for (index, table) in tables.into_iter().enumerate() {
            let span = table.span();
            let DeValue::Table(table) = table.into_inner() else {
                let line = self.line(span.start);
                self.fault(line, key, "a table", "something else");
                continue;
            };
            let label = label(key, &table, id_keys).unwrap_or_else(|| format!("{key} #{}", index + 1));
            entries.extend(self.entry(label, span, table));
        }
        entries
    }

    /// Takes what is left as one table: the head of a file of this kind.
    pub(crate) fn head<T: DeserializeOwned>(&mut self, kind: &str) -> Option<Entry<T>> {
        let root = std::mem::take(&mut self.root);
        let label = label(kind, &root, &["id"]).unwrap_or_else(|| "head".to_owned());
        self.entry(label, 0..self.file.text.len(), root)
    }

    /// Ends the file: whatever was not taken out is unknown.
    pub(crate) fn finish(mut self) -> Vec<Fault> {
        for (key, value) in std::mem::take(&mut self.root) {
            let line = self.line(key.span().start);
            let found = format!("{} `{}`", value.get_ref().type_str(), key.get_ref());
            self.fault(line, "", "only the tables of the schema", found);
        }
        self.faults
    }

    fn entry<T: DeserializeOwned>(
        &mut self,
        label: String,
        span: std::ops::Range<usize>,
        mut table: DeTable<'a>,
    ) -> Option<Entry<T>> {
        let mut lines = BTreeMap::new();
        self.collect_lines("", &table, &mut lines);
        loop {
            let spanned = toml::Spanned::new(span.clone(), table.clone());
            match T::deserialize(Deserializer::from(spanned)) {
                Ok(value) => {
                    let line = self.line(span.start);
                    return Some(Entry { value, file: self.file.path.to_owned(), label, line, lines });
                }
                Err(error) => {
                    let key = error.span().and_then(|span| {
                        table.keys().find(|key| key.span() == span).map(|key| key.get_ref().to_string())
                    });
                    let offset = error.span().map_or(span.start, |span| span.start);
                    let path = key.clone().or_else(|| self.path_at(offset, &lines)).unwrap_or_default();
                    self.report_at(offset, error.message(), label.clone(), path);
                    // An unknown key must not hide the faults behind it: drop it and look again.
                    match key {
                        Some(key) if error.message().starts_with("unknown field") => table.remove(key.as_str()),
                        _ => return None,
                    };
                }
            }
        }
    }

    /// The line of every key below `table`, by path.
    fn collect_lines(&self, prefix: &str, table: &DeTable<'_>, lines: &mut BTreeMap<String, usize>) {
        for (key, value) in table {
            let path = format!("{prefix}{}", key.get_ref());
            lines.insert(path.clone(), self.line(key.span().start));
            self.collect_value(&path, value.get_ref(), lines);
        }
    }

    fn collect_value(&self, path: &str, value: &DeValue<'_>, lines: &mut BTreeMap<String, usize>) {
        match value {
            DeValue::Table(table) => self.collect_lines(&format!("{path}."), table, lines),
            DeValue::Array(array) => {
                for (index, member) in array.iter().enumerate() {
                    let path = format!("{path}[{index}]");
                    lines.insert(path.clone(), self.line(member.span().start));
                    self.collect_value(&path, member.get_ref(), lines);
                }
            }
            _ => {}
        }
    }

    /// The longest path that begins on the line of `offset`.
    fn path_at(&self, offset: usize, lines: &BTreeMap<String, usize>) -> Option<String> {
        let line = self.line(offset);
        lines.iter().find(|(_, at)| **at == line).map(|(path, _)| path.clone())
    }

    fn line(&self, offset: usize) -> usize {
        self.line_starts.partition_point(|start| *start <= offset)
    }

    fn report(&mut self, error: &Error, entry: String, key: String) {
        let offset = error.span().map_or(0, |span| span.start);
        self.report_at(offset, error.message(), entry, key);
    }

    /// Splits a message of the TOML reader or of serde into what was expected and what was found.
    fn report_at(&mut self, offset: usize, message: &str, entry: String, key: String) {
        let message = message.trim();
        if let Some(field) = message.strip_prefix("missing field ") {
            let (file, line) = (self.file.path.to_owned(), self.line(offset));
            let expected = format!("the key {field}");
            self.faults.push(Fault { file, line, entry, key, expected, found: "none".to_owned() });
            return;
        }
        let split = message
            .strip_prefix("expected ")
            .and_then(|rest| rest.split_once(", found "))
            .map(|(expected, found)| (expected, found.to_owned()))
            .or_else(|| message.split_once(", expected ").map(|(found, expected)| (expected, found.to_owned())));
        let (expected, found) = split.unwrap_or(("what the schema says", message.to_owned()));
        let (expected, line) = (expected.to_owned(), self.line(offset));
        self.faults.push(Fault { file: self.file.path.to_owned(), line, entry, key, expected, found });
    }

    fn fault(&mut self, line: usize, entry: &str, expected: impl Into<String>, found: impl Into<String>) {
        self.faults.push(Fault {
            file: self.file.path.to_owned(),
            line,
            entry: entry.to_owned(),
            key: String::new(),
            expected: expected.into(),
            found: found.into(),
        });
    }
}

/// `reply 550`, `enhanced 1.1`, `claim 5.1.x`: the values of those id keys that are there.
fn label(kind: &str, table: &DeTable<'_>, id_keys: &[&str]) -> Option<String> {
    let values: Vec<&str> = id_keys
        .iter()
        .filter_map(|key| match table.get(*key)?.get_ref() {
            DeValue::String(text) => Some(text.as_ref()),
            DeValue::Integer(number) => Some(number.as_str()),
            _ => None,
        })
        .collect();
    let separator = if kind == "enhanced" { "." } else { " " };
    (!values.is_empty()).then(|| format!("{kind} {}", values.join(separator)))
}
