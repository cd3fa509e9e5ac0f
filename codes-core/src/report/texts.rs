//! The text of a message that people read.

use std::borrow::Cow;
use std::string::String;

use super::field::one_line;
use super::html;
use super::limits::Limits;
use super::part::{Media, Parts};
use super::status;

/// How many texts of a message are read: the notice may stand in the second.
const MOST_TEXTS: usize = 3;

/// The texts in front of the message that is returned, one behind the other; a page, where there is no plain one.
pub(super) fn of_parts<'m>(parts: &Parts<'m>, limits: &Limits) -> Cow<'m, str> {
    let in_front = parts.all.iter().take_while(|part| part.media != Media::Message);
    let mut plain = in_front.clone().filter(|part| part.media == Media::Text && !part.body.trim_ascii().is_empty());
    let Some(first) = plain.next() else {
        let page = parts.of(Media::Html).next().map(|part| part.text(limits.text));
        return page.map_or(Cow::Borrowed(""), |page| Cow::Owned(html::text(&page)));
    };
    let mut text = first.text(limits.text);
    for part in plain.take(MOST_TEXTS - 1) {
        let longest = limits.text.saturating_sub(text.len());
        let mut joined: String = text.into_owned();
        joined.push_str("\n\n");
        joined.push_str(&part.text(longest));
        text = Cow::Owned(joined);
    }
    text
}

/// The text without the signs that quote it.
pub(super) fn unquoted(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    for line in text.lines() {
        let inner = line.trim_start_matches('>');
        plain.push_str(if inner.len() < line.len() { inner.strip_prefix(' ').unwrap_or(inner) } else { line });
        plain.push('\n');
    }
    plain
}

/// What Dovecot's delivery agent and others that follow RFC 5429 write of the reason for which they refuse a message: more than
/// the delivery status has.
pub(super) fn rejected_because(text: &str) -> Option<String> {
    const WORDS: &str = "was automatically rejected:";
    const LONGEST: usize = 1000;
    let start = text.find(WORDS)? + WORDS.len();
    let reason = text[start..].trim_start();
    let end = reason.find("\n\n").or_else(|| reason.find("\r\n\r\n")).unwrap_or(reason.len());
    let reason = one_line(&reason.as_bytes()[..end]);
    (!reason.is_empty() && reason.len() <= LONGEST).then_some(reason)
}

/// The fields of a delivery status that stand in a text: of a message that has lost its MIME header, or never had one.
pub(super) fn status_in(text: &str) -> Option<&str> {
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        if status::begins(line.trim_end()) {
            return Some(&text[start..]);
        }
        start += line.len();
    }
    None
}
