//! Why mail was refused: refusals with the same verdict together.

use std::collections::HashMap;
use std::ops::Range;

use foldhash::fast::RandomState;
use smtp_codes::log::Outcome;
use smtp_codes::{Action, Basis, Class, EnhancedCode, Reason, ReplyCode, Severity, Verdict};

use super::event::Event;
use super::moment::Moment;
use super::outcomes::Outcomes;
use super::retries::Ended;

/// How many causes are told apart by their codes. Words and providers are as many as the catalogue has, but a code may be any.
const MOST: usize = 1 << 12;

/// The causes of all refusals.
#[derive(Debug, Default)]
pub(crate) struct Causes<'r> {
    places: HashMap<Key, usize, RandomState>,
    causes: Vec<Cause<'r>>,
}

/// Refusals with the same verdict: the same rule or code, provider, class and blocklist.
#[derive(Debug)]
pub(crate) struct Cause<'r> {
    /// The verdict on the first of them.
    pub(crate) verdict: Verdict<'r>,
    pub(crate) reason: Reason,
    /// Whether this server refused, and not another one.
    pub(crate) is_ours: bool,
    pub(crate) outcomes: Outcomes,
    /// How deliveries ended that were put off for this cause last.
    pub(crate) ended: Ended,
    /// When it was met first and last.
    pub(crate) first: Option<Moment>,
    pub(crate) last: Option<Moment>,
    pub(crate) example: Example,
}

/// The first refusal of a cause.
#[derive(Debug)]
pub(crate) struct Example {
    pub(crate) text: Box<[u8]>,
    /// The bytes of the words that decided.
    pub(crate) matched: Range<usize>,
    pub(crate) recipient: Option<Box<[u8]>>,
    pub(crate) sender: Option<Box<[u8]>>,
    /// The file by its place among all, and the line in it, from 1.
    pub(crate) file: usize,
    pub(crate) line: u64,
}

/// How many bytes of an example are kept.
const EXAMPLE: usize = 1000;

/// By what causes are told apart.
#[derive(Debug, Eq, Hash, PartialEq)]
struct Key {
    is_ours: bool,
    reason: Reason,
    class: Option<u8>,
    /// Rules, claims and providers are the same where their addresses are.
    rule: Option<usize>,
    claim: Option<usize>,
    provider: Option<usize>,
    blocklist: Option<usize>,
    enhanced: Option<EnhancedCode>,
    reply: Option<ReplyCode>,
}

impl Key {
    fn of(verdict: &Verdict<'_>, reason: Reason, is_ours: bool) -> Self {
        let is_by_code = verdict.basis != Basis::Text;
        Self {
            is_ours,
            reason,
            class: verdict.class.map(Severity::digit),
            rule: verdict.rule.map(|rule| std::ptr::from_ref(rule).addr()),
            claim: verdict.claim.map(|claim| std::ptr::from_ref(claim).addr()),
            provider: verdict.provider.map(|provider| std::ptr::from_ref(provider).addr()),
            blocklist: verdict.blocklist.map(|blocklist| std::ptr::from_ref(blocklist).addr()),
            enhanced: verdict.enhanced.filter(|_| is_by_code),
            reply: verdict.reply.filter(|_| is_by_code),
        }
    }
}

impl<'r> Causes<'r> {
    /// Counts a refusal; gives the place of its cause and its reason.
    pub(crate) fn add(&mut self, event: &Event<'_>, file: usize, verdict: &Verdict<'r>) -> (usize, Reason) {
        // Somebody who refuses with a code of success has no reason that could be told.
        let reason = verdict.reason.unwrap_or(Reason::Unknown);
        let is_ours = event.outcome == Outcome::Rejected;
        let mut key = Key::of(verdict, reason, is_ours);
        if self.causes.len() >= MOST && !self.places.contains_key(&key) {
            (key.enhanced, key.reply) = (None, None);
        }
        let place = *self.places.entry(key).or_insert(self.causes.len());
        if place == self.causes.len() {
            self.causes.push(Cause::new(event, file, verdict, reason));
        }
        let cause = &mut self.causes[place];
        cause.outcomes.add(event.outcome);
        cause.first = cause.first.or(event.time).min(event.time.or(cause.first));
        cause.last = cause.last.max(event.time);
        (place, reason)
    }

    /// The cause at a place that was given out.
    pub(crate) fn ended(&mut self, place: usize) -> &mut Ended {
        &mut self.causes[place].ended
    }

    pub(crate) fn iter(&self) -> std::slice::Iter<'_, Cause<'r>> {
        self.causes.iter()
    }
}

impl<'r> Cause<'r> {
    fn new(event: &Event<'_>, file: usize, verdict: &Verdict<'r>, reason: Reason) -> Self {
        // The words that decided are kept, wherever in a long text they stand.
        let matched = verdict.matched.clone().unwrap_or(0..0);
        let start = if matched.end > EXAMPLE { matched.start.saturating_sub(EXAMPLE / 4) } else { 0 };
        let end = event.text.len().min(start + EXAMPLE);
        let within = |place: usize| place.clamp(start, end) - start;
        let example = Example {
            text: event.text[start..end].into(),
            matched: within(matched.start)..within(matched.end),
            recipient: event.recipient.map(Into::into),
            sender: event.sender.map(Into::into),
            file,
            line: event.line,
        };
        Self {
            verdict: verdict.clone(),
            reason,
            is_ours: event.outcome == Outcome::Rejected,
            outcomes: Outcomes::default(),
            ended: Ended::default(),
            first: None,
            last: None,
            example,
        }
    }

    /// How many refusals.
    pub(crate) fn count(&self) -> u64 {
        self.outcomes.refused() + self.outcomes.rejected
    }

    /// What to do: the verdict's action, and `review` where a success was called a refusal.
    pub(crate) fn action(&self) -> Action {
        match (self.verdict.reason, self.verdict.action) {
            (None, _) => self.reason.action(Class::Permanent),
            (Some(_), action) => action,
        }
    }
}
