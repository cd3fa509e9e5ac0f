use pyo3::prelude::*;
use pyo3::types::PyString;
use smtp_codes::Provider as Record;

use crate::enhanced_code::EnhancedCode;
use crate::error::unknown;
use crate::html::Table;
use crate::record::record;
use crate::value::{ToPython, tuple};

record! {
    /// A mail server, mailbox provider, gateway or blocklist, and what it means by its replies.
    Provider: id, name, kind, documented, summary, hosts, removal, pages;
    |provider| format!("'{}'", provider.id);
    {
        /// Every provider of the catalogue.
        #[staticmethod]
        fn all(py: Python<'_>) -> PyResult<Bound<'_, PyAny>> {
            tuple(py, Record::ALL)
        }

        /// The provider with this id in any case, or None where the catalogue has none.
        #[staticmethod]
        #[pyo3(signature = (id, /))]
        fn from_id<'py>(py: Python<'py>, id: &str) -> PyResult<Bound<'py, PyAny>> {
            Record::from_id(id).to_python(py)
        }

        /// What it means by codes and tags.
        #[getter]
        fn claims<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
            tuple(py, self.0.claims.iter().map(|claim| (self.0, claim)))
        }
    }
}

record! {
    /// A page on which a provider, or another about it, writes what its replies mean.
    Page: id, title, url, read;
    |page| format!("'{}'", page.id);
    {}
}

/// The provider that a user named by its id or its object.
pub(crate) fn extract(object: &Bound<'_, PyAny>) -> PyResult<&'static Record> {
    if let Ok(provider) = object.cast::<Provider>() {
        return Ok(provider.get().0);
    }
    let id: String = object.extract()?;
    Record::from_id(&id).ok_or_else(|| unknown("provider", &id, "Provider.all()"))
}

/// What one provider means by a code or tag. The standard's meaning stands beside it, untouched.
#[pyclass(frozen, module = "smtp_codes")]
pub(crate) struct Claim {
    provider: &'static Record,
    claim: &'static smtp_codes::Claim,
}

impl ToPython for (&'static Record, &'static smtp_codes::Claim) {
    fn to_python(self, py: Python<'_>) -> PyResult<Bound<'_, PyAny>> {
        let (provider, claim) = self;
        Ok(Bound::new(py, Claim { provider, claim })?.into_any())
    }
}

#[pymethods]
impl Claim {
    /// Whose claim it is.
    #[getter]
    fn provider<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        self.provider.to_python(py)
    }

    /// The enhanced codes that it is about.
    #[getter]
    fn enhanced(&self) -> Option<EnhancedPattern> {
        self.claim.enhanced.map(EnhancedPattern)
    }

    /// The reply code that it is about.
    #[getter]
    fn reply<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        self.claim.reply.to_python(py)
    }

    /// A word of the reply's text that it is about, such as `S3150`.
    #[getter]
    fn tag(&self) -> Option<&'static str> {
        self.claim.tag
    }

    /// What the provider means.
    #[getter]
    fn meaning(&self) -> &'static str {
        self.claim.meaning
    }

    /// What to do now.
    #[getter]
    fn advice(&self) -> &'static str {
        self.claim.advice
    }

    /// How this differs from the standard's meaning, or None where it does not.
    #[getter]
    fn departs(&self) -> Option<&'static str> {
        self.claim.departs
    }

    /// Where it is written.
    #[getter]
    fn sources<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        self.claim.sources.to_python(py)
    }

    fn __eq__(&self, other: &Self) -> bool {
        std::ptr::eq(self.claim, other.claim)
    }

    fn __hash__(&self) -> usize {
        std::ptr::from_ref(self.claim).addr()
    }

    /// The code or tag that the claim is about: `550 5.7.1`, `5.1.x`, `S3150`.
    fn __str__(&self) -> String {
        self.claim.to_string()
    }

    /// The claim as HTML, for notebooks.
    fn _repr_html_<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyString>> {
        let mut table = Table::new(&format!("{}: {}", self.provider.name, self.claim));
        for (label, text) in
            [("means", Some(self.claim.meaning)), ("departs", self.claim.departs), ("do", Some(self.claim.advice))]
        {
            table.attribute(label, &text.to_python(py)?)?;
        }
        for page in self.claim.sources {
            table.row("source", &format!("{} {} (read {})", page.title, page.url, page.read));
        }
        Ok(table.finish(py))
    }

    fn __repr__(&self) -> String {
        format!("<Claim {} of '{}'>", self.claim, self.provider.id)
    }
}

/// One enhanced code or many: `5.7.1`, `X.7.1`, `5.1.x`, `5.7.606-649`.
#[pyclass(frozen, eq, hash, module = "smtp_codes")]
#[derive(Eq, Hash, PartialEq)]
pub(crate) struct EnhancedPattern(pub(crate) smtp_codes::EnhancedPattern);

#[pymethods]
impl EnhancedPattern {
    /// Whether the pattern holds this code.
    #[pyo3(signature = (code, /))]
    fn covers(&self, code: &EnhancedCode) -> bool {
        self.0.covers(code.0)
    }

    /// The class, or None for all three.
    #[getter]
    fn class_<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        self.0.class().to_python(py)
    }

    /// The subject, or None for all.
    #[getter]
    fn subject(&self) -> Option<u16> {
        self.0.subject()
    }

    /// The detail, or None for several.
    #[getter]
    fn detail(&self) -> Option<u16> {
        self.0.detail()
    }

    fn __str__(&self) -> String {
        self.0.to_string()
    }

    fn __repr__(&self) -> String {
        format!("<EnhancedPattern '{}'>", self.0)
    }
}
