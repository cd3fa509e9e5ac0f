//! The verdict on each line of standard input, field by field: `cargo run --example fields < replies.txt`.
//!
//! One line for each, its parts apart by tabs, `-` where there is none: class, reason, party, action, provider, rule, basis,
//! reply code, enhanced code, and when to try again.

use std::fmt::Display;
use std::io::{self, BufRead, BufWriter, Write};

use smtp_codes::{Severity, verdict};

fn main() -> io::Result<()> {
    let mut input = io::stdin().lock();
    let mut out = BufWriter::new(io::stdout());
    let mut line = Vec::new();
    while input.read_until(b'\n', &mut line)? > 0 {
        let verdict = verdict(line.strip_suffix(b"\n").unwrap_or(&line));
        let class = verdict.class.map(|class| match class {
            Severity::PositiveCompletion => "success",
            Severity::PositiveIntermediate => "intermediate",
            Severity::TransientNegativeCompletion => "transient",
            Severity::PermanentNegativeCompletion => "permanent",
        });
        let words = [shown(class), shown(verdict.reason), shown(verdict.party), shown(Some(verdict.action))];
        let provider = shown(verdict.provider.map(|provider| provider.id));
        let rule = shown(verdict.rule.map(|rule| rule.id));
        let codes = [shown(verdict.reply), shown(verdict.enhanced), shown(verdict.retry_after)];
        writeln!(out, "{}\t{provider}\t{rule}\t{}\t{}", words.join("\t"), verdict.basis, codes.join("\t"))?;
        line.clear();
    }
    out.flush()
}

fn shown(value: Option<impl Display>) -> String {
    value.map_or_else(|| "-".to_owned(), |value| value.to_string())
}
