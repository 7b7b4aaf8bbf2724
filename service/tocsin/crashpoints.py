"""Named places where a process can be made to die at once, so that tests can try every one (C1).

`TOCSIN_CRASH_AT=commit.before:3` ends the process with status 137, as SIGKILL would, at the third
passage of that point: no clean-up, no flush, no `finally`. Unarmed, a passage costs one comparison.
"""

from __future__ import annotations

import os
from typing import Final, Literal, get_args

CrashPoint = Literal[
    "commit.before",
    "commit.after",
    "finish.before",
    "finish.after",
    "claim.after",
    "take_over.before",
    "take_over.after",
    "send.before",
    "send.after",
    "settle.before",
    "settle.after",
]
#: Every point, for tests that try them all.
POINTS: Final[tuple[CrashPoint, ...]] = get_args(CrashPoint)
VARIABLE: Final = "TOCSIN_CRASH_AT"
STATUS: Final = 137  # what a shell reports of SIGKILL


def _armed() -> tuple[str, int]:
    name, _, passage = os.environ.get(VARIABLE, "").partition(":")
    if name and name not in POINTS:
        raise ValueError(f"{VARIABLE}={name}: no such point; one of {', '.join(POINTS)}")
    return name, int(passage or 1)


_name, _left = _armed()


def crash_point(name: CrashPoint) -> None:
    """Die here if armed for this point and passage; otherwise do nothing."""
    global _left  # noqa: PLW0603 — one process dies once: the count is the process's own
    if name != _name:
        return
    _left -= 1
    if _left == 0:
        os._exit(STATUS)
