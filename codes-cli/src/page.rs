use std::fmt::Write;

use anstyle::Style;
use unicode_width::UnicodeWidthChar;

use crate::quote::Quoted;
use crate::shown::width;
use crate::style;

/// The column at which the text of a row begins; its label stands before it.
const TEXT: usize = 14;

/// The column at which a label begins.
const LABEL: usize = 2;

/// One answer laid out for reading: a title, and rows of a label and a text wrapped to the width.
#[derive(Debug)]
pub(crate) struct Page {
    text: String,
    columns: usize,
    /// Whether styles will be seen, so that marks need no line of their own.
    is_colored: bool,
    /// Whether an empty line comes before the next one.
    is_apart: bool,
}

impl Page {
    pub(crate) fn new(columns: usize, is_colored: bool) -> Self {
        Self { text: String::new(), columns, is_colored, is_apart: false }
    }

    pub(crate) fn as_str(&self) -> &str {
        &self.text
    }

    /// `550  Mailbox unavailable`, and behind it in the colour of care what is unusual of it: `(obsolete)`.
    pub(crate) fn title(&mut self, code: &str, color: Style, title: &str, care: &str) {
        let indent = width(code) + 2;
        self.span(code, color);
        self.words(title, style::BOLD, care, indent, "  ");
    }

    /// A line that begins a part, with an empty one before it.
    pub(crate) fn heading(&mut self, heading: &str, care: &str) {
        self.gap();
        self.set_apart();
        self.words(heading, style::BOLD, care, 0, "");
    }

    /// A line of a table: a cell in a column of the width `first`, then a text that is wrapped behind it.
    pub(crate) fn entry(&mut self, cell: &str, color: Style, first: usize, text: &str, care: &str) {
        let indent = first + 2;
        self.set_apart();
        self.span(cell, color);
        let gap = match indent.checked_sub(width(cell)) {
            Some(gap) if gap >= 2 => " ".repeat(gap),
            _ => format!("\n{:indent$}", ""),
        };
        self.words(text, style::PLAIN, care, indent, &gap);
    }

    /// Words from column `indent` on, the first line behind `gap`, and at their end what is unusual.
    fn words(&mut self, text: &str, color: Style, care: &str, indent: usize, gap: &str) {
        let care = if care.is_empty() { String::new() } else { format!("({care})") };
        let lines = wrap(&format!("{text} {}", care.replace(' ', "\u{a0}")), self.columns - indent);
        for (place, line) in lines.iter().enumerate() {
            let is_last = place + 1 == lines.len();
            let care = if is_last { care.as_str() } else { "" };
            let plain = line.strip_suffix(care).unwrap_or(line);
            let before = if place == 0 { gap.to_owned() } else { " ".repeat(indent) };
            self.text.push_str(&before);
            self.span(plain, color);
            self.span(care, style::CARE);
            if !is_last {
                self.text.push('\n');
            }
        }
        self.text.push('\n');
    }

    /// A label and its text; nothing where the text is empty.
    pub(crate) fn row(&mut self, label: &str, text: &str) {
        self.styled_row(label, style::DIM, text, style::PLAIN);
    }

    /// A label and its text in other styles than the usual; a label that is too long for its column stands above the text.
    pub(crate) fn styled_row(&mut self, label: &str, label_style: Style, text: &str, text_style: Style) {
        let lines = wrap(text, self.columns - TEXT);
        if lines.is_empty() {
            return;
        }
        self.set_apart();
        let mut gap = TEXT;
        if width(label) + 2 <= TEXT - LABEL {
            let _ = write!(self.text, "{:LABEL$}", "");
            self.span(label, label_style);
            gap = TEXT - LABEL - width(label);
        } else {
            for line in wrap(label, self.columns - LABEL) {
                let _ = write!(self.text, "{:LABEL$}", "");
                self.span(&line, label_style);
                self.text.push('\n');
            }
        }
        for line in lines {
            let _ = write!(self.text, "{:gap$}", "");
            self.span(&line, text_style);
            self.text.push('\n');
            gap = TEXT;
        }
    }

    /// A label and a quoted text, its marks in a style of their own or with a line of carets under them.
    pub(crate) fn quote(&mut self, label: &str, lines: &[Quoted]) {
        self.set_apart();
        for (place, line) in lines.iter().enumerate() {
            let label = if place == 0 { label } else { "" };
            let _ = write!(self.text, "{:LABEL$}", "");
            self.span(label, style::DIM);
            if !line.text.is_empty() {
                let _ = write!(self.text, "{:1$}", "", TEXT - LABEL - width(label));
            }
            let (before, rest) = line.text.split_at(line.mark.start);
            let (marked, after) = rest.split_at(line.mark.len());
            self.text.push_str(before);
            self.span(marked, style::MARK);
            self.text.push_str(after);
            self.text.push('\n');
            if !marked.is_empty() && !self.is_colored {
                let _ = writeln!(self.text, "{:1$}{2}", "", TEXT + width(before), "^".repeat(width(marked)));
            }
        }
    }

    /// A label and its text, and below it an address, which is never broken.
    pub(crate) fn row_address(&mut self, label: &str, text: &str, address: &str) {
        self.row(label, text);
        let _ = writeln!(self.text, "{:TEXT$}{address}", "");
    }

    /// An empty line before what comes next, if anything does.
    pub(crate) fn gap(&mut self) {
        self.is_apart = true;
    }

    fn set_apart(&mut self) {
        if self.is_apart {
            self.text.push('\n');
        }
        self.is_apart = false;
    }

    /// A text as wide as the page, a little indented.
    pub(crate) fn paragraph(&mut self, text: &str) {
        self.set_apart();
        for line in wrap(text, self.columns - LABEL) {
            let _ = writeln!(self.text, "{:LABEL$}{line}", "");
        }
    }

    /// An address on a line of its own, never broken: so that it can be opened and copied.
    pub(crate) fn address(&mut self, address: &str) {
        if !address.is_empty() {
            let _ = write!(self.text, "{:indent$}", "", indent = 2 * LABEL);
            self.span(address, style::DIM);
            self.text.push('\n');
        }
    }

    /// How many columns the text of a row has.
    pub(crate) fn text_columns(&self) -> usize {
        self.columns - TEXT
    }

    fn span(&mut self, text: &str, style: Style) {
        if !text.is_empty() {
            let _ = write!(self.text, "{style}{text}{style:#}");
        }
    }
}

/// The text in lines of at most so many columns; words longer than that are broken. A no-break space holds words together.
pub(crate) fn wrap(text: &str, columns: usize) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for word in text.split(' ').filter(|word| !word.is_empty()) {
        match lines.last_mut() {
            Some(line) if width(line) + 1 + width(word) <= columns => {
                line.push(' ');
                line.push_str(word);
            }
            _ => lines.extend(broken(word, columns)),
        }
    }
    for line in &mut lines {
        *line = line.replace('\u{a0}', " ");
    }
    lines
}

/// The word in pieces of at most so many columns; one, where it fits.
fn broken(word: &str, columns: usize) -> Vec<String> {
    let mut pieces = vec![String::new()];
    let mut used = 0;
    for letter in word.chars() {
        let wide = letter.width().unwrap_or(0);
        if used + wide > columns {
            // The words of a rule have choices, which are better broken between two.
            let rest =
                pieces.last_mut().map(|piece| piece.split_off(piece.rfind('|').map_or(piece.len(), |bar| bar + 1)));
            used = rest.as_deref().map_or(0, width);
            pieces.push(rest.unwrap_or_default());
        }
        used += wide;
        if let Some(piece) = pieces.last_mut() {
            piece.push(letter);
        }
    }
    pieces
}

#[cfg(test)]
mod tests {
    use super::{Page, wrap};
    use crate::quote::Quoted;
    use crate::style;

    #[test]
    fn lines_are_filled_and_not_overfilled() {
        assert_eq!(wrap("one two three", 7), ["one two", "three"]);
        assert_eq!(wrap("one  two", 6), ["one", "two"]);
        assert_eq!(wrap("", 6), [""; 0]);
    }

    #[test]
    fn a_long_word_is_broken_and_held_words_are_not() {
        assert_eq!(wrap("a 0123456789", 4), ["a", "0123", "4567", "89"]);
        assert_eq!(wrap("(one|other|third)", 12), ["(one|other|", "third)"]);
        assert_eq!(wrap("see RFC\u{a0}5321 there", 10), ["see", "RFC 5321", "there"]);
        assert_eq!(wrap("満杯 満杯", 4), ["満杯", "満杯"]);
    }

    #[test]
    fn rows_are_aligned() {
        let mut page = Page::new(30, false);
        page.row("Means", "the mailbox is full");
        page.row("5.7.606-649", "a range");
        page.row("Do", "");
        let plain = anstream::adapter::strip_str(page.as_str()).to_string();
        assert_eq!(plain, "  Means       the mailbox is\n              full\n  5.7.606-649\n              a range\n");
    }

    #[test]
    fn marks_are_styled_or_have_carets_under_them() {
        let line = Quoted { text: "満 no user".to_owned(), mark: 4..6 };
        let mut page = Page::new(30, false);
        page.quote("Reply", std::slice::from_ref(&line));
        let plain = anstream::adapter::strip_str(page.as_str()).to_string();
        assert_eq!(plain, "  Reply       満 no user\n                 ^^\n");
        let mut page = Page::new(30, true);
        page.quote("Reply", &[line]);
        let plain = anstream::adapter::strip_str(page.as_str()).to_string();
        assert_eq!(plain, "  Reply       満 no user\n");
        assert!(page.as_str().contains(&format!("{}no{:#} user", style::MARK, style::MARK)), "{page:?}");
    }
}
