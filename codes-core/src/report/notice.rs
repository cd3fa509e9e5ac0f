//! Notices that follow no standard: the recipients in a text, and what it says of each.

use std::borrow::ToOwned;
use std::string::String;
use std::vec::Vec;

use super::address;
use super::field::one_line;
use super::kind::Kind;
use super::limits::Limits;
use super::line::{Line, Lines, joined, start_of};
use super::marker::{self, Marker};
use super::recipient::{Recipient, codes_in};
use super::said::{Said, said};
use super::sender;
use super::transcript::{self, Entry};
use crate::{Basis, Verdict, verdict};

/// What a text says of one recipient.
#[derive(Debug)]
pub(super) struct Told {
    pub(super) address: Option<String>,
    /// In lines, as it stands there.
    text: String,
    host: Option<String>,
    /// Whether the text is the paragraph that names the recipient, which may say nothing else.
    is_around: bool,
}

impl Told {
    /// What is kept of a text: more than any server says.
    const LONGEST: usize = 4000;

    /// Takes a text where it says more than the one that is known.
    fn take(&mut self, text: &str) {
        if weight(text) > weight(&self.text) {
            self.text = start_of(text, Self::LONGEST).to_owned();
        }
    }

    /// Takes the paragraph around a line, of which the recipient is a part.
    ///
    /// Where it names others, too, only the line and what follows it is about this one.
    fn take_paragraph(&mut self, lines: &[Line<'_>], at: usize, marked: &[usize]) {
        let ends = |line: &Line<'_>| line.is_empty() || is_rule(line.text);
        let start = lines[..at].iter().rposition(ends).map_or(0, |end| end + 1);
        let end = lines[at..].iter().position(ends).map_or(lines.len(), |end| at + end);
        let others =
            |range: std::ops::Range<usize>| marked.iter().copied().find(|line| *line != at && range.contains(line));
        let start = if others(start..end).is_some() { at } else { start };
        let end = others(at..end).unwrap_or(end);
        if weight(&self.text) <= 1 {
            self.is_around = true;
            self.text = start_of(&joined(&lines[start..end]), Self::LONGEST).to_owned();
        }
    }

    /// Whether it holds a server's refusal.
    pub(super) fn is_refusal(&self) -> bool {
        weight(&self.text) >= 2
    }

    fn is(&self, address: &str) -> bool {
        self.address.as_deref().is_some_and(|known| known.eq_ignore_ascii_case(address))
    }

    /// The recipient, to which this happened.
    pub(super) fn into_recipient(self, kind: Kind) -> Recipient {
        let (reply, status) = codes_in(self.text.as_bytes());
        let Said { before, words, phase } = said(&self.text);
        let diagnostic = one_line(words.as_bytes());
        let host = || before.lines().find_map(transcript::host).map(ToOwned::to_owned);
        Recipient {
            remote_mta: self.host.clone().or_else(host),
            recipient: self.address.clone(),
            final_recipient: self.address,
            kind,
            status,
            reply,
            phase,
            diagnostic: Some(diagnostic).filter(|text| !text.is_empty()),
            ..Recipient::default()
        }
    }
}

/// How much a text says about a failure.
fn weight(text: &str) -> u8 {
    match codes_in(text.as_bytes()) {
        (Some(_), _) => 3,
        (None, Some(status)) if status.class().digit() != 2 => 2,
        _ => u8::from(text.chars().any(char::is_alphabetic)),
    }
}

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
    let lines = &lines.lines;
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
        for (place, told) in blocks.told.iter_mut().enumerate() {
            if let Some(at) = blocks.marked.get(place) {
                told.take_paragraph(lines, *at, &blocks.marked);
            }
        }
    }
    let mut told = blocks.told;
    if !known.failed.is_empty() {
        for address in known.failed.iter().take(limits.recipients) {
            if !told.iter().any(|told| told.is(address)) {
                told.push(Told { address: Some(address.clone()), text: String::new(), host: None, is_around: false });
            }
        }
    } else if told.len() > 1 {
        // A notice likes to begin with the name of its reader.
        let reader = known.reader.as_deref().unwrap_or_default();
        told.retain(|told| !told.is(reader) || weight(&told.text) > 1);
    }
    if told.is_empty() {
        told.push(Told { address: None, text: String::new(), host: None, is_around: false });
    }
    complete(&mut told, &entries, lines, &blocks.marked);
    told
}

/// The recipients of a transcript, where nothing else names any.
fn of_entries(entries: &[Entry], known: &Known) -> Vec<Told> {
    let mut told: Vec<Told> = Vec::new();
    for entry in entries {
        let Some(recipient) = &entry.recipient else { continue };
        let is_reader = known.reader.as_deref().is_some_and(|reader| reader.eq_ignore_ascii_case(recipient));
        if !is_reader && !told.iter().any(|told| told.is(recipient)) {
            told.push(Told { address: Some(recipient.clone()), text: String::new(), host: None, is_around: false });
        }
    }
    told
}

/// Gives what the rest of the notice says to those of whom their own lines say nothing.
fn complete(told: &mut [Told], entries: &[Entry], lines: &[Line<'_>], marked: &[usize]) {
    let mut context = None;
    for told in told {
        if weight(&told.text) < 3 {
            let own = entries.iter().find(|entry| entry.recipient.as_deref().is_some_and(|address| told.is(address)));
            if let Some(entry) = own.or_else(|| entries.iter().find(|entry| entry.recipient.is_none())) {
                told.take(&entry.text);
                told.host = told.host.take().or_else(|| entry.host.clone());
            }
        }
        let is_enough = if told.is_around { says_why(&told.text) } else { says_something(&told.text) };
        if weight(&told.text) < 2 && !is_enough {
            let context: &String = context.get_or_insert_with(|| self::context(lines, marked));
            if told.text.is_empty() || weight(context) > 1 || says_why(context) {
                told.text.clone_from(context);
            }
        }
    }
}

/// Whether a text is more than a remark on an address: `(unrecoverable error)`.
fn says_something(text: &str) -> bool {
    let is_remark = text.starts_with('(') && text.ends_with(')') && !text.contains('\n');
    text.split_whitespace().count() > 2 && !is_remark || !text.is_empty() && says_why(text)
}

fn says_why(text: &str) -> bool {
    verdict(text).basis == Basis::Text
}

/// The blocks of lines that belong to recipients.
struct Blocks {
    told: Vec<Told>,
    /// The lines that name recipients.
    marked: Vec<usize>,
}

fn blocks<'t>(
    lines: &[Line<'t>],
    marker: impl Fn(&Line<'t>) -> Option<Marker<'t>>,
    known: &Known,
    limits: &Limits,
) -> Blocks {
    let mut blocks = Blocks { told: Vec::new(), marked: Vec::new() };
    let mut index = std::collections::HashMap::<String, usize>::new();
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
                blocks.told.push(Told {
                    address: Some(address.to_owned()),
                    text: String::new(),
                    host: None,
                    is_around: false,
                });
            }
            if let Some(told) = blocks.told.get_mut(place) {
                told.take(&text);
            }
        }
        at = end.max(at + 1);
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

/// The paragraph of a notice that says most about the failure: behind the recipients rather than before them.
fn context(lines: &[Line<'_>], marked: &[usize]) -> String {
    const MOST: usize = 60;
    let first = marked.first().copied().unwrap_or(0);
    let mut paragraphs: Vec<(usize, String)> = Vec::new();
    let mut start = 0;
    for end in 0..=lines.len() {
        let is_end = lines.get(end).is_none_or(|line| line.is_empty() || is_rule(line.text) || marked.contains(&end));
        if !is_end {
            continue;
        }
        if end > start && paragraphs.len() < MOST {
            paragraphs.push((start, joined(&lines[start..end])));
        }
        start = end + 1;
    }
    let (before, after): (Vec<_>, Vec<_>) = paragraphs.into_iter().partition(|(place, _)| *place < first);
    let mut best: Option<((u8, u8), String)> = None;
    for (_, text) in after.into_iter().chain(before) {
        let text = start_of(&text, Told::LONGEST);
        // Of words that say why, the more specific count: `has been rejected` is in many notices.
        let rank = match (weight(text), verdict(text)) {
            (3, _) => (3, 0),
            (_, Verdict { basis: Basis::Text, reason: Some(reason), .. }) => (2, reason.entry().rank),
            (2, _) => (1, 0),
            _ => (0, 0),
        };
        if rank > best.as_ref().map_or((0, 0), |(rank, _)| *rank) {
            best = Some((rank, text.to_owned()));
        }
    }
    best.map_or_else(|| start_of(&joined(lines), LONGEST_REST).to_owned(), |(_, text)| text)
}

/// How much of a notice is given as its words where none of its parts says why.
const LONGEST_REST: usize = 1000;

/// The one recipient that a text names elsewhere: the returned message's, or one that the subject has.
pub(super) fn sole_address(text: &str) -> Option<&str> {
    let mut found = address::find_all(text);
    let first = found.next()?;
    found.all(|other| other.eq_ignore_ascii_case(first)).then_some(first)
}
