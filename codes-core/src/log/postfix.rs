//! Postfix: how deliveries ended (`postfix/smtp`, `lmtp`, `local`, `virtual`, `pipe`, `error` and others), messages that were
//! given up by `qmgr`, and what `smtpd`, `postscreen` and `cleanup` refused.

use memchr::{memchr, memrchr};

use super::bytes::{between, codes_in_front, number, seconds, split_at, split_at_byte};
use super::memory::Memory;
use super::stamp;
use super::syslog::Syslog;
use super::{Format, Line, Outcome, Record, Relay};
use crate::{EnhancedCode, Phase};

/// Whether a program of syslog is one of Postfix, of any instance: `postfix/smtp`, `postfix-out/smtp`, `postfix/submission/smtpd`.
pub(super) fn is_program(program: &[u8]) -> bool {
    const DAEMONS: [&[u8]; 15] = [
        b"smtpd",
        b"smtp",
        b"cleanup",
        b"qmgr",
        b"bounce",
        b"local",
        b"lmtp",
        b"virtual",
        b"pipe",
        b"error",
        b"pickup",
        b"postscreen",
        b"anvil",
        b"scache",
        b"trivial-rewrite",
    ];
    if program.starts_with(b"postfix") {
        return true;
    }
    memrchr(b'/', program).is_some_and(|slash| slash > 0 && DAEMONS.contains(&&program[slash + 1..]))
}

pub(super) fn read<'a>(syslog: &Syslog<'a>, memory: &'a mut Memory) -> Line<'a> {
    let Some((id, rest)) = queue_id(syslog.message) else { return Line::Other };
    let record = if rest.starts_with(b"to=<") {
        match delivery(rest) {
            Found::Record(record) => record,
            Found::Other => return Line::Other,
            Found::Damaged => return Line::Unknown,
        }
    } else if let Some((sender, rest)) = between(rest, b"from=<", b">, ") {
        memory.tell(id, sender);
        match expiry(rest) {
            Some(record) => record,
            None => return Line::Other,
        }
    } else {
        match refusal(rest) {
            Some(record) => record,
            None => return Line::Other,
        }
    };
    let queue_id = (id != b"NOQUEUE").then_some(id);
    let told = queue_id.filter(|_| record.sender.is_none()).and_then(|id| memory.of(id));
    Line::Record(Record { time: syslog.time(), queue_id, sender: record.sender.or(told), ..record })
}

/// A line of Postfix as most are, taken apart by the shortest way; `None` says nothing of the line.
pub(super) fn usual(line: &[u8]) -> Option<Syslog<'_>> {
    let stamp_end = if stamp::is_syslog(line) {
        15
    } else if stamp::is_iso(line) && line[10] == b'T' {
        memchr(b' ', line)?
    } else {
        return None;
    };
    let (stamp, rest) = line.split_at(stamp_end);
    let rest = rest.strip_prefix(b" ")?;
    // Names of hosts are short.
    let host = rest.iter().position(|byte| *byte == b' ')?;
    let program = rest[host + 1..].strip_prefix(b"postfix/")?;
    let end = memchr(b' ', &program[..program.len().min(LONGEST_PROGRAM)])?;
    program[..end].ends_with(b"]:").then(|| Syslog::of(stamp, b"postfix", &program[end + 1..]))
}

/// No daemon's name with its process is longer.
const LONGEST_PROGRAM: usize = 40;

/// The queue id, short or long, with which a message begins, and what follows it.
fn queue_id(message: &[u8]) -> Option<(&[u8], &[u8])> {
    const LONGEST: usize = 32;
    let end = memchr(b':', &message[..message.len().min(LONGEST)])?;
    let rest = message[end + 1..].strip_prefix(b" ")?;
    // Most lines are about something else, which the next bytes tell sooner than the whole id: `to=<`, `from=<`, `reject: `,
    // `milter-reject: ` and `proxy-reject: ` are looked for.
    let may_tell = matches!(rest, [b't' | b'f', _, ..] | [b'r', b'e', b'j', ..] | [b'm', b'i', ..] | [b'p', b'r', ..]);
    let id = &message[..end];
    (may_tell && id.iter().all(u8::is_ascii_alphanumeric)).then_some((id, rest))
}

enum Found<'a> {
    Record(Record<'a>),
    Other,
    Damaged,
}

/// `to=<…>, orig_to=<…>, relay=…, delay=…, delays=…, dsn=…, status=… (…)`
fn delivery(text: &[u8]) -> Found<'_> {
    let Some((recipient, mut rest)) = between(text, b"to=<", b">, ") else { return Found::Damaged };
    let (mut relay, mut delay, mut dsn) = (None, None, None);
    let status = loop {
        if let Some(status) = rest.strip_prefix(b"status=") {
            break status;
        }
        if let Some((_, behind)) = between(rest, b"orig_to=<", b">, ") {
            rest = behind;
            continue;
        }
        let Some((field, behind)) = split_at(rest, b", ") else { return Found::Damaged };
        if let Some(name) = field.strip_prefix(b"relay=") {
            relay = relay_of(name);
        } else if let Some(time) = field.strip_prefix(b"delay=") {
            delay = seconds(time);
        } else if let Some(code) = field.strip_prefix(b"dsn=") {
            dsn = EnhancedCode::from_bytes(code).ok();
        }
        rest = behind;
    };
    let (status, words) = split_at_byte(status, b' ').unwrap_or((status, b""));
    let outcome = match status {
        b"sent" => Outcome::Delivered,
        b"deferred" => Outcome::Deferred,
        b"bounced" => Outcome::Failed,
        b"expired" => Outcome::Expired,
        // Whether an address is good was only asked.
        b"deliverable" | b"undeliverable" => return Found::Other,
        _ => return Found::Damaged,
    };
    let words = words.strip_prefix(b"(").map_or(words, |words| words.strip_suffix(b")").unwrap_or(words));
    let peeled = Peeled::of(words);
    let (reply, enhanced) = codes_in_front(peeled.text);
    Found::Record(Record {
        recipient: Some(recipient),
        relay: relay.or(peeled.relay),
        delay,
        reply,
        enhanced: dsn.or(enhanced),
        phase: peeled.phase,
        ..Record::new(Format::Postfix, outcome, peeled.text)
    })
}

/// `status=expired, returned to sender`
fn expiry(text: &[u8]) -> Option<Record<'_>> {
    let words = text.strip_prefix(b"status=")?;
    let given_up = words.starts_with(b"expired") || words.starts_with(b"force-expired");
    given_up.then(|| Record::new(Format::Postfix, Outcome::Expired, words))
}

/// A reply, and what Postfix wrote around it.
struct Peeled<'a> {
    text: &'a [u8],
    /// The host that is named before the reply, or in Postfix's own words.
    relay: Option<Relay<'a>>,
    phase: Option<Phase>,
}

impl<'a> Peeled<'a> {
    /// Peels `host mx.a.example[192.0.2.7] said: … (in reply to RCPT TO command)`.
    fn of(words: &'a [u8]) -> Self {
        let words = words.strip_prefix(b"delivery temporarily suspended: ").unwrap_or(words);
        let whole = Self { text: words, relay: None, phase: None };
        let Some(named) = words.strip_prefix(b"host ") else {
            let named = [&b"connect to "[..], b"lost connection with ", b"conversation with "]
                .iter()
                .find_map(|front| words.strip_prefix(*front));
            let host = named.map(|named| split_at_byte(named, b' ').map_or(named, |(host, _)| host));
            let relay = host.and_then(|host| relay_of(host.strip_suffix(b":").unwrap_or(host)));
            return Self { relay, ..whole };
        };
        let Some((host, rest)) = split_at_byte(named, b' ') else { return whole };
        let relay = relay_of(host);
        if let Some(text) = rest.strip_prefix(b"refused to talk to me: ") {
            return Self { text, relay, phase: Some(Phase::Connection) };
        }
        let Some(text) = rest.strip_prefix(b"said: ") else { return Self { relay, ..whole } };
        let (text, phase) = without_phase(text);
        Self { text, relay, phase }
    }
}

/// Takes `(in reply to RCPT TO command)` off the end of a reply.
fn without_phase(text: &[u8]) -> (&[u8], Option<Phase>) {
    let Some(open) = text.strip_suffix(b")").and_then(|text| memrchr(b'(', text)) else { return (text, None) };
    let Some(command) = text[open..].strip_prefix(b"(in reply to ") else { return (text, None) };
    (text[..open].trim_ascii_end(), phase_of(command))
}

/// The phase in which a command is given.
fn phase_of(command: &[u8]) -> Option<Phase> {
    const PHASES: [(&[u8], Phase); 14] = [
        (b"RCPT", Phase::Rcpt),
        (b"MAIL", Phase::Mail),
        (b"end of DATA", Phase::Data),
        (b"END-OF-MESSAGE", Phase::Data),
        (b"DATA", Phase::Data),
        (b"BDAT", Phase::Data),
        (b"sending end of data", Phase::Data),
        (b"CONNECT", Phase::Connection),
        (b"initial", Phase::Connection),
        (b"EHLO", Phase::Helo),
        (b"HELO", Phase::Helo),
        (b"LHLO", Phase::Helo),
        (b"STARTTLS", Phase::Auth),
        (b"AUTH", Phase::Auth),
    ];
    PHASES.iter().find(|(word, _)| command.starts_with(word)).map(|(_, phase)| *phase)
}

/// `mx.a.example[192.0.2.7]:25`; `None` for `none`.
fn relay_of(name: &[u8]) -> Option<Relay<'_>> {
    if name == b"none" || name.is_empty() {
        return None;
    }
    let Some((host, rest)) = split_at_byte(name, b'[') else {
        return Some(Relay { host: Some(name), ..Relay::default() });
    };
    let (address, rest) = split_at_byte(rest, b']').unwrap_or((rest, b""));
    let host = Some(host).filter(|host| !host.is_empty() && *host != b"unknown");
    let port = rest.strip_prefix(b":").and_then(number).and_then(|port| u16::try_from(port).ok());
    Some(Relay { host, address: Some(address), port })
}

/// What a server program refused: `reject: RCPT from unknown[192.0.2.9]: 554 5.7.1 …; from=<…> to=<…> proto=ESMTP helo=<…>`
fn refusal(text: &[u8]) -> Option<Record<'_>> {
    let text =
        [&b"reject: "[..], b"milter-reject: ", b"proxy-reject: "].iter().find_map(|front| text.strip_prefix(*front))?;
    let (stage, rest) = split_at_byte(text, b' ')?;
    let (client, words, envelope) = if let Some(rest) = rest.strip_prefix(b"from ") {
        let close = memchr(b']', rest)?;
        let end = split_at(&rest[close..], b": ").map_or(rest.len(), |(port, _)| close + port.len());
        let (words, envelope) = split_envelope(rest[end..].strip_prefix(b": ").unwrap_or_default());
        (&rest[..end], words, envelope)
    } else {
        // cleanup's checks show the line first, and its own words last.
        let (content, envelope) = split_envelope(rest);
        let client = split_last(content, b" from ").map_or(&b""[..], |(_, client)| client);
        let words = split_last(envelope, b">: ").map_or(content, |(_, words)| words);
        (client, words, envelope)
    };
    let record = Record {
        sender: between_anywhere(envelope, b"from=<"),
        recipient: between_anywhere(envelope, b"to=<"),
        relay: relay_of(client),
        phase: phase_of(stage).or_else(|| stage.first().filter(|byte| byte.is_ascii_lowercase()).map(|_| Phase::Data)),
        ..Record::new(Format::Postfix, Outcome::Rejected, words)
    };
    Some(record.with_codes_of_text())
}

/// Splits at the semicolon before what is known of the session.
fn split_envelope(text: &[u8]) -> (&[u8], &[u8]) {
    let mut from = 0;
    while let Some(at) = memchr(b';', &text[from..]) {
        let at = from + at;
        let behind = &text[at + 1..];
        if [&b" from=<"[..], b" to=<", b" proto="].iter().any(|field| behind.starts_with(field)) {
            return (&text[..at], behind);
        }
        from = at + 1;
    }
    (text, b"")
}

/// The address of a field such as ` from=<…>`.
fn between_anywhere<'a>(envelope: &'a [u8], field: &[u8]) -> Option<&'a [u8]> {
    let (before, value) = split_at(envelope, field)?;
    if !before.ends_with(b" ") {
        return None;
    }
    split_at_byte(value, b'>').map(|(address, _)| address)
}

fn split_last<'a>(text: &'a [u8], words: &[u8]) -> Option<(&'a [u8], &'a [u8])> {
    let at = text.windows(words.len()).rposition(|window| window == words)?;
    Some((&text[..at], &text[at + words.len()..]))
}
