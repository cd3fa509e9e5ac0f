//! Whether a message comes from a program that reports, and says that something was not delivered.

use std::string::String;
use std::vec::Vec;

use super::address;
use super::field::Header;
use super::kind::Kind;
use super::line::start_of;
use super::words::{self, Words};

/// What the header tells about who sent a message.
#[derive(Debug)]
pub(super) struct Sender {
    /// A mail system: a report can be expected from it.
    pub(super) is_system: bool,
    /// Whether the message may be a report, whatever it says.
    pub(super) may_report: bool,
    /// The addresses of `X-Failed-Recipients`.
    pub(super) failed: Vec<String>,
    /// In small letters.
    subject: String,
    is_marked_answer: bool,
}

impl Sender {
    pub(super) fn of(header: &Header<'_>) -> Self {
        let failed = header.text("X-Failed-Recipients").map_or(Vec::new(), |value| addresses(&value));
        let from = header.text("From").unwrap_or_default();
        let is_system = is_system(&from) || header.text("Sender").is_some_and(|sender| is_system(&sender));
        // Nobody can answer to a report (RFC 5321, Section 4.5.5).
        let is_null_path = header.field("Return-Path").is_some_and(|path| is_null(path.short_value()));
        // Amazon's services report in notifications of their own.
        let is_amazon = from.contains("amazonaws.com") || from.contains("amazonses.com");
        Self {
            is_system,
            may_report: is_system || is_null_path || is_amazon || !failed.is_empty(),
            failed,
            subject: header.text("Subject").unwrap_or_default().to_lowercase(),
            is_marked_answer: is_marked_answer(header),
        }
    }

    /// Whether a program has answered for a person.
    pub(super) fn is_answer(&self) -> bool {
        let begins = |table: &[&str]| table.iter().any(|words| self.subject.starts_with(words));
        self.is_marked_answer
            || begins(words::AUTO_REPLIES)
            || (self.may_report && words::CHALLENGES.are_in(&self.subject))
    }

    /// What a text of a message that may be a report says about the delivery; `None` where it says nothing.
    ///
    /// `has_refusal` is whether a server's refusal stands in it.
    pub(super) fn kind(&self, text: &str, has_refusal: bool) -> Option<Kind> {
        let start = start_of(text, SEARCHED).to_lowercase();
        let has = |table: &Words| table.are_in(&self.subject) || table.are_in(&start);
        let is_denied = || has(&words::DENIALS);
        if !has_refusal && self.failed.is_empty() && has(&words::DELIVERED) && !is_denied() {
            return Some(Kind::Delivered);
        }
        if !has_refusal && has(&words::RELAYED) && !is_denied() {
            return Some(Kind::Relayed);
        }
        if !has_refusal && has(&words::EXPANDED) && !is_denied() {
            return Some(Kind::Expanded);
        }
        if !has_refusal && self.failed.is_empty() && !has(&words::FAILURES) && !has(&words::DELAYS) {
            return None;
        }
        Some(if has(&words::DELAYS) && !has(&words::GIVEN_UP) { Kind::Delayed } else { Kind::Failed })
    }

    /// Whether the subject is that of a report which somebody has sent on.
    pub(super) fn forwards_failure(&self) -> bool {
        const MARKS: [&str; 7] = ["fwd:", "fw:", "wg:", "tr:", "rv:", "i:", "vs:"];
        MARKS.iter().any(|mark| self.subject.starts_with(mark)) && self.says_failure()
    }

    /// Whether the subject alone says that something was not delivered.
    pub(super) fn says_failure(&self) -> bool {
        words::FAILURES.are_in(&self.subject)
    }
}

/// How much of a text is searched for words that say what it is.
const SEARCHED: usize = 4000;

fn addresses(value: &str) -> Vec<String> {
    address::find_all(value).map(Into::into).collect()
}

fn is_null(path: &[u8]) -> bool {
    let path = path.to_ascii_lowercase();
    path.is_empty()
        || path == b"<>"
        || path.starts_with(b"<mailer-daemon")
        || path.starts_with(b"mailer-daemon")
        || path.starts_with(b"<postmaster")
}

/// Whether the value of `From` is a mail system's.
fn is_system(from: &str) -> bool {
    let from = from.to_lowercase();
    let address = address::find(&from);
    let local = address.and_then(|address| address.rsplit_once('@')).map_or(from.as_str(), |(local, _)| local);
    // `MAILER-DAEMON` alone is no address and yet a sender.
    let local = local.trim_matches(['<', '>', '"', ' ']);
    let name = address.map_or(from.as_str(), |address| from.strip_suffix(address).unwrap_or(&from));
    words::SYSTEM_SENDERS.iter().any(|sender| local.starts_with(sender))
        || words::LIST_SENDERS.iter().any(|end| local.ends_with(end))
        || local.starts_with("owner-")
        || words::SYSTEM_NAMES.are_in(name)
        || from.contains("mailer-daemon")
}

/// Whether an address is that of the program or owner of a mailing list, which a notice names so that one can ask.
pub(super) fn is_of_list(address: &str) -> bool {
    let local = address.rsplit_once('@').map_or(address, |(local, _)| local).to_lowercase();
    words::LIST_SENDERS.iter().any(|end| local.ends_with(end)) || local.starts_with("owner-")
}

/// Whether a field says that a program has answered (RFC 3834).
fn is_marked_answer(header: &Header<'_>) -> bool {
    let holds = |name: &str, words: &[&str]| {
        header.text(name).is_some_and(|value| {
            let value = value.to_ascii_lowercase();
            words.iter().any(|word| value.starts_with(word))
        })
    };
    holds("Auto-Submitted", &["auto-replied"])
        || holds("Precedence", &["auto_reply", "auto-reply"])
        || holds("X-Autoreply", &["yes", "vacation", "true", "1", "on"])
        || header.field("X-Autorespond").is_some()
        || header.field("X-Autoresponder").is_some()
        || holds("X-Auto-Response-Suppress", &["autoreply-answer"])
}
