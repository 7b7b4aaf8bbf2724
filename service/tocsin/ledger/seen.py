"""Which entries of a feed were committed: a small sorted set a feed, by when each was last shown.

A member is eight bytes of a hash over a report's id and version, so that an edited entry is unseen.
Up to 128 members Redis keeps such a set in its compact form; above, it takes eight times the room.
"""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import blake2b
from typing import Any

from tocsin.ledger.connection import Away, Store, reach
from tocsin.reading.report import Report

#: A feed that shows up to half of this many entries stays within the compact form.
COMPACT = 128


def member(report: Report) -> bytes:
    """How one version of a report is known again."""
    text = f"{report.id}\n{report.version}"
    return blake2b(text.encode("utf-8", "surrogatepass"), digest_size=8).digest()


def capacity(shown: int) -> int:
    """How many members a feed that shows `shown` entries may keep: never fewer than twice that.

    Beyond what it shows, the newest are kept, so that an entry that comes back is known.
    """
    return max(COMPACT, 2 * shown)


async def unseen(store: Store, feed: str, members: Sequence[bytes]) -> list[bool] | Away:
    """For each member whether it is new, in one round trip."""
    if not members:
        return []
    asked: list[Any] = list(members)  # the client's types know no bytes here
    scores = await reach(store.redis.zmscore(store.keys.seen(feed), asked))
    return scores if isinstance(scores, Away) else [score is None for score in scores]
