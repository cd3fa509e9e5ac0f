//! Lines such as servers send, all different and the same at every run: `cargo run --example lines -- 10000`.

#[path = "../benches/verdict/lines.rs"]
mod lines;

use std::io::{self, BufWriter, Write};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let count = std::env::args().nth(1).ok_or("expected how many lines")?.parse()?;
    let mut out = BufWriter::new(io::stdout());
    for line in lines::lines(count) {
        // One reply a line: line ends within one become spaces, as mail logs write them.
        writeln!(out, "{}", line.replace(['\r', '\n'], " "))?;
    }
    Ok(out.flush()?)
}
