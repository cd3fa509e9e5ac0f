//! What a log tells, counted event by event: in memory that does not grow with the log.

use std::collections::{BTreeMap, HashMap};

use foldhash::fast::RandomState;
use smtp_codes::log::Outcome;
use smtp_codes::{Action, EnhancedCode, Provider, ReplyCode};

use super::causes::Causes;
use super::event::Event;
use super::groups::Groups;
use super::moment::Moment;
use super::outcomes::Outcomes;
use super::retries::Retries;
use super::suppressions::Suppressions;
use super::timeline::Timeline;
use crate::rules::Rules;

/// Everything that is counted.
#[derive(Debug)]
pub(crate) struct Tally<'r> {
    rules: &'r Rules,
    pub(crate) outcomes: Outcomes,
    /// Of deliveries, and of what this server refused.
    pub(crate) codes: Codes,
    pub(crate) codes_of_ours: Codes,
    pub(crate) causes: Causes<'r>,
    pub(crate) retries: Retries,
    pub(crate) timeline: Timeline,
    /// By the recipient's domain, and by the sender's address.
    pub(crate) domains: Groups,
    pub(crate) senders: Groups,
    pub(crate) suppressions: Suppressions,
    hosts: Hosts,
    /// The file that is being read, by its place among all.
    pub(crate) file: usize,
    pub(crate) first: Option<Moment>,
    pub(crate) last: Option<Moment>,
}

/// How often which code was met.
#[derive(Debug, Default)]
pub(crate) struct Codes {
    pub(crate) enhanced: BTreeMap<EnhancedCode, u64>,
    pub(crate) reply: BTreeMap<ReplyCode, u64>,
}

impl Codes {
    fn add(&mut self, event: &Event<'_>) {
        if let Some(code) = event.enhanced {
            *self.enhanced.entry(code).or_default() += 1;
        }
        if let Some(code) = event.reply {
            *self.reply.entry(code).or_default() += 1;
        }
    }
}

impl<'r> Tally<'r> {
    pub(crate) fn new(rules: &'r Rules, is_suppressing: bool) -> Self {
        Self {
            rules,
            outcomes: Outcomes::default(),
            codes: Codes::default(),
            codes_of_ours: Codes::default(),
            causes: Causes::default(),
            retries: Retries::default(),
            timeline: Timeline::default(),
            domains: Groups::default(),
            senders: Groups::default(),
            suppressions: Suppressions::new(is_suppressing),
            hosts: Hosts::default(),
            file: 0,
            first: None,
            last: None,
        }
    }

    pub(crate) fn add(&mut self, event: &Event<'_>) {
        self.outcomes.add(event.outcome);
        if let Some(time) = event.time {
            self.timeline.add(time, event.outcome);
            self.first = Some(self.first.map_or(time, |first| first.min(time)));
            self.last = self.last.max(Some(time));
        }
        match event.outcome {
            Outcome::Rejected => {
                self.codes_of_ours.add(event);
                let verdict = self.rules.verdict_on(&event.rejection());
                self.causes.add(event, self.file, &verdict);
            }
            Outcome::Expired => self.expired(event),
            _ => self.attempt(event),
        }
    }

    /// An attempt at a delivery to one recipient.
    fn attempt(&mut self, event: &Event<'_>) {
        self.codes.add(event);
        let recipient = event.recipient.unwrap_or_default();
        let domain = recipient.iter().rposition(|byte| *byte == b'@').map_or(&[][..], |at| &recipient[at + 1..]);
        let domain = self.domains.group(domain);
        domain.outcomes.add(event.outcome);
        if domain.provider.is_none() {
            domain.provider = event.host.and_then(|host| self.hosts.provider(host));
        }
        let mut sender = event.sender.map(|sender| self.senders.group(sender));
        if let Some(sender) = &mut sender {
            sender.outcomes.add(event.outcome);
        }
        if event.outcome == Outcome::Delivered {
            self.suppressions.delivered(recipient);
            if let Some(cause) = self.retries.end(event.queue_id, recipient, true) {
                self.causes.ended(cause).delivered += 1;
            }
            return;
        }
        let verdict = self.rules.verdict_on(&event.rejection());
        let (cause, reason) = self.causes.add(event, self.file, &verdict);
        domain.count(reason);
        if let Some(sender) = sender {
            sender.count(reason);
        }
        if event.outcome == Outcome::Deferred {
            self.retries.defer(event.queue_id, recipient, cause);
            return;
        }
        if let Some(cause) = self.retries.end(event.queue_id, recipient, false) {
            self.causes.ended(cause).failed += 1;
        }
        if verdict.action == Action::Suppress && !recipient.is_empty() {
            self.suppressions.add(event, recipient, &verdict);
        }
    }

    /// A message was given up: by name of one recipient, or for all that still wait.
    fn expired(&mut self, event: &Event<'_>) {
        for cause in self.retries.expire(event.queue_id, event.recipient) {
            self.causes.ended(cause).expired += 1;
        }
    }
}

/// The providers of hosts' names.
#[derive(Debug, Default)]
struct Hosts(HashMap<Box<[u8]>, Option<&'static Provider>, RandomState>);

/// How many names are remembered.
const HOSTS: usize = 1 << 14;

impl Hosts {
    fn provider(&mut self, host: &[u8]) -> Option<&'static Provider> {
        if let Some(provider) = self.0.get(host) {
            return *provider;
        }
        if self.0.len() >= HOSTS {
            self.0.clear();
        }
        let provider = std::str::from_utf8(host).ok().and_then(Provider::from_host);
        self.0.insert(host.into(), provider);
        provider
    }
}
