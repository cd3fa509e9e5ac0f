//! The reply parser: what it reads, what it names as odd, and that it loses nothing.

use proptest::prelude::*;
use smtp_codes::{Anomaly, EnhancedCode, Line, Reply, ReplyCode, Separator};

/// What is read from a reply, in a form that a table can hold.
#[derive(Debug, PartialEq)]
struct Read {
    code: u16,
    enhanced: Option<String>,
    text: String,
    anomalies: Vec<Anomaly>,
}

fn read(reply: &Reply<'_>) -> Read {
    Read {
        code: reply.code().as_u16(),
        enhanced: reply.enhanced().map(|code| code.to_string()),
        text: String::from_utf8_lossy(reply.text()).into_owned(),
        anomalies: reply.anomalies().iter().collect(),
    }
}

#[track_caller]
fn assert_reads(input: &str, code: u16, enhanced: &str, text: &str, anomalies: &[Anomaly]) {
    let enhanced = Some(enhanced.to_owned()).filter(|code| !code.is_empty());
    let expected = Read { code, enhanced, text: text.to_owned(), anomalies: anomalies.to_vec() };
    assert_eq!(read(&Reply::parse(input.as_bytes()).unwrap()), expected, "{input:?}");
}

#[track_caller]
fn assert_refused(input: &str, message: &str) {
    assert_eq!(Reply::parse(input.as_bytes()).unwrap_err().to_string(), message, "{input:?}");
}

/// Code, separator, enhanced code and text of a line.
type Parts<'a> = (Option<u16>, Option<Separator>, Option<String>, &'a str);

fn parts(line: Line<'_>) -> Parts<'_> {
    let text = core::str::from_utf8(line.text()).unwrap();
    (line.code().map(ReplyCode::as_u16), line.separator(), line.enhanced().map(|code| code.to_string()), text)
}

#[test]
fn a_reply_to_the_letter_has_nothing_odd() {
    assert_reads("250 OK\r\n", 250, "", "OK", &[]);
    assert_reads("250 2.1.0 OK\r\n", 250, "2.1.0", "OK", &[]);
    assert_reads("550 5.7.606 Access denied\r\n", 550, "5.7.606", "Access denied", &[]);
    assert_reads("571 Delivery not authorized\r\n", 571, "", "Delivery not authorized", &[]);
    assert_reads("250\r\n", 250, "", "", &[]);
    assert_reads("250 \r\n", 250, "", "", &[]);
    assert_reads("550 5.1.1\r\n", 550, "5.1.1", "", &[]);
    assert_reads("334 VXNlcm5hbWU6\r\n", 334, "", "VXNlcm5hbWU6", &[]);
    assert_reads("550-5.1.1 No such\r\n550 5.1.1 user\r\n", 550, "5.1.1", "No such", &[]);
    assert_reads("550-No such\r\n550 5.1.1 user\r\n", 550, "5.1.1", "No such", &[]);
    assert_reads("550 5.1.1 café\r\n", 550, "5.1.1", "café", &[]);
}

#[test]
fn each_line_shows_its_parts() {
    let input = b"550-5.1.1 No such user\r\n550-\r\n550-  indented\r\nno code\r\n550 5.7.1 Go away\n";
    let reply = Reply::parse(input).unwrap();
    let hyphen = Some(Separator::Hyphen);
    let lines: Vec<Parts<'_>> = reply.lines().map(parts).collect();
    assert_eq!(
        lines,
        [
            (Some(550), hyphen, Some("5.1.1".to_owned()), "No such user"),
            (Some(550), hyphen, None, ""),
            (Some(550), hyphen, None, "  indented"),
            (None, None, None, "no code"),
            (Some(550), Some(Separator::Space), Some("5.7.1".to_owned()), "Go away"),
        ]
    );
    assert_eq!(read(&reply).anomalies, [Anomaly::BareLineFeed, Anomaly::EnhancedCodesDiffer, Anomaly::LineWithoutCode]);
}

#[test]
fn enhanced_codes_are_found_in_every_form() {
    let odd = [Anomaly::EnhancedForm];
    assert_reads("550-5.1.1\r\n550 x\r\n", 550, "5.1.1", "", &[]);
    assert_reads("550   5.1.1   Gone\r\n", 550, "5.1.1", "Gone", &[]);
    assert_reads("550 5.1.1: Gone\r\n", 550, "5.1.1", ": Gone", &[]);
    assert_reads("550 5.1.1. Gone\r\n", 550, "5.1.1", ". Gone", &[]);
    assert_reads("550 #5.1.1 Gone\r\n", 550, "5.1.1", "Gone", &odd);
    assert_reads("550 (#5.1.1) Gone\r\n", 550, "5.1.1", "Gone", &odd);
    assert_reads("550 (5.1.1) Gone\r\n", 550, "5.1.1", "Gone", &odd);
    assert_reads("550 [5.1.1] Gone\r\n", 550, "5.1.1", "Gone", &odd);
    assert_reads("550 <#5.1.1> Gone\r\n", 550, "5.1.1", "Gone", &odd);
    assert_reads("550 5.1.1Gone\r\n", 550, "5.1.1", "Gone", &odd);
    assert_reads("550 Gone (#5.1.1)\r\n", 550, "5.1.1", "Gone", &odd);
    assert_reads("550 Gone (#5.1.1) \r\n", 550, "5.1.1", "Gone", &odd);
    assert_reads("550 Gone #5.1.1\r\n", 550, "5.1.1", "Gone", &odd);
    assert_reads("550 Gone (#5.1.1 - checked)\r\n", 550, "5.1.1", "Gone (#5.1.1 - checked)", &odd);
}

#[test]
fn other_numbers_are_no_enhanced_codes() {
    for text in [
        "5.1.1.1 is blocked",
        "5.1",
        "5.1.",
        "5.1.1000 foo",
        "5.01.1 foo",
        "3.1.1 foo",
        "4.7.1th is no code",
        "5.1.1@example.com",
        "5.1.1.example.com",
        "ticket #5.1.1.1",
        "version 5.1.1",
        "see#5.1.1",
        "ends with (5.1.1)",
    ] {
        assert_reads(&format!("550 {text}\r\n"), 550, "", text, &[]);
    }
}

#[test]
fn codes_that_differ_are_kept_and_named() {
    let input = "550-5.1.1 No such user\r\n450-5.1.1 or\r\n550 5.7.1 refused\r\n";
    let anomalies = [Anomaly::ClassContradictsCode, Anomaly::CodesDiffer, Anomaly::EnhancedCodesDiffer];
    assert_reads(input, 550, "5.1.1", "No such user", &anomalies);
    let codes: Vec<_> =
        Reply::parse(input.as_bytes()).unwrap().lines().map(|line| line.code().unwrap().as_u16()).collect();
    assert_eq!(codes, [550, 450, 550]);
}

#[test]
fn a_class_that_contradicts_the_code_is_named() {
    assert_reads("550 4.4.7 Expired\r\n", 550, "4.4.7", "Expired", &[Anomaly::ClassContradictsCode]);
    assert_reads("354 2.0.0 Go on\r\n", 354, "2.0.0", "Go on", &[Anomaly::ClassContradictsCode]);
    assert_reads(
        "550-Gone\r\n4.1.1 really\r\n550 .\r\n",
        550,
        "4.1.1",
        "Gone",
        &[Anomaly::ClassContradictsCode, Anomaly::LineWithoutCode],
    );
}

#[test]
fn line_ends_of_all_kinds_are_taken() {
    assert_reads("250 OK\n", 250, "", "OK", &[Anomaly::BareLineFeed]);
    assert_reads("250 OK", 250, "", "OK", &[Anomaly::MissingLineEnd]);
    assert_reads("250 OK\r", 250, "", "OK", &[Anomaly::BareCarriageReturn, Anomaly::MissingLineEnd]);
    assert_reads("250 OK\r\r\n", 250, "", "OK", &[Anomaly::BareCarriageReturn]);
    assert_reads("250 O\rK\r\n", 250, "", "O\rK", &[Anomaly::BareCarriageReturn]);
    assert_reads("550", 550, "", "", &[Anomaly::MissingLineEnd]);
}

#[test]
fn what_stands_around_a_reply_is_named() {
    assert_reads(" \t250 OK\r\n", 250, "", "OK", &[Anomaly::LeadingSpace]);
    assert_reads("\r\n\r\n250 OK\r\n", 250, "", "OK", &[Anomaly::LeadingSpace]);
    assert_reads("\r250 OK\r\n", 250, "", "OK", &[Anomaly::BareCarriageReturn, Anomaly::LeadingSpace]);
    assert_reads("250 OK\r\nmore\r\n", 250, "", "OK", &[Anomaly::TextAfterEnd]);
    assert_reads("250 OK\r\n\r\n", 250, "", "OK", &[Anomaly::TextAfterEnd]);
    assert_reads("550 Gone\r\n550 5.1.1 really\r\n", 550, "5.1.1", "Gone", &[Anomaly::TextAfterEnd]);
    assert_reads("250 OK\r\n550 5.1.1 Gone\r\n", 250, "", "OK", &[Anomaly::CodesDiffer, Anomaly::TextAfterEnd]);
    assert_reads("550-Gone\r\n", 550, "", "Gone", &[Anomaly::Unfinished]);
    assert_reads("550-Gone\r\nreally\r\n", 550, "", "Gone", &[Anomaly::LineWithoutCode, Anomaly::Unfinished]);
}

#[test]
fn text_that_runs_into_the_code_is_kept() {
    assert_reads("550No such user\r\n", 550, "", "No such user", &[Anomaly::NoSeparator]);
    assert_reads("550\tNo such user\r\n", 550, "", "\tNo such user", &[Anomaly::NoSeparator]);
    assert_reads("550:5.1.1 Gone\r\n", 550, "", ":5.1.1 Gone", &[Anomaly::NoSeparator]);
    assert_reads("550#5.1.1 Gone\r\n", 550, "5.1.1", "Gone", &[Anomaly::EnhancedForm, Anomaly::NoSeparator]);
}

#[test]
fn words_that_look_like_another_code_are_text() {
    let anomalies = [Anomaly::LineWithoutCode];
    assert_reads("550-Too big:\r\n500MB is the limit\r\n550 .\r\n", 550, "", "Too big:", &anomalies);
    assert_reads("550-Too big:\r\n  450 of them\r\n550 .\r\n", 550, "", "Too big:", &anomalies);
    assert_reads("550-Too big:\r\n5500 of them\r\n550 .\r\n", 550, "", "Too big:", &anomalies);
    assert_reads("550-Gone\r\n 550 really\r\n", 550, "", "Gone", &[Anomaly::LeadingSpace]);
}

#[test]
fn bytes_that_are_not_utf_8_are_kept() {
    let reply = Reply::parse(b"550 5.1.1 caf\xe9 ferm\xe9\r\n").unwrap();
    assert_eq!(reply.text(), b"caf\xe9 ferm\xe9");
    assert!(reply.anomalies().iter().eq([Anomaly::NotUtf8]));
}

#[test]
fn what_does_not_begin_with_a_code_is_refused() {
    assert_refused("", "unexpected end while parsing a reply code: expected a first digit from 2 to 5");
    assert_refused(" \r\n", "unexpected end while parsing a reply code: expected a first digit from 2 to 5");
    assert_refused("OK", "unexpected 'O' at byte 0 while parsing a reply code: expected a first digit from 2 to 5");
    assert_refused(
        "  150 OK",
        "unexpected '1' at byte 2 while parsing a reply code: expected a first digit from 2 to 5",
    );
    assert_refused("650 OK", "unexpected '6' at byte 0 while parsing a reply code: expected a first digit from 2 to 5");
    assert_refused("55", "unexpected end while parsing a reply code: expected a digit");
    assert_refused("55O No", "unexpected 'O' at byte 2 while parsing a reply code: expected a digit");
    assert_refused(
        "\x1b[31m",
        "unexpected byte 0x1b at byte 0 while parsing a reply code: expected a first digit from 2 to 5",
    );
    assert_refused(
        "5501 foo",
        "unexpected '1' at byte 3 while parsing a reply: expected ' ', '-' or a line end after the code",
    );
}

#[test]
fn a_stream_gives_one_reply_after_another() {
    let stream = b"220 mx.example\r\n250-mx.example\r\n250-SIZE\r\n250 DSN\r\n550 5.1.1 Gone\n221";
    let mut rest = &stream[..];
    let mut texts = Vec::new();
    let error = loop {
        match Reply::parse_prefix(rest) {
            Ok((reply, behind)) => {
                texts.push((reply.code().as_u16(), reply.lines().count()));
                rest = behind;
            }
            Err(error) => break error,
        }
    };
    assert_eq!(texts, [(220, 1), (250, 3), (550, 1)]);
    assert_eq!(rest, b"221");
    assert!(error.is_incomplete());
    assert_eq!(error.to_string(), "unexpected end while parsing a reply: expected a line end");
}

#[test]
fn an_unfinished_reply_asks_for_more() {
    for (input, message) in [
        ("", "unexpected end while parsing a reply code: expected a first digit from 2 to 5"),
        ("\r\n", "unexpected end while parsing a reply code: expected a first digit from 2 to 5"),
        ("25", "unexpected end while parsing a reply code: expected a digit"),
        ("250", "unexpected end while parsing a reply: expected a line end"),
        ("250 OK", "unexpected end while parsing a reply: expected a line end"),
        ("250 OK\r", "unexpected end while parsing a reply: expected a line end"),
        ("250-", "unexpected end while parsing a reply: expected a last line, without a hyphen after its code"),
        ("250-OK\r\n", "unexpected end while parsing a reply: expected a last line, without a hyphen after its code"),
        ("250-OK\r\n250", "unexpected end while parsing a reply: expected a line end"),
        (
            "250-OK\r\nmore\r\n",
            "unexpected end while parsing a reply: expected a last line, without a hyphen after its code",
        ),
    ] {
        let error = Reply::parse_prefix(input.as_bytes()).unwrap_err();
        assert_eq!((error.is_incomplete(), error.to_string().as_str()), (true, message), "{input:?}");
    }
}

#[test]
fn bytes_that_can_become_no_reply_are_refused_at_once() {
    for input in ["x", "2x", "1", "2501", "  x"] {
        assert!(!Reply::parse_prefix(input.as_bytes()).unwrap_err().is_incomplete(), "{input:?}");
    }
}

#[test]
fn every_anomaly_has_a_sentence_of_its_own() {
    let sentences: std::collections::BTreeSet<String> = Anomaly::ALL.iter().map(ToString::to_string).collect();
    assert_eq!(sentences.len(), Anomaly::ALL.len());
    assert!(sentences.iter().all(|sentence| !sentence.ends_with('.')));
    assert!(Anomaly::ALL.is_sorted());
}

#[test]
fn debug_output_shows_bytes_as_text() {
    let reply = Reply::parse(b"550 5.1.1 caf\xe9\x1b\n").unwrap();
    assert_eq!(
        format!("{reply:?}"),
        r#"Reply { raw: "550 5.1.1 caf\xe9\x1b\n", code: 550, enhanced: Some(5.1.1), anomalies: {BareLineFeed, NotUtf8}, .. }"#
    );
}

#[test]
fn ten_megabytes_on_one_line_or_on_many_are_read() {
    for piece in ["x", "\r", "\n", "550-x\n", "(#5.1.1) ", " ", "\u{e9}"] {
        let input = format!("550-{}", piece.repeat(10_000_000 / piece.len()));
        let reply = Reply::parse(input.as_bytes()).unwrap();
        assert_eq!(reply.lines().map(|line| line.raw().len()).sum::<usize>(), input.len(), "{piece:?}");
    }
}

/// Lines that come near to real ones.
fn replies() -> impl Strategy<Value = Vec<u8>> {
    let piece = prop::sample::select(vec![
        &b"550"[..],
        b"450",
        b"250",
        b"5.1.1",
        b"4.7.650",
        b" ",
        b"-",
        b"#",
        b"(",
        b")",
        b"[",
        b"]",
        b"text",
        b"\r\n",
        b"\n",
        b"\r",
        b"\t",
        b"\xe9",
        b".",
    ]);
    prop::collection::vec(piece, 0..20).prop_map(|pieces| [&b"550"[..], &pieces.concat()].concat())
}

fn loses_nothing(input: &[u8]) {
    let Ok(reply) = Reply::parse(input) else {
        return;
    };
    assert_eq!(reply.raw(), input);
    let mut joined = Vec::new();
    for line in reply.lines() {
        joined.extend_from_slice(line.raw());
        let start = line.text().as_ptr() as usize - line.raw().as_ptr() as usize;
        assert!(line.text().is_empty() || &line.raw()[start..start + line.text().len()] == line.text());
        assert!(line.anomalies().iter().all(|anomaly| reply.anomalies().contains(anomaly)));
        if let Some(code) = line.enhanced() {
            let written = code.to_string();
            assert_eq!(EnhancedCode::from_bytes(written.as_bytes()), Ok(code));
            assert!(line.raw().windows(written.len()).any(|window| window == written.as_bytes()));
        }
    }
    assert_eq!(joined, input);
    assert_eq!(reply.anomalies().contains(Anomaly::NotUtf8), core::str::from_utf8(input).is_err(),);
}

fn prefix_agrees(input: &[u8]) {
    match Reply::parse_prefix(input) {
        Ok((reply, rest)) => {
            assert_eq!([reply.raw(), rest].concat(), input);
            assert_eq!(Reply::parse(reply.raw()), Ok(reply));
            for short in 0..reply.raw().len() {
                assert!(Reply::parse_prefix(&input[..short]).is_err_and(|error| error.is_incomplete()));
            }
        }
        Err(error) if error.is_incomplete() => {}
        Err(error) => assert_eq!(Reply::parse(input), Err(error)),
    }
}

proptest! {
    #[test]
    fn any_bytes_are_read_without_loss(input in prop::collection::vec(any::<u8>(), 0..200)) {
        loses_nothing(&input);
        prefix_agrees(&input);
        loses_nothing(&[b"550-", &input[..]].concat());
        prefix_agrees(&[b"550-", &input[..]].concat());
    }

    #[test]
    fn replies_of_all_shapes_are_read_without_loss(input in replies()) {
        loses_nothing(&input);
        prefix_agrees(&input);
    }

    #[test]
    fn a_plain_reply_gives_back_its_parts(
        number in 200_u16..600,
        subject in 0_u16..1000,
        detail in 0_u16..1000,
        text in "[A-Za-z][ -~]{0,60}",
    ) {
        let class = ["2", "4", "5"][usize::from(number % 3)];
        let input = format!("{number} {class}.{subject}.{detail} {text}\r\n");
        let reply = Reply::parse(input.as_bytes()).unwrap();
        prop_assert_eq!(reply.code(), number);
        prop_assert_eq!(reply.enhanced().unwrap().to_string(), format!("{class}.{subject}.{detail}"));
        prop_assert_eq!(reply.text(), text.as_bytes());
    }
}
