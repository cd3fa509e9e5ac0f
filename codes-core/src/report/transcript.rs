//! Transcripts of SMTP sessions in notices: old Sendmail, Courier, gateways.

use std::borrow::ToOwned;
use std::collections::HashSet;
use std::string::String;
use std::vec::Vec;

use memchr::memmem;

use super::address;
use super::line::{Line, start_of};
use super::recipient::is_failure;
use super::words;
use crate::ReplyCode;

/// What a transcript says of one recipient, or of nobody in particular.
#[derive(Debug)]
pub(super) struct Entry {
    pub(super) recipient: Option<String>,
    pub(super) text: String,
    pub(super) host: Option<String>,
}

/// The refusals in a transcript, in order.
pub(super) fn read(lines: &[Line<'_>]) -> Vec<Entry> {
    let mut reader = Reader::default();
    for line in lines {
        reader.line(line.text);
    }
    reader.flush();
    reader.entries
}

#[derive(Default)]
struct Reader {
    entries: Vec<Entry>,
    /// The recipients that the own program has named, in small letters.
    named: HashSet<String>,
    host: Option<String>,
    /// The last command, which tells when in the session a refusal came.
    command: Option<String>,
    /// The recipient of the last command, where that was `RCPT`.
    asked: Option<String>,
    /// The remote server's refusal that no line of the own program has named a recipient for.
    refusal: Option<Entry>,
    /// The line before, where it is no part of the session: a local mailer's own words.
    remark: String,
    /// Whether the last line was a reply that goes on.
    goes_on: bool,
}

impl Reader {
    fn line(&mut self, line: &str) {
        if let Some(command) = command(line) {
            self.goes_on = false;
            self.command = Some(start_of(command, LONGEST_COMMAND).to_owned());
            if starts_with(command, "RCPT") {
                self.flush();
                self.asked = address::find(command).map(ToOwned::to_owned);
            } else if starts_with(command, "MAIL") {
                self.flush();
                self.asked = None;
            }
            return;
        }
        if let Some(reply) = reply(line) {
            self.reply(reply);
            return;
        }
        if let Some(host) = host(line) {
            self.host = Some(host.to_owned());
            self.command = None;
        }
        self.goes_on = false;
        self.own(line);
        self.remark.clear();
        if !line.starts_with(['.', '-']) && code(line).is_none() {
            self.remark.push_str(line);
        }
    }

    /// A line that the remote server sent.
    fn reply(&mut self, reply: &str) {
        if self.goes_on {
            if let Some(refusal) = &mut self.refusal {
                refusal.text.push('\n');
                refusal.text.push_str(reply);
                self.goes_on = goes_on(reply);
                return;
            }
        }
        if code(reply).is_none_or(|code| !is_failure(code)) {
            return;
        }
        // What follows a refusal is most often another about the same: the first says why.
        if self.refusal.is_none() {
            let named = address::find(reply).filter(|_| self.asked.is_none());
            let recipient = self.asked.clone().or_else(|| named.map(ToOwned::to_owned));
            let text = match &self.command {
                Some(command) => [command.as_str(), reply].join("\n"),
                None => reply.to_owned(),
            };
            self.refusal = Some(Entry { recipient, text, host: self.host.clone() });
            self.goes_on = goes_on(reply);
        }
    }

    /// A line of the own program: `554 <ann@a.example>... Service unavailable`, which says whom the refusal before it was about.
    fn own(&mut self, line: &str) {
        if code(line).is_none_or(|code| !is_failure(code)) {
            return;
        }
        let Some(recipient) = address::find(line) else { return };
        if !self.named.insert(recipient.to_ascii_lowercase()) {
            return;
        }
        let entry = if let Some(refusal) = self.refusal.take() {
            Entry { recipient: Some(recipient.to_owned()), ..refusal }
        } else {
            let line = quoted(line);
            // Words that end so introduce the line; others are a local mailer's own.
            let text = match self.remark.as_str() {
                "" => line.to_owned(),
                remark if remark.ends_with(':') => [remark, line].join("\n"),
                remark => [line, remark].join("\n"),
            };
            Entry { recipient: Some(recipient.to_owned()), text, host: None }
        };
        self.entries.push(entry);
    }

    fn flush(&mut self) {
        self.entries.extend(self.refusal.take());
        self.goes_on = false;
    }
}

/// The reply that a line of the own program quotes: `554 <ann@a.example>... 550 Host unknown`; else the line.
fn quoted(line: &str) -> &str {
    match line.split_once("... ") {
        Some((_, reply)) if code(reply).is_some_and(is_failure) => reply,
        _ => line,
    }
}

/// The reply code with which a text begins.
fn code(text: &str) -> Option<ReplyCode> {
    let bytes = text.as_bytes();
    let code = ReplyCode::from_bytes(bytes.get(..3)?).ok()?;
    matches!(bytes.get(3), None | Some(b' ' | b'-' | b':' | b'\t' | b',')).then_some(code)
}

fn goes_on(reply: &str) -> bool {
    reply.as_bytes().get(3) == Some(&b'-')
}

/// How much of a command is kept.
const LONGEST_COMMAND: usize = 300;

/// What the own program sent.
fn command(line: &str) -> Option<&str> {
    if !may_be_of_session(line) {
        return None;
    }
    let marks = [">>>", "-->", "--->", "Sent <<<", "C:"];
    let found = marks.iter().find_map(|mark| after(line, mark)).map(str::trim_start)?;
    Some(found.trim_start_matches(['>', ' ']))
}

/// Whether a line has any of the signs that set apart who said it, which most lines have not.
fn may_be_of_session(line: &str) -> bool {
    let bytes = line.as_bytes();
    let is_arrow = |place: usize| {
        matches!(bytes.get(place + 1), Some(b'<' | b'>' | b'-')) || (place > 0 && bytes[place - 1] == b'-')
    };
    memchr::memchr2_iter(b'<', b'>', bytes).any(is_arrow) || line.starts_with(['C', 'S'])
}

/// What the remote server sent.
fn reply(line: &str) -> Option<&str> {
    if !may_be_of_session(line) {
        return None;
    }
    let marks = ["<<<", "<--", "<---", "Received >>>", "S:"];
    let found = marks.iter().find_map(|mark| after(line, mark)).map(str::trim_start)?;
    found.starts_with(|letter: char| letter.is_ascii_digit()).then_some(found)
}

/// What stands behind a mark, which may have a time or a quotation mark before it.
fn after<'l>(line: &'l str, mark: &str) -> Option<&'l str> {
    const FARTHEST: usize = 40;
    let place = memmem::find(line.as_bytes(), mark.as_bytes())?;
    let before = &line[..place];
    let is_first = place <= FARTHEST
        && !before.contains(['@', '<'])
        && before.chars().filter(|letter| letter.is_alphabetic()).count() <= 6;
    is_first.then(|| &line[place + mark.len()..])
}

/// The host that a line names as the one that is talked to.
pub(super) fn host(line: &str) -> Option<&str> {
    if !line.contains('.') {
        return None;
    }
    let begins_word = |place: usize| place == 0 || !line.as_bytes()[place - 1].is_ascii_alphanumeric();
    let found = words::HOSTS.find_all(line).find(|found| begins_word(found.start())).map(|found| &line[found.end()..]);
    let name = |text: &'_ str| -> usize {
        text.bytes().take_while(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'-' | b'_')).count()
    };
    let text = match found {
        Some(text) => text.trim_start_matches(['<', '[', '\'', '"']),
        // `mx.a.example [192.0.2.1] did not like our RCPT TO:`
        None => line.trim_start_matches('<'),
    };
    let length = name(text);
    let host = text[..length].trim_end_matches('.');
    let is_host = host.contains('.') && host.bytes().any(|byte| byte.is_ascii_alphabetic()) && !host.starts_with('.');
    let is_told = found.is_some() || text[length..].trim_start().starts_with('[') || text[length..].starts_with(" (");
    (is_host && is_told && !text[length..].starts_with('@')).then_some(host)
}

fn starts_with(text: &str, word: &str) -> bool {
    text.get(..word.len()).is_some_and(|start| start.eq_ignore_ascii_case(word))
}
