//! What the catalogue says: one class for each kind of record.

use std::hash::{DefaultHasher, Hash, Hasher};

use pyo3::prelude::*;
use pyo3::types::PyTuple;
use smtp_codes::BasicCodes;

use crate::command::Command;
use crate::record::record;
use crate::value::{ToPython, tuple};

record! {
    /// What the catalogue says of one reply code.
    ReplyEntry: code, name, title, status, summary, advice, reason, meanings;
    |entry| format!("{} '{}'", entry.code, entry.title);
    {
        /// Every reply code of the catalogue, in numeric order.
        #[staticmethod]
        fn all(py: Python<'_>) -> PyResult<Bound<'_, PyAny>> {
            tuple(py, smtp_codes::ReplyEntry::ALL)
        }

        /// What the code means in answer to a command: the meaning that names it, else one for any command.
        #[pyo3(signature = (command, /))]
        fn meaning<'py>(&self, py: Python<'py>, command: &Command) -> PyResult<Bound<'py, PyAny>> {
            self.0.meaning(command.0).to_python(py)
        }
    }
}

record! {
    /// What a reply code says in one context.
    Meaning: commands, text, summary, keyword, status, refs;
    |meaning| format!("'{}'", meaning.text);
    {}
}

record! {
    /// What the catalogue says of all reply codes with one first digit.
    SeverityEntry: severity, name, text, title, summary, advice, refs;
    |entry| format!("{}xx '{}'", entry.severity.digit(), entry.title);
    {}
}

record! {
    /// What the registry and its documents say of one enhanced status code.
    EnhancedEntry: code, name, text, title, status, classes, summary, advice, reason, refs;
    |entry| format!("{} '{}'", entry.code, entry.title);
    {
        /// Every registered enhanced status code, in numeric order.
        #[staticmethod]
        fn all(py: Python<'_>) -> PyResult<Bound<'_, PyAny>> {
            tuple(py, smtp_codes::EnhancedEntry::ALL)
        }

        /// The reply codes that usually come with it; None where the registry says "Not given".
        #[getter]
        fn basic_codes<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
            basic_codes(py, self.0.basic_codes)
        }
    }
}

record! {
    /// What the registry and its documents say of one class of enhanced codes.
    ClassEntry: name, text, title, summary, advice, refs;
    |entry| format!("{}.x.x '{}'", entry.class.digit(), entry.title);
    {
        /// The class.
        #[getter]
        fn class_<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
            self.0.class.to_python(py)
        }
    }
}

record! {
    /// What the registry and its documents say of one subject of enhanced codes.
    SubjectEntry: subject, name, text, title, summary, advice, refs;
    |entry| format!("X.{}.x '{}'", entry.subject, entry.title);
    {
        /// Every registered subject, in numeric order.
        #[staticmethod]
        fn all(py: Python<'_>) -> PyResult<Bound<'_, PyAny>> {
            tuple(py, smtp_codes::SubjectEntry::ALL)
        }
    }
}

record! {
    /// What the catalogue says of one command.
    CommandEntry: verb, name, status, syntax, keyword, protocols, summary, advice, replies, refs;
    |entry| format!("{} '{}'", entry.verb, entry.name);
    {
        /// Every reply code that a document lists for the command, each once, in numeric order.
        #[getter]
        fn codes<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
            let mut codes: Vec<_> = self.0.codes().collect();
            codes.sort_unstable();
            codes.dedup();
            tuple(py, codes)
        }
    }
}

record! {
    /// What a command may be answered by (RFC 5321, Section 4.3.2, and the extensions).
    Replies: after_data, intermediate, success, failure, keyword, refs;
    |replies| {
        let codes = [replies.intermediate, replies.success, replies.failure].concat();
        codes.iter().map(ToString::to_string).collect::<Vec<_>>().join(" ")
    };
    {}
}

record! {
    /// What the catalogue says of one EHLO keyword.
    KeywordEntry:
        keyword, text, title, status, parameters, mail_parameters, rcpt_parameters, verbs, protocols, summary, advice, refs;
    |entry| format!("{} '{}'", entry.keyword, entry.title);
    {}
}

/// The reply codes with which the registry associates an enhanced code (RFC 5248, Section 2): not an exclusive list.
#[pyclass(frozen, eq, module = "smtp_codes", name = "BasicCodes")]
#[derive(PartialEq)]
pub(crate) struct Basic(BasicCodes);

fn basic_codes(py: Python<'_>, codes: BasicCodes) -> PyResult<Bound<'_, PyAny>> {
    match codes {
        BasicCodes::NotGiven => Ok(py.None().into_bound(py)),
        codes => Ok(Bound::new(py, Basic(codes))?.into_any()),
    }
}

#[pymethods]
impl Basic {
    /// Single codes, ascending.
    #[getter]
    fn codes<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        match self.0 {
            BasicCodes::Listed { codes, .. } => codes.to_python(py),
            _ => Ok(PyTuple::empty(py).into_any()),
        }
    }

    /// All codes of these first digits.
    #[getter]
    fn severities<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        match self.0 {
            BasicCodes::Listed { severities, .. } => severities.to_python(py),
            _ => Ok(PyTuple::empty(py).into_any()),
        }
    }

    /// Whether the registry says itself that others are allowed, as it does by "Any".
    #[getter]
    fn others(&self) -> bool {
        match self.0 {
            BasicCodes::Listed { others, .. } => others,
            _ => true,
        }
    }

    fn __hash__(&self) -> u64 {
        let mut hasher = DefaultHasher::new();
        if let BasicCodes::Listed { codes, severities, others } = self.0 {
            (codes, severities, others).hash(&mut hasher);
        }
        hasher.finish()
    }

    fn __repr__(&self) -> String {
        match self.0 {
            BasicCodes::Listed { codes, severities, others } => {
                let codes = codes.iter().map(ToString::to_string);
                let severities = severities.iter().map(|severity| format!("{}xx", severity.digit()));
                let others = others.then(|| "others".to_owned());
                format!("<BasicCodes {}>", codes.chain(severities).chain(others).collect::<Vec<_>>().join(" "))
            }
            _ => "<BasicCodes any>".to_owned(),
        }
    }
}
