//! Lines of mail logs.

use std::time::Duration;

use pyo3::exceptions::PyStopIteration;
use pyo3::intern;
use pyo3::prelude::*;
use pyo3::sync::PyOnceLock;
use pyo3::types::{PyBytes, PyIterator, PyString, PyType};
use smtp_codes::log::{Format, Line, Outcome, Reader, Record, Time};
use smtp_codes::{Phase, ReplyCode};

use crate::error::wrong_type;
use crate::input::Text;
use crate::judge::{Known, of_reply};
use crate::rejection::Reply;
use crate::value::ToPython;
use crate::verdict::Verdict;
use crate::word;

/// How an attempt at a delivery ended for one recipient, or a refusal, as a line of a log tells it.
#[pyclass(frozen, eq, hash, module = "smtp_codes")]
#[derive(Eq, Hash, PartialEq)]
pub(crate) struct LogRecord {
    format: Format,
    outcome: Outcome,
    time: Option<Time>,
    /// What the server calls the message.
    #[pyo3(get)]
    queue_id: Option<String>,
    /// The envelope's sender, where this line or an earlier one tells it.
    #[pyo3(get)]
    sender: Option<String>,
    /// The recipient, where the line tells it.
    #[pyo3(get)]
    recipient: Option<String>,
    /// The name of the other side.
    #[pyo3(get)]
    relay_host: Option<String>,
    /// The address of the other side.
    #[pyo3(get)]
    relay_address: Option<String>,
    /// The port of the other side.
    #[pyo3(get)]
    relay_port: Option<u16>,
    delay: Option<Duration>,
    reply: Option<ReplyCode>,
    enhanced: Option<smtp_codes::EnhancedCode>,
    /// The code for a verdict, where the line has none.
    judged_as: Option<smtp_codes::EnhancedCode>,
    phase: Option<Phase>,
    /// The other side's reply, or the server's own words.
    #[pyo3(get)]
    text: String,
}

impl LogRecord {
    fn new(record: &Record<'_>, year: Option<i32>) -> Self {
        let text = |text: Option<&[u8]>| text.map(|text| String::from_utf8_lossy(text).into_owned());
        Self {
            format: record.format,
            outcome: record.outcome,
            time: record.time.map(|time| year.map_or(time, |year| time.with_year(year))),
            queue_id: text(record.queue_id),
            sender: text(record.sender),
            recipient: text(record.recipient),
            relay_host: text(record.relay.and_then(|relay| relay.host)),
            relay_address: text(record.relay.and_then(|relay| relay.address)),
            relay_port: record.relay.and_then(|relay| relay.port),
            delay: record.delay,
            reply: record.reply,
            enhanced: record.enhanced,
            judged_as: record.enhanced.or_else(|| record.outcome.code().filter(|_| record.reply.is_none())),
            phase: record.phase,
            text: String::from_utf8_lossy(record.text).into_owned(),
        }
    }
}

#[pymethods]
impl LogRecord {
    #[classattr]
    fn __match_args__() -> (&'static str, &'static str, &'static str) {
        ("outcome", "recipient", "text")
    }

    /// The log that it stands in.
    #[getter]
    fn format<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        self.format.to_python(py)
    }

    /// How it ended.
    #[getter]
    fn outcome<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        self.outcome.to_python(py)
    }

    /// When, in UTC where the log tells the offset, else without a time zone.
    #[getter]
    fn time<'py>(&self, py: Python<'py>) -> PyResult<Option<Bound<'py, PyAny>>> {
        self.time.map(|time| datetime(py, time)).transpose()
    }

    /// How long the message had been here, in seconds.
    #[getter]
    fn delay(&self) -> Option<f64> {
        self.delay.map(|delay| delay.as_secs_f64())
    }

    /// The reply code at the start of the text.
    #[getter]
    fn reply<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        self.reply.to_python(py)
    }

    /// The enhanced status code.
    #[getter]
    fn enhanced<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        self.enhanced.to_python(py)
    }

    /// When in the session the reply came.
    #[getter]
    fn phase<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        self.phase.to_python(py)
    }

    /// The verdict on the text, with what is known beside it.
    #[pyo3(signature = (*, rules=None))]
    fn verdict(&self, py: Python<'_>, rules: Option<&Bound<'_, PyAny>>) -> PyResult<Verdict> {
        let known = Known {
            reply: self.reply,
            enhanced: self.judged_as,
            // Who was refused by this server says nothing about whose words these are.
            host: self.relay_host.clone().filter(|_| self.outcome != Outcome::Rejected),
            phase: self.phase,
            ..Known::of_session(None, None, rules)?
        };
        let text = PyString::new(py, &self.text).into_any();
        of_reply(&Reply { text, code: None, phase: None }, &known)
    }

    fn __repr__(&self, py: Python<'_>) -> PyResult<String> {
        let text = PyString::new(py, &self.text);
        Ok(format!("<LogRecord {} {} {}>", self.outcome, self.recipient.as_deref().unwrap_or("-"), text.repr()?))
    }
}

/// The records of a log, one after the other.
#[pyclass(module = "smtp_codes")]
pub(crate) struct LogReader {
    reader: Reader,
    lines: Py<PyIterator>,
    year: Option<i32>,
    /// How many lines were read.
    #[pyo3(get)]
    line: u64,
    /// How many of them are of a known log and tell of no attempt or refusal.
    #[pyo3(get)]
    others: u64,
    /// How many of them are of no known log, or damaged.
    #[pyo3(get)]
    unknown: u64,
}

#[pymethods]
impl LogReader {
    /// The format of the log, once it is known.
    #[getter]
    fn format<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        self.reader.format().to_python(py)
    }

    fn __iter__(this: Py<Self>) -> Py<Self> {
        this
    }

    fn __next__(&mut self, py: Python<'_>) -> PyResult<LogRecord> {
        let mut lines = self.lines.bind(py).clone();
        loop {
            let line = lines.next().ok_or_else(|| PyStopIteration::new_err(()))??;
            let Some(text) = Text::from_object(&line)? else { return Err(wrong_type("lines of str or bytes", &line)) };
            self.line += 1;
            let bytes = text.as_bytes();
            let bytes = bytes.strip_suffix(b"\n").unwrap_or(bytes);
            match self.reader.read(bytes.strip_suffix(b"\r").unwrap_or(bytes)) {
                Line::Record(record) => return Ok(LogRecord::new(&record, self.year)),
                Line::Other => self.others += 1,
                Line::Unknown => self.unknown += 1,
            }
        }
    }

    fn __repr__(&self) -> String {
        format!("<LogReader {} at line {}>", self.reader.format().map_or("-", Format::as_str), self.line)
    }
}

/// Reads the log of a mail server.
#[pyfunction]
#[pyo3(signature = (source, /, *, format=None, year=None))]
pub(crate) fn read_log(
    source: &Bound<'_, PyAny>,
    format: Option<&Bound<'_, PyAny>>,
    year: Option<i32>,
) -> PyResult<LogReader> {
    let py = source.py();
    let reader = match format {
        Some(format) => Reader::with_format(word::extract(format)?),
        None => Reader::new(),
    };
    let is_path = source.is_instance_of::<PyString>() || source.hasattr(intern!(py, "__fspath__"))?;
    let lines = if is_path { open(source)? } else { source.clone() };
    // One line alone would be read byte for byte.
    if lines.is_instance_of::<PyBytes>() {
        return Err(wrong_type("a path, a file or an iterable of lines", source));
    }
    let lines = lines.try_iter().map_err(|_| wrong_type("a path, a file or an iterable of lines", source))?;
    Ok(LogReader { reader, lines: lines.unbind(), year, line: 0, others: 0, unknown: 0 })
}

/// Opens a file of lines, which may be compressed with gzip.
fn open<'py>(path: &Bound<'py, PyAny>) -> PyResult<Bound<'py, PyAny>> {
    let py = path.py();
    let file = py.import("io")?.call_method1("open", (path, "rb"))?;
    let start: Vec<u8> = file.call_method1("peek", (2,))?.extract()?;
    if start.starts_with(b"\x1f\x8b") { py.import("gzip")?.call_method1("open", (file,)) } else { Ok(file) }
}

/// A `datetime`: aware where the offset from UTC is known.
fn datetime(py: Python<'_>, time: Time) -> PyResult<Bound<'_, PyAny>> {
    static DATETIME: PyOnceLock<Py<PyType>> = PyOnceLock::new();
    const SECOND: i64 = 1_000_000;
    let class = DATETIME.import(py, "datetime", "datetime")?;
    let (year, month, day) = time.date();
    let of_day = time.micros().rem_euclid(86_400 * SECOND);
    let (seconds, micros) = (of_day / SECOND, of_day % SECOND);
    let (hour, minute, second) = (seconds / 3600, seconds / 60 % 60, seconds % 60);
    let zone = match time.offset() {
        Some(_) => py.import("datetime")?.getattr("timezone")?.getattr("utc")?,
        None => py.None().into_bound(py),
    };
    class.call1((year, month, day, hour, minute, second, micros, zone))
}
