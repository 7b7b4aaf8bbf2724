"""The alert stream as outbox: each sink's group only takes over.

What a group reads is at once either refused (acknowledged) or moved into the sink's own due set
(moved and acknowledged, in one script). What is retried, held or gathered lives there and pins
nothing in the stream.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final, Literal

import structlog
from redis.exceptions import ResponseError

from tocsin.ledger.connection import Away, Store, reach
from tocsin.ledger.script import Argument, Script

log = structlog.get_logger("tocsin.ledger.outbox")

IDLE: Final = timedelta(seconds=60)  # after which a replica that read and said no more is dead
BATCH: Final = 200
_MS = timedelta(milliseconds=1)

_ENROLL, _DISMISS = Script.load("enroll.lua"), Script.load("dismiss.lua")
_TAKE_OVER = Script.load("take_over.lua")

Enrolment = Literal["KEPT", "CREATED", "RECREATED"]


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of the alert stream. `sequence` is the first one of a rebuilt entry."""

    id: str
    alert: str
    sequence: str
    event: bytes

    @property
    def rebuilt(self) -> bool:
        """Whether it is in the stream for a second time, after it was lost."""
        return self.sequence != self.id


class Outbox:
    """The stream and the groups of all sinks. `replica` names this process among its like."""

    def __init__(self, store: Store, replica: str, *, idle: timedelta = IDLE) -> None:
        self.store, self._redis, self._keys = store, store.redis, store.keys
        self._replica = replica
        self._idle = idle

    async def enroll(self, sink: str) -> Enrolment | Away:
        """Give a sink its group: a new one at the stream's end, a lost one at its stored place."""
        answer = await _ENROLL.run(self._redis, [self._keys.alerts, self._keys.sinks], [sink])
        if isinstance(answer, Away):
            return answer
        made: Enrolment = answer.decode()
        if made == "RECREATED":
            log.warning("group_recreated", sink=sink)
        return made

    async def dismiss(self, sink: str) -> bool | Away:
        """Destroy the group of a sink that is no more; False while something of it still waits."""
        keys = self._keys
        names = [keys.alerts, keys.sinks, keys.waiting(sink), keys.held(sink), keys.parcels(sink)]
        names += [keys.tries(sink), keys.fences(sink), keys.had(sink), keys.sink(sink)]
        done = await _DISMISS.run(self._redis, names, [sink])
        return done if isinstance(done, Away) else bool(done)

    async def enrolled(self) -> frozenset[str] | Away:
        """The sinks that have a place in the stream."""
        found: Any = await reach(self._redis.hkeys(self._keys.sinks))
        return found if isinstance(found, Away) else frozenset(one.decode() for one in found)

    async def read(self, sink: str) -> list[Entry] | Away:
        """The next entries that no replica has read for this sink; a lost group heals here."""
        try:
            found: Any = await reach(
                self._redis.xreadgroup(sink, self._replica, {self._keys.alerts: ">"}, count=BATCH)
            )
        except ResponseError as error:
            if not str(error).startswith("NOGROUP"):
                raise
            healed = await self.enroll(sink)
            return healed if isinstance(healed, Away) else await self.read(sink)
        if isinstance(found, Away):
            return found
        return [_entry(id_, fields) for _, entries in found for id_, fields in entries]

    async def reclaim(self, sink: str) -> tuple[list[Entry], list[str]] | Away:
        """What dead replicas read and did not take over, and ids that were deleted meanwhile.

        The cursor is walked to its end: from the start each time it would starve behind live
        entries.
        """
        entries: list[Entry] = []
        lost: list[str] = []
        cursor: Any = "0-0"
        idle = self._idle // _MS
        while True:
            answer: Any = await reach(
                self._redis.xautoclaim(
                    self._keys.alerts, sink, self._replica, idle, cursor, count=BATCH
                )
            )
            if isinstance(answer, Away):
                return answer
            cursor, claimed, deleted = answer
            entries += [_entry(id_, fields) for id_, fields in claimed if fields]
            lost += [id_.decode() for id_ in deleted]
            if cursor == b"0-0":
                return entries, lost

    async def take_over(
        self, sink: str, decided: Sequence[tuple[Entry, bool]], now: datetime
    ) -> int | Away:
        """Acknowledge all, and move those that are taken (True) into the due set, due `now`."""
        keys = self._keys
        args: list[Argument] = [sink, ms(now)]
        for entry, taken in decided:
            parcel = b"\n".join((entry.sequence.encode(), b"%d" % ms(now), entry.event))
            args += [entry.id, entry.alert if taken else "", parcel if taken else ""]
        names = [keys.alerts, keys.waiting(sink), keys.parcels(sink), keys.sinks, keys.held(sink)]
        moved = await _TAKE_OVER.run(self._redis, names, args)
        return moved if isinstance(moved, Away) else int(moved)

    async def behind(self, now: datetime) -> dict[str, timedelta] | Away:
        """How old the oldest entry is that each group has not read yet; zero where it has all."""
        there: Any = await reach(self._redis.exists(self._keys.alerts))
        if isinstance(there, Away) or not there:
            return there or {}
        groups: Any = await reach(self._redis.xinfo_groups(self._keys.alerts))
        if isinstance(groups, Away):
            return groups
        found: dict[str, timedelta] = {}
        for group in groups:
            next_one: Any = await reach(
                self._redis.xrange(self._keys.alerts, b"(" + group["last-delivered-id"], count=1)
            )
            if isinstance(next_one, Away):
                return next_one
            since = int(next_one[0][0].split(b"-")[0]) if next_one else ms(now)
            found[group["name"].decode()] = timedelta(milliseconds=max(0, ms(now) - since))
        return found


def _entry(id_: bytes, fields: Mapping[bytes, bytes]) -> Entry:
    name = id_.decode()
    sequence = fields.get(b"sequence", id_).decode()
    return Entry(name, fields.get(b"id", id_).decode(), sequence, fields.get(b"event", b""))


def ms(moment: datetime) -> int:
    """A moment as milliseconds since 1970."""
    return int(moment.timestamp() * 1000)
