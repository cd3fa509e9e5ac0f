//! Verdicts as CSV.

use memchr::{memchr, memchr3};
use smtp_codes::{Conflict, Party, Reason};

use super::judge::Judged;
use super::row::{Head, Id, Kept, Row};
use super::write::Job;
use crate::json::{self, line};
use crate::shown::{is_printable, shown};

const VERDICT: [&str; 11] = [
    "reply",
    "enhanced",
    "class",
    "reason",
    "party",
    "action",
    "provider",
    "rule",
    "basis",
    "retry_after",
    "blocklist",
];

/// The names of the columns: those that the rows had, then those of the verdict, of which one gets another name where rows had it.
pub(super) fn head(job: &Job, kept: &[u8]) -> Vec<u8> {
    let kept = Head::read(kept);
    let mut out = Vec::new();
    let mut writer = Fields { out: &mut out, is_first: true, is_for_terminal: false };
    kept.names.iter().for_each(|name| writer.field(name));
    let ours = job.several.then_some("file").into_iter().chain(["line"]).chain(job.id_field.as_ref().map(|_| "id"));
    let text = if job.field.is_none() { Some("text") } else { None };
    for name in ours.chain(VERDICT).chain(["conflicts"]).chain(text) {
        if kept.names.iter().any(|kept| kept == name.as_bytes()) {
            writer.field(format!("verdict_{name}").as_bytes());
        } else {
            writer.field(name.as_bytes());
        }
    }
    if job.field.is_some() && kept.names.is_empty() {
        writer.field(b"input");
    }
    out.push(b'\n');
    out
}

pub(super) fn row(
    job: &Job,
    row: &Row<'_>,
    judged: &Judged<'_>,
    file: usize,
    is_for_terminal: bool,
    out: &mut Vec<u8>,
) {
    let mut writer = Fields { out, is_first: true, is_for_terminal };
    if let Kept::Csv(names, fields) = row.kept {
        // A row that is too short gets empty fields, and of one that is too long the rest is left out.
        (0..names.len()).for_each(|place| writer.field(&job.shown(fields.get(place).unwrap_or_default())));
    }
    if job.several {
        writer.field(job.names[file].as_bytes());
    }
    writer.number(Some(row.line));
    if job.id_field.is_some() {
        match row.id {
            Id::None => writer.field(b""),
            Id::Json(id) => {
                let id = serde_json::from_str::<String>(id).unwrap_or_else(|_| id.to_owned());
                writer.field(&job.shown(id.as_bytes()));
            }
            Id::Text(id) => writer.field(&job.shown(id)),
        }
    }
    let verdict = &judged.verdict;
    writer.number(verdict.reply.map(|reply| reply.as_u16().into()));
    writer.start();
    if let Some(code) = verdict.enhanced {
        line::enhanced(code, writer.out);
    }
    let words = [
        verdict.class.map(json::class),
        verdict.reason.map(Reason::as_str),
        verdict.party.map(Party::as_str),
        Some(verdict.action.as_str()),
        verdict.provider.map(|provider| provider.id),
    ];
    for word in words {
        writer.word(word.unwrap_or_default());
    }
    writer.field(verdict.rule.map_or("", |rule| rule.id).as_bytes());
    writer.word(verdict.basis.as_str());
    writer.number(verdict.retry_after.map(u64::from));
    writer.field(verdict.blocklist.map_or("", |list| list.name).as_bytes());
    writer.start();
    for (place, conflict) in verdict.conflicts.iter().enumerate() {
        writer.out.extend_from_slice(if place == 0 { b"" } else { b" " });
        writer.out.extend_from_slice(Conflict::as_str(conflict).as_bytes());
    }
    match row.kept {
        Kept::Json(object) => writer.field(&job.shown(object.as_bytes())),
        Kept::Nothing => writer.field(&job.shown(judged.text)),
        Kept::Csv(..) => {}
    }
    writer.out.push(b'\n');
}

/// Writes the fields of one row.
pub(super) struct Fields<'a> {
    pub(super) out: &'a mut Vec<u8>,
    pub(super) is_first: bool,
    /// Whether what would drive a terminal has to be made visible.
    pub(super) is_for_terminal: bool,
}

impl Fields<'_> {
    fn start(&mut self) {
        if !std::mem::take(&mut self.is_first) {
            self.out.push(b',');
        }
    }

    pub(super) fn number(&mut self, number: Option<u64>) {
        self.start();
        if let Some(number) = number {
            line::number(number, self.out);
        }
    }

    /// A word of the catalogue: letters, digits and hyphens.
    fn word(&mut self, word: &str) {
        self.start();
        self.out.extend_from_slice(word.as_bytes());
    }

    pub(super) fn field(&mut self, field: &[u8]) {
        self.start();
        if is_printable(field) {
            self.quoted(field);
        } else if self.is_for_terminal {
            self.quoted(shown(field).as_bytes());
        } else {
            self.quoted(String::from_utf8_lossy(field).as_bytes());
        }
    }

    /// In quotation marks where there is a sign in it that sets fields or rows apart.
    fn quoted(&mut self, field: &[u8]) {
        if memchr3(b',', b'"', b'\n', field).is_none() && memchr(b'\r', field).is_none() {
            self.out.extend_from_slice(field);
            return;
        }
        self.out.push(b'"');
        for byte in field {
            if *byte == b'"' {
                self.out.push(b'"');
            }
            self.out.push(*byte);
        }
        self.out.push(b'"');
    }
}
