//! The catalogue many times over, each time in other words.

use std::fmt::Write;

use smtp_codes::Reason;
use smtp_codes_data::compile::compile;
use smtp_codes_data::{File, Model, Words, load, load_rules};

/// The catalogue's rules and `times - 1` as many of the same shapes: of their words one in five is the same, and the others
/// are as long and as easy to say.
pub(super) fn times(times: u64) -> Model {
    let mut model = load().expect("the catalogue is sound");
    let reasons: Vec<&str> = Reason::ALL.iter().map(|reason| reason.as_str()).collect();
    let copies: Vec<String> = (1..times).map(|copy| text_of_copy(&model, copy)).collect();
    for (copy, text) in copies.iter().enumerate() {
        let path = format!("copy{}.toml", copy + 1);
        let phrases = load_rules(File { path: &path, text }, &reasons, &[]);
        model.phrases.push(phrases.unwrap_or_else(|faults| panic!("{}", faults[0])));
    }
    model
}

/// How many bytes the tables of a model's automaton have.
pub(super) fn table_size(model: &Model) -> usize {
    let rules: Vec<_> = model.rules().map(|placed| &**placed.rule).collect();
    let retries = model.phrases.iter().flat_map(|phrases| &phrases.retries).map(|retry| &**retry);
    compile(&rules, &model.providers, retries).expect("room for all words").automaton.size()
}

fn text_of_copy(model: &Model, copy: u64) -> String {
    let mut text = format!("id = \"copy{copy}\"\nname = \"Copy {copy}\"\n");
    for (number, placed) in model.rules().enumerate() {
        let list = |words: &[Words]| words.iter().map(|words| varied(words.as_str(), copy)).collect::<Vec<_>>();
        let (id, rule) = (format!("copy{copy}-{number}"), placed.rule);
        let (words, without) = (list(&rule.words), list(&rule.without));
        writeln!(text, "[[rule]]\nid = {id:?}\nreason = {:?}\nwords = {words:?}", rule.reason).unwrap();
        writeln!(text, "without = {without:?}\nexamples = [\"550 none\"]").unwrap();
    }
    text
}

/// Words with others in place of most of their ASCII words.
fn varied(words: &str, copy: u64) -> String {
    let mut varied = String::new();
    let mut rest = words;
    while let Some(letter) = rest.chars().next() {
        let length = rest.bytes().take_while(u8::is_ascii_lowercase).count();
        let (word, behind) = rest.split_at(length.max(letter.len_utf8()));
        varied += &if length > 0 { other_word(word, copy) } else { word.to_owned() };
        rest = behind;
    }
    varied
}

/// Vowels become other vowels, consonants other consonants.
fn other_word(word: &str, copy: u64) -> String {
    const VOWELS: &[u8] = b"aeiou";
    const CONSONANTS: &[u8] = b"bcdfghjklmnpqrstvwxyz";
    let hash = word.bytes().fold(copy, |hash, byte| hash.wrapping_mul(0x0100_0000_01B3) ^ u64::from(byte));
    if hash.wrapping_mul(0x9E37_79B9_7F4A_7C15) >> 32 < u64::from(u32::MAX / 5) {
        return word.to_owned();
    }
    let shifted = |letters: &[u8], place: usize, by: u64| {
        let by = usize::try_from(by).expect("few copies");
        char::from(letters[(place + by) % letters.len()])
    };
    let letters = word.bytes().map(|byte| match VOWELS.iter().position(|vowel| *vowel == byte) {
        Some(place) => shifted(VOWELS, place, copy),
        None => shifted(CONSONANTS, CONSONANTS.iter().position(|letter| *letter == byte).unwrap_or(0), 2 * copy),
    });
    letters.collect()
}
