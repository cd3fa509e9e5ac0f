//! What is shown of a tally: sorted and put together, for every way to show it.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use smtp_codes::{Action, Provider, Reason};

use super::causes::Cause;
use super::groups::{Group, Groups};
use super::lines::LineCounts;
use super::outcomes::Outcomes;
use super::reading::LogFile;
use super::tally::Tally;
use super::timeline::Span;

/// A tally, ready to be shown.
#[derive(Debug)]
pub(crate) struct Summary<'t, 'r> {
    pub(crate) tally: &'t Tally<'r>,
    pub(crate) files: &'t [LogFile],
    pub(crate) lines: LineCounts,
    /// Why others refused, and why this server did.
    pub(crate) reasons: Vec<ReasonCount>,
    pub(crate) reasons_of_ours: Vec<ReasonCount>,
    /// By who takes the mail: a provider, or else a domain.
    pub(crate) receivers: Vec<Side>,
    /// By the sender's domain, and by its address.
    pub(crate) sender_domains: Vec<Side>,
    pub(crate) senders: Vec<Side>,
    pub(crate) causes: Vec<&'t Cause<'r>>,
    pub(crate) causes_of_ours: Vec<&'t Cause<'r>>,
    /// How many deliveries still wait.
    pub(crate) waiting: u64,
    /// How long each span is in seconds, and the spans.
    pub(crate) span: i64,
    pub(crate) spans: Vec<Span>,
    pub(crate) zone: &'t str,
}

/// How often a reason was given that asks for an action.
#[derive(Clone, Copy, Debug)]
pub(crate) struct ReasonCount {
    pub(crate) reason: Reason,
    pub(crate) action: Action,
    pub(crate) outcomes: Outcomes,
}

impl ReasonCount {
    pub(crate) fn count(&self) -> u64 {
        self.outcomes.refused() + self.outcomes.rejected
    }
}

/// Somebody to whom or from whom mail goes.
#[derive(Clone, Debug)]
pub(crate) struct Side {
    pub(crate) name: String,
    pub(crate) provider: Option<&'static Provider>,
    pub(crate) outcomes: Outcomes,
    /// The reason that was given most often.
    pub(crate) mostly: Option<Reason>,
}

/// How many spans the time is shown in at most.
const SPANS: usize = 60;

impl<'t, 'r> Summary<'t, 'r> {
    pub(crate) fn of(tally: &'t mut Tally<'r>, files: &'t [LogFile], zone: &'t str) -> Self {
        let (span, spans) = tally.timeline.spans(SPANS);
        let tally = &*tally;
        let mut lines = LineCounts::default();
        for file in files {
            lines.add(file.counts);
        }
        let (mut causes_of_ours, mut causes): (Vec<_>, Vec<_>) = tally.causes.iter().partition(|cause| cause.is_ours);
        for causes in [&mut causes, &mut causes_of_ours] {
            // The sort is stable: what was met first stands first.
            causes.sort_by_key(|cause| Reverse(cause.count()));
        }
        Self {
            files,
            lines,
            reasons: reasons(&causes),
            reasons_of_ours: reasons(&causes_of_ours),
            receivers: sides(&tally.domains, receiver),
            sender_domains: sides(&tally.senders, |group| Key::Name(domain(&group.name))),
            senders: sides(&tally.senders, |group| Key::Name(&group.name)),
            causes,
            causes_of_ours,
            waiting: tally.retries.waiting().count() as u64,
            span,
            spans,
            zone,
            tally,
        }
    }
}

fn reasons(causes: &[&Cause<'_>]) -> Vec<ReasonCount> {
    let mut counts: Vec<ReasonCount> = Vec::new();
    for cause in causes {
        let (reason, action) = (cause.reason, cause.action());
        match counts.iter_mut().find(|count| (count.reason, count.action) == (reason, action)) {
            Some(count) => count.outcomes += cause.outcomes,
            None => counts.push(ReasonCount { reason, action, outcomes: cause.outcomes }),
        }
    }
    counts.sort_by_key(|count| (Reverse(count.count()), count.reason.as_str(), count.action.as_str()));
    counts
}

/// The counts of groups put together, and how often which reason was given, by its name.
type Together = (Outcomes, BTreeMap<&'static str, (Reason, u64)>);

/// By what groups are put together.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
enum Key<'g> {
    Provider(&'static str),
    Name(&'g [u8]),
}

fn receiver(group: &Group) -> Key<'_> {
    group.provider.map_or(Key::Name(&group.name), |provider| Key::Provider(provider.id))
}

/// Those from or to whom mail was refused, most refusals first.
fn sides<'g>(groups: &'g Groups, key: impl Fn(&'g Group) -> Key<'g>) -> Vec<Side> {
    let mut together: BTreeMap<Key<'g>, Together> = BTreeMap::new();
    for group in groups.iter() {
        let (outcomes, reasons) = together.entry(key(group)).or_default();
        *outcomes += group.outcomes;
        for (reason, count) in &group.reasons {
            reasons.entry(reason.as_str()).or_insert((*reason, 0)).1 += count;
        }
    }
    let mut sides: Vec<Side> = together
        .into_iter()
        .filter(|(_, (outcomes, _))| outcomes.refused() > 0)
        .map(|(key, (outcomes, reasons))| {
            let (name, provider) = match key {
                Key::Provider(id) => (id.to_owned(), Provider::from_id(id)),
                Key::Name(name) => (String::from_utf8_lossy(name).into_owned(), None),
            };
            // Of reasons given as often, the first by its name.
            let mostly = reasons.into_values().max_by_key(|(reason, count)| (*count, Reverse(reason.as_str())));
            Side { name, provider, outcomes, mostly: mostly.map(|(reason, _)| reason) }
        })
        .collect();
    // The sort is stable: they are in order by name.
    sides.sort_by_key(|side| Reverse((side.outcomes.refused(), side.outcomes.attempts())));
    sides
}

/// The domain of an address; of the null sender, nothing.
fn domain(address: &[u8]) -> &[u8] {
    address.iter().rposition(|byte| *byte == b'@').map_or(&[], |at| &address[at + 1..])
}
