"""What recurs beside polling: trimming, a look at the store, changed rules, notes that are due."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Awaitable, Callable, Sequence
from datetime import datetime, timedelta
from typing import Final

import structlog
from pydantic import TypeAdapter

from tocsin.judging.memory import Wanted
from tocsin.judging.notice import notice
from tocsin.judging.planned import ending
from tocsin.judging.rulebook import Rulebook
from tocsin.judging.standing import standing
from tocsin.judging.verdict import Verdict
from tocsin.ledger.connection import Away, Store
from tocsin.ledger.recall import recall
from tocsin.ledger.retention import Trimmed, trim
from tocsin.ledger.rulebooks import keep_rulebook
from tocsin.ledger.vitals import vitals
from tocsin.poll import Polled
from tocsin.roster import Roster
from tocsin.rules_in_force import RulesInForce
from tocsin.timetable import Timetable
from tocsin.web.history import FeedRow
from tocsin.web.metrics import Metrics

log = structlog.get_logger("tocsin.upkeep")

#: After the last first poll of a start, so long a quiet ends the wait for further ones.
FIRST_POLLS_OVER: Final = timedelta(seconds=20)


class Upkeep:
    """The recurring jobs of one process, on what it is handed. `clock` gives UTC."""

    def __init__(
        self,
        store: Store,
        rules: RulesInForce,
        metrics: Metrics,
        *,
        roster: Roster,
        feeds: Callable[[], Awaitable[Sequence[FeedRow]]],
        tell: Callable[[Verdict], Awaitable[None]],
        ruled: Callable[[int], None],
        kept: timedelta,
        source: str,
        clock: Callable[[], datetime],
    ) -> None:
        self._store, self._rules, self._metrics = store, rules, metrics
        self._roster, self._feeds, self._tell, self._kept = roster, feeds, tell, kept
        self._ruled, self._source, self._clock = ruled, source, clock
        self._learned: list[Verdict] = []
        self._to_learn = set(roster.feeds)
        self._learned_at: datetime | None = None

    def schedule(self, timetable: Timetable) -> None:
        """Put all of it on the timetable."""
        timetable.every(timedelta(seconds=2), "rules", self._look_at_rules)
        timetable.every(timedelta(seconds=3), "roster", self._renew_roster)
        timetable.every(timedelta(seconds=15), "vitals", self._look_at_store, soon=True)
        timetable.every(timedelta(minutes=5), "trim", self._trim)
        timetable.every(timedelta(seconds=5), "standing", self._tell_standing)
        timetable.every(timedelta(minutes=5), "truces", self._tell_planned_ends, soon=True)

    async def keep_rules(self) -> None:
        """Keep the rulebook in force beside the alerts it raises, for `explain` (R19)."""
        rulebook = self._rules.rulebook
        source = TypeAdapter(Rulebook).dump_json(rulebook)
        await keep_rulebook(self._store, rulebook.digest, source)

    async def reload_rules(self) -> None:
        """Take the rules as they are on disk now; a bad set leaves the old in force (P12, R18)."""
        faults = await asyncio.to_thread(self._rules.reload)  # polls go on meanwhile
        self._metrics.rulebook(taken=not faults)
        if not faults:
            await self.keep_rules()
            self._ruled(len(self._rules.rulebook.rules))

    def learned(self, polled: Polled) -> None:
        """Remember what a feed's first poll taught, for the note of where things stand (R17)."""
        if polled.ok:
            self._to_learn.discard(polled.feed.id)
        if polled.first and polled.taken is not None:
            self._learned += [told.judged.verdict for told in polled.taken.told]
            self._learned_at = self._clock()

    async def _renew_roster(self) -> None:
        """Poll what operators want polled; an emptied store is a cold start, and they are told."""
        if not await self._roster.renew():
            return
        log.error("store_emptied", feeds=len(self._roster.feeds))
        now = self._clock()
        emptied = notice(
            "tocsin.ledger.emptied",
            "ledger",
            "Redis was emptied: what the feeds show now is memory, and only what is new is told",
            severity="high",
            source=self._source,
            since=now,
            now=now,
        )
        await self._tell(Verdict("", alerts=(emptied,)))

    async def _look_at_rules(self) -> None:
        if self._rules.changed_on_disk():
            await self.reload_rules()

    async def _look_at_store(self) -> None:
        """Export how far behind each group is, and warn of a full memory."""
        found = await vitals(self._store)
        if isinstance(found, Away):
            return
        for group, lag in found.lags.items():
            self._metrics.lag(group, lag.total_seconds())
        if found.nearly_full:
            log.warning("memory_nearly_full", used=found.memory, limit=found.memory_limit)
        await self._count_feeds()

    async def _count_feeds(self) -> None:
        try:
            rows = await self._feeds()
        except ConnectionError:
            return
        self._metrics.feeds(Counter(row.health for row in rows))
        waits = [row.worst.total_seconds() for row in rows if row.fresh and row.worst]
        self._metrics.worst_delay(max(waits, default=0.0))

    async def _trim(self) -> None:
        """Forget what is older than its age, and say whose sake the rest is kept for."""
        trimmed = await trim(self._store, self._clock(), self._kept)
        if not isinstance(trimmed, Trimmed) or trimmed.held_by is None:
            return
        if trimmed.oldest > self._kept:
            log.warning("stream_held", sink=trimmed.held_by, oldest=str(trimmed.oldest))

    async def _tell_planned_ends(self) -> None:
        """Tell of truces that are to end within hours; told before, they are not told again."""
        rulebook, now = self._rules.rulebook, self._clock()
        wanted = Wanted("", truces=tuple(rulebook.theatres))
        memories = await recall(self._store, [wanted], now)
        if isinstance(memories, Away):
            return
        truces = [truce for memory in memories for truce in memory.truces.values()]
        ends = tuple(ending(truces, rulebook, now, source=self._source))
        await self._tell(Verdict("", alerts=ends))

    async def _tell_standing(self) -> None:
        """One note a theatre, once the first polls of a start are over."""
        if self._learned_at is None:
            return
        now = self._clock()
        if self._to_learn and now - self._learned_at < FIRST_POLLS_OVER:
            return
        learned, self._learned, self._learned_at = self._learned, [], None
        theatres = {one.theatre for verdict in learned for one in verdict.stories if one.theatre}
        notes = (
            standing(theatre, learned, self._rules.rulebook, now, source=self._source)
            for theatre in sorted(theatres)
        )
        await self._tell(Verdict("", alerts=tuple(note for note in notes if note is not None)))
