//! Pieces that several tables share.

use proc_macro2::{Ident, Span, TokenStream};
use quote::quote;
use smtp_codes_data::schema::{ClassName, Document, Protocol, Status};
use smtp_codes_data::{Model, Reference};

/// An identifier of a name that the checks found legal.
pub(crate) fn ident(name: &str) -> Ident {
    Ident::new(name, Span::call_site())
}

/// The constant for a verb or keyword: hyphens become underscores, a digit in front is spelt out.
pub(crate) fn constant(word: &str) -> Ident {
    const DIGITS: [&str; 10] = ["ZERO", "ONE", "TWO", "THREE", "FOUR", "FIVE", "SIX", "SEVEN", "EIGHT", "NINE"];
    let word = word.to_ascii_uppercase().replace('-', "_");
    match word.chars().next().and_then(|first| first.to_digit(10)) {
        Some(digit) => ident(&format!("{}{}", DIGITS[digit as usize], &word[1..])),
        None => ident(&word),
    }
}

/// `mailbox-unknown` as `MailboxUnknown`.
pub(crate) fn variant(id: &str) -> Ident {
    let capital = |word: &str| word[..1].to_ascii_uppercase() + &word[1..];
    ident(&id.split('-').map(capital).collect::<String>())
}

pub(crate) fn status(status: Status) -> TokenStream {
    let name = ident(match status {
        Status::Standard => "Standard",
        Status::Obsolete => "Obsolete",
        Status::Historic => "Historic",
        Status::Private => "Private",
        Status::Observed => "Observed",
    });
    quote!(crate::entry::Status::#name)
}

pub(crate) fn protocols(protocols: &[Protocol]) -> TokenStream {
    let names = protocols.iter().map(|protocol| {
        ident(match protocol {
            Protocol::Smtp => "Smtp",
            Protocol::Submission => "Submission",
            Protocol::Lmtp => "Lmtp",
        })
    });
    quote!(&[#(crate::entry::Protocol::#names),*])
}

pub(crate) fn class(class: ClassName) -> TokenStream {
    let name = ident(match class {
        ClassName::Success => "Success",
        ClassName::Transient => "Transient",
        ClassName::Permanent => "Permanent",
    });
    quote!(crate::enhanced_code::Class::#name)
}

/// The class of a digit that the checks found legal.
pub(crate) fn class_of(digit: u8) -> TokenStream {
    class(match digit {
        2 => ClassName::Success,
        4 => ClassName::Transient,
        _ => ClassName::Permanent,
    })
}

pub(crate) fn option<T: quote::ToTokens>(value: Option<T>) -> TokenStream {
    if let Some(value) = value {
        quote!(::core::option::Option::Some(#value))
    } else {
        quote!(::core::option::Option::None)
    }
}

/// A reason of the catalogue, or none.
pub(crate) fn reason(id: Option<&String>) -> TokenStream {
    option(id.map(|id| variant(id)).map(|variant| quote!(crate::reason::Reason::#variant)))
}

/// A reply code: `ReplyCode::new` is const, and a number out of range does not compile.
pub(crate) fn reply_code(number: u16) -> TokenStream {
    quote!(crate::reply_code::ReplyCode::new(#number).unwrap())
}

pub(crate) fn reply_codes(numbers: &[u16]) -> TokenStream {
    let codes = numbers.iter().map(|number| reply_code(*number));
    quote!(&const { [#(#codes),*] })
}

/// References, as indices into the table of documents.
pub(crate) fn refs(model: &Model, refs: &[Reference]) -> TokenStream {
    let refs = refs.iter().filter_map(|reference| {
        let index = model.documents.iter().position(|document| document.id == reference.document)?;
        let section = option(reference.section.as_ref());
        Some(quote!(crate::document::Reference { document: &DOCUMENTS[#index], section: #section }))
    });
    quote!(&[#(#refs),*])
}

/// Indices of commands that the checks found in the table.
pub(crate) fn commands(model: &Model, verbs: &[String]) -> TokenStream {
    let verbs = verbs.iter().filter(|verb| model.commands.iter().any(|command| command.verb == **verb));
    let constants = verbs.map(|verb| constant(verb));
    quote!(&[#(crate::command::Command::#constants),*])
}

/// `[[RFC 5321, Section 4.2.3]](https://…)` for the first reference, as a line of documentation.
pub(crate) fn doc_link(model: &Model, refs: &[Reference]) -> String {
    let Some(first) = refs.first() else { return String::new() };
    let Some(document) = model.documents.iter().find(|document| document.id == first.document) else {
        return String::new();
    };
    let url = url(document);
    match first.section.as_deref() {
        Some(section) if document.rfc_number().is_some() && section != "0" => {
            let letter = section.starts_with(|first: char| first.is_ascii_uppercase());
            let (kind, anchor) = if letter { ("Appendix", "appendix") } else { ("Section", "section") };
            format!("[[{}, {kind} {section}]({url}#{anchor}-{section})]", document.id)
        }
        _ => format!("[[{}]({url})]", document.id),
    }
}

/// Where a document is to be read.
pub(crate) fn url(document: &Document) -> String {
    match (&document.url, document.rfc_number()) {
        (Some(url), _) => url.clone(),
        (None, Some(number)) => format!("https://www.rfc-editor.org/rfc/rfc{number}"),
        (None, None) => String::new(),
    }
}

/// Words of a document as documentation: what Markdown would read as markup is escaped.
pub(crate) fn doc_text(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for letter in text.chars() {
        if matches!(letter, '<' | '>' | '[' | ']' | '*' | '_' | '\\') {
            escaped.push('\\');
        }
        escaped.push(letter);
    }
    escaped
}
