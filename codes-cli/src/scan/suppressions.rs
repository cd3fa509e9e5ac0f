//! The addresses to stop mailing.

use std::collections::HashMap;
use std::hash::{BuildHasher, Hasher};

use foldhash::quality::RandomState;
use smtp_codes::Verdict;

use super::event::Event;
use super::moment::Moment;
use crate::shown::shown;

/// The recipients whose mail failed for good with a verdict to stop mailing them, and not delivered since.
///
/// When only their number is asked for, hashes are kept instead of addresses.
#[derive(Debug)]
pub(crate) struct Suppressions {
    hashes: RandomState,
    addresses: HashMap<u64, Option<Box<Suppression>>, RandomState>,
    is_kept: bool,
    /// Whether there were more than are counted.
    pub(crate) is_cut: bool,
}

/// An address to stop mailing, and why.
#[derive(Clone, Debug)]
pub(crate) struct Suppression {
    pub(crate) address: Box<[u8]>,
    pub(crate) reason: &'static str,
    /// The rule or code that decided.
    pub(crate) because: Box<str>,
    pub(crate) time: Option<Moment>,
    pub(crate) text: Box<[u8]>,
}

/// How many are counted when no list is asked for.
const MOST: usize = 1 << 19;

/// How many bytes of a reply go into a list.
const TEXT: usize = 500;

impl Suppressions {
    pub(crate) fn new(is_kept: bool) -> Self {
        Self { hashes: RandomState::default(), addresses: HashMap::default(), is_kept, is_cut: false }
    }

    /// A delivery failed for good, and the verdict says to stop mailing its recipient.
    pub(crate) fn add(&mut self, event: &Event<'_>, recipient: &[u8], verdict: &Verdict<'_>) {
        if !self.is_kept && self.addresses.len() >= MOST {
            self.is_cut = true;
            return;
        }
        let key = self.key(recipient);
        let suppression = self.is_kept.then(|| {
            let rule = verdict.rule.map(|rule| rule.id.into());
            let code = || verdict.enhanced.map(|code| code.to_string()).or(verdict.reply.map(|code| code.to_string()));
            Box::new(Suppression {
                address: recipient.into(),
                reason: verdict.reason.map_or("", |reason| reason.as_str()),
                because: rule.or_else(|| code().map(String::into_boxed_str)).unwrap_or_default(),
                time: event.time,
                text: event.text[..event.text.len().min(TEXT)].into(),
            })
        });
        self.addresses.insert(key, suppression);
    }

    /// Mail was delivered: whatever was said before, the address works.
    pub(crate) fn delivered(&mut self, recipient: &[u8]) {
        if !self.addresses.is_empty() {
            let key = self.key(recipient);
            self.addresses.remove(&key);
        }
    }

    pub(crate) fn count(&self) -> usize {
        self.addresses.len()
    }

    /// All of them, by address.
    pub(crate) fn list(&self) -> Vec<&Suppression> {
        let mut list: Vec<&Suppression> = self.addresses.values().flatten().map(|suppression| &**suppression).collect();
        list.sort_by(|one, other| one.address.cmp(&other.address));
        list
    }

    /// Addresses that differ only in case are one: few servers tell them apart, and a list would hold both.
    fn key(&self, address: &[u8]) -> u64 {
        let mut hasher = self.hashes.build_hasher();
        for part in address.chunks(64) {
            let mut small = [0; 64];
            small[..part.len()].copy_from_slice(part);
            small.make_ascii_lowercase();
            hasher.write(&small[..part.len()]);
        }
        hasher.finish()
    }
}

/// The list as a file: an address a line, or a table with the evidence.
pub(crate) fn list(suppressions: &Suppressions, is_table: bool) -> Vec<u8> {
    let mut text = Vec::new();
    if is_table {
        text.extend_from_slice(b"address,reason,because,time,reply\r\n");
    }
    for suppression in suppressions.list() {
        if !is_table {
            // A line end in an address would make two of it.
            text.extend_from_slice(shown(&suppression.address).as_bytes());
            text.push(b'\n');
            continue;
        }
        let time = suppression.time.map_or(String::new(), |time| time.to_string());
        let cells =
            [&shown(&suppression.address), suppression.reason, &suppression.because, &time, &shown(&suppression.text)];
        for (place, cell) in cells.into_iter().enumerate() {
            text.extend_from_slice(if place == 0 { b"" } else { b"," });
            push_cell(cell, &mut text);
        }
        text.extend_from_slice(b"\r\n");
    }
    text
}

/// A cell of a table (RFC 4180). One that a spreadsheet would take for a formula begins with an apostrophe.
fn push_cell(cell: &str, text: &mut Vec<u8>) {
    let formula = if cell.starts_with(['=', '+', '-', '@']) { "'" } else { "" };
    if formula.is_empty() && !cell.contains([',', '"']) {
        text.extend_from_slice(cell.as_bytes());
        return;
    }
    text.extend_from_slice(format!("\"{formula}{}\"", cell.replace('"', "\"\"")).as_bytes());
}

#[cfg(test)]
mod tests {
    use smtp_codes::log::Outcome;
    use smtp_codes::{EnhancedCode, verdict};

    use super::{Suppressions, list};
    use crate::scan::event::Event;

    fn add(suppressions: &mut Suppressions, address: &str, text: &str) {
        let event = Event {
            outcome: Outcome::Failed,
            time: None,
            line: 1,
            queue_id: b"A1",
            sender: None,
            recipient: Some(address.as_bytes()),
            host: None,
            reply: None,
            enhanced: None::<EnhancedCode>,
            phase: None,
            text: text.as_bytes(),
        };
        suppressions.add(&event, address.as_bytes(), &verdict(text));
    }

    #[test]
    fn an_address_is_listed_once_until_mail_arrives() {
        let mut suppressions = Suppressions::new(true);
        add(&mut suppressions, "bob@b.example", "550 5.1.1 User unknown");
        add(&mut suppressions, "ann@a.example", "550 5.1.1 User unknown");
        add(&mut suppressions, "Ann@A.example", "550 5.1.1 User unknown");
        assert_eq!(suppressions.count(), 2);
        assert_eq!(list(&suppressions, false), b"Ann@A.example\nbob@b.example\n");
        suppressions.delivered(b"ANN@a.example");
        assert_eq!(list(&suppressions, false), b"bob@b.example\n");
    }

    #[test]
    fn a_hostile_reply_stays_in_its_cell() {
        let mut suppressions = Suppressions::new(true);
        add(&mut suppressions, "=cmd@a.example", "550 \"User unknown\", \r\n\x1b[2J,x");
        let table = String::from_utf8(list(&suppressions, true)).expect("the table is UTF-8");
        let line = table.strip_prefix("address,reason,because,time,reply\r\n").expect("a head");
        assert_eq!(
            line,
            "\"'=cmd@a.example\",mailbox-unknown,en-user-unknown,,\"550 \"\"User unknown\"\", \\r\\n\\x1b[2J,x\"\r\n"
        );
    }

    #[test]
    fn without_a_list_addresses_are_only_counted() {
        let mut suppressions = Suppressions::new(false);
        add(&mut suppressions, "ann@a.example", "550 5.1.1 User unknown");
        add(&mut suppressions, "ANN@a.example", "550 5.1.1 User unknown");
        assert_eq!((suppressions.count(), suppressions.list().len()), (1, 0));
    }
}
