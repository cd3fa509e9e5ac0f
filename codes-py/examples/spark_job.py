"""A Spark job: reads Parquet, adds the verdicts, and counts by provider and reason.

spark-submit examples/spark_job.py FROM TO COLUMN
"""

from __future__ import annotations

import sys
from collections.abc import Iterator

import pyarrow as pa
from pyspark.sql import DataFrame, SparkSession
from pyspark.sql import functions as F
from pyspark.sql.types import IntegerType, LongType, StringType, StructField, StructType

import smtp_codes

# Spark has neither dictionaries nor unsigned integers: words are its strings, and a larger type holds the numbers.
WORDS = ["class", "reason", "party", "action", "provider", "rule", "basis", "enhanced"]
VERDICT = StructType(
    [StructField(name, StringType()) for name in WORDS]
    + [StructField("reply", IntegerType()), StructField("retry_after", LongType())]
)


def with_verdicts(events: DataFrame, column: str) -> DataFrame:
    """The rows with the fields of the verdicts behind them."""

    def add(batches: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        types: dict[str, pa.DataType] = dict.fromkeys(WORDS, pa.string())
        schema = pa.schema({**types, "reply": pa.int32(), "retry_after": pa.int64()})
        for batch in batches:
            # Spark runs a process for each core, so each of them has one thread.
            verdicts = pa.table(smtp_codes.verdicts(batch[column], threads=1)).select(schema.names).cast(schema)
            yield from pa.Table.from_arrays(
                [*batch.columns, *verdicts.columns], names=[*batch.schema.names, *schema.names]
            ).to_batches()

    return events.mapInArrow(add, StructType([*events.schema.fields, *VERDICT.fields]))


def counts(events: DataFrame) -> DataFrame:
    """How many events each provider and reason has."""
    return events.groupBy("provider", "reason").agg(F.count("*").alias("events")).orderBy("provider", "reason")


def main(source: str, target: str, column: str) -> None:
    spark = SparkSession.builder.appName("smtp-codes").getOrCreate()
    counts(with_verdicts(spark.read.parquet(source), column)).write.mode("overwrite").parquet(target)
    spark.stop()


if __name__ == "__main__":
    main(*sys.argv[1:])
