"""unseen → read → recall → judge → commit, for the reports of one feed.

The live service and the backtest take reports in through this one door. Reading and judging are
pure; what is gathered before and applied after is the ledger's. Within a process the judging of one
theatre is serial (a lock a head); between processes a moved head makes a verdict stale, and it is
recalled and judged again.
"""

from __future__ import annotations

import asyncio
from collections import defaultdict
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import assert_never

from tocsin.feeds.workshop import Unreadable
from tocsin.judging.judge import judge, wanted
from tocsin.judging.memory import Memory, Wanted
from tocsin.judging.rulebook import Rulebook
from tocsin.judging.verdict import Reason, Verdict
from tocsin.ledger.commit import Fenced, Ok, Seen, Stale, commit
from tocsin.ledger.connection import Away, Store
from tocsin.ledger.recall import recall
from tocsin.ledger.seen import member, unseen
from tocsin.ledger.writes import Judged
from tocsin.reading.facts import Reading
from tocsin.reading.report import Report

#: How often a verdict is judged again after a head moved, before it is left for the next turn.
TRIES = 5


Read = Callable[[Sequence[Report]], Awaitable[Sequence[Reading | Unreadable]]]
Complete = Callable[[Sequence[Report]], Awaitable[Sequence[Report]]]


@dataclass(frozen=True, slots=True)
class Told:
    """One verdict that is written, with the stream sequence of each of its alerts."""

    judged: Judged
    sequences: tuple[str, ...]


@dataclass(slots=True)
class Taken:
    """What became of one feed's reports. `contended` are left unseen, for the feed's next turn."""

    shown: int = 0
    new: int = 0
    told: list[Told] = field(default_factory=list)
    unread: list[Unreadable] = field(default_factory=list)
    contended: list[Report] = field(default_factory=list)

    @property
    def alerts(self) -> int:
        """How many alerts were raised."""
        return sum(len(one.sequences) for one in self.told)

    @property
    def theatres(self) -> frozenset[str]:
        """The theatres that alerts were raised of."""
        alerts = (alert for one in self.told for alert in one.judged.verdict.alerts)
        named = (alert.event["data"].get("theatre") for alert in alerts)
        return frozenset(theatre for theatre in named if theatre)


@dataclass(frozen=True, slots=True)
class _Ready:
    """A report with its reading, what judging it asks of the past, and when it is judged."""

    report: Report
    reading: Reading
    wanted: Wanted
    backlog: bool
    late: bool
    now: datetime


class Intake:
    """The door through which reports come in.

    `rulebook` is asked anew for each batch, so that a reload takes effect between batches.
    `source` is the installation's name in its alerts; `test` marks those of demo and backtest.
    """

    def __init__(
        self,
        store: Store,
        read: Read,
        rulebook: Callable[[], Rulebook],
        *,
        reader: str,
        source: str,
        test: bool = False,
    ) -> None:
        self._store = store
        self._read = read
        self._rulebook = rulebook
        self._reader = reader
        self._source = source
        self._test = test
        self._locks: defaultdict[str, asyncio.Lock] = defaultdict(asyncio.Lock)

    async def take_in(
        self,
        feed: str,
        fence: str,
        reports: Sequence[Report],
        now: datetime,
        *,
        memory_until: datetime | None = None,
        late_until: datetime | None = None,
        complete: Complete | None = None,
        at: Callable[[Report], datetime] | None = None,
    ) -> Taken | Fenced | Away:
        """Take in what is new of `reports`, oldest first.

        `Away` and `Fenced` end it early; what was committed until then stays, the rest is unseen
        and met again. What was published before `memory_until`, or at no known time, is backlog:
        it becomes memory and is told by nobody (a feed's first poll). What was published before
        `late_until` came in while nobody looked, and is told as late. `complete` is asked for the
        whole texts of what is new. `at` gives each report a time of its own to be judged at, up to
        `now`: a replay takes in many at once.
        """
        taken = Taken(shown=len(reports))
        new = await unseen(self._store, feed, [member(report) for report in reports])
        if isinstance(new, Away):
            return new
        fresh = [report for report, is_new in zip(reports, new, strict=True) if is_new]
        taken.new = len(fresh)
        if complete is not None:
            fresh = list(await complete(fresh))
        ready: list[_Ready] = []
        for report, reading in zip(fresh, await self._read(fresh), strict=True):
            if isinstance(reading, Unreadable):
                taken.unread.append(reading)
            else:
                need = wanted(report, reading, self._rulebook())
                backlog = memory_until is not None and not _after(report, memory_until)
                late = late_until is not None and not _after(report, late_until)
                judged_at = at(report) if at else now
                ready.append(_Ready(report, reading, need, backlog, late, judged_at))
        outcome = await self._put_aside(feed, fence, taken, now)
        for batch in _batches(sorted(ready, key=_said)):
            if outcome is not None:
                return outcome
            outcome = await self._settle(feed, fence, batch, taken)
        return outcome or taken

    async def _settle(
        self, feed: str, fence: str, batch: list[_Ready], taken: Taken
    ) -> Fenced | Away | None:
        """Recall, judge and commit one batch, again for those whose head moved."""
        async with self._alone(batch):
            for _ in range(TRIES):
                judged = await self._judge(batch)
                if isinstance(judged, Away):
                    return judged
                answers = await commit(self._store, feed, fence, judged)
                if isinstance(answers, (Fenced, Away)):
                    return answers
                stale: list[_Ready] = []
                for one, case, answer in zip(batch, judged, answers, strict=True):
                    match answer:
                        case Ok(sequences=sequences):
                            taken.told.append(Told(case, tuple(sequences)))
                        case Seen():
                            taken.told.append(Told(case, ()))
                        case Stale():
                            stale.append(one)
                        case _:
                            assert_never(answer)
                if not stale:
                    return None
                batch = stale
        taken.contended.extend(one.report for one in batch)
        return None

    async def _judge(self, batch: list[_Ready]) -> list[Judged] | Away:
        rulebook = self._rulebook()
        latest = max(one.now for one in batch)
        memories = await recall(self._store, [one.wanted for one in batch], latest)
        if isinstance(memories, Away):
            return memories
        return [
            Judged(
                one.report,
                one.reading,
                memory,
                judge(
                    one.report, one.reading, memory, rulebook, one.now,
                    backlog=one.backlog, late=one.late, source=self._source, test=self._test,
                ),
                one.now,
                rulebook.digest,
                self._reader,
            )
            for one, memory in zip(batch, memories, strict=True)
        ]  # fmt: skip

    async def _put_aside(
        self, feed: str, fence: str, taken: Taken, now: datetime
    ) -> Fenced | Away | None:
        """Mark as seen what cannot be read, so that it is not met again (law 7)."""
        if not taken.unread:
            return None
        cases = [
            Judged(
                one.report,
                None,
                Memory(),
                Verdict(one.report.id, reasons=(Reason("unreadable", detail=one.reason),)),
                now,
                self._rulebook().digest,
                self._reader,
            )
            for one in taken.unread
        ]
        answers = await commit(self._store, feed, fence, cases)
        return answers if isinstance(answers, (Fenced, Away)) else None

    @asynccontextmanager
    async def _alone(self, batch: list[_Ready]) -> AsyncIterator[None]:
        """Hold the locks of all heads that the batch moves, always in one order."""
        async with AsyncExitStack() as held:
            for head in sorted({head for one in batch for head in one.wanted.heads}):
                await held.enter_async_context(self._locks[head])
            yield


def _said(ready: _Ready) -> datetime:
    """When a report was said, for judging oldest first; without a date, when it was met."""
    report = ready.report
    return report.published or report.fetched or datetime.min.replace(tzinfo=UTC)


def _after(report: Report, moment: datetime) -> bool:
    """Whether a report was published at or after `moment`."""
    return report.published is not None and report.published >= moment


def _batches(ready: Sequence[_Ready]) -> Iterator[list[_Ready]]:
    """Cut into runs that can be judged side by side: no head, report or title twice in one.

    What the second report of a theatre is judged against includes the first, so it has to wait
    until that is committed; reports without facts move no head and join any run, but a title is
    told once by a rule of words.
    """
    batch: list[_Ready] = []
    busy: set[str] = set()
    for one in ready:
        moves = {*one.wanted.heads, f"report {one.report.id}"}
        if one.report.title:
            moves.add(f"title {one.report.title}")
        if moves & busy:
            yield batch
            batch, busy = [], set()
        batch.append(one)
        busy |= moves
    if batch:
        yield batch
