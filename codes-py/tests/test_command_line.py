"""`python -m smtp_codes` is the command line."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest

import smtp_codes


def run(*arguments: str, text: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    command = [sys.executable, "-m", "smtp_codes", *arguments]
    return subprocess.run(command, input=text, capture_output=True, check=False)


def test_it_answers_as_the_library() -> None:
    done = run("classify", "--json", text=b"550 5.1.1 User unknown\n452 4.2.2 Mailbox full \xff\n")
    assert (done.returncode, done.stderr) == (0, b"")
    rows = [json.loads(line) for line in done.stdout.splitlines()]
    assert [row["line"] for row in rows] == [1, 2]
    assert rows[0] == {"line": 1, **smtp_codes.verdict("550 5.1.1 User unknown").as_dict()}
    assert run("explain", "550 5.1.1 User unknown").stdout.startswith(b"mailbox-unknown")


@pytest.mark.parametrize(
    ("arguments", "code"),
    [(["550"], 0), (["no-such-thing"], 1), (["--no-such-option"], 2), (["classify", "/no/such"], 2)],
)
def test_its_exit_codes_are_those_of_the_program(arguments: list[str], code: int) -> None:
    done = run(*arguments)
    assert done.returncode == code
    assert bool(done.stderr) == (code != 0)


def test_it_calls_itself_by_the_name_of_the_program() -> None:
    assert b"Usage: smtp-codes " in run("--help").stdout
    assert run("--version").stdout.decode().split() == ["smtp-codes", smtp_codes.__version__]


def test_a_closed_pipe_is_no_error() -> None:
    command = [sys.executable, "-m", "smtp_codes", "list", "rules"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout is not None and process.stderr is not None
        process.stdout.readline()
        process.stdout.close()
        assert process.stderr.read() == b""
    assert process.returncode == 0
