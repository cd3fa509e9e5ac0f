//! How fast `classify` gives verdicts on many lines, beside the library alone: `cargo bench -p smtp-codes-cli --bench classify`, with
//! `-- 1000000` for another number of lines than 5,000,000. It needs a temporary folder with room for them.
//!
//! The lines are those of the library's bench, 65,536 different ones over and over. The machine may be shared: each kind is run several
//! times in turn, and the best of them counts.

#[path = "../../codes-core/benches/verdict/lines.rs"]
mod lines;

use std::fs::{self, File};
use std::hint::black_box;
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use flate2::Compression;
use flate2::write::GzEncoder;
use smtp_codes::verdict;

const LINES: usize = 5_000_000;
const DIFFERENT: usize = 1 << 16;
const ROUNDS: usize = 3;

fn main() -> io::Result<()> {
    let count = std::env::args().find_map(|argument| argument.parse().ok()).unwrap_or(LINES);
    let folder = std::env::temp_dir().join(format!("smtp-codes-bench-{}", std::process::id()));
    fs::create_dir_all(&folder)?;
    let result = bench(count, &folder);
    fs::remove_dir_all(&folder)?;
    result
}

fn bench(count: usize, folder: &Path) -> io::Result<()> {
    let lines = lines::lines(DIFFERENT.min(count));
    let (plain, packed) = (folder.join("lines.txt"), folder.join("lines.txt.gz"));
    write(&lines, count, File::create(&plain)?)?;
    write(&lines, count, GzEncoder::new(File::create(&packed)?, Compression::fast()))?;
    let size = fs::metadata(&plain)?.len();
    let threads = thread::available_parallelism().map_or(1, usize::from);
    println!("{count} lines of {} bytes on average, {threads} processors", size / count as u64);

    let kinds: [(&str, &[&str], &PathBuf); 4] = [
        ("classify --json", &["--json"], &plain),
        ("classify --csv", &["--csv"], &plain),
        ("classify", &[], &plain),
        ("classify --json, gzip", &["--json"], &packed),
    ];
    let mut library = [Duration::MAX; 2];
    let mut command = [(Duration::MAX, 0); 4];
    for _ in 0..ROUNDS {
        library[0] = library[0].min(judge(&lines, count, 1));
        library[1] = library[1].min(judge(&lines, count, threads));
        for (best, (_, options, file)) in command.iter_mut().zip(&kinds) {
            let (time, memory) = classify(options, file)?;
            *best = (best.0.min(time), best.1.max(memory));
        }
    }
    #[expect(clippy::cast_precision_loss, reason = "nobody waits for 2^52 lines")]
    let rate = |time: Duration| count as f64 / time.as_secs_f64() / 1e6;
    println!("{:<28} {:6.2} million lines a second", "the library, one thread", rate(library[0]));
    println!("{:<28} {:6.2}", format!("the library, {threads} threads"), rate(library[1]));
    for ((time, memory), (name, ..)) in command.iter().zip(&kinds) {
        let share = 100.0 * library[1].as_secs_f64() / time.as_secs_f64();
        println!("{name:<28} {:6.2}, {share:.0} % of the library's on all threads, {memory} MB of memory", rate(*time));
    }
    Ok(())
}

fn write(lines: &[String], count: usize, out: impl Write) -> io::Result<()> {
    let mut out = BufWriter::new(out);
    for line in lines.iter().cycle().take(count) {
        writeln!(out, "{line}")?;
    }
    out.flush()
}

/// How long the library takes on so many threads.
fn judge(lines: &[String], count: usize, threads: usize) -> Duration {
    let start = Instant::now();
    thread::scope(|scope| {
        for number in 0..threads {
            let share = count / threads;
            scope.spawn(move || {
                for line in lines.iter().cycle().skip(number * share % lines.len()).take(share) {
                    black_box(verdict(black_box(line)));
                }
            });
        }
    });
    start.elapsed()
}

/// How long the command takes, and how many megabytes of memory at most.
fn classify(options: &[&str], file: &Path) -> io::Result<(Duration, u64)> {
    let start = Instant::now();
    let mut command = Command::new(env!("CARGO_BIN_EXE_smtp-codes"));
    let mut child = command.arg("classify").args(options).arg(file).stdout(Stdio::null()).spawn()?;
    let mut memory = 0;
    while child.try_wait()?.is_none() {
        memory = memory.max(peak(&child));
        thread::sleep(Duration::from_millis(5));
    }
    let time = start.elapsed();
    if !child.wait()?.success() {
        return Err(io::Error::other("classify has failed"));
    }
    Ok((time, memory))
}

/// The most memory that a process has used, in megabytes; 0 where the system does not tell.
fn peak(child: &Child) -> u64 {
    let status = fs::read_to_string(format!("/proc/{}/status", child.id())).unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    line.and_then(|line| line.trim().strip_suffix(" kB")?.parse::<u64>().ok()).map_or(0, |size| size / 1024)
}
