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
mod html;
mod kind;
mod limits;
mod line;
mod marker;
mod notice;
mod notification;
mod original;
mod part;
mod recipient;
mod said;
mod sender;
mod status;
mod texts;
mod told;
mod transcript;
mod words;

use std::borrow::ToOwned;
use std::collections::HashMap;
use std::string::String;
use std::vec::Vec;

pub use kind::Kind;
pub use limits::Limits;
pub use original::Original;
pub use recipient::Recipient;

use field::Header;
use line::Lines;
use notice::Known;
use part::{Media, Parts};
use sender::Sender;
use told::Told;

/// How many messages within a message are looked into.
const MOST_ENCLOSED: usize = 4;

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
        for part in parts.of(Media::Status) {
            status::read(&part.text(limits.message), limits, self);
        }
        self.original = original::of_parts(parts);
        if self.recipients.is_empty() {
            self.read_texts(header, parts, limits);
            if matches!(self.kind, Kind::AutoReply | Kind::NotAReport) {
                self.read_enclosed(header, parts, limits);
            }
        } else {
            let is_vague = self.recipients.iter().any(Recipient::is_vague);
            if is_vague || self.recipients.len() == 1 {
                let text = texts::of_parts(parts, limits);
                if is_vague {
                    self.complete(&text, limits);
                }
                if let (Some(reason), [recipient]) = (texts::rejected_because(&text), &mut *self.recipients) {
                    recipient.diagnostic = Some(reason);
                }
            }
            self.kind = kind::of_recipients(&self.recipients);
        }
    }

    /// Reads the texts of a message that has no delivery status as a part.
    fn read_texts(&mut self, header: &Header<'_>, parts: &Parts<'_>, limits: &Limits) {
        let sender = Sender::of(header);
        if sender.is_answer() && !sender.is_system {
            self.kind = Kind::AutoReply;
            return;
        }
        if !sender.may_report {
            return;
        }
        let text = texts::of_parts(parts, limits);
        if notification::read(&text, limits, self) {
            return;
        }
        if let Some(status) = texts::status_in(&text) {
            status::read(status, limits, self);
            if !self.recipients.is_empty() {
                self.complete(&text, limits);
                self.kind = kind::of_recipients(&self.recipients);
                return;
            }
        }
        let lines = Lines::of(&text);
        if self.original.is_none() {
            self.original = Original::of(&Header::read(lines.returned.as_bytes()));
        }
        let reader = header.text("To").and_then(|to| address::find(&to).map(ToOwned::to_owned));
        let known = Known { failed: sender.failed.clone(), reader };
        let mut told = notice::read(&lines, &known, limits);
        if told.len() > limits.recipients {
            told.truncate(limits.recipients);
            self.is_cut = true;
        }
        let has_refusal = told.iter().any(Told::is_refusal);
        let Some(kind) = sender.kind(lines.notice, has_refusal) else {
            self.kind = if sender.is_answer() { Kind::AutoReply } else { Kind::NotAReport };
            return;
        };
        let is_named = told.iter().any(|told| told.address.is_some());
        self.recipients = told.into_iter().map(|told| told.into_recipient(kind)).collect();
        if !is_named && !self.name_recipient(&lines, header) && !has_refusal && !sender.says_failure() {
            self.recipients.clear();
        }
        self.kind = if self.recipients.is_empty() { Kind::NotAReport } else { kind };
    }

    /// Reads a delivery status that somebody, or a program, has sent on: with the report as a message within the message, or
    /// quoted in the text.
    fn read_enclosed(&mut self, header: &Header<'_>, parts: &Parts<'_>, limits: &Limits) {
        for part in parts.of(Media::Message).take(MOST_ENCLOSED) {
            let whole = part.bytes();
            let header = Header::read(&whole);
            if !Sender::of(&header).may_report {
                continue;
            }
            let enclosed = Parts::read(&header, limits);
            for status in enclosed.of(Media::Status) {
                status::read(&status.text(limits.message), limits, self);
            }
            if !self.recipients.is_empty() {
                self.original = original::of_parts(&enclosed);
                self.kind = kind::of_recipients(&self.recipients);
                return;
            }
        }
        if Sender::of(header).forwards_failure() {
            let text = texts::unquoted(&texts::of_parts(parts, limits));
            if let Some(status) = texts::status_in(&text) {
                status::read(status, limits, self);
            }
            // What was quoted only in part may be about anything.
            self.recipients.retain(|recipient| recipient.recipient.is_some() && recipient.status.is_some());
            if !self.recipients.is_empty() {
                self.kind = kind::of_recipients(&self.recipients);
            }
        }
    }

    /// Names the recipient of a notice that names none, where the returned message was sent to only one.
    fn name_recipient(&mut self, lines: &Lines<'_>, header: &Header<'_>) -> bool {
        let to = self.original.as_ref().and_then(|original| original.to.clone());
        let listed = lines.all.iter().find_map(|line| line.text.strip_prefix("To:").map(ToOwned::to_owned));
        let subject = header.text("Subject");
        let found = [to, listed, subject]
            .into_iter()
            .flatten()
            .find_map(|text| notice::sole_address(&text).map(ToOwned::to_owned));
        if let (Some(recipient), Some(address)) = (self.recipients.first_mut(), found) {
            recipient.recipient = Some(address);
            return true;
        }
        false
    }

    /// Takes from the text what it says of recipients of whom the delivery status does not tell what a server said.
    fn complete(&mut self, text: &str, limits: &Limits) {
        let known = Known::default();
        let mut told: HashMap<String, Told> = HashMap::new();
        for next in notice::read(&Lines::of(text), &known, limits) {
            told.entry(next.address.as_deref().unwrap_or_default().to_ascii_lowercase()).or_insert(next);
        }
        let is_sole = self.recipients.len() == 1;
        for recipient in self.recipients.iter_mut().filter(|recipient| recipient.is_vague()) {
            let name = recipient.recipient.as_deref().unwrap_or_default().to_ascii_lowercase();
            let found = told.remove(&name).or_else(|| if is_sole { told.remove("") } else { None });
            if let Some(told) = found {
                recipient.complete_with(told.into_recipient(recipient.kind));
            }
        }
    }
}
