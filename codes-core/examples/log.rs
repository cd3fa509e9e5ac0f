//! Counts how the deliveries of mail logs ended: `cargo run --example log --features log -- mail.log`.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::{self, BufRead, BufReader};

use smtp_codes::log::{Line, Reader};

fn main() -> io::Result<()> {
    let mut counts = BTreeMap::<_, u64>::new();
    for name in std::env::args_os().skip(1) {
        let mut reader = Reader::new();
        let mut file = BufReader::with_capacity(1 << 17, File::open(name)?);
        let mut line = Vec::new();
        while file.read_until(b'\n', &mut line)? > 0 {
            if let Line::Record(record) = reader.read(line.trim_ascii_end()) {
                *counts.entry((record.outcome, record.enhanced)).or_default() += 1;
            }
            line.clear();
        }
    }
    for ((outcome, enhanced), count) in counts {
        println!("{count:>9} {outcome:<9} {}", enhanced.map_or("-".to_owned(), |code| code.to_string()));
    }
    Ok(())
}
