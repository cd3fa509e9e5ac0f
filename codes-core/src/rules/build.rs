//! From the model to a set of rules, as the macro does it at compile time.
//!
//! A rule borrows its words and a verdict its rule, for the catalogue's static tables and for these alike. Safe Rust has no
//! struct that owns both ends of such a loan, so what is read at run time is never given back.

use std::boxed::Box;
use std::collections::BTreeMap;
use std::string::String;
use std::vec::Vec;

use smtp_codes_data::automaton::Automaton;
use smtp_codes_data::compile::compile;
use smtp_codes_data::{Entry, Model, Placed, Words, schema};

use crate::enhanced_code::Class;
use crate::provider::{EnhancedPattern, Page, Provider, ProviderKind};
use crate::reason::Reason;
use crate::verdict::{Phase, Rule, RuleSet, Tables};

/// The rules of a model, the words by which its providers are known, and those that tell when to try again.
///
/// # Errors
///
/// What was expected and what was found, where there are too many words.
pub(super) fn rule_set(model: &'static Model) -> Result<RuleSet<'static>, String> {
    let files = model.phrases.iter().map(|file| (&file.head.id, &file.pages));
    let files = files.chain(model.providers.iter().map(|file| (&file.head.id, &file.pages)));
    let pages: BTreeMap<&str, &'static [Page]> =
        files.map(|(id, pages)| (id.as_str(), leak(pages.iter().map(page)))).collect();
    let providers = leak(model.providers.iter().map(|file| provider(&file.head, pages[file.head.id.as_str()])));
    let retries = model.phrases.iter().flat_map(|phrases| &phrases.retries).map(|retry| &**retry);
    let compiled = compile(&model.rules().map(|placed| &**placed.rule).collect::<Vec<_>>(), &model.providers, retries)?;
    let compiled: &'static _ = Box::leak(Box::new(compiled));
    let rules = model.rules().zip(&compiled.guards).map(|(placed, guards)| {
        let rank = placed.rank(&model.reasons);
        rule(&placed, rank, guards, providers, pages[placed.file])
    });
    Ok(RuleSet { tables: tables(&compiled.automaton), rules: leak(rules), providers })
}

fn leak<T>(items: impl IntoIterator<Item = T>) -> &'static [T] {
    items.into_iter().collect::<Vec<_>>().leak()
}

fn rule(
    placed: &Placed<'static>,
    rank: Option<u8>,
    guards: &'static [u16],
    providers: &'static [Provider],
    pages: &'static [Page],
) -> Rule<'static> {
    let rule: &'static Entry<schema::Rule> = placed.rule;
    // The catalogue of a later version may have others; only the rule's id is asked of that one.
    let reason = Reason::from_id(&rule.reason).unwrap_or(Reason::Unknown);
    Rule {
        id: &rule.id,
        reason,
        provider: placed.provider.map(|index| &providers[index]),
        words: leak(rule.words.iter().map(Words::as_str)),
        without: leak(rule.without.iter().map(Words::as_str)),
        example: rule.examples.first().map_or("", String::as_str),
        rank: rank.unwrap_or(reason.entry().rank),
        sources: leak(placed.sources().map(|index| &pages[index])),
        guards,
        reply: leak(rule.reply.iter().map(|pattern| (pattern.first, pattern.last))),
        enhanced: leak(rule.enhanced.iter().map(pattern)),
        phases: leak(rule.phase.iter().map(|phase| of_phase(*phase))),
        detected: rule.detected,
        coded: rule.coded,
    }
}

fn page(page: &'static Entry<schema::Page>) -> Page {
    Page { id: &page.id, title: &page.title, url: &page.url, read: &page.read }
}

/// A provider without its claims: those are asked only where no rule decides.
fn provider(head: &'static schema::ProviderHead, pages: &'static [Page]) -> Provider {
    Provider {
        id: &head.id,
        name: &head.name,
        kind: match head.kind {
            schema::ProviderKind::Server => ProviderKind::Server,
            schema::ProviderKind::Mailbox => ProviderKind::Mailbox,
            schema::ProviderKind::Gateway => ProviderKind::Gateway,
            schema::ProviderKind::InternetProvider => ProviderKind::InternetProvider,
            schema::ProviderKind::Blocklist => ProviderKind::Blocklist,
            schema::ProviderKind::SendingService => ProviderKind::SendingService,
        },
        documented: head.documented,
        summary: &head.summary,
        hosts: leak(head.hosts.iter().map(String::as_str)),
        removal: head.removal.as_deref(),
        pages,
        claims: &[],
    }
}

fn pattern(pattern: &smtp_codes_data::EnhancedPattern) -> EnhancedPattern {
    let class = pattern.class.map(|digit| match digit {
        2 => Class::Success,
        4 => Class::Transient,
        _ => Class::Permanent,
    });
    EnhancedPattern { class, subject: pattern.subject, first: *pattern.details.start(), last: *pattern.details.end() }
}

fn of_phase(phase: schema::Phase) -> Phase {
    match phase {
        schema::Phase::Connection => Phase::Connection,
        schema::Phase::Helo => Phase::Helo,
        schema::Phase::Auth => Phase::Auth,
        schema::Phase::Mail => Phase::Mail,
        schema::Phase::Rcpt => Phase::Rcpt,
        schema::Phase::Data => Phase::Data,
    }
}

pub(super) fn tables(automaton: &Automaton) -> Tables<'_> {
    Tables {
        slots: &automaton.slots,
        states: &automaton.states,
        endings: &automaton.endings,
        edges: &automaton.edges,
        ends: &automaton.ends,
        guard_ends: &automaton.guard_ends,
        complete: &automaton.complete,
        openings: &automaton.openings,
        followers: &automaton.followers,
        guards: &automaton.guards,
        guard_places: &automaton.guard_places,
        places: &automaton.places,
        use_before: &automaton.use_before,
        use_after: &automaton.use_after,
        prefixes: &automaton.prefixes,
        owners: &automaton.owners,
        owner_kinds: &automaton.owner_kinds,
    }
}
