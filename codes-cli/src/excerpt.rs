//! As much of a line as fits, around what it is about.

use std::ops::Range;

use crate::shown::{cut, shown};

/// How many bytes before the place are shown at least.
const BEFORE: usize = 20;

/// How many columns the mark for something left out takes.
const DOTS: usize = 3;

/// The line in so many columns, or as much of it as fits, with the byte `place` in it; the rest is three dots.
pub(crate) fn around(line: &[u8], place: usize, columns: usize) -> String {
    let columns = columns.max(BEFORE);
    // As much of what follows as can fit, and before it what room is left.
    let after = (line.len() - place).min(4 * columns);
    let is_whole = place + after <= columns;
    let before = columns.saturating_sub(after + DOTS).max(BEFORE);
    let start = if is_whole { 0 } else { place.saturating_sub(before) };
    let start = letter_start(line, start);
    let (mark, columns) = if start > 0 { ("...", columns - DOTS) } else { ("", columns) };
    let part = shown(line[start..letter_start(line, place + after)].trim_ascii());
    format!("{mark}{}", cut(&part, columns))
}

/// The line of the text in which the byte stands.
pub(crate) fn line_of(text: &[u8], place: usize) -> Range<usize> {
    let start = text[..place].iter().rposition(|byte| *byte == b'\n').map_or(0, |end| end + 1);
    let end = text[place..].iter().position(|byte| *byte == b'\n').map_or(text.len(), |end| place + end);
    start..end
}

/// The place itself, or the start of the letter of several bytes in which it lies.
pub(crate) fn letter_start(text: &[u8], place: usize) -> usize {
    let is_within = |place: &usize| text.get(*place).is_some_and(|byte| byte & 0xc0 == 0x80);
    (place.saturating_sub(3)..=place).rev().find(|place| !is_within(place)).unwrap_or(place)
}
