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
    /// Every way to read the choices; each is a list of pieces with gaps between them.
    pub patterns: Vec<Vec<Vec<Token>>>,
}

/// More ways than this to read one line are a mistake.
const MOST_PATTERNS: usize = 400;

/// A piece longer than this is a sentence, not words.
const LONGEST_PIECE: usize = 24;

impl Words {
    /// Reads the words of a rule.
    ///
    /// # Errors
    ///
    /// What was expected, and what was found instead.
    pub fn parse(source: &str) -> Result<Self, String> {
        let readings = expand(source)?;
        if readings.len() > MOST_PATTERNS {
            return Err(format!("expected at most {MOST_PATTERNS} ways to read the choices, found {}", readings.len()));
        }
        let mut patterns = Vec::new();
        for reading in readings {
            let mut pieces = Vec::new();
            for piece in reading.split(" * ") {
                let piece = tokens(piece)
                    .map_err(|letter| format!("expected letters, digits and marks, found {letter:?} in `{source}`"))?;
                if piece.is_empty() {
                    return Err(format!("expected words on both sides of each gap, found none in `{source}`"));
                }
                if let Some(number) = piece.iter().find(|token| !token.compound && is_number(&token.text)) {
                    return Err(format!("expected words, as numbers are passed over, found `{}`", number.text));
                }
                if piece.len() > LONGEST_PIECE {
                    return Err(format!("expected at most {LONGEST_PIECE} words in a row, found {}", piece.len()));
                }
                // Words in prose and in host names are looked for apart, so a change from one to the other is a gap.
                pieces.extend(piece.chunk_by(|one, other| one.compound == other.compound).map(<[Token]>::to_vec));
            }
            if !patterns.contains(&pieces) {
                patterns.push(pieces);
            }
        }
        Ok(Self { source: source.to_owned(), patterns })
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

fn is_number(text: &str) -> bool {
    text.bytes().all(|byte| byte.is_ascii_digit())
}

/// Every reading of the choices in `source`, which do not nest.
fn expand(source: &str) -> Result<Vec<String>, String> {
    let mut readings = vec![String::new()];
    let mut rest = source;
    while let Some(open) = rest.find(['(', ')', '|']) {
        let (plain, tail) = rest.split_at(open);
        let choice = tail.strip_prefix('(').and_then(|tail| tail.split_once(')'));
        let Some((choice, after)) = choice.filter(|(choice, _)| !choice.contains('(')) else {
            return Err(format!("expected choices like `(one|other)` that do not nest, found `{source}`"));
        };
        readings = readings
            .iter()
            .flat_map(|reading| choice.split('|').map(move |word| format!("{reading}{plain}{word}")))
            .collect();
        if readings.len() > MOST_PATTERNS {
            break;
        }
        rest = after;
    }
    for reading in &mut readings {
        reading.push_str(rest);
    }
    Ok(readings)
}

#[cfg(test)]
mod tests {
    use super::Words;

    fn readings(source: &str) -> Vec<String> {
        let words = |piece: &Vec<crate::text::Token>| {
            piece.iter().map(|token| token.text.clone()).collect::<Vec<_>>().join(" ")
        };
        let pattern = |pieces: &Vec<Vec<_>>| pieces.iter().map(words).collect::<Vec<_>>().join(" * ");
        Words::parse(source).unwrap().patterns.iter().map(pattern).collect()
    }

    #[test]
    fn choices_are_read_in_every_way() {
        assert_eq!(readings("(user|mailbox) unknown"), ["user unknown", "mailbox unknown"]);
        assert_eq!(readings("(no|) such user"), ["no such user", "such user"]);
        assert_eq!(readings("mailbox * (not found|unknown)"), ["mailbox * not found", "mailbox * unknown"]);
        assert_eq!(readings("listed at zen.spamhaus.org"), ["listed at * zen spamhaus org"]);
    }

    #[test]
    fn faults_are_named() {
        let error = |source: &str| Words::parse(source).unwrap_err();
        assert_eq!(error("user ("), "expected choices like `(one|other)` that do not nest, found `user (`");
        assert_eq!(error("a ((b|c)|d)"), "expected choices like `(one|other)` that do not nest, found `a ((b|c)|d)`");
        assert_eq!(error("error 550 5"), "expected words, as numbers are passed over, found `550`");
        assert_eq!(error(" * full"), "expected words on both sides of each gap, found none in ` * full`");
    }
}
