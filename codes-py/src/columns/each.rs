//! The function for iterators.

use std::collections::VecDeque;

use pyo3::IntoPyObjectExt;
use pyo3::exceptions::PyTypeError;
use pyo3::prelude::*;
use pyo3::types::PyIterator;

use super::judge::Settings;
use super::table::{is_text, settings};
use crate::error::wrong_type;
use crate::input::Text;
use crate::judge::Known;
use crate::verdict::Verdict;

/// How many texts are read before the first verdict is given: enough for several threads.
const AHEAD: usize = 4096;

/// The verdicts on the texts of an iterator.
#[pyclass(module = "smtp_codes")]
pub(crate) struct VerdictIterator {
    texts: Option<Py<PyIterator>>,
    settings: Settings,
    host: Option<Py<PyAny>>,
    rules: Option<Py<PyAny>>,
    ready: VecDeque<Option<Verdict>>,
    /// What the texts' iterator raised: it is told after the verdicts on those before.
    failed: Option<PyErr>,
    /// How many texts were read.
    row: usize,
}

/// Gives a verdict on each text of an iterable.
#[pyfunction]
#[pyo3(signature = (texts, /, *, host=None, rules=None, threads=None))]
pub(crate) fn verdicts_iter(
    texts: &Bound<'_, PyAny>,
    host: Option<&Bound<'_, PyAny>>,
    rules: Option<&Bound<'_, PyAny>>,
    threads: Option<&Bound<'_, PyAny>>,
) -> PyResult<VerdictIterator> {
    const EXPECTED: &str = "an iterable of str, bytes and None";
    if is_text(texts) {
        return Err(wrong_type(EXPECTED, texts));
    }
    let is_no_iterable = |error: &PyErr| error.is_instance_of::<PyTypeError>(texts.py());
    let iterator =
        texts.try_iter().map_err(|error| if is_no_iterable(&error) { wrong_type(EXPECTED, texts) } else { error })?;
    Ok(VerdictIterator {
        texts: Some(iterator.unbind()),
        settings: settings(host, rules, threads)?,
        host: host.map(|host| host.clone().unbind()),
        rules: rules.map(|rules| rules.clone().unbind()),
        ready: VecDeque::new(),
        failed: None,
        row: 0,
    })
}

impl VerdictIterator {
    /// Reads on and gives the verdicts on what was read.
    fn fill(&mut self, py: Python<'_>) -> PyResult<()> {
        let Some(texts) = &self.texts else { return Ok(()) };
        let mut read = Vec::new();
        for object in texts.bind(py).clone().take(AHEAD) {
            match object.and_then(|object| Ok((text(&object, self.row)?, object.unbind()))) {
                Ok(text) => read.push(text),
                Err(error) => {
                    self.failed = Some(error);
                    break;
                }
            }
            self.row += 1;
        }
        if read.len() < AHEAD {
            self.texts = None;
        }
        let settings = &self.settings;
        let given = py.detach(|| settings.each(&read, |(text, _)| text.as_ref().map(Text::as_bytes)));
        let (host, rules) = (self.host.as_ref(), self.rules.as_ref());
        for (given, (text, object)) in given.into_iter().zip(read) {
            let known = || Known::of_session(host.map(|host| host.bind(py)), None, rules.map(|rules| rules.bind(py)));
            self.ready.push_back(match (given, text) {
                (Some(given), Some(text)) => Some(Verdict::new(given, &text, object, known()?)),
                _ => None,
            });
        }
        Ok(())
    }
}

fn text(object: &Bound<'_, PyAny>, row: usize) -> PyResult<Option<Text>> {
    if object.is_none() {
        return Ok(None);
    }
    if let Some(text) = Text::from_object(object)? {
        return Ok(Some(text));
    }
    let found = object.get_type().name()?;
    Err(PyTypeError::new_err(format!("row {row}: expected str, bytes or None, not {found}")))
}

#[pymethods]
impl VerdictIterator {
    fn __iter__(this: PyRef<'_, Self>) -> PyRef<'_, Self> {
        this
    }

    /// The verdict on the next text, or Python's None where there is no text.
    fn __next__<'py>(&mut self, py: Python<'py>) -> PyResult<Option<Bound<'py, PyAny>>> {
        if self.ready.is_empty() {
            if let Some(error) = self.failed.take() {
                return Err(error);
            }
            self.fill(py)?;
        }
        match self.ready.pop_front() {
            Some(verdict) => verdict.into_bound_py_any(py).map(Some),
            None => self.failed.take().map_or(Ok(None), Err),
        }
    }
}
