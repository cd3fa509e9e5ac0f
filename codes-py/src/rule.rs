use pyo3::prelude::*;
use pyo3::types::PyString;
use smtp_codes::RuleSet;

use crate::value::{ToPython, tuple};

type Record = smtp_codes::Rule<'static>;

/// What a reply says that has certain words in it: a line of the catalogue, or of a user's file.
#[pyclass(frozen, module = "smtp_codes")]
pub(crate) struct Rule(&'static Record);

impl ToPython for &'static Record {
    fn to_python(self, py: Python<'_>) -> PyResult<Bound<'_, PyAny>> {
        Ok(Bound::new(py, Rule(self))?.into_any())
    }
}

#[pymethods]
impl Rule {
    /// Every rule of the catalogue.
    #[staticmethod]
    fn all(py: Python<'_>) -> PyResult<Bound<'_, PyAny>> {
        tuple(py, RuleSet::builtin().rules())
    }

    /// The catalogue's rule with this id, or None where it has none.
    #[staticmethod]
    #[pyo3(signature = (id, /))]
    fn from_id<'py>(py: Python<'py>, id: &Bound<'py, PyString>) -> PyResult<Bound<'py, PyAny>> {
        let id = id.to_string_lossy();
        RuleSet::builtin().rules().iter().find(|rule| rule.id == id).to_python(py)
    }

    /// Its name, as in `en-user-unknown`.
    #[getter]
    fn id(&self) -> &'static str {
        self.0.id
    }

    /// What the words mean.
    #[getter]
    fn reason<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        self.0.reason.to_python(py)
    }

    /// Whose words they are, or None where many servers use them.
    #[getter]
    fn provider<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        self.0.provider.to_python(py)
    }

    /// The words, one text for each wording.
    #[getter]
    fn words<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        self.0.words.to_python(py)
    }

    /// Words of which none may stand beside them.
    #[getter]
    fn without<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        self.0.without.to_python(py)
    }

    /// A reply that the rule decides.
    #[getter]
    fn example(&self) -> &'static str {
        self.0.example
    }

    /// Which rule wins where several fit, 0 to 99.
    #[getter]
    fn rank(&self) -> u8 {
        self.0.rank
    }

    /// Where it is written.
    #[getter]
    fn sources<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        self.0.sources.to_python(py)
    }

    fn __eq__(&self, other: &Self) -> bool {
        std::ptr::eq(self.0, other.0)
    }

    fn __hash__(&self) -> usize {
        std::ptr::from_ref(self.0).addr()
    }

    fn __repr__(&self, py: Python<'_>) -> PyResult<String> {
        Ok(format!("<Rule {}>", PyString::new(py, self.0.id).repr()?))
    }
}
