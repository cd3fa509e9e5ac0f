//! The summary as an object: its fields are a contract, described in `docs/scan.md`, added to but never renamed.

use serde::Serialize;
use smtp_codes::Party;
use smtp_codes::log::Format;

use super::causes::Cause;
use super::moment::Moment;
use super::options::ScanOptions;
use super::outcomes::Outcomes;
use super::summary::{ReasonCount, Side, Summary};
use super::tally::Codes;
use crate::json::VerdictObject;
use crate::redact::{redacted, redacted_with};

/// A log summed up.
#[derive(Debug, Serialize)]
pub(crate) struct Object<'s> {
    r#type: &'static str,
    files: Vec<File<'s>>,
    lines: Lines,
    /// When the first and the last of what is counted happened.
    first: Option<Time>,
    last: Option<Time>,
    zone: &'s str,
    outcomes: Counts,
    codes: CodeCounts,
    retries: Retries,
    reasons: Vec<Reason>,
    /// Of the lists by name, whether every name could be kept in mind.
    names_are_complete: bool,
    receivers: List<Named>,
    sender_domains: List<Named>,
    /// Left out where addresses are hidden.
    #[serde(skip_serializing_if = "Option::is_none")]
    senders: Option<List<Named>>,
    timeline: Timeline,
    causes: List<CauseObject<'s>>,
    rejections: Rejections<'s>,
    suppressions: Suppressions,
}

impl<'s> Object<'s> {
    pub(crate) fn of(summary: &'s Summary<'_, '_>, wanted: &ScanOptions) -> Self {
        let tally = summary.tally;
        let top = usize::from(wanted.top);
        let files = summary.files.iter().map(|file| File {
            file: &file.shown,
            format: file.format.map(Format::as_str),
            lines: file.counts.lines,
            error: file.error.as_deref(),
        });
        let retries = &tally.retries;
        let lines = &summary.lines;
        let causes = |causes: &[&'s Cause<'_>]| List::of(causes, top, |cause| CauseObject::of(cause, summary, wanted));
        Self {
            r#type: "scan",
            files: files.collect(),
            lines: Lines {
                total: lines.lines,
                records: lines.records,
                other: lines.other,
                unknown: lines.unknown,
                outside: lines.outside,
            },
            first: tally.first.map(Time),
            last: tally.last.map(Time),
            zone: summary.zone,
            outcomes: tally.outcomes.into(),
            codes: CodeCounts::of(&tally.codes),
            retries: Retries {
                deliveries: retries.deliveries,
                delivered: retries.ended.delivered,
                failed: retries.ended.failed,
                expired: retries.ended.expired,
                waiting: summary.waiting,
                forgotten: retries.forgotten,
            },
            reasons: summary.reasons.iter().map(Reason::of).collect(),
            names_are_complete: tally.domains.rest().total() + tally.senders.rest().total() == 0,
            receivers: List::of(&summary.receivers, top, Named::of),
            sender_domains: List::of(&summary.sender_domains, top, Named::of),
            senders: (!wanted.redact).then(|| List::of(&summary.senders, top, Named::of)),
            timeline: Timeline {
                seconds: summary.span,
                spans: summary
                    .spans
                    .iter()
                    .map(|span| Span { start: Time(span.start), outcomes: span.outcomes.into() })
                    .collect(),
            },
            causes: causes(&summary.causes),
            rejections: Rejections {
                codes: CodeCounts::of(&tally.codes_of_ours),
                reasons: summary.reasons_of_ours.iter().map(Reason::of).collect(),
                causes: causes(&summary.causes_of_ours),
            },
            suppressions: Suppressions {
                count: tally.suppressions.count() as u64,
                is_complete: !tally.suppressions.is_cut,
            },
        }
    }
}

#[derive(Debug, Serialize)]
#[expect(clippy::struct_field_names, reason = "the fields are a contract")]
struct File<'s> {
    file: &'s str,
    format: Option<&'static str>,
    lines: u64,
    error: Option<&'s str>,
}

#[derive(Debug, Serialize)]
struct Lines {
    total: u64,
    records: u64,
    other: u64,
    unknown: u64,
    outside: u64,
}

#[derive(Debug, Serialize)]
struct Counts {
    delivered: u64,
    deferred: u64,
    failed: u64,
    expired: u64,
    rejected: u64,
}

impl From<Outcomes> for Counts {
    fn from(outcomes: Outcomes) -> Self {
        let Outcomes { delivered, deferred, failed, expired, rejected } = outcomes;
        Self { delivered, deferred, failed, expired, rejected }
    }
}

/// How often which code was met.
#[derive(Debug, Serialize)]
struct CodeCounts {
    enhanced: serde_json::Map<String, serde_json::Value>,
    reply: serde_json::Map<String, serde_json::Value>,
}

impl CodeCounts {
    fn of(codes: &Codes) -> Self {
        Self {
            enhanced: codes.enhanced.iter().map(|(code, count)| (code.to_string(), (*count).into())).collect(),
            reply: codes.reply.iter().map(|(code, count)| (code.to_string(), (*count).into())).collect(),
        }
    }
}

#[derive(Debug, Serialize)]
struct Retries {
    deliveries: u64,
    delivered: u64,
    failed: u64,
    expired: u64,
    waiting: u64,
    forgotten: u64,
}

#[derive(Debug, Serialize)]
#[expect(clippy::struct_field_names, reason = "the fields are a contract")]
struct Reason {
    reason: &'static str,
    title: &'static str,
    party: Option<&'static str>,
    action: &'static str,
    count: u64,
    deferred: u64,
    failed: u64,
    rejected: u64,
}

impl Reason {
    fn of(count: &ReasonCount) -> Self {
        Self {
            reason: count.reason.as_str(),
            title: count.reason.entry().title,
            party: count.reason.party().map(Party::as_str),
            action: count.action.as_str(),
            count: count.count(),
            deferred: count.outcomes.deferred,
            failed: count.outcomes.failed,
            rejected: count.outcomes.rejected,
        }
    }
}

/// The first entries of a list, and how many there are.
#[derive(Debug, Serialize)]
struct List<T> {
    total: usize,
    top: Vec<T>,
}

impl<T> List<T> {
    fn of<'a, A>(all: &'a [A], top: usize, of: impl Fn(&'a A) -> T) -> Self {
        Self { total: all.len(), top: all.iter().take(top).map(of).collect() }
    }
}

/// Somebody to whom or from whom mail goes.
#[derive(Debug, Serialize)]
struct Named {
    name: String,
    provider: Option<&'static str>,
    refused: u64,
    delivered: u64,
    deferred: u64,
    failed: u64,
    mostly: Option<&'static str>,
}

impl Named {
    fn of(side: &Side) -> Self {
        Self {
            name: side.name.clone(),
            provider: side.provider.map(|provider| provider.id),
            refused: side.outcomes.refused(),
            delivered: side.outcomes.delivered,
            deferred: side.outcomes.deferred,
            failed: side.outcomes.failed,
            mostly: side.mostly.map(smtp_codes::Reason::as_str),
        }
    }
}

#[derive(Debug, Serialize)]
struct Timeline {
    seconds: i64,
    spans: Vec<Span>,
}

#[derive(Debug, Serialize)]
struct Span {
    start: Time,
    #[serde(flatten)]
    outcomes: Counts,
}

#[derive(Debug, Serialize)]
struct CauseObject<'s> {
    reason: &'static str,
    party: Option<&'static str>,
    action: &'static str,
    count: u64,
    deferred: u64,
    failed: u64,
    rejected: u64,
    /// How deliveries ended that were put off for this cause last.
    delivered_later: u64,
    failed_later: u64,
    expired_later: u64,
    first: Option<Time>,
    last: Option<Time>,
    title: &'static str,
    summary: &'static str,
    advice: &'static str,
    example: Example<'s>,
    /// On the example; `matched` counts from the start of its text.
    verdict: VerdictObject<'s>,
}

#[derive(Debug, Serialize)]
struct Example<'s> {
    text: String,
    recipient: Option<String>,
    sender: Option<String>,
    file: &'s str,
    line: u64,
}

impl<'s> CauseObject<'s> {
    fn of(cause: &'s Cause<'_>, summary: &'s Summary<'_, '_>, wanted: &ScanOptions) -> Self {
        let example = &cause.example;
        let entry = cause.reason.entry();
        let text = |text: &[u8]| String::from_utf8_lossy(text).into_owned();
        let address = |address: &Option<Box<[u8]>>| {
            address.as_deref().map(|address| text(&if wanted.redact { redacted(address) } else { address.to_vec() }))
        };
        let (shown, mark) = if wanted.redact {
            redacted_with(&example.text, &example.matched)
        } else {
            (example.text.to_vec(), example.matched.clone())
        };
        // Places are in the text as it is written, where what is no UTF-8 takes more bytes.
        let place = |end: usize| text(&shown[..end]).len();
        let matched = cause.verdict.matched.as_ref().map(|_| [place(mark.start), place(mark.end)]);
        Self {
            reason: cause.reason.as_str(),
            party: cause.reason.party().map(Party::as_str),
            action: cause.action().as_str(),
            count: cause.count(),
            deferred: cause.outcomes.deferred,
            failed: cause.outcomes.failed,
            rejected: cause.outcomes.rejected,
            delivered_later: cause.ended.delivered,
            failed_later: cause.ended.failed,
            expired_later: cause.ended.expired,
            first: cause.first.map(Time),
            last: cause.last.map(Time),
            title: entry.title,
            summary: entry.summary,
            advice: entry.advice,
            example: Example {
                text: text(&shown),
                recipient: address(&example.recipient),
                sender: address(&example.sender),
                file: &summary.files[example.file].shown,
                line: example.line,
            },
            verdict: VerdictObject::of(&cause.verdict, 0).at(matched),
        }
    }
}

/// What this server refused.
#[derive(Debug, Serialize)]
struct Rejections<'s> {
    codes: CodeCounts,
    reasons: Vec<Reason>,
    causes: List<CauseObject<'s>>,
}

#[derive(Debug, Serialize)]
struct Suppressions {
    count: u64,
    is_complete: bool,
}

/// `2026-01-05T10:30:00`.
#[derive(Clone, Copy, Debug)]
struct Time(Moment);

impl Serialize for Time {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(&self.0)
    }
}
