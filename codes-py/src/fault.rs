use std::str::Utf8Error;

use pyo3::exceptions::PyValueError;
use pyo3::prelude::*;
use pyo3::types::PyTuple;

use crate::error::visible;

pyo3::create_exception!(smtp_codes, RulesError, PyValueError, "A file of rules that has faults.");

/// Something wrong in a file of rules: where it stands, what was expected and what was found.
#[pyclass(frozen, eq, hash, get_all, module = "smtp_codes")]
#[derive(Eq, Hash, PartialEq)]
pub(crate) struct Fault {
    /// The name of the file.
    file: String,
    /// The line, counted from 1.
    line: usize,
    /// The entry, as in `rule acme-left`; empty where the fault is the file's.
    entry: String,
    /// The key within the entry; empty where the fault is the entry's.
    key: String,
    /// What was expected.
    expected: String,
    /// What was found.
    found: String,
}

impl From<smtp_codes::rules::Fault> for Fault {
    fn from(fault: smtp_codes::rules::Fault) -> Self {
        let smtp_codes::rules::Fault { file, line, entry, key, expected, found } = fault;
        Self { file, line, entry, key, expected, found }
    }
}

#[pymethods]
impl Fault {
    #[new]
    #[pyo3(signature = (file, line, entry, key, expected, found, /))]
    fn new(file: String, line: usize, entry: String, key: String, expected: String, found: String) -> Self {
        Self { file, line, entry, key, expected, found }
    }

    fn __str__(&self) -> String {
        let Self { file, line, entry, key, expected, found } = self;
        let place = format!("{file}:{line}");
        let parts: Vec<&str> =
            [&place, entry, key].into_iter().filter(|part| !part.is_empty()).map(|part| &**part).collect();
        visible(&format!("{}: expected {expected}, found {found}", parts.join(": ")))
    }

    fn __repr__(&self) -> String {
        format!("<Fault {}>", self.__str__())
    }

    fn __reduce__<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyTuple>> {
        let parts = (&self.file, self.line, &self.entry, &self.key, &self.expected, &self.found);
        (py.get_type::<Self>(), parts).into_pyobject(py)
    }
}

/// The exception for these faults: its message has a line for each.
pub(crate) fn rules_error(py: Python<'_>, faults: Vec<smtp_codes::rules::Fault>) -> PyErr {
    let faults: Vec<Fault> = faults.into_iter().map(Fault::from).collect();
    let lines: Vec<_> = faults.iter().map(Fault::__str__).collect();
    let raised = RulesError::new_err(lines.join("\n"));
    match PyTuple::new(py, faults).and_then(|faults| raised.value(py).setattr("faults", faults)) {
        Ok(()) => raised,
        Err(failed) => failed,
    }
}

pub(crate) fn not_utf8(name: &str, text: &[u8], error: Utf8Error) -> smtp_codes::rules::Fault {
    let at = error.valid_up_to();
    smtp_codes::rules::Fault {
        file: name.to_owned(),
        line: text[..at].split(|byte| *byte == b'\n').count(),
        entry: String::new(),
        key: String::new(),
        expected: "TOML in UTF-8".to_owned(),
        found: text.get(at).map_or_else(|| "the end".to_owned(), |byte| format!("byte 0x{byte:02x}")),
    }
}
