"""The one commit: alerts, ledger and seen, whole or not at all, at most once (law 2).

Asking again after a lost reply is safe: what was committed answers `Seen` (C7).
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Final

from tocsin.crashpoints import crash_point
from tocsin.ledger.connection import Away, Store
from tocsin.ledger.script import Script
from tocsin.ledger.writes import Judged, plan

COMMIT: Final = Script.load("commit.lua")

#: How many reports one script commits at most: the server does nothing else meanwhile.
AT_ONCE: Final = 100


@dataclass(frozen=True, slots=True)
class Ok:
    """Committed. `sequences` are the alerts' places in the stream, as the verdict orders them."""

    sequences: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Seen:
    """This version of the report had been committed before; nothing was written."""


@dataclass(frozen=True, slots=True)
class Stale:
    """A head moved since recall; nothing was written. Recall and judge again."""


@dataclass(frozen=True, slots=True)
class Fenced:
    """The lease is another's by now; nothing was written, and nothing more may be."""


Outcome = Ok | Seen | Stale


async def commit(
    store: Store, feed: str, fence: str, judged: Sequence[Judged]
) -> list[Outcome] | Fenced | Away:
    """Commit the verdicts on reports of one feed, in order, each whole or absent.

    `fence` is the token of the lease under which the feed was polled. A report judged on top of an
    earlier one of the same call (its heads one higher) is `Stale` if that one was not `Ok`. Many
    go in several scripts, so that none is long: when one of them meets `Fenced` or `Away`, what
    went before it stays committed.
    """
    outcomes: list[Outcome] = []
    doubtful: set[str] = set()
    for start in range(0, len(judged), AT_ONCE):
        part = judged[start : start + AT_ONCE]
        answer = await _run(store, feed, fence, part, doubtful)
        if isinstance(answer, (Fenced, Away)):
            return answer
        for one, outcome in zip(part, answer, strict=True):
            if not isinstance(outcome, Ok):
                doubtful.update(one.verdict.heads)
        outcomes += answer
    return outcomes


async def announce(store: Store, judged: Judged) -> Outcome | Away:
    """Commit a verdict that no poll caused: of the clock, of an operator, or a note."""
    answer = await _run(store, "", "", [judged], frozenset())
    match answer:
        case Away():
            return answer
        case Fenced():
            raise AssertionError("a verdict without a lease cannot be fenced")
        case [outcome]:
            return outcome
        case _:
            raise AssertionError(f"one verdict, several answers: {answer}")


async def _run(
    store: Store, feed: str, fence: str, judged: Sequence[Judged], doubtful: Collection[str]
) -> list[Outcome] | Fenced | Away:
    order = plan(store.keys, feed, fence, judged, doubtful)
    crash_point("commit.before")
    answer = await COMMIT.run(store.redis, order.keys, order.arguments())
    crash_point("commit.after")
    match answer:
        case Away():
            return answer
        case [b"FENCED"]:
            return Fenced()
        case [b"FOREIGN", key, wanted, found]:
            return Away(
                "foreign_key",
                f"{key.decode()} is a {found.decode()} and should be a {wanted.decode()}: "
                "something else writes under our prefix; move it away, or set another prefix",
            )
        case [b"DONE", *reports]:
            return [_outcome(report) for report in reports]
        case _:
            raise AssertionError(f"commit.lua answered {answer!r}")


def _outcome(report: list[bytes]) -> Outcome:
    match report:
        case [b"OK", *sequences]:
            return Ok(tuple(sequence.decode() for sequence in sequences))
        case [b"SEEN"]:
            return Seen()
        case [b"STALE"]:
            return Stale()
        case _:
            raise AssertionError(f"commit.lua answered {report!r}")
