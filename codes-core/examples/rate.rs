//! How many verdicts a second: `cargo run --release --example rate -- FILE THREADS ROUNDS`.
//!
//! Judges the lines of a file in memory, each thread a part of them, and writes the seconds that each round took.

use std::hint::black_box;
use std::time::Instant;
use std::{env, fs, thread};

use smtp_codes::verdict;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let arguments: Vec<String> = env::args().skip(1).collect();
    let [file, threads, rounds] = arguments.as_slice() else { return Err("expected FILE THREADS ROUNDS".into()) };
    let text = fs::read(file)?;
    let lines: Vec<&[u8]> = text.split(|byte| *byte == b'\n').filter(|line| !line.is_empty()).collect();
    let part = lines.len().div_ceil(threads.parse::<usize>()?.max(1)).max(1);
    for _ in 0..rounds.parse()? {
        let start = Instant::now();
        thread::scope(|scope| {
            for lines in lines.chunks(part) {
                scope.spawn(move || {
                    for line in lines {
                        black_box(verdict(line));
                    }
                });
            }
        });
        println!("{}", start.elapsed().as_secs_f64());
    }
    Ok(())
}
