"""Lines of mail logs."""

from __future__ import annotations

import datetime
import gzip
from pathlib import Path

import pytest

from smtp_codes import LogFormat, LogOutcome, LogRecord, Phase, Reason, Rules, read_log

LOGS = Path(__file__).parent.parent.parent / "codes-core/tests/log"
EXIM = "2026-01-05 09:12:02 +0100 1rLxYz-0001Ac-Ef ** bob@b.example R=d T=r H=mx.b.example [192.0.2.3]: "
EXIM += "SMTP error from remote mail server after RCPT TO:<bob@b.example>: 550 5.1.1 no such user here\n"


@pytest.mark.skipif(not LOGS.exists(), reason="the logs are in the repository only")
@pytest.mark.parametrize("name", list(LogFormat))
def test_a_log_of_each_format_is_read(name: LogFormat) -> None:
    reader = read_log(LOGS / f"{name}.log")
    records = list(reader)
    told = (LOGS / f"{name}.told").read_text(encoding="utf-8").splitlines()
    assert len(records) == (len(told) - 1) // 2
    assert f"{reader.others} others, {reader.unknown} unknown" == told[-1]
    assert reader.format is name
    assert {record.format for record in records} == {name}
    assert records == list(read_log(str(LOGS / f"{name}.log"), format=str(name)))


def test_a_record_has_what_the_line_tells() -> None:
    (record,) = read_log([EXIM])
    assert record.outcome is LogOutcome.FAILED
    assert record.time == datetime.datetime(2026, 1, 5, 8, 12, 2, tzinfo=datetime.timezone.utc)
    assert (record.queue_id, record.recipient, record.sender) == ("1rLxYz-0001Ac-Ef", "bob@b.example", None)
    assert (record.relay_host, record.relay_address, record.relay_port) == ("mx.b.example", "192.0.2.3", None)
    assert (str(record.reply), str(record.enhanced), record.phase) == ("550", "5.1.1", Phase.RCPT)
    assert record.text == "550 5.1.1 no such user here"
    assert record.verdict().reason is Reason.MAILBOX_UNKNOWN
    assert (hash(record), record) == (hash(next(read_log([EXIM.encode()]))), next(read_log([EXIM.encode()])))
    with pytest.raises(AttributeError):
        record.text = "other"  # type: ignore[misc]


def test_a_stamp_without_a_year_gets_the_one_that_is_said() -> None:
    line = "Jan  5 09:12:06 out1 postfix/qmgr[1]: 4F2A8: from=<ann@a.example>, status=expired, returned to sender"
    assert next(read_log([line], year=2026)).time == datetime.datetime(2026, 1, 5, 9, 12, 6)
    record = next(read_log([line]))
    assert record.time is not None and record.time.year == 1972
    assert record.verdict().reason is Reason.EXPIRED


def test_files_may_be_compressed(tmp_path: Path) -> None:
    file = tmp_path / "mainlog.gz"
    file.write_bytes(gzip.compress(EXIM.encode() * 3))
    reader = read_log(file)
    assert len(list(reader)) == reader.line == 3


def test_rules_of_ones_own_are_asked_first() -> None:
    rules = Rules.parse(
        """
        id = "ours"
        name = "Ours"
        [[rule]]
        id = "ours-gone"
        reason = "mailbox-disabled"
        words = ["no such user here"]
        examples = ["550 no such user here"]
        """
    )
    assert next(read_log([EXIM])).verdict(rules=rules).reason is Reason.MAILBOX_DISABLED


def test_wrong_sources_are_refused() -> None:
    with pytest.raises(FileNotFoundError):
        read_log("no-such-file")
    for source in (b"one line", 7):
        with pytest.raises(TypeError, match="expected a path, a file or an iterable of lines, not "):
            read_log(source)  # type: ignore[arg-type]
    with pytest.raises(TypeError, match="expected lines of str or bytes, not int"):
        next(read_log([7]))  # type: ignore[list-item]
    with pytest.raises(ValueError, match="'courier' is not a valid LogFormat"):
        read_log([], format="courier")


def test_lines_of_no_log_are_counted() -> None:
    reader = read_log([b"\xff\xfe", "", EXIM])
    assert [type(record) for record in reader] == [LogRecord]
    assert (reader.line, reader.others, reader.unknown) == (3, 1, 1)
    assert repr(reader) == "<LogReader exim at line 3>"
