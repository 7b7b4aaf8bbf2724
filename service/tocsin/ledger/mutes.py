"""What is silenced, and until when: subjects, stories and feeds."""

from __future__ import annotations

from datetime import datetime

from tocsin.ledger.connection import Away, Store, reach
from tocsin.ledger.documents import moment


async def mute(store: Store, what: str, until: datetime) -> Away | None:
    """Silence a subject, a story id or a feed id until `until`."""
    answer = await reach(store.redis.zadd(store.keys.mutes, {what: until.timestamp()}))
    return answer if isinstance(answer, Away) else None


async def unmute(store: Store, what: str) -> bool | Away:
    """Let it be heard again; answers whether it was silenced."""
    answer = await reach(store.redis.zrem(store.keys.mutes, what))
    return answer if isinstance(answer, Away) else answer == 1


async def muted(store: Store, now: datetime) -> dict[str, datetime] | Away:
    """All that is silenced at `now`, and until when."""
    trip = store.redis.pipeline(transaction=False)
    trip.zrangebyscore(store.keys.mutes, now.timestamp(), "+inf", withscores=True)
    answer = await reach(trip.execute())
    if isinstance(answer, Away):
        return answer
    return {what.decode(): moment(until) for what, until in answer[0]}
