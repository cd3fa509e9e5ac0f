use std::hash::{DefaultHasher, Hash, Hasher};

use pyo3::IntoPyObjectExt;
use pyo3::intern;
use pyo3::prelude::*;
use pyo3::types::{PyDict, PySlice, PyString, PyTuple};
use smtp_codes::{Action, Basis, Conflict, Party, Reason, ReplyCode, Severity, Source};

use crate::enhanced_code::EnhancedCode;
use crate::find::characters;
use crate::input::Text;
use crate::judge::Known;
use crate::value::{ToPython, tuple};
use crate::{html, verdict_dict, verdict_text};

/// What a rejection means, whose side it is, what to do, and why.
#[pyclass(frozen, module = "smtp_codes")]
pub(crate) struct Verdict {
    pub(crate) given: smtp_codes::Verdict<'static>,
    /// What was judged.
    #[pyo3(get)]
    text: Py<PyAny>,
    /// Where in `text` the words stand that decided, in characters or bytes.
    #[pyo3(get)]
    matched: Option<(usize, usize)>,
    known: Known,
}

impl Verdict {
    pub(crate) fn new(given: smtp_codes::Verdict<'static>, text: &Text, object: Py<PyAny>, known: Known) -> Self {
        let matched = given.matched.as_ref().map(|matched| {
            let bytes = text.as_bytes();
            if !text.counts_characters() || bytes.is_ascii() {
                return (matched.start, matched.end);
            }
            let start = characters(&bytes[..matched.start]);
            (start, start + characters(&bytes[matched.clone()]))
        });
        Self { given, text: object, matched, known }
    }

    /// Whether there is a code in the text, or words by which a rule decided.
    pub(crate) fn says_something(&self) -> bool {
        self.given.class.is_some() || self.given.basis == Basis::Text
    }

    /// The sources, each once: several references may differ in nothing but the words that prove them.
    pub(crate) fn distinct_sources(&self) -> Vec<Source<'static>> {
        let mut sources: Vec<Source<'static>> = Vec::new();
        for source in self.given.sources() {
            if !sources.iter().any(|other| is_same(*other, source)) {
                sources.push(source);
            }
        }
        sources
    }

    /// What makes two verdicts the same; provider and blocklist by their ids.
    fn key(&self) -> impl Eq + Hash + use<'_> {
        let verdict = &self.given;
        let conflicts: Vec<_> = verdict.conflicts.iter().collect();
        (
            (verdict.reply, verdict.enhanced, verdict.class, verdict.reason, verdict.action),
            (verdict.provider.map(|provider| provider.id), verdict.rule.map(|rule| rule.id), verdict.basis),
            (&verdict.matched, verdict.retry_after, verdict.blocklist.map(|list| list.id), conflicts),
        )
    }
}

fn is_same(one: Source<'_>, other: Source<'_>) -> bool {
    match (one, other) {
        (Source::Page(one), Source::Page(other)) => std::ptr::eq(one, other),
        (Source::Reference(one), Source::Reference(other)) => {
            (one.document.id, one.section) == (other.document.id, other.section)
        }
        _ => false,
    }
}

/// The word for a first digit, as in the command line's `--json`.
pub(crate) fn class(severity: Severity) -> &'static str {
    match severity {
        Severity::PositiveCompletion => "success",
        Severity::PositiveIntermediate => "intermediate",
        Severity::TransientNegativeCompletion => "transient",
        Severity::PermanentNegativeCompletion => "permanent",
    }
}

#[pymethods]
impl Verdict {
    #[classattr]
    fn __match_args__() -> (&'static str, &'static str, &'static str) {
        ("reason", "party", "action")
    }

    /// The reply code, or None where there is none.
    #[getter]
    fn reply<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        Option::<ReplyCode>::to_python(self.given.reply, py)
    }

    /// The enhanced status code, or None where there is none.
    #[getter]
    fn enhanced(&self) -> Option<EnhancedCode> {
        self.given.enhanced.map(EnhancedCode)
    }

    /// What the first digit says; None without a code.
    #[getter]
    fn class_(&self) -> Option<&'static str> {
        self.given.class.map(class)
    }

    /// Why; None after a success or where the server waits for more.
    #[getter]
    fn reason<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        Option::<Reason>::to_python(self.given.reason, py)
    }

    /// Whose side has to change something, or None where that is not known.
    #[getter]
    fn party<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        Option::<Party>::to_python(self.given.party, py)
    }

    /// What to do.
    #[getter]
    fn action<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        Action::to_python(self.given.action, py)
    }

    /// Whose reply it is, or None where that cannot be told.
    #[getter]
    fn provider<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        self.given.provider.to_python(py)
    }

    /// The rule that decided, or None.
    #[getter]
    fn rule<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        self.given.rule.to_python(py)
    }

    /// What the reason rests on.
    #[getter]
    fn basis<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        self.given.basis.to_python(py)
    }

    /// The words that decided, or None. Bytes that are not UTF-8 are replaced.
    #[getter]
    fn matched_text<'py>(&self, py: Python<'py>) -> PyResult<Option<Bound<'py, PyAny>>> {
        let Some((start, end)) = self.matched else { return Ok(None) };
        let slice = PySlice::new(py, isize::try_from(start)?, isize::try_from(end)?, 1);
        let words = self.text.bind(py).get_item(slice)?;
        if words.hasattr(intern!(py, "decode"))? {
            return words.call_method1(intern!(py, "decode"), ("utf-8", "replace")).map(Some);
        }
        Ok(Some(words))
    }

    /// When to try again, in seconds, where the text tells.
    #[getter]
    fn retry_after(&self) -> Option<u32> {
        self.given.retry_after
    }

    /// The blocklist that the text names, or None.
    #[getter]
    fn blocklist<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        self.given.blocklist.to_python(py)
    }

    /// What contradicts itself in the reply.
    #[getter]
    fn conflicts<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        tuple::<Conflict>(py, self.given.conflicts.iter())
    }

    /// Where the verdict comes from: pages, and places in RFCs and registries.
    #[getter]
    fn sources<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        tuple(py, self.distinct_sources())
    }

    /// The verdict as a `dict` with the fields of the command line's `--json`.
    fn as_dict<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyDict>> {
        verdict_dict::of(self, py)
    }

    fn __eq__(&self, other: &Self) -> bool {
        self.key() == other.key()
    }

    fn __hash__(&self) -> u64 {
        let mut hasher = DefaultHasher::new();
        self.key().hash(&mut hasher);
        hasher.finish()
    }

    /// The verdict as plain text: what it means, whose side it is, what to do, the evidence and the sources.
    fn __str__(&self, py: Python<'_>) -> PyResult<String> {
        let words = self.matched_text(py)?.map(|words| words.str().map(|words| words.to_string_lossy().into_owned()));
        Ok(verdict_text::of(self, words.transpose()?.as_deref()))
    }

    /// The verdict as HTML, for notebooks.
    fn _repr_html_<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyString>> {
        Ok(html::of_lines(py, &self.__str__(py)?, true))
    }

    fn __repr__(&self) -> String {
        let verdict = &self.given;
        let what = verdict.reason.map(Reason::as_str).or(verdict.class.map(class)).unwrap_or("unknown");
        format!("<Verdict {what}: {}>", verdict.action)
    }

    /// A verdict is given again on the same text, with what was known beside it.
    fn __reduce__<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyTuple>> {
        let known = &self.known;
        let options = PyDict::new(py);
        options.set_item("reply", Option::<ReplyCode>::to_python(known.reply, py)?)?;
        options.set_item("enhanced", known.enhanced.map(EnhancedCode))?;
        options.set_item("host", known.host.as_deref())?;
        options.set_item("phase", known.phase.to_python(py)?)?;
        options.set_item("delayed", known.delayed)?;
        options.set_item("rules", known.rules.as_ref())?;
        let function = py.import("smtp_codes")?.getattr("verdict")?;
        let partial = py.import("functools")?.getattr("partial")?.call((function,), Some(&options))?;
        (partial, (self.text.bind(py),)).into_pyobject(py)
    }
}

impl ToPython for Source<'static> {
    fn to_python(self, py: Python<'_>) -> PyResult<Bound<'_, PyAny>> {
        match self {
            Source::Page(page) => page.to_python(py),
            Source::Reference(reference) => reference.to_python(py),
            _ => py.None().into_bound_py_any(py),
        }
    }
}
