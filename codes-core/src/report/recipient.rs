//! What a report says of one recipient.

use std::string::String;

use super::kind::Kind;
use super::said::{Said, said};
use super::{address, status};
use crate::find::{Code, CodeMatch, codes};
use crate::{Class, EnhancedCode, Phase, Rejection, ReplyCode, Severity};

/// What a report says of one recipient.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
#[non_exhaustive]
pub struct Recipient {
    /// Whom the report is about: the final recipient, or where no address is told for it, the original one.
    ///
    /// Where a message was forwarded, this is the address that failed in the end. The one it was sent to,
    /// [`original_recipient`](Self::original_recipient), may well be a good address.
    pub recipient: Option<String>,
    /// The address that the sender wrote (`Original-Recipient`).
    pub original_recipient: Option<String>,
    /// The address to which the host that reports delivered or would have (`Final-Recipient`).
    pub final_recipient: Option<String>,
    /// What happened: failed, delayed, delivered, relayed or expanded.
    pub kind: Kind,
    /// The enhanced status code that says most: of the server's reply, else of the report.
    pub status: Option<EnhancedCode>,
    /// The reply code of the server.
    pub reply: Option<ReplyCode>,
    /// The host that refused or took the message.
    pub remote_mta: Option<String>,
    /// What that host said, or what the report says in its words.
    pub diagnostic: Option<String>,
    /// When in the session it said so, as far as that is not told in its words.
    pub phase: Option<Phase>,
    /// When the last attempt was made (`Last-Attempt-Date`), as it is written there.
    pub last_attempt: Option<String>,
    /// Until when more attempts will be made (`Will-Retry-Until`), as it is written there.
    pub retry_until: Option<String>,
    /// The entry in the log of the host that reports (`Final-Log-ID`).
    pub log_id: Option<String>,
    pub(super) action: Option<String>,
    pub(super) status_field: Option<String>,
}

/// What stands for a success of which no more is told (RFC 3463, Section 3.1).
const DELIVERED: EnhancedCode = match EnhancedCode::new(Class::Success, 0, 0) {
    Some(code) => code,
    None => unreachable!(),
};

impl Recipient {
    /// What was said, as [`Rejection`], which gives the verdict on it.
    ///
    /// Of a message that arrived, it is a success, whatever the words are; one that is delayed gives up no address.
    pub fn rejection(&self) -> Rejection<'_> {
        if matches!(self.kind, Kind::Delivered | Kind::Relayed | Kind::Expanded) {
            let success = self.status.filter(|status| status.class() == Class::Success);
            return Rejection::new(b"").enhanced(success.unwrap_or(DELIVERED));
        }
        let mut rejection = Rejection::new(self.diagnostic.as_deref().unwrap_or_default().as_bytes());
        if let Some(reply) = self.reply {
            rejection = rejection.reply(reply);
        }
        if let Some(status) = self.status {
            rejection = rejection.enhanced(status);
        }
        if let Some(phase) = self.phase {
            rejection = rejection.phase(phase);
        }
        if self.kind == Kind::Delayed {
            rejection = rejection.delayed();
        }
        match &self.remote_mta {
            Some(host) => rejection.host(host),
            None => rejection,
        }
    }

    /// Whether a delivery status leaves open what a server said.
    pub(super) fn is_vague(&self) -> bool {
        let has_words = |text: &String| text.chars().any(char::is_alphabetic);
        self.reply.is_none() || !self.diagnostic.as_ref().is_some_and(has_words)
    }

    /// Takes what a notice says of the same recipient, where the delivery status does not tell what a server said.
    pub(super) fn complete_with(&mut self, told: Self) {
        let has_words = self.diagnostic.as_ref().is_some_and(|text| text.chars().any(char::is_alphabetic));
        if told.diagnostic.is_none() || (has_words && told.reply.is_none()) {
            return;
        }
        self.reply = told.reply.or(self.reply);
        self.status = more_telling(self.status, told.status);
        self.diagnostic = told.diagnostic;
        self.phase = told.phase.or(self.phase);
        self.remote_mta = self.remote_mta.take().or(told.remote_mta);
    }

    /// Fills what follows from the fields of a delivery status.
    pub(super) fn complete(&mut self) {
        let stated = self.status_field.take().as_deref().and_then(leading_status);
        self.kind = status::kind(self.action.take().as_deref(), stated);
        let is_address = |address: &&String| address::is_one(address);
        let of = |address: &Option<String>| address.as_ref().filter(is_address).cloned();
        self.recipient = of(&self.final_recipient)
            .or_else(|| of(&self.original_recipient))
            .or_else(|| self.final_recipient.clone().filter(|name| !name.is_empty()))
            .or_else(|| self.original_recipient.clone().filter(|name| !name.is_empty()));
        let mut codes = None;
        if let Some(diagnostic) = &mut self.diagnostic {
            let told = address::without_type(diagnostic);
            let (reply, enhanced) = codes_in(told.as_bytes());
            (self.reply, codes) = (reply, enhanced);
            let Said { words, phase, .. } = said(told);
            self.phase = phase;
            if words.len() < diagnostic.len() {
                *diagnostic = words.into();
            }
        }
        self.status = more_telling(codes, stated);
    }
}

/// The status with which a field begins: `5.1.1 (bad destination mailbox address)`.
fn leading_status(text: &str) -> Option<EnhancedCode> {
    let text = text.trim_start_matches(|letter: char| !letter.is_ascii_digit());
    let end = text.find(|letter: char| !letter.is_ascii_digit() && letter != '.').unwrap_or(text.len());
    EnhancedCode::from_bytes(text[..end].trim_end_matches('.').as_bytes()).ok()
}

/// Of two statuses, the one that says more: `5.1.1` rather than `5.0.0`, else the first.
pub(super) fn more_telling(first: Option<EnhancedCode>, second: Option<EnhancedCode>) -> Option<EnhancedCode> {
    let weight = |code: EnhancedCode| u8::from(code.subject() != 0) + u8::from(code.detail() != 0);
    match (first, second) {
        (Some(first), Some(second)) if weight(second) > weight(first) => Some(second),
        (first, second) => first.or(second),
    }
}

/// The codes in what was said: the first reply code that reports a failure, and the enhanced code beside it.
pub(super) fn codes_in(text: &[u8]) -> (Option<ReplyCode>, Option<EnhancedCode>) {
    let (mut reply, mut enhanced, mut first) = (None, None, None);
    for CodeMatch { code, .. } in codes(text) {
        match code {
            Code::Reply(code) if reply.is_none() && is_failure(code) => reply = Some(code),
            Code::Reply(_) => {}
            Code::Enhanced(code) => {
                first = first.or(Some(code));
                if reply.is_some() && enhanced.is_none() {
                    enhanced = Some(code);
                }
            }
        }
        if reply.is_some() && enhanced.is_some() {
            break;
        }
    }
    let enhanced = enhanced.or(first);
    let other = || reply_in_front(text).or_else(|| reply_behind_host(text)).or_else(|| reply_of_class(text, enhanced?));
    (reply.or_else(other), enhanced)
}

/// The reply code with which a text begins, whatever follows: Yahoo writes `550: User unknown`.
fn reply_in_front(text: &[u8]) -> Option<ReplyCode> {
    let (code, rest) = text.trim_ascii_start().split_at_checked(3)?;
    let is_apart = matches!(rest.first(), Some(b' ' | b'-' | b':' | b','));
    ReplyCode::from_bytes(code).ok().filter(|code| is_apart && is_failure(*code))
}

/// The reply code behind the address of a host: `ann@a.example: [192.0.2.5], 550 No such user`.
fn reply_behind_host(text: &[u8]) -> Option<ReplyCode> {
    memchr::memmem::find_iter(text, b"], ").find_map(|place| reply_in_front(text.get(place + 3..)?))
}

/// A reply code of the same class behind an enhanced one: `5.3.0 - Other mail system problem 550-'User unknown'`.
fn reply_of_class(text: &[u8], enhanced: EnhancedCode) -> Option<ReplyCode> {
    let is_class = |digit: u8| digit == b'0' + enhanced.class().digit();
    memchr::memchr_iter(b'-', text).find_map(|hyphen| {
        let start = hyphen.checked_sub(3)?;
        let is_alone = start > 0 && text[start - 1] == b' ' && is_class(text[start]);
        let is_text = text.get(hyphen + 1).is_some_and(|byte| !byte.is_ascii_digit());
        ReplyCode::from_bytes(&text[start..hyphen]).ok().filter(|_| is_alone && is_text)
    })
}

pub(super) fn is_failure(code: ReplyCode) -> bool {
    matches!(code.severity(), Severity::TransientNegativeCompletion | Severity::PermanentNegativeCompletion)
}
