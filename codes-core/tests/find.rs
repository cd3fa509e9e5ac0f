//! Codes in any text: what is found, and what is left alone.

use proptest::prelude::*;
use smtp_codes::{Code, EnhancedCode, ReplyCode, codes};

/// The codes of the text in order, each with a space behind it but the last.
fn found(text: &str) -> String {
    let codes: Vec<String> = codes(text.as_bytes()).map(|found| found.code.to_string()).collect();
    codes.join(" ")
}

#[track_caller]
fn assert_found(table: &[(&str, &str)]) {
    let wrong: Vec<String> = table
        .iter()
        .filter(|(text, expected)| found(text) != *expected)
        .map(|(text, expected)| format!("{text:?}\n  expected: {expected}\n  found:    {}", found(text)))
        .collect();
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

#[track_caller]
fn assert_nothing_found(texts: &[&str]) {
    assert_found(&texts.iter().map(|text| (*text, "")).collect::<Vec<_>>());
}

#[test]
fn codes_at_the_start_of_a_line_are_found() {
    assert_found(&[
        ("550", "550"),
        ("550 No such user", "550"),
        ("550-No such user\r\n550 here", "550 550"),
        ("571 Delivery not authorized", "571"),
        ("  550 No such user", "550"),
        (">>> RCPT TO:<a@example.com>\n<<< 550 No such user", "550"),
        ("> 452 Out of space", "452"),
        ("<-  550 No such user", "550"),
        ("<** 554 Refused", "554"),
        ("\"550 No such user\"", "550"),
        ("'421 Try later'", "421"),
        ("b'450 Try later'", "450"),
        ("It was refused:\n\n550 No such user\n", "550"),
        ("250-mx.example\n250-8BITMIME\n250 SIZE 1000", "250 250 250"),
        ("220 192.0.2.1 ready", "220"),
        ("354 End data with a dot", "354"),
        ("554 Messages from this host are refused", "554"),
        (r"550-No such user\r\n550 here", "550 550"),
    ]);
}

#[test]
fn codes_before_an_enhanced_code_of_their_class_are_found() {
    assert_found(&[
        ("550 5.1.1", "550 5.1.1"),
        ("550 5.7.606 Access denied", "550 5.7.606"),
        ("550-5.1.1 No such user", "550 5.1.1"),
        ("550 #5.1.1 No such user", "550 5.1.1"),
        ("550 (#5.1.1) No such user", "550 5.1.1"),
        ("550 [5.1.1] No such user", "550 5.1.1"),
        ("550 5.1.1: No such user", "550 5.1.1"),
        ("NOQUEUE: reject: RCPT from unknown[192.0.2.1]: 554 5.7.1 <a@example.com>: Relay access denied", "554 5.7.1"),
        ("arg1=<a@example.com>, relay=[192.0.2.1], reject=550 5.7.1 <a@example.com>... Refused", "550 5.7.1"),
        ("#550 5.1.1 RESOLVER.ADR.RecipNotFound; not found ##", "550 5.1.1"),
        ("{LED=450 4.4.312 DNS query failed};{MSG=}", "450 4.4.312"),
        ("Look for typing errors.550 5.1.1 End", "550 5.1.1"),
    ]);
}

#[test]
fn a_reply_of_several_lines_on_one_line_gives_all_codes() {
    assert_found(&[
        (
            "host mx.example[192.0.2.1] said: 550-5.1.1 The account does not exist. 550-5.1.1 Look for typing errors 550 5.1.1 \
             in the address. (in reply to RCPT TO command)",
            "550 5.1.1 550 5.1.1 550 5.1.1",
        ),
        ("mx.example[192.0.2.1] said: 550-No such user 550-here or 550 there (in reply to RCPT TO)", "550 550 550"),
        ("The other server returned: 550 550 5.1.1 No such user (state 14)", "550 550 5.1.1"),
        ("Remote host said: 550 550 No such user", "550 550"),
    ]);
}

#[test]
fn codes_behind_announcing_words_are_found() {
    assert_found(&[
        ("host mx.example[192.0.2.1] said: 550 No such user (in reply to RCPT TO command)", "550"),
        ("host mx.example[192.0.2.1] refused to talk to me: 554 No service for you", "554"),
        ("postfix/smtp[9912]: 4F550A1: to=<a@example.com>, dsn=2.0.0, status=sent (250 OK id=1kS-0004)", "2.0.0 250"),
        (
            "** a@example.com R=dnslookup T=remote_smtp: SMTP error from remote mail server after RCPT TO:<a@example.com>: 550 Gone",
            "550",
        ),
        ("SMTP error from remote mail server after MAIL FROM:<a@example.com> SIZE=3402: 452 Out of space", "452"),
        ("SMTP error from remote mail server after initial connection: 421 Too busy", "421"),
        ("SMTP error from remote mail server after end of data: 552 Too big", "552"),
        ("=> a@example.com H=mx.example [192.0.2.1] C=\"250 OK id=1kS-0004\"", "250"),
        ("Diagnostic-Code: smtp; 550 No such user", "550"),
        ("Diagnostic-Code: smtp;550 5.1.1 No such user", "550 5.1.1"),
        ("(reason: 550 Host unknown)", "550"),
        ("stat=Deferred: 451 Try later", "451"),
        ("dsn=5.1.1, stat=User unknown", "5.1.1"),
        ("<mx.example #5.5.0 smtp;550 Requested action not taken>", "5.5.0 550"),
        ("Remote Server returned '550 4.4.7 QUEUE.Expired; message expired'", "550 4.4.7"),
        ("Remote Server returned '554 5.4.0 < #5.0.0 smtp;550 No such user>'", "554 5.4.0 5.0.0 550"),
        (
            "failure: 192.0.2.1_does_not_like_recipient./Remote_host_said:_550_5.1.1_No_such_user/Giving_up.",
            "550 5.1.1",
        ),
        ("deferral: 192.0.2.1_failed./Remote_host_said:_450_Try_later/", "450"),
        ("smtplib.SMTPDataError: (554, b'5.7.1 Refused')", "554 5.7.1"),
        ("{'a@example.com': (550, b'No such user')}", "550"),
        ("com.sun.mail.smtp.SMTPAddressFailedException: 550 No such user", "550"),
        ("Net::SMTPFatalError: 550 No such user", "550"),
        ("{\"responseCode\": 550, \"response\": \"550 No such user\"}", "550 550"),
        ("{\"smtp_code\":\"421\",\"status\":\"4.7.0\"}", "421 4.7.0"),
        ("SMTP code: 550 Additional SMTP info: 5.1.1", "550 5.1.1"),
        ("Expected response code 250 but got code \"550\", with message \"550 No such user\"", "550 550"),
        ("The server response was: 5.7.1 Unable to relay", "5.7.1"),
        ("SERVER -> CLIENT: 550 No such user", "550"),
        ("S: 503 RCPT first", "503"),
        ("2026-11-23T10:00:00Z,out,08DB,12,192.0.2.7:4711,192.0.2.1:25,<,550 No such user,", "550"),
        ("it bounced with 550", "550"),
        ("we get a 550 error from them", "550"),
        ("SMTP error 451", "451"),
        ("mx.example[192.0.2.1]: 550 No such user", "550"),
        (" Out: 250-8BITMIME\n Out: 250 DSN\n In:  QUIT", "250 250"),
        ("554 <a@example.com>... 550 Host unknown (Authoritative answer)", "554 550"),
        ("<a@example.com>:\n550: 5.1.1 No such user", "550 5.1.1"),
        ("Received: 550 No such user", "550"),
        ("Received: 550 5.1.1 No such user", "550 5.1.1"),
    ]);
}

#[test]
fn enhanced_codes_that_stand_alone_are_found() {
    assert_found(&[
        ("5.7.1", "5.7.1"),
        ("Status: 5.1.1", "5.1.1"),
        ("Status:5.1.1", "5.1.1"),
        ("Status: 5.0.0 (permanent failure)", "5.0.0"),
        ("Status: 5.10.1", "5.10.1"),
        ("What does 5.7.1 mean?", "5.7.1"),
        ("It says 5.7.1.", "5.7.1"),
        ("(4.4.7)", "4.4.7"),
        ("553 sorry, that is not in my list (#5.7.1)", "553 5.7.1"),
        ("no mailbox by that name (#5.1.1 - chkuser)", "5.1.1"),
        ("<mx.example #5.1.1>", "5.1.1"),
        ("\"status\":\"5.2.2\"", "5.2.2"),
        ("5.1.1,4.2.2;2.0.0", "5.1.1 4.2.2 2.0.0"),
        ("<td>5.7.1</td>", "5.7.1"),
        ("“5.7.1”", "5.7.1"),
        ("b'5.1.1 No such user\\n5.1.1 here'", "5.1.1 5.1.1"),
    ]);
}

#[test]
fn versions_are_no_codes() {
    assert_nothing_found(&[
        "Exim 4.94.2",
        "(Exim 4.9.2)",
        "version 5.1.2",
        "Version: 5.0.2195.6713",
        "\"version\": \"5.1.2\"",
        "v5.1.2",
        "v 5.1.2",
        "app-5.1.2",
        "app/5.1.2",
        "5.1.2-beta",
        "5.1.2-1ubuntu3",
        "5.1.2+deb11",
        "5.1.2rc1",
        "5.1.2.3",
        "1.5.1.2",
        "ESMTP Postfix 2.11.3",
        "ESMTP Sendmail 8.15.2/8.15.2",
        "PHP 5.6.4",
        "you need 5.1.2 or later",
        "ver=5.1.2",
        "X-Mailer: The Postman 4.2.1",
        "User-Agent: Reader\r\n\t4.2.1 (somewhere)",
        "X-Thing-Version: 4.2.1",
        "Received: from a.example (a.example [192.0.2.1])\n\tby b.example (Relay 4.2.1) with ESMTP id 550",
    ]);
    assert_found(&[("220 mx.example ESMTP FastRelay 5.1.2 ready", "220")]);
}

#[test]
fn addresses_dates_times_and_ports_are_no_codes() {
    assert_nothing_found(&[
        "5.1.1.1",
        "[5.1.1.250]",
        "192.0.2.250",
        "mx.example:250",
        "port 587",
        "smtp:587",
        "SMTP 587",
        "[2001:db8::250]",
        "2.5.2021",
        "5.1.24 12:30",
        "2026-11-23 10:25:50.250",
        "12:30:250",
        "Mon, 5 Nov 2026 25:50:00 +0200",
        "5.1.1@example.com",
        "<250.5.1.1@example.com>",
        "5.1.1.example.com",
        "5.1.1:25",
    ]);
}

#[test]
fn sizes_counts_and_identifiers_are_no_codes() {
    assert_nothing_found(&[
        "250 bytes",
        "250-byte blocks",
        "500 MB free",
        "wrote 250 bytes",
        "status: 250 bytes",
        "300 messages in the queue",
        "500 of 1000",
        "550 100000",
        "250-300",
        "250-555-1234",
        "555-1234",
        "5501 foo",
        "55O",
        "4F550A1",
        "queued as 4F550-A1",
        "id=1kS-550-AB",
        "postfix/smtp[550]: done",
        "ERROR [550] done",
        "smtp(550): done",
        "exit code 250",
        "exited with exit status 255",
        "Command died with status 255: \"/usr/lib/mailman/mail/mailman\"",
        "HTTP error 500",
        "zip code 250",
        "delay=250, delays=0.1/250/3/4",
        "size=550, nrcpt=1",
        "error 250.5",
        "error 550/600",
        "code 250ms",
        "ehlo=1 mail=250 data=250 quit=300 commands=550",
        "sent: 250, deferred: 450, rejected: 550",
        "deferred (450)",
        "387 things",
        "$550 error free",
    ]);
}

#[test]
fn sections_are_no_codes() {
    assert_nothing_found(&["RFC 5321 section 4.2.3", "§4.2.3", "§ 4.2.3", "Chapter 4.2.1", "(Section 4.2.2)"]);
}

#[test]
fn the_fields_of_a_report_give_their_codes() {
    let report = "Date: Mon, 23 Nov 2026 10:25:50 +0000\r\n\
        Message-ID: <550.5.1.1@mx.example>\r\n\
        Subject: Delivery failed\r\n\
        \r\n\
        The response from the server was:\r\n\
        \r\n\
        552-5.2.2 The mailbox is full\r\n\
        552 5.2.2 for now\r\n\
        \r\n\
        Reporting-MTA: dns; mx.example\r\n\
        \r\n\
        Final-Recipient: rfc822; a@example.com\r\n\
        Action: failed\r\n\
        Status: 5.2.2\r\n\
        Diagnostic-Code: smtp; 552-5.2.2 The mailbox is full\r\n\
        \x20552 5.2.2 for now\r\n\
        \r\n\
        X-Mailer: The Postman 5.1.2\r\n";
    assert_eq!(found(report), "552 5.2.2 552 5.2.2 5.2.2 552 5.2.2 552 5.2.2");
}

#[test]
fn a_line_of_ten_megabytes_is_read_to_its_end() {
    let mut text = "550 5.1.1.5 550-5.1.2-beta: 550x said:_550_ error (#5.1.1 ]: 550 \\n\u{e9}".repeat(150_000);
    assert!(text.len() > 10_000_000);
    text.push_str(" 550-5.7.606");
    assert_eq!(codes(text.as_bytes()).last().map(|found| found.code.to_string()).as_deref(), Some("5.7.606"));
}

#[test]
fn bytes_that_are_not_text_do_no_harm() {
    let text = b"\0\xff550 5.1.1\xff \x1b[31m 550 5.7.1 \xe9t\xe9";
    let found: Vec<(usize, usize)> = codes(text).map(|found| (found.start, found.end)).collect();
    assert_eq!(found, [(2, 5), (6, 11), (19, 22), (23, 28)]);
}

/// Pieces of which logs are made, so that random texts come near to real ones.
fn pieces() -> impl Strategy<Value = String> {
    let piece = prop::sample::select(vec![
        "550", "421", "250", "5.1.1", "4.7.650", "2.0.0", " ", "-", "_", "#", "(", ")", "[", "]", ".", ":", ": ", "=",
        "\"", "'", "\n", "\r\n", "\\n", "said", "smtp;", "code", "error", "Status:", "Exim", "exit", "bytes", "§", "é",
        "<", ">", ",", "b'",
    ]);
    prop::collection::vec(piece, 0..24).prop_map(|pieces| pieces.concat())
}

fn matches_are_codes(text: &[u8]) {
    let mut last = 0;
    for found in codes(text) {
        assert!(last <= found.start && found.start < found.end);
        let written = &text[found.start..found.end];
        match found.code {
            Code::Reply(code) => assert_eq!(ReplyCode::from_bytes(written), Ok(code)),
            Code::Enhanced(code) => assert_eq!(EnhancedCode::from_bytes(written), Ok(code)),
        }
        assert_eq!(found.code.to_string().as_bytes(), written);
        last = found.end;
    }
}

proptest! {
    #[test]
    fn matches_lie_on_the_input_in_any_bytes(text in prop::collection::vec(any::<u8>(), 0..200)) {
        matches_are_codes(&text);
    }

    #[test]
    fn matches_lie_on_the_input_in_texts_like_logs(text in pieces()) {
        matches_are_codes(text.as_bytes());
    }

    #[test]
    fn every_reply_with_an_enhanced_code_of_its_class_gives_both(
        reply in prop::sample::select((200..300).chain(400..600).collect::<Vec<u16>>()),
        subject in 0_u16..1000,
        detail in 0_u16..1000,
    ) {
        let enhanced = format!("{}.{subject}.{detail}", reply / 100);
        prop_assert_eq!(found(&format!("x: {reply}-{enhanced} text")), format!("{reply} {enhanced}"));
    }
}
