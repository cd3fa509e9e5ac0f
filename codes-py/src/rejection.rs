//! The forms in which Python programs hold a rejection, and the text in each of them.

use pyo3::exceptions::PyBaseException;
use pyo3::intern;
use pyo3::prelude::*;
use pyo3::types::{PyList, PyMapping, PyTuple};

use crate::error::wrong_type;
use crate::input::{Text, integer};
use crate::reply_code;

const EXPECTED: &str = "str, bytes, (code, text), an exception or an email message";

/// The text of a rejection.
///
/// Exceptions and messages are known by what they have, so that neither smtplib nor aiosmtplib nor email is imported.
pub(crate) fn text(rejection: &Bound<'_, PyAny>) -> PyResult<Text> {
    if let Some(text) = Text::from_object(rejection)? {
        return Ok(text);
    }
    let bytes = if let Ok(pair) = rejection.cast::<PyTuple>() {
        of_pair(pair)?
    } else if let Ok(refused) = rejection.cast::<PyMapping>() {
        of_recipients(refused)?
    } else if rejection.is_instance_of::<PyBaseException>() {
        of_exception(rejection)?
    } else if rejection.hasattr(intern!(rejection.py(), "as_bytes"))? {
        return of_message(rejection);
    } else {
        return Err(wrong_type(EXPECTED, rejection));
    };
    Ok(Text::Owned(bytes))
}

/// `(550, b"5.1.1 No such user")`, as `smtplib.SMTP.rcpt` returns it.
fn of_pair(pair: &Bound<'_, PyTuple>) -> PyResult<Vec<u8>> {
    if pair.len() != 2 {
        return Err(wrong_type(EXPECTED, pair));
    }
    of_code_and_text(&pair.get_item(0)?, &pair.get_item(1)?)
}

/// What `smtplib.SMTP.sendmail` returns: a pair for each recipient that was refused.
fn of_recipients(refused: &Bound<'_, PyMapping>) -> PyResult<Vec<u8>> {
    lines(refused.values()?.iter().map(|pair| match pair.cast::<PyTuple>() {
        Ok(pair) => of_pair(pair),
        Err(_) => Err(wrong_type("(code, text) for each recipient", &pair)),
    }))
}

fn of_exception(exception: &Bound<'_, PyAny>) -> PyResult<Vec<u8>> {
    if let Some(recipients) = attribute(exception, "recipients")? {
        if let Ok(refused) = recipients.cast::<PyMapping>() {
            return of_recipients(refused);
        }
        if let Ok(refused) = recipients.cast::<PyList>() {
            return lines(refused.iter().map(|exception| of_response(&exception)));
        }
    }
    of_response(exception)
}

/// An exception that carries a reply: `smtp_code` and `smtp_error` in smtplib, `code` and `message` in aiosmtplib. Of any
/// other, the message is all there is.
fn of_response(exception: &Bound<'_, PyAny>) -> PyResult<Vec<u8>> {
    for (code, text) in [("smtp_code", "smtp_error"), ("code", "message")] {
        if let (Some(code), Some(text)) = (attribute(exception, code)?, attribute(exception, text)?) {
            if integer(&code)?.is_some() {
                return of_code_and_text(&code, &text);
            }
        }
    }
    Ok(required(exception.str()?.as_any())?.as_bytes().to_vec())
}

/// `550 5.1.1 No such user` of its parts. smtplib says -1 where a server's answer had no code.
fn of_code_and_text(code: &Bound<'_, PyAny>, text: &Bound<'_, PyAny>) -> PyResult<Vec<u8>> {
    let text = required(text)?;
    if integer(code)? == Some(-1) {
        return Ok(text.as_bytes().to_vec());
    }
    let code = reply_code::extract(code)?.to_string();
    Ok([code.as_bytes(), b" ", text.as_bytes()].concat())
}

/// The source of an `email.message.Message`.
fn of_message(message: &Bound<'_, PyAny>) -> PyResult<Text> {
    // Messages that were parsed from a `str` with letters beyond ASCII have no form in bytes.
    let source = message.call_method0("as_bytes").or_else(|_| message.call_method0("as_string"))?;
    required(&source)
}

fn required(text: &Bound<'_, PyAny>) -> PyResult<Text> {
    Text::from_object(text)?.ok_or_else(|| wrong_type("str or bytes", text))
}

fn attribute<'py>(object: &Bound<'py, PyAny>, name: &str) -> PyResult<Option<Bound<'py, PyAny>>> {
    object.getattr_opt(name)
}

fn lines(lines: impl Iterator<Item = PyResult<Vec<u8>>>) -> PyResult<Vec<u8>> {
    Ok(lines.collect::<PyResult<Vec<_>>>()?.join(&b"\n"[..]))
}
