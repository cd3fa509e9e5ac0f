//! A quoted reply in lines of a page, with the words marked that decided.

use std::ops::Range;

use unicode_width::UnicodeWidthChar;

use crate::excerpt::letter_start;
use crate::shown::{shown, width};

/// A line of a quoted text.
#[derive(Debug, Eq, PartialEq)]
pub(crate) struct Quoted {
    pub(crate) text: String,
    /// The bytes that are marked; an empty range is nothing.
    pub(crate) mark: Range<usize>,
}

/// How many bytes before the mark are quoted, and how many in all.
const BEFORE: usize = 250;
const MOST: usize = 1000;

/// How many lines are quoted.
const LINES: usize = 8;

/// The text line by line, made visible and broken to fit; of a long one, what stands around the mark.
pub(crate) fn quote(text: &[u8], mark: &Range<usize>, columns: usize) -> Vec<Quoted> {
    let start = if text.len() > MOST { letter_start(text, mark.start.saturating_sub(BEFORE)) } else { 0 };
    let end = letter_start(text, text.len().min(start + MOST));
    let mut quoted = Vec::new();
    let mut at = start;
    for line in text[start..end].split(|byte| *byte == b'\n') {
        let range = at..at + line.len();
        at = range.end + 1;
        let before = if range.start == start && start > 0 { "..." } else { "" };
        let after = if range.end == end && end < text.len() { "..." } else { "" };
        whole_line(text, range, mark, (before, after), columns, &mut quoted);
    }
    let marked = quoted.iter().position(|line| !line.mark.is_empty()).unwrap_or(0);
    let first = marked.saturating_sub(2).min(quoted.len().saturating_sub(LINES));
    let last = quoted.len().min(first + LINES);
    let cut = quoted.len() - last;
    quoted.truncate(last);
    quoted.drain(..first);
    let dots = || Quoted { text: "...".to_owned(), mark: 0..0 };
    if first > 0 {
        quoted.insert(0, dots());
    }
    if cut > 0 {
        quoted.push(dots());
    }
    quoted
}

fn whole_line(
    text: &[u8],
    line: Range<usize>,
    mark: &Range<usize>,
    (before, after): (&str, &str),
    columns: usize,
    quoted: &mut Vec<Quoted>,
) {
    let bytes = &text[line.clone()];
    let start = line.start + bytes.len() - bytes.trim_ascii_start().len();
    let end = (line.start + bytes.trim_ascii_end().len()).max(start);
    let mark = mark.start.clamp(start, end)..mark.end.clamp(start, end);
    let mut shown_line = before.to_owned() + &shown(&text[start..mark.start]);
    let mark_start = shown_line.len();
    shown_line += &shown(&text[mark.clone()]);
    let mark_end = shown_line.len();
    shown_line += &shown(&text[mark.end..end]);
    shown_line += after;
    for part in broken(&shown_line, columns) {
        let within = |place: usize| place.clamp(part.start, part.end) - part.start;
        quoted.push(Quoted { mark: within(mark_start)..within(mark_end), text: shown_line[part.clone()].to_owned() });
    }
}

/// The parts of a text that fit the columns each, broken at spaces where there are any.
fn broken(text: &str, columns: usize) -> Vec<Range<usize>> {
    let mut parts = Vec::new();
    let (mut start, mut used, mut space) = (0, 0, None);
    for (place, letter) in text.char_indices() {
        let wide = letter.width().unwrap_or(0);
        if used + wide > columns {
            let (end, next) = match space {
                _ if letter == ' ' => (place, place + 1),
                Some(space) => (space, space + 1),
                None => (place, place),
            };
            parts.push(start..end);
            (start, space) = (next, None);
            used = text.get(start..place).map_or(0, width);
            if letter == ' ' {
                continue;
            }
        } else if letter == ' ' {
            space = Some(place);
        }
        used += wide;
    }
    if start < text.len() {
        parts.push(start..text.len());
    }
    parts
}

#[cfg(test)]
mod tests {
    use super::{Quoted, quote};

    fn marked(text: &str, mark: &str, columns: usize) -> Vec<Quoted> {
        let start = text.find(mark).expect("the mark is in the text");
        quote(text.as_bytes(), &(start..start + mark.len()), columns)
    }

    fn line(text: &str, mark: std::ops::Range<usize>) -> Quoted {
        Quoted { text: text.to_owned(), mark }
    }

    #[test]
    fn the_mark_goes_over_lines() {
        let lines = marked("550 no such user here", "no such user", 12);
        assert_eq!(lines, [line("550 no such", 4..11), line("user here", 0..4)]);
        let lines = marked("550-no such\r\n 550 user", "such\r\n 550 user", 40);
        assert_eq!(lines, [line("550-no such", 7..11), line("550 user", 0..8)]);
    }

    #[test]
    fn words_longer_than_a_line_are_broken() {
        let lines = marked("abcdefgh ij", "gh", 4);
        assert_eq!(lines, [line("abcd", 4..4), line("efgh", 2..4), line("ij", 0..0)]);
        let lines = marked("\x1b[m満杯満杯", "満杯満杯", 6);
        assert_eq!(lines, [line("\\x1b[m", 6..6), line("満杯満", 0..9), line("杯", 0..3)]);
    }

    #[test]
    fn of_a_long_text_the_surroundings_of_the_mark_are_quoted() {
        let text = format!("{} mailbox full {}", "ä ".repeat(100_000), "z ".repeat(100_000));
        let lines = marked(&text, "mailbox full", 30);
        assert_eq!(lines.len(), 10);
        assert_eq!((lines[0].text.as_str(), lines[9].text.as_str()), ("...", "..."));
        let with_mark: Vec<_> = lines.iter().filter(|line| !line.mark.is_empty()).collect();
        assert!(with_mark.iter().all(|line| "mailbox full".contains(&line.text[line.mark.clone()])), "{with_mark:?}");
        assert!(!with_mark.is_empty());
    }
}
