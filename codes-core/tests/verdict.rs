//! Hard cases of verdicts, each from a documented behaviour. The replies are written for this test.

use smtp_codes::{
    Action, Basis, Class, Conflict, EnhancedCode, Party, Phase, Reason, Rejection, ReplyCode, Severity, SubjectDetail,
    Verdict, verdict,
};

#[test]
fn microsofts_codes_mean_what_microsoft_documents() {
    // Directory-based edge blocking: the recipient is not in the directory.
    let edge =
        "550 5.4.1 Recipient address rejected: Access denied. [AM0EUR02FT033.eop-EUR02.prod.protection.outlook.com]";
    assert_reason(edge, Reason::MailboxUnknown, Action::Suppress);
    let consumer = "550 5.5.0 Requested action not taken: mailbox unavailable (S2017062302). \
        [DB5EUR03FT012.eop-EUR03.prod.protection.outlook.com]";
    assert_reason(consumer, Reason::MailboxUnknown, Action::Suppress);
    let lookup = "550 5.1.10 RESOLVER.ADR.RecipientNotFound; Recipient ann@a.example not found by SMTP address lookup";
    assert_reason(lookup, Reason::MailboxUnknown, Action::Suppress);
    let listed = "550 5.7.1 Unfortunately, messages from [192.0.2.7] weren't sent. Please contact your Internet service \
        provider since part of their network is on our block list (S3150). [xx.eop-nam12.prod.protection.outlook.com]";
    assert_reason(listed, Reason::Blocklisted, Action::Delist);
    let banned = "550 5.7.606 Access denied, banned sending IP [192.0.2.7]. To request removal from this list please \
        visit https://sender.office.com/ [xx.prod.protection.outlook.com]";
    assert_reason(banned, Reason::Blocklisted, Action::Delist);
    let unauthenticated = "550 5.7.515 Access denied, sending domain B.EXAMPLE does not meet the required authentication \
        level. [xx.prod.protection.outlook.com]";
    assert_reason(unauthenticated, Reason::AuthenticationFailed, Action::FixAuthentication);
    let limited = "451 4.7.650 The mail server [192.0.2.7] has been temporarily rate limited due to IP reputation. \
        (S775) [xx.prod.protection.outlook.com]";
    let limited = verdict(limited);
    assert!(matches!(limited.reason, Some(Reason::Reputation | Reason::RateLimited)), "{:?}", limited.reason);
    assert_eq!(limited.action, limited.reason.unwrap().action(Class::Transient));
}

#[test]
fn words_that_need_their_code_give_up_no_address_without_it() {
    let access_map = verdict("550 <ann@a.example>: Recipient address rejected: Access denied");
    assert_ne!(access_map.action, Action::Suppress, "{:?}", access_map.rule.map(|rule| rule.id));
}

#[test]
fn gmail_tells_a_dead_account_from_a_busy_one() {
    let disabled = "550 5.2.1 The email account that you tried to reach is disabled. - gsmtp";
    assert_reason(disabled, Reason::MailboxDisabled, Action::Suppress);
    let busy = "450-4.2.1 The user you are trying to contact is receiving mail at a rate that\r\n450-4.2.1 prevents \
        additional messages from being delivered.\r\n450 4.2.1 https://support.google.com/mail/?p=ReceivingRate x - gsmtp";
    assert_reason(busy, Reason::RateLimited, Action::SlowDown);
    let full = "452 4.2.2 The recipient's inbox is out of storage space. - gsmtp";
    assert_reason(full, Reason::MailboxFull, Action::Retry);
}

#[test]
fn gmails_codes_are_not_the_registrys() {
    for (code, words, reason) in [
        ("5.7.26", "blocked because the sender is unauthenticated", Reason::AuthenticationFailed),
        ("5.7.27", "This mail has been blocked because SPF does not pass", Reason::AuthenticationFailed),
        ("5.7.29", "This mail has been blocked because it was not sent over a TLS connection", Reason::Tls),
        ("5.7.30", "This mail has been blocked because DKIM does not pass", Reason::AuthenticationFailed),
    ] {
        let reply = format!("550 {code} {words}. - gsmtp");
        assert_eq!(verdict(&reply).reason, Some(reason), "{reply}");
    }
    // The bare code, where only the host tells the provider: the registry has a null MX for 5.7.27.
    let bare = Rejection::new(b"550 5.7.27").host("alt1.gmail-smtp-in.l.google.com").verdict();
    assert_eq!((bare.reason, bare.basis), (Some(Reason::AuthenticationFailed), Basis::ProviderCode));
    assert_eq!(verdict("550 5.7.27").reason, Some(Reason::SenderRejected));
}

#[test]
fn yahoos_tags_and_numbers_are_known() {
    let inactive = "554 delivery error: dd This mailbox is disabled (554.30). - mta4203.mail.bf1.yahoo.com";
    assert_reason(inactive, Reason::MailboxDisabled, Action::Suppress);
    let deferred = "421 4.7.0 [TSS04] Messages from 192.0.2.7 temporarily deferred due to unexpected volume or user \
        complaints - 4.16.55.1; see https://postmaster.yahooinc.com/error-codes";
    let deferred = verdict(deferred);
    assert_eq!(deferred.party, Some(Party::Sender));
    assert_eq!(deferred.action, Action::SlowDown);
    let not_found = "552 1 Requested mail action aborted, mailbox not found";
    assert_reason(not_found, Reason::MailboxUnknown, Action::Suppress);
}

#[test]
fn words_beat_the_code_beside_them() {
    let rate = "550 5.1.1 Too many messages to unknown recipients in the last hour, try again later";
    assert_reason(rate, Reason::RateLimited, Action::SlowDown);
    assert!(verdict(rate).conflicts.contains(Conflict::Text));
    let relay = "550 5.1.1 <ann@a.example>: Relay access denied";
    assert_reason(relay, Reason::RelayDenied, Action::FixSession);
    let no_ptr = "450 4.7.25 Client host rejected: cannot find your reverse hostname, [192.0.2.7]";
    assert_reason(no_ptr, Reason::ReverseDns, Action::FixDns);
    let tls = "530 5.7.0 Must issue a STARTTLS command first";
    assert_reason(tls, Reason::Tls, Action::FixSession);
    let orange = "421 smtp-in.orange.fr ME Trop de connexions, veuillez verifier votre configuration. \
        Too many connections, slow down. OFR004_104 [104]";
    assert_reason(orange, Reason::RateLimited, Action::SlowDown);
    let listed = "554 5.7.1 <ann@a.example>: Recipient address rejected: listed at zen.spamhaus.org";
    assert_reason(listed, Reason::Blocklisted, Action::Delist);
    assert_eq!(verdict(listed).blocklist.map(|list| list.id), Some("spamhaus"));
}

#[test]
fn codes_alone_say_what_they_can_and_no_more() {
    assert_bare("550", Reason::Unknown, Action::Review, Basis::None);
    assert_bare("550 5.7.1", Reason::Policy, Action::Review, Basis::Enhanced);
    assert_bare("550 5.1.1", Reason::MailboxUnknown, Action::Suppress, Basis::Enhanced);
    assert_bare("450 4.1.1", Reason::MailboxUnknown, Action::Retry, Basis::Enhanced);
    assert_bare("556", Reason::DomainNoMail, Action::Suppress, Basis::Reply);
    assert_bare("556 5.1.10", Reason::DomainNoMail, Action::Suppress, Basis::Enhanced);
    assert_bare("535", Reason::Credentials, Action::FixSession, Basis::Reply);
    assert_bare("4.4.7", Reason::Expired, Action::Review, Basis::Enhanced);
}

#[test]
fn a_success_stays_one_whatever_words_stand_in_it() {
    for reply in ["250 2.0.0 OK user unknown, mailbox full, listed at zen.spamhaus.org", "354 End data: no such user"] {
        let verdict = verdict(reply);
        assert_eq!((verdict.reason, verdict.party, verdict.action), (None, None, Action::None), "{reply}");
        assert!(verdict.rule.is_none() && verdict.matched.is_none());
    }
    assert_eq!(verdict("250 OK").class, Some(Severity::PositiveCompletion));
    assert_eq!(verdict("354 Go").class, Some(Severity::PositiveIntermediate));
}

#[test]
fn without_a_code_no_address_is_given_up() {
    let nothing = verdict("");
    assert_eq!((nothing.class, nothing.reason, nothing.basis), (None, Some(Reason::Unknown), Basis::None));
    assert_eq!(nothing.action, Action::Review);
    let sentence = verdict("Our manual explains what a server means when it says that a user is unknown.");
    assert_ne!(sentence.action, Action::Suppress);
    assert_ne!(verdict("User unknown").action, Action::Suppress);
}

#[test]
fn a_transient_failure_never_gives_up_an_address() {
    for reply in
        ["450 4.1.1 User unknown in local recipient table", "452 4.2.1 Mailbox disabled", "421 4.1.2 No such domain"]
    {
        assert_ne!(verdict(reply).action, Action::Suppress, "{reply}");
        assert_eq!(verdict(reply).class, Some(Severity::TransientNegativeCompletion));
    }
}

#[test]
fn contradictions_are_told_and_the_class_is_kept() {
    let verdict = verdict("550 4.2.1 Mailbox disabled, not accepting messages");
    assert_eq!(verdict.class, Some(Severity::PermanentNegativeCompletion));
    assert!(verdict.conflicts.contains(Conflict::Classes));
    assert!(!smtp_codes::verdict("550 5.2.1 Mailbox disabled").conflicts.contains(Conflict::Classes));
    assert!(smtp_codes::verdict("450 4.1.1").conflicts.contains(Conflict::Registered));
}

#[test]
fn surroundings_are_peeled_off() {
    let plain = verdict("550 5.1.1 User unknown");
    for text in [
        "host mx.a.example[192.0.2.1] said: 550 5.1.1 User unknown (in reply to RCPT TO command)",
        "smtp; 550 5.1.1 User unknown",
        "<<< 550 5.1.1 User unknown",
        "550-5.1.1 User\r\n550 5.1.1 unknown",
        "550 User unknown (#5.1.1)",
        "to=<ann@a.example>, relay=mx.a.example[192.0.2.1]:25, dsn=5.1.1, status=bounced (host mx.a.example[192.0.2.1] \
            said: 550 5.1.1 User unknown (in reply to RCPT TO command))",
    ] {
        let verdict = verdict(text);
        assert_eq!(facts(&verdict), facts(&plain), "{text}");
    }
}

#[test]
fn names_of_mailboxes_and_hosts_are_no_words() {
    let verdict = verdict("550 5.1.1 <spam.virus@relay-denied.example>: no such user at blocked.blacklist.example");
    assert_eq!(verdict.reason, Some(Reason::MailboxUnknown));
}

#[test]
fn the_words_that_decided_lie_where_it_says() {
    let text = "host mx.a.example said: 554 5.7.1 <ann@a.example>: Relay access denied (in reply to RCPT TO command)";
    let matched = verdict(text).matched.unwrap();
    assert_eq!(&text[matched], "Relay access denied");
    let text = "550-5.1.1 The email account that you tried to reach does\r\n550-5.1.1 not exist. - gsmtp";
    let matched = verdict(text).matched.unwrap();
    assert!(text[matched].ends_with("not exist"));
}

#[test]
fn the_time_to_wait_is_told_in_seconds() {
    assert_eq!(verdict("451 4.7.1 Greylisted, please try again in 5 minutes").retry_after, Some(300));
    assert_eq!(verdict("450 4.7.1 Greylisting in action, try again in 60 seconds").retry_after, Some(60));
    assert_eq!(verdict("450 4.7.1 Try again later").retry_after, None);
    assert_eq!(verdict("421 4.7.0 More than 100 messages in 60 minutes").retry_after, None);
}

#[test]
fn known_codes_host_and_phase_count_like_those_in_the_text() {
    let code = EnhancedCode::from_bytes(b"5.2.2").unwrap();
    let given = Rejection::new(b"").reply(ReplyCode::MAILBOX_UNAVAILABLE).enhanced(code).phase(Phase::Rcpt).verdict();
    assert_eq!(given.reason, SubjectDetail::MAILBOX_FULL.entry().unwrap().reason);
    let google = Rejection::new(b"550 5.7.1").host("ALT1.gmail-smtp-in.l.google.com.").verdict();
    assert_eq!(google.provider.map(|provider| provider.id), Some("gmail"));
    let other = Rejection::new(b"550 5.7.1").host("notgoogle.com").verdict();
    assert_eq!(other.provider.map(|provider| provider.id), None);
}

#[test]
fn every_verdict_on_a_failure_names_its_evidence() {
    let by_rule = verdict("550 5.1.1 User unknown");
    assert!(by_rule.rule.is_some() && by_rule.sources().count() > 0);
    let by_code = verdict("550 5.1.1");
    assert!(by_code.rule.is_none() && by_code.sources().count() > 0);
    assert_eq!(verdict("550").sources().count(), 0);
}

#[test]
fn languages_and_spellings_are_read_alike() {
    for text in [
        "550 5.1.1 Benutzer unbekannt",
        "550 5.1.1 Utilisateur inconnu",
        "550 Почтовый ящик не существует",
        "550 用户不存在",
        "550 MAILBOX NOT FOUND!!!",
        "550 no such user here",
    ] {
        assert_eq!(verdict(text).reason, Some(Reason::MailboxUnknown), "{text}");
    }
    // The same words in Latin-1.
    assert_eq!(verdict(b"552 bo\xeete aux lettres pleine").reason, Some(Reason::MailboxFull));
}

#[track_caller]
fn assert_reason(reply: &str, reason: Reason, action: Action) {
    let verdict = verdict(reply);
    let rule = verdict.rule.map(|rule| rule.id);
    assert_eq!((verdict.reason, verdict.action), (Some(reason), action), "{reply}: {rule:?}");
    assert_eq!(verdict.party, reason.party());
}

#[track_caller]
fn assert_bare(codes: &str, reason: Reason, action: Action, basis: Basis) {
    let verdict = verdict(codes);
    assert_eq!((verdict.reason, verdict.action, verdict.basis), (Some(reason), action, basis), "{codes}");
    assert!(verdict.rule.is_none() && verdict.matched.is_none());
}

fn facts(verdict: &Verdict<'_>) -> (Option<ReplyCode>, Option<EnhancedCode>, Option<Reason>, Option<&'static str>) {
    (verdict.reply, verdict.enhanced, verdict.reason, verdict.rule.map(|rule| rule.reason.as_str()))
}
