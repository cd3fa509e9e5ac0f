"""The catalogue's rules, and a user's own."""

from __future__ import annotations

import pickle
from pathlib import Path
from threading import Thread

import pytest

from smtp_codes import Fault, Reason, Rule, Rules, RulesError, Verdict, explain, recipient_verdicts, verdict

ACME = """\
id = "acme"
name = "Acme's relays"

[[page]]
id = "wiki"
title = "What our relays answer"
url = "https://wiki.acme.example/relays"
read = "2026-11-23"

[[rule]]
id = "acme-left"
reason = "mailbox-disabled"
words = ["(has left|is no longer with) acme"]
without = ["acme radio"]
sources = ["wiki"]
examples = ["550 5.1.1 <ann@a.example>: User unknown, ann is no longer with Acme"]
"""
LEFT = "550 5.1.1 User unknown, ann has left Acme"


def error(text: str | bytes) -> RulesError:
    with pytest.raises(RulesError) as raised:
        Rules.parse(text, name="acme.toml")
    return raised.value


def test_the_catalogues_rules_decide_their_examples() -> None:
    rules = Rule.all()
    assert len(rules) > 500
    assert [rule.id for rule in rules if verdict(rule.example).rule != rule] == []
    assert len({rule.id for rule in rules}) == len(set(rules)) == len(rules)


def test_a_rule_says_where_it_comes_from() -> None:
    rule = Rule.from_id("en-user-unknown")
    assert rule is not None
    assert repr(rule) == "<Rule 'en-user-unknown'>"
    assert (rule.reason, rule.provider, rule.rank) == (Reason.MAILBOX_UNKNOWN, None, rule.reason.entry.rank)
    assert rule.words and rule.sources[0].url.startswith("https://")
    assert Rule.from_id("no-such") is None


def test_a_users_rule_is_asked_before_the_catalogues() -> None:
    rules = Rules.parse(ACME)
    assert verdict(LEFT).reason is Reason.MAILBOX_UNKNOWN
    given = verdict(LEFT, rules=rules)
    assert (given.reason, given.rule, given.matched_text) == (Reason.MAILBOX_DISABLED, rules.rules[0], "has left Acme")
    assert given.sources == rules.rules[0].sources and rules.rules[0].sources[0].title == "What our relays answer"
    assert verdict(LEFT + " Radio", rules=rules).rule == verdict(LEFT + " Radio").rule
    refused = {"ann@a.example": (550, LEFT[4:])}
    assert recipient_verdicts(refused, rules=rules)["ann@a.example"].reason is Reason.MAILBOX_DISABLED
    assert explain(LEFT, rules=rules).verdict == given


def test_rules_are_a_collection() -> None:
    rules = Rules.parse(ACME, name="acme.toml")
    assert (len(rules), list(rules), rules.name) == (1, list(rules.rules), "acme.toml")
    assert repr(rules) == "<Rules 'acme.toml'>"
    assert [rule.without for rule in rules] == [("acme radio",)]


def test_a_file_is_loaded_by_its_path(tmp_path: Path) -> None:
    file = tmp_path / "acme.toml"
    file.write_text(ACME, encoding="utf-8")
    assert [rule.id for rule in Rules.load(file)] == [rule.id for rule in Rules.load(str(file))] == ["acme-left"]
    assert Rules.load(file).rules[0] == Rules.load(file).rules[0]
    with pytest.raises(FileNotFoundError):
        Rules.load(tmp_path / "none.toml")
    with pytest.raises(IsADirectoryError):
        Rules.load(tmp_path)


def test_all_faults_are_told_at_once_with_line_and_key() -> None:
    raised = error(ACME.replace("mailbox-disabled", "mailbox-left").replace('id = "acme-left"', 'id = "left"'))
    assert [(fault.line, fault.entry, fault.key) for fault in raised.faults] == [
        (11, "rule left", "id"),
        (12, "rule left", "reason"),
    ]
    assert str(raised).split("\n") == [str(fault) for fault in raised.faults]
    assert str(raised.faults[1]) == (
        "acme.toml:12: rule left: reason: expected a reason of the catalogue, found `mailbox-left`"
    )


def test_a_rule_that_does_not_decide_its_example_is_a_fault() -> None:
    raised = error(ACME.replace("ann is no longer with Acme", "ann has moved"))
    [fault] = raised.faults
    assert (fault.line, fault.key, fault.expected) == (16, "examples[0]", "a verdict by `acme-left`")
    assert fault.found.startswith("one by `en-user-unknown`")


def test_what_is_no_toml_is_a_fault() -> None:
    assert str(error("")) == "acme.toml:1: head: expected the key `id`, found none"
    assert str(error(b"id = 'a'\n\xff")) == "acme.toml:2: expected TOML in UTF-8, found byte 0xff"
    assert "\x1b" not in str(error("id = '\x1b[31m'"))
    with pytest.raises(TypeError, match="^expected str or bytes, not int$"):
        Rules.parse(1)  # type: ignore[arg-type]
    with pytest.raises(TypeError, match="^expected str for name, not int$"):
        Rules.parse(ACME, name=1)  # type: ignore[arg-type]


def test_faults_are_values() -> None:
    [fault] = error("").faults
    assert isinstance(error(""), ValueError) and RulesError("x").faults == ()
    copied = pickle.loads(pickle.dumps(fault))
    assert copied == fault == Fault("acme.toml", 1, "head", "", "the key `id`", "none")
    assert hash(copied) == hash(fault)
    assert repr(fault) == "<Fault acme.toml:1: head: expected the key `id`, found none>"
    assert pickle.loads(pickle.dumps(error(""))).faults == (fault,)


def test_a_verdict_by_a_users_rule_goes_to_other_processes() -> None:
    given = verdict(LEFT, rules=Rules.parse(ACME))
    assert pickle.loads(pickle.dumps(given)) == given


def test_threads_share_rules() -> None:
    rules = Rules.parse(ACME)
    given: list[Verdict] = []
    threads = [Thread(target=lambda: given.append(verdict(LEFT, rules=Rules.parse(ACME)))) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert given == [verdict(LEFT, rules=rules)] * 8
