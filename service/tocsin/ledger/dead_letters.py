"""Alerts that could not be delivered: kept with their reason, listed, and sent again when asked."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

import orjson

from tocsin.ledger.connection import Away, Store, reach
from tocsin.ledger.due_set import Tries
from tocsin.ledger.outbox import ms
from tocsin.ledger.script import Script

_REPLAY = Script.load("replay.lua")


@dataclass(frozen=True, slots=True)
class DeadLetter:
    """One alert that one sink did not get. Times are UTC; `event` is its JSON."""

    alert: str
    sink: str
    sequence: str
    attempts: int
    reason: str
    taken: datetime
    died: datetime
    event: str

    @property
    def headline(self) -> str:
        """What it says."""
        try:
            return str(orjson.loads(self.event)["data"]["headline"])
        except (ValueError, KeyError, TypeError):
            return "cannot be read"

    @property
    def replay(self) -> str:
        """The command that sends it again."""
        return f"tocsin deliveries replay {self.alert} --sink {self.sink}"


class DeadLetters:
    """The dead letters of all sinks."""

    def __init__(self, store: Store) -> None:
        self._redis, self._keys = store.redis, store.keys

    async def sinks(self) -> list[str] | Away:
        """The sinks that have any, also those that are no more."""
        found: Any = await reach(self._redis.smembers(self._keys.graves))
        return found if isinstance(found, Away) else sorted(one.decode() for one in found)

    async def count(self, sink: str) -> int | Away:
        """How many a sink has."""
        return await reach(self._redis.hlen(self._keys.dead(sink)))

    async def newest(self, sink: str, limit: int = 100) -> list[DeadLetter] | Away:
        """The newest ones of a sink, newest first."""
        ids: Any = await reach(self._redis.zrevrange(self._keys.died(sink), 0, limit - 1))
        if isinstance(ids, Away) or not ids:
            return ids if isinstance(ids, Away) else []
        found: Any = await reach(self._redis.hmget(self._keys.dead(sink), ids))
        if isinstance(found, Away):
            return found
        return [_letter(one) for one in found if one is not None]

    async def find(self, sink: str, alert: str) -> DeadLetter | Away | None:
        """One dead letter."""
        found: Any = await reach(self._redis.hget(self._keys.dead(sink), alert))
        return found if found is None or isinstance(found, Away) else _letter(found)

    async def replay(self, letter: DeadLetter, now: datetime) -> bool | Away:
        """Let it wait again, due now and with all its attempts; False if it is dead no more."""
        keys, sink = self._keys, letter.sink
        names = [keys.dead(sink), keys.died(sink), keys.waiting(sink)]
        names += [keys.parcels(sink), keys.tries(sink)]
        parcel = f"{letter.sequence}\n{ms(now)}\n{letter.event}"
        tries = orjson.dumps(Tries(reason=letter.reason, replayed=True))
        done = await _REPLAY.run(self._redis, names, [letter.alert, ms(now), parcel, tries])
        return done if isinstance(done, Away) else bool(done)


def _letter(kept: bytes) -> DeadLetter:
    found = orjson.loads(kept)
    for name in ("taken", "died"):
        found[name] = datetime.fromisoformat(found[name])
    return DeadLetter(**found)
