//! Notices that follow no standard: the recipients in a text, and what it says of each.

use std::borrow::ToOwned;
use std::collections::{HashMap, HashSet};
use std::ops::Range;
use std::string::String;
use std::vec::Vec;

use super::address;
use super::limits::Limits;
use super::line::{Line, Lines, joined, start_of};
use super::marker::{self, Marker};
use super::sender;
use super::told::{MOST, Told, says_why, weight};
use super::transcript::{self, Entry};
use crate::{Basis, Verdict, verdict};

/// Whom a notice is about, as far as that is known from elsewhere.
#[derive(Debug, Default)]
pub(super) struct Known {
    /// The addresses of `X-Failed-Recipients`.
    pub(super) failed: Vec<String>,
    /// To whom the notice was sent.
    pub(super) reader: Option<String>,
}

/// What the lines say of each recipient; of one without a name, where they name none and yet say something.
pub(super) fn read(lines: &Lines<'_>, known: &Known, limits: &Limits) -> Vec<Told> {
    let lines = &lines.all;
    let mut blocks = blocks(lines, marker::leading, known, limits);
    let entries = transcript::read(lines);
    let is_of_list = |told: &Told| told.address.as_deref().is_some_and(sender::is_of_list);
    if known.failed.is_empty() && blocks.told.iter().all(is_of_list) {
        blocks.told.clear();
    }
    if blocks.told.is_empty() {
        blocks.told = of_entries(&entries, known);
    }
    if blocks.told.is_empty() {
        blocks = self::blocks(lines, marker::inside, known, limits);
        for told in &mut blocks.told {
            take_paragraph(told, lines, &blocks.marked);
        }
    }
    let told = &mut blocks.told;
    for address in known.failed.iter().take(limits.recipients) {
        if !told.iter().any(|told| told.is(address)) {
            told.push(Told::named(Some(address), 0));
        }
    }
    if told.len() > 1 && known.failed.is_empty() {
        // A notice likes to begin with the name of its reader.
        let reader = known.reader.as_deref().unwrap_or_default();
        told.retain(|told| !told.is(reader) || told.is_refusal());
    }
    if told.is_empty() {
        told.push(Told::named(None, 0));
    }
    complete(&mut blocks, &entries, lines);
    blocks.told
}

/// The recipients of a transcript, where nothing else names any.
fn of_entries(entries: &[Entry], known: &Known) -> Vec<Told> {
    let mut names = HashSet::new();
    let is_reader = |name: &str| known.reader.as_deref().is_some_and(|reader| reader.eq_ignore_ascii_case(name));
    let recipients = entries.iter().filter_map(|entry| entry.recipient.as_deref());
    let new = recipients.filter(|name| !is_reader(name) && names.insert(name.to_ascii_lowercase()));
    new.map(|name| Told::named(Some(name), 0)).collect()
}

/// Takes the paragraph around the line that names a recipient. Where it names others, too, only the line and what follows it
/// is about this one.
fn take_paragraph(told: &mut Told, lines: &[Line<'_>], marked: &[usize]) {
    const MOST_LINES: usize = 40;
    if told.is_refusal() {
        return;
    }
    let place = marked.partition_point(|line| *line < told.at);
    let ends = |line: &Line<'_>| line.is_empty() || is_rule(line.text);
    let highest = marked.get(place + 1).copied().unwrap_or(lines.len()).min(told.at + MOST_LINES);
    let lowest = told.at.saturating_sub(MOST_LINES);
    let start = lines[lowest..told.at].iter().rposition(ends).map_or(lowest, |end| lowest + end + 1);
    let is_shared = |line: usize| line >= start;
    let before = place.checked_sub(1).and_then(|place| marked.get(place)).is_some_and(|line| is_shared(*line));
    let end = lines[told.at..highest].iter().position(ends).map_or(highest, |end| told.at + end);
    let is_followed = marked.get(place + 1).is_some_and(|line| *line == end);
    let start = if before || is_followed { told.at } else { start };
    told.is_around = true;
    told.say(&joined(&lines[start..end]));
}

/// Gives what the rest of the notice says to those of whom their own lines say nothing.
fn complete(blocks: &mut Blocks, entries: &[Entry], lines: &[Line<'_>]) {
    let name = |entry: &Entry| entry.recipient.as_ref().map(|name| name.to_ascii_lowercase());
    // Of several about the same, the first says why.
    let own: HashMap<String, &Entry> = entries.iter().rev().filter_map(|entry| Some((name(entry)?, entry))).collect();
    // Of several recipients, a refusal that names none may be about any other one.
    let scope = if blocks.told.len() == 1 {
        Scope::Sole
    } else {
        Scope::Several { owned: &blocks.owned, takes_replies: entries.is_empty() }
    };
    let common = entries.iter().find(|entry| entry.recipient.is_none()).filter(|_| matches!(scope, Scope::Sole));
    let mut context = None;
    for told in &mut blocks.told {
        if told.weight() < MOST {
            let own = told.address.as_ref().and_then(|address| own.get(&address.to_ascii_lowercase()).copied());
            if let Some(entry) = own.or(common) {
                told.take(start_of(&entry.text, LONGEST_COMMON));
                told.host = told.host.take().or_else(|| entry.host.clone());
            }
        }
        // A sentence around the recipient may say why, and a server's own words still follow.
        if !told.is_enough() || (told.is_around && told.weight() < MOST) {
            let (context, context_weight, is_telling) = context.get_or_insert_with(|| {
                let context = self::context(lines, &blocks.marked, &scope);
                let weight = weight(&context);
                let is_telling = weight > 1 || says_why(&context);
                (context, weight, is_telling)
            });
            let is_better = if told.is_enough() { *context_weight == MOST } else { *is_telling };
            if told.weight() == 0 || is_better {
                told.say(context);
            }
        }
    }
}

/// How much is kept of what is said of all recipients alike.
const LONGEST_COMMON: usize = 1000;

/// The blocks of lines that belong to recipients.
struct Blocks {
    told: Vec<Told>,
    /// The lines that name recipients.
    marked: Vec<usize>,
    /// The lines that are about them.
    owned: Vec<Range<usize>>,
}

fn blocks<'t>(
    lines: &[Line<'t>],
    marker: impl Fn(&Line<'t>) -> Option<Marker<'t>>,
    known: &Known,
    limits: &Limits,
) -> Blocks {
    let mut blocks = Blocks { told: Vec::new(), marked: Vec::new(), owned: Vec::new() };
    let mut index = HashMap::<String, usize>::new();
    let mut at = 0;
    while at < lines.len() {
        let Some(found) = marker(&lines[at]).and_then(|found| wanted(found, known)) else {
            at += 1;
            continue;
        };
        blocks.marked.push(at);
        let end = end_of_block(lines, at, &found, &marker);
        let text = block_text(found.rest, &lines[at + 1..end]);
        for address in found.addresses {
            let place = *index.entry(address.to_ascii_lowercase()).or_insert(blocks.told.len());
            if place == blocks.told.len() {
                if place >= limits.recipients {
                    continue;
                }
                blocks.told.push(Told::named(Some(address), at));
            }
            if let Some(told) = blocks.told.get_mut(place) {
                told.take(&text);
            }
        }
        blocks.owned.push(at..end);
        at = end;
    }
    blocks
}

/// The marker, without addresses that are known to be no recipients.
fn wanted<'t>(mut marker: Marker<'t>, known: &Known) -> Option<Marker<'t>> {
    if !known.failed.is_empty() {
        marker.addresses.retain(|address| known.failed.iter().any(|failed| failed.eq_ignore_ascii_case(address)));
    }
    (!marker.addresses.is_empty()).then_some(marker)
}

/// Where the lines end that belong to the recipient of the line `at`.
fn end_of_block<'t>(
    lines: &[Line<'t>],
    at: usize,
    found: &Marker<'t>,
    marker: &impl Fn(&Line<'t>) -> Option<Marker<'t>>,
) -> usize {
    let mut end = at + 1;
    while let Some(line) = lines.get(end) {
        if line.is_empty() || is_rule(line.text) {
            break;
        }
        if let Some(other) = marker(line) {
            // An answer may name the recipient at the start of a line, most often farther in.
            let is_same = other
                .addresses
                .iter()
                .all(|address| found.addresses.iter().any(|known| known.eq_ignore_ascii_case(address)));
            let is_deeper = line.indent > lines[at].indent && end > at + 1;
            if !is_same && !is_deeper {
                break;
            }
        }
        end += 1;
    }
    end
}

/// A line of signs, which sets parts of a notice apart.
fn is_rule(line: &str) -> bool {
    let signs = |text: &str| text.chars().all(|letter| "-=*_~#|".contains(letter));
    let is_heading = || line.starts_with("---") && line.ends_with("---");
    line.len() >= 3 && (signs(line) || is_heading())
}

/// The text of a block without what says nothing about the failure.
fn block_text(rest: &str, lines: &[Line<'_>]) -> String {
    const LONGEST: usize = 8000;
    let mut text = String::new();
    for part in std::iter::once(rest).chain(lines.iter().map(|line| line.text)) {
        let part = part.trim();
        let part = without_history(part);
        // What qmail does after an answer says nothing about it.
        let is_aftermath = part.starts_with("Giving up on ") && weight(&text) == 3;
        if part.is_empty() || is_aftermath {
            continue;
        }
        let part = part.strip_prefix("(reason: ").map_or(part, |reason| reason.strip_suffix(')').unwrap_or(reason));
        if !text.is_empty() {
            text.push('\n');
        }
        text.push_str(part);
        if text.len() > LONGEST {
            break;
        }
    }
    text
}

/// A text without the remark in front of it that says where an address comes from.
fn without_history(text: &str) -> &str {
    const REMARKS: [&str; 5] =
        ["(generated from", "(ultimately generated from", "(expanded from", "(reading ", "(in reply to"];
    if !REMARKS.iter().any(|start| text.starts_with(start)) {
        return text;
    }
    text.split_once(')').map_or("", |(_, rest)| rest.trim_start_matches([':', ' ']))
}

/// For whom a paragraph is looked for that says why.
enum Scope<'b> {
    /// The only recipient: all is about it.
    Sole,
    /// One of several: what stands in the lines `owned` by one is not for another, nor is what names anybody.
    Several {
        owned: &'b [Range<usize>],
        /// Whether a server's reply may be about all: not where there is a transcript, in which each has its own.
        takes_replies: bool,
    },
}

impl Scope<'_> {
    fn is_owned(&self, line: usize) -> bool {
        let Self::Several { owned, .. } = self else { return false };
        let place = owned.partition_point(|range| range.start <= line);
        place.checked_sub(1).and_then(|place| owned.get(place)).is_some_and(|range| range.contains(&line))
    }

    fn takes(&self, paragraph: &str) -> bool {
        match self {
            Self::Sole => true,
            Self::Several { takes_replies, .. } => {
                !paragraph.contains('@') && (*takes_replies || weight(paragraph) < 2)
            }
        }
    }
}

/// The paragraph of a notice that says most about the failure: behind the recipients rather than before them.
fn context(lines: &[Line<'_>], marked: &[usize], scope: &Scope<'_>) -> String {
    const MOST_PARAGRAPHS: usize = 60;
    let first = marked.first().copied().unwrap_or(0);
    let mut paragraphs: Vec<(usize, String)> = Vec::new();
    let mut start = 0;
    for end in 0..=lines.len() {
        let is_apart = |line: &Line<'_>| line.is_empty() || is_rule(line.text);
        let is_end = lines.get(end).is_none_or(is_apart) || marked.binary_search(&end).is_ok() || scope.is_owned(end);
        if !is_end {
            continue;
        }
        if end > start && paragraphs.len() < MOST_PARAGRAPHS {
            let text = joined(&lines[start..end]);
            if scope.takes(&text) {
                paragraphs.push((start, text));
            }
        }
        start = end + 1;
    }
    let (before, after): (Vec<_>, Vec<_>) = paragraphs.into_iter().partition(|(place, _)| *place < first);
    let mut best: Option<((u8, u8), String)> = None;
    for (_, text) in after.into_iter().chain(before) {
        let text = start_of(&text, LONGEST_COMMON);
        // Of words that say why, the more specific count: `has been rejected` is in many notices.
        let rank = match (weight(text), verdict(text)) {
            (MOST, Verdict { basis: Basis::Text, reason: Some(reason), .. }) => (MOST, reason.entry().rank),
            (MOST, _) => (MOST, 0),
            (_, Verdict { basis: Basis::Text, reason: Some(reason), .. }) => (2, reason.entry().rank),
            (2, _) => (1, 0),
            _ => (0, 0),
        };
        if rank > best.as_ref().map_or((0, 0), |(rank, _)| *rank) {
            best = Some((rank, text.to_owned()));
        }
    }
    match best {
        Some((_, text)) => text,
        None if matches!(scope, Scope::Sole) => start_of(&joined(lines), LONGEST_COMMON).to_owned(),
        None => String::new(),
    }
}

/// The one recipient that a text names elsewhere: the returned message's, or one that the subject has.
pub(super) fn sole_address(text: &str) -> Option<&str> {
    let mut found = address::find_all(text);
    let first = found.next()?;
    found.all(|other| other.eq_ignore_ascii_case(first)).then_some(first)
}
