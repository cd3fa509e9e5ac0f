//! The functions that give verdicts.

use pyo3::exceptions::PyValueError;
use pyo3::prelude::*;
use pyo3::types::{PyDict, PyString};
use smtp_codes::{Phase, ReplyCode};

use crate::enhanced_code::EnhancedCode;
use crate::error::{parse_error, wrong_type};
use crate::input::Text;
use crate::rejection::{Rejection, Reply};
use crate::reply_code;
use crate::rules::Rules;
use crate::verdict::Verdict;
use crate::word;

const EXPECTED: &str = "str, bytes, (code, text) or an exception";

/// What a user says about a rejection beside its text.
#[derive(Default)]
pub(crate) struct Known {
    pub(crate) reply: Option<ReplyCode>,
    pub(crate) enhanced: Option<smtp_codes::EnhancedCode>,
    pub(crate) host: Option<String>,
    pub(crate) phase: Option<Phase>,
    pub(crate) delayed: bool,
    pub(crate) rules: Option<Py<Rules>>,
}

impl Known {
    /// The options that are about all rejections of a session alike.
    pub(crate) fn of_session(
        host: Option<&Bound<'_, PyAny>>,
        phase: Option<&Bound<'_, PyAny>>,
        rules: Option<&Bound<'_, PyAny>>,
    ) -> PyResult<Self> {
        let host = host.map(|host| match host.cast::<PyString>() {
            Ok(host) => Ok(host.to_string_lossy().into_owned()),
            Err(_) => Err(wrong_type("str for host", host)),
        });
        let rules = rules.map(|rules| match rules.cast::<Rules>() {
            Ok(rules) => Ok(rules.clone().unbind()),
            Err(_) => Err(wrong_type("Rules for rules", rules)),
        });
        Ok(Self {
            host: host.transpose()?,
            phase: phase.map(word::extract).transpose()?,
            rules: rules.transpose()?,
            ..Self::default()
        })
    }

    /// These, and of what they leave open, what the reply tells.
    fn or(&self, reply: &Reply<'_>) -> Self {
        Self {
            reply: self.reply.or(reply.code),
            enhanced: self.enhanced,
            host: self.host.clone(),
            phase: self.phase.or(reply.phase),
            delayed: self.delayed,
            rules: self.rules.as_ref().map(|rules| rules.clone_ref(reply.text.py())),
        }
    }

    /// The verdict on a text. Other threads of Python go on meanwhile where it is long.
    fn decide(&self, py: Python<'_>, text: &[u8]) -> smtp_codes::Verdict<'static> {
        const LONG: usize = 100_000;
        let mut rejection = smtp_codes::Rejection::new(text);
        if let Some(code) = self.reply {
            rejection = rejection.reply(code);
        }
        if let Some(code) = self.enhanced {
            rejection = rejection.enhanced(code);
        }
        if let Some(host) = &self.host {
            rejection = rejection.host(host);
        }
        if let Some(phase) = self.phase {
            rejection = rejection.phase(phase);
        }
        if self.delayed {
            rejection = rejection.delayed();
        }
        let rules = self.rules.as_ref().map(|rules| rules.get().set);
        let decide = || rules.map_or_else(|| rejection.verdict(), |rules| rejection.verdict_with(&rules));
        if text.len() < LONG { decide() } else { py.detach(decide) }
    }
}

/// Says what a rejection means, whose side it is and what to do.
#[pyfunction]
#[pyo3(signature = (rejection, /, *, reply=None, enhanced=None, host=None, phase=None, delayed=false, rules=None))]
pub(crate) fn verdict(
    rejection: &Bound<'_, PyAny>,
    reply: Option<&Bound<'_, PyAny>>,
    enhanced: Option<&Bound<'_, PyAny>>,
    host: Option<&Bound<'_, PyAny>>,
    phase: Option<&Bound<'_, PyAny>>,
    delayed: bool,
    rules: Option<&Bound<'_, PyAny>>,
) -> PyResult<Verdict> {
    let session = Known::of_session(host, phase, rules)?;
    let known = Known {
        reply: reply.map(reply_code::extract).transpose()?,
        enhanced: enhanced.map(enhanced_code).transpose()?,
        delayed,
        ..session
    };
    let read = Rejection::of(rejection, EXPECTED)?;
    match (read.sole(), &read) {
        (Some(reply), _) => of_reply(reply, &known),
        (None, Rejection::Recipients(replies)) => {
            let count = replies.len();
            let message = format!("expected one refused recipient, not {count}: recipient_verdicts() takes several");
            Err(PyValueError::new_err(message))
        }
        (None, _) => Err(wrong_type(EXPECTED, rejection)),
    }
}

/// The verdict on each recipient that was refused.
#[pyfunction]
#[pyo3(signature = (refused, /, *, host=None, phase=None, rules=None))]
pub(crate) fn recipient_verdicts<'py>(
    refused: &Bound<'py, PyAny>,
    host: Option<&Bound<'_, PyAny>>,
    phase: Option<&Bound<'_, PyAny>>,
    rules: Option<&Bound<'_, PyAny>>,
) -> PyResult<Bound<'py, PyDict>> {
    const EXPECTED: &str = "what sendmail() returns or an exception about refused recipients";
    let known = Known::of_session(host, phase, rules)?;
    let Rejection::Recipients(replies) = Rejection::of(refused, EXPECTED)? else {
        return Err(wrong_type(EXPECTED, refused));
    };
    let verdicts = PyDict::new(refused.py());
    for (recipient, reply) in &replies {
        verdicts.set_item(recipient, of_reply(reply, &known)?)?;
    }
    Ok(verdicts)
}

/// The verdict on a reply, where what the user knows goes before what the reply tells.
pub(crate) fn of_reply(reply: &Reply<'_>, known: &Known) -> PyResult<Verdict> {
    let Some(text) = Text::from_object(&reply.text)? else { return Err(wrong_type("str or bytes", &reply.text)) };
    let known = known.or(reply);
    let verdict = known.decide(reply.text.py(), text.as_bytes());
    Ok(Verdict::new(verdict, &text, reply.text.clone().unbind(), known))
}

/// A code, or the text of one.
pub(crate) fn enhanced_code(object: &Bound<'_, PyAny>) -> PyResult<smtp_codes::EnhancedCode> {
    if let Ok(code) = object.cast::<EnhancedCode>() {
        return Ok(code.get().0);
    }
    let Some(text) = Text::from_object(object)? else { return Err(wrong_type("EnhancedCode, str or bytes", object)) };
    smtp_codes::EnhancedCode::from_bytes(text.as_bytes()).map_err(parse_error)
}
