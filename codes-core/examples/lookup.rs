//! Looks up each line of standard input: `cargo run --example lookup < queries.txt`.
//!
//! One line for each answer, its parts apart by tabs: the query, what was found, its title, and the ids of the providers that give
//! it a meaning of their own.

use std::io::{self, BufRead, BufWriter, Write};

use smtp_codes::{Answer, lookup};

fn main() -> io::Result<()> {
    let mut out = BufWriter::new(io::stdout());
    for query in io::stdin().lock().lines() {
        let query = query?;
        match lookup(&query) {
            Err(error) => writeln!(out, "{query}\t-\t{error}\t")?,
            Ok(answers) => {
                for answer in answers {
                    let mut providers: Vec<_> = answer.claims().map(|(provider, _)| provider.id).collect();
                    providers.dedup();
                    writeln!(out, "{query}\t{answer}\t{}\t{}", title(answer).unwrap_or("-"), providers.join(" "))?;
                }
            }
        }
    }
    out.flush()
}

fn title(answer: Answer) -> Option<&'static str> {
    match answer {
        Answer::Reply(code) => code.entry().map(|entry| entry.title),
        Answer::Severity(severity) => Some(severity.entry().title),
        Answer::Enhanced(code) => code.entry().map(|entry| entry.title),
        Answer::SubjectDetail(code) => code.entry().map(|entry| entry.title),
        Answer::Subject(_, subject) => {
            smtp_codes::SubjectEntry::ALL.iter().find(|entry| entry.subject == subject).map(|entry| entry.title)
        }
        Answer::Class(class) => Some(class.entry().title),
        Answer::Command(command) => Some(command.entry().name),
        Answer::Keyword(keyword) => Some(keyword.entry().title),
        Answer::Tag(_, claim) => Some(claim.meaning),
        _ => None,
    }
}
