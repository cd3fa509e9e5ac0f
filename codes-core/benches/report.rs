//! How many whole messages are read in a second, with a verdict on each recipient.
//!
//! The messages are those of `tests/report`, each made as large as mail is, 4 to 5 KB, by a longer text in what it returns: all
//! of them, and apart those that have a delivery status and those that have none.

use std::fs;
use std::hint::black_box;
use std::path::Path;

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use smtp_codes::report::Report;

const SIZE: usize = 4500;

/// The messages, each as large as it is to be.
fn messages() -> Vec<Vec<u8>> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/report");
    let entries = fs::read_dir(folder).expect("the folder of messages can be read");
    let paths = entries.map(|entry| entry.expect("an entry can be read").path());
    let mut paths: Vec<_> = paths.filter(|path| path.extension().is_some_and(|end| end == "eml")).collect();
    paths.sort();
    paths.iter().map(|path| grown(fs::read(path).expect("a message can be read"))).collect()
}

/// The message with more lines of the text that it returns, or else at its end.
fn grown(mut message: Vec<u8>) -> Vec<u8> {
    const TEXT: &[u8] = b"Dear Ann, here they are.\n";
    let found = message.windows(TEXT.len()).position(|window| window == TEXT);
    let place = found.map_or(message.len(), |place| place + TEXT.len());
    let missing = SIZE.saturating_sub(message.len());
    let line = b"The second point was put off to the meeting of next month, as nobody had read it.\n";
    let more: Vec<u8> = line.iter().copied().cycle().take(missing / line.len() * line.len()).collect();
    message.splice(place..place, more);
    message
}

fn read(messages: &[Vec<u8>]) {
    for message in messages {
        let report = Report::parse(black_box(message));
        for recipient in &report.recipients {
            black_box(recipient.rejection().verdict());
        }
    }
}

fn report(criterion: &mut Criterion) {
    let all = messages();
    let has_status = |message: &&Vec<u8>| message.windows(16).any(|window| window == b"Final-Recipient:");
    let (standard, other): (Vec<&Vec<u8>>, Vec<&Vec<u8>>) = all.iter().partition(has_status);
    let owned = |messages: Vec<&Vec<u8>>| messages.into_iter().cloned().collect::<Vec<_>>();
    let mut group = criterion.benchmark_group("report");
    for (name, messages) in [("standard", owned(standard)), ("other", owned(other)), ("all", all.clone())] {
        group.throughput(Throughput::Elements(messages.len() as u64));
        group.bench_function(name, |bencher| bencher.iter(|| read(&messages)));
    }
    group.finish();
}

criterion_group!(benches, report);
criterion_main!(benches);
