import copy
import pickle

import pytest

from smtp_codes import Category, ParseError, ReplyCode, Severity


def error(code: object) -> str:
    with pytest.raises(ParseError) as raised:
        ReplyCode(code)  # type: ignore[arg-type]
    return str(raised.value)


def test_every_number_from_200_to_599_round_trips() -> None:
    for number in range(200, 600):
        code = ReplyCode(number)
        assert int(code) == code.number == number
        assert str(code) == str(number)
        assert ReplyCode(str(code)) == ReplyCode(str(code).encode()) == code
        assert eval(repr(code)) == code
        assert pickle.loads(pickle.dumps(code)) == copy.deepcopy(code) == code


def test_numbers_outside_are_refused_with_the_reason() -> None:
    assert error(199) == "unexpected 199 while parsing a reply code: expected 200 to 599"
    assert error(600) == "unexpected 600 while parsing a reply code: expected 200 to 599"
    assert error(0) == "unexpected 0 while parsing a reply code: expected 200 to 599"
    assert error(-550) == "unexpected '-' at byte 0 while parsing a reply code: expected a first digit from 2 to 5"
    assert error(550_000) == "unexpected '0' at byte 3 while parsing a reply code: expected three digits"
    assert error(10**40) == "unexpected '1' at byte 0 while parsing a reply code: expected a first digit from 2 to 5"
    assert error(-(10**5000)) == "unexpected '-' at byte 0 while parsing a reply code: expected a first digit from 2 to 5"


def test_texts_that_are_no_codes_are_refused_with_the_place() -> None:
    assert error("") == "unexpected end while parsing a reply code: expected a first digit from 2 to 5"
    assert error("55O") == "unexpected 'O' at byte 2 while parsing a reply code: expected a digit"
    assert error("5500") == "unexpected '0' at byte 3 while parsing a reply code: expected three digits"
    assert error(" 550") == "unexpected ' ' at byte 0 while parsing a reply code: expected a first digit from 2 to 5"
    assert error("5\x1b0") == "unexpected byte 0x1b at byte 1 while parsing a reply code: expected a digit"
    assert error(b"55\x00") == "unexpected byte 0x00 at byte 2 while parsing a reply code: expected a digit"
    assert error(b"5\xff0") == "unexpected byte 0xff at byte 1 while parsing a reply code: expected a digit"
    assert error("55\ud800") == "unexpected byte 0xed at byte 2 while parsing a reply code: expected a digit"
    assert error("5" * 10_000_000) == "unexpected '5' at byte 3 while parsing a reply code: expected three digits"


def test_an_error_is_a_value_error_that_knows_its_place() -> None:
    with pytest.raises(ValueError) as raised:
        ReplyCode("55O")
    assert isinstance(raised.value, ParseError)
    assert raised.value.offset == 2
    assert not raised.value.is_incomplete
    copied = pickle.loads(pickle.dumps(raised.value))
    assert (str(copied), copied.offset) == (str(raised.value), 2)


@pytest.mark.parametrize("code", [None, 550.0, [5, 5, 0], object])
def test_other_types_are_refused_by_name(code: object) -> None:
    name = type(code).__name__
    with pytest.raises(TypeError, match=f"^expected int, str or bytes, not {name}$"):
        ReplyCode(code)  # type: ignore[arg-type]


def test_each_code_is_one_object() -> None:
    assert ReplyCode(550) is ReplyCode("550") is ReplyCode.MAILBOX_UNAVAILABLE
    assert ReplyCode(571) is ReplyCode(571)


def test_codes_are_equal_to_their_numbers_and_hash_alike() -> None:
    assert ReplyCode(550) == 550
    assert 550 == ReplyCode(550)
    assert ReplyCode(550) != 551
    assert ReplyCode(550) != "550"
    assert ReplyCode(550) in {550, 551}


def test_codes_are_ordered_by_number() -> None:
    assert sorted([ReplyCode(554), ReplyCode(220), ReplyCode(421)]) == [220, 421, 554]
    assert ReplyCode(450) < ReplyCode(550)
    assert 500 <= ReplyCode(550) < 600
    with pytest.raises(TypeError, match="not supported between instances of 'smtp_codes.ReplyCode' and 'str'"):
        ReplyCode(550) < "551"  # type: ignore[operator]


def test_codes_cannot_be_changed() -> None:
    with pytest.raises(AttributeError):
        ReplyCode(550).number = 551  # type: ignore[misc]
    with pytest.raises(AttributeError):
        ReplyCode(550).colour = "red"  # type: ignore[attr-defined]


def test_codes_match_by_constant_number_and_class() -> None:
    def kind(code: ReplyCode) -> str:
        match code:
            case ReplyCode.START_MAIL_INPUT:
                return "go on"
            case ReplyCode(421):
                return "closing"
            case ReplyCode(number) if number >= 500:
                return f"refused by {number}"
            case ReplyCode():
                return "other"

    assert [kind(ReplyCode(number)) for number in (354, 421, 571, 250)] == [
        "go on",
        "closing",
        "refused by 571",
        "other",
    ]


def test_the_first_digit_is_the_severity() -> None:
    code = ReplyCode(450)
    assert code.severity is Severity.TRANSIENT_NEGATIVE_COMPLETION
    assert code.severity.digit == 4
    for number in (199 + 1, 299):
        assert ReplyCode(number).is_success and not ReplyCode(number).is_intermediate
    for number in (300, 399):
        assert ReplyCode(number).is_intermediate and not ReplyCode(number).is_transient
    for number in (400, 499):
        assert ReplyCode(number).is_transient and not ReplyCode(number).is_permanent
    for number in (500, 599):
        assert ReplyCode(number).is_permanent and not ReplyCode(number).is_success


def test_the_second_digit_is_the_category() -> None:
    assert ReplyCode(550).category is Category.MAIL_SYSTEM
    assert ReplyCode(535).category is None


def test_a_code_that_no_document_lists_has_no_entry() -> None:
    code = ReplyCode(571)
    assert code.is_permanent
    assert code.title is None
    assert code.entry is None


def test_a_listed_code_has_an_entry() -> None:
    entry = ReplyCode.SERVICE_NOT_AVAILABLE.entry
    assert entry is not None
    assert entry.code == 421
    assert entry.title == ReplyCode(421).title
    assert entry.meanings[0].refs[0].document.id == "RFC 5321"
