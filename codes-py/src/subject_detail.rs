use pyo3::exceptions::PyTypeError;
use pyo3::prelude::*;
use pyo3::types::{PyString, PyTuple};
use smtp_codes::{Class, EnhancedEntry};

use crate::enhanced_code::{EnhancedCode, part};
use crate::error::{call_repr, parse_error, wrong_type};
use crate::input::{Text, integer};
use crate::value::ToPython;
use crate::word;

/// The subject and detail of an enhanced status code, written X.1.1: what the IANA registry lists (RFC 5248).
#[pyclass(frozen, eq, ord, hash, module = "smtp_codes")]
#[derive(Eq, Hash, Ord, PartialEq, PartialOrd)]
pub(crate) struct SubjectDetail(pub(crate) smtp_codes::SubjectDetail);

impl ToPython for smtp_codes::SubjectDetail {
    fn to_python(self, py: Python<'_>) -> PyResult<Bound<'_, PyAny>> {
        Ok(Bound::new(py, SubjectDetail(self))?.into_any())
    }
}

/// Gives the class a constant for each registered code.
pub(crate) fn add_constants(py: Python<'_>) -> PyResult<()> {
    let class = py.get_type::<SubjectDetail>();
    EnhancedEntry::ALL.iter().try_for_each(|entry| class.setattr(entry.name, entry.code.to_python(py)?))
}

#[pymethods]
impl SubjectDetail {
    #[classattr]
    fn __match_args__() -> (&'static str, &'static str) {
        ("subject", "detail")
    }

    #[new]
    #[pyo3(signature = (code, detail=None, /))]
    fn new(code: &Bound<'_, PyAny>, detail: Option<&Bound<'_, PyAny>>) -> PyResult<Self> {
        let code = match (Text::from_object(code)?, detail) {
            (Some(text), None) => smtp_codes::SubjectDetail::from_bytes(text.as_bytes()),
            (None, Some(detail)) => {
                let (subject, detail) = (part(code)?, part(detail)?);
                smtp_codes::SubjectDetail::from_bytes(format!("X.{subject}.{detail}").as_bytes())
            }
            (None, None) => return Err(wrong_type("str or bytes, or two parts", code)),
            (Some(_), Some(_)) => return Err(PyTypeError::new_err("expected one text or a subject and a detail")),
        };
        Ok(Self(code.map_err(parse_error)?))
    }

    /// What the code is about, 0 to 999.
    #[getter]
    fn subject(&self) -> u16 {
        self.0.subject()
    }

    /// The detail within the subject, 0 to 999.
    #[getter]
    fn detail(&self) -> u16 {
        self.0.detail()
    }

    /// The code with a class, which is a member of `Class`, its value or its digit.
    #[pyo3(signature = (class_, /))]
    fn with_class(&self, class_: &Bound<'_, PyAny>) -> PyResult<EnhancedCode> {
        Ok(EnhancedCode(self.0.with_class(class(class_)?)))
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

    /// What the catalogue says about the subject, or None where it is not registered.
    #[getter]
    fn subject_entry<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        self.0.subject_entry().to_python(py)
    }

    fn __str__(&self) -> String {
        self.0.to_string()
    }

    fn __repr__(&self, py: Python<'_>) -> PyResult<String> {
        call_repr(py, "SubjectDetail", &self.0.to_string())
    }

    fn __reduce__<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyTuple>> {
        (py.get_type::<Self>(), (self.0.to_string(),)).into_pyobject(py)
    }
}

/// A class, given as a member, its value or its digit.
pub(crate) fn class(object: &Bound<'_, PyAny>) -> PyResult<Class> {
    if !object.is_instance_of::<PyString>() {
        if let Some(digit) = integer(object)? {
            if let Some(class) = Class::ALL.into_iter().find(|class| i64::from(class.digit()) == digit) {
                return Ok(class);
            }
        }
    }
    word::extract(object)
}
