//! The message that a report is about.

use std::string::String;

use super::field::Header;
use super::part::{Media, Parts};

/// The header of the message that was returned, as far as it is there: enough to find what was sent.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
#[non_exhaustive]
pub struct Original {
    /// Its `Message-ID`, in its angle brackets.
    pub message_id: Option<String>,
    /// Its subject, decoded.
    pub subject: Option<String>,
    /// Whom it is from, decoded.
    pub from: Option<String>,
    /// Whom it is to, decoded.
    pub to: Option<String>,
    /// Its date, as it is written there.
    pub date: Option<String>,
}

impl Original {
    pub(super) fn of(header: &Header<'_>) -> Option<Self> {
        let original = Self {
            message_id: header.text("Message-ID"),
            subject: header.text("Subject"),
            from: header.text("From"),
            to: header.text("To"),
            date: header.text("Date"),
        };
        (original != Self::default()).then_some(original)
    }
}

/// The header in the first part that is a message or its header.
pub(super) fn of_parts(parts: &Parts<'_>) -> Option<Original> {
    parts.of(Media::Message).find_map(|part| {
        let text = part.text(1 << 16);
        Original::of(&Header::read(text.trim_start().as_bytes()))
    })
}
