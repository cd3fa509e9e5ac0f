use pyo3::prelude::*;
use smtp_codes::Code;

use crate::error::wrong_type;
use crate::input::Text;
use crate::value::ToPython;

/// A code that `codes` found, and where.
#[pyclass(frozen, eq, hash, module = "smtp_codes")]
#[derive(Eq, Hash, PartialEq)]
pub(crate) struct CodeMatch {
    code: Code,
    /// Where it starts in the text.
    #[pyo3(get)]
    start: usize,
    /// The place behind its end.
    #[pyo3(get)]
    end: usize,
}

impl ToPython for Code {
    fn to_python(self, py: Python<'_>) -> PyResult<Bound<'_, PyAny>> {
        match self {
            Code::Reply(code) => code.to_python(py),
            Code::Enhanced(code) => code.to_python(py),
        }
    }
}

#[pymethods]
impl CodeMatch {
    #[classattr]
    fn __match_args__() -> (&'static str, &'static str, &'static str) {
        ("code", "start", "end")
    }

    /// The code.
    #[getter]
    fn code<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        self.code.to_python(py)
    }

    fn __repr__(&self) -> String {
        format!("<CodeMatch {} at {}:{}>", self.code, self.start, self.end)
    }
}

/// Finds the reply codes and enhanced codes in any text.
#[pyfunction]
#[pyo3(signature = (text, /))]
pub(crate) fn codes(text: &Bound<'_, PyAny>) -> PyResult<Vec<CodeMatch>> {
    let py = text.py();
    let Some(text) = Text::from_object(text)? else { return Err(wrong_type("str or bytes", text)) };
    Ok(located(&text, &found(py, text.as_bytes())))
}

/// The codes in a text. Other threads of Python go on meanwhile where it is long.
pub(crate) fn found(py: Python<'_>, text: &[u8]) -> Vec<smtp_codes::CodeMatch> {
    const LONG: usize = 100_000;
    let codes = || smtp_codes::codes(text).collect();
    if text.len() < LONG { codes() } else { py.detach(codes) }
}

/// The matches with their places counted as the user counts them.
fn located(text: &Text, matches: &[smtp_codes::CodeMatch]) -> Vec<CodeMatch> {
    let bytes = text.as_bytes();
    let in_characters = text.counts_characters() && !bytes.is_ascii();
    // Matches come in order, so what lies between two of them is counted once.
    let (mut at, mut passed) = (0, 0);
    let mut position = |byte: usize| {
        if !in_characters {
            return byte;
        }
        passed += characters(&bytes[at..byte]);
        at = byte;
        passed
    };
    let located = |found: &smtp_codes::CodeMatch| {
        let (start, end) = (position(found.start), position(found.end));
        CodeMatch { code: found.code, start, end }
    };
    matches.iter().map(located).collect()
}

/// How many characters begin in these bytes of UTF-8.
pub(crate) fn characters(bytes: &[u8]) -> usize {
    bytes.iter().filter(|byte| !is_continuation(**byte)).count()
}

/// Whether a byte of UTF-8 continues a character.
fn is_continuation(byte: u8) -> bool {
    byte & 0b1100_0000 == 0b1000_0000
}
