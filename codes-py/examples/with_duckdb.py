"""Verdicts in DuckDB: as a function of SQL, and beside the rows of a query."""

from __future__ import annotations

from typing import Any

import duckdb
import pyarrow as pa
from duckdb.func import FunctionNullHandling, PythonUDFType

import smtp_codes

FIELDS = ["class", "reason", "party", "action", "provider", "rule", "basis", "reply", "enhanced", "retry_after"]


def add_function(connection: duckdb.DuckDBPyConnection) -> None:
    """Adds the function `smtp_reason(text)`, which gives the reason as a string."""

    def smtp_reason(texts: Any) -> Any:
        return pa.table(smtp_codes.verdicts(texts))["reason"].cast(pa.string())

    connection.create_function(
        "smtp_reason",
        smtp_reason,
        ["VARCHAR"],
        "VARCHAR",
        type=PythonUDFType.ARROW,
        null_handling=FunctionNullHandling.SPECIAL,
    )


def with_verdicts(connection: duckdb.DuckDBPyConnection, query: str, column: str) -> duckdb.DuckDBPyRelation:
    """The rows of a query with the fields of the verdicts behind them."""
    events = connection.sql(query).to_arrow_table()
    verdicts = pa.table(smtp_codes.verdicts(events[column]))
    for name in FIELDS:
        events = events.append_column(name, verdicts[name])
    return connection.from_arrow(events)


if __name__ == "__main__":
    connection = duckdb.connect()
    connection.sql("create table events as select * from (values ('550 5.1.1 User unknown'), (null)) as t(response)")
    add_function(connection)
    print(connection.sql("select response, smtp_reason(response) as reason from events"))
    print(with_verdicts(connection, "select * from events", "response").select("response", "reason", "action"))
