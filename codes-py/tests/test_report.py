"""Whole messages: what they report, from each form in which a program holds one."""

from __future__ import annotations

import email
import json
from pathlib import Path

import pytest

import smtp_codes
from smtp_codes import Action, EnhancedCode, Phase, Reason, ReplyCode, ReportKind, report

MAIL = b"""Return-Path: <>
From: MAILER-DAEMON@mx.example
To: sam@sender.example
Subject: Undelivered Mail Returned to Sender
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary=b

--b
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.example
Arrival-Date: Tue, 3 Nov 2026 09:00:00 +0000

Original-Recipient: rfc822; ann@a.example
Final-Recipient: rfc822; smith@mail.a.example
Action: failed
Status: 5.1.1
Remote-MTA: dns; mx.a.example
Diagnostic-Code: smtp; 550 5.1.1 No such user here

Final-Recipient: rfc822; bob@b.example
Action: delayed
Status: 4.2.2

--b
Content-Type: text/rfc822-headers

Message-ID: <1@sender.example>
Subject: =?utf-8?q?Gr=C3=BC=C3=9Fe?=
From: sam@sender.example

--b--
"""


def test_a_report_has_what_the_message_says() -> None:
    read = report(MAIL)
    assert read.kind is ReportKind.FAILED
    assert (read.reporting_mta, read.arrival_date) == ("mx.example", "Tue, 3 Nov 2026 09:00:00 +0000")
    assert read.original is not None
    assert (read.original.message_id, read.original.subject) == ("<1@sender.example>", "Grüße")
    assert (read.original.from_, read.original.to) == ("sam@sender.example", None)
    ann, bob = read.recipients
    assert (ann.recipient, ann.original_recipient) == ("smith@mail.a.example", "ann@a.example")
    assert (ann.status, ann.reply, ann.remote_mta) == (EnhancedCode("5.1.1"), ReplyCode(550), "mx.a.example")
    assert ann.diagnostic == "550 5.1.1 No such user here"
    assert (ann.verdict.reason, ann.verdict.action) == (Reason.MAILBOX_UNKNOWN, Action.SUPPRESS)
    assert (bob.kind, bob.reply, bob.diagnostic) == (ReportKind.DELAYED, None, None)
    assert (bob.verdict.reason, bob.verdict.action) == (Reason.MAILBOX_FULL, Action.RETRY)
    assert repr(read) == "<Report failed: 2 recipients>"
    assert repr(bob) == "<Recipient 'bob@b.example': delayed>"
    assert repr(read.original) == "<Original '<1@sender.example>'>"


def test_each_form_of_a_message_is_read_alike(tmp_path: Path) -> None:
    file = tmp_path / "bounce.eml"
    file.write_bytes(MAIL)
    expected = report(MAIL)
    forms = (bytearray(MAIL), MAIL.decode(), email.message_from_bytes(MAIL), file, str(file))
    for form in forms:
        assert report(form) == expected


def test_the_phase_in_a_notice_is_told() -> None:
    mail = b"""Return-Path: <>
From: MAILER-DAEMON@mx.example
Subject: failure notice

I wasn't able to deliver your message to the following addresses.

<ann@a.example>:
192.0.2.1 does not like recipient.
Remote host said: 550 No such user here
"""
    (ann,) = report(mail).recipients
    assert (ann.phase, ann.diagnostic) == (Phase.RCPT, "550 No such user here")
    assert ann.verdict.text == ann.diagnostic


def test_users_own_rules_are_asked_first() -> None:
    rules = smtp_codes.Rules.parse(
        """
id = "acme"
name = "Acme"

[[rule]]
id = "acme-gone"
reason = "mailbox-moved"
words = ["no such user here"]
examples = ["550 5.1.1 No such user here"]
""",
        name="acme.toml",
    )
    (ann, _) = report(MAIL, rules=rules).recipients
    assert ann.verdict.reason is Reason.MAILBOX_MOVED


def test_a_dict_has_the_fields_of_the_command_line() -> None:
    fields = report(MAIL).as_dict()
    assert list(fields) == ["kind", "reporting_mta", "original", "recipients", "is_cut"]
    names = ["recipient", "original_recipient", "kind", "status", "reply", "remote_mta", "diagnostic", "verdict"]
    assert list(fields["recipients"][0]) == names
    assert json.loads(json.dumps(fields))["recipients"][0]["verdict"]["action"] == "suppress"


def test_limits_can_be_set() -> None:
    read = report(MAIL, limits={"recipients": 1})
    assert (len(read.recipients), read.is_cut) == (1, True)
    with pytest.raises(ValueError, match='unknown limit "size": expected message, parts, depth, recipients or text'):
        report(MAIL, limits={"size": 1})  # type: ignore[dict-item]
    with pytest.raises(TypeError, match="expected a mapping for limits, not int"):
        report(MAIL, limits=1)  # type: ignore[arg-type]


def test_what_is_no_message_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(TypeError, match="expected bytes, str, an email message or a path, not int"):
        report(550)  # type: ignore[arg-type]
    with pytest.raises(FileNotFoundError):
        report(tmp_path / "none.eml")
    with pytest.raises(FileNotFoundError):
        report("none.eml")


@pytest.mark.parametrize("mail", [b"", b"\0", b"\xff\n", b"Subject: hello\n\nhello\n"])
def test_any_bytes_are_read(mail: bytes) -> None:
    read = report(mail)
    assert (read.kind, read.recipients, read.original) == (ReportKind.NOT_A_REPORT, (), None)
