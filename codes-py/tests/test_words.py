"""Commands, EHLO keywords and the enums."""

import enum
import json
import pickle

import pytest

import smtp_codes
from smtp_codes import Action, Class, Command, Keyword, Party, Reason, ReplyCode

ENUMS = [
    cls
    for cls in map(smtp_codes.__dict__.get, smtp_codes.__all__)
    if isinstance(cls, type) and issubclass(cls, enum.Enum)
]


def test_commands_round_trip() -> None:
    for command in Command.all():
        assert Command(command.verb) == Command(command.verb.lower()) == command
        assert eval(repr(command)) == command
        assert pickle.loads(pickle.dumps(command)) == command
        assert hash(Command(command.verb)) == hash(command)
        assert command.entry.verb == str(command)


def test_commands_and_replies_are_asked_in_both_directions() -> None:
    assert Command.answered_by(ReplyCode.START_MAIL_INPUT) == (Command.DATA,)
    assert ReplyCode(459) in Command.ETRN.entry.codes
    assert Command.ETRN in Command.answered_by("459")


def test_a_stage_is_no_command_with_a_verb() -> None:
    assert [str(command) for command in Command.all() if command.is_stage] == ["connection", "message"]


def test_keywords_round_trip() -> None:
    for keyword in Keyword.all():
        assert Keyword(keyword.name) == Keyword(keyword.name.lower()) == keyword
        assert eval(repr(keyword)) == keyword
        assert pickle.loads(pickle.dumps(keyword)) == keyword
        assert hash(Keyword(keyword.name)) == hash(keyword)
        assert keyword.entry.keyword == str(keyword)


def test_names_that_begin_with_a_digit_are_spelt_out() -> None:
    assert str(Keyword.EIGHTBITMIME) == "8BITMIME"


def test_commands_and_keywords_are_in_alphabetical_order() -> None:
    verbs = [command for command in Command.all() if not command.is_stage]
    assert verbs == sorted(verbs, key=str)
    assert list(Keyword.all()) == sorted(Keyword.all()) == sorted(Keyword.all(), key=str)


def test_commands_and_keywords_match_by_name() -> None:
    match Command("rcpt"), Keyword("size"):
        case Command("RCPT"), Keyword.SIZE:
            matched = True
        case _:
            matched = False
    assert matched


def test_unknown_names_are_refused_without_harm_to_a_terminal() -> None:
    with pytest.raises(ValueError) as raised:
        Command("HACK\x1b[31m")
    assert str(raised.value) == r"unknown command 'HACK\u{1b}[31m': expected one of Command.all()"
    with pytest.raises(ValueError) as raised:
        Keyword("X" * 10_000_000)
    assert str(raised.value) == f"unknown EHLO keyword '{'X' * 40}'...: expected one of Keyword.all()"


def test_there_are_sixteen_enums() -> None:
    assert len(ENUMS) == 16


@pytest.mark.parametrize("cls", ENUMS)
def test_members_are_strings_as_those_of_a_str_enum(cls: type[enum.Enum]) -> None:
    assert cls.__module__ == "smtp_codes"
    assert cls.__doc__
    for member in cls:
        assert isinstance(member, str)
        assert member == member.value == str(member) == f"{member}"
        assert member.name == member.value.upper().replace("-", "_")
        assert cls(member.value) is member
        assert eval(repr(member), vars(smtp_codes)) is member
        assert pickle.loads(pickle.dumps(member)) is member
        assert json.dumps(member) == f'"{member.value}"'


def test_a_reason_knows_its_party_and_what_to_do() -> None:
    reason = Reason("mailbox-unknown")
    assert reason is Reason.MAILBOX_UNKNOWN
    assert reason.party is Party.RECIPIENT
    assert reason.entry.permanent is Action.SUPPRESS
    assert reason.entry.transient is Action.RETRY
    assert Reason.UNKNOWN.party is None


def test_only_reasons_of_the_recipient_lead_to_suppress() -> None:
    parties = {reason.party for reason in Reason if Action.SUPPRESS in (reason.entry.permanent, reason.entry.transient)}
    assert parties == {Party.RECIPIENT}


def test_an_unknown_member_is_refused() -> None:
    with pytest.raises(ValueError, match="^'hard' is not a valid Class$"):
        Class("hard")
