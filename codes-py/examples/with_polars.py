"""Verdicts as columns of a polars data frame, at once or as an expression of a lazy query."""

from __future__ import annotations

import polars as pl

import smtp_codes

# What an expression gives is to be known before it runs: the type of the verdicts on no text.
VERDICT = pl.Series(smtp_codes.verdicts([])).dtype


def with_verdicts(events: pl.DataFrame, column: str) -> pl.DataFrame:
    """The frame with the fields of the verdicts behind its columns."""
    return events.hstack(pl.DataFrame(smtp_codes.verdicts(events[column])))


def verdict(column: str) -> pl.Expr:
    """The verdicts as an expression: `struct.field("reason")` takes one field, `struct.unnest()` all of them."""
    return pl.col(column).map_batches(lambda texts: pl.Series(smtp_codes.verdicts(texts)), return_dtype=VERDICT)


if __name__ == "__main__":
    events = pl.DataFrame({"response": ["550 5.1.1 User unknown", "452 4.2.2 Mailbox full", None]})
    print(with_verdicts(events, "response").select("response", "reason", "party", "action"))
    print(events.lazy().select(verdict("response").struct.field("reason")).collect())
