//! What a server said, apart from what the program that reports says around it.

use memchr::memmem;

use super::recipient::is_failure;
use crate::Phase;
use crate::find::{Code, codes};

/// A text in which a server's words stand.
#[derive(Debug, Eq, PartialEq)]
pub(super) struct Said<'t> {
    /// What stands in front of them; all, where there are none.
    pub(super) before: &'t str,
    /// They; all, where there are none.
    pub(super) words: &'t str,
    /// When in the session they were said.
    pub(super) phase: Option<Phase>,
}

/// The server's own words in a text, from its reply code on; the whole text, where no reply that says anything stands in it.
///
/// The words in front, such as `remote host said`, are the program's, and are not for or against anybody.
pub(super) fn said(text: &str) -> Said<'_> {
    const FEWEST_LETTERS: usize = 8;
    let mut found = codes(text.as_bytes()).filter_map(|found| match found.code {
        Code::Reply(code) if is_failure(code) => Some(found.start),
        _ => None,
    });
    let whole = || Said { before: text, words: text, phase: phase(text) };
    let Some(start) = found.next() else { return whole() };
    let (before, words) = text.split_at(start);
    if words.chars().filter(|letter| letter.is_alphabetic()).count() < FEWEST_LETTERS {
        return whole();
    }
    let quote = before.chars().next_back().filter(|letter| matches!(letter, '\'' | '"' | '`'));
    let words = words.trim_end();
    let words = quote.and_then(|quote| words.strip_suffix(if quote == '`' { '\'' } else { quote })).unwrap_or(words);
    Said { before, words, phase: phase(before) }
}

/// The command that the words in front of a reply name last.
fn phase(before: &str) -> Option<Phase> {
    const LONGEST: usize = 1000;
    const COMMANDS: [(&str, Phase); 13] = [
        ("RCPT", Phase::Rcpt),
        ("MAIL FROM", Phase::Mail),
        ("MAIL From", Phase::Mail),
        ("DATA", Phase::Data),
        ("end of data", Phase::Data),
        ("BDAT", Phase::Data),
        ("EHLO", Phase::Helo),
        ("HELO", Phase::Helo),
        ("STARTTLS", Phase::Auth),
        ("AUTH ", Phase::Auth),
        ("initial connection", Phase::Connection),
        // qmail's words.
        ("does not like recipient", Phase::Rcpt),
        ("after I sent the message", Phase::Data),
    ];
    let start = before.len().saturating_sub(LONGEST);
    let before = &before.as_bytes()[start..];
    let places = COMMANDS
        .into_iter()
        .filter_map(|(words, phase)| memmem::rfind(before, words.as_bytes()).map(|place| (place, phase)));
    places.max_by_key(|(place, _)| *place).map(|(_, phase)| phase)
}

#[cfg(test)]
mod tests {
    use super::said;
    use crate::Phase;

    #[track_caller]
    fn is_said(text: &str, words: &str, phase: Option<Phase>) {
        let said = said(text);
        assert_eq!((said.words, said.phase), (words, phase));
    }

    #[test]
    fn what_the_program_says_around_a_reply_is_left_out() {
        let text = "192.0.2.1 does not like recipient.\nRemote host said: 550 5.1.1 No such user here";
        is_said(text, "550 5.1.1 No such user here", Some(Phase::Rcpt));
        is_said("Remote Server returned '550 5.1.10 Recipient not found'", "550 5.1.10 Recipient not found", None);
        let text = "SMTP error from remote mail server after end of data: host mx.example [192.0.2.1]: 554 Spam is not welcome";
        is_said(text, "554 Spam is not welcome", Some(Phase::Data));
    }

    #[test]
    fn a_code_behind_the_words_takes_none_of_them() {
        is_said("mailbox is full, SMTP error 552", "mailbox is full, SMTP error 552", None);
        is_said("no code at all", "no code at all", None);
    }
}
