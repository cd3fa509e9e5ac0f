use smtp_codes::{Action, ReasonEntry, Rule};

use super::claims::heading;
use crate::page::Page;
use crate::shown::shown;
use crate::sources;
use crate::style;

/// A rule: what its words mean, and which they are.
pub(crate) fn rule(rule: &Rule<'_>, page: &mut Page) {
    let entry = rule.reason.entry();
    page.title(&shown(rule.id.as_bytes()), style::BOLD, entry.title, "");
    page.row("Means", entry.summary);
    page.row("Do", entry.advice);
    page.gap();
    page.row("Reason", entry.id);
    if let Some(provider) = rule.provider {
        page.row("Provider", &heading(provider));
    }
    page.row("Rank", &rule.rank.to_string());
    for (place, words) in rule.words.iter().enumerate() {
        page.row(if place == 0 { "Words" } else { "" }, &shown(words.as_bytes()));
    }
    for (place, words) in rule.without.iter().enumerate() {
        page.row(if place == 0 { "Without" } else { "" }, &shown(words.as_bytes()));
    }
    page.row("Example", &shown(rule.example.as_bytes()));
    if !rule.sources.is_empty() {
        page.heading("Sources", "");
    }
    for source in rule.sources {
        page.paragraph(&shown(sources::of_page(source).as_bytes()));
        page.address(&shown(source.url.as_bytes()));
    }
}

/// A reason: what it means to whom, and what to do.
pub(crate) fn reason(entry: &ReasonEntry, page: &mut Page) {
    page.title(entry.id, style::BOLD, entry.title, "");
    page.row("Means", entry.summary);
    page.row("Plain", entry.plain);
    page.row("Do", entry.advice);
    page.gap();
    if let Some(party) = entry.party {
        page.row("Side", &format!("{} ({party})", party.entry().title));
    }
    let action = |action: Action| format!("{} ({action})", action.entry().title);
    page.row("Permanent", &action(entry.permanent));
    page.row("Transient", &action(entry.transient));
}
