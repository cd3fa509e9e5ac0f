//! Header fields: of the message, of its parts, and of the blocks in a delivery status.

use std::string::String;
use std::vec::Vec;

use memchr::memchr;

/// A header field with its value as it stands in the message, folded or not.
#[derive(Clone, Copy, Debug)]
pub(super) struct Field<'m> {
    pub(super) name: &'m [u8],
    pub(super) value: &'m [u8],
}

/// How many bytes of a value are read: more than any field that says something about a delivery, and little enough that what
/// decodes it need not be linear.
const LONGEST_VALUE: usize = 4096;

impl<'m> Field<'m> {
    pub(super) fn is(&self, name: &str) -> bool {
        self.name.eq_ignore_ascii_case(name.as_bytes())
    }

    /// The value on one line, with encoded words (RFC 2047) decoded and bytes that are no UTF-8 replaced.
    pub(super) fn text(&self) -> String {
        let value = self.short_value();
        if memchr::memmem::find(value, b"=?").is_some() {
            // The library wants a whole field, and takes any.
            let whole = [b"X:", value].concat();
            if let Ok((header, _)) = mailparse::parse_header(&whole) {
                return one_line(header.get_value().as_bytes());
            }
        }
        one_line(value)
    }

    /// As much of the value as is read.
    pub(super) fn short_value(&self) -> &'m [u8] {
        self.value[..self.value.len().min(LONGEST_VALUE)].trim_ascii()
    }
}

/// The text with each run of white space that holds a line end as one space.
pub(super) fn one_line(text: &[u8]) -> String {
    let text = String::from_utf8_lossy(text.trim_ascii());
    if !text.contains(['\n', '\r']) {
        return text.into_owned();
    }
    let lines = text.split(['\n', '\r']).map(|line| line.trim_matches([' ', '\t'])).filter(|line| !line.is_empty());
    lines.fold(String::with_capacity(text.len()), |mut joined, line| {
        if !joined.is_empty() {
            joined.push(' ');
        }
        joined.push_str(line);
        joined
    })
}

/// The fields at the start of a block; behind an empty line they end.
#[derive(Clone, Debug)]
pub(super) struct Fields<'m> {
    rest: &'m [u8],
}

impl<'m> Fields<'m> {
    pub(super) fn new(block: &'m [u8]) -> Self {
        Self { rest: block }
    }

    /// What stands behind the empty line, once the fields are read.
    pub(super) fn rest(&self) -> &'m [u8] {
        self.rest
    }
}

impl<'m> Iterator for Fields<'m> {
    type Item = Field<'m>;

    fn next(&mut self) -> Option<Field<'m>> {
        loop {
            let (line, after) = split_line(self.rest);
            if line.is_empty() {
                self.rest = after;
                return None;
            }
            let Some(name) = name(line) else {
                // The line that begins a mailbox, or what some program has put between the fields.
                if !is_passed_over(line) {
                    return None;
                }
                self.rest = after;
                continue;
            };
            let start = self.rest;
            let mut rest = after;
            while matches!(rest.first(), Some(b' ' | b'\t')) {
                let (folded, after) = split_line(rest);
                if folded.trim_ascii().is_empty() {
                    break;
                }
                rest = after;
            }
            let whole = &start[..start.len() - rest.len()];
            self.rest = rest;
            let value = whole[memchr(b':', whole).map_or(whole.len(), |colon| colon + 1)..].trim_ascii();
            return Some(Field { name, value });
        }
    }
}

/// Whether a line among the fields that is none is no end of them.
fn is_passed_over(line: &[u8]) -> bool {
    line.starts_with(b"From ") || line.starts_with(b">From ") || matches!(line.first(), Some(b' ' | b'\t'))
}

/// The first line without its end, and what follows it.
pub(super) fn split_line(text: &[u8]) -> (&[u8], &[u8]) {
    let (line, rest) = match memchr(b'\n', text) {
        Some(end) => (&text[..end], &text[end + 1..]),
        None => (text, &[][..]),
    };
    (line.strip_suffix(b"\r").unwrap_or(line), rest)
}

/// The name of the field that begins with this line (RFC 5322, Section 2.2), if one does.
pub(super) fn name(line: &[u8]) -> Option<&[u8]> {
    let length = line.iter().take(80).take_while(|byte| (b'!'..=b'~').contains(*byte) && **byte != b':').count();
    let name = &line[..length];
    if name.starts_with(b"--") {
        // No field, but what stands between the parts of a message.
        return None;
    }
    let behind = line[length..].iter().take(8).find(|byte| !matches!(byte, b' ' | b'\t'));
    (length > 0 && behind == Some(&b':')).then_some(name)
}

/// The fields of a block that are asked for more than once.
#[derive(Debug)]
pub(super) struct Header<'m> {
    fields: Vec<Field<'m>>,
    /// What stands behind the header.
    pub(super) body: &'m [u8],
}

/// How many fields of a header are kept.
const MOST_FIELDS: usize = 500;

impl<'m> Header<'m> {
    pub(super) fn read(block: &'m [u8]) -> Self {
        let mut fields = Fields::new(block);
        let mut kept = Vec::with_capacity(32);
        for field in fields.by_ref() {
            if kept.len() < MOST_FIELDS {
                kept.push(field);
            }
        }
        Self { fields: kept, body: fields.rest() }
    }

    /// The first field of the name.
    pub(super) fn field(&self, name: &str) -> Option<Field<'m>> {
        self.fields.iter().copied().find(|field| field.is(name))
    }

    /// The value of the first field of the name, on one line and decoded.
    pub(super) fn text(&self, name: &str) -> Option<String> {
        self.field(name).map(|field| field.text()).filter(|text| !text.is_empty())
    }
}
