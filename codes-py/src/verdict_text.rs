//! A verdict as plain text to read.

use smtp_codes::{Action, Basis, Source};

use crate::error::visible;
use crate::verdict::{Verdict, class};

/// What it means, whose side it is, what to do, the evidence and the sources; `words` are those that decided.
pub(crate) fn of(object: &Verdict, words: Option<&str>) -> String {
    let verdict = &object.given;
    let mut lines = Vec::new();
    if let Some(entry) = verdict.reason.map(smtp_codes::Reason::entry) {
        let action = verdict.action.entry();
        lines.push(format!("{}: {}", entry.id, entry.title));
        lines.push(format!("Means: {}", entry.summary));
        lines.extend(verdict.party.map(|party| format!("Side: {} ({party})", party.entry().title)));
        lines.push(format!("Do: {} ({}). {}", action.title, action.id, entry.advice));
    } else if let Some(severity) = verdict.class {
        let entry = severity.entry();
        lines.push(format!("{}: {}", class(severity), entry.title));
        lines.push(format!("Means: {}", entry.summary));
        lines.push(format!("Do: {}", entry.advice));
    }
    let lister = verdict.blocklist.or(verdict.provider.filter(|_| verdict.action == Action::Delist));
    if let Some((lister, removal)) = lister.and_then(|lister| Some((lister, lister.removal?))) {
        lines.push(format!("Delist: {}: {removal}", lister.name));
    }
    lines.extend(verdict.retry_after.map(|seconds| format!("Retry: after {seconds} seconds")));
    lines.extend(codes(verdict));
    lines.push(format!("Evidence: {}", evidence(verdict, words)));
    lines.extend(verdict.provider.map(|provider| format!("Provider: {}", provider.name)));
    lines.extend(verdict.blocklist.map(|blocklist| format!("Blocklist: {}", blocklist.name)));
    lines.extend(verdict.conflicts.iter().map(|conflict| format!("Conflict: {}", conflict.message())));
    lines.extend(object.distinct_sources().into_iter().filter_map(source));
    lines.join("\n")
}

fn codes(verdict: &smtp_codes::Verdict<'_>) -> Option<String> {
    let codes = [verdict.reply.map(|code| code.to_string()), verdict.enhanced.map(|code| code.to_string())];
    let codes: Vec<_> = codes.into_iter().flatten().collect();
    verdict.class.map(|severity| format!("Codes: {} ({})", codes.join(" "), class(severity)))
}

/// What the verdict rests on.
fn evidence(verdict: &smtp_codes::Verdict<'_>, words: Option<&str>) -> String {
    match (verdict.basis, verdict.rule, verdict.provider) {
        (Basis::Text, Some(rule), _) => {
            format!("the words \"{}\", by the rule {}", visible(words.unwrap_or_default()), visible(rule.id))
        }
        (Basis::ProviderCode, _, Some(provider)) => format!("what {} means by the code", provider.name),
        (Basis::Enhanced, ..) if verdict.reason.is_some() => "the registered meaning of the enhanced code".to_owned(),
        (Basis::Reply, ..) if verdict.reason.is_some() => "what the standard says of the reply code".to_owned(),
        (Basis::Enhanced | Basis::Reply, ..) => "the first digit".to_owned(),
        _ => "none: no rule fits the words, and the codes alone tell no reason".to_owned(),
    }
}

fn source(source: Source<'_>) -> Option<String> {
    match source {
        Source::Page(page) if page.url.is_empty() => {
            Some(format!("Source: {} (read {})", visible(page.title), visible(page.read)))
        }
        Source::Page(page) => {
            let [title, url, read] = [page.title, page.url, page.read].map(visible);
            Some(format!("Source: {title} {url} (read {read})"))
        }
        Source::Reference(reference) => Some(format!("Source: {reference} {}", reference.url())),
        _ => None,
    }
}
