"""What rules would have raised over an archive: the live path, with the past as its clock.

Parse, unseen, read, recall, judge and commit are those of the service, on a private server in a
temporary directory. Reading runs in this process: an archive is the operator's own.
"""

from __future__ import annotations

import tempfile
from collections.abc import AsyncIterator, Iterable, Iterator, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import assert_never

from tocsin.feeds.entries import Unparseable, to_reports
from tocsin.feeds.parse import parse
from tocsin.intake import Intake, Taken
from tocsin.judging.rulebook import Rulebook
from tocsin.judging.verdict import Alert, Reason
from tocsin.ledger.connection import Away, Store, connect
from tocsin.ledger.keys import Keys
from tocsin.ledger.leases import claim_due, enroll
from tocsin.ledger.server import EmbeddedServer
from tocsin.reading.facts import Reading
from tocsin.reading.lexicon import Lexicon
from tocsin.reading.read import read_war
from tocsin.reading.report import Report
from tocsin.rehearsal.archive import Row, Seen, Snapshot

SOURCE = "/tocsin/backtest"
ROWS = "rows"  # the feed that JSON lines are taken to come from
ROWS_AT_ONCE = 64
_EVERY_FEED = 1_000_000


@dataclass(frozen=True, slots=True)
class Judgement:
    """What became of one report: `id` is its row's, or its own; `stories` the gravest first."""

    observed: datetime
    id: str
    report: Report
    alerts: tuple[Alert, ...]
    reasons: tuple[Reason, ...]
    stories: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Lost:
    """A snapshot that could not be parsed, and why."""

    observed: datetime
    feed: str
    reason: str


class ReplayError(Exception):
    """The private server went away in the middle: the replay cannot go on."""


@asynccontextmanager
async def private_store() -> AsyncIterator[Store]:
    """A ledger of its own, gone with the replay. Raises ServerError where none can be had."""
    async with AsyncExitStack() as stack:
        folder = stack.enter_context(tempfile.TemporaryDirectory(prefix="tocsin-replay-"))
        server = await stack.enter_async_context(EmbeddedServer(Path(folder)))
        redis = connect(server.url, socket=server.socket, connections=2)
        stack.push_async_callback(redis.aclose)
        yield Store(redis, Keys())


async def replay(
    seen: Sequence[Seen],
    rulebook: Rulebook,
    lexicon: Lexicon,
    store: Store,
    *,
    any_topic: bool = False,
) -> AsyncIterator[Judgement | Lost | int]:
    """Take everything in, in the order in which it was seen; a number is of items done.

    `any_topic` groups reports of any topic into stories by their words, and judges nothing.
    """
    tokens = await _leases(store, seen)

    async def read_all(reports: Sequence[Report]) -> list[Reading]:
        return [read_war(report, lexicon) for report in reports]

    rulebook = replace(rulebook, any_topic=any_topic)
    intake = Intake(store, read_all, lambda: rulebook, reader="replay", source=SOURCE, test=True)
    for turn in _turns(seen):
        if isinstance(turn, Lost):
            yield turn
            yield 1
            continue
        taken = await intake.take_in(
            turn.feed,
            tokens[turn.feed],
            turn.reports,
            turn.observed,
            memory_until=turn.memory_until,
            at=_fetched,
        )
        if not isinstance(taken, Taken):
            detail = taken.reason if isinstance(taken, Away) else "the lease was lost"
            raise ReplayError(f"the private server went away: {detail}")
        for told in sorted(taken.told, key=lambda one: one.judged.now):
            case, verdict = told.judged, told.judged.verdict
            if case.report is not None and verdict.filed is not None:
                yield Judgement(
                    case.now,
                    turn.rows.get((case.report.id, case.report.version), case.report.id),
                    case.report,
                    verdict.alerts,
                    verdict.reasons,
                    verdict.filed.stories,
                )
        yield turn.items


@dataclass(frozen=True, slots=True)
class _Turn:
    """What is taken in at once: a snapshot, or up to so many rows, each judged at its own time."""

    feed: str
    observed: datetime
    reports: Sequence[Report]
    memory_until: datetime | None
    rows: dict[tuple[str, str], str]
    items: int


def _turns(seen: Iterable[Seen]) -> Iterator[_Turn | Lost]:
    rows: list[Row] = []
    for item in seen:
        if rows and (isinstance(item, Snapshot) or len(rows) == ROWS_AT_ONCE):
            yield _rows_turn(rows)
            rows = []
        match item:
            case Row():
                rows.append(item)
            case Snapshot():
                yield _snapshot_turn(item)
            case _:
                assert_never(item)
    if rows:
        yield _rows_turn(rows)


def _rows_turn(rows: Sequence[Row]) -> _Turn:
    names = {(row.report.id, row.report.version): row.id for row in rows}
    reports = [row.report for row in rows]
    return _Turn(ROWS, rows[-1].observed, reports, None, names, len(rows))


def _snapshot_turn(item: Snapshot) -> _Turn | Lost:
    parsed = parse(item.body)
    if isinstance(parsed, Unparseable):
        return Lost(item.observed, item.feed, parsed.reason)
    reports = to_reports(parsed, item.feed, None, item.observed)
    memory_until = item.observed + timedelta(seconds=1) if item.first else None
    return _Turn(item.feed, item.observed, reports, memory_until, {}, 1)


def _fetched(report: Report) -> datetime:
    if report.fetched is None:
        raise AssertionError("a report of an archive has a time")
    return report.fetched


async def _leases(store: Store, seen: Iterable[Seen]) -> dict[str, str]:
    """A lease on every feed, for longer than any replay takes."""
    feeds = {item.feed if isinstance(item, Snapshot) else ROWS for item in seen}
    await enroll(store, {feed: feed for feed in feeds})
    leases = await claim_due(store, _EVERY_FEED, timedelta(days=7))
    if isinstance(leases, Away):
        raise ReplayError(f"the private server went away: {leases.reason}")
    return {lease.feed: lease.token for lease in leases}
