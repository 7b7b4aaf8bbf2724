"""Stories by their ids, for notes: reading only."""

from __future__ import annotations

from collections.abc import Sequence

from tocsin.judging.memory import Story
from tocsin.ledger.connection import Away, Store, reach
from tocsin.ledger.documents import unpack


async def stories(store: Store, ids: Sequence[str]) -> list[Story] | Away:
    """Those of `ids` that are kept, in one round trip."""
    if not ids:
        return []
    packed = await reach(store.redis.mget([store.keys.story(story) for story in ids]))
    if isinstance(packed, Away):
        return packed
    return [unpack(Story, one) for one in packed if isinstance(one, bytes)]
