use std::ops::Range;

use pyo3::prelude::*;
use pyo3::types::{PyBytes, PyTuple};
use smtp_codes::{Anomalies, EnhancedCode, ReplyCode, Separator};

use crate::error::{parse_error, wrong_type};
use crate::input::Text;
use crate::value::{ToPython, tuple};

/// A server's reply to a command, of one line or more (RFC 5321, Section 4.2).
#[pyclass(frozen, eq, hash, module = "smtp_codes")]
#[derive(Eq, Hash, PartialEq)]
pub(crate) struct Reply {
    raw: Box<[u8]>,
    code: ReplyCode,
    enhanced: Option<EnhancedCode>,
    /// Where in `raw` the text of the first line stands.
    text: Range<usize>,
    anomalies: Anomalies,
}

impl From<smtp_codes::Reply<'_>> for Reply {
    fn from(reply: smtp_codes::Reply<'_>) -> Self {
        let start = reply.text().as_ptr().addr().saturating_sub(reply.raw().as_ptr().addr());
        Self {
            raw: reply.raw().into(),
            code: reply.code(),
            enhanced: reply.enhanced(),
            text: start..start + reply.text().len(),
            anomalies: reply.anomalies(),
        }
    }
}

fn bytes_of(reply: &Bound<'_, PyAny>) -> PyResult<Text> {
    Text::from_object(reply)?.ok_or_else(|| wrong_type("str or bytes", reply))
}

fn decoded(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

#[pymethods]
impl Reply {
    #[classattr]
    fn __match_args__() -> (&'static str, &'static str, &'static str) {
        ("code", "enhanced", "text")
    }

    /// Parses the whole input as one reply.
    #[staticmethod]
    #[pyo3(signature = (reply, /))]
    fn parse(reply: &Bound<'_, PyAny>) -> PyResult<Self> {
        let text = bytes_of(reply)?;
        Ok(smtp_codes::Reply::parse(text.as_bytes()).map_err(parse_error)?.into())
    }

    /// Takes one complete reply off the front of a buffer and returns it and what is left.
    #[staticmethod]
    #[pyo3(signature = (buffer, /))]
    fn parse_prefix<'py>(buffer: &Bound<'py, PyAny>) -> PyResult<(Self, Bound<'py, PyBytes>)> {
        let text = bytes_of(buffer)?;
        let (reply, rest) = smtp_codes::Reply::parse_prefix(text.as_bytes()).map_err(parse_error)?;
        Ok((reply.into(), PyBytes::new(buffer.py(), rest)))
    }

    /// The reply code: that of the first line, where they differ.
    #[getter]
    fn code<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        self.code.to_python(py)
    }

    /// The first enhanced code, or None.
    #[getter]
    fn enhanced<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        self.enhanced.to_python(py)
    }

    /// The text of the first line, without codes and line end. Bytes that are not UTF-8 are replaced.
    #[getter]
    fn text(&self) -> String {
        decoded(&self.raw[self.text.clone()])
    }

    /// The input.
    #[getter]
    fn raw<'py>(&self, py: Python<'py>) -> Bound<'py, PyBytes> {
        PyBytes::new(py, &self.raw)
    }

    /// What is odd about it.
    #[getter]
    fn anomalies<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        tuple(py, self.anomalies.iter())
    }

    /// Its lines, in order.
    #[getter]
    fn lines<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyTuple>> {
        let reply = smtp_codes::Reply::parse(&self.raw).map_err(parse_error)?;
        let lines: Vec<_> = reply.lines().map(Line::from).collect();
        PyTuple::new(py, lines)
    }

    fn __repr__(&self, py: Python<'_>) -> PyResult<String> {
        Ok(format!("Reply.parse({})", self.raw(py).repr()?))
    }

    fn __reduce__<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyTuple>> {
        (py.get_type::<Self>().getattr("parse")?, (self.raw(py),)).into_pyobject(py)
    }
}

/// One line of a reply.
#[pyclass(frozen, eq, hash, module = "smtp_codes")]
#[derive(Eq, Hash, PartialEq)]
pub(crate) struct Line {
    raw: Box<[u8]>,
    code: Option<ReplyCode>,
    separator: Option<Separator>,
    enhanced: Option<EnhancedCode>,
    text: Box<[u8]>,
    anomalies: Anomalies,
}

impl From<smtp_codes::Line<'_>> for Line {
    fn from(line: smtp_codes::Line<'_>) -> Self {
        Self {
            raw: line.raw().into(),
            code: line.code(),
            separator: line.separator(),
            enhanced: line.enhanced(),
            text: line.text().into(),
            anomalies: line.anomalies(),
        }
    }
}

#[pymethods]
impl Line {
    #[classattr]
    fn __match_args__() -> (&'static str, &'static str, &'static str) {
        ("code", "enhanced", "text")
    }

    /// Its bytes, with the line end.
    #[getter]
    fn raw<'py>(&self, py: Python<'py>) -> Bound<'py, PyBytes> {
        PyBytes::new(py, &self.raw)
    }

    /// The reply code at its start, or None.
    #[getter]
    fn code<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        self.code.to_python(py)
    }

    /// What stands between the code and the rest, a hyphen or a space; None where neither does.
    #[getter]
    fn separator(&self) -> Option<&'static str> {
        self.separator.map(|separator| match separator {
            Separator::Hyphen => "-",
            Separator::Space => " ",
        })
    }

    /// The enhanced code after the reply code or, as some servers write it, at the end; or None.
    #[getter]
    fn enhanced<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        self.enhanced.to_python(py)
    }

    /// What is left without the codes and the line end. Bytes that are not UTF-8 are replaced.
    #[getter]
    fn text(&self) -> String {
        decoded(&self.text)
    }

    /// What is odd about this line alone.
    #[getter]
    fn anomalies<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        tuple(py, self.anomalies.iter())
    }

    fn __repr__(&self, py: Python<'_>) -> PyResult<String> {
        Ok(format!("<Line {}>", self.raw(py).repr()?))
    }
}
