//! Parsing replies of one line with an enhanced code, beside the response parser of the crate `smtp-proto`.
//!
//! Both get the same lines and give the reply code, the enhanced code and the text. They do not do the same: smtp-proto copies
//! the text into a `String` and holds the parts of an enhanced code in bytes, so that 5.7.606 becomes 5.7.255. Here the text is
//! borrowed, every part is kept, and what is odd about the line is named.

use std::hint::black_box;

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use smtp_codes::{Reply, codes};
use smtp_proto::response::parser::ResponseReceiver;

const LINES: &[&str] = &[
    "250 2.0.0 OK\r\n",
    "250 2.1.0 <newsletter@example.com>... Sender ok\r\n",
    "250 2.1.5 Recipient accepted\r\n",
    "250 2.6.0 <8f14e45fceea167a@mail.example.com> Queued for delivery\r\n",
    "220 2.0.0 Ready to start TLS\r\n",
    "221 2.0.0 Bye\r\n",
    "235 2.7.0 Signed in\r\n",
    "421 4.7.0 Too many connections from 192.0.2.17, come back in ten minutes\r\n",
    "421 4.4.2 mx3.example.net: timeout, closing the connection\r\n",
    "450 4.2.1 The mailbox is busy\r\n",
    "450 4.7.1 <client.example.org>: greylisted, try again in 300 seconds\r\n",
    "451 4.3.0 The queue cannot be written at the moment\r\n",
    "451 4.7.650 The mail server [192.0.2.17] has been rate limited for its reputation\r\n",
    "452 4.2.2 <jo@example.com> has no room for another message\r\n",
    "454 4.7.0 TLS is not available at the moment\r\n",
    "501 5.1.3 The address cannot be understood\r\n",
    "503 5.5.1 Send RCPT before DATA\r\n",
    "530 5.7.0 Issue a STARTTLS command first\r\n",
    "535 5.7.8 User name or password is wrong\r\n",
    "550 5.1.1 <nobody@example.com>: there is no such recipient in the table of local users\r\n",
    "550 5.1.10 The recipient was not found by an address lookup in the directory\r\n",
    "550 5.7.1 Relaying is refused for 192.0.2.17\r\n",
    "550 5.7.26 The message has neither a valid SPF result nor a valid DKIM signature, and the domain asks for rejection\r\n",
    "550 5.7.509 Access denied, the sending domain does not pass its own policy\r\n",
    "550 5.7.606 Access denied, sending address [192.0.2.17] is banned\r\n",
    "552 5.2.2 Over quota\r\n",
    "552 5.3.4 The message is larger than 26214400 bytes\r\n",
    "553 5.1.8 The domain of the sender does not resolve\r\n",
    "554 5.7.1 Service refused: the client host [192.0.2.17] is on a list, see https://lists.example.org/192.0.2.17\r\n",
    "554 5.6.0 The message has no From field\r\n",
    "554 5.4.6 Hop count exceeded, this looks like a loop\r\n",
    "556 5.1.10 The domain takes no mail\r\n",
];

fn reply(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("reply");
    group.throughput(Throughput::Elements(LINES.len() as u64));
    group.bench_function("smtp-codes", |bencher| {
        bencher.iter(|| {
            for line in LINES {
                let reply = Reply::parse(black_box(line.as_bytes())).unwrap();
                black_box((reply.code(), reply.enhanced(), reply.text()));
            }
        });
    });
    group.bench_function("smtp-codes, stream", |bencher| {
        bencher.iter(|| {
            for line in LINES {
                let (reply, _) = Reply::parse_prefix(black_box(line.as_bytes())).unwrap();
                black_box((reply.code(), reply.enhanced(), reply.text()));
            }
        });
    });
    group.bench_function("smtp-proto", |bencher| {
        let mut receiver = ResponseReceiver::default();
        bencher.iter(|| {
            for line in LINES {
                let response = receiver.parse(&mut black_box(line.as_bytes()).iter()).unwrap();
                black_box((response.code, response.esc, response.message.as_str()));
                receiver.reset();
            }
        });
    });
    group.finish();
}

/// Not a comparison: how fast codes are found in running text.
fn find(criterion: &mut Criterion) {
    let text = LINES.concat();
    let mut group = criterion.benchmark_group("codes");
    group.throughput(Throughput::Bytes(text.len() as u64));
    group.bench_function("replies", |bencher| bencher.iter(|| codes(black_box(text.as_bytes())).count()));
    group.finish();
}

criterion_group!(benches, reply, find);
criterion_main!(benches);
