"""Shift notes at their hours: what each sink's people are told of the shift that ends."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from datetime import datetime
from typing import Final

import structlog

from tocsin.judging.memory import Wanted
from tocsin.judging.rulebook import Rulebook
from tocsin.judging.shift import Shift, planned, shift_began, shift_note
from tocsin.judging.sight import Watched, blind_theatres
from tocsin.judging.verdict import Verdict
from tocsin.ledger.alert_record import Published
from tocsin.ledger.connection import Away, Store
from tocsin.ledger.due_set import DueSet
from tocsin.ledger.history import Query, alerts
from tocsin.ledger.recall import recall
from tocsin.ledger.stories import stories
from tocsin.sinks.filter import refused
from tocsin.sinks.parcel import Parcel
from tocsin.sinks.terms import SinkTerms

log = structlog.get_logger("tocsin.shifts")

LOOKED_AT: Final = 500  # alerts of one shift, the newest


class Shifts:
    """The notes of all sinks for people. `feeds` answers what is known of every feed."""

    def __init__(
        self,
        store: Store,
        sinks: Sequence[SinkTerms],
        feeds: Callable[[], Awaitable[list[Watched] | Away]],
        rulebook: Callable[[], Rulebook],
        tell: Callable[[Verdict], Awaitable[None]],
        *,
        source: str,
        clock: Callable[[], datetime],
    ) -> None:
        self._store, self._feeds, self._rulebook = store, feeds, rulebook
        self._sinks = [sink for sink in sinks if sink.readers == "people"]
        self._tell, self._source, self._clock = tell, source, clock
        self._due = DueSet(store)
        self._began = clock()

    async def look(self) -> None:
        """Tell the notes whose hour has come; each replica may, and one does."""
        now = self._clock()
        for sink in self._sinks:
            end = planned(sink.shift_notes, now)
            if end is None:
                continue
            mark, stamp = f"shift:{sink.name}", end.isoformat()
            known = await recall(self._store, [Wanted("", marks=(mark,))], now)
            if isinstance(known, Away):
                continue
            before = known[0].marks.get(mark)
            if before == stamp or (before is None and end < self._began):
                continue  # told, or the hour of a shift that a new installation had no part in
            shift = await self._shift(sink, end)
            if isinstance(shift, Away):
                log.warning("shift_note_waits", sink=sink.name, reason=shift.reason)
                continue
            note = shift_note(sink.name, shift, now, source=self._source)
            await self._tell(Verdict("", alerts=(note,), marks={mark: stamp}))

    async def _shift(self, sink: SinkTerms, end: datetime) -> Shift | Away:
        """Gather what the sink's people are told of the shift that ends at `end`."""
        began = shift_began(sink.shift_notes, end)
        feeds = await self._feeds()
        if isinstance(feeds, Away):
            return feeds
        counts = await self._due.counts(sink.name)
        if isinstance(counts, Away):
            return counts
        after = f"{int(began.timestamp() * 1000)}-0"
        found = await alerts(self._store, Query(after=after, limit=LOOKED_AT, newest=True))
        if isinstance(found, Away):
            return found
        threads = _threads(sink, found, end)
        told = await stories(self._store, [one.alert.story for one in threads if one.alert.story])
        if isinstance(told, Away):
            return told
        known = {story.id for story in told}
        return Shift(
            began,
            end,
            fresh=sum(feed.heard is not None and not feed.failures for feed in feeds),
            feeds=len(feeds),
            blind=tuple(blind_theatres(feeds, self._rulebook(), self._clock())),
            stories=told,
            headlines=[_headline(one) for one in threads if one.alert.story not in known],
            held=sum(counts),
        )


def _threads(sink: SinkTerms, found: Sequence[Published], at: datetime) -> list[Published]:
    """The newest alert of each story or series that the sink takes, notes left out."""
    threads: dict[str, Published] = {}
    for one in found:
        event = one.alert.event
        parcel = Parcel(one.alert.id, one.sequence, event, at, at)
        if parcel.type == "tocsin.note" or refused(parcel, sink.filter, rehearsal=sink.rehearsal):
            continue
        threads.setdefault(str(event.get("correlationid") or one.alert.id), one)
    return list(threads.values())


def _headline(one: Published) -> str:
    return str(one.alert.event["data"].get("headline") or one.alert.event["type"])
