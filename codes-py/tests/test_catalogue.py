"""Python's lists beside the catalogue's files, which the library was made from."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from smtp_codes import (
    Action,
    Command,
    Document,
    EnhancedEntry,
    Keyword,
    Party,
    Provider,
    Reason,
    ReplyCode,
    ReplyEntry,
    SubjectDetail,
    SubjectEntry,
)

tomllib = pytest.importorskip("tomllib", reason="no parser of TOML in this version of Python")

CATALOGUE = Path(__file__).parents[2] / "codes-data" / "catalogue"


def rows(file: str, table: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = tomllib.loads((CATALOGUE / file).read_text(encoding="utf-8"))[table]
    assert found
    return found


def constants(cls: type) -> set[object]:
    return {value for value in vars(cls).values() if isinstance(value, cls)}


def test_reply_codes_are_those_of_the_catalogue() -> None:
    listed = [(row["code"], row["name"], row["title"]) for row in rows("replies.toml", "reply")]
    assert [(int(entry.code), entry.name, entry.title) for entry in ReplyEntry.all()] == listed
    for number, name, title in listed:
        assert getattr(ReplyCode, name) == number
        assert ReplyCode(number).title == title
    assert constants(ReplyCode) == {number for number, _, _ in listed}


def test_codes_without_an_entry_are_all_the_others() -> None:
    listed = {row["code"] for row in rows("replies.toml", "reply")}
    assert {number for number in range(200, 600) if ReplyCode(number).entry} == listed


def test_enhanced_codes_are_those_of_the_catalogue() -> None:
    listed = [(row["subject"], row["detail"], row["name"]) for row in rows("enhanced.toml", "enhanced")]
    assert [(entry.code.subject, entry.code.detail, entry.name) for entry in EnhancedEntry.all()] == listed
    for subject, detail, name in listed:
        assert getattr(SubjectDetail, name) == SubjectDetail(subject, detail)
    assert len(constants(SubjectDetail)) == len(listed)
    subjects = [row["subject"] for row in rows("enhanced.toml", "subject")]
    assert [entry.subject for entry in SubjectEntry.all()] == subjects


def test_basic_codes_are_those_of_the_catalogue() -> None:
    for row in rows("enhanced.toml", "enhanced"):
        entry = SubjectDetail(row["subject"], row["detail"]).entry
        assert entry is not None
        if entry.basic_codes is None:
            assert row["basic_codes"] == "not-given"
        elif row["basic_codes"] == "any":
            assert (entry.basic_codes.codes, entry.basic_codes.severities) == ((), ())
            assert entry.basic_codes.others
        else:
            severities = [f"{severity.digit}XX" for severity in entry.basic_codes.severities]
            assert [*map(int, entry.basic_codes.codes), *severities] == row["basic_codes"]
            assert entry.basic_codes.others == row.get("other_basic_codes", False)


def test_commands_and_keywords_are_those_of_the_catalogue() -> None:
    assert [command.verb for command in Command.all()] == [row["verb"] for row in rows("commands.toml", "command")]
    assert constants(Command) == set(Command.all())
    assert [keyword.name for keyword in Keyword.all()] == [row["keyword"] for row in rows("keywords.toml", "keyword")]
    assert constants(Keyword) == set(Keyword.all())


def test_reasons_parties_and_actions_are_those_of_the_catalogue() -> None:
    listed = rows("reasons.toml", "reason")
    assert [(reason, reason.party, reason.entry.plain) for reason in Reason] == [
        (row["id"], row.get("party"), row["plain"]) for row in listed
    ]
    assert list(Party) == [row["id"] for row in rows("reasons.toml", "party")]
    assert list(Action) == [row["id"] for row in rows("reasons.toml", "action")]


def test_documents_and_providers_are_those_of_the_catalogue() -> None:
    assert [document.id for document in Document.all()] == [row["id"] for row in rows("rfcs.toml", "document")]
    assert Provider.all()
    for provider in Provider.all():
        file = tomllib.loads((CATALOGUE / "providers" / f"{provider.id}.toml").read_text(encoding="utf-8"))
        assert (provider.id, provider.name, provider.kind) == (file["id"], file["name"], file["kind"])
        assert [page.url for page in provider.pages] == [page["url"] for page in file.get("page", [])]
        assert [claim.meaning for claim in provider.claims] == [claim["meaning"] for claim in file.get("claim", [])]
