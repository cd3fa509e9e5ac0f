//! What the lines of a log tell, handed from the thread that reads to the one that counts.

use std::ops::Range;

use smtp_codes::log::{Outcome, Record};
use smtp_codes::{EnhancedCode, Phase, Rejection, ReplyCode};

use super::moment::Moment;

/// What one line tells: how an attempt at a delivery ended, or a refusal.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Event<'b> {
    pub(crate) outcome: Outcome,
    pub(crate) time: Option<Moment>,
    pub(crate) line: u64,
    pub(crate) queue_id: &'b [u8],
    /// The null sender is empty.
    pub(crate) sender: Option<&'b [u8]>,
    pub(crate) recipient: Option<&'b [u8]>,
    /// The name of the other side.
    pub(crate) host: Option<&'b [u8]>,
    pub(crate) reply: Option<ReplyCode>,
    pub(crate) enhanced: Option<EnhancedCode>,
    pub(crate) phase: Option<Phase>,
    /// What was said, as much of it as counts.
    pub(crate) text: &'b [u8],
}

/// How many bytes of a text count: servers' replies are shorter.
const LONGEST_TEXT: usize = 1 << 16;

/// How many bytes of an address or a name count.
const LONGEST_NAME: usize = 1 << 10;

impl<'b> Event<'b> {
    /// What a record tells, with the moment to which its time was completed.
    pub(crate) fn of(record: &Record<'b>, time: Option<Moment>, line: u64) -> Self {
        let name = |name: &'b [u8]| &name[..name.len().min(LONGEST_NAME)];
        Self {
            outcome: record.outcome,
            time,
            line,
            queue_id: name(record.queue_id.unwrap_or_default()),
            sender: record.sender.map(name),
            recipient: record.recipient.map(name),
            host: record.relay.and_then(|relay| relay.host).map(name),
            reply: record.reply,
            enhanced: record.enhanced,
            phase: record.phase,
            text: &record.text[..record.text.len().min(LONGEST_TEXT)],
        }
    }

    /// The text with what is known beside it, for a verdict.
    pub(crate) fn rejection(&self) -> Rejection<'b> {
        let mut rejection = Rejection::new(self.text);
        if let Some(reply) = self.reply {
            rejection = rejection.reply(reply);
        }
        if let Some(enhanced) = self.enhanced {
            rejection = rejection.enhanced(enhanced);
        }
        if let Some(phase) = self.phase {
            rejection = rejection.phase(phase);
        }
        // Whom this server refused says nothing about whose words these are.
        let host = self.host.filter(|_| self.outcome != Outcome::Rejected);
        host.and_then(|host| std::str::from_utf8(host).ok()).map_or(rejection, |host| rejection.host(host))
    }
}

/// Many events, with all their texts in one piece of memory that can be used again.
#[derive(Debug, Default)]
pub(crate) struct Batch {
    bytes: Vec<u8>,
    events: Vec<Kept>,
}

/// An event with places in the bytes of its batch instead of texts.
#[derive(Debug)]
struct Kept {
    /// The event, with empty texts.
    event: Event<'static>,
    queue_id: Range<usize>,
    sender: Option<Range<usize>>,
    recipient: Option<Range<usize>>,
    host: Option<Range<usize>>,
    text: Range<usize>,
}

impl Batch {
    pub(crate) fn clear(&mut self) {
        self.bytes.clear();
        self.events.clear();
    }

    pub(crate) fn push(&mut self, event: &Event<'_>) {
        // What was said on success tells nothing that is counted.
        let text = if event.outcome == Outcome::Delivered { &[] } else { event.text };
        let kept = Kept {
            queue_id: self.keep(event.queue_id),
            sender: event.sender.map(|sender| self.keep(sender)),
            recipient: event.recipient.map(|recipient| self.keep(recipient)),
            host: event.host.map(|host| self.keep(host)),
            text: self.keep(text),
            event: Event { queue_id: &[], sender: None, recipient: None, host: None, text: &[], ..*event },
        };
        self.events.push(kept);
    }

    fn keep(&mut self, text: &[u8]) -> Range<usize> {
        let start = self.bytes.len();
        self.bytes.extend_from_slice(text);
        start..self.bytes.len()
    }

    pub(crate) fn events(&self) -> impl Iterator<Item = Event<'_>> {
        let text = |range: &Range<usize>| &self.bytes[range.clone()];
        self.events.iter().map(move |kept| Event {
            queue_id: text(&kept.queue_id),
            sender: kept.sender.as_ref().map(text),
            recipient: kept.recipient.as_ref().map(text),
            host: kept.host.as_ref().map(text),
            text: text(&kept.text),
            ..kept.event
        })
    }
}
