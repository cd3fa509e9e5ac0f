"""Measures what a reply code costs, beside the status code of the standard library.

    python benches/bench_codes.py

The two take turns, so that other work on the machine slows both down, and the best round of each counts.
"""

from __future__ import annotations

import platform
import subprocess
import sys
import timeit

ROUNDS = 40
CALLS = 100_000
SETUP = "from http import HTTPStatus; from smtp_codes import EnhancedCode, ReplyCode, codes, explain, lookup, verdict"
STANDARD = "HTTPStatus(404).phrase"
OURS = [
    "ReplyCode(550).title",
    "EnhancedCode('5.7.1').title",
    "lookup('550 5.7.1')",
    "codes(b'550 5.7.1 Access denied')",
    "verdict(b'550 5.7.1 Access denied')",
    "verdict((550, b'5.1.1 User unknown')).as_dict()",
    "explain(b'550 5.7.1 Access denied')",
]


def nanoseconds(statements: list[str]) -> dict[str, float]:
    timers = {statement: timeit.Timer(statement, SETUP) for statement in statements}
    best = dict.fromkeys(statements, float("inf"))
    for _ in range(ROUNDS):
        for statement, timer in timers.items():
            best[statement] = min(best[statement], timer.timeit(CALLS) / CALLS * 1e9)
    return best


def milliseconds_to_import() -> float:
    """The best of several fresh processes, as `python -X importtime` counts it."""
    command = [sys.executable, "-X", "importtime", "-c", "import smtp_codes"]
    totals = []
    for _ in range(10):
        report = subprocess.run(command, capture_output=True, check=True, text=True).stderr
        totals.append(int(report.splitlines()[-1].split("|")[1]) / 1000)
    return min(totals)


def main() -> None:
    print(f"Python {platform.python_version()}")
    print(f"{milliseconds_to_import():8.1f} ms  import smtp_codes")
    best = nanoseconds([STANDARD, *OURS])
    for statement, time in best.items():
        print(f"{time:8.0f} ns  {statement}")
    print(f"{OURS[0]} is {best[STANDARD] / best[OURS[0]]:.1f} times as fast as {STANDARD}")


if __name__ == "__main__":
    main()
