use core::fmt;
use core::time::Duration;

use super::{Format, Time};
use crate::{Class, EnhancedCode, Phase, Rejection, ReplyCode};

/// What one line of a log is.
#[derive(Clone, Copy, Debug)]
pub enum Line<'a> {
    /// It tells how an attempt at a delivery ended, or that the server refused somebody's mail.
    Record(Record<'a>),
    /// A line of a known log that tells neither, such as one about a connection.
    Other,
    /// A line of no known log, or one that is damaged.
    Unknown,
}

/// How an attempt at a delivery ended for one recipient, or a refusal.
///
/// Texts are as they stand in the log: they may hold control characters, and need not be UTF-8.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct Record<'a> {
    /// The log that it stands in.
    pub format: Format,
    /// When.
    pub time: Option<Time>,
    /// What the server calls the message.
    pub queue_id: Option<&'a [u8]>,
    /// How it ended.
    pub outcome: Outcome,
    /// The envelope's sender, where this line or an earlier one tells it; the null sender is empty.
    pub sender: Option<&'a [u8]>,
    /// The recipient, where the line tells it.
    pub recipient: Option<&'a [u8]>,
    /// The other side.
    pub relay: Option<Relay<'a>>,
    /// How long the message had been here.
    pub delay: Option<Duration>,
    /// The reply code at the start of the text.
    pub reply: Option<ReplyCode>,
    /// The enhanced status code: the one that the server wrote down, else the one behind the reply code.
    pub enhanced: Option<EnhancedCode>,
    /// When in the session the reply came.
    pub phase: Option<Phase>,
    /// The other side's reply, or the server's own words: without what the server writes around a reply.
    pub text: &'a [u8],
}

impl<'a> Record<'a> {
    pub(super) fn new(format: Format, outcome: Outcome, text: &'a [u8]) -> Self {
        Self {
            format,
            time: None,
            queue_id: None,
            outcome,
            sender: None,
            recipient: None,
            relay: None,
            delay: None,
            reply: None,
            enhanced: None,
            phase: None,
            text,
        }
    }

    /// The same with the codes with which the text begins, where there are no others.
    pub(super) fn with_codes_of_text(mut self) -> Self {
        let (reply, enhanced) = super::bytes::codes_in_front(self.text);
        self.reply = reply;
        self.enhanced = self.enhanced.or(enhanced);
        self
    }

    /// The text with what is known beside it, for a verdict.
    ///
    /// Where the line has no code, the outcome stands for one: X.0.0 for a delivery or deferral, and X.4.7, delivery time expired, for a
    /// message that was given up for that. A failure without a code stays one: nobody said that it lasts.
    pub fn rejection(&self) -> Rejection<'a> {
        let mut rejection = Rejection::new(self.text);
        if let Some(reply) = self.reply {
            rejection = rejection.reply(reply);
        }
        if let Some(enhanced) = self.enhanced.or_else(|| self.outcome.code().filter(|_| self.reply.is_none())) {
            rejection = rejection.enhanced(enhanced);
        }
        if let Some(phase) = self.phase {
            rejection = rejection.phase(phase);
        }
        // Who was refused by us says nothing about whose words these are.
        let host = self.relay.and_then(|relay| relay.host).filter(|_| self.outcome != Outcome::Rejected);
        match host.and_then(|host| core::str::from_utf8(host).ok()) {
            Some(host) => rejection.host(host),
            None => rejection,
        }
    }
}

/// How an attempt at a delivery ended.
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
#[non_exhaustive]
pub enum Outcome {
    /// The other side took the message over, or it was put into a mailbox.
    Delivered,
    /// Not yet: it will be tried again.
    Deferred,
    /// Given up, as somebody refused it for good.
    Failed,
    /// Given up, as it stayed undelivered for too long.
    Expired,
    /// This server refused what somebody else wanted to hand in.
    Rejected,
}

impl Outcome {
    /// All of them.
    pub const ALL: &'static [Self] = &[Self::Delivered, Self::Deferred, Self::Failed, Self::Expired, Self::Rejected];

    /// The code that says no more than the outcome does, for a record that has none.
    pub fn code(self) -> Option<EnhancedCode> {
        match self {
            Self::Delivered => EnhancedCode::new(Class::Success, 0, 0),
            Self::Deferred => EnhancedCode::new(Class::Transient, 0, 0),
            Self::Expired => EnhancedCode::new(Class::Permanent, 4, 7),
            Self::Failed | Self::Rejected => None,
        }
    }

    /// The word for it: `delivered`, `deferred`, `failed`, `expired` or `rejected`.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Delivered => "delivered",
            Self::Deferred => "deferred",
            Self::Failed => "failed",
            Self::Expired => "expired",
            Self::Rejected => "rejected",
        }
    }
}

impl fmt::Display for Outcome {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

/// The other side of a connection.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
#[non_exhaustive]
pub struct Relay<'a> {
    /// Its name, where it has one.
    pub host: Option<&'a [u8]>,
    /// Its address without brackets, or the path of a socket.
    pub address: Option<&'a [u8]>,
    /// The port.
    pub port: Option<u16>,
}
