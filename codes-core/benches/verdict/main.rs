//! The verdict on varied lines, beside `regex::RegexSet` with the same words, and with ten times the rules.
//!
//! They do not do the same: a `RegexSet` tells which rules have their words in the line, and that is where a verdict begins. The
//! set is held at its default limits for its cache; where the rules need more room to be compiled, that limit alone is raised,
//! and what it took is printed.

mod catalogue;
mod lines;
mod patterns;

use std::hint::black_box;

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use smtp_codes::{Rejection, RuleSet, rules, verdict};

/// More than the 5,000 that a branch predictor or cache should not know by heart.
const LINES: usize = 8192;

fn bench(criterion: &mut Criterion) {
    let lines = lines::lines(LINES);
    let bytes: usize = lines.iter().map(String::len).sum();
    println!("{} lines of {} bytes on average, {bytes} in all", lines.len(), bytes / lines.len());
    for throughput in [Throughput::Elements(lines.len() as u64), Throughput::Bytes(bytes as u64)] {
        let unit = if matches!(throughput, Throughput::Bytes(_)) { "bytes" } else { "lines" };
        let mut group = criterion.benchmark_group(format!("verdict, {unit}"));
        group.throughput(throughput);
        group.bench_function("smtp-codes", |bencher| {
            bencher.iter(|| {
                for line in &lines {
                    black_box(verdict(black_box(line)));
                }
            });
        });
        group.finish();
    }
    growth(criterion, &lines);
    regexes(criterion, &lines);
}

/// The same lines by the catalogue, compiled at run time, and by one of ten times its rules.
fn growth(criterion: &mut Criterion, lines: &[String]) {
    let mut group = criterion.benchmark_group("growth");
    group.throughput(Throughput::Elements(lines.len() as u64));
    for times in [1, 10] {
        let model = catalogue::times(times);
        println!("{} rules: tables of {} bytes", model.rules().count(), catalogue::table_size(&model));
        let set = rules::compile(model).unwrap();
        group.bench_function(format!("{} rules", set.rules().len()), |bencher| {
            bencher.iter(|| {
                for line in lines {
                    black_box(rules::verdict_by(&Rejection::new(black_box(line.as_bytes())), &set));
                }
            });
        });
    }
    group.finish();
}

fn regexes(criterion: &mut Criterion, lines: &[String]) {
    // So slow that a part of the lines has to do.
    let lines = &lines[..256];
    let set = patterns::regex_set(RuleSet::builtin().rules());
    let mut group = criterion.benchmark_group("RegexSet");
    group.throughput(Throughput::Elements(lines.len() as u64));
    group.sample_size(10);
    group.bench_function("regex", |bencher| {
        bencher.iter(|| {
            for line in lines {
                black_box(set.matches(black_box(line)));
            }
        });
    });
    group.finish();
}

criterion_group!(benches, bench);
criterion_main!(benches);
