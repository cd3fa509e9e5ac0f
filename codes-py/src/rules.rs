use std::collections::HashMap;
use std::sync::{LazyLock, Mutex, PoisonError};

use pyo3::prelude::*;
use pyo3::types::{IntoPyDict, PyIterator, PyString, PyTuple};
use smtp_codes::RuleSet;

use crate::error::wrong_type;
use crate::fault::rules_error;
use crate::input::Text;
use crate::value::tuple;

/// A user's own rules, asked before the catalogue's.
#[pyclass(frozen, module = "smtp_codes")]
pub(crate) struct Rules {
    pub(crate) set: RuleSet<'static>,
    /// The name of the file.
    #[pyo3(get)]
    name: String,
    text: String,
}

/// The name and text of each file, and its rules. They stay in memory, so the same file is not to be read twice.
type Known = HashMap<(String, String), RuleSet<'static>>;

static KNOWN: LazyLock<Mutex<Known>> = LazyLock::new(Mutex::default);

fn loaded(name: &str, text: &str) -> Result<RuleSet<'static>, Vec<smtp_codes::rules::Fault>> {
    let mut known = KNOWN.lock().unwrap_or_else(PoisonError::into_inner);
    let key = (name.to_owned(), text.to_owned());
    if let Some(set) = known.get(&key) {
        return Ok(*set);
    }
    let set = smtp_codes::rules::load(name, text)?;
    known.insert(key, set);
    Ok(set)
}

#[pymethods]
impl Rules {
    /// Reads and checks a file of rules.
    #[staticmethod]
    #[pyo3(signature = (path, /))]
    fn load(path: &Bound<'_, PyAny>) -> PyResult<Self> {
        let py = path.py();
        let name = py.import("os")?.call_method1("fsdecode", (path,))?;
        let file = py.import("io")?.call_method1("open", (path, "rb"))?;
        let text = file.call_method0("read");
        file.call_method0("close")?;
        Self::parse(&text?, Some(&name))
    }

    /// Reads and checks the text of a file of rules.
    #[staticmethod]
    #[pyo3(signature = (text, /, *, name=None), text_signature = "(text, /, *, name='rules.toml')")]
    fn parse(text: &Bound<'_, PyAny>, name: Option<&Bound<'_, PyAny>>) -> PyResult<Self> {
        let py = text.py();
        let Some(text) = Text::from_object(text)? else { return Err(wrong_type("str or bytes", text)) };
        let name = match name.map(|name| name.cast::<PyString>().map_err(|_| wrong_type("str for name", name))) {
            Some(name) => name?.to_string_lossy().into_owned(),
            None => "rules.toml".to_owned(),
        };
        let text = match std::str::from_utf8(text.as_bytes()) {
            Ok(text) => text.to_owned(),
            Err(error) => return Err(rules_error(py, vec![crate::fault::not_utf8(&name, text.as_bytes(), error)])),
        };
        // Other threads go on meanwhile, as files may be large; one of them may be waiting for the same rules.
        let set = py.detach(|| loaded(&name, &text)).map_err(|faults| rules_error(py, faults))?;
        Ok(Self { set, name, text })
    }

    /// The rules, in the order of the file.
    #[getter]
    fn rules<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        tuple(py, self.set.rules())
    }

    fn __len__(&self) -> usize {
        self.set.rules().len()
    }

    fn __iter__<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyIterator>> {
        self.rules(py)?.try_iter()
    }

    fn __repr__(&self, py: Python<'_>) -> PyResult<String> {
        Ok(format!("<Rules {}>", PyString::new(py, &self.name).repr()?))
    }

    fn __reduce__<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyTuple>> {
        let options = [("name", &self.name)].into_py_dict(py)?;
        let parse = py.get_type::<Self>().getattr("parse")?;
        let partial = py.import("functools")?.getattr("partial")?.call((parse,), Some(&options))?;
        (partial, (&self.text,)).into_pyobject(py)
    }
}
