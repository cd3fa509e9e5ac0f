"""A folder of Parquet files with the verdicts as columns, batch by batch: no more than a few batches are in memory.

python examples/parquet.py FROM TO COLUMN
"""

from __future__ import annotations

import sys
from collections.abc import Iterator

import pyarrow as pa
import pyarrow.dataset as ds

import smtp_codes


def with_verdicts(batch: pa.RecordBatch, column: str) -> pa.RecordBatch:
    """A batch with the fields of the verdicts behind its columns."""
    verdicts = pa.record_batch(smtp_codes.verdicts(batch[column]))
    schema = pa.schema([*batch.schema, *verdicts.schema])
    return pa.RecordBatch.from_arrays([*batch.columns, *verdicts.columns], schema=schema)


def convert(source: str, target: str, column: str) -> None:
    """Reads the files of one folder and writes those of another."""
    dataset = ds.dataset(source, format="parquet")
    empty = with_verdicts(pa.RecordBatch.from_pylist([], schema=dataset.schema), column)

    def batches() -> Iterator[pa.RecordBatch]:
        for batch in dataset.to_batches():
            yield with_verdicts(batch, column)

    ds.write_dataset(batches(), target, schema=empty.schema, format="parquet")


if __name__ == "__main__":
    convert(*sys.argv[1:])
