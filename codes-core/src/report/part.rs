//! The parts of a message (RFC 2045, RFC 2046) in one pass, however they are nested.
//!
//! The library decodes what stands in a part; the cut into parts is made here. Both kept parsers that can be had with the Rust
//! version of this workspace look for the end of each part anew, which is quadratic where no boundary is closed, and one
//! recurses into each message within a message.

use std::borrow::Cow;
use std::string::{String, ToString};
use std::vec::Vec;

use mailparse::body::Body;
use mailparse::{ParsedContentType, parse_content_type};
use memchr::memmem;

use super::field::{Header, split_line};
use super::limits::Limits;
use super::line::start_of;

/// A part that has no parts.
#[derive(Debug)]
pub(super) struct Part<'m> {
    pub(super) media: Media,
    content: ParsedContentType,
    encoding: Option<String>,
    /// As it stands in the message.
    pub(super) body: &'m [u8],
}

/// What kind of part it is, as far as reports are concerned.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Media {
    Text,
    Html,
    /// `message/delivery-status` (RFC 3464) or `message/global-delivery-status` (RFC 6533).
    Status,
    /// `message/disposition-notification` (RFC 8098).
    Disposition,
    /// `message/feedback-report` (RFC 5965).
    Feedback,
    /// A message, or its header.
    Message,
    Other,
}

impl Media {
    fn of(mimetype: &str) -> Self {
        match mimetype {
            "text/html" => Self::Html,
            "message/delivery-status"
            | "message/global-delivery-status"
            | "message/delivery-report"
            | "text/delivery-status" => Self::Status,
            "message/disposition-notification" | "message/global-disposition-notification" => Self::Disposition,
            "message/feedback-report" => Self::Feedback,
            "message/rfc822"
            | "message/global"
            | "message/global-headers"
            | "message/partial"
            | "message/rfc822-headers"
            | "text/rfc822-headers"
            | "text/rfc822-header"
            | "text/rfc822" => Self::Message,
            // One whose boundary does not occur is read as it stands there.
            _ if mimetype.starts_with("multipart/") => Self::Text,
            _ if mimetype.starts_with("text/") || mimetype.is_empty() || !mimetype.contains('/') => Self::Text,
            _ => Self::Other,
        }
    }
}

impl<'m> Part<'m> {
    fn new(header: &Header<'m>, in_digest: bool) -> Self {
        let content = content_type(header)
            .unwrap_or_else(|| parse_content_type(if in_digest { "message/rfc822" } else { "text/plain" }));
        let encoding = header.text("Content-Transfer-Encoding").map(|encoding| encoding.to_ascii_lowercase());
        Self { media: Media::of(&content.mimetype), content, encoding, body: header.body }
    }

    /// The bytes of the part, with what encoded them for the transport taken off.
    pub(super) fn bytes(&self) -> Cow<'m, [u8]> {
        self.decoded(self.body)
    }

    /// The decoded text of at most so many bytes of the part.
    pub(super) fn text(&self, longest: usize) -> Cow<'m, str> {
        let body = match self.body.get(..longest) {
            // Half a line would have half an address.
            Some(start) => &start[..memchr::memrchr(b'\n', start).map_or(start.len(), |end| end + 1)],
            None => self.body,
        };
        decoded_text(self.decoded(body), &self.content.charset)
    }

    fn decoded(&self, body: &'m [u8]) -> Cow<'m, [u8]> {
        match Body::new(body, &self.content, &self.encoding) {
            Body::Base64(encoded) => Cow::Owned(decode_base64(&encoded, body)),
            Body::QuotedPrintable(encoded) => encoded.get_decoded().map_or(Cow::Borrowed(body), Cow::Owned),
            _ => Cow::Borrowed(body),
        }
    }
}

/// What can be decoded: a limit may have cut the last line.
fn decode_base64(encoded: &mailparse::body::EncodedBody<'_>, body: &[u8]) -> Vec<u8> {
    encoded.get_decoded().unwrap_or_else(|_| {
        let letters = body.iter().filter(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'/'));
        let mut letters: Vec<u8> = letters.copied().collect();
        letters.truncate(letters.len() / 4 * 4);
        let content = ParsedContentType::default();
        match Body::new(&letters, &content, &Some("base64".to_string())) {
            Body::Base64(whole) => whole.get_decoded().unwrap_or_default(),
            _ => Vec::new(),
        }
    })
}

/// The text of bytes in a charset; UTF-8 is taken for it first, as more mails have it than say so.
fn decoded_text<'m>(bytes: Cow<'m, [u8]>, charset: &str) -> Cow<'m, str> {
    // The bytes of ISO-2022-JP and its kin are ASCII, and it is often not said that they are it.
    let (charset, is_stateful) = match charset.get(..8) {
        Some(start) if start.eq_ignore_ascii_case("iso-2022") => (charset, true),
        _ if memmem::find(&bytes, b"\x1b$").is_some() => ("iso-2022-jp", true),
        _ => (charset, false),
    };
    if !is_stateful {
        match bytes {
            Cow::Borrowed(bytes) => {
                if let Ok(text) = std::str::from_utf8(bytes) {
                    return Cow::Borrowed(text);
                }
                return decode(bytes, charset).into();
            }
            Cow::Owned(bytes) => {
                return match String::from_utf8(bytes) {
                    Ok(text) => Cow::Owned(text),
                    Err(error) => decode(error.as_bytes(), charset).into(),
                };
            }
        }
    }
    decode(&bytes, charset).into()
}

/// By the library, which knows the charset by its name. What is said to be ASCII and is not, is most often Windows' Latin.
fn decode(bytes: &[u8], charset: &str) -> String {
    let is_unknown = charset.is_empty() || charset.eq_ignore_ascii_case("us-ascii");
    let name = if is_unknown { "windows-1252" } else { charset };
    let content = ParsedContentType { charset: name.to_string(), ..ParsedContentType::default() };
    match Body::new(bytes, &content, &None) {
        Body::SevenBit(text) => text.get_as_string().unwrap_or_else(|_| String::from_utf8_lossy(bytes).into_owned()),
        _ => String::from_utf8_lossy(bytes).into_owned(),
    }
}

fn content_type(header: &Header<'_>) -> Option<ParsedContentType> {
    // The library's time is quadratic in the number of parameters.
    const LONGEST: usize = 1000;
    header.text("Content-Type").map(|text| parse_content_type(start_of(&text, LONGEST)))
}

/// The parts of a message, in order.
#[derive(Debug)]
pub(super) struct Parts<'m> {
    pub(super) all: Vec<Part<'m>>,
    /// The parameter of `multipart/report` (RFC 6522) that says of what kind the report is, in small letters.
    pub(super) report_type: Option<String>,
    /// Whether there are more than the limits allow.
    pub(super) is_cut: bool,
}

impl<'m> Parts<'m> {
    pub(super) fn read(header: &Header<'m>, limits: &Limits) -> Self {
        let content = content_type(header);
        let report_type = content
            .as_ref()
            .filter(|content| content.mimetype == "multipart/report")
            .map(|content| content.params.get("report-type").map_or(String::new(), |kind| kind.to_ascii_lowercase()));
        let mut cutter = Cutter { parts: Vec::new(), open: Vec::new(), limits, is_cut: false };
        match content.filter(|content| content.mimetype.starts_with("multipart")) {
            Some(content) if cutter.enter(&content, header.body) => cutter.cut(header.body),
            _ => {}
        }
        if cutter.parts.is_empty() {
            cutter.parts.push(Part::new(header, false));
        }
        Self { all: cutter.parts, report_type, is_cut: cutter.is_cut }
    }

    /// The parts of a kind.
    pub(super) fn of<'a>(&'a self, media: Media) -> impl Iterator<Item = &'a Part<'m>> {
        self.all.iter().filter(move |part| part.media == media)
    }
}

/// A multipart that is not closed yet.
#[derive(Debug)]
struct Open {
    boundary: Vec<u8>,
    is_digest: bool,
}

struct Cutter<'m, 'l> {
    parts: Vec<Part<'m>>,
    open: Vec<Open>,
    limits: &'l Limits,
    is_cut: bool,
}

impl<'m> Cutter<'m, '_> {
    /// Opens a multipart; `false` where it has no boundary that occurs.
    fn enter(&mut self, content: &ParsedContentType, body: &[u8]) -> bool {
        let is_digest = content.mimetype == "multipart/digest";
        let stated = content.params.get("boundary").map(|boundary| boundary.trim_end().as_bytes().to_vec());
        // The outermost one is looked for, as it may be missing or another than is said; to look for each would be quadratic.
        let boundary = if self.open.is_empty() {
            stated.filter(|boundary| !boundary.is_empty() && occurs(boundary, body)).or_else(|| guess(body))
        } else {
            stated.filter(|boundary| !boundary.is_empty())
        };
        if self.open.len() >= self.limits.depth {
            self.is_cut = true;
            return false;
        }
        let Some(boundary) = boundary else { return false };
        self.open.push(Open { boundary, is_digest });
        true
    }

    /// Cuts the body of the outermost multipart.
    fn cut(&mut self, body: &'m [u8]) {
        let mut part_start = None;
        let mut place = 0;
        while let Some((line_start, after)) = next_delimiter(body, place) {
            place = after;
            let Some((depth, is_close)) = self.delimiter(&body[line_start + 2..]) else { continue };
            if let Some(start) = part_start.take() {
                self.part(&body[start..line_start]);
            }
            self.open.truncate(depth + 1);
            if is_close {
                self.open.pop();
                if self.open.is_empty() {
                    return;
                }
                continue;
            }
            if self.parts.len() >= self.limits.parts {
                self.is_cut = true;
                return;
            }
            let (_, rest) = split_line(&body[line_start..]);
            let start = body.len() - rest.len();
            let header = Header::read(&body[start..]);
            let content = content_type(&header);
            let is_multipart = content.as_ref().is_some_and(|content| content.mimetype.starts_with("multipart"));
            part_start = match content {
                Some(content) if is_multipart && self.enter(&content, header.body) => None,
                _ => Some(start),
            };
            place = place.max(start.saturating_sub(1));
        }
        if let Some(start) = part_start {
            self.part(&body[start..]);
        }
    }

    /// The open multipart of which a line behind its two hyphens is the delimiter, and whether it closes it.
    fn delimiter(&self, line: &[u8]) -> Option<(usize, bool)> {
        let (line, _) = split_line(&line[..line.len().min(1000)]);
        let line = line.trim_ascii_end();
        self.open.iter().enumerate().rev().find_map(|(depth, open)| {
            match line.strip_prefix(open.boundary.as_slice())? {
                b"" => Some((depth, false)),
                b"--" => Some((depth, true)),
                _ => None,
            }
        })
    }

    fn part(&mut self, whole: &'m [u8]) {
        let in_digest = self.open.last().is_some_and(|open| open.is_digest);
        let header = Header::read(whole);
        self.parts.push(Part::new(&header, in_digest));
    }
}

/// The next line from `place` on that begins with two hyphens: its start, and where to look for the one after it.
fn next_delimiter(body: &[u8], place: usize) -> Option<(usize, usize)> {
    if place == 0 && body.starts_with(b"--") {
        return Some((0, 1));
    }
    let found = place + memmem::find(body.get(place..)?, b"\n--")?;
    Some((found + 1, found + 2))
}

/// Whether the boundary delimits anything.
fn occurs(boundary: &[u8], body: &[u8]) -> bool {
    let delimiter = [b"--", boundary].concat();
    let finder = memmem::Finder::new(&delimiter);
    finder.find_iter(body).any(|place| place == 0 || body[place - 1] == b'\n')
}

/// The boundary where none is told: the first line of two hyphens and a word behind which fields stand.
fn guess(body: &[u8]) -> Option<Vec<u8>> {
    let mut place = 0;
    for _ in 0..20 {
        let (start, after) = next_delimiter(body, place)?;
        place = after;
        let (line, rest) = split_line(&body[start..]);
        let word = line[2..].trim_ascii_end();
        let is_word = !word.is_empty() && word.len() <= 200 && !word.iter().any(u8::is_ascii_whitespace);
        if is_word && rest.get(..8).is_some_and(|name| name.eq_ignore_ascii_case(b"Content-")) {
            return Some(word.to_vec());
        }
    }
    None
}
