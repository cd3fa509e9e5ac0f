use std::fmt;

use serde::de::{Deserialize, Deserializer, Error};

use crate::text::{Token, tokens};

/// The words by which a rule knows a reply, as they are written in TOML.
///
/// Words follow each other in the text, with nothing between them but marks, numbers, addresses and host names. `(a|b c)` is a
/// choice, `(a|)` may be left out, and ` * ` lets up to eight other words stand between.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Words {
    source: String,
    /// What stands before, between and after the gaps.
    pub places: Vec<Place>,
}

/// Words without a gap: choices that follow each other. A word that must stand is a choice of one.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct Place {
    pub choices: Vec<Vec<Vec<Token>>>,
}

impl Place {
    /// The fewest and the most words that can stand here.
    pub fn lengths(&self) -> (usize, usize) {
        let length = |choice: &Vec<Vec<Token>>| {
            let lengths = choice.iter().map(Vec::len);
            (lengths.clone().min().unwrap_or(0), lengths.max().unwrap_or(0))
        };
        self.choices.iter().map(length).fold((0, 0), |sum, length| (sum.0 + length.0, sum.1 + length.1))
    }

    /// Whether the words are of host names; `None` while there are none.
    fn is_compound(&self) -> Option<bool> {
        self.choices.iter().flatten().flatten().next().map(|token| token.compound)
    }
}

/// A place longer than this is a sentence, not words.
const LONGEST_PLACE: usize = 24;

/// A line longer than this, in bytes, has to be split.
const LONGEST_SOURCE: usize = 2000;

/// As many gaps as a text can be followed over.
const MOST_PLACES: usize = 16;

/// Choices that touch or stand in each other multiply: no more spellings than this of one word.
const MOST_SPELLINGS: usize = 1000;

/// How deep choices may stand in each other.
const DEEPEST: usize = 8;

impl Words {
    /// Reads the words of a rule.
    ///
    /// # Errors
    ///
    /// What was expected, and what was found instead.
    pub fn parse(source: &str) -> Result<Self, String> {
        if source.len() > LONGEST_SOURCE {
            return Err(format!("expected words of at most {LONGEST_SOURCE} bytes, found {}", source.len()));
        }
        let mut places: Vec<Place> = Vec::new();
        for part in source.split(" * ") {
            let first = places.len();
            // Words in prose and in host names are looked for apart, so a change from one to the other begins a new place.
            for choice in choices(part, source)? {
                let compound = choice.iter().flatten().next().map(|token| token.compound);
                if choice.iter().flatten().any(|token| Some(token.compound) != compound) {
                    return Err(format!(
                        "expected a choice between prose and host names on two lines, found `{source}`"
                    ));
                }
                match places[first..].last_mut() {
                    Some(place) if place.is_compound() == compound => place.choices.push(choice),
                    _ => places.push(Place { choices: vec![choice] }),
                }
            }
            if places.len() == first {
                return Err(format!("expected words on both sides of each gap, found none in `{source}`"));
            }
        }
        if places.len() > MOST_PLACES {
            return Err(format!("expected at most {MOST_PLACES} places between gaps, found {}", places.len()));
        }
        for place in &places {
            let (fewest, most) = place.lengths();
            if fewest == 0 {
                return Err(format!("expected a word that must stand between two gaps, found none in `{source}`"));
            }
            if most > LONGEST_PLACE {
                return Err(format!("expected at most {LONGEST_PLACE} words in a row, found {most}"));
            }
        }
        Ok(Self { source: source.to_owned(), places })
    }

    /// The words as they are written in the rule.
    pub fn as_str(&self) -> &str {
        &self.source
    }
}

impl fmt::Display for Words {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.source)
    }
}

impl<'de> Deserialize<'de> for Words {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Self::parse(&String::deserialize(deserializer)?).map_err(D::Error::custom)
    }
}

/// The choices of a part between two gaps, in order.
fn choices(part: &str, source: &str) -> Result<Vec<Vec<Vec<Token>>>, String> {
    let mut joined: Vec<Vec<String>> = Vec::new();
    for spellings in spellings(part, source)? {
        match joined.last_mut() {
            // `reject(ed|s)` is one word in two spellings; `(your |)host` is two words.
            Some(before) if touches(before, &spellings) => *before = joined_spellings(before, &spellings, source)?,
            _ => joined.push(spellings),
        }
    }
    let mut choices = Vec::new();
    for spellings in joined {
        let mut choice: Vec<Vec<Token>> = Vec::new();
        for spelling in spellings {
            let words = tokens(&spelling)
                .map_err(|letter| format!("expected letters, digits and marks, found {letter:?} in `{source}`"))?;
            if let Some(number) = words.iter().find(|token| !token.compound && is_number(&token.text)) {
                return Err(format!("expected words, as numbers are passed over, found `{}`", number.text));
            }
            if !choice.contains(&words) {
                choice.push(words);
            }
        }
        match &choice[..] {
            // Marks alone are no words.
            [words] if words.is_empty() => {}
            // Plain text may go from words of prose to a host name and back.
            [words] => choices.extend(words.chunk_by(same_kind).map(|words| vec![words.to_vec()])),
            _ => choices.push(choice),
        }
    }
    Ok(choices)
}

fn same_kind(one: &Token, other: &Token) -> bool {
    one.compound == other.compound
}

/// Whether a word may go on from one choice into the next.
fn touches(before: &[String], after: &[String]) -> bool {
    before.iter().any(|text| !text.is_empty() && !text.ends_with(' '))
        && after.iter().any(|text| !text.is_empty() && !text.starts_with(' '))
}

fn is_number(text: &str) -> bool {
    text.bytes().all(|byte| byte.is_ascii_digit())
}

/// Plain text and choices as they follow each other, each as a list of spellings.
fn spellings(part: &str, source: &str) -> Result<Vec<Vec<String>>, String> {
    let fault = || format!("expected choices like `(one|other)`, found `{source}`");
    let mut all = Vec::new();
    let mut rest = part;
    while let Some(open) = rest.find(['(', ')', '|']) {
        let (plain, tail) = rest.split_at(open);
        let (choice, after) = in_brackets(tail).ok_or_else(fault)?;
        if !plain.is_empty() {
            all.push(vec![plain.to_owned()]);
        }
        let mut choice_spellings = Vec::new();
        for alternative in alternatives(choice) {
            let parts = spellings(alternative, source)?;
            let mut combined = vec![String::new()];
            for part in &parts {
                combined = joined_spellings(&combined, part, source)?;
            }
            choice_spellings.extend(combined);
        }
        all.push(choice_spellings);
        rest = after;
    }
    if !rest.is_empty() {
        all.push(vec![rest.to_owned()]);
    }
    Ok(all)
}

/// What stands in the brackets with which `text` begins, and what follows them.
fn in_brackets(text: &str) -> Option<(&str, &str)> {
    let mut depth = 0;
    for (at, letter) in text.char_indices() {
        match letter {
            '(' => depth += 1,
            _ if depth == 0 || depth > DEEPEST => return None,
            ')' if depth == 1 => return Some((&text[1..at], &text[at + 1..])),
            ')' => depth -= 1,
            _ => {}
        }
    }
    None
}

/// The sides of the bars that stand in no brackets.
fn alternatives(choice: &str) -> impl Iterator<Item = &str> {
    let mut depth = 0;
    choice.split(move |letter| {
        match letter {
            '(' => depth += 1,
            ')' => depth -= 1,
            _ => {}
        }
        letter == '|' && depth == 0
    })
}

/// Every way to put one spelling behind another.
fn joined_spellings(before: &[String], after: &[String], source: &str) -> Result<Vec<String>, String> {
    if before.len() * after.len() > MOST_SPELLINGS {
        return Err(format!("expected choices of at most {MOST_SPELLINGS} spellings, found more in `{source}`"));
    }
    Ok(before.iter().flat_map(|one| after.iter().map(move |other| format!("{one}{other}"))).collect())
}

#[cfg(test)]
mod tests {
    use super::Words;

    /// Places as `a|b c`, choices apart by commas.
    fn places(source: &str) -> Vec<String> {
        let words = |words: &Vec<crate::text::Token>| {
            words.iter().map(|token| token.text.clone()).collect::<Vec<_>>().join(" ")
        };
        let choice = |choice: &Vec<Vec<_>>| choice.iter().map(words).collect::<Vec<_>>().join("|");
        let places = Words::parse(source).unwrap().places;
        places.iter().map(|place| place.choices.iter().map(choice).collect::<Vec<_>>().join(", ")).collect()
    }

    #[test]
    fn choices_keep_their_places() {
        assert_eq!(places("(user|mail box) unknown"), ["user|mail box, unknown"]);
        assert_eq!(places("(no|) such user"), ["no|, such user"]);
        assert_eq!(places("mailbox * (not found|unknown)"), ["mailbox", "not found|unknown"]);
        assert_eq!(places("(listed at|in) zen.spamhaus.org now"), ["listed at|in", "zen spamhaus org", "now"]);
    }

    #[test]
    fn a_choice_may_be_a_part_of_a_word() {
        assert_eq!(places("reject(ed|s) by"), ["rejected|rejects, by"]);
        assert_eq!(places("(your |)(ip |)host"), ["your|, ip|, host"]);
        assert_eq!(
            places("too many (tries|(delivery|retry) attempts)"),
            ["too many, tries|delivery attempts|retry attempts"]
        );
    }

    #[test]
    fn faults_are_named() {
        let error = |source: &str| Words::parse(source).unwrap_err();
        for source in ["user (", "user )", "a|b", "a (b", "a (b))"] {
            assert_eq!(error(source), format!("expected choices like `(one|other)`, found `{source}`"));
        }
        assert_eq!(error("error 550 5"), "expected words, as numbers are passed over, found `550`");
        assert_eq!(error(" * full"), "expected words on both sides of each gap, found none in ` * full`");
        assert_eq!(
            error("(a|) * full"),
            "expected a word that must stand between two gaps, found none in `(a|) * full`"
        );
        let many = "(a|b)".repeat(12);
        assert_eq!(error(&many), format!("expected choices of at most 1000 spellings, found more in `{many}`"));
        assert_eq!(error(&"(".repeat(20)), format!("expected choices like `(one|other)`, found `{}`", "(".repeat(20)));
        assert_eq!(error(&vec!["a"; 17].join(" * ")), "expected at most 16 places between gaps, found 17");
        assert_eq!(error(&"a ".repeat(1001)), "expected words of at most 2000 bytes, found 2002");
        let mixed = "expected a choice between prose and host names on two lines, found `(zen|zen.spamhaus.org)`";
        assert_eq!(error("(zen|zen.spamhaus.org)"), mixed);
    }
}
