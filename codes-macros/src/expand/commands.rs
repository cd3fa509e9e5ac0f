use proc_macro2::TokenStream;
use quote::quote;
use smtp_codes_data::schema::{Command, Replies, Stage};
use smtp_codes_data::{Entry, Model};

use super::tokens;

pub(crate) fn expand(model: &Model) -> TokenStream {
    let count = model.commands.len();
    let constants = (0u8..).zip(&model.commands).map(|(index, command)| constant(model, index, command));
    let rows = model.commands.iter().map(|command| row(model, command));
    quote! {
        impl crate::command::Command {
            #(#constants)*
        }

        static COMMANDS: [crate::entry::CommandEntry; #count] = [#(#rows),*];

        impl crate::entry::CommandEntry {
            /// Every command of the catalogue in alphabetical order, the two stages last.
            pub const ALL: &'static [Self] = &COMMANDS;
        }
    }
}

fn constant(model: &Model, index: u8, command: &Entry<Command>) -> TokenStream {
    let constant = tokens::constant(&command.verb);
    let title = if command.is_stage() {
        tokens::doc_text(&command.name)
    } else {
        format!("{}: {}", command.verb, tokens::doc_text(&command.name))
    };
    let link = tokens::doc_link(model, &command.refs);
    quote! {
        #[doc = #title]
        #[doc = #link]
        pub const #constant: Self = Self(#index);
    }
}

fn row(model: &Model, command: &Entry<Command>) -> TokenStream {
    let (verb, name, syntax) = (&command.verb, &command.name, &command.syntax);
    let (summary, advice) = (&command.summary, &command.advice);
    let constant = tokens::constant(&command.verb).to_string();
    let status = tokens::status(command.status);
    let keyword = tokens::option(command.keyword.as_ref());
    let protocols = tokens::protocols(&command.protocols);
    let replies = command.replies.iter().map(|row| row_of_replies(model, row));
    let refs = tokens::refs(model, &command.refs);
    quote! {
        crate::entry::CommandEntry {
            verb: #verb,
            constant: #constant,
            name: #name,
            status: #status,
            syntax: #syntax,
            keyword: #keyword,
            protocols: #protocols,
            summary: #summary,
            advice: #advice,
            replies: &[#(#replies),*],
            refs: #refs,
        }
    }
}

fn row_of_replies(model: &Model, row: &Replies) -> TokenStream {
    let after_data = row.stage == Stage::Message;
    let intermediate = tokens::reply_codes(&row.intermediate);
    let success = tokens::reply_codes(&row.success);
    let failure = tokens::reply_codes(&row.failure);
    let keyword = tokens::option(row.keyword.as_ref());
    let refs = tokens::refs(model, &row.refs);
    quote! {
        crate::entry::Replies {
            after_data: #after_data,
            intermediate: #intermediate,
            success: #success,
            failure: #failure,
            keyword: #keyword,
            refs: #refs,
        }
    }
}
