"""Verdicts on lists and iterators, without any library for columns: those are tested in `tests_scale`."""

from __future__ import annotations

import pickle
from collections.abc import Iterator
from itertools import count, islice
from threading import Thread

import pytest

import smtp_codes
from smtp_codes import Reason, Rules, Verdict, verdict, verdicts, verdicts_iter

TEXTS = ["550 5.1.1 User unknown", None, b"452 4.2.2 Mailbox full \xff", "250 ok", bytearray(b"")]


def test_a_list_has_a_row_for_each_text() -> None:
    given = verdicts(TEXTS)
    assert len(given) == len(verdicts(iter(TEXTS))) == len(TEXTS)
    assert repr(given) == "<Verdicts of 5 rows>"
    assert len(verdicts([])) == 0
    assert len(verdicts("550 no" for _ in range(200_000))) == 200_000


def test_verdicts_are_handed_over_as_capsules() -> None:
    given = verdicts(TEXTS)
    assert '"arrow_schema"' in repr(given.__arrow_c_schema__())
    assert ['"arrow_schema"' in repr(capsule) for capsule in given.__arrow_c_array__()] == [True, False]
    assert '"arrow_array_stream"' in repr(given.__arrow_c_stream__(None))
    # Whoever takes no capsule after all leaves nothing behind, and the verdicts stay.
    assert len(given) == len(TEXTS)


def test_the_verdicts_of_an_iterator_are_those_of_one_call_each() -> None:
    expected = [None if text is None else verdict(text) for text in TEXTS] * 3000
    for threads in (None, 1, 3):
        given = list(verdicts_iter(iter(TEXTS * 3000), threads=threads))
        assert given == expected
    assert [row.text for row in given if row] == [row.text for row in expected if row]
    assert given[2] is not None and given[2].matched_text == "Mailbox full"
    (one,) = verdicts_iter(["550 5.1.1 boîte ☹ User unknown"])
    assert one is not None and one.matched_text == "User unknown"
    assert pickle.loads(pickle.dumps(one)) == one


def test_an_iterator_may_have_no_end() -> None:
    texts = (f"550 5.1.{number % 1000} User unknown" for number in count())
    given = list(islice(verdicts_iter(texts), 10_000))
    assert [str(row.enhanced) for row in given if row] == [f"5.1.{number % 1000}" for number in range(10_000)]


def test_what_an_iterator_raises_comes_after_the_verdicts_before() -> None:
    def torn() -> Iterator[str]:
        yield from ["550 5.1.1 User unknown"] * 5000
        raise OSError("the tape is torn")

    given: list[Verdict | None] = []
    with pytest.raises(OSError, match="^the tape is torn$"):
        given.extend(verdicts_iter(torn()))
    assert len(given) == 5000
    rows = verdicts_iter(["550 no", 5, "550 no"])  # type: ignore[list-item]
    assert next(rows) == verdict("550 no")
    with pytest.raises(TypeError, match="^row 1: expected str, bytes or None, not int$"):
        next(rows)
    assert list(rows) == []


def test_hosts_and_rules_hold_for_all_texts() -> None:
    rules = Rules.parse(
        'id = "acme"\nname = "Acme"\n[[rule]]\nid = "acme-left"\nreason = "mailbox-disabled"\nwords = ["has left acme"]\n'
        'examples = ["550 5.1.1 <ann@a.example>: ann has left Acme"]'
    )
    host = "alt1.gmail-smtp-in.l.google.com"
    one, other = verdicts_iter(["550 ann has left Acme", "550 5.7.27"], host=host, rules=rules)
    assert one is not None and one.reason is Reason.MAILBOX_DISABLED
    assert other == verdict("550 5.7.27", host=host)


@pytest.mark.parametrize("texts", ["550 no", b"550 no", 5, None])
def test_one_text_is_no_iterable(texts: object) -> None:
    with pytest.raises(TypeError, match="expected an iterable of str, bytes and None, not "):
        verdicts_iter(texts)  # type: ignore[arg-type]
    with pytest.raises(
        TypeError, match="^column: expected a column of Arrow or an iterable of str, bytes and None, not "
    ):
        verdicts(texts)  # type: ignore[arg-type]


def test_codes_beside_the_texts_are_lists_or_hold_for_all() -> None:
    assert len(verdicts(["no"] * 3, reply=[550, "450", None], enhanced="5.7.1", host="a.example")) == 3
    with pytest.raises(ValueError, match="^reply: it ends after 1 rows, column has more: expected the same number$"):
        verdicts(["no"] * 2, reply=[550])
    with pytest.raises(smtp_codes.ParseError, match="^enhanced: row 1: unexpected end "):
        verdicts(["no"] * 2, enhanced=["5.7.1", "5.7"])
    with pytest.raises(TypeError, match="^host: row 0: expected str, bytes or None, not int$"):
        verdicts(["no"], host=[5])  # type: ignore[list-item]
    with pytest.raises(TypeError, match="^expected int for threads, not str$"):
        verdicts(["no"], threads="2")  # type: ignore[arg-type]


def test_an_interrupt_ends_a_long_column() -> None:
    def interrupted() -> Iterator[str]:
        yield "550 no"
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        verdicts(interrupted())


def test_eight_threads_at_once_have_the_same_verdicts() -> None:
    texts = [f"550 5.1.{number} User unknown" for number in range(999)]
    expected = [verdict(text) for text in texts]
    given: list[list[Verdict | None]] = []
    threads = [Thread(target=lambda: given.append(list(verdicts_iter(texts)))) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert given == [expected] * 8
