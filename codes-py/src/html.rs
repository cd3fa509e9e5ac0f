//! Objects as HTML, which notebooks show in place of the `repr`.
//!
//! Every text is escaped: what a verdict quotes is a stranger's.

use pyo3::prelude::*;
use pyo3::types::{PyString, PyTuple};

use crate::error::visible;

/// A small table: a caption, and rows of a label and what it says. A row without a label is as wide as the table.
pub(crate) struct Table {
    html: String,
}

impl Table {
    pub(crate) fn new(caption: &str) -> Self {
        let caption = escaped(caption);
        let style = "text-align:left;font-weight:bold";
        Self { html: format!("<table class=\"smtp-codes\"><caption style=\"{style}\">{caption}</caption><tbody>") }
    }

    pub(crate) fn row(&mut self, label: &str, text: &str) {
        const LEFT: &str = "style=\"text-align:left\"";
        let text = linked(text);
        let row = if label.is_empty() {
            format!("<tr><td colspan=\"2\" {LEFT}>{text}</td></tr>")
        } else {
            format!("<tr><th {LEFT}>{}</th><td {LEFT}>{text}</td></tr>", escaped(label))
        };
        self.html.push_str(&row);
    }

    /// A row for an attribute: nothing where it is None or empty, and the items of a tuple apart by commas.
    pub(crate) fn attribute(&mut self, name: &str, value: &Bound<'_, PyAny>) -> PyResult<()> {
        let shown = |value: &Bound<'_, PyAny>| value.str().map(|text| text.to_string_lossy().into_owned());
        let text = match value.cast::<PyTuple>() {
            Ok(items) => items.iter().map(|item| shown(&item)).collect::<PyResult<Vec<_>>>()?.join(", "),
            Err(_) if value.is_none() => String::new(),
            Err(_) => shown(value)?,
        };
        if !text.is_empty() {
            self.row(&name.replace('_', " "), &text);
        }
        Ok(())
    }

    pub(crate) fn finish(self, py: Python<'_>) -> Bound<'_, PyString> {
        PyString::new(py, &(self.html + "</tbody></table>"))
    }
}

/// A text of lines: the first is the caption, and `Label: text` is a row with a label where `is_labelled`.
pub(crate) fn of_lines<'py>(py: Python<'py>, text: &str, is_labelled: bool) -> Bound<'py, PyString> {
    let mut lines = text.lines();
    let mut table = Table::new(lines.next().unwrap_or_default());
    for line in lines {
        let (label, text) = if is_labelled { line.split_once(": ").unwrap_or(("", line)) } else { ("", line) };
        table.row(label, text);
    }
    table.finish(py)
}

fn escaped(text: &str) -> String {
    let mut html = String::new();
    for letter in visible(text).chars() {
        match letter {
            '&' => html += "&amp;",
            '<' => html += "&lt;",
            '>' => html += "&gt;",
            '"' => html += "&quot;",
            '\'' => html += "&#39;",
            letter => html.push(letter),
        }
    }
    html
}

/// The text escaped, with addresses of the web as links.
fn linked(text: &str) -> String {
    let words = text.split(' ').map(|word| {
        let html = escaped(word);
        let is_address = word.starts_with("https://") && word.bytes().all(|byte| byte.is_ascii_graphic());
        if is_address { format!("<a href=\"{html}\" rel=\"noreferrer\">{html}</a>") } else { html }
    });
    words.collect::<Vec<_>>().join(" ")
}
