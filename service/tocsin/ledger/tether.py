"""Become a server that dies with the Tocsin that started it (Linux; elsewhere it just becomes it).

Run as a script: `python tether.py PARENT PROGRAM ARGUMENT…`. The kernel then sends SIGTERM, on
which the server syncs its append-only file and ends, however its parent died. Setting this between
fork and exec inside an asyncio process would run Python in a forked child; a program of three lines
that becomes another is safe. The kernel ties it to the *thread* that started us: the event loop's.
"""

from __future__ import annotations

import ctypes
import os
import signal
import sys

_PR_SET_PDEATHSIG = 1


def main(parent: str, program: str, *arguments: str) -> None:
    """Tie this process to `parent` (a process id), then become `program`."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGTERM)
        if os.getppid() != int(parent):  # it died before we were tied to it
            sys.exit(0)
    os.execv(program, [program, *arguments])  # noqa: S606 — becoming it is the point


if __name__ == "__main__":
    main(*sys.argv[1:])
