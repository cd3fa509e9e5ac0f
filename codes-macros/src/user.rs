//! A user's own file of rules, compiled into the user's crate.

use std::path::Path;
use std::{env, fs};

use proc_macro2::TokenStream;
use quote::quote;
use smtp_codes_data::{File, Model, load_rules};
use syn::LitStr;

use crate::expand::rules;

/// The expression for the rules of the file at `path`, which is relative to the manifest of the crate that is compiled.
pub(crate) fn expand(path: &LitStr) -> syn::Result<TokenStream> {
    let at = |message: String| syn::Error::new(path.span(), message);
    // Cargo sets it; another build system may not.
    let folder = env::var("CARGO_MANIFEST_DIR").map_err(|_| {
        at("expected CARGO_MANIFEST_DIR, the folder that the path starts from, found it unset".to_owned())
    })?;
    let name = path.value();
    let text = fs::read_to_string(Path::new(&folder).join(&name))
        .map_err(|error| at(format!("expected a file of rules in {folder}, found `{name}`: {error}")))?;
    let tokens = compile(&name, &text).map_err(|faults| {
        let mut errors = faults.into_iter().map(at);
        let first = errors.next().unwrap_or_else(|| at(format!("expected a file of rules, found `{name}`")));
        errors.fold(first, |mut all, error| {
            all.combine(error);
            all
        })
    })?;
    Ok(quote! {{
        // So the compiler knows of the file, and reads it again when it changes.
        const _: &[u8] = ::core::include_bytes!(::core::concat!(::core::env!("CARGO_MANIFEST_DIR"), "/", #path));
        #tokens
    }})
}

/// The rules of a file as statements and the expression behind them, or all its faults.
fn compile(name: &str, text: &str) -> Result<TokenStream, Vec<String>> {
    let messages = |faults: Vec<smtp_codes_data::Fault>| faults.iter().map(ToString::to_string).collect::<Vec<_>>();
    let catalogue = smtp_codes_data::load().map_err(messages)?;
    let reasons: Vec<&str> = catalogue.reasons.iter().map(|reason| reason.id.as_str()).collect();
    let taken: Vec<&str> = catalogue.rules().map(|placed| placed.rule.id.as_str()).collect();
    let phrases = load_rules(File { path: name, text }, &reasons, &taken).map_err(messages)?;
    let model = Model { phrases: vec![phrases], reasons: catalogue.reasons, ..Model::default() };
    let statics =
        rules::statics(&model, &quote!(::smtp_codes)).map_err(|message| vec![format!("{name}:1: {message}")])?;
    Ok(quote! {
        #statics
        ::smtp_codes::RuleSet::of_user(TABLES, &RULES)
    })
}

#[cfg(test)]
mod tests {
    use proc_macro2::Span;
    use syn::LitStr;

    use super::{compile, expand};

    const SOUND: &str = r#"id = "acme"
name = "Acme"

[[rule]]
id = "acme-left"
reason = "mailbox-disabled"
words = ["has left acme"]
examples = ["550 ann has left Acme"]
"#;

    fn faults(from: &str, to: &str) -> Vec<String> {
        assert_eq!(SOUND.matches(from).count(), 1, "{from}");
        compile("acme.toml", &SOUND.replace(from, to)).unwrap_err()
    }

    #[test]
    fn a_sound_file_becomes_an_expression() {
        let tokens = compile("acme.toml", SOUND).unwrap();
        let block: syn::Block = syn::parse2(quote::quote!({ #tokens })).unwrap();
        assert!(matches!(block.stmts.last(), Some(syn::Stmt::Expr(syn::Expr::Call(_), None))));
        assert!(tokens.to_string().contains(r#"id : "acme-left""#));
    }

    #[test]
    fn faults_name_file_line_and_key() {
        assert_eq!(
            faults("mailbox-disabled", "gone"),
            ["acme.toml:6: rule acme-left: reason: expected a reason of the catalogue, found `gone`"]
        );
        assert_eq!(
            faults("has left acme", "has (left acme"),
            ["acme.toml:7: rule acme-left: words: expected choices like `(one|other)`, found `has (left acme`"]
        );
    }

    #[test]
    fn all_faults_come_at_once() {
        assert_eq!(
            faults("id = \"acme-left\"", "id = \"left\"\nrank = 100\nsources = [\"page\"]"),
            [
                "acme.toml:5: rule left: id: expected `acme-` and lower-case letters, digits and hyphens, found `left`",
                "acme.toml:6: rule left: rank: expected 0 to 99, found 100",
                "acme.toml:7: rule left: sources[0]: expected an entry of this file's [[page]] tables, found `page`",
            ]
        );
    }

    #[test]
    fn a_file_that_is_not_there_is_named_with_its_folder() {
        let error = expand(&LitStr::new("no/such.toml", Span::call_site())).unwrap_err().to_string();
        let expected = format!("expected a file of rules in {}, found `no/such.toml`: ", env!("CARGO_MANIFEST_DIR"));
        assert!(error.starts_with(&expected), "{error}");
    }
}
