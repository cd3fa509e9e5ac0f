//! Delivery status notifications: RFC 3464, and RFC 6533 for addresses in UTF-8.

use std::borrow::ToOwned;
use std::string::String;

use super::address;
use super::field::{Fields, name, split_line};
use super::limits::Limits;
use super::{Kind, Recipient, Report};
use crate::EnhancedCode;

/// Reads the blocks of a delivery status into the report; `false` where nothing in it is one.
pub(super) fn read(text: &str, limits: &Limits, report: &mut Report) -> bool {
    let mut reader = Reader { report, current: None, is_apart: false, limits, found: false };
    let mut rest = text.as_bytes();
    while !rest.is_empty() {
        let (line, after) = split_line(rest);
        if line.trim_ascii().is_empty() {
            reader.is_apart = true;
            rest = after;
            continue;
        }
        if name(line).is_none() {
            rest = after;
            continue;
        }
        let mut fields = Fields::new(rest);
        let Some(field) = fields.next() else {
            rest = after;
            continue;
        };
        rest = fields.rest();
        reader.field(field.name, || field.text());
    }
    reader.finish()
}

/// Whether a line is the first field of a block, so that a status is known where no part says that it is one.
pub(super) fn begins(line: &str) -> bool {
    let Some((name, value)) = line.split_once(':') else { return false };
    let is = |field: &str| name.trim_end().eq_ignore_ascii_case(field);
    (is("Reporting-MTA") && value.contains(';'))
        || ((is("Final-Recipient") || is("Original-Recipient")) && (value.contains(';') || value.contains('@')))
}

struct Reader<'r> {
    report: &'r mut Report,
    current: Option<Recipient>,
    /// Whether an empty line stands before the next field.
    is_apart: bool,
    limits: &'r Limits,
    found: bool,
}

impl Reader<'_> {
    fn field(&mut self, name: &[u8], text: impl FnOnce() -> String) {
        let mut known = [0; 24];
        let Some(known) = known.get_mut(..name.len()) else { return };
        known.copy_from_slice(name);
        known.make_ascii_lowercase();
        let is_apart = std::mem::take(&mut self.is_apart);
        match &*known {
            b"final-recipient" => {
                let recipient = self.recipient(|known| known.final_recipient.is_some(), is_apart);
                recipient.final_recipient = Some(address::of_field(&text()));
            }
            b"original-recipient" => {
                let is_next = |known: &Recipient| {
                    known.original_recipient.is_some() || (is_apart && known.final_recipient.is_some())
                };
                let recipient = self.recipient(is_next, false);
                recipient.original_recipient = Some(address::of_field(&text()));
            }
            b"action" => {
                let recipient = self.recipient(|known| known.action.is_some(), false);
                recipient.action = Some(text().to_ascii_lowercase());
            }
            b"status" => self.recipient(|known| known.status_field.is_some(), false).status_field = Some(text()),
            b"diagnostic-code" => {
                let recipient = self.recipient(|known| known.diagnostic.is_some(), false);
                recipient.diagnostic = Some(text()).filter(|text| !text.is_empty());
            }
            b"remote-mta" => {
                self.recipient(|_| false, false).remote_mta = host(&text());
            }
            b"last-attempt-date" => self.recipient(|_| false, false).last_attempt = Some(text()),
            b"will-retry-until" => self.recipient(|_| false, false).retry_until = Some(text()),
            b"final-log-id" => self.recipient(|_| false, false).log_id = Some(text()),
            // What some write beside or instead of the two names of the standard.
            b"x-actual-recipient" => {
                let value = address::of_field(&text());
                let recipient = self.recipient(|_| false, false);
                if address::is_one(&value) && !recipient.final_recipient.as_deref().is_some_and(address::is_one) {
                    recipient.final_recipient = Some(value);
                }
            }
            b"reporting-mta" => self.report.reporting_mta = host(&text()),
            b"received-from-mta" => self.report.received_from_mta = host(&text()),
            b"dsn-gateway" => self.report.gateway = host(&text()),
            b"original-envelope-id" => self.report.envelope_id = Some(text()),
            b"arrival-date" => self.report.arrival_date = Some(text()),
            _ => {
                self.is_apart = is_apart;
                return;
            }
        }
        self.found = true;
    }

    /// The recipient that the next field is about: another one where the field has been met, or where a block has ended.
    fn recipient(&mut self, is_next: impl Fn(&Recipient) -> bool, ends_block: bool) -> &mut Recipient {
        let ends = |known: &Recipient| is_next(known) || (ends_block && known.final_recipient.is_some());
        if self.current.as_ref().is_some_and(ends) {
            self.push();
        }
        self.current.get_or_insert_default()
    }

    fn push(&mut self) {
        let Some(mut recipient) = self.current.take() else { return };
        // A block without an action or status may belong to the message.
        if recipient.final_recipient.is_none() && recipient.original_recipient.is_none() && recipient.action.is_none() {
            return;
        }
        if self.report.recipients.len() >= self.limits.recipients {
            self.report.is_cut = true;
            return;
        }
        recipient.complete();
        self.report.recipients.push(recipient);
    }

    fn finish(mut self) -> bool {
        self.push();
        self.found
    }
}

/// The name of a host without the type of it: `mx.example` of `dns; mx.example`.
fn host(value: &str) -> Option<String> {
    let name = address::without_type(value);
    let name = name.split([' ', '(']).next().unwrap_or(name).trim_matches(['<', '>', '.']);
    (!name.is_empty()).then(|| name.to_owned())
}

/// What `Action` says, else what the class of the status does.
pub(super) fn kind(action: Option<&str>, status: Option<EnhancedCode>) -> Kind {
    let word = action.and_then(|action| action.split(|letter: char| !letter.is_ascii_alphabetic()).next());
    match (word, status.map(|status| status.class().digit())) {
        (Some("failed" | "failure" | "fail"), _) => Kind::Failed,
        (Some("delayed" | "delay"), _) => Kind::Delayed,
        (Some("relayed"), _) => Kind::Relayed,
        (Some("expanded"), _) => Kind::Expanded,
        (Some("delivered"), _) | (_, Some(2)) => Kind::Delivered,
        (_, Some(4)) => Kind::Delayed,
        _ => Kind::Failed,
    }
}
