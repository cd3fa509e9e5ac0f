use pyo3::IntoPyObjectExt;
use pyo3::prelude::*;
use pyo3::types::PyString;
use smtp_codes::{Provider, Reference, Status, SubjectDetail, SubjectEntry};

use crate::html;
use crate::provider::EnhancedPattern;
use crate::value::{ToPython, tuple};

/// What the catalogue knows of one code, wildcard, command, keyword or tag.
#[pyclass(frozen, module = "smtp_codes")]
pub(crate) struct Answer {
    pub(crate) answer: smtp_codes::Answer,
    /// The only provider whose claims are wanted.
    pub(crate) provider: Option<&'static Provider>,
}

/// What the standard's part of the catalogue says, whatever the kind of answer.
struct Facts {
    title: &'static str,
    status: Option<Status>,
    summary: &'static str,
    advice: &'static str,
    refs: Vec<Reference>,
}

/// The facts of a record. Those of groups of codes have no status, and those of reply codes keep references by meaning.
macro_rules! facts {
    ($entry:expr, $title:ident, $status:expr, $refs:expr) => {{
        let entry = $entry;
        Facts {
            title: entry.$title,
            status: $status,
            summary: entry.summary,
            advice: entry.advice,
            refs: $refs.to_vec(),
        }
    }};
    ($entry:expr, group) => {{
        let entry = $entry;
        facts!(entry, title, None, entry.refs)
    }};
    ($entry:expr, $title:ident) => {{
        let entry = $entry;
        facts!(entry, $title, Some(entry.status), entry.refs)
    }};
}

impl Answer {
    fn facts(&self) -> Option<Facts> {
        Some(match self.answer {
            smtp_codes::Answer::Reply(code) => {
                let entry = code.entry()?;
                facts!(entry, title, Some(entry.status), refs_of(entry))
            }
            smtp_codes::Answer::Severity(severity) => facts!(severity.entry(), group),
            smtp_codes::Answer::Enhanced(code) => facts!(code.entry()?, title),
            smtp_codes::Answer::SubjectDetail(code) => facts!(code.entry()?, title),
            smtp_codes::Answer::Subject(_, subject) => facts!(subject_entry(subject)?, group),
            smtp_codes::Answer::Class(class) => facts!(class.entry(), group),
            smtp_codes::Answer::Command(command) => facts!(command.entry(), name),
            smtp_codes::Answer::Keyword(keyword) => facts!(keyword.entry(), title),
            _ => return None,
        })
    }

    fn wanted_claims(&self) -> impl Iterator<Item = (&'static Provider, &'static smtp_codes::Claim)> {
        let wanted = self.provider;
        let is_wanted = move |provider: &Provider| wanted.is_none_or(|wanted| wanted.id == provider.id);
        self.answer.claims().filter(move |(provider, _)| is_wanted(provider))
    }

    /// The answer as plain text of a few lines.
    pub(crate) fn text(&self) -> String {
        let mut lines = Vec::new();
        match self.facts() {
            Some(facts) => {
                lines.push(format!("{}: {}", self.answer, facts.title));
                lines.push(facts.summary.to_owned());
                lines.push(facts.advice.to_owned());
                lines.extend(sources(&facts.refs));
            }
            None => lines.push(format!("{}: not in the standards", self.answer)),
        }
        for (provider, claim) in self.wanted_claims() {
            lines.push(format!("{}: {} {}", provider.name, claim.meaning, claim.advice));
        }
        lines.join("\n")
    }
}

/// The first references on a line.
fn sources(refs: &[Reference]) -> Option<String> {
    const MOST: usize = 3;
    let shown: Vec<_> = refs.iter().take(MOST).map(ToString::to_string).collect();
    let more = refs.len().saturating_sub(MOST);
    let more = if more > 0 { format!("; {more} more") } else { String::new() };
    (!refs.is_empty()).then(|| format!("({}{more})", shown.join("; ")))
}

fn subject_entry(subject: u16) -> Option<&'static SubjectEntry> {
    SubjectDetail::new(subject, 0)?.subject_entry()
}

/// The references of all meanings, each once.
fn refs_of(entry: &smtp_codes::ReplyEntry) -> Vec<Reference> {
    let mut refs: Vec<Reference> = Vec::new();
    for reference in entry.meanings.iter().flat_map(|meaning| meaning.refs) {
        if !refs.iter().any(|other| other.document.id == reference.document.id && other.section == reference.section) {
            refs.push(*reference);
        }
    }
    refs
}

#[pymethods]
impl Answer {
    /// `reply`, `enhanced`, `subject`, `class`, `command`, `keyword` or `tag`.
    #[getter]
    fn r#type(&self) -> &'static str {
        match self.answer {
            smtp_codes::Answer::Reply(_) => "reply",
            smtp_codes::Answer::Enhanced(_) | smtp_codes::Answer::SubjectDetail(_) => "enhanced",
            smtp_codes::Answer::Subject(..) => "subject",
            smtp_codes::Answer::Severity(_) | smtp_codes::Answer::Class(_) => "class",
            smtp_codes::Answer::Command(_) => "command",
            smtp_codes::Answer::Keyword(_) => "keyword",
            _ => "tag",
        }
    }

    /// What was asked for, as an object of its own class.
    #[getter]
    fn value<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        match self.answer {
            smtp_codes::Answer::Reply(code) => code.to_python(py),
            smtp_codes::Answer::Severity(severity) => severity.to_python(py),
            smtp_codes::Answer::Enhanced(code) => code.to_python(py),
            smtp_codes::Answer::SubjectDetail(code) => code.to_python(py),
            smtp_codes::Answer::Subject(class, subject) => {
                EnhancedPattern(smtp_codes::EnhancedPattern::of_subject(class, subject)).into_bound_py_any(py)
            }
            smtp_codes::Answer::Class(class) => class.to_python(py),
            smtp_codes::Answer::Command(command) => command.to_python(py),
            smtp_codes::Answer::Keyword(keyword) => keyword.to_python(py),
            smtp_codes::Answer::Tag(provider, claim) => (provider, claim).to_python(py),
            _ => Ok(py.None().into_bound(py)),
        }
    }

    /// What the standard's part of the catalogue says about it, or None where it has no entry.
    #[getter]
    fn entry<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        match self.answer {
            smtp_codes::Answer::Reply(code) => code.entry().to_python(py),
            smtp_codes::Answer::Severity(severity) => severity.entry().to_python(py),
            smtp_codes::Answer::Enhanced(code) => code.entry().to_python(py),
            smtp_codes::Answer::SubjectDetail(code) => code.entry().to_python(py),
            smtp_codes::Answer::Subject(_, subject) => subject_entry(subject).to_python(py),
            smtp_codes::Answer::Class(class) => class.entry().to_python(py),
            smtp_codes::Answer::Command(command) => command.entry().to_python(py),
            smtp_codes::Answer::Keyword(keyword) => keyword.entry().to_python(py),
            _ => Ok(py.None().into_bound(py)),
        }
    }

    /// Whether the catalogue lists it, in the standard's part or in a provider's.
    #[getter]
    fn is_listed(&self) -> bool {
        self.answer.is_listed()
    }

    /// What it says, in a few words.
    #[getter]
    fn title(&self) -> Option<&'static str> {
        self.facts().map(|facts| facts.title)
    }

    /// Whether it is in force; None for groups of codes, which have no status of their own.
    #[getter]
    fn status<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        self.facts().and_then(|facts| facts.status).to_python(py)
    }

    /// What it means.
    #[getter]
    fn summary(&self) -> Option<&'static str> {
        self.facts().map(|facts| facts.summary)
    }

    /// What to do now.
    #[getter]
    fn advice(&self) -> Option<&'static str> {
        self.facts().map(|facts| facts.advice)
    }

    /// Where it stands.
    #[getter]
    fn refs<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        tuple(py, self.facts().map(|facts| facts.refs).unwrap_or_default())
    }

    /// What providers mean by it, in the order of their ids.
    #[getter]
    fn claims<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        tuple(py, self.wanted_claims())
    }

    /// What was asked for, as the standards write it: `550`, `4xx`, `X.7.1`, `5.2.x`, `STARTTLS`.
    fn __str__(&self) -> String {
        self.answer.to_string()
    }

    /// The answer as HTML, for notebooks.
    fn _repr_html_<'py>(&self, py: Python<'py>) -> Bound<'py, PyString> {
        html::of_lines(py, &self.text(), false)
    }

    fn __repr__(&self) -> String {
        match self.title() {
            Some(title) => format!("<Answer {} '{title}'>", self.answer),
            None => format!("<Answer {}>", self.answer),
        }
    }
}
