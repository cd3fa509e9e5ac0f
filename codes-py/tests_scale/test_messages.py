"""Columns of whole messages."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import polars as pl
import pyarrow as pa
import pytest
from conftest import ROOT, run

import smtp_codes

FIELDS = ["class", "reason", "party", "action", "provider", "rule", "basis", "reply", "enhanced", "retry_after"]
FILES = sorted((ROOT / "codes-core" / "tests" / "report").glob("*.eml"))
MESSAGES = [file.read_bytes() for file in FILES]


def rows(given: smtp_codes.Verdicts) -> list[dict[str, Any]]:
    return pa.table(given).to_pylist()


def one_by_one(messages: list[bytes]) -> list[dict[str, Any]]:
    """What `report` says of each message."""
    given: list[dict[str, Any]] = []
    for place, message in enumerate(messages):
        report = smtp_codes.report(message)
        of_message = {"message": place, "kind": str(report.kind)}
        nobody = {"recipient": None, "recipient_kind": None, **dict.fromkeys(FIELDS)}
        for recipient in report.recipients:
            fields = recipient.verdict.as_dict()
            of_recipient = {"recipient": recipient.recipient, "recipient_kind": str(recipient.kind)}
            given.append({**of_message, **of_recipient, **{name: fields[name] for name in FIELDS}})
        if not report.recipients:
            given.append({**of_message, **nobody})
    return given


@pytest.mark.parametrize("threads", [1, 2, 5])
def test_every_recipient_has_a_row_with_what_report_says(threads: int) -> None:
    expected = one_by_one(MESSAGES)
    assert len(expected) > len(MESSAGES) > 50
    assert {row["kind"] for row in expected} >= {"failed", "delayed", "auto-reply", "complaint", "not-a-report"}
    for column in (MESSAGES, iter(MESSAGES), pa.array(MESSAGES), pl.Series(MESSAGES)):
        assert rows(smtp_codes.reports(column, threads=threads)) == expected


def test_the_command_line_says_the_same(tmp_path: Path) -> None:
    lines = run(("--package", "smtp-codes-cli"), ["classify", "--json", "--messages", *map(str, FILES)])
    given: list[tuple[int, str, Any, Any]] = []
    for place, line in enumerate(lines):
        message = json.loads(line)
        recipients = message["recipients"] or [{"recipient": None, "verdict": {"reason": None}}]
        given += [(place, message["kind"], one["recipient"], one["verdict"]["reason"]) for one in recipients]
    names = ("message", "kind", "recipient", "reason")
    assert given == [tuple(row[name] for name in names) for row in rows(smtp_codes.reports(MESSAGES))]


def test_rows_of_messages_go_on_over_all_parts() -> None:
    messages = MESSAGES * 100
    column = pa.chunked_array([messages[:7], messages[7:]])
    given = pa.table(smtp_codes.reports(column))
    assert given["message"].unique().to_pylist() == list(range(len(messages)))
    expected = one_by_one(MESSAGES)
    assert given["reason"].to_pylist() == [row["reason"] for row in expected] * 100


def test_a_message_that_is_null_has_a_row() -> None:
    null, other = rows(smtp_codes.reports(pa.array([None, b"Subject: Lunch\r\n\r\nAt noon?"])))
    assert null == {**dict.fromkeys(null), "message": 0}
    assert (other["message"], other["kind"], other["recipient"]) == (1, "not-a-report", None)


def test_what_is_wrong_is_told() -> None:
    with pytest.raises(TypeError, match="^column: expected a column of strings or binaries, not of type Int64$"):
        smtp_codes.reports(pa.array([1]))
    with pytest.raises(TypeError, match="not bytes"):
        smtp_codes.reports(b"Subject: Lunch\r\n")
