//! Sendmail in syslog: `to=` lines tell how deliveries ended, `ruleset=` and `Milter:` lines what was refused.

use core::time::Duration;

use super::bytes::{codes_in_front, number, split_at, split_at_byte};
use super::memory::Memory;
use super::syslog::Syslog;
use super::{Format, Line, Outcome, Record, Relay};
use crate::{Class, EnhancedCode, Phase};

/// Whether a program of syslog is one of Sendmail's.
pub(super) fn is_program(program: &[u8]) -> bool {
    program.starts_with(b"sendmail") || program.starts_with(b"sm-mta") || program.starts_with(b"sm-msp")
}

pub(super) fn read<'a>(syslog: &Syslog<'a>, memory: &'a mut Memory) -> Line<'a> {
    let Some((id, rest)) = split_at(syslog.message, b": ") else { return Line::Other };
    if id.is_empty() || !id.iter().all(u8::is_ascii_alphanumeric) {
        return Line::Other;
    }
    let record = if let Some(rest) = rest.strip_prefix(b"to=") {
        match delivery(rest) {
            Ok(Some(record)) => record,
            Ok(None) => return Line::Other,
            Err(Damaged) => return Line::Unknown,
        }
    } else if let Some(rest) = rest.strip_prefix(b"from=") {
        if let Some((sender, _)) = split_at(rest, b", size=") {
            memory.tell(id, without_brackets(sender));
        }
        return Line::Other;
    } else {
        match refusal(rest) {
            Some(record) => record,
            None => return Line::Other,
        }
    };
    let queue_id = (id != b"NOQUEUE").then_some(id);
    let sender = record.sender.or_else(|| memory.of(queue_id?));
    Line::Record(Record { time: syslog.time(), queue_id, sender, ..record })
}

/// A line that was cut short.
struct Damaged;

/// `<ann@a.example>, delay=00:00:05, mailer=esmtp, relay=mx.a.example. [192.0.2.7], dsn=2.0.0, stat=Sent (ok)`
fn delivery(text: &[u8]) -> Result<Option<Record<'_>>, Damaged> {
    let (fields, stat) = split_at(text, b", stat=").ok_or(Damaged)?;
    let (fields, reply) = match split_at(fields, b", reply=") {
        Some((fields, reply)) => (fields, Some(reply)),
        None => (fields, None),
    };
    // Of several recipients, the first stands for all.
    let recipient = fields.split(|byte| *byte == b',').next().unwrap_or_default();
    let dsn = field(fields, b", dsn=").and_then(|code| EnhancedCode::from_bytes(code).ok());
    let outcome = match (stat, dsn.map(EnhancedCode::class)) {
        _ if stat.starts_with(b"Sent") => Outcome::Delivered,
        _ if stat.starts_with(b"queued") => return Ok(None),
        _ if stat.starts_with(b"Cannot send message for") => Outcome::Expired,
        (_, Some(Class::Success)) => return Ok(None),
        (_, Some(Class::Transient)) => Outcome::Deferred,
        (_, None) if stat.starts_with(b"Deferred") => Outcome::Deferred,
        (_, Some(Class::Permanent) | None) => Outcome::Failed,
    };
    let words = match stat.strip_prefix(b"Sent (") {
        Some(words) => words.strip_suffix(b")").unwrap_or(words),
        None => stat.strip_prefix(b"Deferred: ").unwrap_or(stat),
    };
    let text = reply.unwrap_or(words);
    let (reply, enhanced) = codes_in_front(text);
    Ok(Some(Record {
        recipient: Some(without_brackets(recipient)),
        relay: field(fields, b", relay=").and_then(relay),
        delay: field(fields, b", delay=").and_then(delay),
        reply,
        enhanced: dsn.or(enhanced),
        ..Record::new(Format::Sendmail, outcome, text)
    }))
}

/// `ruleset=check_rcpt, arg1=<ann@a.example>, relay=[192.0.2.9], reject=550 5.7.1 …`, `Milter: to=<…>, reject=451 4.7.1 …`
fn refusal(text: &[u8]) -> Option<Record<'_>> {
    let (fields, words) = split_at(text, b", reject=")?;
    let (phase, argument) = if let Some(rest) = fields.strip_prefix(b"ruleset=") {
        let phase = match rest.split(|byte| *byte == b',').next()? {
            b"check_relay" => Phase::Connection,
            b"check_mail" => Phase::Mail,
            b"check_rcpt" => Phase::Rcpt,
            _ => Phase::Data,
        };
        (phase, field(fields, b", arg1="))
    } else {
        let milter = fields.strip_prefix(b"Milter: ")?;
        match (milter.strip_prefix(b"to="), milter.strip_prefix(b"from=")) {
            (Some(address), _) => (Phase::Rcpt, Some(address)),
            (_, Some(address)) => (Phase::Mail, Some(address)),
            _ => (Phase::Data, None),
        }
    };
    let address = |wanted| argument.filter(|_| phase == wanted).map(without_brackets);
    let record = Record {
        sender: address(Phase::Mail),
        recipient: address(Phase::Rcpt),
        relay: field(fields, b", relay=").and_then(relay),
        phase: Some(phase),
        ..Record::new(Format::Sendmail, Outcome::Rejected, words)
    };
    Some(record.with_codes_of_text())
}

/// The value of a field, up to the next comma.
fn field<'a>(fields: &'a [u8], name: &[u8]) -> Option<&'a [u8]> {
    split_at(fields, name).map(|(_, value)| split_at(value, b", ").map_or(value, |(value, _)| value))
}

fn without_brackets(address: &[u8]) -> &[u8] {
    let address = address.strip_prefix(b"<").unwrap_or(address);
    address.strip_suffix(b">").unwrap_or(address)
}

/// `mx.a.example. [192.0.2.7]`, `[192.0.2.7]`, `local`
fn relay(text: &[u8]) -> Option<Relay<'_>> {
    let (name, address) = match split_at_byte(text, b'[') {
        Some((name, rest)) => (name.trim_ascii_end(), split_at_byte(rest, b']').map(|(address, _)| address)),
        None => (text, None),
    };
    let name = name.strip_suffix(b".").unwrap_or(name);
    let host = Some(name).filter(|name| !name.is_empty());
    (host.is_some() || address.is_some()).then_some(Relay { host, address, port: None })
}

/// `00:00:05`, `1+02:03:04`
fn delay(text: &[u8]) -> Option<Duration> {
    let (days, clock) = split_at_byte(text, b'+').unwrap_or((b"0", text));
    let mut parts = clock.split(|byte| *byte == b':').map(number);
    let (hours, minutes, seconds) = (parts.next()??, parts.next()??, parts.next()??);
    let whole =
        u64::from(number(days)?) * 86_400 + u64::from(hours) * 3_600 + u64::from(minutes) * 60 + u64::from(seconds);
    Some(Duration::from_secs(whole))
}
