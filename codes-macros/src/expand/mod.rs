//! From the model to tokens: one file for each file of the catalogue.

mod commands;
mod documents;
mod enhanced;
mod keywords;
mod providers;
mod reasons;
mod replies;
mod rules;
mod tokens;

use proc_macro2::TokenStream;
use smtp_codes_data::Model;

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

#[cfg(test)]
mod tests;
