//! How fast `classify` gives verdicts on many lines, beside the library alone: `cargo bench -p smtp-codes-cli --bench classify`, with
//! `-- 1000000` for another number of lines than 5,000,000. It needs a temporary folder with room for them.
//!
//! The lines are those of the library's bench, 65,536 different ones over and over. The machine may be shared, so that what counts is the
//! time of the processors, where the system tells it (Linux), and not of the clock. Each kind is run several times in turn, and the best
//! of them counts.

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
const ROUNDS: usize = 2;

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
    let mut library = Cost::MOST;
    let mut command = [(Cost::MOST, 0); 4];
    let text = lines.join("\n");
    for _ in 0..ROUNDS {
        library = library.min(judge(&text, count));
        for (best, (_, options, file)) in command.iter_mut().zip(&kinds) {
            let (cost, memory) = classify(options, file)?;
            *best = (best.0.min(cost), best.1.max(memory));
        }
    }
    println!("{:<24} {}", "the library, one thread", library.of(count));
    for ((cost, memory), (name, ..)) in command.iter().zip(&kinds) {
        let share = 100.0 * library.processor.as_secs_f64() / cost.processor.as_secs_f64();
        println!(
            "{name:<24} {}, {share:.0} % of the library's rate on as many processors, {memory} MB",
            cost.of(count)
        );
    }
    Ok(())
}

/// What a run took: of the clock, and of all processors together.
#[derive(Clone, Copy)]
struct Cost {
    clock: Duration,
    processor: Duration,
}

impl Cost {
    const MOST: Self = Self { clock: Duration::MAX, processor: Duration::MAX };

    fn min(self, other: Self) -> Self {
        Self { clock: self.clock.min(other.clock), processor: self.processor.min(other.processor) }
    }

    /// The cost of one line, and the rate.
    #[expect(clippy::cast_precision_loss, reason = "nobody waits for 2^52 lines")]
    fn of(self, count: usize) -> String {
        let (lines, processor) = (count as f64, self.processor.as_secs_f64());
        format!(
            "{:5.0} ns a line, {:.2} million a second",
            processor * 1e9 / lines,
            lines / self.clock.as_secs_f64() / 1e6
        )
    }
}

fn write(lines: &[String], count: usize, out: impl Write) -> io::Result<()> {
    let mut out = BufWriter::new(out);
    for line in lines.iter().cycle().take(count) {
        writeln!(out, "{line}")?;
    }
    out.flush()
}

/// What the library takes on one thread.
fn judge(text: &str, count: usize) -> Cost {
    let (start, before) = (Instant::now(), ticks(OWN));
    let blocks = std::iter::repeat_with(|| text.lines()).flatten();
    for line in blocks.take(count) {
        black_box(verdict(black_box(line)));
    }
    cost(start.elapsed(), before, ticks(OWN))
}

/// What the command takes, and how many megabytes of memory at most.
fn classify(options: &[&str], file: &Path) -> io::Result<(Cost, u64)> {
    let (start, before) = (Instant::now(), ticks(CHILDREN));
    let mut command = Command::new(env!("CARGO_BIN_EXE_smtp-codes"));
    let mut child = command.arg("classify").args(options).arg(file).stdout(Stdio::null()).spawn()?;
    let mut memory = 0;
    while child.try_wait()?.is_none() {
        memory = memory.max(peak(&child));
        thread::sleep(Duration::from_millis(5));
    }
    let clock = start.elapsed();
    if !child.wait()?.success() {
        return Err(io::Error::other("classify has failed"));
    }
    Ok((cost(clock, before, ticks(CHILDREN)), memory))
}

/// Where in `/proc/self/stat`, behind the name, the time of this process stands, for itself and for the system; and of its children.
const OWN: usize = 11;
const CHILDREN: usize = 13;

/// The time of processors in hundredths of a second; `None` where the system does not tell.
fn ticks(place: usize) -> Option<u64> {
    let stat = fs::read_to_string("/proc/self/stat").ok()?;
    let (_, fields) = stat.rsplit_once(") ")?;
    let fields: Vec<&str> = fields.split(' ').collect();
    Some(fields.get(place)?.parse::<u64>().ok()? + fields.get(place + 1)?.parse::<u64>().ok()?)
}

fn cost(clock: Duration, before: Option<u64>, after: Option<u64>) -> Cost {
    let processor = before.zip(after).map(|(before, after)| Duration::from_millis(10 * (after - before)));
    Cost { clock, processor: processor.filter(|time| !time.is_zero()).unwrap_or(clock) }
}

/// The most memory that a process has used, in megabytes; 0 where the system does not tell.
fn peak(child: &Child) -> u64 {
    let status = fs::read_to_string(format!("/proc/{}/status", child.id())).unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    line.and_then(|line| line.trim().strip_suffix(" kB")?.parse::<u64>().ok()).map_or(0, |size| size / 1024)
}
