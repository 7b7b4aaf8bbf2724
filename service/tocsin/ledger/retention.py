"""Forgetting, by age, and never what a sink of ours has not taken over.

A length would drop what a group has not read, without an error; an age is a promise that can be
kept. Documents forget themselves by their lifetimes; what is trimmed here are the sets and the
stream.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from tocsin.ledger.alert_record import padded
from tocsin.ledger.connection import Away, Store, reach
from tocsin.ledger.documents import milliseconds
from tocsin.ledger.keys import STREAM_KEPT

_LAST: Final = 2**64 - 1  # of the ids of one millisecond


@dataclass(frozen=True, slots=True)
class Trimmed:
    """What was forgotten. `held_by` is the sink for whose sake the stream is older than its age.

    `oldest` is how old the oldest alert of the stream is: beyond the age it is kept for, an alarm
    is due (C9).
    """

    alerts: int
    oldest: timedelta
    held_by: str | None = None


async def trim(store: Store, now: datetime, kept: timedelta = STREAM_KEPT) -> Trimmed | Away:
    """Trim the stream by `kept`, and the order by the age of alerts, as of `now`."""
    keys = store.keys
    places: Any = await reach(store.redis.hgetall(keys.sinks))
    if isinstance(places, Away):
        return places
    needed = {sink.decode(): _after(place.decode()) for sink, place in places.items()}
    by_age = (milliseconds(now - kept), 0)
    slowest = min(needed, key=needed.__getitem__, default=None)
    until = by_age if slowest is None else min(by_age, needed[slowest])

    trip = store.redis.pipeline(transaction=False)
    trip.xtrim(keys.alerts, minid=f"{until[0]}-{until[1]}", approximate=False)
    forgotten = padded(f"{milliseconds(now - keys.alerts_kept)}-0").encode()
    trip.zremrangebylex(keys.order, b"-", b"(" + forgotten)
    trip.zremrangebyscore(keys.mutes, "-inf", now.timestamp())
    trip.xrange(keys.alerts, count=1)
    answer = await reach(trip.execute())
    if isinstance(answer, Away):
        return answer
    removed, _, _, first = answer
    begun = int(first[0][0].split(b"-")[0]) if first else milliseconds(now)
    oldest = timedelta(milliseconds=max(milliseconds(now) - begun, 0))
    return Trimmed(removed, oldest, slowest if until < by_age else None)


def _after(place: str) -> tuple[int, int]:
    """The first stream id that a sink at `place` still needs."""
    ms, _, n = place.partition("-")
    return (int(ms) + 1, 0) if int(n or 0) == _LAST else (int(ms), int(n or 0) + 1)
