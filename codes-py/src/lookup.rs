use pyo3::prelude::*;
use pyo3::types::PyList;
use smtp_codes::{Hit, Item};

use crate::answer::Answer;
use crate::command::Command;
use crate::enhanced_code::EnhancedCode;
use crate::error::{parse_error, wrong_type};
use crate::input::Text;
use crate::keyword::Keyword;
use crate::subject_detail::SubjectDetail;
use crate::value::ToPython;
use crate::{provider, reply_code};

/// Looks up codes, wildcards, commands, EHLO keywords and providers' tags.
#[pyfunction]
#[pyo3(signature = (query, /, *, provider=None))]
pub(crate) fn lookup(query: &Bound<'_, PyAny>, provider: Option<&Bound<'_, PyAny>>) -> PyResult<Vec<Answer>> {
    let provider = provider.map(provider::extract).transpose()?;
    let answers = answers(query)?;
    Ok(answers.into_iter().map(|answer| Answer { answer, provider }).collect())
}

fn answers(query: &Bound<'_, PyAny>) -> PyResult<Vec<smtp_codes::Answer>> {
    if let Some(text) = Text::from_object(query)? {
        // A query in which bytes are no UTF-8 finds what its other words stand for.
        let query = String::from_utf8_lossy(text.as_bytes());
        return Ok(smtp_codes::lookup(&query).map_err(parse_error)?.collect());
    }
    Ok(vec![if let Ok(code) = query.cast::<EnhancedCode>() {
        smtp_codes::Answer::Enhanced(code.get().0)
    } else if let Ok(code) = query.cast::<SubjectDetail>() {
        smtp_codes::Answer::SubjectDetail(code.get().0)
    } else if let Ok(command) = query.cast::<Command>() {
        smtp_codes::Answer::Command(command.get().0)
    } else if let Ok(keyword) = query.cast::<Keyword>() {
        smtp_codes::Answer::Keyword(keyword.get().0)
    } else if crate::input::integer(query)?.is_some() {
        smtp_codes::Answer::Reply(reply_code::extract(query)?)
    } else {
        return Err(wrong_type("str, bytes, int or a code", query));
    }])
}

/// Finds entries of the catalogue by words, the best first.
#[pyfunction]
#[pyo3(signature = (words, /))]
pub(crate) fn search<'py>(py: Python<'py>, words: &str) -> PyResult<Bound<'py, PyList>> {
    let found = smtp_codes::search(words).map(|hit| found(py, hit));
    PyList::new(py, found.collect::<PyResult<Vec<_>>>()?)
}

fn found(py: Python<'_>, hit: Hit) -> PyResult<Bound<'_, PyAny>> {
    match hit.item {
        Item::Reply(entry) => entry.to_python(py),
        Item::Enhanced(entry) => entry.to_python(py),
        Item::Command(entry) => entry.to_python(py),
        Item::Keyword(entry) => entry.to_python(py),
        Item::Reason(entry) => entry.to_python(py),
        Item::Claim(provider, claim) => (provider, claim).to_python(py),
        _ => Ok(py.None().into_bound(py)),
    }
}
