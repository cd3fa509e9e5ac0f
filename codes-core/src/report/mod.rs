//! Bounce messages: from a whole mail to what happened to each recipient.
//!
//! A report that a mail was not delivered is a mail itself. [`Report::parse`] reads the standard form, delivery status
//! notifications ([RFC 3464], [RFC 6533]) in multipart/report ([RFC 6522]) with all that goes wrong in them, and the forms
//! that mail servers, gateways and providers had and have of their own. What is no report of a failed delivery says so in its
//! [`kind`](Report::kind) and has no recipient that failed: answers sent by programs, complaints, receipts, notices of delivery
//! and of delay, ordinary mail.
//!
//! Any bytes are read, in time linear in their length and memory bounded by it; [`Limits`] bounds what a hostile message costs.
//!
//! [RFC 3464]: https://www.rfc-editor.org/rfc/rfc3464
//! [RFC 6522]: https://www.rfc-editor.org/rfc/rfc6522
//! [RFC 6533]: https://www.rfc-editor.org/rfc/rfc6533

mod address;
mod field;
mod kind;
mod limits;
mod original;
mod part;
mod recipient;
mod status;

use std::string::String;
use std::vec::Vec;

pub use kind::Kind;
pub use limits::Limits;
pub use original::Original;
pub use recipient::Recipient;

use field::Header;
use part::{Media, Parts};

/// What a whole message reports.
///
/// # Examples
///
/// ```
/// use smtp_codes::report::{Kind, Report};
/// use smtp_codes::{Action, Reason};
///
/// let mail = b"From: MAILER-DAEMON@mx.example\n\
/// Subject: Undelivered Mail Returned to Sender\n\
/// Content-Type: multipart/report; report-type=delivery-status; boundary=b\n\
/// \n\
/// --b\n\
/// Content-Type: message/delivery-status\n\
/// \n\
/// Reporting-MTA: dns; mx.example\n\
/// \n\
/// Final-Recipient: rfc822; ann@a.example\n\
/// Action: failed\n\
/// Status: 5.1.1\n\
/// Remote-MTA: dns; mail.a.example\n\
/// Diagnostic-Code: smtp; 550 5.1.1 No such user here\n\
/// \n\
/// --b--\n";
/// let report = Report::parse(mail);
/// assert_eq!(report.kind, Kind::Failed);
/// assert_eq!(report.recipients[0].recipient.as_deref(), Some("ann@a.example"));
///
/// let verdict = report.recipients[0].rejection().verdict();
/// assert_eq!(verdict.reason, Some(Reason::MailboxUnknown));
/// assert_eq!(verdict.action, Action::Suppress);
/// ```
#[derive(Clone, Debug, Default, Eq, PartialEq)]
#[non_exhaustive]
pub struct Report {
    /// What the message is.
    pub kind: Kind,
    /// The recipients it reports on, in order; none where it reports on no delivery.
    pub recipients: Vec<Recipient>,
    /// The header of the message that was returned, where it is there.
    pub original: Option<Original>,
    /// The host that reports (`Reporting-MTA`).
    pub reporting_mta: Option<String>,
    /// The host that it had the message from (`Received-From-MTA`).
    pub received_from_mta: Option<String>,
    /// The gateway that made the report of a foreign one (`DSN-Gateway`).
    pub gateway: Option<String>,
    /// The sender's own name for the message (`Original-Envelope-Id`).
    pub envelope_id: Option<String>,
    /// When the message came to the host that reports (`Arrival-Date`), as it is written there.
    pub arrival_date: Option<String>,
    /// Whether something was passed over because of the [`Limits`].
    pub is_cut: bool,
}

impl Report {
    /// Reads a message within the usual [`Limits`].
    pub fn parse(message: &[u8]) -> Self {
        Self::parse_with(message, &Limits::default())
    }

    /// Reads a message within these limits.
    pub fn parse_with(message: &[u8], limits: &Limits) -> Self {
        let mut report = Self { is_cut: message.len() > limits.message, ..Self::default() };
        let message = &message[..message.len().min(limits.message)];
        let header = Header::read(message);
        let parts = Parts::read(&header, limits);
        report.is_cut |= parts.is_cut;
        report.read(&header, &parts, limits);
        report
    }

    /// Whether a text begins as a mail does: with header fields, among them some that each mail has.
    ///
    /// # Examples
    ///
    /// ```
    /// use smtp_codes::report::Report;
    ///
    /// assert!(Report::is_message(b"From: MAILER-DAEMON@mx.example\nSubject: Returned mail\n\n"));
    /// assert!(!Report::is_message(b"Diagnostic-Code: smtp; 550 5.1.1 User unknown\n"));
    /// ```
    pub fn is_message(text: &[u8]) -> bool {
        const USUAL: [&str; 8] =
            ["Received", "Return-Path", "From", "To", "Subject", "Date", "Message-ID", "MIME-Version"];
        let header = Header::read(&text[..text.len().min(1 << 16)]);
        USUAL.iter().filter(|name| header.field(name).is_some()).count() >= 2
    }

    fn read(&mut self, header: &Header<'_>, parts: &Parts<'_>, limits: &Limits) {
        if let Some(kind) = kind::of_parts(parts) {
            self.kind = kind;
            return;
        }
        let mut is_status = false;
        for part in parts.of(Media::Status) {
            is_status |= status::read(&part.text(usize::MAX), limits, self);
        }
        self.original = original::of_parts(parts);
        if !self.recipients.is_empty() {
            self.kind = kind::of_recipients(&self.recipients);
        } else {
            let _ = is_status;
            self.kind = kind::of_header(header);
        }
    }
}
