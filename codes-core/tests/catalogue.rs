//! The tables as the macro made them: each loop goes over every entry.

use std::collections::{BTreeMap, HashSet};

use smtp_codes::{
    Action, BasicCodes, ClassEntry, Command, CommandEntry, Document, EnhancedEntry, Keyword, KeywordEntry, Meaning,
    Party, Provider, Reason, Reference, ReplyCode, ReplyEntry, RuleSet, SeverityEntry, Status, SubjectDetail,
    SubjectEntry,
};

#[test]
fn tables_ascend_and_hold_no_entry_twice() {
    assert!(ReplyEntry::ALL.is_sorted_by(|one, other| one.code < other.code));
    assert!(EnhancedEntry::ALL.is_sorted_by(|one, other| one.code < other.code));
    assert!(SubjectEntry::ALL.is_sorted_by(|one, other| one.subject < other.subject));
    assert!(KeywordEntry::ALL.is_sorted_by(|one, other| one.keyword < other.keyword));
    assert!(Provider::ALL.is_sorted_by(|one, other| one.id < other.id));
    let (verbs, stages): (Vec<_>, Vec<_>) = CommandEntry::ALL
        .iter()
        .map(|entry| entry.verb)
        .partition(|verb| verb.bytes().all(|byte| byte.is_ascii_uppercase()));
    assert!(verbs.is_sorted_by(|one, other| one < other));
    assert_eq!(stages, ["connection", "message"]);
    assert_eq!((SeverityEntry::ALL.len(), ClassEntry::ALL.len()), (4, 3));
}

#[test]
fn every_entry_is_explained_and_sourced() {
    for entry in ReplyEntry::ALL {
        assert_prose(entry.name, &[entry.title, entry.summary, entry.advice]);
        assert!(!entry.meanings.is_empty());
        for meaning in entry.meanings {
            assert_prose(entry.name, &[meaning.text, meaning.summary]);
            assert_refs(meaning.refs);
        }
    }
    for entry in EnhancedEntry::ALL {
        assert_prose(entry.name, &[entry.title, entry.summary, entry.advice]);
        assert_refs(entry.refs);
    }
    for entry in CommandEntry::ALL {
        assert_prose(entry.verb, &[entry.name, entry.summary, entry.advice]);
        assert_refs(entry.refs);
        entry.replies.iter().for_each(|row| assert_refs(row.refs));
    }
    for entry in KeywordEntry::ALL {
        assert_prose(entry.keyword, &[entry.title, entry.summary, entry.advice]);
        assert_refs(entry.refs);
    }
    for reason in Reason::ALL {
        let entry = reason.entry();
        assert_prose(entry.id, &[entry.title, entry.summary, entry.plain, entry.advice]);
    }
    for provider in Provider::ALL {
        assert_prose(provider.id, &[provider.name, provider.summary]);
        for claim in provider.claims {
            assert_prose(provider.id, &[claim.meaning, claim.advice]);
            assert!(!claim.sources.is_empty());
        }
    }
}

#[test]
fn every_document_has_an_address_and_a_date() {
    for document in Document::ALL {
        assert!(document.url.starts_with("http"), "{}", document.id);
        assert_eq!(document.date.len(), 7, "{}", document.id);
    }
    assert!(Document::from_id("rfc 5321").is_some_and(|document| document.obsoletes == ["RFC 2821"]));
}

#[test]
fn names_of_codes_are_unique() {
    let replies: HashSet<_> = ReplyEntry::ALL.iter().map(|entry| entry.name).collect();
    assert_eq!(replies.len(), ReplyEntry::ALL.len());
    let enhanced: HashSet<_> = EnhancedEntry::ALL.iter().map(|entry| entry.name).collect();
    assert_eq!(enhanced.len(), EnhancedEntry::ALL.len());
}

#[test]
fn verbs_and_keywords_are_found_in_any_case() {
    for command in Command::all() {
        assert_eq!(Command::from_verb(command.verb()), Some(command));
        assert_eq!(Command::from_verb(&command.verb().to_lowercase()), Some(command));
        assert_eq!(command.is_stage(), command.verb() == "connection" || command.verb() == "message");
    }
    for keyword in Keyword::all() {
        assert_eq!(Keyword::from_name(keyword.name()), Some(keyword));
        assert_eq!(Keyword::from_name(&keyword.name().to_lowercase()), Some(keyword));
    }
    assert_eq!(Keyword::EIGHTBITMIME.name(), "8BITMIME");
    assert_eq!(Command::from_verb("HELLO"), None);
}

#[test]
fn the_relation_of_commands_and_replies_is_the_same_from_both_sides() {
    for command in Command::all() {
        for code in command.entry().codes() {
            let entry = code.entry().unwrap_or_else(|| panic!("{command} is answered by {code}, which has no entry"));
            assert!(
                entry.meanings.iter().any(|meaning| {
                    meaning.commands.is_empty() || meaning.commands.iter().any(|named| answers(*named, command))
                }),
                "{code} has no meaning for {command}"
            );
            assert!(Command::answered_by(code).any(|answered| answered == command));
        }
    }
}

/// A reply to the mail data belongs to the command that announced them, and to the stage.
fn answers(named: Command, command: Command) -> bool {
    named == command || named == Command::MESSAGE
}

#[test]
fn a_code_means_something_of_its_own_to_a_command() {
    let meaning = |code: u16, command| ReplyCode::new(code).unwrap().entry().unwrap().meaning(command).unwrap();
    let keyword = |meaning: &Meaning| meaning.keyword;
    assert_eq!(keyword(meaning(454, Command::STARTTLS)), Some("STARTTLS"));
    assert_eq!(keyword(meaning(454, Command::AUTH)), Some("AUTH"));
    assert_eq!(keyword(meaning(250, Command::ETRN)), Some("ETRN"));
    assert_eq!(keyword(meaning(250, Command::MAIL)), None);
}

#[test]
fn one_entry_of_each_shape_is_as_the_registries_have_it() {
    let mailbox_full = SubjectDetail::MAILBOX_FULL.entry().unwrap();
    assert_eq!(mailbox_full.text, "Mailbox full");
    assert_eq!(mailbox_full.status, Status::Standard);
    assert_eq!(mailbox_full.reason, Some(Reason::MailboxFull));
    let expected = ReplyCode::new(552).unwrap();
    assert!(
        matches!(mailbox_full.basic_codes, BasicCodes::Listed { codes: [code], others: false, .. } if *code == expected)
    );
    let undefined = SubjectDetail::new(0, 0).unwrap().entry().unwrap();
    assert_eq!(undefined.basic_codes, BasicCodes::Any);
    let size = Keyword::SIZE.entry();
    assert_eq!((size.mail_parameters.len(), size.rcpt_parameters.len()), (1, 0));
    assert_eq!(Command::TURN.entry().status, Status::Obsolete);
    let exchange = Provider::from_id("Exchange-2003").unwrap();
    assert_eq!(exchange.claims.len(), 50);
    assert_eq!(exchange.claims.iter().filter(|claim| claim.departs.is_some()).count(), 32);
}

#[test]
fn only_reasons_on_the_recipients_side_give_up_an_address() {
    assert_eq!((Reason::ALL.len(), Party::ALL.len(), Action::ALL.len()), (31, 5, 11));
    for reason in Reason::ALL.iter().copied() {
        let entry = reason.entry();
        assert_eq!(entry.reason, reason);
        assert_eq!(Reason::from_id(entry.id), Some(reason));
        assert_ne!(entry.transient, Action::Suppress, "{reason}");
        if entry.permanent == Action::Suppress {
            assert_eq!(entry.party, Some(Party::Recipient), "{reason}");
        }
        assert_eq!(entry.party.is_none(), reason == Reason::Unknown);
    }
    for party in Party::ALL.iter().copied() {
        assert_eq!(Party::from_id(party.as_str()), Some(party));
    }
    for action in Action::ALL.iter().copied() {
        assert_eq!(Action::from_id(action.as_str()), Some(action));
    }
}

#[test]
fn every_reason_but_unknown_has_rules() {
    let mut rules: BTreeMap<&str, usize> = BTreeMap::new();
    for rule in RuleSet::builtin().rules() {
        *rules.entry(rule.reason.as_str()).or_default() += 1;
        assert!(!rule.sources.is_empty() && !rule.words.is_empty() && !rule.example.is_empty(), "{}", rule.id);
    }
    for reason in Reason::ALL {
        assert!(*reason == Reason::Unknown || rules.contains_key(reason.as_str()), "{reason} has no rule");
    }
}

#[track_caller]
fn assert_prose(name: &str, texts: &[&str]) {
    for text in texts {
        assert!(!text.trim().is_empty() && !text.contains(['\n', '\t', '\u{1b}']), "{name}: {text:?}");
    }
}

#[track_caller]
fn assert_refs(refs: &[Reference]) {
    assert!(!refs.is_empty());
    for reference in refs {
        assert!(reference.url().to_string().starts_with("http"), "{reference}");
    }
}
