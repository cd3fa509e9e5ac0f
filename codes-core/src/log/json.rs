//! Logs of one JSON object a line: `KumoMTA`'s log records, and Haraka's log with `format=json`.

use alloc::borrow::Cow;
use alloc::vec::Vec;
use core::ops::Range;
use core::time::Duration;

use memchr::memmem;
use serde::Deserialize;

use super::bytes::{number, seconds};
use super::stamp;
use super::{Format, Line, Outcome, Record, Relay, Time};
use crate::{Class, EnhancedCode, Phase, ReplyCode};

/// Which of the logs an object is of, by the names of its fields.
pub(super) fn format_of(line: &[u8]) -> Option<Format> {
    let has = |name: &str| memmem::find(line, name.as_bytes()).is_some();
    if has("\"level\"") && has("\"uuid\"") {
        Some(Format::Haraka)
    } else if has("\"type\"") && has("\"timestamp\"") && (has("\"queue\"") || has("\"nodeid\"") || has("\"response\""))
    {
        Some(Format::Kumo)
    } else {
        None
    }
}

/// Reads an object; what its strings say goes into `buffer`.
pub(super) fn read<'a>(format: Format, line: &[u8], buffer: &'a mut Vec<u8>) -> Line<'a> {
    // JSON is UTF-8; what is none in a log came from somebody else, and the rest still counts.
    let text = core::str::from_utf8(line).map_or_else(|_| alloc::string::String::from_utf8_lossy(line), Cow::Borrowed);
    buffer.clear();
    let draft = match format {
        Format::Kumo => serde_json::from_str::<Kumo<'_>>(&text).map(|object| object.draft(buffer)),
        _ => serde_json::from_str::<Haraka<'_>>(&text).map(|object| object.draft(buffer)),
    };
    match draft {
        Err(_) => Line::Unknown,
        Ok(None) => Line::Other,
        Ok(Some(draft)) => Line::Record(draft.record(format, buffer)),
    }
}

/// A record of which the texts are places in the buffer.
struct Draft {
    outcome: Outcome,
    time: Option<Time>,
    queue_id: Option<Range<usize>>,
    sender: Option<Range<usize>>,
    recipient: Option<Range<usize>>,
    host: Option<Range<usize>>,
    address: Option<Range<usize>>,
    port: Option<u16>,
    delay: Option<Duration>,
    codes: Option<(ReplyCode, Option<EnhancedCode>)>,
    phase: Option<Phase>,
    text: Range<usize>,
}

impl Draft {
    fn record(self, format: Format, buffer: &[u8]) -> Record<'_> {
        let of = |place: Option<Range<usize>>| place.map(|place| &buffer[place]);
        let (host, address) = (of(self.host), of(self.address));
        let record = Record {
            time: self.time,
            queue_id: of(self.queue_id),
            sender: of(self.sender),
            recipient: of(self.recipient),
            relay: (host.is_some() || address.is_some()).then_some(Relay { host, address, port: self.port }),
            delay: self.delay,
            phase: self.phase,
            ..Record::new(format, self.outcome, &buffer[self.text])
        };
        match self.codes {
            Some((reply, enhanced)) => Record { reply: Some(reply), enhanced, ..record },
            None => record.with_codes_of_text(),
        }
    }
}

/// Puts a text into the buffer and says where it is.
fn keep(buffer: &mut Vec<u8>, text: &str) -> Range<usize> {
    let start = buffer.len();
    buffer.extend_from_slice(text.as_bytes());
    start..buffer.len()
}

/// A string, unescaped only where it has to be.
#[derive(Deserialize)]
struct Text<'a>(#[serde(borrow)] Cow<'a, str>);

/// Something that is written as a string or as a number.
#[derive(Deserialize)]
#[serde(untagged)]
enum Figure<'a> {
    Number(f64),
    Text(#[serde(borrow)] Cow<'a, str>),
}

impl Figure<'_> {
    fn seconds(&self) -> Option<Duration> {
        match self {
            Self::Number(number) => Duration::try_from_secs_f64(*number).ok(),
            Self::Text(text) => seconds(text.as_bytes()),
        }
    }

    fn port(&self) -> Option<u16> {
        match self {
            Self::Number(number) => u16::try_from(Duration::try_from_secs_f64(*number).ok()?.as_secs()).ok(),
            Self::Text(text) => u16::try_from(number(text.as_bytes())?).ok(),
        }
    }

    /// A moment: seconds since 1970, or a stamp.
    fn time(&self) -> Option<Time> {
        match self {
            Self::Number(number) => {
                let since = Duration::try_from_secs_f64(*number).ok()?;
                Time::from_unix(i64::try_from(since.as_secs()).ok()?, since.subsec_micros())
            }
            Self::Text(text) => stamp::iso(text.as_bytes()).map(|(time, _)| time),
        }
    }
}

/// One address, or the addresses of one transaction.
#[derive(Deserialize)]
#[serde(untagged)]
enum Addresses<'a> {
    One(#[serde(borrow)] Cow<'a, str>),
    Many(#[serde(borrow)] Vec<Text<'a>>),
}

/// A log record of `KumoMTA`.
#[derive(Deserialize)]
struct Kumo<'a> {
    #[serde(borrow)]
    r#type: Text<'a>,
    #[serde(borrow)]
    id: Option<Text<'a>>,
    #[serde(borrow)]
    sender: Option<Text<'a>>,
    #[serde(borrow)]
    recipient: Option<Addresses<'a>>,
    #[serde(borrow)]
    response: Option<Response<'a>>,
    #[serde(borrow)]
    peer_address: Option<Peer<'a>>,
    #[serde(borrow)]
    timestamp: Option<Figure<'a>>,
    #[serde(borrow)]
    created: Option<Figure<'a>>,
}

#[derive(Deserialize)]
struct Response<'a> {
    code: Option<u16>,
    enhanced_code: Option<Enhanced>,
    #[serde(borrow)]
    content: Option<Text<'a>>,
    #[serde(borrow)]
    command: Option<Text<'a>>,
}

#[derive(Deserialize)]
struct Enhanced {
    class: u8,
    subject: u16,
    detail: u16,
}

#[derive(Deserialize)]
struct Peer<'a> {
    #[serde(borrow)]
    name: Option<Text<'a>>,
    #[serde(borrow)]
    addr: Option<Text<'a>>,
}

impl Kumo<'_> {
    /// `None` where the record tells of no attempt at a delivery.
    fn draft(&self, buffer: &mut Vec<u8>) -> Option<Draft> {
        let outcome = match &*self.r#type.0 {
            "Delivery" => Outcome::Delivered,
            "TransientFailure" | "Delay" => Outcome::Deferred,
            "Bounce" | "AdminBounce" | "OOB" => Outcome::Failed,
            "Expiration" => Outcome::Expired,
            "Rejection" => Outcome::Rejected,
            _ => return None,
        };
        let recipient = match &self.recipient {
            Some(Addresses::One(address)) => Some(&**address),
            Some(Addresses::Many(addresses)) => addresses.first().map(|address| &*address.0),
            None => None,
        };
        let (response, peer) = (self.response.as_ref(), self.peer_address.as_ref());
        let reply = response.and_then(|response| ReplyCode::new(response.code?));
        let enhanced = response.and_then(|response| response.enhanced_code.as_ref()?.code());
        let content = response.and_then(|response| response.content.as_ref()).map_or("", |content| &*content.0);
        let time = self.timestamp.as_ref().and_then(Figure::time);
        let created = self.created.as_ref().and_then(Figure::time);
        let waited = time.zip(created).map(|(time, created)| time.micros().saturating_sub(created.micros()));
        let mut kept = |text: Option<&Text<'_>>| text.map(|text| keep(buffer, &text.0));
        let (queue_id, sender) = (kept(self.id.as_ref()), kept(self.sender.as_ref()));
        let host = peer.and_then(|peer| peer.name.as_ref()).map(|name| keep(buffer, name.0.trim_end_matches('.')));
        let address = peer.and_then(|peer| peer.addr.as_ref()).map(|address| keep(buffer, &address.0));
        let recipient = recipient.map(|address| keep(buffer, address));
        Some(Draft {
            outcome,
            time,
            queue_id,
            sender,
            recipient,
            host: host.filter(|host| !host.is_empty()),
            address: address.filter(|address| !address.is_empty()),
            port: None,
            delay: waited.and_then(|waited| u64::try_from(waited).ok()).map(Duration::from_micros),
            codes: reply.map(|reply| (reply, enhanced)),
            phase: response.and_then(|response| phase(&response.command.as_ref()?.0)),
            text: reply_text(buffer, reply, enhanced, content),
        })
    }
}

impl Enhanced {
    fn code(&self) -> Option<EnhancedCode> {
        let class = match self.class {
            2 => Class::Success,
            4 => Class::Transient,
            5 => Class::Permanent,
            _ => return None,
        };
        EnhancedCode::new(class, self.subject, self.detail)
    }
}

/// Puts the reply together again as the other side wrote it.
fn reply_text(
    buffer: &mut Vec<u8>,
    reply: Option<ReplyCode>,
    enhanced: Option<EnhancedCode>,
    content: &str,
) -> Range<usize> {
    let start = buffer.len();
    if let Some(reply) = reply {
        buffer.extend_from_slice(alloc::format!("{reply} ").as_bytes());
    }
    if let Some(enhanced) = enhanced {
        buffer.extend_from_slice(alloc::format!("{enhanced} ").as_bytes());
    }
    buffer.extend_from_slice(content.as_bytes());
    start..buffer.len()
}

fn phase(command: &str) -> Option<Phase> {
    const PHASES: [(&str, Phase); 9] = [
        ("RCPT", Phase::Rcpt),
        ("MAIL", Phase::Mail),
        ("DATA", Phase::Data),
        ("BDAT", Phase::Data),
        (".", Phase::Data),
        ("EHLO", Phase::Helo),
        ("HELO", Phase::Helo),
        ("LHLO", Phase::Helo),
        ("AUTH", Phase::Auth),
    ];
    PHASES.iter().find(|(word, _)| command.starts_with(word)).map(|(_, phase)| *phase)
}

/// A line of Haraka's log.
#[derive(Deserialize)]
struct Haraka<'a> {
    #[serde(borrow)]
    uuid: Option<Text<'a>>,
    #[serde(borrow, default)]
    message: Option<Text<'a>>,
    #[serde(borrow)]
    timestamp: Option<Figure<'a>>,
    #[serde(borrow, rename = "delivered file")]
    delivered: Option<Text<'a>>,
    #[serde(borrow)]
    host: Option<Text<'a>>,
    #[serde(borrow)]
    ip: Option<Text<'a>>,
    #[serde(borrow)]
    port: Option<Figure<'a>>,
    #[serde(borrow)]
    response: Option<Text<'a>>,
    #[serde(borrow)]
    delay: Option<Figure<'a>>,
    /// What a plugin said about a recipient or sender that wanted in.
    #[serde(borrow)]
    code: Option<Figure<'a>>,
    #[serde(borrow)]
    msg: Option<Text<'a>>,
}

impl Haraka<'_> {
    fn draft(&self, buffer: &mut Vec<u8>) -> Option<Draft> {
        let message = self.message.as_ref().map_or("", |message| &*message.0).trim();
        let refused = matches!(&self.code, Some(Figure::Text(code)) if code.starts_with("DENY"));
        let (outcome, recipient, text, phase) = if self.delivered.is_some() {
            (Outcome::Delivered, None, self.response.as_ref().map_or("", |response| &*response.0), None)
        } else if let Some(rest) = message.strip_prefix("recipient ") {
            let (address, rest) = rest.strip_prefix('<')?.split_once('>')?;
            match rest.split_once(": ") {
                Some((" deferred", reply)) => (Outcome::Deferred, Some(address), reply, Some(Phase::Rcpt)),
                Some((" rejected", reply)) => (Outcome::Failed, Some(address), reply, Some(Phase::Rcpt)),
                _ if refused => (Outcome::Rejected, Some(address), self.said(), Some(Phase::Rcpt)),
                _ => return None,
            }
        } else if message.starts_with("sender ") && refused {
            (Outcome::Rejected, None, self.said(), Some(Phase::Mail))
        } else if let Some((_, words)) =
            message.strip_prefix("Temp failing ").and_then(|rest| rest.split_once(" seconds: "))
        {
            (Outcome::Deferred, None, words, None)
        } else {
            (Outcome::Failed, None, message.strip_prefix("bouncing mail: ")?, None)
        };
        // These lines come behind one about each recipient.
        if text.starts_with("Some recipients") {
            return None;
        }
        let mut kept = |text: Option<&Text<'_>>| text.map(|text| keep(buffer, &text.0));
        let (queue_id, host) = (kept(self.uuid.as_ref().filter(|id| id.0 != "-")), kept(self.host.as_ref()));
        let address = kept(self.ip.as_ref());
        let recipient = recipient.map(|address| keep(buffer, address));
        Some(Draft {
            outcome,
            time: self.timestamp.as_ref().and_then(Figure::time),
            queue_id,
            sender: None,
            recipient,
            host,
            address,
            port: self.port.as_ref().and_then(Figure::port),
            delay: self.delay.as_ref().and_then(Figure::seconds),
            codes: None,
            phase,
            text: keep(buffer, text),
        })
    }

    fn said(&self) -> &str {
        self.msg.as_ref().map_or("", |msg| &*msg.0)
    }
}
