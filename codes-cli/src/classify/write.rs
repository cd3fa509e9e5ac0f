use std::borrow::Cow;
use std::sync::Arc;

use csv::ByteRecord;
use memchr::memchr_iter;
use smtp_codes::log::{Format, Reader};

use super::judge::{Judged, Kind, judge};
use super::row::{Head, Id, Kept, Row, fields};
use super::{Done, table};
use crate::input::Piece;
use crate::json::line::{self, VerdictCache};
use crate::redact::{redacted, redacted_at};
use crate::render::Columns;
use crate::rules::Rules;

/// What each thread does with the pieces of the files.
pub(super) struct Job {
    pub(super) rules: Rules,
    pub(super) names: Vec<String>,
    /// Whether to say the file with each line.
    pub(super) several: bool,
    pub(super) shape: Shape,
    /// The field with the reply, where lines are objects or rows.
    pub(super) field: Option<String>,
    pub(super) id_field: Option<String>,
    pub(super) format: Option<Format>,
    pub(super) unmatched: bool,
    pub(super) redact: bool,
}

/// How verdicts are written.
pub(super) enum Shape {
    /// Lines for people.
    Table(Columns),
    Json,
    Csv {
        is_for_terminal: bool,
    },
}

/// What a thread works with.
pub(super) struct State {
    /// A new one for each piece: what is written must not depend on which pieces a thread got before.
    reader: Reader,
    cache: VerdictCache,
}

impl Job {
    pub(super) fn state(&self) -> State {
        State { reader: self.reader(), cache: VerdictCache::default() }
    }

    /// Who sent a message is of no use here.
    fn reader(&self) -> Reader {
        self.format.map_or_else(Reader::new, Reader::with_format).remembering(0)
    }

    /// The names of the columns, for a table for machines.
    pub(super) fn head(&self, kept: &[u8]) -> Vec<u8> {
        match self.shape {
            Shape::Csv { .. } => table::head(self, kept),
            _ => Vec::new(),
        }
    }

    pub(super) fn work(&self, piece: &Piece, state: &mut State, done: &mut Done) {
        done.bytes.clear();
        done.head = if piece.is_table { Arc::clone(&piece.head) } else { Arc::default() };
        state.reader = self.reader();
        if !piece.is_table && !piece.head.is_empty() {
            let _ = state.reader.read(piece.head.trim_ascii_end());
        }
        let lines = (piece.chunk.first_line..).zip(piece.chunk.lines());
        match &self.field {
            None => lines.for_each(|(line, text)| {
                self.row(&Row { line, text, id: Id::None, kept: Kept::Nothing }, piece.file, state, done);
            }),
            Some(field) if piece.is_table => self.table(field, piece, state, done),
            Some(field) => lines.for_each(|(line, object)| self.object(field, line, object, piece.file, state, done)),
        }
    }

    /// A line that is an object. One that is none is judged as it is, so that no line is lost, and counted.
    fn object(&self, field: &str, line: u64, object: &[u8], file: usize, state: &mut State, done: &mut Done) {
        let object = String::from_utf8_lossy(object);
        let found = fields(&object, field, self.id_field.as_deref());
        let kept = if found.is_some() { Kept::Json(&object) } else { Kept::Nothing };
        let (text, id) = match found {
            Some(found) => (found.text, found.id.map_or(Id::None, Id::Json)),
            None => (None, Id::None),
        };
        let text = text.unwrap_or_else(|| {
            done.faults.lacks_field(line);
            Cow::Borrowed(if matches!(kept, Kept::Nothing) { &*object } else { "" })
        });
        self.row(&Row { line, text: text.as_bytes(), id, kept }, file, state, done);
    }

    fn table(&self, field: &str, piece: &Piece, state: &mut State, done: &mut Done) {
        let head = Head::read(&piece.head);
        let Some(field_place) = head.place(field) else {
            done.faults.lacks_column(field, &head.names);
            return;
        };
        let id_place = self.id_field.as_deref().map(|id| (id, head.place(id)));
        if let Some((id, None)) = id_place {
            done.faults.lacks_column(id, &head.names);
            return;
        }
        let id_place = id_place.and_then(|(_, place)| place);
        let mut rows = head.rows(&piece.chunk.bytes);
        let mut record = ByteRecord::new();
        let (bytes, mut line, mut counted) = (&piece.chunk.bytes, piece.chunk.first_line, 0);
        // Memory has no faults, and rows may be of any length and have any bytes.
        while let Ok(true) = rows.read_byte_record(&mut record) {
            let place =
                record.position().map_or(counted, |position| usize::try_from(position.byte()).unwrap_or(counted));
            let start = place + bytes[place..].iter().take_while(|byte| matches!(byte, b'\r' | b'\n')).count();
            line += memchr_iter(b'\n', &bytes[counted..start]).count() as u64;
            counted = start;
            let text = record.get(field_place).unwrap_or_else(|| {
                done.faults.lacks_field(line);
                b""
            });
            let id = id_place.and_then(|place| record.get(place)).map_or(Id::None, Id::Text);
            self.row(&Row { line, text, id, kept: Kept::Csv(&head.names, &record) }, piece.file, state, done);
        }
    }

    fn row(&self, row: &Row<'_>, file: usize, state: &mut State, done: &mut Done) {
        let judged = judge(row.text, &self.rules, &mut state.reader);
        if judged.kind == Kind::Text && self.format.is_some() {
            done.faults.is_of_another_log(row.line);
        }
        if self.unmatched {
            done.groups.add(&judged, file, row.line);
            return;
        }
        match &self.shape {
            Shape::Json => self.json(row, &judged, file, &mut state.cache, &mut done.bytes),
            Shape::Csv { is_for_terminal } => table::row(self, row, &judged, file, *is_for_terminal, &mut done.bytes),
            Shape::Table(columns) => {
                let place = judged.verdict.matched.as_ref().map_or(0, |matched| matched.start);
                if self.redact {
                    let (text, place) = redacted_at(judged.text, place);
                    columns.row(&text, place, &judged.verdict, &mut done.bytes);
                } else {
                    columns.row(judged.text, place, &judged.verdict, &mut done.bytes);
                }
            }
        }
    }

    /// The text, with addresses hidden if that is wanted.
    pub(super) fn shown<'a>(&self, text: &'a [u8]) -> Cow<'a, [u8]> {
        if self.redact { Cow::Owned(redacted(text)) } else { Cow::Borrowed(text) }
    }

    fn json(&self, row: &Row<'_>, judged: &Judged<'_>, file: usize, cache: &mut VerdictCache, out: &mut Vec<u8>) {
        out.push(b'{');
        if self.several {
            out.extend_from_slice(b"\"file\":");
            line::string(self.names[file].as_bytes(), out);
            out.push(b',');
        }
        out.extend_from_slice(b"\"line\":");
        line::number(row.line, out);
        match row.id {
            Id::None => {}
            Id::Json(id) => {
                out.extend_from_slice(b",\"id\":");
                self.raw(id, out);
            }
            Id::Text(id) => {
                out.extend_from_slice(b",\"id\":");
                line::string(&self.shown(id), out);
            }
        }
        cache.write(&judged.verdict, judged.matched(), out);
        if judged.record.is_some() {
            self.record(judged, out);
        }
        match row.kept {
            Kept::Nothing => {}
            Kept::Json(object) => {
                out.extend_from_slice(b",\"input\":");
                self.raw(object, out);
            }
            Kept::Csv(names, fields) => {
                out.extend_from_slice(b",\"input\":{");
                for (place, (name, field)) in names.iter().zip(fields).enumerate() {
                    if place > 0 {
                        out.push(b',');
                    }
                    line::string(name, out);
                    out.push(b':');
                    line::string(&self.shown(field), out);
                }
                out.push(b'}');
            }
        }
        out.extend_from_slice(b"}\n");
    }

    /// What the line of a log tells beside the reply.
    fn record(&self, judged: &Judged<'_>, out: &mut Vec<u8>) {
        let Some(record) = &judged.record else { return };
        out.extend_from_slice(b",\"log\":{\"format\":\"");
        out.extend_from_slice(record.format.as_str().as_bytes());
        out.extend_from_slice(b"\",\"outcome\":\"");
        out.extend_from_slice(record.outcome.as_str().as_bytes());
        out.push(b'"');
        if let Some(time) = record.time {
            out.extend_from_slice(format!(",\"time\":\"{time}\"").as_bytes());
        }
        let relay = record.relay.and_then(|relay| relay.host.or(relay.address));
        let texts = [
            (&b",\"queue_id\":"[..], record.queue_id),
            (b",\"sender\":", record.sender),
            (b",\"recipient\":", record.recipient),
            (b",\"relay\":", relay),
        ];
        for (name, text) in texts {
            if let Some(text) = text {
                out.extend_from_slice(name);
                line::string(&self.shown(text), out);
            }
        }
        out.push(b'}');
    }

    /// Writes JSON as it stands in a row. Addresses are hidden in its strings, of which the escapes must stay whole.
    fn raw(&self, json: &str, out: &mut Vec<u8>) {
        if !self.redact {
            line::raw(json, out);
            return;
        }
        let mut value: serde_json::Value = serde_json::from_str(json).unwrap_or_default();
        hide(&mut value);
        line::raw(&value.to_string(), out);
    }
}

/// Hides addresses in all strings. Parsing has bounded how deep they are nested.
fn hide(value: &mut serde_json::Value) {
    match value {
        serde_json::Value::String(text) => {
            *text = String::from_utf8_lossy(&redacted(text.as_bytes())).into_owned();
        }
        serde_json::Value::Array(values) => values.iter_mut().for_each(hide),
        serde_json::Value::Object(fields) => fields.values_mut().for_each(hide),
        _ => {}
    }
}
