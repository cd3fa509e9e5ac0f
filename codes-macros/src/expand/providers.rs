use std::collections::BTreeMap;

use proc_macro2::TokenStream;
use quote::quote;
use smtp_codes_data::schema::{Claim, Page, ProviderKind};
use smtp_codes_data::{EnhancedPattern, Entry, Model, Provider};

use super::tokens;

pub(crate) fn expand(model: &Model) -> TokenStream {
    let count = model.providers.len();
    let pages = model.providers.iter().map(pages);
    let rows = model.providers.iter().map(row);
    let hosts = hosts(&model.providers);
    quote! {
        #(#pages)*

        #hosts

        static PROVIDERS: [crate::provider::Provider; #count] = [#(#rows),*];

        impl crate::provider::Provider {
            /// Every provider of the catalogue, by id.
            pub const ALL: &'static [Self] = &PROVIDERS;
        }
    }
}

/// The ends of host names of all providers, in lower case and ascending, each with its provider's index.
fn hosts(providers: &[Provider]) -> TokenStream {
    let mut hosts = BTreeMap::new();
    for (index, provider) in providers.iter().enumerate() {
        for host in &provider.head.hosts {
            hosts.entry(host.to_ascii_lowercase()).or_insert(index);
        }
    }
    let count = hosts.len();
    let rows = hosts.iter().map(|(host, index)| quote!((#host, #index)));
    quote! {
        pub(crate) static HOSTS: [(&str, usize); #count] = [#(#rows),*];
    }
}

/// The table of a provider's pages, to which its claims point.
pub(crate) fn pages_name(id: &str) -> proc_macro2::Ident {
    tokens::ident(&format!("PAGES_OF_{}", tokens::constant(id)))
}

fn pages(provider: &Provider) -> TokenStream {
    pages_table(&provider.head.id, &provider.pages, &quote!(crate))
}

pub(crate) fn pages_table(id: &str, pages: &[Entry<Page>], root: &TokenStream) -> TokenStream {
    let name = pages_name(id);
    let count = pages.len();
    let rows = pages.iter().map(|page| {
        let Page { id, title, url, read } = &**page;
        quote!(#root::Page::new(#id, #title, #url, #read))
    });
    quote!(static #name: [#root::Page; #count] = [#(#rows),*];)
}

fn row(provider: &Provider) -> TokenStream {
    let (id, name, summary) = (&provider.head.id, &provider.head.name, &provider.head.summary);
    let documented = provider.head.documented;
    let kind = tokens::ident(match provider.head.kind {
        ProviderKind::Server => "Server",
        ProviderKind::Mailbox => "Mailbox",
        ProviderKind::Gateway => "Gateway",
        ProviderKind::InternetProvider => "InternetProvider",
        ProviderKind::Blocklist => "Blocklist",
        ProviderKind::SendingService => "SendingService",
    });
    let hosts = &provider.head.hosts;
    let removal = tokens::option(provider.head.removal.as_ref());
    let pages = pages_name(&provider.head.id);
    let claims = provider.claims.iter().map(|claim| row_of_claim(provider, claim));
    quote! {
        crate::provider::Provider {
            id: #id,
            name: #name,
            kind: crate::provider::ProviderKind::#kind,
            documented: #documented,
            summary: #summary,
            hosts: &[#(#hosts),*],
            removal: #removal,
            pages: &#pages,
            claims: &[#(#claims),*],
        }
    }
}

fn row_of_claim(provider: &Provider, claim: &Entry<Claim>) -> TokenStream {
    let enhanced = tokens::option(claim.enhanced.as_ref().map(|enhanced| pattern(enhanced, &quote!(crate))));
    let reply = tokens::option(claim.reply.map(tokens::reply_code));
    let tag = tokens::option(claim.tag.as_ref());
    let reason = tokens::reason(claim.reason.as_ref());
    let (meaning, advice) = (&claim.meaning, &claim.advice);
    let departs = tokens::option(claim.departs.as_ref());
    let pages = pages_name(&provider.head.id);
    let sources = claim.sources.iter().filter_map(|source| {
        let index = provider.pages.iter().position(|page| page.id == *source)?;
        Some(quote!(&#pages[#index]))
    });
    quote! {
        crate::provider::Claim {
            enhanced: #enhanced,
            reply: #reply,
            tag: #tag,
            reason: #reason,
            meaning: #meaning,
            advice: #advice,
            departs: #departs,
            sources: &[#(#sources),*],
        }
    }
}

/// A pattern; `root` is the path of `smtp-codes`.
pub(crate) fn pattern(pattern: &EnhancedPattern, root: &TokenStream) -> TokenStream {
    let class = tokens::option(pattern.class.map(|digit| {
        let class = tokens::ident(match digit {
            2 => "Success",
            4 => "Transient",
            _ => "Permanent",
        });
        quote!(#root::Class::#class)
    }));
    let subject = tokens::option(pattern.subject);
    let (first, last) = (*pattern.details.start(), *pattern.details.end());
    quote!(#root::EnhancedPattern::new(#class, #subject, #first, #last))
}
