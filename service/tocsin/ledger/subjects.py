"""Which series there are; a long subject is hashed in its key, and read off its document."""

from __future__ import annotations

from collections.abc import AsyncIterator

from tocsin.judging.memory import Series
from tocsin.ledger.connection import Store
from tocsin.ledger.documents import unpack

_AT_ONCE = 500


async def subjects(store: Store) -> AsyncIterator[str]:
    """Every subject that has a log, in no order; looks at the whole key space, in pieces."""
    begin = store.keys.log("x")[:-1]
    async for key in store.redis.scan_iter(match=f"{begin}*", count=_AT_ONCE):
        subject = key.decode()[len(begin) :]
        if not subject.startswith(":"):
            yield subject
    begin = store.keys.series("x")[:-1]
    async for key in store.redis.scan_iter(match=f"{begin}:*", count=_AT_ONCE):
        packed = await store.redis.get(key)
        if isinstance(packed, bytes):
            yield unpack(Series, packed).subject
