//! Text of others made harmless: what came with an argument, a file or a mail never reaches the terminal raw.

use std::fmt::Write;

use unicode_width::UnicodeWidthChar;

/// The text on one line with everything made visible that a terminal would act on or not show: control characters as `\x1b`,
/// marks that turn or hide text as `\u{202e}`, bytes that are no UTF-8 as `\xff`.
pub(crate) fn shown(text: &[u8]) -> String {
    if is_printable(text) {
        return std::str::from_utf8(text).unwrap_or_default().to_owned();
    }
    let mut line = String::with_capacity(text.len());
    for chunk in text.utf8_chunks() {
        for letter in chunk.valid().chars() {
            show(letter, &mut line);
        }
        for byte in chunk.invalid() {
            escape_byte(*byte, &mut line);
        }
    }
    line
}

/// Whether all of it is printable ASCII, as nearly every reply is: looked at for all bytes, which takes many at once.
pub(crate) fn is_printable(text: &[u8]) -> bool {
    text.iter().fold(true, |all, byte| all & (byte.wrapping_sub(b' ') < 95))
}

/// The text in backquotes, made visible and cut to what a message can hold.
pub(crate) fn quoted(text: &[u8]) -> String {
    format!("`{}`", cut(&shown(&text[..text.len().min(QUOTED * 4)]), QUOTED))
}

/// How many columns of an input a message quotes.
const QUOTED: usize = 60;

/// The text itself where it fits the columns, else as much of it as does and three dots.
pub(crate) fn cut(text: &str, columns: usize) -> String {
    if is_printable(text.as_bytes()) {
        return match text.get(..columns.saturating_sub(3)).filter(|_| text.len() > columns) {
            Some(kept) => format!("{kept}..."),
            None => text.to_owned(),
        };
    }
    if width(text) <= columns {
        return text.to_owned();
    }
    let mut left = columns.saturating_sub(3);
    let kept = text.chars().take_while(|letter| match left.checked_sub(letter.width().unwrap_or(0)) {
        Some(rest) => {
            left = rest;
            true
        }
        None => false,
    });
    kept.chain("...".chars()).collect()
}

/// How many columns the text takes on a terminal.
pub(crate) fn width(text: &str) -> usize {
    if is_printable(text.as_bytes()) {
        return text.len();
    }
    text.chars().map(|letter| letter.width().unwrap_or(0)).sum()
}

fn show(letter: char, line: &mut String) {
    match letter {
        '\n' => line.push_str("\\n"),
        '\r' => line.push_str("\\r"),
        '\t' => line.push_str("\\t"),
        '\0'..='\x1f' | '\x7f' => escape_byte(letter as u8, line),
        _ if letter.is_control() || is_invisible(letter) => {
            // Writing to a string can't fail.
            let _ = write!(line, "{}", letter.escape_unicode());
        }
        _ => line.push(letter),
    }
}

fn escape_byte(byte: u8, line: &mut String) {
    let _ = write!(line, "\\x{byte:02x}");
}

/// Marks that have no shape of their own and may turn, hide or join what stands around them.
pub(crate) fn is_invisible(letter: char) -> bool {
    matches!(
        letter,
        '\u{ad}'
            | '\u{61c}'
            | '\u{115f}'..='\u{1160}'
            | '\u{180e}'
            | '\u{200b}'..='\u{200f}'
            | '\u{2028}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}'
            | '\u{3164}'
            | '\u{feff}'
            | '\u{ffa0}'
            | '\u{fff9}'..='\u{fffb}'
            | '\u{e0000}'..='\u{e0fff}'
    )
}

#[cfg(test)]
mod tests {
    use super::{cut, quoted, shown};

    #[test]
    fn plain_text_of_any_script_stays() {
        assert_eq!(shown("550 Postfach überfüllt, 満杯".as_bytes()), "550 Postfach überfüllt, 満杯");
    }

    #[test]
    fn what_drives_a_terminal_is_made_visible() {
        assert_eq!(shown(b"\x1b[31mred\x07\0\x7f"), "\\x1b[31mred\\x07\\x00\\x7f");
        assert_eq!(shown(b"one\r\ntwo\tthree"), "one\\r\\ntwo\\tthree");
        assert_eq!(shown("\u{9b}31m\u{85}".as_bytes()), "\\u{9b}31m\\u{85}");
        assert_eq!(
            shown("\u{202e}evil\u{2066}\u{200b}\u{feff}".as_bytes()),
            "\\u{202e}evil\\u{2066}\\u{200b}\\u{feff}"
        );
    }

    #[test]
    fn bytes_that_are_no_utf8_are_made_visible() {
        assert_eq!(shown(b"a\xff\xc3(\xe2\x82"), "a\\xff\\xc3(\\xe2\\x82");
    }

    #[test]
    fn every_byte_becomes_something_printable() {
        for byte in 0..=255_u8 {
            let line = shown(&[byte]);
            assert!(!line.is_empty() && line.chars().all(|letter| (' '..='~').contains(&letter)), "{byte}: {line:?}");
        }
    }

    #[test]
    fn long_text_is_cut_by_columns() {
        assert_eq!(cut("mailbox", 7), "mailbox");
        assert_eq!(cut("mailboxes", 7), "mail...");
        assert_eq!(cut("満杯満杯満杯", 8), "満杯...");
        assert_eq!(cut("mailbox", 2), "...");
        assert_eq!(quoted(&b"x".repeat(10_000_000)), format!("`{}...`", "x".repeat(57)));
    }
}
