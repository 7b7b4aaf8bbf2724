"""alert stream → take over → due set: what one sink's group does, and all it does."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from typing import Final

import structlog

from tocsin.crashpoints import crash_point
from tocsin.ledger.connection import Away
from tocsin.ledger.due_set import DueSet
from tocsin.ledger.losses import rebuild
from tocsin.ledger.outbox import BATCH, Entry, Outbox
from tocsin.sinks.filter import refused
from tocsin.sinks.parcel import Parcel, parcel_from
from tocsin.sinks.terms import SinkTerms
from tocsin.sinks.watch import Watch

log = structlog.get_logger("tocsin.takeover")

RECLAIM: Final = timedelta(seconds=30)  # between two looks for what dead replicas left


class TakeOver:
    """Moves what one sink takes from the stream into its due set, and refuses the rest."""

    def __init__(
        self,
        terms: SinkTerms,
        outbox: Outbox,
        due: DueSet,
        *,
        clock: Callable[[], datetime],
        watch: Watch,
    ) -> None:
        self._terms, self._name = terms, terms.name
        self._outbox, self._due = outbox, due
        self._clock, self._watch = clock, watch
        self._reclaim_at: datetime | None = None

    async def turn(self) -> Away | None:
        """Take over until nothing is left, now and then also what dead replicas left."""
        now = self._clock()
        if self._reclaim_at is None or now >= self._reclaim_at:
            self._reclaim_at = now + RECLAIM
            away = await self._reclaim()
            if away is not None:
                return away
        while True:
            entries = await self._outbox.read(self._name)
            if isinstance(entries, Away):
                return entries
            away = await self._sort(entries)
            if away is not None or len(entries) < BATCH:
                return away

    async def _reclaim(self) -> Away | None:
        found = await self._outbox.reclaim(self._name)
        if isinstance(found, Away):
            return found
        entries, lost = found
        if lost:
            self._watch.lost(self._name, len(lost))
            log.error("stream_loss", sink=self._name, entries=lost[:20], count=len(lost))
        for sequence in lost:
            again = await rebuild(self._outbox.store, sequence)
            if isinstance(again, Away):
                return again
            log.warning("stream_rebuilt", sink=self._name, entry=sequence, alert=again)
        return await self._sort(entries)

    async def _sort(self, entries: Sequence[Entry]) -> Away | None:
        """Move what the filter takes, refuse the rest, acknowledge both, in one script."""
        if not entries:
            return None
        now = self._clock()
        parcels = [parcel_from(one.alert, one.sequence, one.event, now) for one in entries]
        asked = {parcel.cause for parcel in parcels if parcel and parcel.cause}
        asked |= {entry.alert for entry in entries if entry.rebuilt}
        had = await self._due.had(self._name, sorted(asked))
        if isinstance(had, Away):
            return had
        # What cannot be read is taken over, so that it ends as a dead letter and not in silence.
        reasons = [
            "had_before" if entry.alert in had else parcel and self._refuses(parcel, had)
            for entry, parcel in zip(entries, parcels, strict=True)
        ]
        decided = [(entry, reason is None) for entry, reason in zip(entries, reasons, strict=True)]
        crash_point("take_over.before")
        moved = await self._outbox.take_over(self._name, decided, now)
        crash_point("take_over.after")
        if isinstance(moved, Away):
            return moved
        self._watch.taken_over(self._name, moved, [str(reason) for reason in reasons if reason])
        return None

    def _refuses(self, parcel: Parcel, had: frozenset[str]) -> str | None:
        terms = self._terms
        first = parcel.cause in had
        return refused(
            parcel, terms.filter, sink=self._name, rehearsal=terms.rehearsal, had_first=first
        )
