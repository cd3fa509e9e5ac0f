use pyo3::prelude::*;
use pyo3::types::PyTuple;

use crate::error::{call_repr, unknown};
use crate::reply_code;
use crate::value::{ToPython, tuple};

/// An SMTP, submission or LMTP command that the catalogue knows.
#[pyclass(frozen, eq, ord, hash, module = "smtp_codes")]
#[derive(Eq, Hash, Ord, PartialEq, PartialOrd)]
pub(crate) struct Command(pub(crate) smtp_codes::Command);

impl ToPython for smtp_codes::Command {
    fn to_python(self, py: Python<'_>) -> PyResult<Bound<'_, PyAny>> {
        Ok(Bound::new(py, Command(self))?.into_any())
    }
}

/// Gives the class a constant for each command.
pub(crate) fn add_constants(py: Python<'_>) -> PyResult<()> {
    let class = py.get_type::<Command>();
    smtp_codes::Command::all().try_for_each(|command| class.setattr(command.entry().constant, command.to_python(py)?))
}

#[pymethods]
impl Command {
    #[classattr]
    fn __match_args__() -> (&'static str,) {
        ("verb",)
    }

    #[new]
    #[pyo3(signature = (verb, /))]
    fn new(verb: &str) -> PyResult<Self> {
        smtp_codes::Command::from_verb(verb).map(Self).ok_or_else(|| unknown("command", verb, "Command.all()"))
    }

    /// All commands in alphabetical order, the two stages last.
    #[staticmethod]
    fn all(py: Python<'_>) -> PyResult<Bound<'_, PyAny>> {
        tuple(py, smtp_codes::Command::all())
    }

    /// The commands that may be answered by a reply code, as the documents list them.
    #[staticmethod]
    #[pyo3(signature = (code, /))]
    fn answered_by<'py>(code: &Bound<'py, PyAny>) -> PyResult<Bound<'py, PyAny>> {
        tuple(code.py(), smtp_codes::Command::answered_by(reply_code::extract(code)?))
    }

    /// The verb in upper case; `connection` or `message` for the two stages.
    #[getter]
    fn verb(&self) -> &'static str {
        self.0.verb()
    }

    /// Whether this is a moment of the session and no command with a verb.
    #[getter]
    fn is_stage(&self) -> bool {
        self.0.is_stage()
    }

    /// What the catalogue says of it.
    #[getter]
    fn entry<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        self.0.entry().to_python(py)
    }

    fn __str__(&self) -> &'static str {
        self.0.verb()
    }

    fn __repr__(&self, py: Python<'_>) -> PyResult<String> {
        call_repr(py, "Command", self.0.verb())
    }

    fn __reduce__<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyTuple>> {
        (py.get_type::<Self>(), (self.0.verb(),)).into_pyobject(py)
    }
}
