use std::fmt::Write;

use smtp_codes::report::{Kind, Recipient, Report};
use smtp_codes::{Reason, Verdict};

use crate::excerpt;
use crate::json;
use crate::page::Page;
use crate::rules::Rules;
use crate::shown::{cut, shown, width};
use crate::style;

/// A message in a stream: its name and kind, and a line for each recipient.
pub(crate) fn message_rows(name: &str, report: &Report, rules: &Rules, columns: usize) -> String {
    let bold = style::BOLD;
    let mut rows = format!("{name}  {bold}{}{bold:#}\n", report.kind);
    for recipient in &report.recipients {
        row(recipient, rules, columns, &mut rows);
    }
    rows
}

/// The columns of the recipients, the narrower of which hold the longest words.
const ADDRESS: usize = 36;
const KIND: usize = 9;
const REASON: usize = 21;
const ACTION: usize = 18;
const CODES: usize = 11;

fn row(recipient: &Recipient, rules: &Rules, columns: usize, rows: &mut String) {
    let rejection = recipient.rejection();
    let verdict = rules.verdict_on(&rejection);
    let text = recipient.diagnostic.as_deref().unwrap_or_default();
    let color = style::of_class(verdict.class);
    let reason = reason(&verdict);
    let _ = write!(rows, "  {}  {}  ", cell(&address(recipient), ADDRESS), cell(recipient.kind.as_str(), KIND));
    let _ = write!(rows, "{color}{}{color:#}  {}  ", cell(reason, REASON), cell(verdict.action.as_str(), ACTION));
    let used = 2 + ADDRESS + KIND + REASON + ACTION + CODES + 5 * 2;
    let _ = write!(rows, "{}  ", cell(&codes(recipient), CODES));
    if let Some(left) = columns.checked_sub(used).filter(|left| *left >= 20) {
        let place = verdict.matched.as_ref().map_or(0, |matched| matched.start);
        rows.push_str(&excerpt::around(text.as_bytes(), place, left));
    }
    rows.truncate(rows.trim_end().len());
    rows.push('\n');
}

/// What happened to a recipient of a message that is explained; the verdict follows.
pub(crate) fn recipient(recipient: &Recipient, page: &mut Page) {
    page.title(&address(recipient), style::BOLD, what_happened(recipient.kind), "");
    page.row("Host", &shown(recipient.remote_mta.as_deref().unwrap_or_default().as_bytes()));
    page.row("Codes", &codes(recipient));
}

/// What a message is, where it reports on no recipient, or before its recipients.
pub(crate) fn message(report: &Report, page: &mut Page) {
    page.title(report.kind.as_str(), style::BOLD, meaning(report.kind), "");
    page.row("Reported by", &shown(report.reporting_mta.as_deref().unwrap_or_default().as_bytes()));
    if let Some(original) = &report.original {
        let rows = [
            ("From", &original.from),
            ("To", &original.to),
            ("Subject", &original.subject),
            ("Date", &original.date),
            ("Message-ID", &original.message_id),
        ];
        page.heading("The message", "");
        for (label, text) in rows {
            page.row(label, &shown(text.as_deref().unwrap_or_default().as_bytes()));
        }
    }
}

fn address(recipient: &Recipient) -> String {
    shown(recipient.recipient.as_deref().unwrap_or("(no recipient named)").as_bytes())
}

fn codes(recipient: &Recipient) -> String {
    let reply = recipient.reply.map_or(String::new(), |code| code.to_string());
    let status = recipient.status.map_or(String::new(), |code| code.to_string());
    [reply, status].join(" ").trim().to_owned()
}

fn reason(verdict: &Verdict<'_>) -> &'static str {
    match (verdict.reason.map(Reason::as_str), verdict.class) {
        (Some(reason), _) => reason,
        (None, Some(class)) => json::class(class),
        (None, None) => "-",
    }
}

fn cell(text: &str, columns: usize) -> String {
    let text = if text.is_empty() { "-" } else { text };
    let text = cut(text, columns);
    format!("{text}{:1$}", "", columns - width(&text))
}

fn what_happened(kind: Kind) -> &'static str {
    match kind {
        Kind::Failed => "was not delivered",
        Kind::Delayed => "has not been delivered yet; more attempts follow",
        Kind::Delivered => "was delivered",
        Kind::Relayed => "was handed on to a host that does not report",
        Kind::Expanded => "was delivered to a list, which sends it on",
        _ => "",
    }
}

fn meaning(kind: Kind) -> &'static str {
    match kind {
        Kind::Failed => "A report that a message was not delivered",
        Kind::Delayed => "A report that a message has not been delivered yet",
        Kind::Delivered => "A report that a message was delivered",
        Kind::Relayed => "A report that a message was handed on",
        Kind::Expanded => "A report that a message was delivered to a list",
        Kind::AutoReply => "An answer that a program has sent; it says nothing about the delivery",
        Kind::Complaint => "A report that somebody has called a message unwanted; it says nothing about the delivery",
        _ => "No report on a delivery",
    }
}
