"""When to try again: Standard Webhooks' schedule for machines, a short leash for people."""

from __future__ import annotations

from datetime import datetime, timedelta

from tocsin.sinks.terms import Readers

#: The wait before each attempt (Standard Webhooks 1.0.0, "retry schedule"): ten in all, 75 h.
SCHEDULE: tuple[timedelta, ...] = (
    timedelta(0),
    timedelta(seconds=5),
    timedelta(minutes=5),
    timedelta(minutes=30),
    timedelta(hours=2),
    timedelta(hours=5),
    timedelta(hours=10),
    timedelta(hours=14),
    timedelta(hours=20),
    timedelta(hours=24),
)
JITTER = 0.2
#: A person's channel is probed again soon, because one message then tells all that was missed.
PROBES: tuple[timedelta, ...] = tuple(timedelta(seconds=s) for s in (5, 15, 30, 60, 120, 300))
#: After so long an alert becomes a dead letter even if its attempts are not used up, because only
#: some of what waits is probed with: longer than the whole schedule for machines.
PATIENCE = {"people": timedelta(hours=72), "machines": timedelta(hours=96)}


def next_attempt(failed: int, chance: float, asked: timedelta | None = None) -> timedelta | None:
    """How long after the `failed`-th failed attempt the next one is due; None when exhausted.

    `chance` in [0, 1) places it within ± 20 %; what the other side asked for is never undercut.
    """
    if failed >= len(SCHEDULE):
        return None
    wait = jittered(SCHEDULE[failed], chance)
    return wait if asked is None else max(wait, asked)


def next_probe(failures: int, chance: float, asked: timedelta | None = None) -> timedelta:
    """How long a person's channel is left alone after its `failures`-th failure in a row."""
    wait = jittered(PROBES[min(failures, len(PROBES)) - 1], chance)
    return wait if asked is None else max(wait, asked)


def out_of_patience(readers: Readers, taken: datetime, now: datetime) -> bool:
    """Whether an alert has waited too long to be worth telling."""
    return now - taken > PATIENCE[readers]


def jittered(wait: timedelta, chance: float) -> timedelta:
    """`wait` ± 20 %, placed by `chance` in [0, 1)."""
    return wait * (1 - JITTER + 2 * JITTER * chance)
