//! What the catalogue says of a reply code, beside what the crate `http` says of a status code.
//!
//! Both get 1024 codes of their own kind in an order that no branch predictor knows, and both give a text: a title here, a
//! reason phrase there. `known` has codes that the tables hold, `any` the same numbers from 200 to 599 for both.

use std::hint::black_box;

use criterion::{BenchmarkGroup, Criterion, Throughput, criterion_group, criterion_main, measurement::WallTime};
use http::StatusCode;
use smtp_codes::ReplyCode;

const COUNT: usize = 1024;

/// The same numbers at every run.
fn shuffled<T: Copy>(codes: &[T]) -> Vec<T> {
    let mut state: usize = 1;
    let mut next = || {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        codes[(state >> 33) % codes.len()]
    };
    (0..COUNT).map(|_| next()).collect()
}

fn bench(group: &mut BenchmarkGroup<'_, WallTime>, reply_codes: &[ReplyCode], status_codes: &[StatusCode]) {
    group.throughput(Throughput::Elements(COUNT as u64));
    let reply_codes = shuffled(reply_codes);
    group.bench_function("smtp-codes", |bencher| {
        bencher.iter(|| {
            for code in &reply_codes {
                black_box(black_box(code).entry().map(|entry| entry.title));
            }
        });
    });
    let status_codes = shuffled(status_codes);
    group.bench_function("http", |bencher| {
        bencher.iter(|| {
            for code in &status_codes {
                black_box(black_box(code).canonical_reason());
            }
        });
    });
}

fn entry(criterion: &mut Criterion) {
    let reply_codes: Vec<ReplyCode> = (200..600).filter_map(ReplyCode::new).collect();
    let status_codes: Vec<StatusCode> = (200..600).filter_map(|number| StatusCode::from_u16(number).ok()).collect();
    let mut group = criterion.benchmark_group("entry/any");
    bench(&mut group, &reply_codes, &status_codes);
    group.finish();

    let reply_codes: Vec<ReplyCode> = reply_codes.into_iter().filter(|code| code.entry().is_some()).collect();
    let status_codes: Vec<StatusCode> =
        status_codes.into_iter().filter(|code| code.canonical_reason().is_some()).collect();
    let mut group = criterion.benchmark_group("entry/known");
    bench(&mut group, &reply_codes, &status_codes);
    group.finish();
}

criterion_group!(benches, entry);
criterion_main!(benches);
