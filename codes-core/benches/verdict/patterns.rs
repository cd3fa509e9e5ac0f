//! The rules' words as regular expressions.

use regex::{RegexSet, RegexSetBuilder};
use smtp_codes::Rule;

/// All words of all rules, one expression for each rule.
pub(super) fn regex_set(rules: &[Rule<'_>]) -> RegexSet {
    let patterns: Vec<String> = rules.iter().map(|rule| pattern(rule.words)).collect();
    // 10 MiB is the default.
    let mut limit = 10 << 20;
    loop {
        match RegexSetBuilder::new(&patterns).case_insensitive(true).size_limit(limit).build() {
            Ok(set) => {
                println!("RegexSet of {} expressions: compiled within {} MiB", patterns.len(), limit >> 20);
                return set;
            }
            Err(regex::Error::CompiledTooBig(_)) => limit *= 2,
            Err(error) => panic!("{error}"),
        }
    }
}

fn pattern(words: &[&str]) -> String {
    let lines: Vec<String> = words.iter().map(|line| format!(r"\b{}\b", of_line(line))).collect();
    lines.join("|")
}

/// Words follow each other with whatever is no word between, ` * ` is a gap of up to eight words, and a choice is the same.
fn of_line(line: &str) -> String {
    let mut pattern = String::new();
    for part in line.split(" * ") {
        if !pattern.is_empty() {
            pattern += r"(?:\W+\w+){0,8}?\W+";
        }
        for letter in part.chars() {
            match letter {
                ' ' => pattern += r"\W+",
                '(' => pattern += "(?:",
                ')' | '|' => pattern.push(letter),
                letter => pattern += &regex::escape(letter.encode_utf8(&mut [0; 4])),
            }
        }
    }
    // A word that may be left out takes what parts it from the next with it.
    pattern.replace(r"|)\W+", r"|)\W*")
}
