//! Exchange's tables: message tracking, and the protocol logs of send and receive connectors. A line that begins with `#Fields:` says
//! what the columns are.

use alloc::vec::Vec;

use memchr::memchr;

use super::bytes::{codes_in_front, number, split_at, split_at_byte};
use super::memory::Memory;
use super::stamp;
use super::{Format, Line, Outcome, Record, Relay};
use crate::{Phase, ReplyCode, Severity};

/// What is known of a log of Exchange.
#[derive(Clone, Debug)]
pub(super) struct Exchange {
    columns: Option<(Format, Columns)>,
    /// The fields of one row without quotation marks, and where each ends.
    row: Vec<u8>,
    ends: Vec<usize>,
    /// Of a session, the commands that have no reply yet.
    sessions: Memory,
}

/// In which column something stands; one that is missing is behind the last.
type Columns = [usize; 8];

/// How many sessions are kept in mind.
const SESSIONS: usize = 1 << 10;

const TRACKING: [&str; 8] = [
    "date-time",
    "event-id",
    "recipient-address",
    "recipient-status",
    "sender-address",
    "internal-message-id",
    "server-hostname",
    "source-context",
];

const PROTOCOL: [&str; 8] = ["date-time", "session-id", "remote-endpoint", "event", "data", "context", "", ""];

/// The columns since Exchange 2013, for a log of which the start is missing.
const TRACKING_FIELDS: &[u8] = b"#Fields: date-time,client-ip,client-hostname,server-ip,server-hostname,source-context,connector-id,\
    source,event-id,internal-message-id,message-id,network-message-id,recipient-address,recipient-status,total-bytes,recipient-count,\
    related-recipient-address,reference,message-subject,sender-address,return-path,message-info";

const PROTOCOL_FIELDS: &[u8] =
    b"#Fields: date-time,connector-id,session-id,sequence-number,local-endpoint,remote-endpoint,event,data,context";

impl Exchange {
    pub(super) const fn new() -> Self {
        Self { columns: None, row: Vec::new(), ends: Vec::new(), sessions: Memory::new(SESSIONS) }
    }

    pub(super) fn with_format(format: Option<Format>) -> Self {
        let mut new = Self::new();
        match format {
            Some(Format::ExchangeTracking) => new.head(TRACKING_FIELDS),
            Some(Format::ExchangeProtocol) => new.head(PROTOCOL_FIELDS),
            _ => false,
        };
        new
    }

    pub(super) fn format(&self) -> Option<Format> {
        self.columns.map(|(format, _)| format)
    }

    /// Whether it is a line of the head of such a log; what the columns are is kept.
    pub(super) fn head(&mut self, line: &[u8]) -> bool {
        let Some(fields) = line.strip_prefix(b"#Fields:") else {
            const OTHERS: [&[u8]; 4] = [b"#Software: Microsoft Exchange", b"#Version:", b"#Log-type:", b"#Date:"];
            return OTHERS.iter().any(|front| line.starts_with(front));
        };
        let fields = || fields.trim_ascii().split(|byte| *byte == b',').map(<[u8]>::trim_ascii);
        let places = |names: [&str; 8]| {
            names.map(|name| {
                fields().position(|field| field.eq_ignore_ascii_case(name.as_bytes())).unwrap_or(usize::MAX)
            })
        };
        let (tracking, protocol) = (places(TRACKING), places(PROTOCOL));
        let has = |columns: &Columns, first: usize| columns[..first].iter().all(|place| *place != usize::MAX);
        self.columns = if has(&tracking, 3) {
            Some((Format::ExchangeTracking, tracking))
        } else if has(&protocol, 5) {
            Some((Format::ExchangeProtocol, protocol))
        } else {
            None
        };
        self.columns.is_some()
    }

    pub(super) fn read<'a>(&'a mut self, line: &[u8]) -> Line<'a> {
        let Some((format, columns)) = self.columns else { return Line::Unknown };
        split(line, &mut self.row, &mut self.ends);
        // A row that was cut short lacks what tells something.
        let needed = if format == Format::ExchangeTracking { &columns[..3] } else { &columns[..5] };
        if needed.iter().any(|place| *place >= self.ends.len()) {
            return Line::Unknown;
        }
        let fields = Fields { row: &self.row, ends: &self.ends, columns };
        let record = match format {
            Format::ExchangeTracking => tracked(&fields),
            _ => said(&fields, &mut self.sessions),
        };
        record.map_or(Line::Other, |record| {
            Line::Record(Record { time: stamp::iso(fields.get(0)).map(|(time, _)| time), ..record })
        })
    }
}

/// One row.
struct Fields<'a> {
    row: &'a [u8],
    ends: &'a [usize],
    columns: Columns,
}

impl<'a> Fields<'a> {
    /// The field of which the name is in this place of the names; empty where it is missing.
    fn get(&self, name: usize) -> &'a [u8] {
        let place = self.columns[name];
        let Some(end) = self.ends.get(place) else { return b"" };
        let start = place.checked_sub(1).map_or(0, |before| self.ends[before]);
        &self.row[start..*end]
    }
}

/// Splits a row at its commas, and takes quotation marks off.
fn split(line: &[u8], row: &mut Vec<u8>, ends: &mut Vec<usize>) {
    row.clear();
    ends.clear();
    let mut rest = line;
    loop {
        if let Some(mut quoted) = rest.strip_prefix(b"\"") {
            loop {
                let end = memchr(b'"', quoted).unwrap_or(quoted.len());
                row.extend_from_slice(&quoted[..end]);
                quoted = quoted.get(end + 1..).unwrap_or_default();
                // A mark in a field is written twice.
                let Some(more) = quoted.strip_prefix(b"\"") else { break };
                row.push(b'"');
                quoted = more;
            }
            rest = quoted;
        }
        let end = memchr(b',', rest);
        row.extend_from_slice(&rest[..end.unwrap_or(rest.len())]);
        ends.push(row.len());
        let Some(end) = end else { return };
        rest = &rest[end + 1..];
    }
}

/// A row of message tracking.
fn tracked<'a>(fields: &Fields<'a>) -> Option<Record<'a>> {
    let outcome = match fields.get(1) {
        b"SEND" | b"DELIVER" => Outcome::Delivered,
        b"DEFER" => Outcome::Deferred,
        b"FAIL" => Outcome::Failed,
        _ => return None,
    };
    let status = fields.get(3);
    // `[{LED=550 5.1.1 …};{MSG=…};{FQDN=…};{IP=…};{LRT=…}]`: the last error that was met.
    let status =
        split_at(status, b"{LED=").map_or(status, |(_, led)| split_at_byte(led, b'}').map_or(led, |(led, _)| led));
    let text = if status.is_empty() { fields.get(7) } else { status };
    // Of several recipients, the first stands for all.
    let recipient = fields.get(2).split(|byte| *byte == b';').next().filter(|address| !address.is_empty());
    let sender = fields.get(4);
    let host = Some(fields.get(6)).filter(|host| !host.is_empty() && fields.get(1) == b"SEND");
    let record = Record {
        queue_id: Some(fields.get(5)).filter(|id| !id.is_empty()),
        sender: Some(if sender == b"<>" { b"" } else { sender }),
        recipient,
        relay: host.map(|host| Relay { host: Some(host), ..Relay::default() }),
        ..Record::new(Format::ExchangeTracking, outcome, text)
    };
    Some(record.with_codes_of_text())
}

/// A row of a protocol log: `>` was sent by the server that writes it, `<` received.
fn said<'a>(fields: &Fields<'a>, sessions: &mut Memory) -> Option<Record<'a>> {
    let (session, event, data) = (fields.get(1), fields.get(3), fields.get(4));
    let is_ours = match event {
        b">" => true,
        b"<" => false,
        _ => return None,
    };
    let (reply, enhanced) = codes_in_front(data);
    let mut pending = Vec::from(sessions.of(session).unwrap_or_default());
    let Some(reply) = reply else {
        if let Some((command, address)) = command(data) {
            pending.push(command);
            pending.extend_from_slice(address);
            pending.push(b'\n');
            sessions.tell(session, &pending);
        }
        return None;
    };
    // Only the last line of a reply ends it.
    if data.get(3) == Some(&b'-') {
        return None;
    }
    let (answered, rest) = split_at_byte(&pending, b'\n').unwrap_or((b"", b""));
    let command = answered.first().copied();
    let address = answered.get(1..).unwrap_or_default();
    let recipient = (command == Some(b'R')).then(|| place_of(address, data)).flatten();
    let phase = match command {
        // The start of the session may be missing, so that only a greeting is known for one.
        None => (reply == ReplyCode::SERVICE_READY).then_some(Phase::Connection),
        Some(b'M') => Some(Phase::Mail),
        Some(b'R') => Some(Phase::Rcpt),
        Some(b'D' | b'B' | b'.') => Some(Phase::Data),
        Some(b'H') => Some(Phase::Helo),
        Some(b'A') => Some(Phase::Auth),
        Some(_) => None,
    };
    let outcome = match reply.severity() {
        Severity::PositiveCompletion => (command == Some(b'.') && !is_ours).then_some(Outcome::Delivered),
        Severity::PositiveIntermediate => None,
        // What is tried otherwise then says nothing of a message.
        _ if matches!(command, Some(b'H' | b'A' | b'Q')) && !is_ours => None,
        _ if is_ours => Some(Outcome::Rejected),
        Severity::TransientNegativeCompletion => Some(Outcome::Deferred),
        Severity::PermanentNegativeCompletion => Some(Outcome::Failed),
    };
    // Behind the text comes the reply to all of it.
    let next = if reply == ReplyCode::START_MAIL_INPUT { [&b".\n"[..], rest].concat() } else { rest.to_vec() };
    sessions.tell(session, &next);
    let endpoint = fields.get(2);
    let colon = memchr::memrchr(b':', endpoint);
    let address = colon.map_or(endpoint, |colon| &endpoint[..colon]);
    let port = colon.and_then(|colon| number(&endpoint[colon + 1..])).and_then(|port| u16::try_from(port).ok());
    Some(Record {
        recipient,
        relay: (!address.is_empty()).then_some(Relay { host: None, address: Some(address), port }),
        queue_id: Some(session),
        reply: Some(reply),
        enhanced,
        phase,
        ..Record::new(Format::ExchangeProtocol, outcome?, data)
    })
}

/// The reply's own mention of the address: the row of the command is gone.
fn place_of<'a>(address: &[u8], reply: &'a [u8]) -> Option<&'a [u8]> {
    if address.is_empty() {
        return None;
    }
    split_at(reply, address).map(|(before, _)| &reply[before.len()..before.len() + address.len()])
}

/// A letter for a command, and the address in it.
fn command(data: &[u8]) -> Option<(u8, &[u8])> {
    let word = data.split(|byte| !byte.is_ascii_alphabetic()).next().unwrap_or_default();
    let is = |verb: &[u8]| word.eq_ignore_ascii_case(verb);
    let letter = match word {
        _ if is(b"MAIL") => b'M',
        _ if is(b"RCPT") => b'R',
        _ if is(b"DATA") => b'D',
        _ if is(b"BDAT") => {
            if data.trim_ascii_end().to_ascii_uppercase().ends_with(b" LAST") {
                b'.'
            } else {
                b'B'
            }
        }
        _ if is(b"EHLO") || is(b"HELO") || is(b"STARTTLS") => b'H',
        _ if is(b"AUTH") => b'A',
        _ if is(b"QUIT") => b'Q',
        _ if is(b"RSET") || is(b"NOOP") || is(b"VRFY") || is(b"HELP") => b'X',
        _ => return None,
    };
    let address = split_at_byte(data, b'<')
        .and_then(|(_, rest)| split_at_byte(rest, b'>'))
        .map_or(&b""[..], |(address, _)| address);
    Some((letter, address))
}
