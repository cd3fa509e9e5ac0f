"""Rust, the command line, and Python in every way have the same verdicts on the same 10,000 lines."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import duckdb
import pandas as pd
import parquet as parquet_recipe
import polars as pl
import pyarrow as pa
import pyarrow.dataset as ds
import pyarrow.parquet as pq
import pytest
import spark_job
import with_duckdb
import with_pandas
import with_polars
from conftest import example, run
from pyspark.sql import SparkSession

import smtp_codes

FIELDS = ["class", "reason", "party", "action", "provider", "rule", "basis", "reply", "enhanced", "retry_after"]
Row = tuple[Any, ...]


def rows_of(table: pa.Table) -> list[Row]:
    columns = [table[name].to_pylist() for name in FIELDS]
    return list(zip(*columns))


def of_dicts(dicts: Iterable[dict[str, Any]]) -> list[Row]:
    return [tuple(row[name] for name in FIELDS) for row in dicts]


@pytest.fixture(scope="session")
def expected(lines: list[str]) -> list[Row]:
    """What Rust says."""
    rows: list[Row] = []
    for line in run(example("fields"), [], "".join(line + "\n" for line in lines)):
        words = [None if word == "-" else word for word in line.split("\t")]
        rows.append((*words[:7], number(words[7]), words[8], number(words[9])))
    assert len(rows) == len(lines) == 10_000
    return rows


def number(word: str | None) -> int | None:
    return None if word is None else int(word)


@pytest.fixture(scope="session")
def files(lines: list[str], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of three Parquet files, of several row groups each."""
    folder = tmp_path_factory.mktemp("events")
    table = pa.table({"id": range(len(lines)), "response": lines})
    for place, (start, rows) in enumerate([(0, 5000), (5000, 1), (5001, 4999)]):
        pq.write_table(table.slice(start, rows), folder / f"{place}.parquet", row_group_size=1234)
    return folder


def test_the_lines_are_varied(expected: list[Row]) -> None:
    values = [len(set(column)) for column in zip(*expected)]
    assert values[FIELDS.index("class")] == 4
    assert values[FIELDS.index("reason")] >= 29
    assert values[FIELDS.index("rule")] > 500
    assert Counter(row[FIELDS.index("basis")] for row in expected).keys() >= {"text", "reply", "none"}


def test_the_command_line(lines: list[str], expected: list[Row]) -> None:
    text = "".join(line + "\n" for line in lines)
    objects = run(("--package", "smtp-codes-cli"), ["classify", "--json"], text)
    assert of_dicts(json.loads(line) for line in objects) == expected


def test_one_call_a_line(lines: list[str], expected: list[Row]) -> None:
    assert of_dicts(smtp_codes.verdict(line).as_dict() for line in lines) == expected


def test_an_iterator(lines: list[str], expected: list[Row]) -> None:
    given = [verdict.as_dict() for verdict in smtp_codes.verdicts_iter(iter(lines)) if verdict is not None]
    assert of_dicts(given) == expected


@pytest.mark.parametrize("threads", [1, 2, 7])
def test_lists_and_arrow(lines: list[str], expected: list[Row], threads: int) -> None:
    assert rows_of(pa.table(smtp_codes.verdicts(lines, threads=threads))) == expected
    assert rows_of(pa.table(smtp_codes.verdicts(pa.array(lines), threads=threads))) == expected


def test_pandas(lines: list[str], expected: list[Row]) -> None:
    # An index of which no two rows are unlike.
    events = pd.DataFrame({"response": lines}, index=[7] * len(lines))
    given = with_pandas.with_verdicts(events, "response")
    assert list(given["response"]) == lines
    assert rows_of(pa.Table.from_pandas(given[FIELDS], preserve_index=False)) == expected


def test_polars(lines: list[str], expected: list[Row]) -> None:
    events = pl.DataFrame({"response": lines})
    given = with_polars.with_verdicts(events, "response")
    assert given["response"].to_list() == lines
    assert given.select(FIELDS).rows() == expected


def test_polars_lazily(lines: list[str], expected: list[Row]) -> None:
    query = pl.LazyFrame({"response": lines}).with_columns(verdict=with_polars.verdict("response"))
    assert query.collect_schema()["verdict"] == with_polars.VERDICT
    given = query.unnest("verdict").collect()
    assert given.select(FIELDS).rows() == expected


def test_duckdb(lines: list[str], expected: list[Row]) -> None:
    connection = duckdb.connect()
    connection.from_arrow(pa.table({"id": range(len(lines)), "response": lines})).create("events")
    given = with_duckdb.with_verdicts(connection, "select * from events order by id", "response")
    assert given.order("id").select(*FIELDS).fetchall() == expected
    with_duckdb.add_function(connection)
    reasons = connection.sql("select smtp_reason(response) from events order by id").fetchall()
    assert [reason for (reason,) in reasons] == [row[FIELDS.index("reason")] for row in expected]


def test_parquet(files: Path, expected: list[Row], tmp_path: Path) -> None:
    parquet_recipe.convert(str(files), str(tmp_path / "out"), "response")
    table = ds.dataset(tmp_path / "out", format="parquet").to_table().sort_by("id")
    assert rows_of(table) == expected


def test_spark(spark: SparkSession, files: Path, expected: list[Row]) -> None:
    given = spark_job.with_verdicts(spark.read.parquet(str(files)), "response")
    assert of_dicts(row.asDict() for row in given.orderBy("id").collect()) == expected
    places = [FIELDS.index(name) for name in ("provider", "reason")]
    counted = Counter(tuple(row[place] for place in places) for row in expected)
    assert {(row["provider"], row["reason"]): row["events"] for row in spark_job.counts(given).collect()} == counted
