use proc_macro2::{Literal, TokenStream};
use quote::quote;
use smtp_codes_data::automaton::Automaton;
use smtp_codes_data::compile::compile;
use smtp_codes_data::schema::Phase;
use smtp_codes_data::text::LATIN;
use smtp_codes_data::{Model, Placed, Words};

use super::{providers, tokens};

pub(crate) fn expand(model: &Model) -> TokenStream {
    let statics = statics(model, &quote!(crate)).unwrap_or_else(|message| quote!(::core::compile_error!(#message);));
    let letters = Literal::byte_string(&LATIN);
    quote! {
        #statics

        /// The same as a place in memory: what is read from it is known where it is compiled in.
        pub(crate) static BUILTIN: crate::verdict::Tables<'static> = TABLES;

        impl crate::verdict::RuleSet<'static> {
            /// The rules of the catalogue.
            pub const fn builtin() -> Self {
                Self { tables: TABLES, rules: &RULES, providers: &PROVIDERS }
            }
        }

        pub(crate) static LATIN: [u8; 192] = *#letters;
    }
}

/// What a set of rules is made of: the static `RULES` and the constant `TABLES`. `root` is the path of `smtp-codes`.
///
/// # Errors
///
/// What was expected and what was found, where there are too many words.
pub(crate) fn statics(model: &Model, root: &TokenStream) -> Result<TokenStream, String> {
    let pages = model.phrases.iter().map(|phrases| providers::pages_table(&phrases.head.id, &phrases.pages, root));
    let rules: Vec<_> = model.rules().collect();
    let count = rules.len();
    let retries = model.phrases.iter().flat_map(|phrases| &phrases.retries).map(|retry| &**retry);
    let compiled = compile(&rules.iter().map(|placed| &**placed.rule).collect::<Vec<_>>(), &model.providers, retries)?;
    let rows = rules.iter().zip(&compiled.guards).map(|(placed, guards)| row(model, placed, guards, root));
    let tables = tables(&compiled.automaton, root);
    Ok(quote! {
        #(#pages)*

        static RULES: [#root::Rule<'static>; #count] = [#(#rows),*];

        #tables
    })
}

fn row(model: &Model, placed: &Placed<'_>, guards: &[u16], root: &TokenStream) -> TokenStream {
    let rule = placed.rule;
    let id = &rule.id;
    let reason = tokens::variant(&rule.reason);
    let provider = tokens::option(placed.provider.map(|index| quote!(&PROVIDERS[#index])));
    let words = rule.words.iter().map(Words::as_str);
    let without = rule.without.iter().map(Words::as_str);
    let example = &rule.examples[0];
    let rank = placed.rank(&model.reasons).unwrap_or(0);
    let pages = providers::pages_name(placed.file);
    let sources = placed.sources().map(|index| quote!(&#pages[#index]));
    let reply = rule.reply.iter().map(|pattern| {
        let (first, last) = (pattern.first, pattern.last);
        quote!((#first, #last))
    });
    let enhanced = rule.enhanced.iter().map(|enhanced| providers::pattern(enhanced, root));
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
    let (detected, coded) = (rule.detected, rule.coded);
    quote! {
        #root::__private::Row {
            id: #id,
            reason: #root::Reason::#reason,
            provider: #provider,
            words: &[#(#words),*],
            without: &[#(#without),*],
            guards: &[#(#guards),*],
            example: #example,
            rank: #rank,
            sources: &const { [#(#sources),*] },
            reply: &[#(#reply),*],
            enhanced: &const { [#(#enhanced),*] },
            phases: &[#(#root::Phase::#phases),*],
            detected: #detected,
            coded: #coded,
        }
        .rule()
    }
}

fn tables(automaton: &Automaton, root: &TokenStream) -> TokenStream {
    let lists = [
        rows("SLOTS", &automaton.slots, root),
        rows("STATES", &automaton.states, root),
        rows("ENDINGS", &automaton.endings, root),
        rows("EDGES", &automaton.edges, root),
        numbers("ENDS", &automaton.ends, root),
        numbers("GUARD_ENDS", &automaton.guard_ends, root),
        rows("COMPLETE", &automaton.complete, root),
        rows("OPENINGS", &automaton.openings, root),
        rows("FOLLOWERS", &automaton.followers, root),
        rows("GUARDS", &automaton.guards, root),
        numbers("GUARD_PLACES", &automaton.guard_places, root),
        rows("PLACES", &automaton.places, root),
        numbers("USE_BEFORE", &automaton.use_before, root),
        numbers("USE_AFTER", &automaton.use_after, root),
        rows("PREFIXES", &automaton.prefixes, root),
        numbers("OWNERS", &automaton.owners, root),
        bytes("OWNER_KINDS", &automaton.owner_kinds),
    ];
    quote! {
        #(#lists)*

        const TABLES: #root::__private::Tables<'static> = #root::__private::Tables {
            slots: &SLOTS,
            states: &STATES,
            endings: &ENDINGS,
            edges: &EDGES,
            ends: &ENDS,
            guard_ends: &GUARD_ENDS,
            complete: &COMPLETE,
            openings: &OPENINGS,
            followers: &FOLLOWERS,
            guards: &GUARDS,
            guard_places: &GUARD_PLACES,
            places: &PLACES,
            use_before: &USE_BEFORE,
            use_after: &USE_AFTER,
            prefixes: &PREFIXES,
            owners: &OWNERS,
            owner_kinds: &OWNER_KINDS,
        };
    }
}

// One literal of bytes for each table: a literal for each number would cost every build seconds.

fn numbers(name: &str, numbers: &[u32], root: &TokenStream) -> TokenStream {
    let (name, count) = (tokens::ident(name), numbers.len());
    let bytes: Vec<u8> = numbers.iter().flat_map(|number| number.to_le_bytes()).collect();
    let bytes = Literal::byte_string(&bytes);
    quote!(static #name: [u32; #count] = #root::__private::u32s(#bytes);)
}

fn rows<const WIDTH: usize>(name: &str, rows: &[[u32; WIDTH]], root: &TokenStream) -> TokenStream {
    let (name, count) = (tokens::ident(name), rows.len());
    let bytes: Vec<u8> = rows.as_flattened().iter().flat_map(|number| number.to_le_bytes()).collect();
    let bytes = Literal::byte_string(&bytes);
    quote!(static #name: [[u32; #WIDTH]; #count] = #root::__private::rows(#bytes);)
}

fn bytes(name: &str, bytes: &[u8]) -> TokenStream {
    let (name, count) = (tokens::ident(name), bytes.len());
    let bytes = Literal::byte_string(bytes);
    quote!(static #name: [u8; #count] = *#bytes;)
}
