use proc_macro2::{Literal, TokenStream};
use quote::quote;
use smtp_codes_data::automaton::{Automaton, Owner};
use smtp_codes_data::schema::{Phase, Rule};
use smtp_codes_data::text::LATIN;
use smtp_codes_data::{Entry, Model, Words};

use super::{providers, tokens};

pub(crate) fn expand(model: &Model) -> TokenStream {
    let pages = model.phrases.iter().map(|phrases| providers::pages_table(&phrases.head.id, &phrases.pages));
    let rules: Vec<_> = rules(model).collect();
    let count = rules.len();
    let rows = rules.iter().map(|place| row(model, place));
    let patterns = patterns(model, &rules.iter().map(|place| place.rule).collect::<Vec<_>>());
    let tables = tables(&Automaton::build(patterns.iter().map(|(owner, words)| (*owner, words))));
    let letters = Literal::byte_string(&LATIN);
    quote! {
        #(#pages)*

        static RULES: [crate::verdict::Rule<'static>; #count] = [#(#rows),*];

        #tables

        impl crate::verdict::RuleSet<'static> {
            /// The rules of the catalogue.
            pub const fn builtin() -> Self {
                Self { tables: TABLES, rules: &RULES }
            }
        }

        pub(crate) static LATIN: [u8; 192] = *#letters;
    }
}

/// A rule, and the file that it is from.
struct Place<'a> {
    file: &'a str,
    provider: Option<usize>,
    rule: &'a Entry<Rule>,
    pages: Vec<&'a str>,
}

/// All rules: the phrases, then each provider's.
fn rules(model: &Model) -> impl Iterator<Item = Place<'_>> {
    let phrases = model.phrases.iter().flat_map(|phrases| {
        phrases.rules.iter().map(|rule| Place {
            file: &phrases.head.id,
            provider: None,
            rule,
            pages: phrases.pages.iter().map(|page| page.id.as_str()).collect(),
        })
    });
    let providers = model.providers.iter().enumerate().flat_map(|(index, provider)| {
        provider.rules.iter().map(move |rule| Place {
            file: &provider.head.id,
            provider: Some(index),
            rule,
            pages: provider.pages.iter().map(|page| page.id.as_str()).collect(),
        })
    });
    phrases.chain(providers)
}

fn row(model: &Model, place: &Place<'_>) -> TokenStream {
    let rule = place.rule;
    let id = &rule.id;
    let reason = tokens::variant(&rule.reason);
    let provider = tokens::option(place.provider.map(|index| quote!(&PROVIDERS[#index])));
    let words = rule.words.iter().map(Words::as_str);
    let without = rule.without.iter().map(Words::as_str);
    let example = &rule.examples[0];
    let default = model.reasons.iter().find(|reason| reason.id == rule.reason).map_or(0, |reason| reason.rank);
    let rank = rule.rank.unwrap_or(default);
    let pages = providers::pages_name(place.file);
    let sources = rule.sources.iter().filter_map(|source| {
        let index = place.pages.iter().position(|page| page == source)?;
        Some(quote!(&#pages[#index]))
    });
    let reply = rule.reply.iter().map(|pattern| {
        let (first, last) = (pattern.first, pattern.last);
        quote!((#first, #last))
    });
    let enhanced = rule.enhanced.iter().map(providers::pattern);
    let phases = rule.phase.iter().map(|phase| {
        tokens::ident(match phase {
            Phase::Connection => "Connection",
            Phase::Helo => "Helo",
            Phase::Auth => "Auth",
            Phase::Mail => "Mail",
            Phase::Rcpt => "Rcpt",
            Phase::Data => "Data",
        })
    });
    let detected = rule.detected;
    quote! {
        crate::verdict::Rule {
            id: #id,
            reason: crate::reason::Reason::#reason,
            provider: #provider,
            words: &[#(#words),*],
            without: &[#(#without),*],
            example: #example,
            rank: #rank,
            sources: &[#(#sources),*],
            reply: &[#(#reply),*],
            enhanced: &[#(#enhanced),*],
            phases: &[#(crate::verdict::Phase::#phases),*],
            detected: #detected,
        }
    }
}

/// Every wording that the automaton looks for.
fn patterns(model: &Model, rules: &[&Entry<Rule>]) -> Vec<(Owner, Words)> {
    let mut patterns = Vec::new();
    for (index, rule) in (0u32..).zip(rules) {
        patterns.extend(rule.words.iter().map(|words| (Owner::Rule(index), words.clone())));
        patterns.extend(rule.without.iter().map(|words| (Owner::Without(index), words.clone())));
    }
    for (index, provider) in (0u32..).zip(&model.providers) {
        let head = &provider.head;
        patterns.extend(head.marks.iter().map(|words| (Owner::Mark(index), words.clone())));
        // A host name is words already: the checks found them readable.
        let hosts = head.hosts.iter().filter_map(|host| Words::parse(host).ok());
        patterns.extend(hosts.map(|words| (Owner::Mark(index), words)));
        patterns.extend(head.zones.iter().map(|words| (Owner::Zone(index), words.clone())));
    }
    for retry in model.phrases.iter().flat_map(|phrases| &phrases.retries) {
        patterns.extend(retry.words.iter().map(|words| (Owner::Retry(retry.seconds), words.clone())));
    }
    patterns
}

fn tables(automaton: &Automaton) -> TokenStream {
    let lists = [
        numbers("SLOT_HASHES", &automaton.slot_hashes),
        shorts("SLOT_WORDS", &automaton.slot_words),
        numbers("ROOT", &automaton.root),
        numbers("FIRST_EDGES", &automaton.first_edges),
        numbers("FAILS", &automaton.fails),
        shorts("EDGE_WORDS", &automaton.edge_words),
        numbers("EDGE_STATES", &automaton.edge_states),
        numbers("FIRST_ENDS", &automaton.first_ends),
        numbers("ENDS", &automaton.ends),
        numbers("PLACE_PATTERNS", &automaton.place_patterns),
        bytes("PLACE_NUMBERS", &automaton.place_numbers),
        bytes("PLACE_FEWEST", &automaton.place_fewest),
        bytes("PLACE_MOST", &automaton.place_most),
        bytes("PATTERN_PLACES", &automaton.pattern_places),
        numbers("PATTERN_OWNERS", &automaton.pattern_owners),
        bytes("PATTERN_KINDS", &automaton.pattern_kinds),
    ];
    quote! {
        #(#lists)*

        const TABLES: crate::verdict::tables::Tables<'static> = crate::verdict::tables::Tables {
            slot_hashes: &SLOT_HASHES,
            slot_words: &SLOT_WORDS,
            root: &ROOT,
            first_edges: &FIRST_EDGES,
            fails: &FAILS,
            edge_words: &EDGE_WORDS,
            edge_states: &EDGE_STATES,
            first_ends: &FIRST_ENDS,
            ends: &ENDS,
            place_patterns: &PLACE_PATTERNS,
            place_numbers: &PLACE_NUMBERS,
            place_fewest: &PLACE_FEWEST,
            place_most: &PLACE_MOST,
            pattern_places: &PATTERN_PLACES,
            pattern_owners: &PATTERN_OWNERS,
            pattern_kinds: &PATTERN_KINDS,
        };
    }
}

// One literal of bytes for each table: a literal for each number would cost every build seconds.

fn numbers(name: &str, numbers: &[u32]) -> TokenStream {
    let (name, count) = (tokens::ident(name), numbers.len());
    let bytes: Vec<u8> = numbers.iter().flat_map(|number| number.to_le_bytes()).collect();
    let bytes = Literal::byte_string(&bytes);
    quote!(static #name: [u32; #count] = crate::verdict::tables::u32s(#bytes);)
}

fn shorts(name: &str, numbers: &[u16]) -> TokenStream {
    let (name, count) = (tokens::ident(name), numbers.len());
    let bytes: Vec<u8> = numbers.iter().flat_map(|number| number.to_le_bytes()).collect();
    let bytes = Literal::byte_string(&bytes);
    quote!(static #name: [u16; #count] = crate::verdict::tables::u16s(#bytes);)
}

fn bytes(name: &str, bytes: &[u8]) -> TokenStream {
    let (name, count) = (tokens::ident(name), bytes.len());
    let bytes = Literal::byte_string(bytes);
    quote!(static #name: [u8; #count] = *#bytes;)
}
