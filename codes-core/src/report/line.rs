//! The lines of a notice, up to the message that it returns.

use std::string::String;
use std::vec::Vec;

use super::field;
use super::words;

/// A line without the white space around it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Line<'t> {
    pub(super) text: &'t str,
    pub(super) indent: usize,
}

impl Line<'_> {
    pub(super) fn is_empty(&self) -> bool {
        self.text.is_empty()
    }
}

/// The lines of a notice, and what it returns of the message.
#[derive(Debug)]
pub(super) struct Lines<'t> {
    pub(super) all: Vec<Line<'t>>,
    /// The text that they are.
    pub(super) notice: &'t str,
    /// The message, or its header; empty where it is not in the text.
    pub(super) returned: &'t str,
}

impl<'t> Lines<'t> {
    pub(super) fn of(whole_text: &'t str) -> Self {
        let mut lines = Vec::with_capacity(64);
        let mut rest = whole_text;
        while !rest.is_empty() {
            let end = memchr::memchr(b'\n', rest.as_bytes()).map_or(rest.len(), |end| end + 1);
            let whole = &rest[..end];
            let text = whole.trim_matches(is_blank);
            let has_notice = lines.iter().any(|line: &Line<'_>| !line.is_empty());
            if has_notice && is_separator(text) {
                let notice = text_before(whole_text, rest);
                return Self { all: lines, notice, returned: rest[end..].trim_start() };
            }
            let is_behind_empty = lines.last().is_none_or(Line::is_empty);
            if has_notice && is_behind_empty && begins_header(rest) {
                let notice = text_before(whole_text, rest);
                return Self { all: lines, notice, returned: rest };
            }
            let indent = whole.len() - whole.trim_start_matches([' ', '\t', '\u{a0}']).len();
            lines.push(Line { text, indent });
            rest = &rest[end..];
        }
        Self { all: lines, notice: whole_text, returned: "" }
    }
}

/// The text up to what is left of it.
fn text_before<'t>(text: &'t str, rest: &str) -> &'t str {
    &text[..text.len() - rest.len()]
}

fn is_blank(letter: char) -> bool {
    letter.is_whitespace() || matches!(letter, '\u{a0}' | '\u{200b}' | '\u{feff}' | '\0')
}

/// Whether the line says that the message follows. Such lines are short, and no sentence goes on in the next one.
fn is_separator(line: &str) -> bool {
    const LONGEST: usize = 100;
    if line.is_empty() || line.len() > LONGEST || line.contains('@') {
        return false;
    }
    let ends_apart = line.ends_with(['-', '=', '*', ':', '.', '_', '|', '#', '\u{ff1a}']);
    let begins_apart = line.starts_with(['-', '=', '*', '_', '|', '#']);
    if !ends_apart && !begins_apart {
        return false;
    }
    let line = line.to_lowercase();
    words::SEPARATORS.are_in(&line) && !words::INTRODUCTIONS.are_in(&line)
}

/// Whether the header of a message begins here: three fields in a row, of which one is no part of any notice.
fn begins_header(text: &str) -> bool {
    const LOOKED_AT: usize = 4096;
    const STRONG: [&str; 8] = [
        "return-path",
        "received",
        "message-id",
        "mime-version",
        "dkim-signature",
        "x-mailer",
        "content-type",
        "x-originating-ip",
    ];
    const WEAK: [&str; 6] = ["from", "to", "subject", "date", "cc", "reply-to"];
    let start = &text.as_bytes()[..text.len().min(LOOKED_AT)];
    if field::name(field::split_line(start).0).is_none() {
        return false;
    }
    let (mut strong, mut known) = (0, 0);
    for field in field::Fields::new(start).take(12) {
        let name = |names: &[&str]| names.iter().any(|name| field.is(name));
        strong += usize::from(name(&STRONG));
        known += usize::from(name(&STRONG) || name(&WEAK));
    }
    strong > 0 && known >= 3
}

/// The text of lines, from one to before another, each as it stands.
pub(super) fn joined(lines: &[Line<'_>]) -> String {
    let mut text = String::new();
    for line in lines {
        if !text.is_empty() {
            text.push('\n');
        }
        text.push_str(line.text);
    }
    text
}

/// As much of a text as so many bytes hold.
pub(super) fn start_of(text: &str, length: usize) -> &str {
    let mut end = text.len().min(length);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    &text[..end]
}
