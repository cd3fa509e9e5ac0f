use std::hash::{DefaultHasher, Hash, Hasher};

use pyo3::prelude::*;

use crate::record::record;
use crate::value::{ToPython, tuple};

record! {
    /// A document that the catalogue cites: an RFC, a registry, a draft or a product's manual.
    Document: id, title, date, status, obsoletes, obsoleted_by, url;
    |document| format!("'{}'", document.id);
    {
        /// Every document that the catalogue cites.
        #[staticmethod]
        fn all(py: Python<'_>) -> PyResult<Bound<'_, PyAny>> {
            tuple(py, smtp_codes::Document::ALL)
        }

        /// The document with this id, or None where the catalogue cites no such one.
        #[staticmethod]
        #[pyo3(signature = (id, /))]
        fn from_id<'py>(py: Python<'py>, id: &str) -> PyResult<Bound<'py, PyAny>> {
            smtp_codes::Document::from_id(id).to_python(py)
        }
    }
}

/// A place in a document.
#[pyclass(frozen, module = "smtp_codes")]
pub(crate) struct Reference(pub(crate) smtp_codes::Reference);

impl ToPython for smtp_codes::Reference {
    fn to_python(self, py: Python<'_>) -> PyResult<Bound<'_, PyAny>> {
        Ok(Bound::new(py, Reference(self))?.into_any())
    }
}

#[pymethods]
impl Reference {
    /// The document.
    #[getter]
    fn document<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        self.0.document.to_python(py)
    }

    /// The section's number or name, or None where the whole document is meant.
    #[getter]
    fn section(&self) -> Option<&'static str> {
        self.0.section
    }

    /// The address of the place.
    #[getter]
    fn url(&self) -> String {
        self.0.url().to_string()
    }

    fn __eq__(&self, other: &Self) -> bool {
        self.0.document.id == other.0.document.id && self.0.section == other.0.section
    }

    fn __hash__(&self) -> u64 {
        let mut hasher = DefaultHasher::new();
        (self.0.document.id, self.0.section).hash(&mut hasher);
        hasher.finish()
    }

    fn __str__(&self) -> String {
        self.0.to_string()
    }

    fn __repr__(&self) -> String {
        format!("<Reference '{}'>", self.0)
    }
}
