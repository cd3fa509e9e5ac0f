"""Measure `smtp-codes scan` beside pflogsumm and `grep -c` on one Postfix log, in one run.

    cargo build --release && python3 codes-cli/benches/bench_scan.py [--rounds N] [--size-mb MB] [LOG]

Without LOG, a log of that size is made up. Each round runs every program once; what counts is the best wall-clock time of
each, and the ratio of these: other work on the machine makes single runs slower, never faster. pflogsumm is left out where
it is not installed (Debian: pflogsumm).
"""

import argparse
import os
import random
import shutil
import subprocess
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]

REPLIES = [
    ("5.1.1", "bounced", "550 5.1.1 <{to}>: Recipient address rejected: User unknown in virtual mailbox table"),
    ("5.7.1", "bounced", "554 5.7.1 Service unavailable; Client host [192.0.2.10] blocked using zen.spamhaus.org"),
    ("4.2.0", "deferred", "450 4.2.0 <{to}>: Recipient address rejected: Greylisted, please try again later"),
    ("4.2.2", "deferred", "452 4.2.2 <{to}> Quota exceeded (mailbox for user is full)"),
    ("4.7.0", "deferred", "421 4.7.0 Too many messages from 192.0.2.10 lately, slow down"),
]


def make_up(path: Path, size: int) -> None:
    """Write what a sending host logs: seven lines for each message, of which about one in six is refused at first."""
    seeded = random.Random(7)
    written, number = 0, 0
    with path.open("w", encoding="ascii") as log:
        while written < size:
            number += 1
            clock = number // 10
            stamp = f"Jan {5 + clock // 86400:2} {clock // 3600 % 24:02}:{clock // 60 % 60:02}:{clock % 60:02} out1 postfix/"
            queue_id = f"4F{number:09X}"
            to = f"to{seeded.randrange(10**6)}@{seeded.choice('abcdefgh')}{seeded.randrange(100)}.example"
            sender = f"from{seeded.randrange(60)}@news{seeded.randrange(7)}.sender.example"
            host = f"mx.{to.split('@')[1]}[192.0.2.{seeded.randrange(1, 255)}]"
            if seeded.random() < 0.17:
                dsn, status, words = seeded.choice(REPLIES)
                said = f"host {host} said: {words.format(to=to)} (in reply to RCPT TO command)"
            else:
                dsn, status, said = "2.0.0", "sent", "250 2.0.0 Ok: queued as 7D18122"
            lines = [
                "smtpd[2890]: connect from app2.sender.example[198.51.100.17]",
                f"smtpd[2890]: {queue_id}: client=app2.sender.example[198.51.100.17]",
                f"cleanup[5376]: {queue_id}: message-id=<u6hdpitc.{number}@app2.sender.example>",
                f"qmgr[1187]: {queue_id}: from=<{sender}>, size=19470, nrcpt=1 (queue active)",
                "smtpd[2890]: disconnect from app2.sender.example[198.51.100.17] ehlo=1 mail=1 rcpt=1 data=1 quit=1 commands=5",
                f"smtp[2849]: {queue_id}: to=<{to}>, relay={host}:25, delay=1.3, delays=0.1/0.08/0.7/0.5, dsn={dsn}, "
                f"status={status} ({said})",
                f"qmgr[1187]: {queue_id}: removed",
            ]
            text = "".join(f"{stamp}{line}\n" for line in lines)
            log.write(text)
            written += len(text)


def run(command: list[str]) -> tuple[float, float, int]:
    """Wall-clock seconds, processor seconds, and peak memory in KiB, which is never less than that of this script."""
    start = time.perf_counter()
    # Into a pipe: grep stops at the first match where nobody reads what it writes.
    child = subprocess.Popen(command, stdout=subprocess.PIPE)
    assert child.stdout is not None
    with child.stdout as output:
        output.read()
    _, status, usage = os.wait4(child.pid, 0)
    child.returncode = os.waitstatus_to_exitcode(status)
    if child.returncode != 0:
        raise SystemExit(f"{command[0]} ended with status {child.returncode}")
    return time.perf_counter() - start, usage.ru_utime + usage.ru_stime, usage.ru_maxrss


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("log", nargs="?", type=Path)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--size-mb", type=int, default=200)
    arguments = parser.parse_args()
    program = Path(os.environ.get("CARGO_TARGET_DIR", ROOT / "target")) / "release" / "smtp-codes"
    with tempfile.TemporaryDirectory() as folder:
        log = arguments.log
        if log is None:
            log = Path(folder) / "mail.log"
            make_up(log, arguments.size_mb * 1_000_000)
        commands = {"scan": [str(program), "scan", "--json", str(log)], "grep -c": ["grep", "-c", "status=", str(log)]}
        if shutil.which("pflogsumm"):
            commands["pflogsumm"] = ["pflogsumm", str(log)]
        best: dict[str, tuple[float, float, int]] = {}
        for _ in range(arguments.rounds):
            for name, command in commands.items():
                seconds, processor, memory = run(command)
                known = best.get(name, (seconds, processor, 0))
                best[name] = (min(known[0], seconds), min(known[1], processor), max(known[2], memory))
        print(f"{log.stat().st_size / 1e6:.0f} MB, the best of {arguments.rounds} rounds on {os.cpu_count()} processors")
        print(f"{'':10} {'seconds':>8} {'of scan':>8} {'processor':>10} {'memory':>9}")
        for name, (seconds, processor, memory) in best.items():
            print(
                f"{name:10} {seconds:8.3f} {seconds / best['scan'][0]:7.1f}x {processor:9.2f}s {memory / 1024:6.0f} MiB"
            )


if __name__ == "__main__":
    main()
