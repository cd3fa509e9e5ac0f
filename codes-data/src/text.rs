//! How words are read: the same folding for the words of a rule and for the text of a reply.

/// The plain letter under each of U+00C0 to U+017F, in lower case; 0 where there is none.
///
/// Servers send `vérifier`, `verifier` and the same in Latin-1, so letters are compared without their marks.
pub const LATIN: [u8; 192] = *b"aaaaaaaceeeeiiiidnooooo\0ouuuuytsaaaaaaaceeeeiiiidnooooo\0ouuuuyty\
aaaaaaccccccccddddeeeeeeeeeegggggggghhhhiiiiiiiiiiiijjkkkllllllllllnnnnnnnnnoooooooorrrrrrssssssssttttttuuuuuuuuuuuuwwyyyzzzzzzs";

/// One word as it is compared.
#[derive(Clone, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub struct Token {
    /// Whether it is part of a host name, URL or the like, where words mean nothing.
    pub compound: bool,
    /// Lower case, without marks.
    pub text: String,
}

impl Token {
    /// The hash by which the run-time tables know it.
    pub fn hash(&self) -> u64 {
        let seed = if self.compound { COMPOUND_SEED } else { 0 };
        let chunk = |bytes: &[u8]| bytes.iter().rev().fold(0, |chunk, byte| chunk << 8 | u64::from(*byte));
        let mix = |hash: u64, bytes| {
            let product = (hash ^ chunk(bytes)).wrapping_mul(HASH_FACTOR);
            product ^ product >> 32
        };
        (self.text.as_bytes().chunks(8).fold(0, mix) ^ seed).wrapping_mul(HASH_FACTOR)
    }
}

/// What goes into the hash of a word of a compound.
pub const COMPOUND_SEED: u64 = 0x2E;

/// Spreads the hash over all bits: 2^64 divided by the golden ratio.
pub const HASH_FACTOR: u64 = 0x9E37_79B9_7F4A_7C15;

/// Splits words as they are written in a rule. A word with a full stop, slash, equals sign or colon in it is a compound, and
/// its parts are compared only with parts of host names, URLs and the like.
///
/// # Errors
///
/// The first character that no word has.
pub fn tokens(words: &str) -> Result<Vec<Token>, char> {
    let mut tokens = Vec::new();
    for word in words.split_whitespace() {
        let compound = word.contains(['.', '/', '=', ':', '@']);
        let mut text = String::new();
        for letter in word.chars() {
            match fold(letter) {
                Folded::Letter(letter) => text.push(letter),
                Folded::Word(letter) => {
                    push(&mut tokens, compound, &mut text);
                    text.push(letter);
                    push(&mut tokens, compound, &mut text);
                }
                Folded::Nothing => {}
                Folded::Separator if letter.is_ascii_punctuation() => push(&mut tokens, compound, &mut text),
                Folded::Separator => return Err(letter),
            }
        }
        push(&mut tokens, compound, &mut text);
    }
    Ok(tokens)
}

fn push(tokens: &mut Vec<Token>, compound: bool, text: &mut String) {
    if !text.is_empty() {
        tokens.push(Token { compound, text: std::mem::take(text) });
    }
}

enum Folded {
    /// A letter of a word.
    Letter(char),
    /// A word of its own, as in Chinese and Japanese.
    Word(char),
    /// Left out: `doesn't` is `doesnt`.
    Nothing,
    Separator,
}

fn fold(letter: char) -> Folded {
    match letter {
        'a'..='z' | '0'..='9' | '_' | '\u{430}'..='\u{45F}' => Folded::Letter(letter),
        'A'..='Z' => Folded::Letter(letter.to_ascii_lowercase()),
        '\'' | '\u{2019}' => Folded::Nothing,
        '\u{C0}'..='\u{17F}' => match LATIN[letter as usize - 0xC0] {
            0 => Folded::Separator,
            plain => Folded::Letter(char::from(plain)),
        },
        '\u{410}'..='\u{42F}' => Folded::Letter(char::from_u32(letter as u32 + 0x20).unwrap_or(letter)),
        '\u{400}'..='\u{40F}' => Folded::Letter(char::from_u32(letter as u32 + 0x50).unwrap_or(letter)),
        '\u{3040}'..='\u{9FFF}' | '\u{AC00}'..='\u{D7FF}' => Folded::Word(letter),
        _ => Folded::Separator,
    }
}

#[cfg(test)]
mod tests {
    use super::{LATIN, tokens};

    fn words(text: &str) -> Vec<String> {
        let mark = |compound: bool| if compound { "." } else { "" };
        tokens(text).unwrap().into_iter().map(|token| format!("{}{}", mark(token.compound), token.text)).collect()
    }

    #[test]
    fn letters_lose_case_and_marks() {
        assert_eq!(words("Veuillez VÉRIFIER l'adresse"), ["veuillez", "verifier", "ladresse"]);
        assert_eq!(words("żółć Ящик"), ["zolc", "ящик"]);
        assert_eq!(words("用户不存在"), ["用", "户", "不", "存", "在"]);
    }

    #[test]
    fn compounds_are_told_apart() {
        assert_eq!(words("listed zen.spamhaus.org"), ["listed", ".zen", ".spamhaus", ".org"]);
        assert_eq!(words("over-quota"), ["over", "quota"]);
    }

    #[test]
    fn a_letter_of_no_word_is_named() {
        assert_eq!(tokens("user \u{1F600}"), Err('\u{1F600}'));
    }

    #[test]
    fn the_table_of_letters_is_right_at_its_corners() {
        let plain = |letter: char| char::from(LATIN[letter as usize - 0xC0]);
        let pairs = [
            ('À', 'a'),
            ('ß', 's'),
            ('÷', '\0'),
            ('ÿ', 'y'),
            ('Ā', 'a'),
            ('Ł', 'l'),
            ('ő', 'o'),
            ('œ', 'o'),
            ('Ž', 'z'),
            ('ſ', 's'),
        ];
        for (letter, expected) in pairs {
            assert_eq!(plain(letter), expected, "{letter}");
        }
    }
}
