use std::collections::BTreeSet;

use smtp_codes::{Command, Keyword, Meaning, Protocol, Replies, ReplyCode};

use crate::facts;
use crate::page::Page;
use crate::style;

/// What is particular to a command: how it is written and how it is answered.
pub(crate) fn command(command: Command, page: &mut Page) {
    let entry = command.entry();
    page.row("Syntax", entry.syntax);
    page.row("Announced", entry.keyword.unwrap_or_default());
    page.row("Used in", &protocols(entry.protocols));
    answers("Answers", command, entry.replies.iter().filter(|row| !row.after_data), page);
    answers("Answers to the mail data", Command::MESSAGE, entry.replies.iter().filter(|row| row.after_data), page);
}

/// A table of codes with the documents' words, and the extensions that add some.
fn answers<'a>(heading: &str, command: Command, rows: impl Iterator<Item = &'a Replies>, page: &mut Page) {
    let mut answers = BTreeSet::new();
    for row in rows {
        let codes = [row.intermediate, row.success, row.failure].into_iter().flatten();
        answers.extend(codes.map(|code| (*code, row.keyword, text(*code, command, row.keyword))));
    }
    if answers.is_empty() {
        return;
    }
    page.heading(heading, "");
    for (code, keyword, text) in answers {
        let extension = keyword.map_or(String::new(), |keyword| format!(" ({keyword})"));
        page.entry(&format!("  {code}"), style::PLAIN, 5, &format!("{text}{extension}"), "");
    }
}

/// What the code says in answer to the command, in the words of the document that lets it: the row's extension or the command's
/// own. Our title, where a document gives the code without words.
fn text(code: ReplyCode, command: Command, extension: Option<&str>) -> &'static str {
    let Some(entry) = code.entry() else { return "" };
    let own = command.entry().keyword;
    let is_own = |meaning: &&Meaning| meaning.keyword == extension || (extension.is_none() && meaning.keyword == own);
    facts::meanings(code, Some(command)).find(is_own).map_or(entry.title, |meaning| meaning.text)
}

/// What is particular to an EHLO keyword: what it adds to commands.
pub(crate) fn keyword(keyword: Keyword, page: &mut Page) {
    let entry = keyword.entry();
    page.row("Registered", &format!("\"{}\"", entry.text));
    page.row("In EHLO", format!("{} {}", entry.keyword, entry.parameters).trim_end());
    page.row("With MAIL", &entry.mail_parameters.join(", "));
    page.row("With RCPT", &entry.rcpt_parameters.join(", "));
    let verbs: Vec<_> = entry.verbs.iter().map(|command| command.verb()).collect();
    page.row("Adds", &verbs.join(", "));
    page.row("Used in", &protocols(entry.protocols));
}

fn protocols(protocols: &[Protocol]) -> String {
    let names: Vec<_> = protocols.iter().map(|protocol| protocol.as_str()).collect();
    names.join(", ")
}
