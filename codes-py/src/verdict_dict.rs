//! The object of a verdict, with the fields that the command line's `--json` has.

use pyo3::prelude::*;
use pyo3::types::{PyDict, PyList};
use smtp_codes::{Action, Conflict, Party, Reason, ReplyCode, Source};

use crate::verdict::{Verdict, class};

pub(crate) fn of<'py>(verdict: &Verdict, py: Python<'py>) -> PyResult<Bound<'py, PyDict>> {
    let sources = verdict.distinct_sources().into_iter().map(|source| source_dict(source, py));
    let sources = PyList::new(py, sources.collect::<PyResult<Vec<_>>>()?)?;
    let verdict = &verdict.given;
    let dict = PyDict::new(py);
    dict.set_item("reply", verdict.reply.map(ReplyCode::as_u16))?;
    dict.set_item("enhanced", verdict.enhanced.map(|code| code.to_string()))?;
    dict.set_item("class", verdict.class.map(class))?;
    dict.set_item("reason", verdict.reason.map(Reason::as_str))?;
    dict.set_item("party", verdict.party.map(Party::as_str))?;
    dict.set_item("action", Action::as_str(verdict.action))?;
    dict.set_item("provider", verdict.provider.map(|provider| provider.id))?;
    dict.set_item("rule", verdict.rule.map(|rule| rule.id))?;
    dict.set_item("basis", verdict.basis.as_str())?;
    dict.set_item("matched", verdict.matched.as_ref().map(|matched| [matched.start, matched.end]))?;
    dict.set_item("retry_after", verdict.retry_after)?;
    dict.set_item("blocklist", verdict.blocklist.map(|blocklist| blocklist.name))?;
    dict.set_item("conflicts", verdict.conflicts.iter().map(Conflict::as_str).collect::<Vec<_>>())?;
    dict.set_item("sources", sources)?;
    Ok(dict)
}

fn source_dict<'py>(source: Source<'_>, py: Python<'py>) -> PyResult<Bound<'py, PyDict>> {
    let dict = PyDict::new(py);
    match source {
        Source::Page(page) => {
            dict.set_item("title", page.title)?;
            dict.set_item("url", page.url)?;
            dict.set_item("read", page.read)?;
        }
        Source::Reference(reference) => {
            dict.set_item("document", reference.document.id)?;
            dict.set_item("section", reference.section)?;
            dict.set_item("url", reference.url().to_string())?;
        }
        _ => {}
    }
    Ok(dict)
}
