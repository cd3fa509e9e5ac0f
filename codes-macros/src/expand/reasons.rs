use proc_macro2::TokenStream;
use quote::quote;
use smtp_codes_data::Model;

use super::tokens;

pub(crate) fn expand(model: &Model) -> TokenStream {
    [reasons, parties, actions].into_iter().map(|expand| expand(model)).collect()
}

/// An enum with a variant for each `(id, title)`, and a slice of all.
fn enumeration(name: &str, doc: &str, rows: &[(&String, &String)]) -> TokenStream {
    let name = tokens::ident(name);
    let docs = rows.iter().map(|(id, title)| format!("`{id}`: {}.", tokens::doc_text(title)));
    let variants: Vec<_> = rows.iter().map(|(id, _)| tokens::variant(id)).collect();
    quote! {
        #[doc = #doc]
        #[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
        #[non_exhaustive]
        pub enum #name {
            #(#[doc = #docs] #variants,)*
        }

        impl #name {
            /// All of them, in the order of the catalogue.
            pub const ALL: &'static [Self] = &[#(Self::#variants),*];
        }
    }
}

fn reasons(model: &Model) -> TokenStream {
    let names: Vec<_> = model.reasons.iter().map(|reason| (&reason.id, &reason.title)).collect();
    let enumeration = enumeration("Reason", "Why a server refused or put off a message: our diagnosis.", &names);
    let count = model.reasons.len();
    let rows = model.reasons.iter().map(|reason| {
        let variant = tokens::variant(&reason.id);
        let party = reason.party.as_deref().map(tokens::variant).map(|party| quote!(Party::#party));
        let party = tokens::option(party);
        let (permanent, transient) = (tokens::variant(&reason.permanent), tokens::variant(&reason.transient));
        let (id, rank, title, summary) = (&reason.id, reason.rank, &reason.title, &reason.summary);
        let (plain, advice) = (&reason.plain, &reason.advice);
        quote! {
            crate::reason::ReasonEntry {
                reason: Reason::#variant,
                id: #id,
                party: #party,
                permanent: Action::#permanent,
                transient: Action::#transient,
                rank: #rank,
                title: #title,
                summary: #summary,
                plain: #plain,
                advice: #advice,
            }
        }
    });
    quote! {
        #enumeration

        pub(crate) static REASONS: [crate::reason::ReasonEntry; #count] = [#(#rows),*];
    }
}

fn parties(model: &Model) -> TokenStream {
    let names: Vec<_> = model.parties.iter().map(|party| (&party.id, &party.title)).collect();
    let enumeration = enumeration("Party", "Whose side has to change something.", &names);
    let count = model.parties.len();
    let rows = model.parties.iter().map(|party| {
        let variant = tokens::variant(&party.id);
        let (id, title, summary) = (&party.id, &party.title, &party.summary);
        quote! {
            crate::reason::PartyEntry { party: Party::#variant, id: #id, title: #title, summary: #summary }
        }
    });
    quote! {
        #enumeration

        pub(crate) static PARTIES: [crate::reason::PartyEntry; #count] = [#(#rows),*];
    }
}

fn actions(model: &Model) -> TokenStream {
    let names: Vec<_> = model.actions.iter().map(|action| (&action.id, &action.title)).collect();
    let enumeration = enumeration("Action", "What to do after a reply.", &names);
    let count = model.actions.len();
    let rows = model.actions.iter().map(|action| {
        let variant = tokens::variant(&action.id);
        let (id, title, summary) = (&action.id, &action.title, &action.summary);
        quote! {
            crate::reason::ActionEntry { action: Action::#variant, id: #id, title: #title, summary: #summary }
        }
    });
    quote! {
        #enumeration

        pub(crate) static ACTIONS: [crate::reason::ActionEntry; #count] = [#(#rows),*];
    }
}
