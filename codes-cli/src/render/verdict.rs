use std::ops::Range;

use smtp_codes::{Action, Basis, Code, Conflict, Provider, Reason, Source, Verdict, codes};

use super::claims::heading;
use crate::json;
use crate::page::Page;
use crate::parts::Part;
use crate::quote::quote;
use crate::shown::shown;
use crate::sources;
use crate::style;

/// A verdict: what it means, whose side it is, what to do, the evidence and the sources.
pub(crate) fn verdict(part: &Part<'_>, text: &[u8], page: &mut Page) {
    let verdict = &part.verdict;
    title(verdict, page);
    match (verdict.reason.map(Reason::entry), verdict.class) {
        (Some(entry), _) => {
            page.row("Means", entry.summary);
            side(verdict, page);
            let action = verdict.action.entry();
            page.row("Do", &format!("{} ({}). {}", action.title, action.id, entry.advice));
        }
        (None, Some(class)) => {
            page.row("Means", class.entry().summary);
            page.row("Do", class.entry().advice);
        }
        (None, None) => {}
    }
    removal(verdict, page);
    if let Some(seconds) = verdict.retry_after {
        page.row("Retry", &format!("after {}", duration(seconds)));
    }
    page.heading("Evidence", "");
    reply(part, text, page);
    basis(verdict, page);
    provider("Provider", verdict.provider, page);
    provider("Blocklist", verdict.blocklist, page);
    for conflict in verdict.conflicts.iter() {
        page.styled_row("Conflict", style::CARE, &explained(conflict, verdict), style::PLAIN);
    }
    pages(verdict, page);
}

/// A verdict for somebody who only sent a mail: what it means, whose side it is, and the reply to pass on.
pub(crate) fn plain(part: &Part<'_>, text: &[u8], page: &mut Page) {
    title(&part.verdict, page);
    match (part.verdict.reason, part.verdict.class) {
        (Some(reason), _) => page.row("Means", reason.entry().plain),
        (None, Some(class)) => page.row("Means", class.entry().summary),
        (None, None) => {}
    }
    side(&part.verdict, page);
    reply(part, text, page);
}

fn title(verdict: &Verdict<'_>, page: &mut Page) {
    let color = style::of_class(verdict.class);
    match (verdict.reason.map(Reason::entry), verdict.class) {
        (Some(entry), _) => page.title(entry.id, color, entry.title, ""),
        (None, Some(class)) => page.title(json::class(class), color, class.entry().title, ""),
        (None, None) => {}
    }
}

fn side(verdict: &Verdict<'_>, page: &mut Page) {
    if let Some(party) = verdict.party {
        page.row("Side", &format!("{} ({})", party.entry().title, party));
    }
}

/// Where to ask to be taken off the list that refuses.
fn removal(verdict: &Verdict<'_>, page: &mut Page) {
    let lister = verdict.blocklist.or(verdict.provider.filter(|_| verdict.action == Action::Delist));
    if let Some((lister, removal)) = lister.and_then(|lister| Some((lister, lister.removal?))) {
        page.row_address("Delist", &format!("{}:", lister.name), removal);
    }
}

/// The reply with what decided marked in it, and where it stands.
fn reply(part: &Part<'_>, text: &[u8], page: &mut Page) {
    let reply = &text[part.range.clone()];
    let lines = quote(reply, &deciding(&part.verdict, reply), page.text_columns());
    page.quote("Reply", &lines);
    let line = part.line;
    if line > 1 || part.times > 1 {
        let times = if part.times > 1 { format!(", {} times in all", part.times) } else { String::new() };
        page.row("Found", &format!("line {line}{times}"));
    }
}

/// The bytes of the reply that decided: words, or the code on which the verdict rests.
fn deciding(verdict: &Verdict<'_>, reply: &[u8]) -> Range<usize> {
    if let Some(matched) = &verdict.matched {
        return matched.clone();
    }
    let enhanced = verdict.enhanced.map(Code::Enhanced);
    let code = match verdict.basis {
        Basis::Enhanced | Basis::ProviderCode => enhanced.or(verdict.reply.map(Code::Reply)),
        Basis::Reply => verdict.reply.map(Code::Reply),
        _ => None,
    };
    let found = code.and_then(|code| codes(reply).find(|found| found.code == code));
    found.map_or(0..0, |found| found.start..found.end)
}

/// What the verdict rests on, in words.
fn basis(verdict: &Verdict<'_>, page: &mut Page) {
    let class = verdict.class.map_or(String::new(), |class| format!(" ({})", json::class(class)));
    let number = verdict.reply.map_or(String::new(), |code| code.to_string());
    let enhanced = verdict.enhanced.map_or(String::new(), |code| code.to_string());
    let text = match (verdict.basis, verdict.rule) {
        (Basis::Text, Some(rule)) => format!("the words marked, by the rule {}", shown(rule.id.as_bytes())),
        (Basis::ProviderCode, _) => match verdict.provider {
            Some(provider) => format!("what {} means by the code marked; no rule fits the words", provider.name),
            None => String::new(),
        },
        (Basis::Enhanced, _) if verdict.reason.is_some() => {
            format!("the registered meaning of {enhanced}; no rule fits the words")
        }
        (Basis::Reply, _) if verdict.reason.is_some() => {
            format!("what the standard says of {number}; no rule fits the words")
        }
        (Basis::Reply | Basis::Enhanced, _) => "the first digit".to_owned(),
        _ => "nothing: no rule fits the words, and the codes alone tell no reason".to_owned(),
    };
    page.row("Basis", &text);
    page.row("Codes", &format!("{} {class}", [number, enhanced].join(" ").trim()).replace("  ", " "));
}

fn provider(label: &str, provider: Option<&'static Provider>, page: &mut Page) {
    if let Some(provider) = provider {
        page.row(label, &heading(provider));
    }
}

/// The conflict, with what is on both sides of it.
fn explained(conflict: Conflict, verdict: &Verdict<'_>) -> String {
    let message = conflict.message();
    let registered = verdict.enhanced.and_then(smtp_codes::EnhancedCode::entry);
    match (conflict, verdict.reply, verdict.enhanced) {
        (Conflict::Classes, Some(reply), Some(enhanced)) => {
            let (first, second) = (reply.severity(), style::severity(enhanced.class()));
            format!("{message} {reply} is {}, {enhanced} {}.", json::class(first), json::class(second))
        }
        (Conflict::Text, _, Some(enhanced)) => match registered {
            Some(entry) => format!("{message} {enhanced} is registered as \"{}\".", entry.text),
            None => message.to_owned(),
        },
        (Conflict::Registered, _, Some(_)) => match registered {
            Some(entry) => {
                let classes: Vec<_> = entry.classes.iter().map(|class| json::class(style::severity(*class))).collect();
                format!("{message} {} is known as {}.", entry.code, classes.join(" and "))
            }
            None => message.to_owned(),
        },
        _ => message.to_owned(),
    }
}

fn pages(verdict: &Verdict<'_>, page: &mut Page) {
    let mut refs = Vec::new();
    let mut read = Vec::new();
    for source in sources::distinct(verdict) {
        match source {
            Source::Page(page) => read.push(page),
            Source::Reference(reference) => refs.push(*reference),
            _ => {}
        }
    }
    if refs.is_empty() && read.is_empty() {
        return;
    }
    page.heading("Sources", "");
    page.paragraph(&sources::of_references(&refs));
    for source in read {
        page.paragraph(&shown(sources::of_page(source).as_bytes()));
        page.address(&shown(source.url.as_bytes()));
    }
}

/// `90 seconds`, `5 minutes`, `1 hour`.
fn duration(seconds: u32) -> String {
    let (number, unit) = match seconds {
        _ if seconds == 0 || seconds % 60 > 0 => (seconds, "second"),
        _ if seconds % 3600 > 0 => (seconds / 60, "minute"),
        _ => (seconds / 3600, "hour"),
    };
    format!("{number} {unit}{}", if number == 1 { "" } else { "s" })
}

#[cfg(test)]
mod tests {
    use super::duration;

    #[test]
    fn times_are_said_in_their_largest_unit() {
        let said = [0, 1, 59, 60, 90, 300, 3600, 7200, 5400, 86400].map(duration);
        let expected = [
            "0 seconds",
            "1 second",
            "59 seconds",
            "1 minute",
            "90 seconds",
            "5 minutes",
            "1 hour",
            "2 hours",
            "90 minutes",
            "24 hours",
        ];
        assert_eq!(said, expected);
    }
}
