use std::collections::HashSet;

use smtp_codes::{Category, ParseError, ReplyCode, ReplyEntry, Severity};

#[test]
fn every_code_from_200_to_599_round_trips() {
    for number in 0..=u16::MAX {
        let code = ReplyCode::new(number);
        assert_eq!(code.is_some(), (200..=599).contains(&number), "{number}");
        assert_eq!(ReplyCode::try_from(number).ok(), code);
        let Some(code) = code else { continue };
        assert_eq!(code.as_u16(), number);
        assert_eq!(u16::from(code), number);
        assert_eq!(code, number);
        assert_eq!(number, code);
        assert_eq!(code.to_string(), number.to_string());
        assert_eq!(format!("{code:?}"), number.to_string());
        assert_eq!(code.to_string().parse(), Ok(code));
        assert_eq!(ReplyCode::from_bytes(code.to_string().as_bytes()), Ok(code));
    }
}

#[test]
fn codes_are_ordered_and_hashed_by_their_number() {
    assert!(ReplyCode::MAIL_ACTION_OKAY < ReplyCode::MAILBOX_UNAVAILABLE);
    let all: HashSet<_> = (200..=599).filter_map(ReplyCode::new).collect();
    assert_eq!(all.len(), 400);
}

#[test]
fn an_option_of_a_code_takes_no_more_room_than_the_code() {
    assert_eq!(size_of::<Option<ReplyCode>>(), size_of::<u16>());
}

#[test]
fn severity_follows_the_first_digit_at_both_edges() {
    let edges = [
        (200, 299, Severity::PositiveCompletion),
        (300, 399, Severity::PositiveIntermediate),
        (400, 499, Severity::TransientNegativeCompletion),
        (500, 599, Severity::PermanentNegativeCompletion),
    ];
    for (first, last, severity) in edges {
        for number in [first, last] {
            let code = code(number);
            assert_eq!(code.severity(), severity);
            assert_eq!(code.is_success(), severity == Severity::PositiveCompletion);
            assert_eq!(code.is_intermediate(), severity == Severity::PositiveIntermediate);
            assert_eq!(code.is_transient(), severity == Severity::TransientNegativeCompletion);
            assert_eq!(code.is_permanent(), severity == Severity::PermanentNegativeCompletion);
            assert_eq!(u16::from(severity.digit()), number / 100);
        }
    }
}

#[test]
fn each_severity_has_its_own_entry() {
    for severity in Severity::ALL {
        assert_eq!(severity.entry().severity, severity);
    }
}

#[test]
fn category_follows_the_second_digit() {
    assert_eq!(code(500).category(), Some(Category::Syntax));
    assert_eq!(code(211).category(), Some(Category::Information));
    assert_eq!(code(421).category(), Some(Category::Connections));
    assert_eq!(code(250).category(), Some(Category::MailSystem));
    assert_eq!(code(530).category(), None);
    assert_eq!(code(571).category(), None);
}

#[test]
fn every_listed_code_finds_its_entry_and_no_other_does() {
    let listed: HashSet<u16> = ReplyEntry::ALL.iter().map(|entry| entry.code.as_u16()).collect();
    for number in 200..=599 {
        let entry = code(number).entry();
        assert_eq!(entry.is_some(), listed.contains(&number), "{number}");
        assert!(entry.is_none_or(|entry| entry.code == number));
    }
}

#[test]
fn constants_are_the_codes_of_their_names() {
    assert_eq!(ReplyCode::START_MAIL_INPUT, 354);
    assert_eq!(ReplyCode::MAILBOX_UNAVAILABLE, 550);
    assert_eq!(ReplyCode::MAILBOX_UNAVAILABLE.entry().map(|entry| entry.name), Some("MAILBOX_UNAVAILABLE"));
}

#[test]
fn errors_say_what_was_met_and_where() {
    assert_error("", "unexpected end while parsing a reply code: expected a first digit from 2 to 5");
    assert_error("55", "unexpected end while parsing a reply code: expected a digit");
    assert_error("5x0", "unexpected 'x' at byte 1 while parsing a reply code: expected a digit");
    assert_error("55O", "unexpected 'O' at byte 2 while parsing a reply code: expected a digit");
    assert_error("650", "unexpected '6' at byte 0 while parsing a reply code: expected a first digit from 2 to 5");
    assert_error("5500", "unexpected '0' at byte 3 while parsing a reply code: expected three digits");
    assert_error("55\u{1b}", "unexpected byte 0x1b at byte 2 while parsing a reply code: expected a digit");
    assert_error(
        "５50",
        "unexpected byte 0xef at byte 0 while parsing a reply code: expected a first digit from 2 to 5",
    );
    let error = ReplyCode::try_from(600).unwrap_err();
    assert_eq!(error.to_string(), "unexpected 600 while parsing a reply code: expected 200 to 599");
}

#[track_caller]
fn assert_error(text: &str, message: &str) {
    let error: ParseError = text.parse::<ReplyCode>().unwrap_err();
    assert_eq!(error.to_string(), message);
    assert_eq!(format!("{error:?}"), format!("ParseError(\"{message}\")"));
}

#[track_caller]
fn code(number: u16) -> ReplyCode {
    ReplyCode::new(number).unwrap()
}
