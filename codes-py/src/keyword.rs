use pyo3::prelude::*;
use pyo3::types::PyTuple;

use crate::error::{call_repr, unknown};
use crate::value::{ToPython, tuple};

/// An EHLO keyword that the catalogue knows: the name of a service extension (RFC 5321, Section 2.2).
#[pyclass(frozen, eq, ord, hash, module = "smtp_codes")]
#[derive(Eq, Hash, Ord, PartialEq, PartialOrd)]
pub(crate) struct Keyword(pub(crate) smtp_codes::Keyword);

impl ToPython for smtp_codes::Keyword {
    fn to_python(self, py: Python<'_>) -> PyResult<Bound<'_, PyAny>> {
        Ok(Bound::new(py, Keyword(self))?.into_any())
    }
}

/// Gives the class a constant for each keyword.
pub(crate) fn add_constants(py: Python<'_>) -> PyResult<()> {
    let class = py.get_type::<Keyword>();
    smtp_codes::Keyword::all().try_for_each(|keyword| class.setattr(keyword.entry().constant, keyword.to_python(py)?))
}

#[pymethods]
impl Keyword {
    #[classattr]
    fn __match_args__() -> (&'static str,) {
        ("name",)
    }

    #[new]
    #[pyo3(signature = (name, /))]
    fn new(name: &str) -> PyResult<Self> {
        smtp_codes::Keyword::from_name(name).map(Self).ok_or_else(|| unknown("EHLO keyword", name, "Keyword.all()"))
    }

    /// All keywords in alphabetical order.
    #[staticmethod]
    fn all(py: Python<'_>) -> PyResult<Bound<'_, PyAny>> {
        tuple(py, smtp_codes::Keyword::all())
    }

    /// The keyword in upper case, as in the answer to EHLO.
    #[getter]
    fn name(&self) -> &'static str {
        self.0.name()
    }

    /// What the keyword announces, in a few words.
    #[getter]
    fn title(&self) -> &'static str {
        self.0.entry().title
    }

    /// What the catalogue says of it.
    #[getter]
    fn entry<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        self.0.entry().to_python(py)
    }

    fn __str__(&self) -> &'static str {
        self.0.name()
    }

    fn __repr__(&self, py: Python<'_>) -> PyResult<String> {
        call_repr(py, "Keyword", self.0.name())
    }

    fn __reduce__<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyTuple>> {
        (py.get_type::<Self>(), (self.0.name(),)).into_pyobject(py)
    }
}
