use proc_macro2::TokenStream;
use quote::quote;
use smtp_codes_data::schema::Keyword;
use smtp_codes_data::{Entry, Model};

use super::tokens;

pub(crate) fn expand(model: &Model) -> TokenStream {
    let count = model.keywords.len();
    let constants = (0u8..).zip(&model.keywords).map(|(index, keyword)| constant(model, index, keyword));
    let rows = model.keywords.iter().map(|keyword| row(model, keyword));
    quote! {
        impl crate::keyword::Keyword {
            #(#constants)*
        }

        static KEYWORDS: [crate::entry::KeywordEntry; #count] = [#(#rows),*];

        impl crate::entry::KeywordEntry {
            /// Every EHLO keyword of the catalogue, in alphabetical order.
            pub const ALL: &'static [Self] = &KEYWORDS;
        }
    }
}

fn constant(model: &Model, index: u8, keyword: &Entry<Keyword>) -> TokenStream {
    let constant = tokens::constant(&keyword.keyword);
    let title = format!("{}: {}", keyword.keyword, tokens::doc_text(&keyword.title));
    let link = tokens::doc_link(model, &keyword.refs);
    quote! {
        #[doc = #title]
        #[doc = #link]
        pub const #constant: Self = Self(#index);
    }
}

fn row(model: &Model, keyword: &Entry<Keyword>) -> TokenStream {
    let (word, text, title, parameters) = (&keyword.keyword, &keyword.text, &keyword.title, &keyword.parameters);
    let (mail_parameters, rcpt_parameters) = (&keyword.mail_parameters, &keyword.rcpt_parameters);
    let (summary, advice) = (&keyword.summary, &keyword.advice);
    let constant = tokens::constant(&keyword.keyword).to_string();
    let status = tokens::status(keyword.status);
    let verbs = tokens::commands(model, &keyword.verbs);
    let protocols = tokens::protocols(&keyword.protocols);
    let refs = tokens::refs(model, &keyword.refs);
    quote! {
        crate::entry::KeywordEntry {
            keyword: #word,
            constant: #constant,
            text: #text,
            title: #title,
            status: #status,
            parameters: #parameters,
            mail_parameters: &[#(#mail_parameters),*],
            rcpt_parameters: &[#(#rcpt_parameters),*],
            verbs: #verbs,
            protocols: #protocols,
            summary: #summary,
            advice: #advice,
            refs: #refs,
        }
    }
}
