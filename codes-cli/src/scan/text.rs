//! The summary as a page for a terminal.

use std::fmt::Write;

use anstyle::{AnsiColor, Style};
use smtp_codes::{Party, Reason, Source};

use super::bars::{bar, columns, number, percent, span};
use super::causes::Cause;
use super::moment::{DAY, Moment};
use super::options::ScanOptions;
use super::outcomes::Outcomes;
use super::summary::{ReasonCount, Side, Summary};
use crate::excerpt::around;
use crate::redact::redacted_with;
use crate::shown::{cut, shown, width};
use crate::sources;
use crate::style::{self, BOLD, DIM, MARK};

const GREEN: Style = AnsiColor::Green.on_default();
const YELLOW: Style = AnsiColor::Yellow.on_default();
const RED: Style = AnsiColor::Red.on_default();
const CYAN: Style = AnsiColor::Cyan.on_default();

/// A way in which attempts end: its name, its colour and how often.
type Row = (&'static str, Style, fn(&Outcomes) -> u64);

const ROWS: [Row; 5] = [
    ("delivered", GREEN, |outcomes| outcomes.delivered),
    ("deferred", YELLOW, |outcomes| outcomes.deferred),
    ("failed", RED, |outcomes| outcomes.failed),
    ("expired", RED, |outcomes| outcomes.expired),
    ("rejected", CYAN, |outcomes| outcomes.rejected),
];

/// The whole page.
pub(crate) fn page(summary: &Summary<'_, '_>, wanted: &ScanOptions, columns: usize) -> String {
    let mut page = Page { text: String::new(), columns, top: usize::from(wanted.top), is_redacted: wanted.redact };
    page.head(summary);
    page.outcomes(summary);
    page.time(summary);
    page.reasons("Why others refused", &summary.reasons);
    page.sides("By receiver", &summary.receivers, summary.tally.domains.rest());
    page.sides("By sender", &summary.sender_domains, summary.tally.senders.rest());
    page.reasons("Why this server rejected", &summary.reasons_of_ours);
    page.causes(summary, wanted);
    page.text
}

struct Page {
    text: String,
    columns: usize,
    top: usize,
    is_redacted: bool,
}

/// How wide names and counts are.
const NAME: usize = 24;
const LONG_NAME: usize = 33;
const COUNT: usize = 11;

/// How wide the plot over time is about.
const PLOT: usize = 50;

impl Page {
    fn line(&mut self, line: &str) {
        self.text.push_str(line.trim_end());
        self.text.push('\n');
    }

    fn heading(&mut self, heading: &str) {
        let _ = writeln!(self.text, "\n{BOLD}{heading}{BOLD:#}");
    }

    /// What was read: files, times and lines.
    fn head(&mut self, summary: &Summary<'_, '_>) {
        let names: Vec<&str> = summary.files.iter().map(|file| &*file.shown).collect();
        let names = match names.as_slice() {
            [first, .., last] if names.len() > 3 => format!("{} files from {first} to {last}", names.len()),
            names => names.join(", "),
        };
        let _ = writeln!(self.text, "{BOLD}{}{BOLD:#}", cut(&names, self.columns));
        if let (Some(first), Some(last)) = (summary.tally.first, summary.tally.last) {
            let last_shown =
                if first.day() == last.day() { last.clock() } else { format!("{} {}", last.day(), last.clock()) };
            self.line(&format!("  {} {} to {last_shown} ({})", first.day(), first.clock(), summary.zone));
        }
        let lines = &summary.lines;
        let mut line =
            format!("  {} lines, {} of them counted", number(lines.lines), number(lines.records - lines.outside));
        for (count, what) in [(lines.outside, "from another time"), (lines.unknown, "of no known log")] {
            if count > 0 {
                let _ = write!(line, ", {} {what}", number(count));
            }
        }
        self.line(&line);
    }

    fn outcomes(&mut self, summary: &Summary<'_, '_>) {
        self.heading("How attempts ended");
        let outcomes = &summary.tally.outcomes;
        let most = ROWS.iter().map(|(.., count)| count(outcomes)).max().unwrap_or(0);
        for (name, color, count) in ROWS {
            let count = count(outcomes);
            let (name, share) = match name {
                "expired" | "rejected" if count == 0 => continue,
                "expired" => ("expired (given up)", String::new()),
                "rejected" => ("rejected by this server", String::new()),
                _ => (name, percent(count, outcomes.attempts())),
            };
            self.bar_row(name, NAME, count, &format!("{share:>7}"), (count, most), color);
        }
        let retries = &summary.tally.retries;
        if retries.deliveries > 0 {
            let mut ends = format!(
                "{} went through later ({})",
                number(retries.ended.delivered),
                percent(retries.ended.delivered, retries.deliveries)
            );
            for (count, what) in [
                (retries.ended.failed, "failed"),
                (retries.ended.expired, "expired"),
                (summary.waiting, "still wait"),
                (retries.forgotten, "were lost sight of"),
            ] {
                if count > 0 {
                    let _ = write!(ends, ", {} {what}", number(count));
                }
            }
            self.wrapped(&format!("Of {} deliveries put off, {ends}.", number(retries.deliveries)), 2);
        }
        let suppressions = &summary.tally.suppressions;
        if suppressions.count() > 0 {
            let more = if suppressions.is_cut { "more than " } else { "" };
            let count = suppressions.count() as u64;
            let addresses = if count == 1 { "address" } else { "addresses" };
            self.line(&format!("  {more}{} {addresses} to stop mailing.", number(count)));
        }
    }

    /// `name  count  cell  bar`
    fn bar_row(&mut self, name: &str, columns: usize, count: u64, cell: &str, (part, most): (u64, u64), color: Style) {
        let before = format!("  {}{:>COUNT$}  {cell}  ", padded(name, columns), number(count));
        let drawn = bar(part, most, self.columns.saturating_sub(width(&before)));
        let _ = write!(self.text, "{before}");
        let line = if drawn.is_empty() { String::new() } else { format!("{color}{drawn}{color:#}") };
        self.line(&line);
    }

    fn time(&mut self, summary: &Summary<'_, '_>) {
        let spans = &summary.spans;
        let (Some(first), Some(last)) = (spans.first(), spans.last()) else { return };
        if spans.len() < 2 {
            return;
        }
        // Few spans are drawn wide.
        let wide = (PLOT / spans.len()).max(1);
        let column = if wide == 1 { "a column".to_owned() } else { format!("{wide} columns") };
        self.heading(&format!("Over time, {column} for {}", span(summary.span)));
        for (name, color, count) in ROWS {
            let counts = spans.iter().flat_map(|span| std::iter::repeat_n(count(&span.outcomes), wide));
            let most = counts.clone().max().unwrap_or(0);
            if most > 0 {
                let _ = writeln!(self.text, "  {name:<9}  {color}{}{color:#} up to {}", columns(counts), number(most));
            }
        }
        let (start, end) = (label(first.start, summary.span), label(last.start, summary.span));
        let gap = (spans.len() * wide).saturating_sub(start.len() + end.len());
        let axis = if gap > 0 { format!("{start}{:gap$}{end}", "") } else { start };
        let _ = writeln!(self.text, "{DIM}{:13}{axis}{DIM:#}", "");
    }

    fn reasons(&mut self, heading: &str, reasons: &[ReasonCount]) {
        if reasons.is_empty() {
            return;
        }
        self.heading(&format!("{:<1$}{2:>COUNT$}  side       to do", heading, NAME + 2, "times"));
        let most = reasons[0].count();
        let (shown, rest) = reasons.split_at(reasons.len().min(self.top.max(1) + 3));
        for reason in shown {
            let party = reason.reason.party().map_or("-", Party::as_str);
            let cell = format!("{party:<9}  {:<18}", reason.action.as_str());
            let color = if reason.outcomes.failed > 0 { RED } else { YELLOW };
            let color = if reason.outcomes.rejected > 0 { CYAN } else { color };
            self.bar_row(reason.reason.as_str(), NAME, reason.count(), &cell, (reason.count(), most), color);
        }
        let others = rest.iter().map(ReasonCount::count).sum();
        self.others(rest.len(), others, NAME);
    }

    fn others(&mut self, kinds: usize, count: u64, name_columns: usize) {
        if kinds > 0 {
            let others = if kinds == 1 { "1 other".to_owned() } else { format!("{} others", number(kinds as u64)) };
            let line = format!("  {}{:>COUNT$}", padded(&others, name_columns), number(count));
            let _ = writeln!(self.text, "{DIM}{line}{DIM:#}");
        }
    }

    fn sides(&mut self, heading: &str, sides: &[Side], forgotten: Outcomes) {
        if sides.is_empty() {
            return;
        }
        self.heading(&format!("{:<1$}{2:>COUNT$}    share  mostly", heading, LONG_NAME + 2, "refused"));
        let most = sides[0].outcomes.refused();
        let (first, rest) = sides.split_at(sides.len().min(self.top));
        for side in first {
            let refused = side.outcomes.refused();
            let mostly = side.mostly.map_or("", Reason::as_str);
            let cell = format!("{:>7}  {mostly:<19}", percent(refused, side.outcomes.attempts()));
            self.bar_row(&name(side), LONG_NAME, refused, &cell, (refused, most), YELLOW);
        }
        let others = rest.iter().map(|side| side.outcomes.refused()).sum::<u64>() + forgotten.refused();
        self.others(rest.len() + usize::from(forgotten.refused() > 0), others, LONG_NAME);
    }

    fn causes(&mut self, summary: &Summary<'_, '_>, wanted: &ScanOptions) {
        if summary.causes.is_empty() {
            return;
        }
        self.heading("Causes, the most frequent first");
        for (place, cause) in summary.causes.iter().take(usize::from(wanted.top)).enumerate() {
            self.cause(place + 1, cause);
        }
    }

    fn cause(&mut self, place: usize, cause: &Cause<'_>) {
        let color = style::of_class(cause.verdict.class);
        let by = cause.verdict.blocklist.or(cause.verdict.provider);
        let by = by.map_or(String::new(), |provider| format!(", {}", provider.name));
        let reason = cause.reason.as_str();
        let _ = writeln!(self.text, " {place:>2}. {color}{reason}{color:#}{by}: {}", times(cause.count()));
        self.wrapped(&ends(cause), 5);
        let (text, mark) = self.example(cause);
        let _ = writeln!(self.text, "     {}", marked(&text, &mark, self.columns - 5));
        let action = cause.action().entry();
        let advice = cause.verdict.claim.map_or("", |claim| claim.advice);
        let advice = first_sentence(if advice.is_empty() { action.summary } else { advice });
        self.wrapped(&format!("{}: {advice}", action.id), 5);
        // An address is never broken, so that it can be opened and copied.
        if let Some(source) = source(cause) {
            let _ = writeln!(self.text, "     {DIM}{source}{DIM:#}");
        }
    }

    /// The example, without whom it is about where that is wanted, and where the words stand in it that decided.
    fn example(&self, cause: &Cause<'_>) -> (Vec<u8>, std::ops::Range<usize>) {
        let example = &cause.example;
        if self.is_redacted {
            redacted_with(&example.text, &example.matched)
        } else {
            (example.text.to_vec(), example.matched.clone())
        }
    }

    fn wrapped(&mut self, text: &str, indent: usize) {
        for line in crate::page::wrap(text, self.columns - indent) {
            let _ = writeln!(self.text, "{:indent$}{line}", "");
        }
    }
}

/// A part of the text that fits, with the words that decided set off.
fn marked(text: &[u8], mark: &std::ops::Range<usize>, columns: usize) -> String {
    let part = around(text, mark.start, columns);
    let words = shown(&text[mark.clone()]);
    match part.split_once(&words) {
        Some((before, after)) if !words.is_empty() => format!("{before}{MARK}{words}{MARK:#}{after}"),
        _ => part,
    }
}

/// `Later, 20 went through, 3 failed.`, of what was put off.
fn ends(cause: &Cause<'_>) -> String {
    let ended = &cause.ended;
    let ends = [(ended.delivered, "went through"), (ended.failed, "failed"), (ended.expired, "expired")];
    let ends = ends.iter().filter(|(count, _)| *count > 0).map(|(count, what)| format!("{} {what}", number(*count)));
    let ends: Vec<String> = ends.collect();
    if ends.is_empty() { String::new() } else { format!("Later, {}.", ends.join(", ")) }
}

fn times(count: u64) -> String {
    if count == 1 { "once".to_owned() } else { format!("{} times", number(count)) }
}

/// The first source of the verdict, with its address where it has one.
fn source(cause: &Cause<'_>) -> Option<String> {
    Some(match sources::distinct(&cause.verdict).next()? {
        Source::Page(page) if page.url.is_empty() => shown(page.title.as_bytes()),
        Source::Page(page) => shown(page.url.as_bytes()),
        Source::Reference(reference) => reference.to_string(),
        _ => return None,
    })
}

fn first_sentence(text: &str) -> &str {
    text.find(". ").map_or(text, |end| &text[..=end])
}

/// A provider's name, or a domain or address made harmless.
fn name(side: &Side) -> String {
    let name = match side.provider {
        Some(provider) => provider.name.to_owned(),
        None if side.name.is_empty() => "(none)".to_owned(),
        None => shown(side.name.as_bytes()),
    };
    cut(&name, LONG_NAME)
}

fn padded(text: &str, columns: usize) -> String {
    format!("{text}{:1$}", "", columns.saturating_sub(width(text)))
}

/// The start of a span, as exact as its length asks for.
fn label(start: Moment, span: i64) -> String {
    if span >= DAY { start.day() } else { start.clock() }
}
