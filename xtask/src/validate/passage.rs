//! What stands in a passage of a document.

/// A passage, white space made one space.
///
/// A hyphen at the end of a line is the word's own, the line's or that of a series (`pre- and postfix`), and only a reader
/// knows which: all three readings are kept, and what stands in one of them stands in the passage.
pub(super) struct Passage([String; 3]);

impl Passage {
    pub(super) fn new(lines: &[String]) -> Self {
        Self(["-", "", "- "].map(|hyphen| join(lines, hyphen)))
    }

    /// Whether these words stand here, in this case and order.
    pub(super) fn says(&self, words: &str) -> bool {
        let words = words.split_whitespace().collect::<Vec<_>>().join(" ");
        self.0.iter().any(|text| text.contains(&words))
    }

    /// Whether a reply code stands here as a number of its own.
    pub(super) fn has_code(&self, code: u16) -> bool {
        let code = code.to_string();
        self.find(&code, |before, after| {
            let number = |side: Option<char>, next: Option<char>| {
                side.is_some_and(|letter| letter.is_ascii_alphanumeric() || letter == '_')
                    || (side == Some('.') && next.is_some_and(|letter| letter.is_ascii_digit()))
            };
            let before_it = before.trim_end_matches(' ').trim_end_matches('-');
            let document = before_it.ends_with("RFC") || before_it.ends_with("RFCs");
            let (mut left, mut right) = (before.chars().rev(), after.chars());
            !document && !number(left.next(), left.next()) && !number(right.next(), right.next())
        })
    }

    /// Whether an enhanced status code stands here without a class or with any: `X.7.1`, `x.7.1`, `5.7.1`.
    pub(super) fn has_enhanced(&self, subject: u16, detail: u16) -> bool {
        self.find(&format!(".{subject}.{detail}"), |before, after| {
            let mut left = before.chars().rev();
            let class = left.next().is_some_and(|class| matches!(class, 'X' | 'x' | '2' | '4' | '5'));
            let mut right = after.chars();
            let end = match (right.next(), right.next()) {
                (Some('.'), Some(next)) => !next.is_ascii_digit(),
                (Some(letter), _) => !letter.is_ascii_alphanumeric(),
                (None, _) => true,
            };
            class && end && left.next().is_none_or(|letter| !letter.is_ascii_alphanumeric() && letter != '.')
        })
    }

    /// Whether codes of a subject stand here: `X.1.XXX`, `x.1.0`, `5.1.1`.
    pub(super) fn has_subject(&self, subject: u16) -> bool {
        self.find(&format!(".{subject}."), |before, after| {
            let mut left = before.chars().rev();
            let class = left.next().is_some_and(|class| matches!(class, 'X' | 'x' | '2' | '4' | '5'));
            let begins = left.next().is_none_or(|letter| !letter.is_ascii_alphanumeric() && letter != '.');
            class && begins && after.starts_with(|letter: char| letter.is_ascii_alphanumeric())
        })
    }

    /// Whether codes of a class stand here: `5.XXX.XXX`, `5.1.1`.
    pub(super) fn has_class(&self, class: u8) -> bool {
        self.find(&format!("{class}."), |before, after| {
            let begins = !before.ends_with(|letter: char| letter.is_ascii_alphanumeric() || letter == '.');
            let part = |text: &str| -> usize {
                text.chars().take_while(|letter| letter.is_ascii_digit() || matches!(letter, 'X' | 'x' | 'Y')).count()
            };
            let length = part(after);
            let rest = &after[length..];
            begins && length > 0 && rest.strip_prefix('.').is_some_and(|rest| part(rest) > 0)
        })
    }

    /// Whether a word stands here, in any case.
    pub(super) fn has_word(&self, word: &str) -> bool {
        let word = word.to_ascii_uppercase();
        self.0.iter().any(|text| {
            found(&text.to_ascii_uppercase(), &word, |before, after| {
                let letter = |side: Option<char>| side.is_some_and(|letter| letter.is_alphanumeric() || letter == '_');
                !letter(before.chars().next_back()) && !letter(after.chars().next())
            })
        })
    }

    fn find(&self, what: &str, fits: impl Fn(&str, &str) -> bool) -> bool {
        self.0.iter().any(|text| found(text, what, &fits))
    }
}

/// Whether some occurrence has the right neighbours.
fn found(text: &str, what: &str, fits: impl Fn(&str, &str) -> bool) -> bool {
    text.match_indices(what).any(|(at, what)| fits(&text[..at], &text[at + what.len()..]))
}

fn join(lines: &[String], hyphen: &str) -> String {
    let mut joined = String::new();
    for line in lines.iter().map(|line| line.trim()).filter(|line| !line.is_empty()) {
        let mut end = joined.chars().rev();
        let broken = end.next() == Some('-') && end.next().is_some_and(char::is_alphanumeric);
        if broken {
            joined.pop();
            joined.push_str(hyphen);
        } else if !joined.is_empty() {
            joined.push(' ');
        }
        let words: Vec<&str> = line.split_whitespace().collect();
        joined.push_str(&words.join(" "));
    }
    joined
}

#[cfg(test)]
mod tests {
    use super::Passage;

    fn passage(text: &str) -> Passage {
        Passage::new(&text.lines().map(str::to_owned).collect::<Vec<_>>())
    }

    #[test]
    fn words_stand_across_lines_and_white_space() {
        let text = passage("   Requested action not\n\n   taken:   mailbox unavailable");
        assert!(text.says("not taken: mailbox"));
        assert!(text.says("not  taken:\nmailbox"));
        assert!(!text.says("Not taken"));
        assert!(!text.says("not taken mailbox"));
    }

    #[test]
    fn a_hyphen_at_the_end_of_a_line_is_read_in_three_ways() {
        let text = passage("non-\nvolatile, un-\navailable, pre-\nand postfix, a -\nb");
        for words in ["non-volatile", "unavailable", "pre- and postfix", "a - b"] {
            assert!(text.says(words), "{words}");
        }
        assert!(!text.says("nonvolatile-"));
    }

    #[test]
    fn a_reply_code_is_a_number_of_its_own() {
        for yes in ["550", "a 550 reply", "(550)", "550-5.1.1", "251/550", "S: 550.", "\"550\""] {
            assert!(passage(yes).has_code(550), "{yes}");
        }
        for no in ["5500", "1550", "X550", "550th", "10.550.0.1", "550.2", "RFC 550", "RFC-550", "RFC550", "5yz"] {
            assert!(!passage(no).has_code(550), "{no}");
        }
    }

    #[test]
    fn an_enhanced_code_stands_without_a_class_or_with_any() {
        for yes in ["X.7.1", "x.7.1", "5.7.1", "4.7.1,", "2.7.1.", "(#5.7.1)", "550 5.7.1 no"] {
            assert!(passage(yes).has_enhanced(7, 1), "{yes}");
        }
        for no in ["X.7.10", "X.7.XXX", "3.7.1", "1.5.7.1", "15.7.1", "5.7.1.2", "7.1", "AX.7.1"] {
            assert!(!passage(no).has_enhanced(7, 1), "{no}");
        }
    }

    #[test]
    fn subjects_and_classes_stand_as_patterns() {
        assert!(passage("X.1.XXX Addressing").has_subject(1));
        assert!(passage("5.1.1 Bad").has_subject(1));
        assert!(!passage("X.11.XXX, X.2.1.").has_subject(1));
        assert!(passage("5.XXX.XXX Permanent").has_class(5));
        assert!(passage("5.YYY.YYY").has_class(5));
        assert!(!passage("15.1.1, 4.1.5, 5. Then, 5.2").has_class(5));
    }

    #[test]
    fn a_word_has_no_letters_beside_it() {
        for yes in ["the Etrn command", "ETRN:", "<etrn>", "(ETRN)"] {
            assert!(passage(yes).has_word("ETRN"), "{yes}");
        }
        for no in ["ETRNS", "XETRN", "ETRN_1", "E TRN"] {
            assert!(!passage(no).has_word("ETRN"), "{no}");
        }
        assert!(passage("the MT-\nPRIORITY keyword").has_word("MT-PRIORITY"));
    }
}
