"""Columns of every type and library, whole or in parts, and what is wrong with them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from threading import Thread
from typing import Any

import arro3.core
import duckdb
import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest

import smtp_codes
from smtp_codes import EnhancedCode, ParseError, ReplyCode, Rules, verdicts

TEXTS = [
    "550 5.1.1 <ann@a.example>: User unknown",
    None,
    "452 4.2.2 Mailbox full",
    "250 ok",
    "",
    "450 4.7.1 Greylisted, please try again in 5 minutes",
    "554 5.7.1 Service unavailable; Client host [192.0.2.1] blocked using zen.spamhaus.org",
    "550 5.1.1 Utilisateur inconnu, boîte inexistante ☹",
    "550 5.123.45 what",
]
TYPES = [pa.string(), pa.large_string(), pa.string_view(), pa.binary(), pa.large_binary(), pa.binary_view()]
FIELDS = ["class", "reason", "party", "action", "provider", "rule", "basis", "reply", "enhanced", "retry_after"]


def rows(given: smtp_codes.Verdicts) -> list[dict[str, Any]]:
    return pa.table(given).to_pylist()


def one_by_one(texts: list[str | None], **known: Any) -> list[dict[str, Any]]:
    """What `verdict` says of each text."""
    given: list[dict[str, Any]] = []
    for text in texts:
        fields = {} if text is None else smtp_codes.verdict(text, **known).as_dict()
        given.append({name: fields.get(name) for name in FIELDS})
    return given


EXPECTED = one_by_one(TEXTS)


def cases() -> Iterator[tuple[str, Any]]:
    for data_type in TYPES:
        array: Any = pa.array(TEXTS, pa.string()).cast(data_type)
        yield str(data_type), array
        yield f"{data_type}, in parts", pa.chunked_array([array[:2], array[2:2], array[2:]])
        yield f"{data_type}, a slice", pa.concat_arrays([array, array]).slice(len(TEXTS))
        yield f"{data_type}, a table", pa.table({"response": array})
    for keys in (pa.int8(), pa.uint8(), pa.int32(), pa.uint32(), pa.int64()):
        for values in (pa.string(), pa.large_string(), pa.binary()):
            array = pa.array(TEXTS).dictionary_encode().cast(pa.dictionary(keys, values))
            yield f"{keys} keys of {values}", array
    yield "a dictionary with a null value", pa.DictionaryArray.from_arrays(pa.array([*range(9)]), pa.array(TEXTS))
    yield "a struct with one field, a slice", pa.StructArray.from_arrays([pa.array([None, *TEXTS])], ["x"]).slice(1)
    yield "a reader", pa.table({"response": TEXTS}).to_reader(max_chunksize=2)
    yield "polars", pl.Series(TEXTS)
    yield "polars, categories", pl.Series(TEXTS, dtype=pl.Categorical)
    yield "polars, a frame", pl.DataFrame({"response": TEXTS})
    yield "pandas, objects", pd.Series(TEXTS, dtype=object)
    yield "pandas, strings", pd.Series(TEXTS, dtype="string")
    yield "pandas, categories", pd.Series(TEXTS, dtype="category")
    yield "pandas, a frame", pd.DataFrame({"response": TEXTS})
    yield "arro3", arro3.core.Array.from_arrow(pa.array(TEXTS))
    yield "arro3, in parts", arro3.core.ChunkedArray.from_arrow(pa.chunked_array([TEXTS[:3], TEXTS[3:]]))
    yield "numpy", np.array(TEXTS, dtype=object)
    yield "a list", TEXTS
    yield "an iterator", iter(TEXTS)
    yield "bytes", [None if text is None else text.encode() for text in TEXTS]


@pytest.mark.parametrize(("name", "column"), [pytest.param(*case, id=case[0]) for case in cases()])
def test_columns_of_every_kind_have_the_same_verdicts(name: str, column: Any) -> None:
    given = verdicts(column)
    assert rows(given) == EXPECTED, name
    assert len(given) == len(TEXTS)


def test_duckdb_hands_over_the_rows_of_a_query() -> None:
    connection = duckdb.connect()
    connection.from_arrow(pa.table({"response": TEXTS})).create("events")
    assert rows(verdicts(connection.sql("select response from events"))) == EXPECTED
    given = verdicts(["550 5.1.1 User unknown"] * 3)
    connection.register("given", pa.table(given))
    counted = connection.sql("select reason, count(*) from given group by all").fetchall()
    assert counted == [("mailbox-unknown", 3)]


def test_every_library_takes_the_verdicts() -> None:
    given = verdicts(TEXTS)
    assert pa.array(given).to_pylist() == pa.chunked_array(given).to_pylist() == EXPECTED
    assert pa.record_batch(given).to_pylist() == EXPECTED
    assert pl.DataFrame(given).to_dicts() == pl.Series(given).to_list() == EXPECTED
    assert pa.table(arro3.core.Table.from_arrow(given)).to_pylist() == EXPECTED
    frame: Any = pd.DataFrame
    assert list(frame.from_arrow(given)["reason"].astype(object).fillna("")) == [
        row["reason"] or "" for row in EXPECTED
    ]


def test_the_types_are_those_of_the_documentation() -> None:
    def words(keys: pa.DataType) -> pa.DataType:
        return pa.dictionary(keys, pa.string())

    schema = pa.schema(verdicts([]))
    assert schema.names == FIELDS
    assert schema == pa.table(verdicts(TEXTS)).schema
    assert [field.type for field in schema] == [
        *[words(pa.int8())] * 4,
        words(pa.int16()),
        words(pa.int32()),
        words(pa.int8()),
        pa.uint16(),
        words(pa.int32()),
        pa.uint32(),
    ]
    pa.table(verdicts(TEXTS)).validate(full=True)
    assert [column.null_count for column in pa.table(verdicts(pa.nulls(5))).columns] == [5] * len(FIELDS)


def test_codes_and_hosts_are_columns_or_hold_for_all() -> None:
    texts = ["User unknown", "Over quota", None, "Denied"]
    one = [smtp_codes.verdict(text, reply=reply) for text, reply in zip(texts, [550, 452, None, 554]) if text]
    actions = [str(one[0].action), str(one[1].action), None, str(one[2].action)]
    replies = [550, 452, None, 554]
    data_types = [
        pa.int16(),
        pa.uint16(),
        pa.int64(),
        pa.uint64(),
        pa.float32(),
        pa.float64(),
        pa.string(),
        pa.binary(),
    ]
    columns: list[Any] = [pa.array(replies).cast(pa.int32()).cast(data_type) for data_type in data_types[:-2]]
    columns += [pa.array(["550", "452", None, "554"], data_type) for data_type in data_types[-2:]]
    columns += [replies, [ReplyCode(550), b"452", None, "554"], pd.Series(replies), pl.Series(replies)]
    for column in columns:
        assert [row["action"] for row in rows(verdicts(pa.array(texts), reply=column))] == actions
    assert rows(verdicts(texts, reply=550)) == one_by_one(texts, reply=550)
    assert rows(verdicts(texts, reply=ReplyCode(550))) == one_by_one(texts, reply=550)

    texts = ["550 Denied"] * 3
    codes = ["5.7.1", "5.1.1", None]
    for column in (codes, pa.array(codes), [EnhancedCode("5.7.1"), b"5.1.1", None]):
        assert [row["enhanced"] for row in rows(verdicts(texts, enhanced=column))] == codes
    assert rows(verdicts(texts, enhanced="5.7.1")) == one_by_one(texts, enhanced="5.7.1")

    text, host = "550 5.7.27", "alt1.gmail-smtp-in.l.google.com"
    given = rows(verdicts([text] * 2, host=pa.array([host, None])))
    assert given == one_by_one([text], host=host) + one_by_one([text])
    assert rows(verdicts([text] * 2, host=host)) == one_by_one([text] * 2, host=host)


def test_parts_of_columns_need_not_be_alike() -> None:
    texts = [f"55{place % 10} 5.{place % 8}.{place} no" for place in range(1000)]
    replies = pa.chunked_array([[450] * 1, [550] * 998, [554]])
    given = rows(verdicts(pa.chunked_array([texts[:500], texts[500:501], texts[501:]]), reply=replies))
    assert [row["reply"] for row in given] == replies.to_pylist()
    assert [row["enhanced"] for row in given] == [str(EnhancedCode(f"5.{place % 8}.{place}")) for place in range(1000)]


def test_users_rules_are_asked_first() -> None:
    rules = Rules.parse(
        """
        id = "acme"
        name = "Acme's relays"

        [[rule]]
        id = "acme-left"
        reason = "mailbox-disabled"
        words = ["has left acme"]
        examples = ["550 5.1.1 <ann@a.example>: ann has left Acme"]
        """
    )
    texts: list[str | None] = ["550 5.1.1 Bob has left Acme, user unknown", "550 5.1.1 User unknown"]
    given = rows(verdicts(pa.array(texts), rules=rules))
    assert given == one_by_one(texts, rules=rules)
    assert [row["rule"] for row in given] == ["acme-left", "en-user-unknown"]
    with pytest.raises(
        smtp_codes.RulesError, match="^acme.toml:1: rules acme: id: expected the key `name`, found none$"
    ):
        verdicts(texts, rules=Rules.parse("id = 'acme'", name="acme.toml"))


def test_eight_threads_at_once_have_the_same_verdicts(lines: list[str]) -> None:
    column = pa.array(lines)
    expected = rows(verdicts(column, threads=1))
    given: list[list[dict[str, Any]]] = []
    threads = [Thread(target=lambda: given.append(rows(verdicts(column)))) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert given == [expected] * 8


def failing(rows: int, error: Exception) -> pa.RecordBatchReader:
    """A reader that hands over so many rows and then raises."""

    def batches() -> Iterator[pa.RecordBatch]:
        yield pa.record_batch({"response": ["550 5.1.1 User unknown"] * rows})
        raise error

    return pa.RecordBatchReader.from_batches(pa.schema({"response": pa.string()}), batches())


class Stream:
    """An object with the method of Arrow, whatever that gives."""

    def __init__(self, given: Callable[[], Any]) -> None:
        self.given = given

    def __arrow_c_stream__(self, requested_schema: Any = None) -> Any:
        return self.given()


class Array(Stream):
    """The same with the other method."""

    __arrow_c_stream__ = property()

    def __arrow_c_array__(self, requested_schema: Any = None) -> Any:
        return self.given()


@pytest.mark.parametrize(
    ("error", "message", "column", "known"),
    [
        (TypeError, "column: expected a column of strings or binaries, not of type Int64", pa.array([1]), {}),
        (TypeError, "column: expected a column of strings or binaries, not of type List(", pa.array([["550"]]), {}),
        (
            TypeError,
            "reply: expected a column of integers or strings, not of type Boolean",
            TEXTS,
            {"reply": pa.array([True])},
        ),
        (TypeError, "enhanced: expected a column of strings, not of type Int64", TEXTS, {"enhanced": pa.array([5])}),
        (TypeError, "host: expected a column of strings, not of type Int64", TEXTS, {"host": pa.array([5])}),
        (
            TypeError,
            "column: expected a column of strings or binaries, not a table: take one of its columns (a, b)",
            pa.table({"a": ["550"], "b": ["550"]}),
            {},
        ),
        (
            TypeError,
            "column: expected a column of Arrow or an iterable of str, bytes and None, not str: verdict() takes one text",
            "550 no",
            {},
        ),
        (TypeError, "column: row 1: expected str, bytes or None, not int", ["550 no", 5], {}),
        (ValueError, "reply: it ends after 4 rows, column has more", pa.array(TEXTS), {"reply": pa.array([550] * 4)}),
        (ValueError, "host: it has more than the 9 rows of column", pa.array(TEXTS), {"host": pa.array([""] * 10)}),
        (
            ParseError,
            "reply: row 3: expected a reply code of 200 to 599 or null, not 600",
            ["no"] * 4,
            {"reply": pa.array([550] * 3 + [600])},
        ),
        (
            ParseError,
            "reply: row 0: expected a reply code of 200 to 599 or null, not -1",
            ["no"],
            {"reply": pa.array([-1])},
        ),
        (
            ParseError,
            "reply: row 0: expected a reply code of 200 to 599 or null, not 550.5",
            ["no"],
            {"reply": pa.array([550.5])},
        ),
        (ParseError, "reply: row 0: ", ["no"], {"reply": pa.array(["x"])}),
        (ParseError, "enhanced: row 3000: ", ["no"] * 3001, {"enhanced": pa.array(["5.1.1"] * 3000 + ["5.1"])}),
        (ValueError, "host: row 1: expected a name in UTF-8", ["no"] * 2, {"host": pa.array([b"a.example", b"\xff"])}),
        (TypeError, "expected Rules for rules, not str", TEXTS, {"rules": "acme.toml"}),
        (ValueError, "threads: expected 1 or more, not 0", TEXTS, {"threads": 0}),
        (RuntimeError, "column: after row 10: ", failing(10, KeyError("the tape is torn")), {}),
        (KeyError, "torn", Stream(lambda: {}["torn"]), {}),
        (TypeError, "column: not as in the Arrow PyCapsule interface: 'int' ", Stream(lambda: 1), {}),
        (TypeError, "column: not as in the Arrow PyCapsule interface: ", Array(lambda: 1), {}),
        (ValueError, "column: not as in the Arrow PyCapsule interface: ", Array(lambda: ()), {}),
        (
            ValueError,
            "column: not as in the Arrow PyCapsule interface: ",
            Stream(lambda: pa.array(TEXTS).__arrow_c_array__()[0]),
            {},
        ),
    ],
)
def test_what_is_wrong_is_told_with_column_and_row(
    error: type[Exception], message: str, column: Any, known: dict[str, Any]
) -> None:
    with pytest.raises(error) as raised:
        verdicts(column, **known)
    assert message in str(raised.value)
    assert type(raised.value) is error
    assert "\x1b" not in str(raised.value)


def test_the_message_of_a_producer_that_fails_is_told() -> None:
    with pytest.raises(RuntimeError, match="the tape is torn") as raised:
        verdicts(failing(10, ValueError("the tape is torn \x1b[31m")))
    assert "\x1b" not in str(raised.value)
    with pytest.raises(ValueError, match="the tape is torn"):
        verdicts(text for text in tape())


def tape() -> Iterator[str]:
    yield "550 5.1.1 User unknown"
    raise ValueError("the tape is torn")


def test_a_capsule_is_good_for_once() -> None:
    stream: Any = pa.chunked_array([TEXTS]).__arrow_c_stream__()
    assert rows(verdicts(Stream(lambda: stream))) == EXPECTED
    with pytest.raises(ValueError, match="the stream is exhausted: it was handed over before"):
        verdicts(Stream(lambda: stream))
    array: Any = pa.array(TEXTS).__arrow_c_array__()
    assert rows(verdicts(Array(lambda: array))) == EXPECTED
    with pytest.raises(ValueError, match="was handed over before"):
        verdicts(Array(lambda: array))
    # A failed call gives back what it was handed.
    ints: Any = pa.array([1]).__arrow_c_array__()
    with pytest.raises(TypeError):
        verdicts(Array(lambda: ints))


def test_a_reader_that_was_read_has_no_more_rows() -> None:
    reader = pa.table({"response": TEXTS}).to_reader()
    assert len(verdicts(reader)) == len(TEXTS)
    assert len(verdicts(reader)) == 0


def test_buffers_that_do_not_fit_are_an_error() -> None:
    def of_offsets(*offsets: int) -> pa.Array[Any]:
        buffers = [None, pa.array(offsets, pa.int32()).buffers()[1], pa.py_buffer(b"550 no")]
        return pa.Array.from_buffers(pa.string(), len(offsets) - 1, buffers)

    assert len(verdicts(of_offsets(0, 3, 6))) == 2
    for offsets in ((0, 5, 3), (4, 2, 6)):
        with pytest.raises(ValueError, match="^column: row [01]: an array whose buffers do not fit together$"):
            verdicts(of_offsets(*offsets))
    keys: Any = pa.array([0, 7], pa.int8())
    array = pa.DictionaryArray.from_arrays(keys, pa.array(["550 no"]), safe=False)
    with pytest.raises(ValueError, match="^column: row 1: an array whose buffers do not fit together$"):
        verdicts(array)


def test_the_input_is_given_back() -> None:
    before = pa.total_allocated_bytes()
    column = pa.array(["550 5.1.1 User unknown"] * 100_000)
    given = verdicts(column)
    del column
    assert pa.total_allocated_bytes() == before
    table = pa.table(given)
    del given
    assert table["reason"].to_pylist() == ["mailbox-unknown"] * 100_000
