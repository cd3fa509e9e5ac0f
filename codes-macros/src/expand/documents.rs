use proc_macro2::TokenStream;
use quote::quote;
use smtp_codes_data::Model;

use super::tokens;

pub(crate) fn expand(model: &Model) -> TokenStream {
    let count = model.documents.len();
    let rows = model.documents.iter().map(|document| {
        let (id, title, date, status) = (&document.id, &document.title, &document.date, &document.status);
        let (obsoletes, obsoleted_by) = (&document.obsoletes, &document.obsoleted_by);
        let url = tokens::url(document);
        quote! {
            crate::document::Document {
                id: #id,
                title: #title,
                date: #date,
                status: #status,
                obsoletes: &[#(#obsoletes),*],
                obsoleted_by: &[#(#obsoleted_by),*],
                url: #url,
            }
        }
    });
    quote! {
        static DOCUMENTS: [crate::document::Document; #count] = [#(#rows),*];

        impl crate::document::Document {
            /// Every document that the catalogue cites: RFCs by number, then the others by name.
            pub const ALL: &'static [Self] = &DOCUMENTS;
        }
    }
}
