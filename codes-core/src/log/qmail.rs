//! qmail's `qmail-send`, written by multilog or splogger: a delivery has a number, and its message another.

use alloc::vec::Vec;

use super::bytes::{number, split_at, split_at_byte};
use super::memory::Memory;
use super::{Format, Line, Outcome, Record, Relay, Time};
use crate::{Code, Phase, codes};

/// Whether a text behind a stamp is one of `qmail-send`.
pub(super) fn is_message(text: &[u8]) -> bool {
    const WORDS: [&[u8]; 9] = [
        b"delivery ",
        b"starting delivery ",
        b"info msg ",
        b"new msg ",
        b"end msg ",
        b"bounce msg ",
        b"status: ",
        b"double bounce",
        b"triple bounce",
    ];
    WORDS.iter().any(|word| text.starts_with(word))
}

/// What follows the stamp of a second kind that splogger's lines have: `1767600721.123456`.
pub(super) fn without_stamp(text: &[u8]) -> &[u8] {
    match split_at_byte(text, b' ') {
        Some((stamp, rest)) if stamp.iter().all(|byte| byte.is_ascii_digit() || *byte == b'.') => rest,
        _ => text,
    }
}

/// Reads what follows the stamp; the text of the record is put together in `buffer`.
pub(super) fn read<'a>(
    time: Option<Time>,
    text: &'a [u8],
    memory: &'a mut Memory,
    buffer: &'a mut Vec<u8>,
) -> Line<'a> {
    if let Some(info) = text.strip_prefix(b"info msg ") {
        // `123: bytes 456 from <ann@a.example> qp 789 uid 1000`
        if let (Some((message, _)), Some((_, sender))) = (split_at_byte(info, b':'), split_at(info, b" from <")) {
            let sender = split_at(sender, b"> ").map_or(sender, |(sender, _)| sender);
            memory.tell(key(b'm', message, buffer), sender);
        }
        return Line::Other;
    }
    if let Some(starting) = text.strip_prefix(b"starting delivery ") {
        // `5: msg 123 to remote ann@a.example`
        if let Some((delivery, rest)) = split_at(starting, b": msg ") {
            memory.tell(key(b'd', delivery, buffer), rest);
        }
        return Line::Other;
    }
    let Some((delivery, rest)) = text.strip_prefix(b"delivery ").and_then(|rest| split_at(rest, b": ")) else {
        return Line::Other;
    };
    let Some((outcome, report)) = split_at(rest, b": ") else { return Line::Unknown };
    let outcome = match outcome {
        b"success" => Outcome::Delivered,
        b"deferral" => Outcome::Deferred,
        b"failure" => Outcome::Failed,
        _ => return Line::Unknown,
    };
    let started = memory.of(key(b'd', delivery, buffer));
    let (message, recipient) = match started.and_then(|started| split_at_byte(started, b' ')) {
        Some((message, rest)) => (Some(message), split_at(rest, b"to ").and_then(|(_, to)| split_at_byte(to, b' '))),
        None => (None, None),
    };
    let sender = message.and_then(|message| memory.of(key(b'm', message, buffer)));
    let outcome = match outcome {
        Outcome::Failed if split_at(report, b"has_been_in_the_queue_too_long").is_some() => Outcome::Expired,
        outcome => outcome,
    };
    let relay = relay(report);
    let phase = phase(report);
    plain(report, buffer);
    let record = Record {
        time,
        queue_id: message,
        sender,
        recipient: recipient.map(|(_, address)| address),
        relay,
        phase,
        ..Record::new(Format::Qmail, outcome, buffer)
    }
    .with_codes_of_text();
    // qmail's own words have their code in parentheses behind them.
    let code =
        || codes(record.text).find_map(|found| if let Code::Enhanced(code) = found.code { Some(code) } else { None });
    Line::Record(Record { enhanced: record.enhanced.or_else(code), ..record })
}

/// Messages and deliveries are numbered apart from each other.
fn key<'b>(kind: u8, number: &[u8], buffer: &'b mut Vec<u8>) -> &'b [u8] {
    buffer.clear();
    buffer.push(kind);
    buffer.extend_from_slice(number);
    buffer
}

/// Puts the report into the buffer, without qmail's words around a reply and as it was before it became one word: qmail writes `_` for
/// a blank and `/` for the end of a line.
fn plain(report: &[u8], buffer: &mut Vec<u8>) {
    let reply = split_at(report, b"Remote_host_said:_").map_or(report, |(_, reply)| reply);
    let reply = split_at(reply, b"/Giving_up_on_").map_or(reply, |(reply, _)| reply);
    let reply = reply.strip_suffix(b"/").unwrap_or(reply);
    buffer.clear();
    buffer.extend(reply.iter().enumerate().map(|(place, byte)| match byte {
        b'_' => b' ',
        // A further line of the reply, and no part of an address of the web.
        b'/' if reply[place + 1..].get(..3).is_some_and(|code| number(code).is_some()) => b' ',
        byte => *byte,
    }));
}

/// The host that is named by its address.
fn relay(report: &[u8]) -> Option<Relay<'_>> {
    let named = [&b"Giving_up_on_"[..], b"Connected_to_"].into_iter().find_map(|words| split_at(report, words));
    let start = named.map_or(report, |(_, rest)| rest);
    let end =
        start.iter().position(|byte| !byte.is_ascii_hexdigit() && !matches!(byte, b'.' | b':')).unwrap_or(start.len());
    let address = start[..end].trim_ascii_end();
    let address = address.strip_suffix(b".").unwrap_or(address);
    let is_address = core::str::from_utf8(address).is_ok_and(|address| address.parse::<core::net::IpAddr>().is_ok());
    is_address.then_some(Relay { host: None, address: Some(address), port: None })
}

/// The phase by the words of `qmail-remote`.
fn phase(report: &[u8]) -> Option<Phase> {
    const WORDS: [(&[u8], Phase); 6] = [
        (b"_does_not_like_recipient", Phase::Rcpt),
        (b"_but_sender_was_rejected", Phase::Mail),
        (b"_failed_on_DATA_command", Phase::Data),
        (b"_failed_after_I_sent_the_message", Phase::Data),
        (b"_but_greeting_failed", Phase::Connection),
        (b"_but_my_name_was_rejected", Phase::Helo),
    ];
    WORDS.iter().find(|(words, _)| split_at(report, words).is_some()).map(|(_, phase)| *phase)
}
