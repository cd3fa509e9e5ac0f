//! From the model to tokens: one file for each file of the catalogue.

mod commands;
mod documents;
mod enhanced;
mod keywords;
mod providers;
mod reasons;
mod replies;
pub(crate) mod rules;
mod tokens;

use proc_macro2::TokenStream;
use quote::quote;
use smtp_codes_data::{Fault, Model};

/// Everything that the catalogue becomes.
pub(crate) fn expand(model: &Model) -> TokenStream {
    [
        documents::expand,
        replies::expand,
        enhanced::expand,
        commands::expand,
        keywords::expand,
        reasons::expand,
        providers::expand,
        rules::expand,
    ]
    .into_iter()
    .map(|expand| expand(model))
    .collect()
}

/// A compile error for each fault.
pub(crate) fn compile_errors(faults: &[Fault]) -> TokenStream {
    let messages = faults.iter().map(ToString::to_string);
    quote!(#(::core::compile_error!(#messages);)*)
}

#[cfg(test)]
mod tests;
