"""What rules would have raised over an archive: the live path, with the past as its clock.

Parse, unseen, read, recall, judge and commit are those of the service, on a private server in a
temporary directory. Reading runs in this process: an archive is the operator's own.
"""

from __future__ import annotations

import tempfile
from collections.abc import AsyncIterator, Iterable, Sequence
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
from tocsin.reading.read import read
from tocsin.reading.report import Report
from tocsin.rehearsal.archive import Row, Seen, Snapshot

SOURCE = "/tocsin/backtest"
ROWS = "rows"  # the feed that JSON lines are taken to come from
_ALL_AT_ONCE = 1_000_000


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
) -> AsyncIterator[Judgement | Lost | None]:
    """Take everything in, in the order in which it was seen; None stands for one item done.

    `any_topic` takes every report for one of armed conflict, so that stories of any kind form.
    """
    tokens = await _leases(store, seen)

    async def read_all(reports: Sequence[Report]) -> list[Reading]:
        return [_read(report, lexicon, any_topic=any_topic) for report in reports]

    intake = Intake(store, read_all, lambda: rulebook, reader="replay", source=SOURCE, test=True)
    for item in seen:
        match item:
            case Snapshot(observed=observed, feed=feed, body=body, first=first):
                parsed = parse(body)
                if isinstance(parsed, Unparseable):
                    yield Lost(observed, feed, parsed.reason)
                    continue
                reports: Sequence[Report] = to_reports(parsed, feed, None, observed)
                memory_until = observed + timedelta(seconds=1) if first else None
                names: dict[str, str] = {}
            case Row(observed=observed, id=row, report=report):
                feed, reports, memory_until = ROWS, (report,), None
                names = {report.id: row}
            case _:
                assert_never(item)
        taken = await intake.take_in(
            feed, tokens[feed], reports, observed, memory_until=memory_until
        )
        if not isinstance(taken, Taken):
            detail = taken.reason if isinstance(taken, Away) else "the lease was lost"
            raise ReplayError(f"the private server went away: {detail}")
        for told in taken.told:
            case, verdict = told.judged, told.judged.verdict
            if case.report is not None and verdict.filed is not None:
                yield Judgement(
                    observed,
                    names.get(case.report.id, case.report.id),
                    case.report,
                    verdict.alerts,
                    verdict.reasons,
                    verdict.filed.stories,
                )
        yield None


async def _leases(store: Store, seen: Iterable[Seen]) -> dict[str, str]:
    """A lease on every feed, for longer than any replay takes."""
    feeds = {item.feed if isinstance(item, Snapshot) else ROWS for item in seen}
    await enroll(store, {feed: feed for feed in feeds})
    leases = await claim_due(store, _ALL_AT_ONCE, timedelta(days=7))
    if isinstance(leases, Away):
        raise ReplayError(f"the private server went away: {leases.reason}")
    return {lease.feed: lease.token for lease in leases}


def _read(report: Report, lexicon: Lexicon, *, any_topic: bool) -> Reading:
    reading = read(report, lexicon)
    if not any_topic:
        return reading
    claims = tuple(replace(claim, relevant=True) for claim in reading.claims)
    return replace(reading, conflict=True, claims=claims)
