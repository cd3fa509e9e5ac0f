//! The library's enums as Python's: members are strings, as those of `enum.StrEnum`.

use std::fmt::Debug;

use pyo3::prelude::*;
use pyo3::sync::PyOnceLock;
use pyo3::types::{IntoPyDict, PyType};
use smtp_codes::log::{Format as LogFormat, Outcome as LogOutcome};
use smtp_codes::report::Kind;
use smtp_codes::{
    Action, Anomaly, Basis, Category, Class, Conflict, Party, Phase, Protocol, ProviderKind, Reason, Severity, Status,
};

use crate::error::unknown;
use crate::value::ToPython;

/// An enum of the library.
pub(crate) trait Word: Copy + PartialEq + Sized + 'static {
    /// The class.
    const NAME: &'static str;
    /// What `help()` says.
    const DOC: &'static str;
    /// All values in order.
    const ALL: &'static [Self];

    /// The member's value: `mailbox-full`. Its name is the same in capitals, `MAILBOX_FULL`.
    fn id(self) -> String;

    /// Attributes that the members have beside those of strings.
    fn attributes(self, py: Python<'_>) -> PyResult<Vec<(&'static str, Bound<'_, PyAny>)>>;

    /// Where the class is kept once it has been made.
    fn members() -> &'static PyOnceLock<Members>;
}

/// A class and its members, in the order of [`Word::ALL`].
pub(crate) struct Members {
    class: Py<PyType>,
    members: Vec<Py<PyAny>>,
}

/// The Python class of an enum.
pub(crate) fn class<W: Word>(py: Python<'_>) -> PyResult<&Bound<'_, PyType>> {
    Ok(made::<W>(py)?.class.bind(py))
}

/// The value that a member, or the text that is its value, stands for.
///
/// Anything else is refused as `enum` does it: `ValueError: 'soft' is not a valid Class`.
pub(crate) fn extract<W: Word>(object: &Bound<'_, PyAny>) -> PyResult<W> {
    let member = class::<W>(object.py())?.call1((object,))?;
    let members = &made::<W>(object.py())?.members;
    let place = members.iter().position(|other| other.is(&member));
    // `enum` gives out no other objects than these.
    place.map(|place| W::ALL[place]).ok_or_else(|| unknown(W::NAME, &member.to_string(), W::NAME))
}

fn made<W: Word>(py: Python<'_>) -> PyResult<&'static Members> {
    W::members().get_or_try_init(py, || make::<W>(py))
}

fn make<W: Word>(py: Python<'_>) -> PyResult<Members> {
    let named: Vec<_> = W::ALL.iter().map(|value| value.id()).map(|id| (constant(&id), id)).collect();
    let base = py.import("smtp_codes._strenum")?.getattr("StrEnum")?;
    let class =
        base.call((W::NAME, named), Some(&[("module", "smtp_codes")].into_py_dict(py)?))?.cast_into::<PyType>()?;
    class.setattr("__doc__", W::DOC)?;
    let members = W::ALL.iter().map(|value| {
        let member = class.call1((value.id(),))?;
        for (name, attribute) in value.attributes(py)? {
            member.setattr(name, attribute)?;
        }
        Ok(member.unbind())
    });
    Ok(Members { members: members.collect::<PyResult<_>>()?, class: class.unbind() })
}

/// `mailbox-full` as `MAILBOX_FULL`.
fn constant(id: &str) -> String {
    id.replace('-', "_").to_ascii_uppercase()
}

/// `MailSystem` as `mail-system`, for enums to which the library gives no words of their own.
fn words_of(variant: impl Debug) -> String {
    let mut words = String::new();
    for letter in format!("{variant:?}").chars() {
        if letter.is_ascii_uppercase() && !words.is_empty() {
            words.push('-');
        }
        words.push(letter.to_ascii_lowercase());
    }
    words
}

macro_rules! word {
    ($name:ident, $doc:literal, $id:expr, { $($attributes:tt)* }) => {
        word!($name, &$name::ALL, $doc, $id, { $($attributes)* });
    };
    ($name:ident, $all:expr, $doc:literal, $id:expr, { $($attribute:literal: $value:expr),* }) => {
        impl Word for $name {
            const NAME: &'static str = stringify!($name);
            const DOC: &'static str = $doc;
            const ALL: &'static [Self] = $all;

            fn id(self) -> String {
                let id: fn(Self) -> String = $id;
                id(self)
            }

            #[allow(unused_variables, reason = "some have no attributes")]
            fn attributes(self, py: Python<'_>) -> PyResult<Vec<(&'static str, Bound<'_, PyAny>)>> {
                Ok(vec![$(($attribute, {
                    let value: fn(Self) -> _ = $value;
                    value(self).to_python(py)?
                })),*])
            }

            fn members() -> &'static PyOnceLock<Members> {
                static MEMBERS: PyOnceLock<Members> = PyOnceLock::new();
                &MEMBERS
            }
        }

        impl ToPython for $name {
            fn to_python(self, py: Python<'_>) -> PyResult<Bound<'_, PyAny>> {
                let made = made::<Self>(py)?;
                let place = Self::ALL.iter().position(|value| *value == self);
                Ok(place.map_or_else(|| py.None(), |place| made.members[place].clone_ref(py)).into_bound(py))
            }
        }
    };
}

word!(
    Severity,
    "What the first digit of a reply code says (RFC 5321, Section 4.2.1).",
    |value| words_of(value),
    { "digit": |value| u16::from(value.digit()), "entry": |value| value.entry() }
);
word!(
    Category,
    "What the second digit of a reply code says the reply is about (RFC 5321, Section 4.2.1).",
    |value| words_of(value),
    {}
);
word!(
    Class,
    "The class of an enhanced status code (RFC 3463, Section 2).",
    |value| words_of(value),
    { "digit": |value| u16::from(value.digit()), "entry": |value| value.entry() }
);
word!(Status, "Whether an entry is in force, and on whose word.", |value| value.to_string(), {});
word!(Protocol, "The protocol in which a command or keyword has its place.", |value| value.to_string(), {});
word!(ProviderKind, "What sort of party a provider is.", |value| value.to_string(), {});
word!(
    Reason,
    "Why a server refused or put off a message: our diagnosis.",
    |value| value.to_string(),
    { "entry": |value| value.entry(), "party": |value| value.party() }
);
word!(Party, "Whose side has to change something.", |value| value.to_string(), { "entry": |value| value.entry() });
word!(Action, "What to do after a reply.", |value| value.to_string(), { "entry": |value| value.entry() });
word!(
    Basis,
    &[Basis::Text, Basis::ProviderCode, Basis::Enhanced, Basis::Reply, Basis::None],
    "What the reason of a verdict rests on.",
    |value| value.to_string(),
    {}
);
impl Word for Kind {
    // `Kind` alone would say too little beside `ProviderKind`.
    const NAME: &'static str = "ReportKind";
    const DOC: &'static str = "What a message is, or what happened to a recipient.";
    const ALL: &'static [Self] = &[
        Self::Failed,
        Self::Delayed,
        Self::Delivered,
        Self::Relayed,
        Self::Expanded,
        Self::AutoReply,
        Self::Complaint,
        Self::NotAReport,
    ];

    fn id(self) -> String {
        self.to_string()
    }

    fn attributes(self, _: Python<'_>) -> PyResult<Vec<(&'static str, Bound<'_, PyAny>)>> {
        Ok(Vec::new())
    }

    fn members() -> &'static PyOnceLock<Members> {
        static MEMBERS: PyOnceLock<Members> = PyOnceLock::new();
        &MEMBERS
    }
}

impl ToPython for Kind {
    fn to_python(self, py: Python<'_>) -> PyResult<Bound<'_, PyAny>> {
        let made = made::<Self>(py)?;
        let place = Self::ALL.iter().position(|value| *value == self);
        Ok(place.map_or_else(|| py.None(), |place| made.members[place].clone_ref(py)).into_bound(py))
    }
}

word!(
    Conflict,
    &[Conflict::Classes, Conflict::Text, Conflict::Registered],
    "Something in a reply that contradicts something else in it.",
    |value| value.as_str().to_owned(),
    { "message": |value| value.message() }
);
word!(
    Phase,
    &[Phase::Connection, Phase::Helo, Phase::Auth, Phase::Mail, Phase::Rcpt, Phase::Data],
    "When in a session a reply came.",
    |value| words_of(value),
    {}
);
word!(LogFormat, LogFormat::ALL, "A kind of mail log.", |value| value.to_string(), {});
word!(LogOutcome, LogOutcome::ALL, "How an attempt at a delivery ended.", |value| value.to_string(), {});
word!(
    Anomaly,
    "Something about a reply that the standard does not allow, or that a careful reader wants to know.",
    |value| words_of(value),
    { "description": |value| value.to_string() }
);
