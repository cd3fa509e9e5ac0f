"""Rust, the command line and Python give the same answers to the same questions."""

from __future__ import annotations

import json
import os
import subprocess
from functools import cache
from pathlib import Path
from typing import Any

import pytest

import smtp_codes

tomllib = pytest.importorskip("tomllib")

HERE = Path(__file__).parent
ROOT = HERE.parent.parent
TARGET = Path(os.environ.get("CARGO_TARGET_DIR", ROOT / "target"))

if not (ROOT / "codes-cli").is_dir():
    pytest.skip("the other front ends are not beside this one", allow_module_level=True)


@cache
def program(*build: str) -> Path:
    """Builds an example of the library or the command line; where it lies."""
    done = subprocess.run(
        ["cargo", "build", "--quiet", "--message-format=json", *build], cwd=ROOT, capture_output=True, check=False
    )
    assert done.returncode == 0, done.stderr.decode()
    built = [json.loads(line) for line in done.stdout.splitlines()]
    return Path(next(row["executable"] for row in reversed(built) if row.get("executable")))


def run(build: tuple[str, ...], arguments: list[str], lines: list[str]) -> list[str]:
    text = "".join(line + "\n" for line in lines).encode()
    done = subprocess.run([program(*build), *arguments], input=text, capture_output=True, check=False)
    assert done.returncode in (0, 1), done.stderr.decode()
    return done.stdout.decode().splitlines()


COMMAND_LINE = ("--package", "smtp-codes-cli")


def example(name: str) -> tuple[str, ...]:
    return ("--package", "smtp-codes", "--example", name)


def seed() -> list[tuple[str, str, list[str]]]:
    rows = [line.split("\t") for line in (HERE / "seed.tsv").read_text().splitlines() if not line.startswith("#")]
    return [(table, query, titles.split(" / ")) for table, query, titles in rows]


def test_every_row_of_the_reference_page_is_answered_alike() -> None:
    rows = seed()
    assert [sum(row[0] == table for row in rows) for table in ("ndr", "command", "reply")] == [50, 24, 33]

    answered: dict[str, list[tuple[str, bool]]] = {}
    for line in run(example("lookup"), [], [query for _, query, _ in rows]):
        query, _, title, providers = line.split("\t")
        answered.setdefault(query, []).append((title, "exchange-2003" in providers.split()))

    for table, query, titles in rows:
        objects = [json.loads(line) for line in run(COMMAND_LINE, ["--json", query], [])]
        by_command_line = [
            (row["name"] if row["type"] == "command" else row["title"] or "-", has_claim(row["providers"]))
            for row in objects
        ]
        by_python = [
            (answer.title or "-", any(claim.provider.id == "exchange-2003" for claim in answer.claims))
            for answer in smtp_codes.lookup(query)
        ]
        expected = [(title, table == "ndr") for title in titles]
        assert answered[query] == by_command_line == by_python == expected, query


def has_claim(providers: list[dict[str, Any]]) -> bool:
    return any(row["provider"] == "exchange-2003" for row in providers)


def examples() -> list[tuple[str, str, str]]:
    """Every example of every rule: its rule, its reason and its text."""
    catalogue = ROOT / "codes-data" / "catalogue"
    rows = []
    for path in sorted([*catalogue.glob("phrases/*.toml"), *catalogue.glob("providers/*.toml")]):
        for rule in tomllib.loads(path.read_text(encoding="utf-8")).get("rule", []):
            rows += [(rule["id"], rule["reason"], text) for text in rule["examples"]]
    return rows


def test_every_example_of_every_rule_has_its_reason_alike() -> None:
    rows = examples()
    # One reply a line: line ends within one become spaces, as mail logs write them.
    texts = [" ".join(text.split()) for _, _, text in rows]
    by_rust = [line.split("\t")[:4] for line in run(example("classify"), [], texts)]
    objects = [json.loads(line) for line in run(COMMAND_LINE, ["classify", "--json"], texts)]
    assert len(by_rust) == len(objects) == len(rows) > 1000
    for (rule, reason, _), text, rust, row in zip(rows, texts, by_rust, objects):
        verdict = smtp_codes.verdict(text)
        assert verdict.rule is not None, text
        by_python = [str(verdict.reason), str(verdict.party or "-"), str(verdict.action), verdict.rule.id]
        by_command_line = [row["reason"], row["party"] or "-", row["action"], row["rule"]]
        assert rust == by_python == by_command_line, text
        assert (rust[0], rust[3]) == (reason, rule), text
        assert {"line": row["line"], **verdict.as_dict()} == row, text


@pytest.mark.parametrize("code", ["571", "5.7.606", "4.7.650", "5.7.509"])
def test_codes_that_no_table_lists_come_back_as_they_went_in(code: str) -> None:
    (line,) = run(example("lookup"), [], [code])
    assert line.split("\t")[1] == code
    (row,) = [json.loads(line) for line in run(COMMAND_LINE, ["--json", code], [])]
    assert str(row["code"]) == code
    (answer,) = smtp_codes.lookup(code)
    assert str(answer) == code
