//! Mail made to hurt: it is read like any other, within the limits.

#![cfg(feature = "report")]

use std::fmt::Write;

use proptest::prelude::*;
use smtp_codes::report::{Kind, Limits, Report};
use smtp_codes::{Action, ReplyCode, Severity};

const HEADER: &str = "Return-Path: <>\nFrom: MAILER-DAEMON@mx.example\nSubject: Returned mail\n";

/// A report with this many recipients.
fn report_of(recipients: usize) -> String {
    let mut mail = format!("{HEADER}Content-Type: message/delivery-status\n\nReporting-MTA: dns; mx.example\n\n");
    for number in 0..recipients {
        let _ = write!(mail, "Final-Recipient: rfc822; u{number}@a.example\nAction: failed\nStatus: 5.1.1\n\n");
    }
    mail
}

#[test]
fn a_hundred_thousand_recipients_are_read() {
    let report = Report::parse(report_of(100_000).as_bytes());
    assert_eq!((report.recipients.len(), report.is_cut), (100_000, false));
    assert_eq!(report.recipients[99_999].recipient.as_deref(), Some("u99999@a.example"));
}

#[test]
fn recipients_over_the_limit_are_passed_over_and_that_is_said() {
    let report = Report::parse(report_of(100_001).as_bytes());
    assert_eq!((report.recipients.len(), report.is_cut), (100_000, true));
}

#[test]
fn ten_thousand_nested_parts_are_read_as_deep_as_the_limit() {
    let mut mail = HEADER.to_owned();
    for depth in 0..10_000 {
        let _ = write!(mail, "Content-Type: multipart/mixed; boundary=b{depth}\n\n--b{depth}\n");
    }
    mail.push_str("Content-Type: text/plain\n\n<ann@a.example>: 550 5.1.1 User unknown\n");
    let report = Report::parse(mail.as_bytes());
    assert!(report.is_cut);
    let mut limits = Limits::default();
    limits.depth = 20_000;
    let report = Report::parse_with(mail.as_bytes(), &limits);
    assert_eq!((report.kind, report.is_cut), (Kind::Failed, false));
}

#[test]
fn ten_thousand_messages_within_messages_are_no_danger() {
    let mut mail = HEADER.to_owned();
    for _ in 0..10_000 {
        mail.push_str("Content-Type: message/rfc822\n\nFrom: MAILER-DAEMON@mx.example\n");
    }
    assert!(Report::parse(mail.as_bytes()).recipients.len() <= 1);
}

#[test]
fn parts_over_the_limit_are_passed_over() {
    let mut mail = format!("{HEADER}Content-Type: multipart/report; boundary=b\n\n");
    for _ in 0..10_000 {
        mail.push_str("--b\nContent-Type: application/octet-stream\n\nx\n");
    }
    mail.push_str("--b--\n");
    assert!(Report::parse(mail.as_bytes()).is_cut);
}

#[test]
fn a_boundary_that_is_never_closed_ends_with_the_message() {
    let mail = format!(
        "{HEADER}Content-Type: multipart/report; boundary=b\n\n--b\nContent-Type: message/delivery-status\n\n\
         Final-Recipient: rfc822; ann@a.example\nAction: failed\nStatus: 5.1.1"
    );
    let report = Report::parse(mail.as_bytes());
    assert_eq!(report.recipients[0].recipient.as_deref(), Some("ann@a.example"));
}

#[test]
fn a_header_of_ten_megabytes_is_read() {
    let mut mail = HEADER.to_owned();
    let _ = writeln!(mail, "X-Long: {}", "=?utf-8?q?x?= ".repeat(400_000));
    for number in 0..300_000 {
        let _ = writeln!(mail, "X-{number}: a");
    }
    mail.push_str("\nYour message could not be delivered.\n\n<ann@a.example>:\n550 5.1.1 User unknown\n");
    let report = Report::parse(mail.as_bytes());
    assert_eq!(report.recipients[0].recipient.as_deref(), Some("ann@a.example"));
}

#[test]
fn of_a_message_over_the_limit_the_start_is_read() {
    let mut mail = report_of(1);
    mail.push_str(&"x".repeat(25 << 20));
    let report = Report::parse(mail.as_bytes());
    assert_eq!((report.recipients.len(), report.is_cut), (1, false));
    let mut limits = Limits::default();
    limits.message = 1000;
    let report = Report::parse_with(mail.as_bytes(), &limits);
    assert_eq!((report.recipients.len(), report.is_cut), (1, true));
}

#[test]
fn nul_bytes_hide_nothing() {
    let mail = format!("{HEADER}\n\0could not be delivered\0\n\n<ann@a.example>:\0\n550 5.1.1 User\0unknown\n\0");
    let report = Report::parse(mail.as_bytes());
    assert_eq!(report.recipients[0].recipient.as_deref(), Some("ann@a.example"));
    assert_eq!(report.recipients[0].reply.map(ReplyCode::as_u16), Some(550));
}

#[test]
fn a_notice_of_many_recipients_in_one_paragraph_is_read() {
    let mut mail = format!("{HEADER}\nThe message could not be delivered to these:\n");
    for number in 0..8000 {
        let _ = writeln!(mail, "Unknown user: u{number}@a.example");
    }
    let report = Report::parse(mail.as_bytes());
    assert_eq!((report.kind, report.recipients.len()), (Kind::Failed, 8000));
}

#[test]
fn a_text_is_cut_between_lines() {
    let mail = format!("{HEADER}\nnot delivered:\n\n{}", "<ann@a.example>:\nno\n\n".repeat(100_000));
    assert_eq!(Report::parse(mail.as_bytes()).recipients.len(), 1);
}

#[test]
fn one_line_of_many_addresses_is_read() {
    let mail = format!("{HEADER}\nnot delivered:\n\n{}\n", "a@a.example, ".repeat(15_000));
    assert_eq!(Report::parse(mail.as_bytes()).recipients.len(), 1);
}

#[test]
fn nothing_is_no_report() {
    for nothing in [&b""[..], b"\n", b"\0", b"From \n", b"\r\n\r\n", b":", b": :\n :", b"\xff\xfe"] {
        assert_eq!(Report::parse(nothing), Report::default(), "{nothing:?}");
    }
}

/// What reports are made of.
const PIECES: &[&str] = &[
    "Return-Path: <>\n",
    "From: MAILER-DAEMON@mx.example\n",
    "Subject: Undelivered Mail Returned to Sender\n",
    "X-Failed-Recipients: ann@a.example\n",
    "Auto-Submitted: auto-replied\n",
    "Content-Type: multipart/report; boundary=b\n",
    "Content-Type: multipart/mixed;\n\tboundary=\"c\"\n",
    "Content-Type: message/delivery-status\n",
    "Content-Type: message/rfc822\n",
    "Content-Type: text/html; charset=iso-2022-jp\n",
    "Content-Type: text/plain; charset=utf-16\n",
    "Content-Transfer-Encoding: base64\n",
    "Content-Transfer-Encoding: quoted-printable\n",
    "\n",
    "\r\n",
    "\n\n",
    "--b\n",
    "--b--\n",
    "--c\n",
    "--c--\n",
    "Reporting-MTA: dns; mx.example\n",
    "Final-Recipient: rfc822; ann@a.example\n",
    "Original-Recipient: utf-8; \\x{e4}@a\n",
    "Action: failed\n",
    "Action: delivered\n",
    "Status: 5.1.1\n",
    "Status: 4\n",
    "Diagnostic-Code: smtp; 550 5.1.1 no\n such user\n",
    "<ann@a.example>:\n",
    "  bob@b.example\n    550-no\n    550 user\n",
    "ann@a.example on 1/2/2003 4:05 AM\n",
    ">>> RCPT TO:<ann@a.example>\n",
    "<<< 550-no\n",
    "<<< 550 user\n",
    "554 <bob@b.example>... Service unavailable\n",
    "--- Below this line is a copy of the message.\n",
    "Received: from x\nMessage-ID: <1@x>\nDate: now\n",
    "was automatically rejected: no\n",
    "{\"notificationType\":\"Bounce\",\"bounce\":{}}",
    "> ",
    "\0",
    "\x1b$B",
    "=C3=28=\n",
    "PGFubg==",
    "é",
    "@",
    "\"@",
    "<",
    ">",
    "could not be delivered",
];

proptest! {
    /// Whatever is put together, what comes out fits together.
    #[test]
    fn the_parts_of_any_report_agree(pieces in prop::collection::vec(prop::sample::select(PIECES), 0..40)) {
        agrees(pieces.concat().as_bytes())?;
    }

    #[test]
    fn any_bytes_are_read(bytes in prop::collection::vec(any::<u8>(), 0..500)) {
        agrees(&bytes)?;
        agrees(&[HEADER.as_bytes(), &bytes].concat())?;
    }
}

fn agrees(mail: &[u8]) -> Result<(), TestCaseError> {
    let report = Report::parse(mail);
    prop_assert_eq!(&Report::parse(mail), &report);
    let is_of_delivery =
        matches!(report.kind, Kind::Failed | Kind::Delayed | Kind::Delivered | Kind::Relayed | Kind::Expanded);
    prop_assert_eq!(is_of_delivery, !report.recipients.is_empty(), "{:?}", report);
    for recipient in &report.recipients {
        let verdict = recipient.rejection().verdict();
        if !matches!(recipient.kind, Kind::Failed | Kind::Delayed) {
            prop_assert_eq!((verdict.class, verdict.action), (Some(Severity::PositiveCompletion), Action::None));
            continue;
        }
        prop_assert!(recipient.reply.is_none() || verdict.reply == recipient.reply);
        prop_assert!(recipient.status.is_none() || verdict.enhanced == recipient.status);
        let texts = [&recipient.recipient, &recipient.remote_mta, &recipient.diagnostic];
        prop_assert!(
            texts.into_iter().flatten().all(|text| !text.is_empty() && !text.contains('\n')),
            "{:?}",
            recipient
        );
    }
    let mut limits = Limits::default();
    (limits.recipients, limits.parts, limits.depth, limits.text, limits.message) = (1, 1, 1, 10, 200);
    prop_assert!(Report::parse_with(mail, &limits).recipients.len() <= 1);
    Ok(())
}
