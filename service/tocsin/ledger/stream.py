"""The alert stream as it is followed: what is new after a place, in commit order."""

from __future__ import annotations

from typing import Any, Final

import orjson

from tocsin.ledger.alert_record import published, stream_fields
from tocsin.ledger.connection import SOCKET_TIMEOUT, Away, Store, reach

#: How many entries one reading takes at most.
_AT_ONCE: Final = 200
START: Final = "0-0"


async def newest(store: Store) -> str | Away:
    """The place of the newest alert; `0-0` before the first."""
    trip = store.redis.pipeline(transaction=False)
    trip.xrevrange(store.keys.alerts, count=1)
    answer = await reach(trip.execute())
    if isinstance(answer, Away):
        return answer
    return answer[0][0][0].decode() if answer[0] else START


async def newer(
    store: Store, after: str, wait: float = 0.0
) -> tuple[str, list[dict[str, Any]]] | Away:
    """The events committed after a place, each with its `sequence`, and the place to go on from.

    Where there is nothing yet, waits up to `wait` seconds for the first, and no longer than the
    client's own patience.
    """
    patience = int(min(wait, SOCKET_TIMEOUT - 1) * 1000)
    block = patience if patience > 0 else None
    answer = await reach(store.redis.xread({store.keys.alerts: after}, count=_AT_ONCE, block=block))
    if isinstance(answer, Away):
        return answer
    read: Any = answer
    entries = read[0][1] if read else []
    place = entries[-1][0].decode() if entries else after
    return place, [_event(ident, fields) for ident, fields in entries]


def _event(ident: bytes, fields: dict[bytes, bytes]) -> dict[str, Any]:
    event: dict[str, Any] = orjson.loads(fields[b"event"])
    return event | {"sequence": fields.get(b"sequence", ident).decode()}


async def republish(store: Store, ident: str) -> str | Away | None:
    """Put an alert into the stream again that was lost from it (C10); None if it is not kept.

    It keeps its id, and carries its first sequence in a field of that name, by which it goes on
    being known. Asked twice it is there twice: consumers know it by its id.
    """
    trip = store.redis.pipeline(transaction=False)
    trip.hgetall(store.keys.alert(ident))
    answer = await reach(trip.execute())
    if isinstance(answer, Away):
        return answer
    lost = published(ident, answer[0])
    if lost is None:
        return None
    fields: dict[Any, Any] = {**stream_fields(lost.alert), "sequence": lost.sequence}
    added = await reach(store.redis.xadd(store.keys.alerts, fields))
    return added if isinstance(added, Away) else lost.sequence
