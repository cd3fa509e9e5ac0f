use std::borrow::Cow;

use smtp_codes::{Action, Party, Provider, Reason, Verdict};

use crate::excerpt;
use crate::json;
use crate::rules::Rules;
use crate::shown::{cut, is_printable, shown, width};
use crate::style;

/// The table of verdicts in a stream: how wide its columns are, known before any line is.
///
/// Reason and action are always there; side, rule and provider where there is room for them, and the text has the rest.
#[derive(Debug)]
pub(crate) struct Columns {
    reason: usize,
    party: usize,
    action: usize,
    provider: usize,
    rule: usize,
    text: usize,
    is_colored: bool,
}

/// How many columns the text has at least.
const TEXT: usize = 24;

/// No id takes more columns.
const WIDEST: usize = 32;

/// What stands between two columns.
const GAP: usize = 2;

impl Columns {
    pub(crate) fn new(columns: usize, is_colored: bool, rules: &Rules) -> Self {
        let widest = |names: &mut dyn Iterator<Item = &str>| names.map(width).max().unwrap_or(0).min(WIDEST) + GAP;
        let reason = widest(&mut Reason::ALL.iter().map(|reason| reason.as_str()));
        let action = widest(&mut Action::ALL.iter().map(|action| action.as_str()));
        let mut left = columns.saturating_sub(reason + action + TEXT);
        let mut room = |wanted: usize| {
            let given = if wanted <= left { wanted } else { 0 };
            left -= given;
            given
        };
        let party = room(widest(&mut Party::ALL.iter().map(|party| party.as_str())));
        let rule = room(widest(&mut rules.all().map(|rule| rule.id)));
        let provider = room(widest(&mut Provider::ALL.iter().map(|provider| provider.id)));
        Self { reason, party, action, provider, rule, text: TEXT + left, is_colored }
    }

    /// Writes the line of a verdict, with its end. The text is shown around the place.
    pub(crate) fn row(&self, text: &[u8], place: usize, verdict: &Verdict<'_>, out: &mut Vec<u8>) {
        let color = style::of_class(verdict.class);
        let reason = match (verdict.reason, verdict.class) {
            (Some(reason), _) => reason.as_str(),
            (None, Some(class)) => json::class(class),
            (None, None) => "",
        };
        if self.is_colored {
            out.extend_from_slice(format!("{color}").as_bytes());
        }
        cell(out, reason, self.reason);
        if self.is_colored {
            out.extend_from_slice(format!("{color:#}").as_bytes());
        }
        cell(out, verdict.party.map_or("", Party::as_str), self.party);
        cell(out, verdict.action.as_str(), self.action);
        cell(out, verdict.provider.map_or("", |provider| provider.id), self.provider);
        cell(out, verdict.rule.map_or("", |rule| rule.id), self.rule);
        out.extend_from_slice(excerpt::around(text, place, self.text).as_bytes());
        out.truncate(out.trim_ascii_end().len());
        out.push(b'\n');
    }
}

/// A name in its column, or a dash for none; nothing where there is no room for the column.
fn cell(out: &mut Vec<u8>, name: &str, columns: usize) {
    if columns == 0 {
        return;
    }
    let name = if name.is_empty() { "-" } else { name };
    let (name, taken) = if is_printable(name.as_bytes()) && name.len() <= columns - GAP {
        (Cow::Borrowed(name), name.len())
    } else {
        let name = cut(&shown(name.as_bytes()), columns - GAP);
        let taken = width(&name);
        (Cow::Owned(name), taken)
    };
    out.extend_from_slice(name.as_bytes());
    out.resize(out.len() + columns - taken, b' ');
}
