//! `OpenSMTPD` in syslog: `mta` and `mda` lines tell how deliveries ended, failed commands what was refused.

use super::bytes::{split_at, split_at_byte};
use super::exim::duration;
use super::syslog::Syslog;
use super::{Format, Line, Outcome, Record, Relay};
use crate::Phase;

pub(super) fn read<'a>(syslog: &Syslog<'a>) -> Line<'a> {
    let Some((session, event)) = split_at_byte(syslog.message, b' ') else { return Line::Other };
    if !session.iter().all(u8::is_ascii_hexdigit) {
        return Line::Other;
    }
    // Until version 6.4 the event was a field.
    let Some((process, rest)) = split_at_byte(event, b' ') else { return Line::Other };
    let event = rest.strip_prefix(b"event=").unwrap_or(rest);
    let Some((event, fields)) = split_at_byte(event, b' ') else { return Line::Other };
    let record = match (process, event) {
        (b"mta" | b"mda", b"delivery") => match delivery(fields) {
            Some(record) => record,
            None => return Line::Unknown,
        },
        (b"smtp", b"failed-command") => match refusal(fields) {
            Some(record) => record,
            None => return Line::Other,
        },
        _ => return Line::Other,
    };
    Line::Record(Record { time: syslog.time(), queue_id: record.queue_id.or(Some(session)), ..record })
}

/// `evpid=… from=<…> to=<…> rcpt=<-> source="…" relay="192.0.2.7 (mx.a.example)" delay=1s result="Ok" stat="250 …"`
fn delivery(fields: &[u8]) -> Option<Record<'_>> {
    let text = split_at(fields, b" stat=").map(|(_, stat)| unquoted(stat))?;
    let outcome = match field(fields, b" result=")? {
        b"Ok" => Outcome::Delivered,
        b"TempFail" => Outcome::Deferred,
        b"Expired" => Outcome::Expired,
        _ => Outcome::Failed,
    };
    let address = |name| field(fields, name).map(without_brackets);
    let record = Record {
        queue_id: fields.strip_prefix(b"evpid=").map(|id| id.split(|byte| *byte == b' ').next().unwrap_or_default()),
        sender: address(b" from="),
        recipient: address(b" to="),
        relay: field(fields, b" relay=").and_then(relay),
        delay: field(fields, b" delay=").and_then(duration),
        ..Record::new(Format::OpenSmtpd, outcome, text)
    };
    Some(record.with_codes_of_text())
}

/// `command="RCPT TO:<ann@a.example>" result="550 Invalid recipient"`
fn refusal(fields: &[u8]) -> Option<Record<'_>> {
    let text = split_at(fields, b" result=").map(|(_, result)| unquoted(result))?;
    let command = fields.strip_prefix(b"command=").map(unquoted)?;
    let upper = |word: &[u8]| command.get(..word.len()).is_some_and(|front| front.eq_ignore_ascii_case(word));
    let phase = [
        (&b"RCPT"[..], Phase::Rcpt),
        (b"MAIL", Phase::Mail),
        (b"DATA", Phase::Data),
        (b"EHLO", Phase::Helo),
        (b"HELO", Phase::Helo),
        (b"STARTTLS", Phase::Auth),
        (b"AUTH", Phase::Auth),
    ]
    .into_iter()
    .find(|(word, _)| upper(word))
    .map(|(_, phase)| phase);
    let address =
        split_at_byte(command, b'<').and_then(|(_, rest)| split_at_byte(rest, b'>')).map(|(address, _)| address);
    let record = Record {
        sender: address.filter(|_| phase == Some(Phase::Mail)),
        recipient: address.filter(|_| phase == Some(Phase::Rcpt)),
        phase,
        ..Record::new(Format::OpenSmtpd, Outcome::Rejected, text)
    };
    Some(record.with_codes_of_text())
}

/// The value of a field, in quotation marks or up to the next blank.
fn field<'a>(fields: &'a [u8], name: &[u8]) -> Option<&'a [u8]> {
    split_at(fields, name).map(|(_, value)| unquoted(value))
}

fn unquoted(value: &[u8]) -> &[u8] {
    match value.strip_prefix(b"\"") {
        Some(quoted) => split_at_byte(quoted, b'"').map_or(quoted, |(value, _)| value),
        None => split_at_byte(value, b' ').map_or(value, |(value, _)| value),
    }
}

fn without_brackets(address: &[u8]) -> &[u8] {
    let address = address.strip_prefix(b"<").unwrap_or(address);
    address.strip_suffix(b">").unwrap_or(address)
}

/// `192.0.2.7 (mx.a.example)`
fn relay(text: &[u8]) -> Option<Relay<'_>> {
    let (address, rest) = split_at_byte(text, b' ').unwrap_or((text, b""));
    let host = rest.strip_prefix(b"(").and_then(|host| host.strip_suffix(b")"));
    // Where no host could be reached, only the domain is named.
    let is_name = address.iter().any(u8::is_ascii_alphabetic) && !address.contains(&b':');
    let (host, address) =
        if is_name { (Some(address), None) } else { (host, Some(address).filter(|it| !it.is_empty())) };
    (host.is_some() || address.is_some()).then_some(Relay { host, address, port: None })
}
