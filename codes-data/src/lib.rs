//! The catalogue of [`smtp-codes`](https://docs.rs/smtp-codes): facts in TOML, their schema, and [`load`].
//!
//! You rarely need this crate: `smtp-codes` has the same facts as types and tables made at compile time. This one is for the
//! macro that makes them and for the tools that check them. The API is not covered by semantic versioning.
//!
//! # Examples
//!
//! ```
//! let model = smtp_codes_data::load().expect("the catalogue is sound");
//! let reply = model.replies.iter().find(|reply| reply.code == 550).unwrap();
//! assert_eq!(reply.name, "MAILBOX_UNAVAILABLE");
//! ```

pub mod automaton;
mod check;
pub mod compile;
mod entry;
mod fault;
mod files;
mod load;
mod pattern;
mod reference;
mod relation;
pub mod schema;
pub mod text;
mod words;

pub use entry::Entry;
pub use fault::Fault;
pub use files::{FILES, File};
pub use load::{Model, Phrases, Placed, Provider, load, load_files, load_rules};
pub use pattern::EnhancedPattern;
pub use reference::Reference;
pub use words::Words;
