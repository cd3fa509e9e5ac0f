use pyo3::exceptions::{PyTypeError, PyValueError};
use pyo3::prelude::*;
use pyo3::types::PyString;

pyo3::create_exception!(smtp_codes, ParseError, PyValueError, "A text or number that is not what was expected.");

/// The library's error as Python's, with its message and offset.
pub(crate) fn parse_error(error: smtp_codes::ParseError) -> PyErr {
    Python::attach(|py| {
        let raised = ParseError::new_err(error.to_string());
        let value = raised.value(py);
        let set = value.setattr("offset", error.offset());
        match set.and_then(|()| value.setattr("is_incomplete", error.is_incomplete())) {
            Ok(()) => raised,
            Err(failed) => failed,
        }
    })
}

/// A `TypeError` for an argument of the wrong type.
pub(crate) fn wrong_type(expected: &str, met: &Bound<'_, PyAny>) -> PyErr {
    match met.get_type().name() {
        Ok(name) => PyTypeError::new_err(format!("expected {expected}, not {name}")),
        Err(error) => error,
    }
}

/// A `ValueError` for a name that the catalogue does not have. `all` is where the others are listed.
pub(crate) fn unknown(kind: &str, name: &str, all: &str) -> PyErr {
    PyValueError::new_err(format!("unknown {kind} {}: expected one of {all}", quoted(name)))
}

/// A text in quotes, on one line, harmless to a terminal and not too long for a message.
fn quoted(text: &str) -> String {
    const LONGEST: usize = 40;
    let mut letters = text.chars();
    let start: String = letters.by_ref().take(LONGEST).collect();
    let dots = if letters.next().is_some() { "..." } else { "" };
    format!("'{}'{dots}", start.escape_debug())
}

/// A text in which letters that drive a terminal are written as escapes.
pub(crate) fn visible(text: &str) -> String {
    let mut shown = String::new();
    for letter in text.chars() {
        if letter.is_control()
            || matches!(letter, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
        {
            shown.extend(letter.escape_debug());
        } else {
            shown.push(letter);
        }
    }
    shown
}

/// `name(argument)`, with the argument as Python writes it.
pub(crate) fn call_repr(py: Python<'_>, name: &str, argument: &str) -> PyResult<String> {
    Ok(format!("{name}({})", PyString::new(py, argument).repr()?))
}
