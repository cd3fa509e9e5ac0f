use std::collections::HashSet;

use pyo3::prelude::*;
use pyo3::types::{PyIterator, PyTuple};
use smtp_codes::Code;

use crate::answer::Answer;
use crate::find::found;
use crate::judge::{Known, of_reply};
use crate::provider;
use crate::rejection::{Rejection, Reply};
use crate::verdict::Verdict;

const EXPECTED: &str = "str, bytes, (code, text), an exception or an email message";

/// What a rejection means: the verdict, and an answer for each code in the order in which they appear.
#[pyclass(frozen, module = "smtp_codes")]
pub(crate) struct Explanation {
    /// The answers.
    #[pyo3(get)]
    answers: Py<PyTuple>,
    /// The verdict, or None where several recipients were refused.
    #[pyo3(get)]
    verdict: Option<Py<Verdict>>,
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

    /// The verdict, where it says something, and the answers as plain text, with an empty line between them.
    fn __str__(&self, py: Python<'_>) -> PyResult<String> {
        let mut parts = Vec::new();
        if let Some(verdict) = self.verdict.as_ref().filter(|verdict| verdict.get().says_something()) {
            parts.push(verdict.bind(py).str()?.to_string());
        }
        for answer in self.answers.bind(py).iter() {
            parts.push(answer.cast::<Answer>()?.get().text());
        }
        Ok(parts.join("\n\n"))
    }

    fn __repr__(&self, py: Python<'_>) -> PyResult<String> {
        Ok(format!("<Explanation {}>", self.answers.bind(py).as_any().repr()?))
    }
}

/// Explains a rejection: the verdict on it, and every code in it.
#[pyfunction]
#[pyo3(signature = (rejection, /, *, provider=None, host=None, phase=None, rules=None))]
pub(crate) fn explain(
    rejection: &Bound<'_, PyAny>,
    provider: Option<&Bound<'_, PyAny>>,
    host: Option<&Bound<'_, PyAny>>,
    phase: Option<&Bound<'_, PyAny>>,
    rules: Option<&Bound<'_, PyAny>>,
) -> PyResult<Explanation> {
    let py = rejection.py();
    let provider = provider.map(provider::extract).transpose()?;
    let known = Known::of_session(host, phase, rules)?;
    let rejection = Rejection::of(rejection, EXPECTED)?;
    let text = rejection.text()?;
    let mut seen = HashSet::new();
    let codes = found(py, text.as_bytes()).into_iter().map(|found| found.code);
    let answers = codes.filter(|code| seen.insert(*code)).map(|code| Answer {
        answer: match code {
            Code::Reply(code) => smtp_codes::Answer::Reply(code),
            Code::Enhanced(code) => smtp_codes::Answer::Enhanced(code),
        },
        provider,
    });
    let answers = PyTuple::new(py, answers.collect::<Vec<_>>())?.unbind();
    let verdict = match (rejection.sole(), &rejection) {
        (Some(reply), _) => Some(of_reply(reply, &known)?),
        (None, Rejection::Message(text)) => {
            Some(of_reply(&Reply { code: None, text: text.clone(), phase: None }, &known)?)
        }
        (None, _) => None,
    };
    let verdict = verdict.map(|verdict| Py::new(py, verdict)).transpose()?;
    Ok(Explanation { answers, verdict })
}
