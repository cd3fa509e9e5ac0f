//! The macro behind [`smtp-codes`](https://docs.rs/smtp-codes): it turns the catalogue of `smtp-codes-data` into types and
//! tables at compile time.
//!
//! Exactly one version of this crate works with one version of `smtp-codes`, which is its only user.

mod expand;
mod user;

use proc_macro::TokenStream;
use quote::quote;
use syn::parse::Nothing;
use syn::{LitStr, parse_macro_input};

/// Emits the whole catalogue into the module that calls it, once, in the crate `smtp-codes`.
///
/// It takes no arguments. Where the catalogue has faults, each becomes a compile error that names file, line and key.
#[proc_macro]
pub fn catalogue(input: TokenStream) -> TokenStream {
    parse_macro_input!(input as Nothing);
    match smtp_codes_data::load() {
        Ok(model) => expand::expand(&model).into(),
        Err(faults) => expand::compile_errors(&faults).into(),
    }
}

/// Compiles a user's own file of rules in; documented at `smtp_codes::rules!`.
#[proc_macro]
pub fn rules(input: TokenStream) -> TokenStream {
    let path = parse_macro_input!(input as LitStr);
    match user::expand(&path) {
        Ok(tokens) => tokens.into(),
        Err(errors) => {
            let errors = errors.to_compile_error();
            quote!({ #errors }).into()
        }
    }
}
