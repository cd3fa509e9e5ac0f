//! Amazon SES' notifications: JSON in the text of a mail, as its notification service sends it.

use std::borrow::ToOwned;
use std::string::String;
use std::vec::Vec;

use serde_json::Value;

use super::kind::Kind;
use super::limits::Limits;
use super::original::Original;
use super::recipient::Recipient;
use super::{Report, kind};

/// Reads a notification into the report; `false` where the text is none.
pub(super) fn read(text: &str, limits: &Limits, report: &mut Report) -> bool {
    let Some(notification) = notification(text) else { return false };
    let word = |key: &str| notification.get(key).and_then(Value::as_str);
    match word("notificationType").or_else(|| word("eventType")) {
        Some("Bounce") => bounce(&notification["bounce"], limits, report),
        Some("DeliveryDelay") => delay(&notification["deliveryDelay"], limits, report),
        Some("Delivery") => delivery(&notification["delivery"], limits, report),
        Some("Complaint") => report.kind = Kind::Complaint,
        _ => return false,
    }
    if !report.recipients.is_empty() {
        report.kind = kind::of_recipients(&report.recipients);
    }
    report.original = original(&notification["mail"]);
    true
}

/// The object that begins the text, out of the envelope in which it may be sent; a footer may follow it.
fn notification(text: &str) -> Option<Value> {
    let text = text.trim_start();
    if !text.starts_with('{') {
        return None;
    }
    let value = first_value(text)?;
    match value.get("Message").and_then(Value::as_str) {
        Some(inner) => first_value(inner),
        None => Some(value),
    }
}

fn first_value(text: &str) -> Option<Value> {
    serde_json::Deserializer::from_str(text).into_iter::<Value>().next()?.ok()
}

fn bounce(bounce: &Value, limits: &Limits, report: &mut Report) {
    report.reporting_mta = text(&bounce["reportingMTA"]).map(|name| super::address::without_type(&name).to_owned());
    let is_passing = bounce["bounceType"].as_str() == Some("Transient");
    for bounced in list(&bounce["bouncedRecipients"]) {
        // The service's own classes are all that is told where no server has answered.
        let action = bounced["action"].as_str().unwrap_or("failed");
        let status = text(&bounced["status"]);
        push(bounced, action, status.filter(|_| !is_passing || bounced["diagnosticCode"].is_string()), limits, report);
    }
}

fn delay(delay: &Value, limits: &Limits, report: &mut Report) {
    for delayed in list(&delay["delayedRecipients"]) {
        push(delayed, "delayed", text(&delayed["status"]), limits, report);
    }
}

fn delivery(delivery: &Value, limits: &Limits, report: &mut Report) {
    let response = text(&delivery["smtpResponse"]);
    for recipient in list(&delivery["recipients"]) {
        if report.recipients.len() >= limits.recipients {
            report.is_cut = true;
            return;
        }
        report.recipients.push(Recipient {
            recipient: text(recipient),
            final_recipient: text(recipient),
            kind: Kind::Delivered,
            remote_mta: text(&delivery["remoteMtaIp"]),
            diagnostic: response.clone(),
            ..Recipient::default()
        });
    }
}

fn push(told: &Value, action: &str, status: Option<String>, limits: &Limits, report: &mut Report) {
    if report.recipients.len() >= limits.recipients {
        report.is_cut = true;
        return;
    }
    let mut recipient = Recipient {
        final_recipient: text(&told["emailAddress"]).map(|address| super::address::of_field(&address)),
        diagnostic: text(&told["diagnosticCode"]),
        action: Some(action.to_ascii_lowercase()),
        status_field: status,
        ..Recipient::default()
    };
    recipient.complete();
    report.recipients.push(recipient);
}

fn original(mail: &Value) -> Option<Original> {
    let common = &mail["commonHeaders"];
    let first = |value: &Value| value.as_array().and_then(|values| values.first()).and_then(text);
    let original = Original {
        message_id: text(&common["messageId"]).or_else(|| text(&mail["messageId"])),
        subject: text(&common["subject"]),
        from: first(&common["from"]).or_else(|| text(&mail["source"])),
        to: first(&common["to"]).or_else(|| first(&mail["destination"])),
        date: text(&common["date"]).or_else(|| text(&mail["timestamp"])),
    };
    (original != Original::default()).then_some(original)
}

fn list(value: &Value) -> &[Value] {
    value.as_array().map_or(&[], Vec::as_slice)
}

fn text(value: &Value) -> Option<String> {
    value.as_str().map(ToOwned::to_owned)
}
