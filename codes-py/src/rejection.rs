//! The forms in which Python programs hold a rejection, and what is in each of them.

use pyo3::exceptions::PyBaseException;
use pyo3::intern;
use pyo3::prelude::*;
use pyo3::types::{PyByteArray, PyBytes, PyList, PyMapping, PyString, PyTuple};
use smtp_codes::{Phase, ReplyCode};

use crate::error::wrong_type;
use crate::input::{Text, integer};
use crate::reply_code;

/// What a program holds of a rejection.
pub(crate) enum Rejection<'py> {
    Reply(Reply<'py>),
    /// A reply for each recipient that was refused.
    Recipients(Vec<(Bound<'py, PyAny>, Reply<'py>)>),
    /// The source of an email message.
    Message(Bound<'py, PyAny>),
}

/// A server's reply in the parts in which it is held.
pub(crate) struct Reply<'py> {
    pub(crate) code: Option<ReplyCode>,
    /// A `str` or `bytes`.
    pub(crate) text: Bound<'py, PyAny>,
    /// When in the session it came, where an exception's class tells.
    pub(crate) phase: Option<Phase>,
}

impl<'py> Rejection<'py> {
    /// Exceptions and messages are known by what they have, so that neither smtplib nor aiosmtplib nor email is imported.
    ///
    /// `expected` is for the message of the error.
    pub(crate) fn of(object: &Bound<'py, PyAny>, expected: &str) -> PyResult<Self> {
        if is_text(object) {
            return Ok(Self::Reply(Reply { code: None, text: unchanging(object), phase: None }));
        }
        if let Ok(pair) = object.cast::<PyTuple>() {
            return of_pair(pair, expected).map(Self::Reply);
        }
        if let Ok(refused) = object.cast::<PyMapping>() {
            return of_recipients(refused).map(Self::Recipients);
        }
        if object.is_instance_of::<PyBaseException>() {
            return of_exception(object);
        }
        if object.hasattr(intern!(object.py(), "as_bytes"))? {
            return of_message(object).map(Self::Message);
        }
        Err(wrong_type(expected, object))
    }

    /// The only reply, where it is of one.
    pub(crate) fn sole(&self) -> Option<&Reply<'py>> {
        match self {
            Self::Reply(reply) => Some(reply),
            Self::Recipients(replies) => match &replies[..] {
                [(_, reply)] => Some(reply),
                _ => None,
            },
            Self::Message(_) => None,
        }
    }

    /// The text of all of it, with each reply's code before its text.
    pub(crate) fn text(&self) -> PyResult<Text> {
        match self {
            Self::Reply(Reply { code: None, text, .. }) | Self::Message(text) => required(text),
            Self::Reply(reply) => reply.bytes().map(Text::Owned),
            Self::Recipients(replies) => {
                let lines = replies.iter().map(|(_, reply)| reply.bytes()).collect::<PyResult<Vec<_>>>()?;
                Ok(Text::Owned(lines.join(&b"\n"[..])))
            }
        }
    }
}

impl Reply<'_> {
    /// `550 5.1.1 No such user` of its parts.
    fn bytes(&self) -> PyResult<Vec<u8>> {
        let text = required(&self.text)?;
        Ok(match self.code {
            Some(code) => [code.to_string().as_bytes(), b" ", text.as_bytes()].concat(),
            None => text.as_bytes().to_vec(),
        })
    }
}

/// `(550, b"5.1.1 No such user")`, as `smtplib.SMTP.rcpt` returns it.
fn of_pair<'py>(pair: &Bound<'py, PyTuple>, expected: &str) -> PyResult<Reply<'py>> {
    if pair.len() != 2 {
        return Err(wrong_type(expected, pair));
    }
    of_code_and_text(&pair.get_item(0)?, &pair.get_item(1)?)
}

/// What `smtplib.SMTP.sendmail` returns: a pair for each recipient that was refused.
fn of_recipients<'py>(refused: &Bound<'py, PyMapping>) -> PyResult<Vec<(Bound<'py, PyAny>, Reply<'py>)>> {
    const EXPECTED: &str = "(code, text) for each recipient";
    let pairs = refused.items()?;
    let replies = pairs.iter().map(|item| {
        let (recipient, pair): (Bound<'_, PyAny>, Bound<'_, PyAny>) = item.extract()?;
        let reply = match pair.cast::<PyTuple>() {
            Ok(pair) => of_pair(pair, EXPECTED)?,
            Err(_) => return Err(wrong_type(EXPECTED, &pair)),
        };
        // Only RCPT refuses recipients one by one.
        Ok((recipient, Reply { phase: Some(Phase::Rcpt), ..reply }))
    });
    replies.collect()
}

fn of_exception<'py>(exception: &Bound<'py, PyAny>) -> PyResult<Rejection<'py>> {
    if let Some(recipients) = attribute(exception, "recipients")? {
        if let Ok(refused) = recipients.cast::<PyMapping>() {
            return of_recipients(refused).map(Rejection::Recipients);
        }
        if let Ok(refused) = recipients.cast::<PyList>() {
            let replies = refused.iter().map(|exception| {
                let recipient = attribute(&exception, "recipient")?.unwrap_or_else(|| exception.clone());
                Ok((recipient, of_response(&exception)?))
            });
            return replies.collect::<PyResult<_>>().map(Rejection::Recipients);
        }
    }
    of_response(exception).map(Rejection::Reply)
}

/// An exception that carries a reply: `smtp_code` and `smtp_error` in smtplib, `code` and `message` in aiosmtplib. Of any
/// other, the message is all there is.
fn of_response<'py>(exception: &Bound<'py, PyAny>) -> PyResult<Reply<'py>> {
    for (code, text) in [("smtp_code", "smtp_error"), ("code", "message")] {
        if let (Some(code), Some(text)) = (attribute(exception, code)?, attribute(exception, text)?) {
            if integer(&code)?.is_some() {
                let phase = phase_of(exception)?;
                return Ok(Reply { phase, ..of_code_and_text(&code, &text)? });
            }
        }
    }
    Ok(Reply { code: None, text: exception.str()?.into_any(), phase: None })
}

/// When in the session an exception of smtplib or aiosmtplib is raised: both have classes of these names.
fn phase_of(exception: &Bound<'_, PyAny>) -> PyResult<Option<Phase>> {
    for class in exception.get_type().mro().iter() {
        let name: String = class.getattr(intern!(class.py(), "__name__"))?.extract()?;
        return Ok(Some(match name.as_str() {
            "SMTPConnectError" => Phase::Connection,
            "SMTPHeloError" => Phase::Helo,
            "SMTPAuthenticationError" => Phase::Auth,
            "SMTPSenderRefused" => Phase::Mail,
            "SMTPRecipientRefused" => Phase::Rcpt,
            "SMTPDataError" => Phase::Data,
            _ => continue,
        }));
    }
    Ok(None)
}

/// smtplib says -1 where a server's answer had no code.
fn of_code_and_text<'py>(code: &Bound<'py, PyAny>, text: &Bound<'py, PyAny>) -> PyResult<Reply<'py>> {
    let text = if is_text(text) { unchanging(text) } else { return Err(wrong_type("str or bytes", text)) };
    let code = if integer(code)? == Some(-1) { None } else { Some(reply_code::extract(code)?) };
    Ok(Reply { code, text, phase: None })
}

/// The source of an `email.message.Message`.
fn of_message<'py>(message: &Bound<'py, PyAny>) -> PyResult<Bound<'py, PyAny>> {
    // Messages that were parsed from a `str` with letters beyond ASCII have no form in bytes.
    let source = message.call_method0("as_bytes").or_else(|_| message.call_method0("as_string"))?;
    if is_text(&source) { Ok(source) } else { Err(wrong_type("str or bytes", &source)) }
}

fn is_text(object: &Bound<'_, PyAny>) -> bool {
    object.is_instance_of::<PyString>() || object.is_instance_of::<PyBytes>() || object.is_instance_of::<PyByteArray>()
}

/// The text in a form that no one changes while it is kept.
fn unchanging<'py>(text: &Bound<'py, PyAny>) -> Bound<'py, PyAny> {
    match text.cast::<PyByteArray>() {
        Ok(bytes) => PyBytes::new(text.py(), &bytes.to_vec()).into_any(),
        Err(_) => text.clone(),
    }
}

fn required(text: &Bound<'_, PyAny>) -> PyResult<Text> {
    Text::from_object(text)?.ok_or_else(|| wrong_type("str or bytes", text))
}

fn attribute<'py>(object: &Bound<'py, PyAny>, name: &str) -> PyResult<Option<Bound<'py, PyAny>>> {
    object.getattr_opt(name)
}
