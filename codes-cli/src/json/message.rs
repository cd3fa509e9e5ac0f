//! The object of a whole message.

use serde::{Serialize, Serializer};
use smtp_codes::ReplyCode;
use smtp_codes::report::{self, Report};

use super::verdict::{Shown, VerdictObject};
use crate::rules::Rules;

/// What a message reports.
#[derive(Debug, Serialize)]
pub(crate) struct MessageObject<'m> {
    /// `null` where the message stood in the arguments.
    file: Option<&'m str>,
    /// Its number in a mailbox, from 1.
    #[serde(skip_serializing_if = "Option::is_none")]
    message: Option<u64>,
    kind: &'static str,
    reporting_mta: Option<&'m str>,
    original: Option<Original<'m>>,
    recipients: Recipients<'m>,
    /// Whether a limit has cut the message.
    is_cut: bool,
}

impl<'m> MessageObject<'m> {
    pub(crate) fn of(file: Option<&'m str>, message: Option<u64>, report: &'m Report, rules: &'m Rules) -> Self {
        Self {
            file,
            message,
            kind: report.kind.as_str(),
            reporting_mta: report.reporting_mta.as_deref(),
            original: report.original.as_ref().map(Original::of),
            recipients: Recipients(&report.recipients, rules),
            is_cut: report.is_cut,
        }
    }
}

/// The header of the message that was returned.
#[derive(Debug, Serialize)]
struct Original<'m> {
    message_id: Option<&'m str>,
    subject: Option<&'m str>,
    from: Option<&'m str>,
    to: Option<&'m str>,
    date: Option<&'m str>,
}

impl<'m> Original<'m> {
    fn of(original: &'m report::Original) -> Self {
        Self {
            message_id: original.message_id.as_deref(),
            subject: original.subject.as_deref(),
            from: original.from.as_deref(),
            to: original.to.as_deref(),
            date: original.date.as_deref(),
        }
    }
}

/// The recipients, judged while they are written: a report may have many.
#[derive(Debug)]
struct Recipients<'m>(&'m [report::Recipient], &'m Rules);

impl Serialize for Recipients<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.0.iter().map(|recipient| Judged(recipient, self.1)))
    }
}

struct Judged<'m>(&'m report::Recipient, &'m Rules);

impl Serialize for Judged<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Self(recipient, rules) = self;
        let verdict = rules.verdict_on(&recipient.rejection());
        let object = RecipientObject {
            recipient: recipient.recipient.as_deref(),
            original_recipient: recipient.original_recipient.as_deref(),
            kind: recipient.kind.as_str(),
            status: recipient.status.map(Shown),
            reply: recipient.reply.map(ReplyCode::as_u16),
            remote_mta: recipient.remote_mta.as_deref(),
            diagnostic: recipient.diagnostic.as_deref(),
            verdict: VerdictObject::of(&verdict, 0),
        };
        object.serialize(serializer)
    }
}

/// What happened to one recipient.
#[derive(Debug, Serialize)]
struct RecipientObject<'m> {
    recipient: Option<&'m str>,
    original_recipient: Option<&'m str>,
    kind: &'static str,
    status: Option<Shown<smtp_codes::EnhancedCode>>,
    reply: Option<u16>,
    remote_mta: Option<&'m str>,
    diagnostic: Option<&'m str>,
    verdict: VerdictObject<'m>,
}
