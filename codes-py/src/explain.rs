use std::collections::HashSet;

use pyo3::prelude::*;
use pyo3::types::{PyIterator, PyTuple};
use smtp_codes::Code;

use crate::answer::Answer;
use crate::find::found;
use crate::{provider, rejection};

/// What the codes in a text mean: an answer for each, in the order in which they appear.
#[pyclass(frozen, module = "smtp_codes")]
pub(crate) struct Explanation {
    /// The answers.
    #[pyo3(get)]
    answers: Py<PyTuple>,
}

#[pymethods]
impl Explanation {
    #[classattr]
    fn __match_args__() -> (&'static str,) {
        ("answers",)
    }

    fn __len__(&self, py: Python<'_>) -> usize {
        self.answers.bind(py).len()
    }

    fn __iter__<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyIterator>> {
        self.answers.bind(py).try_iter()
    }

    fn __getitem__<'py>(&self, index: &Bound<'py, PyAny>) -> PyResult<Bound<'py, PyAny>> {
        self.answers.bind(index.py()).as_any().get_item(index)
    }

    /// The answers as plain text, with an empty line between them.
    fn __str__(&self, py: Python<'_>) -> PyResult<String> {
        let mut parts = Vec::new();
        for answer in self.answers.bind(py).iter() {
            parts.push(answer.cast::<Answer>()?.get().text());
        }
        Ok(parts.join("\n\n"))
    }

    fn __repr__(&self, py: Python<'_>) -> PyResult<String> {
        Ok(format!("<Explanation {}>", self.answers.bind(py).as_any().repr()?))
    }
}

/// Explains every code in a rejection.
#[pyfunction]
#[pyo3(signature = (rejection, /, *, provider=None))]
pub(crate) fn explain(rejection: &Bound<'_, PyAny>, provider: Option<&Bound<'_, PyAny>>) -> PyResult<Explanation> {
    let provider = provider.map(provider::extract).transpose()?;
    let text = rejection::text(rejection)?;
    let mut seen = HashSet::new();
    let codes = found(rejection.py(), text.as_bytes()).into_iter().map(|found| found.code);
    let answers = codes.filter(|code| seen.insert(*code)).map(|code| Answer {
        answer: match code {
            Code::Reply(code) => smtp_codes::Answer::Reply(code),
            Code::Enhanced(code) => smtp_codes::Answer::Enhanced(code),
        },
        provider,
    });
    Ok(Explanation { answers: PyTuple::new(rejection.py(), answers.collect::<Vec<_>>())?.unbind() })
}
