"""An entry that vanished from the stream before a sink took it over: found again, told again."""

from __future__ import annotations

from typing import Any

from tocsin.ledger import stream
from tocsin.ledger.connection import Away, Store, reach
from tocsin.ledger.history import Query, alerts


async def rebuild(store: Store, sequence: str) -> str | Away | None:
    """Put the alert of a lost entry into the stream again, once for all sinks (C10).

    Answers its id; None if the ledger does not keep it, or another sink has rebuilt it already.
    """
    found = await alerts(store, Query(until=sequence, newest=True, limit=1))
    if isinstance(found, Away):
        return found
    if not found or found[0].sequence != sequence:
        return None
    ident = found[0].alert.id
    mine: Any = await reach(store.redis.hsetnx(store.keys.alert(ident), "rebuilt", "1"))
    if isinstance(mine, Away) or not mine:
        return mine if isinstance(mine, Away) else None
    again = await stream.republish(store, ident)
    return again if isinstance(again, Away) else ident
