//! What a notice says of one recipient.

use std::borrow::ToOwned;
use std::string::String;

use super::field::one_line;
use super::kind::Kind;
use super::line::start_of;
use super::recipient::{Recipient, codes_in};
use super::said::{Said, said};
use super::transcript;
use crate::{Basis, verdict};

/// What a text says of one recipient.
#[derive(Debug)]
pub(super) struct Told {
    pub(super) address: Option<String>,
    /// In lines, as it stands there.
    text: String,
    /// How much the text says: see [`weight`].
    weight: u8,
    pub(super) host: Option<String>,
    /// The line that names the recipient.
    pub(super) at: usize,
    /// Whether the text is the paragraph that names the recipient, which may say nothing else.
    pub(super) is_around: bool,
}

/// The weight of a text in which a server's reply stands.
pub(super) const MOST: u8 = 3;

/// What is kept of a text: more than any server says.
const LONGEST: usize = 4000;

impl Told {
    /// A recipient of which no more is known yet than the name.
    pub(super) fn named(address: Option<&str>, at: usize) -> Self {
        Self {
            address: address.map(ToOwned::to_owned),
            text: String::new(),
            weight: 0,
            host: None,
            at,
            is_around: false,
        }
    }

    /// Takes a text where it says more than the one that is known.
    pub(super) fn take(&mut self, text: &str) {
        // None says more than one with a server's reply.
        if self.weight < MOST && weight(text) > self.weight {
            self.say(text);
        }
    }

    /// Has another text in place of the one that is known.
    pub(super) fn say(&mut self, text: &str) {
        start_of(text, LONGEST).clone_into(&mut self.text);
        self.weight = weight(&self.text);
    }

    /// How much the text says.
    pub(super) fn weight(&self) -> u8 {
        self.weight
    }

    /// Whether it holds a server's refusal.
    pub(super) fn is_refusal(&self) -> bool {
        self.weight >= 2
    }

    pub(super) fn is(&self, address: &str) -> bool {
        self.address.as_deref().is_some_and(|known| known.eq_ignore_ascii_case(address))
    }

    /// Whether the text says enough about the failure that nothing else of the notice is needed.
    pub(super) fn is_enough(&self) -> bool {
        self.is_refusal() || if self.is_around { says_why(&self.text) } else { says_something(&self.text) }
    }

    /// The recipient, to which this happened.
    pub(super) fn into_recipient(self, kind: Kind) -> Recipient {
        let (reply, status) = codes_in(self.text.as_bytes());
        let Said { before, words, phase } = said(&self.text);
        let diagnostic = one_line(words.as_bytes());
        let host = || before.lines().find_map(transcript::host).map(ToOwned::to_owned);
        Recipient {
            remote_mta: self.host.clone().or_else(host),
            recipient: self.address.clone(),
            final_recipient: self.address,
            kind,
            status,
            reply,
            phase,
            diagnostic: Some(diagnostic).filter(|text| !text.is_empty()),
            ..Recipient::default()
        }
    }
}

/// How much a text says about a failure: 3 with a reply code, 2 with an enhanced code, 1 with any words.
pub(super) fn weight(text: &str) -> u8 {
    match codes_in(text.as_bytes()) {
        (Some(_), _) => MOST,
        (None, Some(status)) if status.class().digit() != 2 => 2,
        _ => u8::from(text.chars().any(char::is_alphabetic)),
    }
}

/// Whether a text is more than a remark on an address: `(unrecoverable error)`.
fn says_something(text: &str) -> bool {
    let is_remark = text.starts_with('(') && text.ends_with(')') && !text.contains('\n');
    text.split_whitespace().count() > 2 && !is_remark || !text.is_empty() && says_why(text)
}

/// Whether the words of a text say why, to the rules.
pub(super) fn says_why(text: &str) -> bool {
    verdict(text).basis == Basis::Text
}
