import pickle

import pytest

from smtp_codes import Class, EnhancedCode, ParseError, ReplyCode, SubjectDetail


def error(*parts: object) -> str:
    with pytest.raises(ParseError) as raised:
        EnhancedCode(*parts)  # type: ignore[arg-type]
    return str(raised.value)


def subject_detail_error(*parts: object) -> str:
    with pytest.raises(ParseError) as raised:
        SubjectDetail(*parts)  # type: ignore[arg-type]
    return str(raised.value)


@pytest.mark.parametrize("text", ["5.1.1", "2.0.0", "4.7.650", "5.7.606", "5.7.509", "5.999.999"])
def test_registered_or_not_codes_round_trip(text: str) -> None:
    code = EnhancedCode(text)
    assert str(code) == text
    assert EnhancedCode(text.encode()) == code
    assert EnhancedCode(code.class_, code.subject, code.detail) == code
    assert EnhancedCode(code.class_digit, code.subject, code.detail) == code
    assert code.subject_detail.with_class(code.class_) == code
    assert eval(repr(code)) == code
    assert pickle.loads(pickle.dumps(code)) == code
    assert hash(EnhancedCode(text)) == hash(code)


def test_texts_that_are_no_codes_are_refused_with_the_place() -> None:
    start = "while parsing an enhanced status code: expected"
    assert error("") == f"unexpected end {start} class 2, 4 or 5"
    assert error("3.1.1") == f"unexpected '3' at byte 0 {start} class 2, 4 or 5"
    assert error("5.1") == f"unexpected end {start} '.' and a detail of one to three digits"
    assert error("5.1.1.1") == f"unexpected '.' at byte 5 {start} class.subject.detail and nothing more"
    assert error("5.O.1") == f"unexpected 'O' at byte 2 {start} '.' and a subject of one to three digits"
    assert error("5.01.1") == f"unexpected '0' at byte 2 {start} a number without leading zeros"
    assert error("5.1.1\x00") == f"unexpected byte 0x00 at byte 5 {start} class.subject.detail and nothing more"
    assert error(b"\xff\xfe") == f"unexpected byte 0xff at byte 0 {start} class 2, 4 or 5"
    assert error("5.1." + "1" * 10_000_000) == f"unexpected '1' at byte 7 {start} '.' and a detail of one to three digits"


def test_parts_out_of_range_are_refused() -> None:
    start = "while parsing an enhanced status code: expected"
    assert error(3, 1, 1) == f"unexpected '3' at byte 0 {start} class 2, 4 or 5"
    assert error(5, 1000, 1) == f"unexpected '0' at byte 5 {start} '.' and a subject of one to three digits"
    assert error(5, 1, -1) == f"unexpected '-' at byte 4 {start} '.' and a detail of one to three digits"


def test_other_types_and_numbers_of_parts_are_refused() -> None:
    with pytest.raises(TypeError, match="^expected str or bytes, or three parts, not float$"):
        EnhancedCode(5.1)  # type: ignore[arg-type]
    with pytest.raises(TypeError, match="^expected one text or a class, a subject and a detail$"):
        EnhancedCode(5, 1)
    with pytest.raises(TypeError, match="^expected str or bytes, or two parts, not int$"):
        SubjectDetail(1)
    with pytest.raises(TypeError, match="^expected one text or a subject and a detail$"):
        SubjectDetail("X.1.1", 1)
    with pytest.raises(TypeError, match="^expected int, not str$"):
        EnhancedCode(5, "1", 1)  # type: ignore[arg-type]
    with pytest.raises(ValueError, match="^'soft' is not a valid Class$"):
        EnhancedCode("soft", 1, 1)


def test_codes_are_ordered_part_by_part() -> None:
    codes = [EnhancedCode(text) for text in ("5.1.10", "5.1.2", "4.7.1", "2.1.5")]
    assert [str(code) for code in sorted(codes)] == ["2.1.5", "4.7.1", "5.1.2", "5.1.10"]


def test_codes_match_by_their_parts() -> None:
    def kind(code: EnhancedCode) -> str:
        match code:
            case EnhancedCode(5, 1, 1):
                return "no such mailbox"
            case EnhancedCode(class_=Class.TRANSIENT):
                return "later"
            case EnhancedCode(_, 7):
                return "policy"
        return "other"

    assert [kind(EnhancedCode(text)) for text in ("5.1.1", "4.7.1", "5.7.606", "5.2.2")] == [
        "no such mailbox",
        "later",
        "policy",
        "other",
    ]


def test_the_class_is_a_word_and_a_digit() -> None:
    code = EnhancedCode("4.2.2")
    assert code.class_ is Class.TRANSIENT
    assert f"{code.class_}" == "transient"
    assert code.class_digit == code.class_.digit == 4
    assert (code.is_success, code.is_transient, code.is_permanent) == (False, True, False)


def test_an_unregistered_code_has_no_entry_of_its_own() -> None:
    code = EnhancedCode("5.7.606")
    assert code.title is None
    assert code.entry is None
    subject = code.subject_detail.subject_entry
    assert subject is not None and subject.subject == 7


def test_the_entry_is_that_of_the_code_without_its_class() -> None:
    code = EnhancedCode("5.2.2")
    assert code.entry == SubjectDetail.MAILBOX_FULL.entry == EnhancedCode("4.2.2").entry
    assert code.entry is not None
    assert code.entry.text == "Mailbox full"
    assert code.entry.basic_codes is not None
    assert code.entry.basic_codes.codes == (ReplyCode(552),)


def test_a_subject_and_detail_round_trip() -> None:
    for code in (SubjectDetail.MAILBOX_FULL, SubjectDetail(7, 606), SubjectDetail(0, 0)):
        assert SubjectDetail(str(code)) == SubjectDetail(str(code).lower().encode()) == code
        assert SubjectDetail(code.subject, code.detail) == code
        assert eval(repr(code)) == code
        assert pickle.loads(pickle.dumps(code)) == code


def test_a_class_may_be_given_in_any_form() -> None:
    code = SubjectDetail.MAILBOX_FULL
    assert str(code) == "X.2.2"
    assert code.with_class(Class.PERMANENT) == code.with_class("permanent") == code.with_class(5) == EnhancedCode("5.2.2")
    with pytest.raises(ValueError, match="^3 is not a valid Class$"):
        code.with_class(3)


def test_a_subject_and_detail_have_no_class() -> None:
    start = "while parsing an enhanced status code: expected"
    assert subject_detail_error("5.2.2") == f"unexpected '5' at byte 0 {start} class X"
    assert subject_detail_error("X.2") == f"unexpected end {start} '.' and a detail of one to three digits"
    assert subject_detail_error("X.2.2.2") == f"unexpected '.' at byte 5 {start} X.subject.detail and nothing more"
    assert subject_detail_error(1, 1000) == f"unexpected '0' at byte 7 {start} '.' and a detail of one to three digits"
