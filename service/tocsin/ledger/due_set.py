"""One sink's due set: what it took over and has not settled, when each is due, and who sends it.

From here alerts are leased, sent, and settled under the lease's token; a holder whose lease ran out
settles nothing.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Any, Final

import orjson

from tocsin.ledger.connection import Away, Store, reach
from tocsin.ledger.keys import DEAD_KEPT, HAD_KEPT, TOLD_KEPT
from tocsin.ledger.outbox import ms
from tocsin.ledger.script import Argument, Script

LEASE: Final = timedelta(seconds=60)  # longer than any send may take
_MS = timedelta(milliseconds=1)

_TAKE, _SETTLE = Script.load("take.lua"), Script.load("settle.lua")
_HASTEN = Script.load("hasten.lua")


@dataclass(frozen=True, slots=True)
class Tries:
    """What became of earlier attempts; `settled` is the token of the last one that was settled."""

    attempts: int = 0
    reason: str = ""
    settled: int = 0
    replayed: bool = False


@dataclass(frozen=True, slots=True)
class Leased:
    """One alert under lease. `taken` and `due` are UTC, of Tocsin's clock."""

    alert: str
    sequence: str
    event: bytes
    taken: datetime
    due: datetime
    token: int
    tries: Tries

    @property
    def abandoned(self) -> int:
        """How many leases of it ended unsettled: its holders died or hung."""
        return self.token - self.tries.settled - 1


@dataclass(frozen=True, slots=True)
class Done:
    """It was sent."""

    lease: Leased


@dataclass(frozen=True, slots=True)
class Dropped:
    """It will not be sent, and need not be."""

    lease: Leased


@dataclass(frozen=True, slots=True)
class Again:
    """It waits until `due`. `failed` counts one more attempt; without, it was only held."""

    lease: Leased
    due: datetime
    reason: str
    failed: bool = True


@dataclass(frozen=True, slots=True)
class Dead:
    """It will not be sent, and stays as a dead letter."""

    lease: Leased
    reason: str
    failed: bool = True


Settlement = Done | Dropped | Again | Dead


class DueSet:
    """The due sets of all sinks."""

    def __init__(self, store: Store, *, lease: timedelta = LEASE) -> None:
        self._redis, self._keys = store.redis, store.keys
        self._lease = lease

    async def take(
        self, sink: str, now: datetime, *, limit: int, everything: bool = False
    ) -> list[Leased] | Away:
        """Lease what is due; with `everything`, if anything is due, all that waits, alone."""
        keys = self._keys
        names = [keys.waiting(sink), keys.held(sink), keys.parcels(sink)]
        names += [keys.fences(sink), keys.tries(sink)]
        lease = self._lease // _MS
        mode = "all" if everything else "due"
        found = await _TAKE.run(self._redis, names, [ms(now), lease, limit, mode])
        return found if isinstance(found, Away) else [_leased(*one) for one in found]

    async def settle(
        self,
        sink: str,
        settlements: Sequence[Settlement],
        now: datetime,
        *,
        health: bytes = b"",
        told: Mapping[str, bytes] | None = None,
    ) -> frozenset[str] | Away:
        """Write what became of leased alerts; answers those whose lease had passed to another."""
        keys, told = self._keys, told or {}
        names = [keys.waiting(sink), keys.held(sink), keys.parcels(sink), keys.fences(sink)]
        names += [keys.tries(sink), keys.had(sink), keys.dead(sink), keys.died(sink)]
        names += [keys.sink(sink), keys.graves, *(keys.told(sink, story) for story in told)]
        args: list[Argument] = [
            ms(now),
            ms(now - HAD_KEPT),
            ms(now - DEAD_KEPT),
            health,
            TOLD_KEPT // _MS,
            len(told),
            sink,
            *told.values(),
        ]
        for one in settlements:
            args += [one.lease.alert, one.lease.token, *_what(one, sink, now)]
        fenced = await _SETTLE.run(self._redis, names, args)
        return fenced if isinstance(fenced, Away) else frozenset(one.decode() for one in fenced)

    async def next_due(self, sink: str) -> datetime | Away | None:
        """When the next waiting alert is due."""
        found: Any = await reach(
            self._redis.zrange(self._keys.waiting(sink), 0, 0, withscores=True)
        )
        if isinstance(found, Away) or not found:
            return found if isinstance(found, Away) else None
        return _moment(found[0][1])

    async def counts(self, sink: str) -> tuple[int, int] | Away:
        """How many alerts wait, and how many are being sent."""
        waiting: Any = await reach(self._redis.zcard(self._keys.waiting(sink)))
        held: Any = await reach(self._redis.zcard(self._keys.held(sink)))
        return next((one for one in (waiting, held) if isinstance(one, Away)), (waiting, held))

    async def hasten(self, sink: str, now: datetime, apart: timedelta) -> int | Away:
        """The sink answers again: bring forward what waits, one every `apart`."""
        step = max(1, apart // _MS)
        found = await _HASTEN.run(self._redis, [self._keys.waiting(sink)], [ms(now), step])
        return found if isinstance(found, Away) else int(found)

    async def health(self, sink: str) -> bytes | Away | None:
        """How a sink fares, as it was last settled."""
        found: Any = await reach(self._redis.get(self._keys.sink(sink)))
        kept: bytes | Away | None = found
        return kept

    async def had(self, sink: str, alerts: Sequence[str]) -> frozenset[str] | Away:
        """Which of these alerts the sink has had, or has waiting."""
        if not alerts:
            return frozenset()
        trip = self._redis.pipeline(transaction=False)
        trip.zmscore(self._keys.had(sink), list(alerts))
        for alert in alerts:
            trip.hexists(self._keys.parcels(sink), alert)
        found: Any = await reach(trip.execute())
        if isinstance(found, Away):
            return found
        sent, *waiting = found
        return frozenset(
            alert
            for alert, at, waits in zip(alerts, sent, waiting, strict=True)
            if at is not None or waits
        )

    async def told(self, sink: str, stories: Sequence[str]) -> dict[str, bytes] | Away:
        """What these stories last told the sink, as it was settled."""
        if not stories:
            return {}
        found: Any = await reach(self._redis.mget([self._keys.told(sink, one) for one in stories]))
        if isinstance(found, Away):
            return found
        return {one: kept for one, kept in zip(stories, found, strict=True) if kept is not None}


def _leased(alert: bytes, due: bytes, token: int, parcel: bytes, tries: bytes) -> Leased:
    sequence, taken, event = parcel.split(b"\n", 2)
    past = Tries(**orjson.loads(tries)) if tries else Tries()
    return Leased(
        alert.decode(), sequence.decode(), event, _moment(taken), _moment(due), token, past
    )


def _what(one: Settlement, sink: str, now: datetime) -> tuple[Argument, Argument, Argument]:
    """What `settle.lua` is told of one settlement."""
    lease = one.lease
    match one:
        case Done():
            return "done", "", ""
        case Dropped():
            return "drop", "", ""
        case Again(due=due, reason=reason, failed=failed):
            attempts = lease.tries.attempts + failed
            tries = replace(lease.tries, attempts=attempts, reason=reason, settled=lease.token)
            return "wait", ms(due), orjson.dumps(tries)
        case Dead(reason=reason, failed=failed):
            letter = {
                "alert": lease.alert,
                "sink": sink,
                "sequence": lease.sequence,
                "attempts": lease.tries.attempts + failed,
                "reason": reason,
                "taken": lease.taken,
                "died": now,
                "event": lease.event.decode("utf-8", "replace"),
            }
            return "dead", orjson.dumps(letter), ""


def _moment(since: bytes | float) -> datetime:
    return datetime.fromtimestamp(float(since) / 1000, UTC)
