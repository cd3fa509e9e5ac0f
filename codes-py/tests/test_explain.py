import smtplib
from email import message_from_bytes, message_from_string, policy
from email.message import EmailMessage, Message

import aiosmtplib
import pytest

from smtp_codes import Explanation, ParseError, Reason, explain, verdict

REPORT = b"""\
From: Mail Delivery System <MAILER-DAEMON@mx.example>
Subject: Undelivered Mail Returned to Sender
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="=_1"

--=_1
Content-Type: text/plain

<user@example.com>: host mail.example.com[192.0.2.25] said: 550 5.1.1
    <user@example.com>: Recipient address rejected (in reply to RCPT TO command)

--=_1
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.example

Final-Recipient: rfc822; user@example.com
Action: failed
Status: 5.1.1
Diagnostic-Code: smtp; 550 5.1.1 <user@example.com>: Recipient address rejected

--=_1--
"""


def found(explanation: Explanation) -> list[str]:
    return [str(answer) for answer in explanation]


def test_each_code_is_explained_once_in_the_order_of_the_text() -> None:
    text = "452 4.2.2 over quota\n550 5.1.1 no such user\n452 4.2.2 over quota"
    assert found(explain(text)) == found(explain(text.encode())) == ["452", "4.2.2", "550", "5.1.1"]


def test_codes_that_no_table_lists_are_explained_as_such() -> None:
    explanation = explain("571 5.7.606 Access denied")
    assert found(explanation) == ["571", "5.7.606"]
    assert [answer.title for answer in explanation] == [None, None]


def test_pairs_of_code_and_text_are_put_together() -> None:
    assert found(explain((550, b"5.7.1 Relaying denied"))) == ["550", "5.7.1"]
    assert found(explain((550, "5.7.1 Relaying denied"))) == ["550", "5.7.1"]
    assert found(explain(aiosmtplib.SMTPResponse(451, "4.7.1 Try again later"))) == ["451", "4.7.1"]
    assert found(explain((-1, b"5.7.1 Relaying denied"))) == ["5.7.1"]


def test_a_pair_with_another_number_is_refused() -> None:
    with pytest.raises(ParseError, match="^unexpected 99 while parsing a reply code: expected 200 to 599$"):
        explain((99, "?"))


@pytest.mark.parametrize(
    "exception",
    [
        smtplib.SMTPResponseException(550, b"5.1.1 No such user"),
        smtplib.SMTPDataError(550, b"5.1.1 No such user"),
        smtplib.SMTPSenderRefused(550, b"5.1.1 No such user", "sender@example.com"),
        smtplib.SMTPRecipientsRefused({"user@example.com": (550, b"5.1.1 No such user")}),
        aiosmtplib.SMTPResponseException(550, "5.1.1 No such user"),
        aiosmtplib.SMTPRecipientRefused(550, "5.1.1 No such user", "user@example.com"),
        aiosmtplib.SMTPRecipientsRefused([aiosmtplib.SMTPRecipientRefused(550, "5.1.1 No such user", "user@example.com")]),
        RuntimeError("sending failed: 550 5.1.1 No such user"),
    ],
)
def test_exceptions_are_read(exception: Exception) -> None:
    assert found(explain(exception)) == ["550", "5.1.1"]


def test_exceptions_without_a_code_have_nothing_to_explain() -> None:
    assert found(explain(smtplib.SMTPServerDisconnected("Connection unexpectedly closed"))) == []
    assert found(explain(aiosmtplib.SMTPTimeoutError("Timed out"))) == []
    assert found(explain(ValueError())) == []


def test_what_sendmail_returns_is_read() -> None:
    refused = {"a@example.com": (550, b"5.1.1 No such user"), "b@example.com": (452, b"4.2.2 Mailbox full")}
    assert found(explain(refused)) == ["550", "5.1.1", "452", "4.2.2"]
    empty: dict[str, tuple[int, bytes]] = {}
    assert found(explain(empty)) == []


def test_messages_are_read() -> None:
    assert found(explain(REPORT)) == ["550", "5.1.1"]
    assert found(explain(message_from_bytes(REPORT))) == ["550", "5.1.1"]
    assert found(explain(message_from_bytes(REPORT, policy=policy.default))) == ["550", "5.1.1"]
    message = EmailMessage()
    message.set_content("The server said: 552 5.3.4 too large")
    assert found(explain(message)) == ["552", "5.3.4"]


def test_a_message_that_has_no_form_in_bytes_is_read_as_a_string() -> None:
    message: Message = message_from_string("Subject: \u20ac\n\nThe server said: 550 5.1.1 \u20ac unknown\n")
    with pytest.raises(UnicodeEncodeError):
        message.as_bytes()
    assert found(explain(message)) == ["550", "5.1.1"]


def test_other_objects_are_refused() -> None:
    expected = "^expected str, bytes, \\(code, text\\), an exception or an email message, not "
    with pytest.raises(TypeError, match=f"{expected}int$"):
        explain(550)  # type: ignore[arg-type]
    with pytest.raises(TypeError, match=f"{expected}NoneType$"):
        explain(None)  # type: ignore[arg-type]
    with pytest.raises(TypeError, match=f"{expected}tuple$"):
        explain((550, "5.1.1", "x"))  # type: ignore[arg-type]
    with pytest.raises(TypeError, match="^expected str or bytes, not int$"):
        explain((550, 511))  # type: ignore[arg-type]
    with pytest.raises(TypeError, match="^expected \\(code, text\\) for each recipient, not int$"):
        explain({"user@example.com": 550})  # type: ignore[arg-type]


def test_an_explanation_is_a_sequence_of_answers() -> None:
    explanation = explain("550 5.1.1 no such user")
    assert len(explanation) == 2
    assert explanation[0] is explanation.answers[0]
    assert explanation[-1] is explanation.answers[1]
    assert bool(explanation) and not explain("")
    assert explanation[:1] == explanation.answers[:1]
    with pytest.raises(IndexError):
        explanation[2]
    match explanation:
        case Explanation((reply, enhanced)):
            assert (str(reply), str(enhanced)) == ("550", "5.1.1")
        case _:
            pytest.fail("does not match")


def test_an_explanation_begins_with_the_verdict() -> None:
    explanation = explain((550, b"5.1.1 <user@example.com>: User unknown"))
    assert explanation.verdict is not None
    assert explanation.verdict == verdict((550, b"5.1.1 <user@example.com>: User unknown"))
    assert str(explanation).startswith(f"{explanation.verdict}\n\n550: ")


def test_options_of_a_verdict_are_heeded() -> None:
    explanation = explain("550 5.7.27", host="alt1.gmail-smtp-in.l.google.com")
    assert explanation.verdict is not None
    assert explanation.verdict.reason is Reason.AUTHENTICATION_FAILED


def test_several_refused_recipients_have_no_verdict_in_common() -> None:
    refused = {"a@example.com": (550, b"5.1.1 No such user"), "b@example.com": (452, b"4.2.2 Mailbox full")}
    assert explain(refused).verdict is None
    del refused["a@example.com"]
    assert explain(refused).verdict == verdict((452, b"4.2.2 Mailbox full"))


def test_an_explanation_is_plain_text_to_read() -> None:
    explanation = explain("Status: 5.2.1", provider="exchange-2003")
    [answer] = explanation
    assert len(answer.claims) == 2
    assert str(explanation) == f"{explanation.verdict}\n\n" + "\n".join(
        [f"5.2.1: {answer.title}", f"{answer.summary}", f"{answer.advice}", "(RFC 3463, Section 3.3)"]
        + [f"{claim.provider.name}: {claim.meaning} {claim.advice}" for claim in answer.claims]
    )
    assert str(explain("error 578 here")).endswith("\n\n578: not in the standards")
    assert str(explain("")) == ""


def test_ten_megabytes_of_anything_are_explained() -> None:
    assert found(explain(b"x" * 10_000_000)) == []
    assert found(explain("550 5.1.1 no such user\n" * 500_000)) == ["550", "5.1.1"]
    assert found(explain(b"\x00\xff\x1b" * 3_000_000)) == []
