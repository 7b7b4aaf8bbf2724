"""The rules that were in force, kept as long as the alerts they raised (R19)."""

from __future__ import annotations

import zlib

from tocsin.ledger.connection import Away, Store, reach


async def keep_rulebook(store: Store, digest: str, source: bytes) -> Away | None:
    """Keep the sources of a set of rules under its digest, or for longer if it is kept."""
    keys = store.keys
    kept = store.redis.set(keys.rulebook(digest), zlib.compress(source), px=keys.alerts_kept)
    answer = await reach(kept)
    return answer if isinstance(answer, Away) else None


async def rulebook_source(store: Store, digest: str) -> bytes | Away | None:
    """The sources of a set of rules, as they were kept."""
    packed = await reach(store.redis.get(store.keys.rulebook(digest)))
    return zlib.decompress(packed) if isinstance(packed, bytes) else _none(packed)


def _none(answer: object) -> Away | None:
    return answer if isinstance(answer, Away) else None
