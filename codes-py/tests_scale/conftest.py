"""What the tests of the recipes share: the lines, the programs of Rust, and a Spark of this machine."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from pyspark.sql import SparkSession

ROOT = Path(__file__).parent.parent.parent
EXAMPLES = Path(__file__).parent.parent / "examples"
sys.path.insert(0, str(EXAMPLES))


@cache
def program(*build: str) -> Path:
    """Builds an example of the library or the command line; where it lies."""
    command = ["cargo", "build", "--quiet", "--message-format=json", *build]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, check=False)
    assert done.returncode == 0, done.stderr.decode()
    built = [json.loads(line) for line in done.stdout.splitlines()]
    return Path(next(row["executable"] for row in reversed(built) if row.get("executable")))


def run(build: tuple[str, ...], arguments: list[str], text: str = "") -> list[str]:
    """The lines that a program writes."""
    done = subprocess.run([program(*build), *arguments], input=text.encode(), capture_output=True, check=False)
    assert done.returncode == 0, done.stderr.decode()
    return done.stdout.decode().splitlines()


def example(name: str) -> tuple[str, ...]:
    return ("--package", "smtp-codes", "--example", name)


@pytest.fixture(scope="session")
def lines() -> list[str]:
    """10,000 lines, all different and the same at every run."""
    return run(example("lines"), ["10000"])


@pytest.fixture(scope="session")
def spark() -> Iterator[SparkSession]:
    """A Spark of two workers in this machine, without a network. Its workers are this Python, with the examples."""
    if shutil.which("java") is None and not install_java():
        pytest.skip("Spark needs a Java runtime, 17 or later, and there is none on this machine")
    os.environ["PYSPARK_PYTHON"] = sys.executable
    os.environ["PYTHONPATH"] = os.pathsep.join([str(EXAMPLES), os.environ.get("PYTHONPATH", "")])
    builder: SparkSession.Builder = SparkSession.builder
    settings = {
        "spark.driver.bindAddress": "127.0.0.1",
        "spark.driver.host": "127.0.0.1",
        "spark.sql.shuffle.partitions": "2",
        "spark.ui.enabled": "false",
    }
    for name, value in settings.items():
        builder = builder.config(name, value)
    session = builder.master("local[2]").getOrCreate()
    yield session
    session.stop()


def install_java() -> bool:
    """Fetches a Java runtime where that is possible without asking: as root on a Debian, as on a fresh machine for tests."""
    if not hasattr(os, "geteuid") or os.geteuid() != 0 or shutil.which("apt-get") is None:
        return False
    for arguments in (["update"], ["install", "--yes", "--no-install-recommends", "default-jre-headless"]):
        if subprocess.run(["apt-get", "--quiet", *arguments], check=False).returncode != 0:
            return False
    return shutil.which("java") is not None
