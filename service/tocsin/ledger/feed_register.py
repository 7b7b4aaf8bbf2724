"""The feeds that live in Redis: those added while running, and those that an operator paused.

Feeds in a file are declared there; to remove one of them is a recorded pause.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

import orjson

from tocsin.ledger.connection import Away, Store, reach
from tocsin.ledger.documents import pack, unpack


@dataclass(frozen=True, slots=True)
class Stopped:
    """Why a feed is not polled, and since when (UTC)."""

    since: datetime
    why: str = ""


@dataclass(frozen=True, slots=True)
class Register:
    """Added feeds, each as whoever added it described it, and paused ones, by feed id."""

    added: dict[str, dict[str, Any]]
    stopped: dict[str, Stopped]


async def register(store: Store) -> Register | Away:
    """All of it, in one round trip."""
    trip = store.redis.pipeline(transaction=True)
    trip.hgetall(store.keys.added)
    trip.hgetall(store.keys.stopped)
    answer = await reach(trip.execute())
    if isinstance(answer, Away):
        return answer
    added, stopped = answer
    return Register(
        {feed.decode(): orjson.loads(described) for feed, described in added.items()},
        {feed.decode(): unpack(Stopped, packed) for feed, packed in stopped.items()},
    )


async def add(store: Store, feed: str, described: dict[str, Any]) -> Away | None:
    """Add a feed, or describe it anew."""
    return _done(await reach(store.redis.hset(store.keys.added, feed, orjson.dumps(described))))


async def remove(store: Store, feed: str) -> bool | Away:
    """Forget an added feed; answers whether it was one."""
    answer = await reach(store.redis.hdel(store.keys.added, feed))
    return answer if isinstance(answer, Away) else answer == 1


async def stop(store: Store, feed: str, now: datetime, why: str = "") -> Away | None:
    """Pause a feed until it is resumed."""
    packed = pack(Stopped(now, why))
    return _done(await reach(store.redis.hset(store.keys.stopped, feed, packed)))


async def resume(store: Store, feed: str) -> bool | Away:
    """Let a paused feed be polled again; answers whether it was paused."""
    answer = await reach(store.redis.hdel(store.keys.stopped, feed))
    return answer if isinstance(answer, Away) else answer == 1


def _done(answer: object) -> Away | None:
    return answer if isinstance(answer, Away) else None
