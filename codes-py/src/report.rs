//! Whole messages.

use pyo3::exceptions::PyValueError;
use pyo3::intern;
use pyo3::prelude::*;
use pyo3::types::{PyBytes, PyDict, PyList, PyMapping, PyString, PyTuple};
use smtp_codes::report::{self as library, Kind, Limits};
use smtp_codes::{Class, ReplyCode};

use crate::enhanced_code::EnhancedCode;
use crate::error::wrong_type;
use crate::input::Text;
use crate::judge::{Known, of_reply};
use crate::rejection::Reply;
use crate::rules::Rules;
use crate::value::ToPython;
use crate::verdict::Verdict;

const EXPECTED: &str = "bytes, str, an email message or a path";

/// What a whole message reports.
#[pyclass(frozen, eq, module = "smtp_codes", name = "Report")]
#[derive(PartialEq)]
pub(crate) struct Report {
    report: library::Report,
    recipients: Vec<Recipient>,
}

#[pymethods]
impl Report {
    #[classattr]
    fn __match_args__() -> (&'static str, &'static str) {
        ("kind", "recipients")
    }

    /// What the message is.
    #[getter]
    fn kind<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        self.report.kind.to_python(py)
    }

    /// The recipients it reports on, in order.
    #[getter]
    fn recipients<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyTuple>> {
        PyTuple::new(py, self.recipients.iter().map(|recipient| recipient.copy(py)))
    }

    /// The header of the message that was returned, or None.
    #[getter]
    fn original(&self) -> Option<Original> {
        self.report.original.clone().map(Original)
    }

    /// The host that reports.
    #[getter]
    fn reporting_mta(&self) -> Option<&str> {
        self.report.reporting_mta.as_deref()
    }

    /// The host that it had the message from.
    #[getter]
    fn received_from_mta(&self) -> Option<&str> {
        self.report.received_from_mta.as_deref()
    }

    /// The gateway that made the report of a foreign one.
    #[getter]
    fn gateway(&self) -> Option<&str> {
        self.report.gateway.as_deref()
    }

    /// The sender's own name for the message.
    #[getter]
    fn envelope_id(&self) -> Option<&str> {
        self.report.envelope_id.as_deref()
    }

    /// When the message came to the host that reports, as it is written there.
    #[getter]
    fn arrival_date(&self) -> Option<&str> {
        self.report.arrival_date.as_deref()
    }

    /// Whether something was passed over because of the limits.
    #[getter]
    fn is_cut(&self) -> bool {
        self.report.is_cut
    }

    /// The report as a `dict` with the fields of the command line's `--json`, but for the file.
    fn as_dict<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyDict>> {
        let recipients = self.recipients.iter().map(|recipient| recipient.as_dict(py)).collect::<PyResult<Vec<_>>>()?;
        let dict = PyDict::new(py);
        dict.set_item("kind", self.report.kind.as_str())?;
        dict.set_item("reporting_mta", self.reporting_mta())?;
        dict.set_item("original", self.original().map(|original| original.as_dict(py)).transpose()?)?;
        dict.set_item("recipients", PyList::new(py, recipients)?)?;
        dict.set_item("is_cut", self.is_cut())?;
        Ok(dict)
    }

    fn __repr__(&self) -> String {
        let count = self.recipients.len();
        format!("<Report {}: {count} recipient{}>", self.report.kind, if count == 1 { "" } else { "s" })
    }
}

/// What a report says of one recipient.
#[pyclass(frozen, eq, module = "smtp_codes", name = "Recipient")]
pub(crate) struct Recipient {
    recipient: library::Recipient,
    rules: Option<Py<Rules>>,
}

/// The rules are the caller's, and no part of what the report says.
impl PartialEq for Recipient {
    fn eq(&self, other: &Self) -> bool {
        self.recipient == other.recipient
    }
}

impl Recipient {
    fn copy(&self, py: Python<'_>) -> Self {
        Self { recipient: self.recipient.clone(), rules: self.rules.as_ref().map(|rules| rules.clone_ref(py)) }
    }
}

#[pymethods]
impl Recipient {
    #[classattr]
    fn __match_args__() -> (&'static str, &'static str) {
        ("recipient", "kind")
    }

    /// Whom the report is about: the final recipient, or the original one where no address is told for it.
    #[getter]
    fn recipient(&self) -> Option<&str> {
        self.recipient.recipient.as_deref()
    }

    /// The address that the sender wrote.
    #[getter]
    fn original_recipient(&self) -> Option<&str> {
        self.recipient.original_recipient.as_deref()
    }

    /// The address to which the host that reports delivered or would have.
    #[getter]
    fn final_recipient(&self) -> Option<&str> {
        self.recipient.final_recipient.as_deref()
    }

    /// What happened.
    #[getter]
    fn kind<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        self.recipient.kind.to_python(py)
    }

    /// The enhanced status code that says most, or None.
    #[getter]
    fn status(&self) -> Option<EnhancedCode> {
        self.recipient.status.map(EnhancedCode)
    }

    /// The reply code of the server, or None.
    #[getter]
    fn reply<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        Option::<ReplyCode>::to_python(self.recipient.reply, py)
    }

    /// The host that refused or took the message.
    #[getter]
    fn remote_mta(&self) -> Option<&str> {
        self.recipient.remote_mta.as_deref()
    }

    /// What that host said, or what the report says in its words.
    #[getter]
    fn diagnostic(&self) -> Option<&str> {
        self.recipient.diagnostic.as_deref()
    }

    /// When in the session it said so, as far as that is not told in its words.
    #[getter]
    fn phase<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        self.recipient.phase.to_python(py)
    }

    /// When the last attempt was made, as it is written there.
    #[getter]
    fn last_attempt(&self) -> Option<&str> {
        self.recipient.last_attempt.as_deref()
    }

    /// Until when more attempts will be made, as it is written there.
    #[getter]
    fn retry_until(&self) -> Option<&str> {
        self.recipient.retry_until.as_deref()
    }

    /// The entry in the log of the host that reports.
    #[getter]
    fn log_id(&self) -> Option<&str> {
        self.recipient.log_id.as_deref()
    }

    /// The verdict on what was said.
    #[getter]
    fn verdict(&self, py: Python<'_>) -> PyResult<Verdict> {
        // Of a message that arrived, it is a success, whatever the words are: as `Recipient::rejection` has it.
        let arrived = matches!(self.recipient.kind, Kind::Delivered | Kind::Relayed | Kind::Expanded);
        let status = self.recipient.status;
        let success = || {
            status.filter(|status| status.class() == Class::Success).or(smtp_codes::EnhancedCode::new(
                Class::Success,
                0,
                0,
            ))
        };
        let known = Known {
            reply: self.recipient.reply.filter(|_| !arrived),
            enhanced: if arrived { success() } else { status },
            host: self.recipient.remote_mta.clone().filter(|_| !arrived),
            phase: self.recipient.phase.filter(|_| !arrived),
            delayed: self.recipient.kind == Kind::Delayed,
            rules: self.rules.as_ref().map(|rules| rules.clone_ref(py)),
        };
        let text = if arrived { "" } else { self.diagnostic().unwrap_or_default() };
        let text = PyString::new(py, text).into_any();
        of_reply(&Reply { code: None, text, phase: None }, &known)
    }

    /// The recipient as a `dict` with the fields of the command line's `--json`.
    fn as_dict<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyDict>> {
        let dict = PyDict::new(py);
        dict.set_item("recipient", self.recipient())?;
        dict.set_item("original_recipient", self.original_recipient())?;
        dict.set_item("kind", self.recipient.kind.as_str())?;
        dict.set_item("status", self.recipient.status.map(|status| status.to_string()))?;
        dict.set_item("reply", self.recipient.reply.map(ReplyCode::as_u16))?;
        dict.set_item("remote_mta", self.remote_mta())?;
        dict.set_item("diagnostic", self.diagnostic())?;
        dict.set_item("verdict", crate::verdict_dict::of(&self.verdict(py)?, py)?)?;
        Ok(dict)
    }

    fn __repr__(&self, py: Python<'_>) -> PyResult<String> {
        let name = match self.recipient() {
            Some(name) => PyString::new(py, name).repr()?.to_string(),
            None => "None".to_owned(),
        };
        Ok(format!("<Recipient {name}: {}>", self.recipient.kind))
    }
}

/// The header of the message that a report is about.
#[pyclass(frozen, eq, module = "smtp_codes", name = "Original")]
#[derive(PartialEq)]
pub(crate) struct Original(library::Original);

#[pymethods]
impl Original {
    /// Its Message-ID, in its angle brackets.
    #[getter]
    fn message_id(&self) -> Option<&str> {
        self.0.message_id.as_deref()
    }

    /// Its subject.
    #[getter]
    fn subject(&self) -> Option<&str> {
        self.0.subject.as_deref()
    }

    /// Whom it is from. Python has a word `from` of its own.
    #[getter]
    fn from_(&self) -> Option<&str> {
        self.0.from.as_deref()
    }

    /// Whom it is to.
    #[getter]
    fn to(&self) -> Option<&str> {
        self.0.to.as_deref()
    }

    /// Its date, as it is written there.
    #[getter]
    fn date(&self) -> Option<&str> {
        self.0.date.as_deref()
    }

    /// The header as a `dict`.
    fn as_dict<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyDict>> {
        let dict = PyDict::new(py);
        dict.set_item("message_id", self.message_id())?;
        dict.set_item("subject", self.subject())?;
        dict.set_item("from", self.from_())?;
        dict.set_item("to", self.to())?;
        dict.set_item("date", self.date())?;
        Ok(dict)
    }

    fn __repr__(&self, py: Python<'_>) -> PyResult<String> {
        let name = self.message_id().map(|name| PyString::new(py, name).repr().map(|name| name.to_string()));
        Ok(format!("<Original {}>", name.transpose()?.unwrap_or_default()).replace(" >", ">"))
    }
}

/// Reads a whole message: what it reports, and what happened to each recipient.
#[pyfunction]
#[pyo3(signature = (message, /, *, rules=None, limits=None))]
pub(crate) fn report(
    message: &Bound<'_, PyAny>,
    rules: Option<&Bound<'_, PyAny>>,
    limits: Option<&Bound<'_, PyAny>>,
) -> PyResult<Report> {
    let py = message.py();
    let known = Known::of_session(None, None, rules)?;
    let limits = limits.map_or_else(|| Ok(Limits::default()), self::limits)?;
    let source = source(message)?;
    let Some(text) = Text::from_object(&source)? else { return Err(wrong_type(EXPECTED, message)) };
    let report = py.detach(|| library::Report::parse_with(text.as_bytes(), &limits));
    let copy = |recipient: &library::Recipient| Recipient {
        recipient: recipient.clone(),
        rules: known.rules.as_ref().map(|rules| rules.clone_ref(py)),
    };
    Ok(Report { recipients: report.recipients.iter().map(copy).collect(), report })
}

/// The bytes or text of a message. A `str` without a line end is the name of a file, as no message has none.
fn source<'py>(message: &Bound<'py, PyAny>) -> PyResult<Bound<'py, PyAny>> {
    let py = message.py();
    let is_name = message.cast::<PyString>().is_ok_and(|text| !text.to_string_lossy().contains('\n'));
    if is_name || message.hasattr(intern!(py, "__fspath__"))? {
        let file = py.import("io")?.call_method1("open", (message, "rb"))?;
        let content = file.call_method0("read");
        file.call_method0("close")?;
        return content;
    }
    if message.hasattr(intern!(py, "as_bytes"))? {
        return message.call_method0("as_bytes").or_else(|_| message.call_method0("as_string"));
    }
    if message.is_instance_of::<PyString>() || message.is_instance_of::<PyBytes>() {
        return Ok(message.clone());
    }
    match Text::from_object(message)? {
        Some(text) => Ok(PyBytes::new(py, text.as_bytes()).into_any()),
        None => Err(wrong_type(EXPECTED, message)),
    }
}

/// The limits of a mapping of their names.
fn limits(given: &Bound<'_, PyAny>) -> PyResult<Limits> {
    let Ok(given) = given.cast::<PyMapping>() else { return Err(wrong_type("a mapping for limits", given)) };
    let mut limits = Limits::default();
    for item in given.items()?.iter() {
        let (name, value): (String, usize) = item.extract()?;
        let limit = match name.as_str() {
            "message" => &mut limits.message,
            "parts" => &mut limits.parts,
            "depth" => &mut limits.depth,
            "recipients" => &mut limits.recipients,
            "text" => &mut limits.text,
            _ => {
                let message = format!("unknown limit {name:?}: expected message, parts, depth, recipients or text");
                return Err(PyValueError::new_err(message));
            }
        };
        *limit = value;
    }
    Ok(limits)
}
