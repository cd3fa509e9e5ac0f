//! Every line of a log is read, told or counted; the logs in `tests/log` were written for this.
#![cfg(feature = "log")]

use std::fmt::Write as _;
use std::path::Path;

use proptest::prelude::*;
use smtp_codes::log::{Format, Line, Outcome, Reader, Record, Time};
use smtp_codes::{Party, Reason};

fn log(format: Format) -> Vec<u8> {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/log").join(format!("{format}.log"));
    std::fs::read(&file).unwrap_or_else(|error| panic!("{}: {error}", file.display()))
}

fn lines(log: &[u8]) -> impl Iterator<Item = &[u8]> {
    log.strip_suffix(b"\n").unwrap_or(log).split(|byte| *byte == b'\n')
}

/// What a reader makes of a log: a line for each record, and how many others there are.
fn told(reader: &mut Reader, log: &[u8]) -> String {
    let (mut told, mut others, mut unknown) = (String::new(), 0, 0);
    for line in lines(log) {
        match reader.read(line) {
            Line::Record(record) => told.push_str(&shown(&record)),
            Line::Other => others += 1,
            Line::Unknown => unknown += 1,
        }
    }
    let _ = writeln!(told, "{others} others, {unknown} unknown");
    told
}

fn shown(record: &Record<'_>) -> String {
    let text = |text: Option<&[u8]>| text.map_or("-".to_owned(), |text| text.escape_ascii().to_string());
    let mut shown = record.time.map_or("-".to_owned(), |time| time.to_string());
    let _ = write!(shown, " {} id={}", record.outcome, text(record.queue_id));
    let _ = write!(shown, " from={} to={}", text(record.sender), text(record.recipient));
    if let Some(relay) = record.relay {
        let _ = write!(shown, " relay={}|{}|{:?}", text(relay.host), text(relay.address), relay.port);
    }
    if let Some(delay) = record.delay {
        let _ = write!(shown, " delay={delay:?}");
    }
    let _ = write!(shown, " codes={:?}/{:?} phase={:?}", record.reply, record.enhanced, record.phase);
    let _ = writeln!(shown, "\n    {}", record.text.escape_ascii());
    shown
}

/// The expectation of a log is beside it; `SNAPSHOTS=overwrite` writes it anew.
fn check(format: Format) {
    let mut reader = Reader::new();
    let told = told(&mut reader, &log(format));
    assert_eq!(reader.format(), Some(format));
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/log").join(format!("{format}.told"));
    if std::env::var("SNAPSHOTS").is_ok_and(|value| value == "overwrite") {
        std::fs::write(&file, &told).unwrap();
    }
    let expected = std::fs::read_to_string(&file).unwrap_or_default();
    assert_eq!(told, expected, "{format}");
}

#[test]
fn a_log_of_each_format_is_found_out_and_told() {
    for format in Format::ALL {
        check(*format);
    }
}

#[test]
fn a_format_that_is_named_is_read_the_same() {
    for format in Format::ALL {
        let log = log(*format);
        assert_eq!(told(&mut Reader::with_format(*format), &log), told(&mut Reader::new(), &log), "{format}");
    }
}

#[test]
fn a_format_that_is_named_wrongly_leaves_lines_unknown() {
    for format in Format::ALL {
        for other in Format::ALL.iter().filter(|other| *other != format) {
            let told = told(&mut Reader::with_format(*other), &log(*format));
            assert!(!told.contains(" id="), "{format} as {other}: {told}");
        }
    }
}

#[test]
fn formats_may_follow_each_other_in_one_file() {
    let mut reader = Reader::new();
    for format in Format::ALL {
        let log = log(*format);
        assert_eq!(told(&mut reader, &log).lines().count(), told(&mut Reader::new(), &log).lines().count(), "{format}");
        assert_eq!(reader.format(), Some(*format));
    }
}

#[test]
fn a_line_that_is_cut_anywhere_is_no_fault() {
    for format in Format::ALL {
        let log = log(*format);
        let mut reader = Reader::new();
        for line in lines(&log) {
            for end in 0..=line.len() {
                let _ = reader.read(&line[..end]);
            }
        }
    }
}

#[test]
fn a_record_gets_the_verdict_of_its_reply() {
    let mut reader = Reader::new();
    let mut reasons = Vec::new();
    for line in lines(&log(Format::Postfix)) {
        if let Line::Record(record) = reader.read(line) {
            if record.outcome != Outcome::Delivered {
                reasons.push(record.rejection().verdict().reason.unwrap());
            }
        }
    }
    assert!(reasons.iter().filter(|reason| **reason == Reason::MailboxUnknown).count() >= 2, "{reasons:?}");
    assert!(reasons.contains(&Reason::MailboxFull) && reasons.contains(&Reason::Expired), "{reasons:?}");
    assert!(reasons.iter().any(|reason| reason.party() == Some(Party::Network)), "{reasons:?}");
}

#[test]
fn senders_are_kept_for_as_many_messages_as_is_said() {
    let from = b"Jan  5 09:12:01 out1 postfix/qmgr[1]: 4F2A8: from=<ann@a.example>, size=1, nrcpt=1 (queue active)";
    let to = b"Jan  5 09:12:02 out1 postfix/smtp[2]: 4F2A8: to=<bob@b.example>, relay=none, delay=1, dsn=4.4.1, status=deferred (no)";
    for (room, sender) in [(0, None), (1, Some(&b"ann@a.example"[..]))] {
        let mut reader = Reader::new().remembering(room);
        let _ = reader.read(from);
        let Line::Record(record) = reader.read(to) else { panic!("it is a record") };
        assert_eq!(record.sender, sender);
    }
}

#[test]
fn stamps_that_do_not_exist_are_no_times() {
    for stamp in
        ["Jan 32 09:12:01", "Foo  5 09:12:01", "2026-13-05T09:12:01Z", "2026-01-05T24:00:00Z", "@4000000000000000", ""]
    {
        assert_eq!(Time::from_bytes(stamp.as_bytes()), None, "{stamp}");
    }
    let leap = Time::from_bytes(b"Feb 29 23:59:60").unwrap();
    assert_eq!(leap.with_year(2024).to_string(), "2024-02-29T23:59:59");
    assert_eq!(leap.with_year(2026).to_string(), "2026-03-01T23:59:59");
    assert_eq!(Time::from_bytes(b"@40000000695b802107270e00").unwrap().to_string(), "2026-01-05T09:10:47.120000Z");
}

/// Parts of lines of all formats, beside any bytes.
fn texts() -> impl Strategy<Value = Vec<u8>> {
    let all: Vec<Vec<u8>> =
        Format::ALL.iter().flat_map(|format| lines(&log(*format)).map(<[u8]>::to_vec).collect::<Vec<_>>()).collect();
    let cut = (prop::sample::select(all), any::<prop::sample::Index>(), prop::collection::vec(any::<u8>(), 0..12));
    cut.prop_map(|(mut line, at, noise)| {
        let at = at.index(line.len() + 1);
        line.splice(at..at, noise);
        line
    })
}

proptest! {
    #[test]
    fn any_bytes_are_a_line_of_some_kind(texts in prop::collection::vec(texts(), 1..30)) {
        let mut reader = Reader::new();
        for text in &texts {
            if let Line::Record(record) = reader.read(text) {
                prop_assert!(record.text.len() <= 3 * text.len() + 16);
                let _ = record.rejection().verdict();
            }
        }
    }

    #[test]
    fn a_time_is_written_as_it_is_read(seconds in 0_u32..86_400, day in 1_u32..28, month in 1_u32..13, year in 1970..2200) {
        let (hour, minute, second) = (seconds / 3600, seconds / 60 % 60, seconds % 60);
        let stamp = format!("{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}");
        let time = Time::from_bytes(stamp.as_bytes()).unwrap();
        prop_assert_eq!(time.to_string(), stamp);
        prop_assert_eq!(time.date(), (year, month, day));
    }
}
