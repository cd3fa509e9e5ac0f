//! The parts of a text that say why a mail was refused: of a bounce message or log, the replies in it.

use std::collections::{HashMap, HashSet};
use std::ops::Range;

use memchr::memchr_iter;
use smtp_codes::{Basis, EnhancedCode, Reason, ReplyCode, Severity, Verdict, codes};

use crate::rules::Rules;

/// A reply in a text, with whatever stands around it, and the verdict on it.
#[derive(Debug)]
pub(crate) struct Part<'r> {
    /// Its bytes in the text.
    pub(crate) range: Range<usize>,
    pub(crate) verdict: Verdict<'r>,
    /// The number of its first line in the text, from 1.
    pub(crate) line: usize,
    /// In how many places the text says the same.
    pub(crate) times: usize,
}

/// The parts that decide, those that say the same once, in the order in which they appear.
///
/// Where servers' replies that report a failure stand in the text, these decide, and enhanced codes that no such reply has;
/// else words that report one; else the last reply of any kind. A text in which there is none of these has no part.
pub(crate) fn decisive<'r>(text: &[u8], rules: &'r Rules) -> Vec<Part<'r>> {
    let mut parts = different(text, rules);
    match parts.iter().map(|part| weight(&part.verdict)).max() {
        Some(Weight::Reply) => {
            let refusals = parts.iter().filter(|part| weight(&part.verdict) == Weight::Reply);
            let replied: HashSet<EnhancedCode> = refusals.filter_map(|part| part.verdict.enhanced).collect();
            parts.retain(|part| match weight(&part.verdict) {
                Weight::Reply => true,
                Weight::Enhanced => {
                    let is_new = part.verdict.enhanced.is_some_and(|code| !replied.contains(&code));
                    is_new && !is_status(&text[part.range.clone()])
                }
                _ => false,
            });
        }
        Some(Weight::Success) => drop(parts.drain(..parts.len() - 1)),
        Some(best) => parts.retain(|part| weight(&part.verdict) == best),
        None => {}
    }
    parts
}

/// All parts that say anything, those that say the same once.
fn different<'r>(text: &[u8], rules: &'r Rules) -> Vec<Part<'r>> {
    let mut parts: Vec<Part> = Vec::new();
    let mut known: HashMap<Same, usize> = HashMap::new();
    let (mut line, mut counted) = (1, 0);
    for range in units(text) {
        let mut part = Part { verdict: rules.verdict(&text[range.clone()]), range, line, times: 1 };
        if weight(&part.verdict) == Weight::Nothing {
            continue;
        }
        line += memchr_iter(b'\n', &text[counted..part.range.start]).count();
        counted = part.range.start;
        part.line = line;
        complete(&mut part, text, rules);
        let place = *known.entry(same(&part, text)).or_insert(parts.len());
        match parts.get_mut(place) {
            Some(first) => first.times += 1,
            None => parts.push(part),
        }
    }
    parts
}

/// Whether a part is the field of a report that says again what the reply beside it says.
fn is_status(part: &[u8]) -> bool {
    part.get(..STATUS.len()).is_some_and(|start| start.eq_ignore_ascii_case(STATUS))
}

/// The field of a report that holds the enhanced code.
const STATUS: &[u8] = b"Status:";

/// How much a part says about a failure.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
enum Weight {
    Nothing,
    Success,
    /// Words without a code.
    Words,
    /// An enhanced code without a reply code.
    Enhanced,
    Reply,
}

fn weight(verdict: &Verdict<'_>) -> Weight {
    match (verdict.class, verdict.reply) {
        (Some(Severity::TransientNegativeCompletion | Severity::PermanentNegativeCompletion), Some(_)) => Weight::Reply,
        (Some(Severity::TransientNegativeCompletion | Severity::PermanentNegativeCompletion), None) => Weight::Enhanced,
        (Some(_), _) => Weight::Success,
        (None, _) if verdict.basis == Basis::Text => Weight::Words,
        (None, _) => Weight::Nothing,
    }
}

/// The text in units: a line with the deeper indented ones behind it, and a reply of several lines.
fn units(text: &[u8]) -> impl Iterator<Item = Range<usize>> {
    let mut lines = lines(text).filter(|line| !text[line.clone()].is_empty()).peekable();
    std::iter::from_fn(move || {
        let first = lines.next()?;
        let mut unit = first.clone();
        let mut last = first.clone();
        while let Some(line) = lines.next_if(|line| {
            let is_next = memchr_iter(b'\n', &text[last.end..line.start]).count() == 1;
            is_next && (indent(text, line) > indent(text, &first) || goes_on(&text[last.clone()], &text[line.clone()]))
        }) {
            unit.end = line.end;
            last = line;
        }
        Some(unit)
    })
}

/// The bytes of each line without the white space around it.
fn lines(text: &[u8]) -> impl Iterator<Item = Range<usize>> {
    let mut start = 0;
    text.split(|byte| *byte == b'\n').map(move |line| {
        let end = start + line.trim_ascii_end().len();
        let range = (start + line.len() - line.trim_ascii_start().len()).min(end)..end;
        start += line.len() + 1;
        range
    })
}

/// A line that is indented farther counts as indented so far.
const DEEPEST: usize = 100;

/// How far a line is indented.
fn indent(text: &[u8], line: &Range<usize>) -> usize {
    text[..line.start].iter().rev().take(DEEPEST).take_while(|byte| matches!(byte, b' ' | b'\t')).count()
}

/// Whether a line of a reply is followed by the next one of the same: `550-...`, then `550-...` or `550 ...`.
fn goes_on(line: &[u8], next: &[u8]) -> bool {
    let reply = |line: &[u8]| {
        let line = line.strip_prefix(b"<<<").unwrap_or(line).trim_ascii_start();
        let code = line.get(..3).filter(|code| code.iter().all(u8::is_ascii_digit))?;
        Some((code.to_vec(), line.get(3).copied()))
    };
    match (reply(line), reply(next)) {
        (Some((code, Some(b'-'))), Some((next, after))) => code == next && matches!(after, None | Some(b'-' | b' ')),
        _ => false,
    }
}

/// How many bytes of lines that follow a part are read with it.
const FOLLOWING: usize = 1000;

/// Where the words of a part decide nothing, takes the lines that follow with it, if they do: a mail program may have broken it.
fn complete<'r>(part: &mut Part<'r>, text: &[u8], rules: &'r Rules) {
    if part.verdict.basis == Basis::Text || weight(&part.verdict) < Weight::Enhanced {
        return;
    }
    let rest = &text[part.range.end..];
    let rest = &rest[..rest.len().min(FOLLOWING)];
    let mut end = 0;
    // The first line is the rest of the part's own: nothing.
    for line in lines(rest).skip(1) {
        let line_text = &rest[line.clone()];
        if line_text.is_empty() || is_header(line_text) || codes(line_text).next().is_some() {
            break;
        }
        end = line.end;
    }
    if end == 0 {
        return;
    }
    let longer = part.range.start..part.range.end + end;
    let verdict = rules.verdict(&text[longer.clone()]);
    if verdict.basis == Basis::Text {
        (part.range, part.verdict) = (longer, verdict);
    }
}

/// Whether a line begins something else: `Status: ...`, `>>> ...`, `--boundary`.
fn is_header(line: &[u8]) -> bool {
    let name = line.iter().take_while(|byte| byte.is_ascii_alphanumeric() || **byte == b'-').count();
    (name > 0 && line.get(name) == Some(&b':'))
        || [&b"<<<"[..], b">>>", b"--"].iter().any(|mark| line.starts_with(mark))
}

/// What two parts have in common that say the same.
type Same<'r> = (Option<ReplyCode>, Option<EnhancedCode>, Option<Reason>, [Option<&'r str>; 2], Option<u32>, bool);

fn same<'r>(part: &Part<'r>, text: &[u8]) -> Same<'r> {
    let verdict = &part.verdict;
    let named = verdict.blocklist.or(verdict.provider).map(|provider| provider.id);
    let words = [verdict.rule.map(|rule| rule.id), named];
    let is_status = is_status(&text[part.range.clone()]);
    (verdict.reply, verdict.enhanced, verdict.reason, words, verdict.retry_after, is_status)
}
