//! A verdict on each line of standard input: `cargo run --example classify < replies.txt`.
//!
//! One line for each, its parts apart by tabs: reason, party, action, rule, and the words that decided.

use std::io::{self, BufRead, BufWriter, Write};

use smtp_codes::verdict;

fn main() -> io::Result<()> {
    let mut input = io::stdin().lock();
    let mut out = BufWriter::new(io::stdout());
    let mut line = Vec::new();
    while input.read_until(b'\n', &mut line)? > 0 {
        let text = line.strip_suffix(b"\n").unwrap_or(&line);
        let verdict = verdict(text);
        let reason = verdict.reason.map_or("-", |reason| reason.as_str());
        let party = verdict.party.map_or("-", |party| party.as_str());
        let rule = verdict.rule.map_or("-", |rule| rule.id);
        let words = verdict.matched.map_or(&b"-"[..], |matched| &text[matched]);
        write!(out, "{reason}\t{party}\t{}\t{rule}\t", verdict.action)?;
        writeln!(out, "{}", words.escape_ascii())?;
        line.clear();
    }
    out.flush()
}
