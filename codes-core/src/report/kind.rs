//! What a message is.

use core::fmt;

use super::part::{Media, Parts};
use super::recipient::Recipient;

/// What a message is, or what happened to a recipient.
#[derive(Clone, Copy, Debug, Default, Eq, Hash, PartialEq)]
#[non_exhaustive]
pub enum Kind {
    /// Delivery to at least one recipient has failed for good.
    Failed,
    /// Delivery has not succeeded yet, and is still attempted.
    Delayed,
    /// The message was delivered.
    Delivered,
    /// The message was handed on to a host that may not report.
    Relayed,
    /// The message was delivered to a list or alias, which sends it on.
    Expanded,
    /// A program has answered: of a person who is away ([RFC 3834](https://www.rfc-editor.org/rfc/rfc3834)), a receipt
    /// ([RFC 8098](https://www.rfc-editor.org/rfc/rfc8098)), or one that asks the sender to confirm.
    AutoReply,
    /// Somebody has called a message unwanted ([RFC 5965](https://www.rfc-editor.org/rfc/rfc5965)).
    Complaint,
    /// Any other mail.
    #[default]
    NotAReport,
}

impl Kind {
    /// The word for it: `failed`, `delayed`, `delivered`, `relayed`, `expanded`, `auto-reply`, `complaint` or `not-a-report`.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Failed => "failed",
            Self::Delayed => "delayed",
            Self::Delivered => "delivered",
            Self::Relayed => "relayed",
            Self::Expanded => "expanded",
            Self::AutoReply => "auto-reply",
            Self::Complaint => "complaint",
            Self::NotAReport => "not-a-report",
        }
    }
}

impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

/// What the parts say that the message is, where that is no report of a delivery.
pub(super) fn of_parts(parts: &Parts<'_>) -> Option<Kind> {
    let has = |media: Media| parts.of(media).next().is_some();
    if has(Media::Feedback) || parts.report_type.as_deref() == Some("feedback-report") {
        return Some(Kind::Complaint);
    }
    let is_receipt = has(Media::Disposition) || parts.report_type.as_deref() == Some("disposition-notification");
    (is_receipt && !has(Media::Status)).then_some(Kind::AutoReply)
}

/// What happened to the recipients: the worst of it.
pub(super) fn of_recipients(recipients: &[Recipient]) -> Kind {
    let kinds = [Kind::Failed, Kind::Delayed, Kind::Expanded, Kind::Relayed, Kind::Delivered];
    let met = |kind: &Kind| recipients.iter().any(|recipient| recipient.kind == *kind);
    kinds.into_iter().find(met).unwrap_or(Kind::NotAReport)
}
