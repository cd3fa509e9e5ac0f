use pyo3::IntoPyObjectExt;
use pyo3::basic::CompareOp;
use pyo3::intern;
use pyo3::prelude::*;
use pyo3::sync::PyOnceLock;
use pyo3::types::{PyInt, PyTuple};
use smtp_codes::{Category, ReplyEntry, Severity};

use crate::error::{parse_error, wrong_type};
use crate::input::{Text, integer};
use crate::value::ToPython;

/// An SMTP reply code (RFC 5321, Section 4.2): any number from 200 to 599.
#[pyclass(frozen, module = "smtp_codes")]
pub(crate) struct ReplyCode {
    pub(crate) code: smtp_codes::ReplyCode,
    /// What the code says, in a few words, or None where no document lists it.
    // As a field of its own, Python reads it without a call.
    #[pyo3(get)]
    title: Py<PyAny>,
}

/// Each code is one object for the life of the process: making it again costs no more than finding it.
static CODES: [PyOnceLock<Py<ReplyCode>>; 400] = [const { PyOnceLock::new() }; 400];

impl ToPython for smtp_codes::ReplyCode {
    fn to_python(self, py: Python<'_>) -> PyResult<Bound<'_, PyAny>> {
        Ok(shared(py, self)?.into_bound(py).into_any())
    }
}

fn shared(py: Python<'_>, code: smtp_codes::ReplyCode) -> PyResult<Py<ReplyCode>> {
    let place = usize::from(code.as_u16() - 200);
    let shared = CODES[place].get_or_try_init(py, || {
        let title = code.entry().map(|entry| entry.title).to_python(py)?.unbind();
        Py::new(py, ReplyCode { code, title })
    })?;
    Ok(shared.clone_ref(py))
}

/// Gives the class a constant for each code of the catalogue.
pub(crate) fn add_constants(py: Python<'_>) -> PyResult<()> {
    let class = py.get_type::<ReplyCode>();
    ReplyEntry::ALL.iter().try_for_each(|entry| class.setattr(entry.name, entry.code.to_python(py)?))
}

/// The code that a number or a text is.
pub(crate) fn extract(object: &Bound<'_, PyAny>) -> PyResult<smtp_codes::ReplyCode> {
    // The usual case first: every check costs as much as the rest of the work.
    if object.is_exact_instance_of::<PyInt>() {
        if let Ok(number) = object.extract::<i64>() {
            return from_integer(object, number);
        }
    }
    if let Some(text) = Text::from_object(object)? {
        return smtp_codes::ReplyCode::from_bytes(text.as_bytes()).map_err(parse_error);
    }
    match integer(object)? {
        Some(number) => from_integer(object, number),
        None => Err(wrong_type("int, str or bytes", object)),
    }
}

fn from_integer(object: &Bound<'_, PyAny>, number: i64) -> PyResult<smtp_codes::ReplyCode> {
    if let Ok(number) = u16::try_from(number) {
        return smtp_codes::ReplyCode::try_from(number).map_err(parse_error);
    }
    // The library takes no such numbers, so it is shown the digits, which Python writes up to some thousands.
    let digits = object.call_method0(intern!(object.py(), "__index__"))?.str().map(|digits| digits.to_string());
    let digits = digits.unwrap_or_else(|_| number.to_string());
    smtp_codes::ReplyCode::from_bytes(digits.as_bytes()).map_err(parse_error)
}

#[pymethods]
impl ReplyCode {
    #[classattr]
    fn __match_args__() -> (&'static str,) {
        ("number",)
    }

    #[new]
    #[pyo3(signature = (code, /))]
    fn new(code: &Bound<'_, PyAny>) -> PyResult<Py<Self>> {
        shared(code.py(), extract(code)?)
    }

    /// The code as a number from 200 to 599.
    #[getter]
    fn number(&self) -> u16 {
        self.code.as_u16()
    }

    /// What the first digit says: good, bad or incomplete.
    #[getter]
    fn severity<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        Severity::to_python(self.code.severity(), py)
    }

    /// What the second digit says the reply is about, or None where the standard gives that digit no meaning.
    #[getter]
    fn category<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        Option::<Category>::to_python(self.code.category(), py)
    }

    /// Whether the command was carried out: 200 to 299.
    #[getter]
    fn is_success(&self) -> bool {
        self.code.is_success()
    }

    /// Whether the server waits for more: 300 to 399.
    #[getter]
    fn is_intermediate(&self) -> bool {
        self.code.is_intermediate()
    }

    /// Whether the command failed for now and may be tried again unchanged: 400 to 499.
    #[getter]
    fn is_transient(&self) -> bool {
        self.code.is_transient()
    }

    /// Whether the command failed and must not be repeated unchanged: 500 to 599.
    #[getter]
    fn is_permanent(&self) -> bool {
        self.code.is_permanent()
    }

    /// What the catalogue says about the code, or None where no document lists it.
    #[getter]
    fn entry<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        self.code.entry().to_python(py)
    }

    fn __int__(&self) -> u16 {
        self.number()
    }

    fn __index__(&self) -> u16 {
        self.number()
    }

    fn __hash__(&self) -> usize {
        // The hash of the equal `int`.
        usize::from(self.number())
    }

    /// Codes compare as their numbers, with `int` too.
    fn __richcmp__<'py>(&self, other: &Bound<'py, PyAny>, op: CompareOp) -> PyResult<Bound<'py, PyAny>> {
        let py = other.py();
        let number = match other.cast::<Self>() {
            Ok(code) => i64::from(code.get().number()),
            Err(_) => match integer(other)? {
                Some(number) => number,
                None => return Ok(py.NotImplemented().into_bound(py)),
            },
        };
        op.matches(i64::from(self.number()).cmp(&number)).into_bound_py_any(py)
    }

    fn __str__(&self) -> String {
        self.code.to_string()
    }

    fn __repr__(&self) -> String {
        format!("ReplyCode({})", self.code)
    }

    fn __reduce__<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyTuple>> {
        (py.get_type::<Self>(), (self.number(),)).into_pyobject(py)
    }
}
