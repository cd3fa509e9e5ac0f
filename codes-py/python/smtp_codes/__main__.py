"""The command line: `python -m smtp_codes` does what the program `smtp-codes` does."""

from __future__ import annotations

import signal
import sys

from ._core import _command_line  # pyright: ignore[reportPrivateUsage]


def main() -> int:
    """Runs the command line with the arguments of the process, and returns its exit code."""
    # Python would only note an interrupt, and end when the command is done.
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    return _command_line(["smtp-codes", *sys.argv[1:]])


if __name__ == "__main__":
    sys.exit(main())
