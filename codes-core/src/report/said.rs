//! What a server said, apart from what the program that reports says around it.

use super::recipient::is_failure;
use crate::Phase;
use crate::find::{Code, codes};

/// The server's own words in a text, from its reply code on, and when in the session it said them; the whole text, where no
/// reply that says anything stands in it.
///
/// The words in front, such as `remote host said`, are the program's, and are not for or against anybody.
pub(super) fn said(text: &str) -> (&str, Option<Phase>) {
    const FEWEST_LETTERS: usize = 8;
    let mut found = codes(text.as_bytes()).filter_map(|found| match found.code {
        Code::Reply(code) if is_failure(code) => Some(found.start),
        _ => None,
    });
    let Some(start) = found.next() else { return (text, phase(text)) };
    let (before, words) = text.split_at(start);
    if words.chars().filter(|letter| letter.is_alphabetic()).count() < FEWEST_LETTERS {
        return (text, phase(text));
    }
    let quote = before.chars().next_back().filter(|letter| matches!(letter, '\'' | '"' | '`'));
    let words = words.trim_end();
    let words = quote.and_then(|quote| words.strip_suffix(if quote == '`' { '\'' } else { quote })).unwrap_or(words);
    (words, phase(before))
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
    let mut start = before.len().saturating_sub(LONGEST);
    while !before.is_char_boundary(start) {
        start += 1;
    }
    let before = &before[start..];
    let places = COMMANDS.into_iter().filter_map(|(words, phase)| before.rfind(words).map(|place| (place, phase)));
    places.max_by_key(|(place, _)| *place).map(|(_, phase)| phase)
}

#[cfg(test)]
mod tests {
    use super::said;
    use crate::Phase;

    #[test]
    fn what_the_program_says_around_a_reply_is_left_out() {
        let text = "192.0.2.1 does not like recipient.\nRemote host said: 550 5.1.1 No such user here";
        assert_eq!(said(text), ("550 5.1.1 No such user here", Some(Phase::Rcpt)));
        let text = "Remote Server returned '550 5.1.10 Recipient not found'";
        assert_eq!(said(text), ("550 5.1.10 Recipient not found", None));
        let text = "SMTP error from remote mail server after end of data: host mx.example [192.0.2.1]: 554 Spam is not welcome";
        assert_eq!(said(text), ("554 Spam is not welcome", Some(Phase::Data)));
    }

    #[test]
    fn a_code_behind_the_words_takes_none_of_them() {
        assert_eq!(said("mailbox is full, SMTP error 552"), ("mailbox is full, SMTP error 552", None));
        assert_eq!(said("no code at all"), ("no code at all", None));
    }
}
