use pyo3::exceptions::PyTypeError;
use pyo3::prelude::*;
use pyo3::types::{PyString, PyTuple};
use smtp_codes::Class;

use crate::error::{call_repr, parse_error, wrong_type};
use crate::input::{Text, integer};
use crate::subject_detail::SubjectDetail;
use crate::value::ToPython;
use crate::word;

/// An enhanced mail system status code, class.subject.detail (RFC 3463, Section 2).
#[pyclass(frozen, eq, ord, hash, module = "smtp_codes")]
#[derive(Eq, Hash, Ord, PartialEq, PartialOrd)]
pub(crate) struct EnhancedCode(pub(crate) smtp_codes::EnhancedCode);

impl ToPython for smtp_codes::EnhancedCode {
    fn to_python(self, py: Python<'_>) -> PyResult<Bound<'_, PyAny>> {
        Ok(Bound::new(py, EnhancedCode(self))?.into_any())
    }
}

#[pymethods]
impl EnhancedCode {
    #[classattr]
    fn __match_args__() -> (&'static str, &'static str, &'static str) {
        ("class_digit", "subject", "detail")
    }

    #[new]
    #[pyo3(signature = (code, subject=None, detail=None, /))]
    fn new(
        code: &Bound<'_, PyAny>,
        subject: Option<&Bound<'_, PyAny>>,
        detail: Option<&Bound<'_, PyAny>>,
    ) -> PyResult<Self> {
        let code = match (subject, detail) {
            (None, None) => match Text::from_object(code)? {
                Some(text) => smtp_codes::EnhancedCode::from_bytes(text.as_bytes()),
                None => return Err(wrong_type("str or bytes, or three parts", code)),
            },
            (Some(subject), Some(detail)) => from_parts(&class_digit(code)?, subject, detail)?,
            _ => return Err(PyTypeError::new_err("expected one text or a class, a subject and a detail")),
        };
        Ok(Self(code.map_err(parse_error)?))
    }

    /// The first part: success, transient or permanent.
    #[getter]
    fn class_<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        Class::to_python(self.0.class(), py)
    }

    /// The first part as a number: 2, 4 or 5.
    #[getter]
    fn class_digit(&self) -> u8 {
        self.0.class().digit()
    }

    /// The second part, 0 to 999: what the code is about.
    #[getter]
    fn subject(&self) -> u16 {
        self.0.subject()
    }

    /// The third part, 0 to 999.
    #[getter]
    fn detail(&self) -> u16 {
        self.0.detail()
    }

    /// The code without its class, as the registry lists it.
    #[getter]
    fn subject_detail(&self) -> SubjectDetail {
        SubjectDetail(self.0.subject_detail())
    }

    /// Whether the class is 2.
    #[getter]
    fn is_success(&self) -> bool {
        self.0.is_success()
    }

    /// Whether the class is 4.
    #[getter]
    fn is_transient(&self) -> bool {
        self.0.is_transient()
    }

    /// Whether the class is 5.
    #[getter]
    fn is_permanent(&self) -> bool {
        self.0.is_permanent()
    }

    /// What the code says, in a few words, or None where it is not registered.
    #[getter]
    fn title(&self) -> Option<&'static str> {
        self.0.entry().map(|entry| entry.title)
    }

    /// What the catalogue says about the code, or None where it is not registered.
    #[getter]
    fn entry<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        self.0.entry().to_python(py)
    }

    fn __str__(&self) -> String {
        self.0.to_string()
    }

    fn __repr__(&self, py: Python<'_>) -> PyResult<String> {
        call_repr(py, "EnhancedCode", &self.0.to_string())
    }

    fn __reduce__<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyTuple>> {
        (py.get_type::<Self>(), (self.0.to_string(),)).into_pyobject(py)
    }
}

/// The digit of a class, given as a member, its value or the digit.
fn class_digit<'py>(class: &Bound<'py, PyAny>) -> PyResult<Bound<'py, PyAny>> {
    if class.is_instance_of::<PyString>() {
        return u16::from(word::extract::<Class>(class)?.digit()).to_python(class.py());
    }
    Ok(class.clone())
}

/// The code of these parts: put together and parsed, so that a part out of range is named by the library's message.
fn from_parts(
    class: &Bound<'_, PyAny>,
    subject: &Bound<'_, PyAny>,
    detail: &Bound<'_, PyAny>,
) -> PyResult<Result<smtp_codes::EnhancedCode, smtp_codes::ParseError>> {
    let (class, subject, detail) = (part(class)?, part(subject)?, part(detail)?);
    Ok(smtp_codes::EnhancedCode::from_bytes(format!("{class}.{subject}.{detail}").as_bytes()))
}

/// A part of a code that is a number.
pub(crate) fn part(object: &Bound<'_, PyAny>) -> PyResult<i64> {
    integer(object)?.ok_or_else(|| wrong_type("int", object))
}
