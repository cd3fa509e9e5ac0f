"""Verdicts: the hard cases have the same results as in Rust, and every object that holds a rejection is read."""

from __future__ import annotations

import json
import pickle
import random
import smtplib
from email.message import EmailMessage

import aiosmtplib
import pytest

from smtp_codes import (
    Action,
    Basis,
    Conflict,
    EnhancedCode,
    Page,
    ParseError,
    Party,
    Phase,
    Reason,
    Reference,
    ReplyCode,
    Rule,
    Verdict,
    recipient_verdicts,
    verdict,
)

UNKNOWN = "550 5.1.1 <ann@a.example>: Recipient address rejected: User unknown in local recipient table"


@pytest.mark.parametrize(
    "text, reason, action",
    [
        (UNKNOWN, "mailbox-unknown", "suppress"),
        (
            "550 5.4.1 Recipient address rejected: Access denied. "
            "[AM0EUR02FT033.eop-EUR02.prod.protection.outlook.com]",
            "mailbox-unknown",
            "suppress",
        ),
        (
            "550 5.7.1 Unfortunately, messages from [192.0.2.7] weren't sent. Please contact your Internet service "
            "provider since part of their network is on our block list (S3150). "
            "[xx.eop-nam12.prod.protection.outlook.com]",
            "blocklisted",
            "delist",
        ),
        (
            "550-5.7.26 This message does not have authentication information or fails to pass\r\n"
            "550 5.7.26 authentication checks. - gsmtp",
            "authentication-failed",
            "fix-authentication",
        ),
        ((552, "1 Requested mail action aborted, mailbox not found"), "mailbox-unknown", "suppress"),
        ("550 5.1.1 Too many messages to unknown recipients in the last hour", "rate-limited", "slow-down"),
        ("550 5.1.1 <ann@a.example>: Relay access denied", "relay-denied", "fix-session"),
        ("530 5.7.0 Must issue a STARTTLS command first", "tls", "fix-session"),
        ("556 5.1.10", "domain-no-mail", "suppress"),
        ("550", "unknown", "review"),
        ("550 5.7.1", "policy", "review"),
        ("450 4.1.1 User unknown in local recipient table", "mailbox-unknown", "retry"),
        ("550 Почтовый ящик не существует", "mailbox-unknown", "suppress"),
        (b"552 bo\xeete aux lettres pleine", "mailbox-full", "retry"),
        ("", "unknown", "review"),
        ("User unknown", "mailbox-unknown", "review"),
    ],
)
def test_hard_cases_have_the_results_of_rust(text: str | bytes | tuple[int, str], reason: str, action: str) -> None:
    given = verdict(text)
    assert (given.reason, given.action) == (reason, action)
    assert given.party == Reason(reason).party


def test_a_success_stays_one_whatever_words_stand_in_it() -> None:
    given = verdict("250 2.0.0 OK user unknown, mailbox full")
    assert (given.class_, given.reason, given.party, given.action) == ("success", None, None, Action.NONE)
    assert (given.rule, given.matched, given.matched_text) == (None, None, None)
    assert repr(given) == "<Verdict success: none>"
    assert verdict("354 Go").class_ == "intermediate"


def test_a_verdict_has_all_that_it_rests_on() -> None:
    given = verdict("550 4.2.1 client host [192.0.2.1] blocked using zen.spamhaus.org")
    assert (given.reply, given.enhanced, given.class_) == (ReplyCode(550), EnhancedCode("4.2.1"), "permanent")
    assert (given.reason, given.party, given.action) == (Reason.BLOCKLISTED, Party.SENDER, Action.DELIST)
    assert given.basis is Basis.TEXT and given.rule is not None and given.rule.reason is Reason.BLOCKLISTED
    assert given.blocklist is not None and given.blocklist.id == "spamhaus"
    assert Conflict.CLASSES in given.conflicts
    assert Conflict.CLASSES.message == "The reply code and the enhanced status code are of different classes."
    assert given.sources and all(isinstance(source, Page) for source in given.sources)
    assert all(isinstance(source, Reference) for source in verdict("550 5.1.1").sources)
    assert len(set(verdict("550 5.1.1").sources)) == len(verdict("550 5.1.1").sources)
    assert verdict("450 4.7.1 Greylisted, please try again in 5 minutes").retry_after == 300


def test_a_dict_has_the_fields_of_the_command_line() -> None:
    assert verdict("550 5.1.1 Gr\u00fc\u00dfe: User unknown").as_dict() | {"sources": []} == {
        "reply": 550,
        "enhanced": "5.1.1",
        "class": "permanent",
        "reason": "mailbox-unknown",
        "party": "recipient",
        "action": "suppress",
        "provider": None,
        "rule": "en-user-unknown",
        "basis": "text",
        "matched": [19, 31],
        "retry_after": None,
        "blocklist": None,
        "conflicts": [],
        "sources": [],
    }
    sources = verdict("550 5.1.1").as_dict()["sources"]
    assert sources[0] == {
        "document": "RFC 3463",
        "section": "3.2",
        "url": "https://www.rfc-editor.org/rfc/rfc3463#section-3.2",
    }
    assert set(verdict(UNKNOWN).as_dict()["sources"][0]) == {"title", "url", "read"}
    assert json.loads(json.dumps(verdict("").as_dict()))["reply"] is None


@pytest.mark.parametrize("text", [UNKNOWN, "550 5.1.1 Gr\u00fc\u00dfe \U0001f4a9: User unknown", "\udce4 550 User unknown"])
def test_the_words_that_decided_lie_where_it_says(text: str) -> None:
    for object in (text, text.encode("utf-8", "surrogatepass")):
        given = verdict(object)
        assert given.matched is not None and given.text == object
        assert given.matched_text and given.matched_text in UNKNOWN
        start, end = given.matched
        words = object[start:end]
        assert (words if isinstance(words, str) else words.decode()) == given.matched_text
    assert verdict(text).as_dict() == verdict(text.encode("utf-8", "surrogatepass")).as_dict()


def test_a_pair_has_the_verdict_of_the_whole_reply() -> None:
    differ = []
    for rule in Rule.all():
        code, space, text = rule.example.partition(" ")
        # Yahoo writes `554 30`: a number behind another is found to be a code only where it is given as one.
        if len(code) == 3 and code.isdigit() and not text[:2].isdigit():
            pair, whole = verdict((int(code), text)), verdict(rule.example)
            if (pair.reason, pair.action, pair.rule, pair.matched_text, pair.enhanced) != (
                (whole.reason, whole.action, whole.rule, whole.matched_text, whole.enhanced)
            ):
                differ.append(rule.id)
    assert differ == []


@pytest.mark.parametrize(
    "exception",
    [
        smtplib.SMTPDataError(550, b"5.1.1 User unknown"),
        smtplib.SMTPRecipientsRefused({"ann@a.example": (550, b"5.1.1 User unknown")}),
        aiosmtplib.SMTPDataError(550, "5.1.1 User unknown"),
        aiosmtplib.SMTPRecipientsRefused([aiosmtplib.SMTPRecipientRefused(550, "5.1.1 User unknown", "ann@a.example")]),
        RuntimeError("sending failed: 550 5.1.1 User unknown"),
    ],
)
def test_exceptions_are_judged(exception: Exception) -> None:
    given = verdict(exception)
    assert (given.reply, given.enhanced, given.reason) == (ReplyCode(550), EnhancedCode("5.1.1"), Reason.MAILBOX_UNKNOWN)
    assert given.matched_text == "User unknown"


def test_exceptions_without_a_reply_are_judged_by_their_words() -> None:
    assert verdict(smtplib.SMTPServerDisconnected("Connection unexpectedly closed")).class_ is None
    assert verdict((-1, b"")).basis is Basis.NONE


def test_refused_recipients_have_a_verdict_each() -> None:
    refused = {"ann@a.example": (550, b"5.1.1 User unknown"), "bob@a.example": (452, b"4.2.2 Mailbox full")}
    expected = {"ann@a.example": Reason.MAILBOX_UNKNOWN, "bob@a.example": Reason.MAILBOX_FULL}
    exceptions = [
        aiosmtplib.SMTPRecipientRefused(code, text.decode(), name) for name, (code, text) in refused.items()
    ]
    for object in (refused, smtplib.SMTPRecipientsRefused(refused), aiosmtplib.SMTPRecipientsRefused(exceptions)):
        assert {name: given.reason for name, given in recipient_verdicts(object).items()} == expected
        with pytest.raises(ValueError) as raised:
            verdict(object)
        assert str(raised.value) == "expected one refused recipient, not 2: recipient_verdicts() takes several"
    empty: dict[str, tuple[int, bytes]] = {}
    assert recipient_verdicts(empty) == {}
    with pytest.raises(TypeError, match="^expected what sendmail\\(\\) returns or an exception about refused recipients, not str$"):
        recipient_verdicts("550")  # type: ignore[arg-type]


def test_what_is_known_counts_like_what_stands_in_the_text() -> None:
    assert verdict("", reply=550, enhanced="5.2.2").reason is Reason.MAILBOX_FULL
    assert verdict("550 User unknown", reply="450").action is Action.RETRY
    bare = verdict("550 5.7.27", host="alt1.gmail-smtp-in.l.google.com")
    assert (bare.reason, bare.basis) == (Reason.AUTHENTICATION_FAILED, Basis.PROVIDER_CODE)
    assert bare.provider is not None and bare.provider.id == "gmail"
    assert verdict("550 5.7.27").reason is Reason.SENDER_REJECTED
    assert verdict("550 5.7.1", phase=Phase.RCPT) == verdict("550 5.7.1", phase="rcpt")


def test_verdicts_are_values() -> None:
    given = verdict(UNKNOWN, host="mx.a.example", phase="rcpt")
    for other in (verdict(UNKNOWN.encode()), pickle.loads(pickle.dumps(given))):
        assert other == given and hash(other) == hash(given)
        assert other.as_dict() == given.as_dict()
    assert given != verdict("450 4.1.1 User unknown") and given != "suppress"
    assert repr(given) == "<Verdict mailbox-unknown: suppress>"
    with pytest.raises(AttributeError):
        given.action = Action.RETRY  # type: ignore[misc]
    match given:
        case Verdict(Reason.MAILBOX_UNKNOWN, party, Action.SUPPRESS):
            assert party is Party.RECIPIENT
        case _:
            pytest.fail("does not match")


def test_a_verdict_is_plain_text_in_the_order_of_its_use() -> None:
    given = verdict("550 5.1.1 User\x1b unknown")
    lines = [line.partition(":")[0] for line in str(given).split("\n")]
    assert lines == ["mailbox-unknown", "Means", "Side", "Do", "Codes", "Evidence"] + ["Source"] * len(given.sources)
    assert 'Evidence: the words "User\\u{1b} unknown", by the rule en-user-unknown' in str(given).split("\n")


def test_other_objects_are_refused() -> None:
    expected = "^expected str, bytes, \\(code, text\\) or an exception, not "
    for object in (None, 550, ["550"], EmailMessage(), (550, "5.1.1", "x")):
        with pytest.raises(TypeError, match=f"{expected}{type(object).__name__}$"):
            verdict(object)  # type: ignore[arg-type]
    with pytest.raises(TypeError, match="^expected str or bytes, not NoneType$"):
        verdict((550, None))  # type: ignore[arg-type]
    with pytest.raises(ParseError, match="^unexpected 99 while parsing a reply code: expected 200 to 599$"):
        verdict((99, "?"))


def test_options_of_the_wrong_kind_are_refused_by_name() -> None:
    with pytest.raises(TypeError, match="^expected str for host, not bytes$"):
        verdict("", host=b"mx")  # type: ignore[arg-type]
    with pytest.raises(TypeError, match="^expected Rules for rules, not str$"):
        verdict("", rules="acme.toml")  # type: ignore[arg-type]
    with pytest.raises(TypeError, match="^expected EnhancedCode, str or bytes, not float$"):
        verdict("", enhanced=5.1)  # type: ignore[arg-type]
    with pytest.raises(ValueError, match="^'ehlo' is not a valid Phase$"):
        verdict("", phase="ehlo")  # type: ignore[arg-type]
    with pytest.raises(ParseError, match="^unexpected end while parsing an enhanced status code"):
        verdict("", enhanced="5.1")


def test_any_bytes_have_a_verdict_whose_words_lie_on_them() -> None:
    chance = random.Random(7)
    pieces = [rule.example.encode() for rule in Rule.all()] + [b"\x00", b"\xff\xc3", b"\r\n", b"550 5.1.1 "]
    for _ in range(3000):
        text = b"".join(chance.choice(pieces) for _ in range(chance.randrange(4))) + chance.randbytes(chance.randrange(40))
        start = chance.randrange(len(text) + 1)
        text = text[start:]
        loose = text.decode("utf-8", "surrogateescape")
        for object in (text, loose, (550, text)):
            given = verdict(object)
            assert isinstance(given.text, (str, bytes)) and str(given) and given.as_dict()
            assert hash(given) == hash(verdict(object))
            if given.matched is not None:
                assert 0 <= given.matched[0] < given.matched[1] <= len(given.text)


def test_long_lines_have_a_verdict() -> None:
    assert verdict("550 5.1.1 User unknown" + " x" * 1_000_000).reason is Reason.MAILBOX_UNKNOWN
    assert verdict(bytes(10_000_000)).basis is Basis.NONE


def test_a_delay_gives_no_address_up() -> None:
    given = verdict("550 5.1.1 User unknown", delayed=True)
    assert (given.reason, given.action) == (Reason.MAILBOX_UNKNOWN, Action.RETRY)
    assert pickle.loads(pickle.dumps(given)).action is Action.RETRY
