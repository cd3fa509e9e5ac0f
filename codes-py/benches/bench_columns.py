"""Measures verdicts on a column beside Rust, beside one call a line, and in a Spark job of one core.

    python benches/bench_columns.py [--lines 5000000] [--spark]

It needs pyarrow, with --spark also PySpark, pandas and Java, a release build of the package, and cargo for the Rust side. All judge the same
lines, in turns, and the best round of each counts. As other work on the machine slows all down, the time of the processor is told
beside that of the clock. What is held in memory is asked of Linux.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import resource
import subprocess
import sys
import tempfile
import time
from functools import cache
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parent.parent.parent
ROUNDS = 3
ONE_BY_ONE = 200_000


@cache
def program(name: str) -> str:
    build = [
        "cargo",
        "build",
        "--release",
        "--quiet",
        "--message-format=json",
        "--package",
        "smtp-codes",
        "--example",
        name,
    ]
    rows = subprocess.run(build, cwd=ROOT, stdout=subprocess.PIPE, check=True).stdout.splitlines()
    return str(next(row["executable"] for row in map(json.loads, reversed(rows)) if row.get("executable")))


def children() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def rust(file: Path, threads: int, rounds: int) -> tuple[float, float]:
    """The best time of some rounds, and that of the processor for all of them with what the program does beside."""
    command = [program("rate"), str(file), str(threads), str(rounds)]
    before = children()
    seconds = subprocess.run(command, capture_output=True, check=True, text=True).stdout.split()
    return min(map(float, seconds), default=0.0), children() - before


def column(file: Path) -> Any:
    import pyarrow as pa

    return pa.array(file.read_text(encoding="utf-8").split("\n")[:-1], pa.large_string())


def memory() -> dict[str, float]:
    """What the process holds, and has held at most, in MB."""
    lines = Path("/proc/self/status").read_text().splitlines()
    return {line.split(":")[0]: int(line.split()[1]) / 1024 for line in lines if line.startswith(("VmRSS", "VmHWM"))}


def judge_in_memory(file: Path) -> None:
    """Run in a process of its own: how much more than input and output is held at most."""
    import smtp_codes

    texts = column(file)
    smtp_codes.verdicts(texts[:1000])
    Path("/proc/self/clear_refs").write_text("5")
    before = memory()["VmRSS"]
    given = smtp_codes.verdicts(texts)
    peak = memory()["VmHWM"]
    import pyarrow as pa

    output = pa.table(given).nbytes / 1e6 * 1e6 / 1024 / 1024
    print(json.dumps({"input": texts.nbytes / 1024 / 1024, "output": output, "more": peak - before - output}))


def descendants() -> float:
    """The processor's time of the processes that this one has started, and those that they have, as Linux tells it."""
    ticks, parents = {}, {}
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            fields = (folder / "stat").read_text().rsplit(")", 1)[1].split()
        except OSError:
            continue
        parents[folder.name] = fields[1]
        # Of the process, and of those below it that have ended.
        ticks[folder.name] = sum(map(int, fields[11:15]))

    def is_below(process: str) -> bool:
        parent = parents.get(process)
        return parent is not None and (parent == str(os.getpid()) or is_below(parent))

    return sum(ticks[process] for process in ticks if is_below(process)) / os.sysconf("SC_CLK_TCK")


def spark_seconds(file: Path, folder: Path) -> tuple[float, float]:
    """How long a Spark of one core takes for the job, by the clock and the processor, after it has started and warmed up."""
    sys.path.insert(0, str(ROOT / "codes-py" / "examples"))
    os.environ["PYTHONPATH"] = sys.path[0]
    os.environ["PYSPARK_PYTHON"] = sys.executable
    import pyarrow as pa
    import pyarrow.parquet as pq
    import spark_job
    from pyspark.sql import SparkSession

    pq.write_table(pa.table({"response": column(file)}), folder / "events.parquet", row_group_size=200_000)
    builder: Any = SparkSession.builder
    settings = {"bindAddress": "127.0.0.1", "host": "127.0.0.1", "memory": "2g"}
    for name, value in settings.items():
        builder = builder.config(f"spark.driver.{name}", value)
    spark = builder.config("spark.ui.enabled", "false").master("local[1]").getOrCreate()
    best = [float("inf")] * 2
    for _ in range(ROUNDS):
        start, used = time.perf_counter(), descendants()
        job = spark_job.counts(spark_job.with_verdicts(spark.read.parquet(str(folder / "events.parquet")), "response"))
        assert job.count() > 10
        best = [min(best[0], time.perf_counter() - start), min(best[1], descendants() - used)]
    spark.stop()
    return best[0], best[1]


def main() -> None:
    parser = argparse.ArgumentParser(description="Verdicts on a column, measured.")
    parser.add_argument("--lines", type=int, default=5_000_000)
    parser.add_argument("--spark", action="store_true")
    parser.add_argument("--memory-of", type=Path, help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.memory_of:
        judge_in_memory(arguments.memory_of)
        return
    with tempfile.TemporaryDirectory() as folder:
        measure(arguments.lines, Path(folder), arguments.spark)


def measure(count: int, folder: Path, with_spark: bool) -> None:
    import pyarrow as pa

    import smtp_codes

    cores = os.cpu_count() or 1
    print(f"Python {platform.python_version()}, pyarrow {pa.__version__}, {cores} cores, {count:,} lines")
    file = folder / "lines.txt"
    with file.open("wb") as out:
        subprocess.run([program("lines"), str(count)], stdout=out, check=True)
    texts = column(file)

    for threads in sorted({1, cores}):
        # What the Rust program takes to read the file is in both of these.
        ours, theirs = [float("inf")] * 2, [float("inf")] * 2
        for _ in range(ROUNDS):
            _, reading = rust(file, threads, 0)
            wall, cpu = rust(file, threads, 1)
            theirs = [min(theirs[0], wall), min(theirs[1], cpu - reading)]
            start, used = time.perf_counter(), time.process_time()
            smtp_codes.verdicts(texts, threads=threads)
            ours = [min(ours[0], time.perf_counter() - start), min(ours[1], time.process_time() - used)]
        for name, (wall, cpu) in (("Rust", theirs), ("Arrow", ours)):
            rate, cost = count / wall / 1e6, cpu / count * 1e9
            print(f"{name:>6}, {threads} threads: {rate:6.2f} million lines a second, {cost:6.0f} ns of a core a line")
        print(
            f"        Arrow has {theirs[0] / ours[0]:.0%} of Rust's rate, by the processor's time {theirs[1] / ours[1]:.0%}"
        )

    some = texts[:ONE_BY_ONE].to_pylist()
    for name, judge in (
        ("verdict() in a loop", lambda: [smtp_codes.verdict(text).reason for text in some]),
        ("verdicts_iter()", lambda: [given.reason for given in smtp_codes.verdicts_iter(some) if given]),
    ):
        best = float("inf")
        for _ in range(ROUNDS):
            used = time.process_time()
            judge()
            best = min(best, time.process_time() - used)
        print(f"{name}: {best / len(some) * 1e9:6.0f} ns of a core a line")

    if Path("/proc/self/clear_refs").exists():
        command = [sys.executable, __file__, "--memory-of", str(file)]
        given = json.loads(subprocess.run(command, stdout=subprocess.PIPE, check=True).stdout)
        print("memory: " + ", ".join(f"{name} {size:.0f} MB" for name, size in given.items()) + " at most")
    if with_spark:
        wall, cpu = spark_seconds(file, folder)
        minutes = 1e9 * cpu / count / 100 / 60
        print(f"Spark: {count / wall:,.0f} lines a second, {count / cpu:,.0f} a second of a core")
        print(f"       a billion lines take {minutes:.1f} minutes of 100 cores")


if __name__ == "__main__":
    main()
