use std::fmt::{Display, Write};

use smtp_codes::{Action, Party, Provider, Reason, Verdict};

use crate::excerpt;
use crate::json;
use crate::rules::Rules;
use crate::shown::{cut, shown, width};
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
}

/// How many columns the text has at least.
const TEXT: usize = 24;

/// No id takes more columns.
const WIDEST: usize = 32;

/// What stands between two columns.
const GAP: usize = 2;

impl Columns {
    pub(crate) fn new(columns: usize, rules: &Rules) -> Self {
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
        Self { reason, party, action, provider, rule, text: TEXT + left }
    }

    /// The line of a verdict, with its end.
    ///
    /// The line is shown around the place.
    pub(crate) fn row(&self, line: &[u8], place: usize, verdict: &Verdict<'_>) -> String {
        let mut row = String::with_capacity(256);
        let color = style::of_class(verdict.class);
        let reason = match (verdict.reason, verdict.class) {
            (Some(reason), _) => reason.as_str(),
            (None, Some(class)) => json::class(class),
            (None, None) => "",
        };
        let _ = write!(row, "{color}");
        cell(&mut row, reason, self.reason);
        let _ = write!(row, "{color:#}");
        cell(&mut row, verdict.party.map_or("", Party::as_str), self.party);
        cell(&mut row, verdict.action.as_str(), self.action);
        cell(&mut row, verdict.provider.map_or("", |provider| provider.id), self.provider);
        cell(&mut row, verdict.rule.map_or(String::new(), |rule| shown(rule.id.as_bytes())), self.rule);
        row.push_str(&excerpt::around(line, place, self.text));
        row.truncate(row.trim_end().len());
        row.push('\n');
        row
    }
}

/// A name in its column, or a dash for none; nothing where there is no room for the column.
fn cell(row: &mut String, name: impl AsRef<str> + Display, columns: usize) {
    if columns > 0 {
        let name = if name.as_ref().is_empty() { "-" } else { name.as_ref() };
        let name = cut(name, columns - GAP);
        let _ = write!(row, "{name}{:1$}", "", columns - width(&name));
    }
}
