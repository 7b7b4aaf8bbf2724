"""How the store fares: its memory, and how far behind each group of the alert stream is."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Final

from redis.exceptions import ResponseError

from tocsin.ledger.connection import Away, Store, reach

#: From this share of its memory on, an alarm is due: when it is full, commits are refused.
ALARM_AT: Final = 0.8


@dataclass(frozen=True, slots=True)
class Vitals:
    """`memory` and `memory_limit` are in bytes, the limit 0 where there is none.

    `lags` is, for every group (our sinks' and outsiders'), the age of the oldest alert that it has
    not read or not acknowledged, by the server's clock; zero for one that has all.
    """

    memory: int
    memory_limit: int
    alerts: int
    lags: dict[str, timedelta]

    @property
    def nearly_full(self) -> bool:
        """Whether memory is so short that somebody should act."""
        return bool(self.memory_limit) and self.memory > ALARM_AT * self.memory_limit


async def vitals(store: Store) -> Vitals | Away:
    """Look, in two round trips."""
    stream = store.keys.alerts
    trip = store.redis.pipeline(transaction=False)
    trip.time()
    trip.info("memory")
    trip.xlen(stream)
    trip.xinfo_groups(stream)
    answer = await reach(trip.execute(raise_on_error=False))
    if isinstance(answer, Away):
        return answer
    time, memory, length, groups = answer
    if isinstance(groups, ResponseError):  # no stream yet
        groups = []
    lags = await _lags(store, groups, time[0] * 1000 + time[1] // 1000)
    if isinstance(lags, Away):
        return lags
    return Vitals(int(memory["used_memory"]), int(memory.get("maxmemory", 0)), int(length), lags)


async def _lags(store: Store, groups: list[Any], now: int) -> dict[str, timedelta] | Away:
    if not groups:
        return {}
    trip = store.redis.pipeline(transaction=False)
    for group in groups:
        trip.xpending(store.keys.alerts, group["name"])
        trip.xrange(store.keys.alerts, b"(" + group["last-delivered-id"], "+", count=1)
    answer = await reach(trip.execute())
    if isinstance(answer, Away):
        return answer
    lags: dict[str, timedelta] = {}
    for group, pending, unread in zip(groups, answer[::2], answer[1::2], strict=True):
        waiting = [pending["min"]] if pending["pending"] else []
        waiting += [entry for entry, _ in unread]
        oldest = min((int(entry.split(b"-")[0]) for entry in waiting), default=now)
        lags[group["name"].decode()] = timedelta(milliseconds=max(now - oldest, 0))
    return lags
