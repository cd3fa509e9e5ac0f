import pickle

import pytest

from smtp_codes import Anomaly, EnhancedCode, ParseError, Reply, ReplyCode

TWO_LINES = b"550-5.1.1 No such user\r\n550 5.1.1 here\r\n"


def test_a_reply_has_codes_text_and_lines() -> None:
    reply = Reply.parse(TWO_LINES)
    assert reply.code is ReplyCode.MAILBOX_UNAVAILABLE
    assert reply.enhanced == EnhancedCode("5.1.1")
    assert reply.text == "No such user"
    assert reply.raw == TWO_LINES
    assert reply.anomalies == ()
    assert [(line.code, line.separator, line.enhanced, line.text) for line in reply.lines] == [
        (ReplyCode(550), "-", EnhancedCode("5.1.1"), "No such user"),
        (ReplyCode(550), " ", EnhancedCode("5.1.1"), "here"),
    ]


@pytest.mark.parametrize(
    "raw",
    [TWO_LINES, b"550 5.7.606 denied", b"571", b"550-one\n551 two\nthree", b"250\r\n", b"550 \xff\x00\x1b[31m\xe4\r\n"],
)
def test_replies_are_lossless(raw: bytes) -> None:
    reply = Reply.parse(raw)
    assert reply.raw == b"".join(line.raw for line in reply.lines) == raw
    assert eval(repr(reply)) == pickle.loads(pickle.dumps(reply)) == reply
    assert hash(Reply.parse(raw)) == hash(reply)


def test_what_is_odd_is_named() -> None:
    reply = Reply.parse(b"550 4.7.1 Try later\n")
    assert reply.anomalies == (Anomaly.BARE_LINE_FEED, Anomaly.CLASS_CONTRADICTS_CODE)
    assert reply.anomalies[0].description == "a line ends with a line feed without a carriage return"
    assert reply.lines[0].anomalies == reply.anomalies


def test_text_may_be_str_or_bytes_and_need_not_be_utf_8() -> None:
    assert Reply.parse("550 Kein Empf\u00e4nger").text == "Kein Empf\u00e4nger"
    reply = Reply.parse(b"550 Kein Empf\xe4nger")
    assert reply.text == "Kein Empf\ufffdnger"
    assert Anomaly.NOT_UTF8 in reply.anomalies


def test_replies_match_by_code_enhanced_code_and_text() -> None:
    match Reply.parse("421 4.7.0 Too many connections\r\n"):
        case Reply(ReplyCode(421), EnhancedCode(4, 7, 0), text):
            assert text == "Too many connections"
        case _:
            pytest.fail("does not match")


def test_replies_are_taken_off_the_front_of_a_buffer() -> None:
    first, rest = Reply.parse_prefix(b"250-mx.example\r\n250 SIZE\r\n250 2.1.0 OK\r\n550 5.1")
    second, rest = Reply.parse_prefix(rest)
    assert (len(first.lines), second.text, rest) == (2, "OK", b"550 5.1")
    with pytest.raises(ParseError) as raised:
        Reply.parse_prefix(rest)
    assert raised.value.is_incomplete


def error(reply: str | bytes) -> str:
    with pytest.raises(ParseError) as raised:
        Reply.parse(reply)
    assert raised.value.is_incomplete == (str(raised.value).startswith("unexpected end"))
    return str(raised.value)


def test_what_is_no_reply_is_refused_with_the_reason() -> None:
    assert error("") == "unexpected end while parsing a reply code: expected a first digit from 2 to 5"
    assert error("55") == "unexpected end while parsing a reply code: expected a digit"
    assert error("Hello") == "unexpected 'H' at byte 0 while parsing a reply code: expected a first digit from 2 to 5"
    assert error(b"\x00550") == (
        "unexpected byte 0x00 at byte 0 while parsing a reply code: expected a first digit from 2 to 5"
    )
    assert error("5501 No") == (
        "unexpected '1' at byte 3 while parsing a reply: expected ' ', '-' or a line end after the code"
    )
    with pytest.raises(TypeError, match="^expected str or bytes, not int$"):
        Reply.parse(550)  # type: ignore[arg-type]


def test_ten_megabytes_on_one_line_are_a_reply() -> None:
    reply = Reply.parse(b"550 " + b"x" * 10_000_000)
    assert len(reply.text) == 10_000_000
