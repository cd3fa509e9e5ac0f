use std::collections::HashSet;

use smtp_codes::{Class, EnhancedCode, EnhancedEntry, EnhancedPattern, SubjectDetail};

#[test]
fn every_well_formed_code_round_trips() {
    for class in Class::ALL {
        for subject in [0, 1, 7, 10, 99, 100, 999] {
            for detail in 0..=999 {
                let code = EnhancedCode::new(class, subject, detail).unwrap();
                assert_eq!(code.to_string().parse(), Ok(code));
                assert_eq!((code.class(), code.subject(), code.detail()), (class, subject, detail));
                assert_eq!(code.subject_detail().with_class(class), code);
            }
        }
    }
}

#[test]
fn codes_that_no_registry_lists_are_kept() {
    for text in ["5.7.606", "4.7.650", "5.7.509", "5.1.90"] {
        let code: EnhancedCode = text.parse().unwrap();
        assert_eq!(code.to_string(), text);
        assert!(code.entry().is_none());
    }
}

#[test]
fn parts_above_999_are_none() {
    assert!(SubjectDetail::new(999, 999).is_some());
    assert!(SubjectDetail::new(1000, 0).is_none());
    assert!(EnhancedCode::new(Class::Permanent, 0, 1000).is_none());
}

#[test]
fn predicates_follow_the_class() {
    for (class, digit) in [(Class::Success, 2), (Class::Transient, 4), (Class::Permanent, 5)] {
        let code = EnhancedCode::new(class, 0, 0).unwrap();
        assert_eq!(class.digit(), digit);
        assert_eq!(code.is_success(), digit == 2);
        assert_eq!(code.is_transient(), digit == 4);
        assert_eq!(code.is_permanent(), digit == 5);
        assert_eq!(class.entry().class, class);
    }
}

#[test]
fn codes_are_ordered_by_class_subject_and_detail() {
    let sorted = ["2.0.0", "4.2.2", "5.1.1", "5.1.10", "5.7.1"].map(code);
    assert!(sorted.is_sorted());
    assert_eq!(sorted.into_iter().collect::<HashSet<_>>().len(), 5);
}

#[test]
fn every_registered_pair_finds_its_entry_and_no_other_does() {
    let registered: HashSet<_> = EnhancedEntry::ALL.iter().map(|entry| entry.code).collect();
    for subject in 0..=9 {
        for detail in 0..=999 {
            let pair = SubjectDetail::new(subject, detail).unwrap();
            assert_eq!(pair.entry().is_some(), registered.contains(&pair), "{pair}");
            assert!(pair.entry().is_none_or(|entry| entry.code == pair));
        }
    }
    assert_eq!(SubjectDetail::MAILBOX_FULL.to_string(), "X.2.2");
}

#[test]
fn errors_say_what_was_met_and_where() {
    let while_parsing = "while parsing an enhanced status code: expected";
    assert_error("", &format!("unexpected end {while_parsing} class 2, 4 or 5"));
    assert_error("3.1.1", &format!("unexpected '3' at byte 0 {while_parsing} class 2, 4 or 5"));
    assert_error("5", &format!("unexpected end {while_parsing} '.' and a subject of one to three digits"));
    assert_error("5.", &format!("unexpected end {while_parsing} '.' and a subject of one to three digits"));
    assert_error("5.7", &format!("unexpected end {while_parsing} '.' and a detail of one to three digits"));
    assert_error("5.7.x", &format!("unexpected 'x' at byte 4 {while_parsing} '.' and a detail of one to three digits"));
    assert_error(
        "5.7.1000",
        &format!("unexpected '0' at byte 7 {while_parsing} '.' and a detail of one to three digits"),
    );
    assert_error("5.07.1", &format!("unexpected '0' at byte 2 {while_parsing} a number without leading zeros"));
    assert_error("5.1.1.1", &format!("unexpected '.' at byte 5 {while_parsing} class.subject.detail and nothing more"));
}

#[test]
fn patterns_hold_the_codes_that_they_name() {
    let holds = |pattern: &str, text: &str| EnhancedPattern::from_bytes(pattern.as_bytes()).unwrap().covers(code(text));
    assert!(holds("5.1.1", "5.1.1") && !holds("5.1.1", "4.1.1") && !holds("5.1.1", "5.1.10"));
    assert!(holds("X.1.1", "4.1.1") && holds("x.1.x", "5.1.999") && !holds("x.1.x", "5.2.0"));
    assert!(holds("5.x.x", "5.7.606") && !holds("5.x.x", "4.7.606"));
}

#[test]
fn what_is_no_pattern_is_none() {
    for text in ["", "5", "5.1", "5.1.1.1", "6.1.1", "5.x.1", "5.1.01", "5.1.1000", "5..1", "5.1.y"] {
        assert_eq!(EnhancedPattern::from_bytes(text.as_bytes()), None, "{text}");
    }
}

#[track_caller]
fn assert_error(text: &str, message: &str) {
    assert_eq!(text.parse::<EnhancedCode>().unwrap_err().to_string(), message);
}

#[track_caller]
fn code(text: &str) -> EnhancedCode {
    text.parse().unwrap()
}
