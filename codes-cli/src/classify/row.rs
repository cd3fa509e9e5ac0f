//! The rows of tables and of JSON Lines: the reply in one field, and the others kept.

use std::borrow::Cow;
use std::fmt;

use csv::{ByteRecord, ReaderBuilder};
use serde::de::{DeserializeSeed, Deserializer, IgnoredAny, MapAccess, Visitor};
use serde_json::value::RawValue;

/// What a row tells.
pub(super) struct Row<'a> {
    pub(super) line: u64,
    pub(super) text: &'a [u8],
    pub(super) id: Id<'a>,
    pub(super) kept: Kept<'a>,
}

/// The field that says which row it is.
#[derive(Clone, Copy)]
pub(super) enum Id<'a> {
    None,
    /// As it stands in JSON.
    Json(&'a str),
    Text(&'a [u8]),
}

/// What else a row has.
#[derive(Clone, Copy)]
pub(super) enum Kept<'a> {
    /// Nothing: the line is the text.
    Nothing,
    /// The whole object.
    Json(&'a str),
    /// The names of the columns, and their fields.
    Csv(&'a ByteRecord, &'a ByteRecord),
}

/// A field of an object and its id, as they stand there.
pub(super) struct Fields<'a> {
    pub(super) text: Option<Cow<'a, str>>,
    pub(super) id: Option<&'a str>,
}

/// Takes two fields out of an object; `None` where it is none.
pub(super) fn fields<'a>(object: &'a str, field: &str, id: Option<&str>) -> Option<Fields<'a>> {
    let mut deserializer = serde_json::Deserializer::from_str(object);
    let (text, id) = Wanted { field, id }.deserialize(&mut deserializer).ok()?;
    deserializer.end().ok()?;
    Some(Fields { text: text.and_then(|text| words(text.get())), id: id.map(RawValue::get) })
}

/// A string without its quotation marks; what is none, such as a number, as it stands there.
fn words(json: &str) -> Option<Cow<'_, str>> {
    match json.as_bytes().first()? {
        b'"' => match json.get(1..json.len() - 1).filter(|inner| !inner.contains('\\')) {
            Some(inner) => Some(Cow::Borrowed(inner)),
            None => serde_json::from_str(json).ok().map(Cow::Owned),
        },
        b'n' => None,
        _ => Some(Cow::Borrowed(json)),
    }
}

struct Wanted<'w> {
    field: &'w str,
    id: Option<&'w str>,
}

impl<'de> DeserializeSeed<'de> for Wanted<'_> {
    type Value = (Option<&'de RawValue>, Option<&'de RawValue>);

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        deserializer.deserialize_map(self)
    }
}

impl<'de> Visitor<'de> for Wanted<'_> {
    type Value = (Option<&'de RawValue>, Option<&'de RawValue>);

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        let (mut text, mut id) = (None, None);
        while let Some(name) = map.next_key::<Cow<'de, str>>()? {
            let (is_text, is_id) = (name == self.field, self.id == Some(&*name));
            if is_text || is_id {
                let value = map.next_value::<&RawValue>()?;
                text = if is_text { Some(value) } else { text };
                id = if is_id { Some(value) } else { id };
            } else {
                map.next_value::<IgnoredAny>()?;
            }
        }
        Ok((text, id))
    }
}

/// The columns of a table, by the line that names them.
#[derive(Debug)]
pub(super) struct Head {
    pub(super) names: ByteRecord,
    delimiter: u8,
}

impl Head {
    /// Reads the line; fields are set apart by whatever stands in it most often: commas, semicolons or tabs.
    pub(super) fn read(line: &[u8]) -> Self {
        let count = |delimiter: &u8| memchr::memchr_iter(*delimiter, line).count();
        let delimiter = [b'\t', b';', b','].into_iter().max_by_key(count).unwrap_or(b',');
        let mut names = ByteRecord::new();
        // Memory has no faults, and a record may have any bytes.
        let _ = reader(delimiter).from_reader(line).read_byte_record(&mut names);
        Self { names, delimiter }
    }

    /// The place of a column.
    pub(super) fn place(&self, name: &str) -> Option<usize> {
        self.names.iter().position(|column| column == name.as_bytes())
    }

    /// Reads rows.
    pub(super) fn rows<'a>(&self, bytes: &'a [u8]) -> csv::Reader<&'a [u8]> {
        reader(self.delimiter).from_reader(bytes)
    }
}

fn reader(delimiter: u8) -> ReaderBuilder {
    let mut reader = ReaderBuilder::new();
    reader.has_headers(false).flexible(true).delimiter(delimiter);
    reader
}
