use proc_macro2::TokenStream;
use quote::quote;
use smtp_codes_data::schema::{Meaning, Reply};
use smtp_codes_data::{Entry, Model};

use super::tokens;

pub(crate) fn expand(model: &Model) -> TokenStream {
    let count = model.replies.len();
    let constants = model.replies.iter().map(|reply| constant(model, reply));
    let rows = model.replies.iter().map(|reply| row(model, reply));
    let severities = severities(model);
    let index = index(model);
    quote! {
        impl crate::reply_code::ReplyCode {
            #(#constants)*
        }

        #severities

        static REPLIES: [crate::entry::ReplyEntry; #count] = [#(#rows),*];

        impl crate::entry::ReplyEntry {
            /// Every reply code of the catalogue, in numeric order.
            pub const ALL: &'static [Self] = &REPLIES;
        }

        /// For each code from 200 to 599 its place in the table, or one past the end.
        #index
    }
}

fn constant(model: &Model, reply: &Entry<Reply>) -> TokenStream {
    let name = tokens::ident(&reply.name);
    let code = tokens::reply_code(reply.code);
    let title = format!("{} {}", reply.code, tokens::doc_text(&reply.title));
    let link = reply.meanings.first().map(|meaning| tokens::doc_link(model, &meaning.refs)).unwrap_or_default();
    quote! {
        #[doc = #title]
        #[doc = #link]
        pub const #name: Self = #code;
    }
}

fn row(model: &Model, reply: &Entry<Reply>) -> TokenStream {
    let code = tokens::reply_code(reply.code);
    let (name, title, summary, advice) = (&reply.name, &reply.title, &reply.summary, &reply.advice);
    let status = tokens::status(reply.status);
    let reason = tokens::reason(reply.reason.as_ref());
    let meanings = reply.meanings.iter().map(|meaning| row_of_meaning(model, reply, meaning));
    quote! {
        crate::entry::ReplyEntry {
            code: #code,
            name: #name,
            title: #title,
            status: #status,
            reason: #reason,
            summary: #summary,
            advice: #advice,
            meanings: &[#(#meanings),*],
        }
    }
}

fn row_of_meaning(model: &Model, reply: &Reply, meaning: &Meaning) -> TokenStream {
    let commands = tokens::commands(model, &meaning.commands);
    let (text, summary) = (&meaning.text, &meaning.summary);
    let keyword = tokens::option(meaning.keyword.as_ref());
    let status = tokens::status(meaning.status.unwrap_or(reply.status));
    let refs = tokens::refs(model, &meaning.refs);
    quote! {
        crate::entry::Meaning {
            commands: #commands,
            text: #text,
            summary: #summary,
            keyword: #keyword,
            status: #status,
            refs: #refs,
        }
    }
}

fn severities(model: &Model) -> TokenStream {
    let count = model.severities.len();
    let rows = model.severities.iter().map(|severity| {
        let variant = tokens::ident(match severity.digit {
            2 => "PositiveCompletion",
            3 => "PositiveIntermediate",
            4 => "TransientNegativeCompletion",
            _ => "PermanentNegativeCompletion",
        });
        let (name, text, title) = (&severity.name, &severity.text, &severity.title);
        let (summary, advice) = (&severity.summary, &severity.advice);
        let refs = tokens::refs(model, &severity.refs);
        quote! {
            crate::entry::SeverityEntry {
                severity: crate::reply_code::Severity::#variant,
                name: #name,
                text: #text,
                title: #title,
                summary: #summary,
                advice: #advice,
                refs: #refs,
            }
        }
    });
    quote! {
        static SEVERITIES: [crate::entry::SeverityEntry; #count] = [#(#rows),*];

        impl crate::entry::SeverityEntry {
            /// The four severities, in the order of their digits.
            pub const ALL: &'static [Self] = &SEVERITIES;
        }
    }
}

/// A code has its place in a table of bytes: one load, whatever the code.
fn index(model: &Model) -> TokenStream {
    let none = u8::try_from(model.replies.len()).expect("fewer than 256 reply codes");
    let mut places = [none; 400];
    for (place, reply) in (0..none).zip(&model.replies) {
        places[usize::from(reply.code - 200)] = place;
    }
    quote!(pub(crate) static REPLY_INDEX: [u8; 400] = [#(#places),*];)
}
