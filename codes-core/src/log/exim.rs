//! Exim's main log: arrivals (`<=`), deliveries (`=>`, `->`), failures (`**`), deferrals (`==`) and rejections.

use core::time::Duration;

use memchr::memrchr;

use super::bytes::{between, number, seconds, split_at, split_at_byte};
use super::memory::Memory;
use super::{Format, Line, Outcome, Record, Relay, Time};
use crate::{Phase, ReplyCode};

/// Reads what follows the stamp.
pub(super) fn read<'a>(time: Option<Time>, text: &'a [u8], memory: &'a mut Memory) -> Line<'a> {
    let text = without_process(text);
    let (id, rest) = message_id(text).map_or((None, text), |(id, rest)| (Some(id), rest));
    let Some((flag, told)) = split_at_byte(rest, b' ') else { return Line::Other };
    let record = match (id, flag) {
        (Some(id), b"<=") => {
            let sender = told.split(|byte| *byte == b' ').next().unwrap_or_default();
            memory.tell(id, if sender == b"<>" { b"" } else { sender });
            return Line::Other;
        }
        (Some(_), b"=>" | b"->" | b">>") => delivery(told),
        (Some(_), b"**" | b"==") => {
            match failure(if flag == b"**" { Outcome::Failed } else { Outcome::Deferred }, told) {
                Some(record) => record,
                None => return Line::Unknown,
            }
        }
        _ => match rejection(rest) {
            Some(record) => record,
            None => return Line::Other,
        },
    };
    let sender = record.sender.or_else(|| memory.of(id?));
    Line::Record(Record { time, queue_id: id, sender, ..record })
}

/// Whether a text behind a stamp is one of this log: a message id, or words of a rejection.
pub(super) fn is_message(text: &[u8]) -> bool {
    let text = without_process(text);
    message_id(text).is_some()
        || [&b"H="[..], b"exim ", b"Start queue run", b"End queue run"].iter().any(|word| text.starts_with(word))
        || rejection(text).is_some()
}

/// What follows the number of the process, which is written at will.
fn without_process(text: &[u8]) -> &[u8] {
    between(text, b"[", b"] ").filter(|(process, _)| number(process).is_some()).map_or(text, |(_, rest)| rest)
}

/// A message id, `1rLxYz-0001Ab-Cd` or longer since Exim 4.97, and what follows.
fn message_id(text: &[u8]) -> Option<(&[u8], &[u8])> {
    let (id, rest) = split_at_byte(text.get(..24.min(text.len()))?, b' ').map(|(id, _)| (id, &text[id.len() + 1..]))?;
    let is_id = matches!(id.len(), 16 | 23)
        && id[6] == b'-'
        && id.iter().all(|byte| byte.is_ascii_alphanumeric() || *byte == b'-');
    is_id.then_some((id, rest))
}

/// `ann@a.example F=<…> R=… T=… H=mx.a.example [192.0.2.7]:25 X=… C="250 OK" QT=2s DT=1s`
fn delivery(told: &[u8]) -> Record<'_> {
    // The reply is in quotation marks and may hold whatever looks like another field.
    let (fields, text) = match split_at(told, b" C=\"") {
        Some((fields, reply)) => (fields, memrchr(b'"', reply).map_or(reply, |end| &reply[..end])),
        None => (told, &told[told.len()..]),
    };
    let mut record = with_fields(Record::new(Format::Exim, Outcome::Delivered, text), fields);
    record.delay = field(told, b" QT=").and_then(duration);
    record.with_codes_of_text()
}

/// `ann@a.example R=… T=… H=mx.a.example [192.0.2.7] defer (-44): SMTP error from remote mail server after RCPT TO:<…>: 450 …`
///
/// `None` for a line that was cut short before it says why.
fn failure(outcome: Outcome, told: &[u8]) -> Option<Record<'_>> {
    let (fields, words) = split_at(told, b": ")?;
    let outcome = match outcome {
        Outcome::Failed if words.ends_with(b"retry timeout exceeded") => Outcome::Expired,
        outcome => outcome,
    };
    let (text, phase) = peeled(words);
    let mut record = with_fields(Record::new(Format::Exim, outcome, text), fields);
    record.phase = phase;
    Some(record.with_codes_of_text())
}

/// The record with what the fields before the text tell.
fn with_fields<'a>(record: Record<'a>, fields: &'a [u8]) -> Record<'a> {
    let (address, rest) = split_at_byte(fields, b' ').unwrap_or((fields, b""));
    // Of a local part or a pipe, the address stands behind it.
    let original = between(rest, b"<", b">").map(|(original, _)| original);
    let recipient = original.filter(|_| !address.contains(&b'@')).unwrap_or(address);
    let sender = split_at(rest, b"F=<").and_then(|(_, sender)| split_at_byte(sender, b'>')).map(|(sender, _)| sender);
    Record { recipient: Some(recipient), sender, relay: relay(fields), ..record }
}

/// `H=mx.a.example [192.0.2.7]:25`, with the name that the client gave in parentheses where it is not the host's own.
fn relay(fields: &[u8]) -> Option<Relay<'_>> {
    let fields = fields.strip_prefix(b"H=").or_else(|| split_at(fields, b" H=").map(|(_, rest)| rest))?;
    let (names, rest) = split_at_byte(fields, b'[')?;
    let (address, rest) = split_at_byte(rest, b']')?;
    let name = names.split(|byte| *byte == b' ').next().filter(|name| !name.is_empty() && !name.starts_with(b"("));
    let port = rest.strip_prefix(b":").map(|rest| rest.split(|byte| !byte.is_ascii_digit()).next().unwrap_or_default());
    let port = port.and_then(number).and_then(|port| u16::try_from(port).ok());
    Some(Relay { host: name, address: Some(address), port })
}

/// Peels Exim's words off a reply, which name the command it answers.
fn peeled(words: &[u8]) -> (&[u8], Option<Phase>) {
    let Some((_, after)) = split_at(words, b" error from remote mail server after ") else { return (words, None) };
    let command = after.strip_prefix(b"pipelined ").unwrap_or(after);
    let phase = [
        (&b"RCPT"[..], Phase::Rcpt),
        (b"MAIL", Phase::Mail),
        (b"end of data", Phase::Data),
        (b"DATA", Phase::Data),
        (b"BDAT", Phase::Data),
        (b"sending data block", Phase::Data),
        (b"initial connection", Phase::Connection),
        (b"EHLO", Phase::Helo),
        (b"HELO", Phase::Helo),
        (b"LHLO", Phase::Helo),
        (b"STARTTLS", Phase::Auth),
        (b"AUTH", Phase::Auth),
    ]
    .into_iter()
    .find(|(word, _)| command.starts_with(word))
    .map(|(_, phase)| phase);
    let mut rest = after;
    while let Some((_, reply)) = split_at(rest, b": ") {
        if reply.get(..3).is_some_and(|code| ReplyCode::from_bytes(code).is_ok()) {
            return (reply, phase);
        }
        rest = reply;
    }
    (words, phase)
}

/// `H=(helo) [192.0.2.9] F=<…> rejected RCPT <ann@a.example>: relay not permitted`
fn rejection(text: &[u8]) -> Option<Record<'_>> {
    let (front, behind) = match text.strip_prefix(b"rejected ") {
        Some(behind) => (&text[..0], behind),
        None => split_at(text, b" rejected ")?,
    };
    let (stage, words) = split_at(behind, b": ").unwrap_or((behind, b""));
    let phase = [
        (&b"RCPT"[..], Phase::Rcpt),
        (b"MAIL", Phase::Mail),
        (b"sender", Phase::Mail),
        (b"after DATA", Phase::Data),
        (b"DATA", Phase::Data),
        (b"during MIME", Phase::Data),
        (b"by local_scan", Phase::Data),
        (b"connection", Phase::Connection),
        (b"EHLO", Phase::Helo),
        (b"HELO", Phase::Helo),
        (b"STARTTLS", Phase::Auth),
        (b"AUTH", Phase::Auth),
    ]
    .into_iter()
    .find(|(word, _)| stage.starts_with(word))
    .map(|(_, phase)| phase)?;
    let recipient = (phase == Phase::Rcpt).then(|| split_at_byte(stage, b'<')).flatten();
    let sender = split_at(front, b"F=<").and_then(|(_, sender)| split_at_byte(sender, b'>')).map(|(sender, _)| sender);
    let record = Record {
        sender,
        recipient: recipient.map(|(_, address)| address.strip_suffix(b">").unwrap_or(address)),
        relay: relay(front),
        phase: Some(phase),
        ..Record::new(Format::Exim, Outcome::Rejected, words)
    };
    Some(record.with_codes_of_text())
}

/// The value of a field, up to the next blank.
fn field<'a>(text: &'a [u8], name: &[u8]) -> Option<&'a [u8]> {
    split_at(text, name).map(|(_, value)| value.split(|byte| *byte == b' ').next().unwrap_or_default())
}

/// `1w2d3h4m5s`, `0.123s`
pub(super) fn duration(text: &[u8]) -> Option<Duration> {
    let mut whole = Duration::ZERO;
    let mut rest = text;
    while !rest.is_empty() {
        let end = rest.iter().position(|byte| !byte.is_ascii_digit() && *byte != b'.')?;
        let unit = match rest[end] {
            b'w' => 604_800,
            b'd' => 86_400,
            b'h' => 3_600,
            b'm' => 60,
            b's' => 1,
            _ => return None,
        };
        whole = whole.checked_add(seconds(&rest[..end])?.checked_mul(unit)?)?;
        rest = &rest[end + 1..];
    }
    Some(whole)
}
