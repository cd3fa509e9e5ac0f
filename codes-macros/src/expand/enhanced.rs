use proc_macro2::TokenStream;
use quote::quote;
use smtp_codes_data::schema::{BasicCode, BasicCodes, BasicCodesWord, Enhanced, SeverityWord};
use smtp_codes_data::{Entry, Model};

use super::tokens;

pub(crate) fn expand(model: &Model) -> TokenStream {
    let classes = classes(model);
    let subjects = subjects(model);
    let count = model.enhanced.len();
    let constants = model.enhanced.iter().map(|code| constant(model, code));
    let rows = model.enhanced.iter().map(|code| row(model, code));
    let places = model.enhanced.iter().enumerate().map(|(index, code)| {
        let (subject, detail) = (code.subject, code.detail);
        quote!((#subject, #detail) => #index)
    });
    quote! {
        #classes

        #subjects

        impl crate::enhanced_code::SubjectDetail {
            #(#constants)*
        }

        static ENHANCED: [crate::entry::EnhancedEntry; #count] = [#(#rows),*];

        impl crate::entry::EnhancedEntry {
            /// Every registered enhanced status code, in numeric order.
            pub const ALL: &'static [Self] = &ENHANCED;
        }

        /// The place of a registered code in the table.
        pub(crate) const fn enhanced_index(subject: u16, detail: u16) -> ::core::option::Option<usize> {
            ::core::option::Option::Some(match (subject, detail) {
                #(#places,)*
                _ => return ::core::option::Option::None,
            })
        }
    }
}

fn pair(code: &Enhanced) -> TokenStream {
    let (subject, detail) = (code.subject, code.detail);
    quote!(crate::enhanced_code::SubjectDetail::new(#subject, #detail).unwrap())
}

fn constant(model: &Model, code: &Entry<Enhanced>) -> TokenStream {
    let name = tokens::ident(&code.name);
    let pair = pair(code);
    let title = format!("X.{}.{} {}", code.subject, code.detail, tokens::doc_text(&code.title));
    let link = tokens::doc_link(model, &code.refs);
    quote! {
        #[doc = #title]
        #[doc = #link]
        pub const #name: Self = #pair;
    }
}

fn row(model: &Model, code: &Entry<Enhanced>) -> TokenStream {
    let pair = pair(code);
    let (name, text, title) = (&code.name, &code.text, &code.title);
    let (summary, advice) = (&code.summary, &code.advice);
    let status = tokens::status(code.status);
    let basic_codes = basic_codes(code);
    let classes = code.classes.iter().map(|class| tokens::class(*class));
    let reason = tokens::reason(code.reason.as_ref());
    let refs = tokens::refs(model, &code.refs);
    quote! {
        crate::entry::EnhancedEntry {
            code: #pair,
            name: #name,
            text: #text,
            title: #title,
            status: #status,
            basic_codes: #basic_codes,
            classes: &[#(#classes),*],
            reason: #reason,
            summary: #summary,
            advice: #advice,
            refs: #refs,
        }
    }
}

fn basic_codes(code: &Enhanced) -> TokenStream {
    let listed = match &code.basic_codes {
        BasicCodes::Word(BasicCodesWord::Any) => return quote!(crate::entry::BasicCodes::Any),
        BasicCodes::Word(BasicCodesWord::NotGiven) => return quote!(crate::entry::BasicCodes::NotGiven),
        BasicCodes::Listed(listed) => listed,
    };
    let (mut codes, mut severities) = (Vec::new(), Vec::new());
    for code in listed {
        match code {
            BasicCode::Code(code) => codes.push(*code),
            BasicCode::Severity(SeverityWord::Transient) => {
                severities.push(tokens::ident("TransientNegativeCompletion"));
            }
            BasicCode::Severity(SeverityWord::Permanent) => {
                severities.push(tokens::ident("PermanentNegativeCompletion"));
            }
        }
    }
    let codes = tokens::reply_codes(&codes);
    let others = code.other_basic_codes;
    quote! {
        crate::entry::BasicCodes::Listed {
            codes: #codes,
            severities: &[#(crate::reply_code::Severity::#severities),*],
            others: #others,
        }
    }
}

fn classes(model: &Model) -> TokenStream {
    let count = model.classes.len();
    let rows = model.classes.iter().map(|class| {
        let value = tokens::class_of(class.class);
        let (name, text, title) = (&class.name, &class.text, &class.title);
        let (summary, advice) = (&class.summary, &class.advice);
        let refs = tokens::refs(model, &class.refs);
        quote! {
            crate::entry::ClassEntry {
                class: #value,
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
        static CLASSES: [crate::entry::ClassEntry; #count] = [#(#rows),*];

        impl crate::entry::ClassEntry {
            /// The three classes, in the order of their digits.
            pub const ALL: &'static [Self] = &CLASSES;
        }
    }
}

fn subjects(model: &Model) -> TokenStream {
    let count = model.subjects.len();
    let rows = model.subjects.iter().map(|subject| {
        let number = subject.subject;
        let (name, text, title) = (&subject.name, &subject.text, &subject.title);
        let (summary, advice) = (&subject.summary, &subject.advice);
        let refs = tokens::refs(model, &subject.refs);
        quote! {
            crate::entry::SubjectEntry {
                subject: #number,
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
        static SUBJECTS: [crate::entry::SubjectEntry; #count] = [#(#rows),*];

        impl crate::entry::SubjectEntry {
            /// Every registered subject, in numeric order.
            pub const ALL: &'static [Self] = &SUBJECTS;
        }
    }
}
