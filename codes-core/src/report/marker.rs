//! Lines that name a recipient.

use std::vec::Vec;

use super::address;
use super::line::{Line, start_of};
use super::sender;
use super::words;

/// What a line says of recipients.
#[derive(Debug)]
pub(super) struct Marker<'t> {
    pub(super) addresses: Vec<&'t str>,
    /// What follows the address on the line.
    pub(super) rest: &'t str,
}

/// The recipients with whom a line begins: `<ann@a.example>: host`, `* ann@a.example`, `ann@a.example on 4/29/01 11:34 PM`.
pub(super) fn leading<'t>(line: &Line<'t>) -> Option<Marker<'t>> {
    if !line.text.contains('@') {
        return None;
    }
    let mut text = line.text.trim_start_matches(['*', '-', '>', '•', '·', ' ', '\t', '"', '\'', '«', '[', '(']);
    if let Some(named) = named(text) {
        return Some(named);
    }
    let mut addresses = Vec::new();
    while let Some((found, rest)) = address_at_start(text).filter(|_| addresses.len() < MOST_ADDRESSES) {
        if !addresses.contains(&found) {
            addresses.push(found);
        }
        text = rest;
        let next = rest.trim_start_matches([',', ';', ' ', '\t', '<', '(']);
        let is_next = address_at_start(next).is_some() && (next.len() < rest.len());
        if !is_next {
            break;
        }
        text = rest.trim_start_matches([',', ';', ' ', '\t', '(']);
    }
    if addresses.is_empty() || text.trim_start().starts_with("wrote") {
        return None;
    }
    Some(Marker { addresses, rest: rest(text) })
}

/// A name with the address behind it, as Exchange writes it: `Ann Smith (ann@a.example) on 11/3/2026 9:00 AM`.
fn named(text: &str) -> Option<Marker<'_>> {
    const LONGEST_NAME: usize = 80;
    let open = text.find(['(', '<']).filter(|open| (1..=LONGEST_NAME).contains(open))?;
    let name = text[..open].trim_end();
    let (found, after) = address_at_start(text[open..].trim_start_matches('('))?;
    let after = after.trim_start_matches(')');
    let is_name = name.split_whitespace().count() <= 5
        && !name.contains([':', '@', '.', '#'])
        && !name.starts_with(|letter: char| letter.is_ascii_digit());
    let is_marked = after.starts_with("<mailto:") || (!after.trim().is_empty() && rest(after).is_empty());
    (is_name && is_marked).then(|| Marker { addresses: std::vec![found], rest: "" })
}

/// How many addresses of a line are read.
const MOST_ADDRESSES: usize = 100;

/// How much of a text is looked at for an address at its start.
const LONGEST_ADDRESS: usize = 600;

/// The address with which a text begins, in brackets or not, and what follows it.
fn address_at_start(text: &str) -> Option<(&str, &str)> {
    let is_bracketed = text.starts_with('<');
    let inner = text.strip_prefix('<').unwrap_or(text);
    let inner = inner
        .strip_prefix("mailto:")
        .or_else(|| inner.strip_prefix("smtp:"))
        .or_else(|| inner.strip_prefix("SMTP:"))
        .unwrap_or(inner);
    let found = address::find(start_of(inner, LONGEST_ADDRESS))?;
    let after = inner.strip_prefix(found)?;
    let after = if is_bracketed { after.strip_prefix('>')? } else { after.trim_start_matches(['\'', '"', ']', '»']) };
    Some((found, after))
}

/// What follows an address, where it says something: Exchange puts the time there.
fn rest(text: &str) -> &str {
    let rest = text.trim_matches([' ', '\t', ':', ';', ',', '.', '-', '>', '<', '\u{2013}', '\u{2026}']);
    let count = |is: fn(&char) -> bool| rest.chars().filter(is).count();
    let (digits, letters) = (count(char::is_ascii_digit), rest.chars().filter(|letter| letter.is_alphabetic()).count());
    let is_time = rest.len() < 60
        && digits >= 5
        && letters <= 12
        && (rest.contains('/') || rest.contains(':') || rest.contains('.'));
    let is_time = is_time && !rest.starts_with(['4', '5']);
    // What is left of brackets that stood around the address.
    if is_time || !rest.chars().any(char::is_alphanumeric) { "" } else { rest }
}

/// A recipient in the middle of a line, behind words that say so: `Unable to deliver message to <ann@a.example>`.
pub(super) fn inside<'t>(line: &Line<'t>) -> Option<Marker<'t>> {
    if !line.text.contains('@') || line.text.len() > 1000 {
        return None;
    }
    let lower = line.text.to_lowercase();
    let is_about_delivery = words::LEAD_CONTEXTS.are_in(&lower);
    for found in address::find_all(line.text) {
        let start = found.as_ptr() as usize - line.text.as_ptr() as usize;
        let before = line.text[..start]
            .trim_end_matches(['<', '\'', '"', '(', '[', '`', ' ', '\t', '«', '\u{201c}'])
            .to_lowercase();
        let is_led = words::LEADS.iter().any(|lead| {
            before
                .strip_suffix(lead.trim_end())
                .is_some_and(|rest| !rest.ends_with(|letter: char| letter.is_alphanumeric()))
        });
        if sender::is_of_list(found) {
            continue;
        }
        let is_labelled = before.ends_with([':', '\u{ff1a}']) && is_led;
        if is_led && (is_about_delivery || (is_labelled && before.len() < 24 && !before.starts_with("to:"))) {
            let rest = &line.text[start + found.len()..];
            return Some(Marker { addresses: std::vec![found], rest: self::rest(rest) });
        }
    }
    None
}
