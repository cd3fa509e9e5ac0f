//! Which words give up an address and which must not, as tables. The replies are written for this test.

use smtp_codes::{Action, Reason, verdict};

/// Says that a recipient is gone.
const GONE: [&str; 12] = [
    "User unknown",
    "No such user here",
    "Mailbox not found",
    "user does not exist",
    "Recipient doesn't exist",
    "account disabled",
    "invalid recipient",
    "No mailbox here by that name",
    "unknown user: \"ann\"",
    "The mailbox of ann could not be found",
    "mailbox is inactive",
    "this user no longer has an account here",
];

/// Says what else is wrong: then nothing is said of the recipient, whatever words stand beside.
const SOMETHING_ELSE: [&str; 30] = [
    "{}; Client host [192.0.2.1] blocked using zen.spamhaus.org",
    "{}: too many messages from your IP",
    "{} (greylisted, try again later)",
    "Sender verify failed: {}",
    "SPF check failed for b.example; {}",
    "relay access denied; {}",
    "{}, we do not relay",
    "Message rejected as spam; {}",
    "virus found; {}",
    "Authentication required; {}",
    "Must issue a STARTTLS command first; {}",
    "No PTR record for your IP; {}",
    "mailbox full: {}",
    "Rate limit exceeded: {}",
    "poor reputation; {}",
    "HELO name invalid; {}",
    "<x@b.example>: Sender address rejected: {}",
    "Invalid sender: {}",
    "DMARC policy violation; {}",
    "Too many recipients; {}",
    "attachment not allowed; {}",
    "{}: sending quota exceeded",
    "listed in RBL: {}",
    "Envelope sender: {}",
    "{} for sender x@b.example",
    "the sender's {}",
    "Return-Path {}",
    "Your domain: {}",
    "message looks like spam, {}",
    "{} in your DNS",
];

#[test]
fn a_recipient_that_is_gone_is_given_up_in_any_frame() {
    for words in GONE {
        for frame in [
            "550 {}",
            "550 5.1.1 {}",
            "host mx.a.example[192.0.2.1] said: 550 {} (in reply to RCPT TO command)",
            "SMTP error from remote mail server after RCPT TO:<ann@a.example>: host mx.a.example [192.0.2.1]: 550 {}",
            "192.0.2.1 does not like recipient.\nRemote host said: 550 {}\nGiving up on 192.0.2.1.",
            "Remote Server returned '550 {}'",
            "... while talking to mx.a.example.: >>> RCPT To:<ann@a.example> <<< 550 {}",
        ] {
            let text = frame.replace("{}", words);
            let verdict = verdict(&text);
            let reasons = [Reason::MailboxUnknown, Reason::MailboxDisabled];
            let rule = verdict.rule.map(|rule| rule.id);
            assert!(verdict.reason.is_some_and(|reason| reasons.contains(&reason)), "{text}: {rule:?}");
            assert_eq!(verdict.action, Action::Suppress, "{text}: {rule:?}");
        }
    }
}

#[test]
fn words_of_something_else_give_up_no_address() {
    for words in GONE {
        for other in SOMETHING_ELSE {
            for codes in ["550", "550 5.1.1", "554 5.7.1"] {
                let text = format!("{codes} {}", other.replace("{}", words));
                let verdict = verdict(&text);
                let rule = verdict.rule.map(|rule| rule.id);
                assert_ne!(verdict.action, Action::Suppress, "{text}: {:?} by {rule:?}", verdict.reason);
            }
        }
    }
}

/// Real servers put codes of dead recipients in front of other words.
#[test]
fn a_code_of_a_dead_recipient_does_not_outweigh_words() {
    for (reply, reason) in [
        ("521 5.2.1 : (CON:B1) http://postmaster.info.aol.com/errors/554conb1.html", Reason::Reputation),
        ("521 5.2.1 : AOL will not accept delivery of this message.", Reason::Policy),
        ("550 5.2.1 Mailbox unavailable: too many messages from your host in the last hour", Reason::RateLimited),
        ("550 5.1.1 User's mailbox does not have enough space", Reason::MailboxFull),
        ("550 5.1.1 The address you are sending from does not exist", Reason::SenderRejected),
        ("550 5.1.1 Your server was not acceptable", Reason::Policy),
        ("550 5.1.1 LDAP lookup failed, user not found", Reason::SystemError),
        ("550 5.2.1 <ann@a.example>... Mailbox does not accept external mail", Reason::RecipientRestricted),
    ] {
        let verdict = verdict(reply);
        assert_eq!(verdict.reason, Some(reason), "{reply}: {:?}", verdict.rule.map(|rule| rule.id));
        assert_ne!(verdict.action, Action::Suppress, "{reply}");
    }
}

/// A login that fails may name the user and the account too.
#[test]
fn a_login_gives_up_no_address() {
    for reply in [
        "535 user not found",
        "534 Username not found",
        "535 5.7.8 account disabled",
        "535 5.7.8 Error: no such user",
        "525 5.7.13 User account disabled",
        "530 5.7.0 Authentication required, user unknown",
    ] {
        assert_ne!(verdict(reply).action, Action::Suppress, "{reply}");
    }
}

#[test]
fn a_domain_that_sends_is_not_the_recipients() {
    for reply in [
        "554 5.7.1 This message has been blocked because the return email domain is invalid.",
        "550 5.1.2 sender domain not found",
        "550 Helo command rejected: domain not found",
        "550 5.1.8 Domain of sender address x@b.example does not exist",
        "550 DMARC record does not exist for your domain",
    ] {
        assert_ne!(verdict(reply).action, Action::Suppress, "{reply}");
    }
}
