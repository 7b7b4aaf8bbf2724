"""What a killed process held, let go by one that knows it is alone.

Where replicas share a Redis, whatever a dead one held is found when its leases end. Whoever holds
the data directory of an embedded server knows at once that no other holder lives, and need not keep
a feed or a delivery waiting for it.
"""

from __future__ import annotations

from collections.abc import Sequence

from tocsin.ledger.connection import Away, Store, reach


async def let_go_all(store: Store, sinks: Sequence[str]) -> Away | None:
    """End every lease: feeds are due at once, deliveries may be taken again."""
    keys = store.keys
    look = store.redis.pipeline(transaction=False)
    look.hkeys(keys.leases)
    for sink in sinks:
        look.zrange(keys.held(sink), 0, -1)
    found = await reach(look.execute())
    if isinstance(found, Away):
        return found
    feeds, *held = found
    trip = store.redis.pipeline(transaction=True)
    trip.delete(keys.leases)
    if feeds:
        trip.zadd(keys.due, dict.fromkeys(feeds, 0), xx=True)
    for sink, parcels in zip(sinks, held, strict=True):
        if parcels:
            trip.zadd(keys.held(sink), dict.fromkeys(parcels, 0), xx=True)
    answer = await reach(trip.execute())
    return answer if isinstance(answer, Away) else None
