"""A poll that dies at each of the ledger's named points, and the next one that goes on."""

from __future__ import annotations

import asyncio
import os
import sys

import pytest
from tests.ledger_examples import report
from tests.redis_process import RedisProcess
from tests.waiting import until

from tocsin.crashpoints import STATUS, VARIABLE
from tocsin.ledger.connection import Store
from tocsin.ledger.feed_state import feed_states
from tocsin.ledger.leases import due
from tocsin.ledger.seen import member, unseen

POLL = """
import asyncio, sys
from datetime import timedelta
from tests.ledger_examples import NOW, judged, report
from tocsin.ledger.commit import commit
from tocsin.ledger.connection import Store, connect
from tocsin.ledger.feed_state import FeedState
from tocsin.ledger.keys import Keys
from tocsin.ledger.leases import claim_due, enroll, finish
from tocsin.ledger.seen import member, unseen

async def poll():
    store = Store(connect(sys.argv[1]), Keys("tocsin-test"))
    await enroll(store, {"north": "news.example"})
    for lease in await claim_due(store, 1, timedelta(milliseconds=50)):
        head = int(await store.redis.hget(store.keys.heads, "river-war") or 0)
        members = [member(report(number)) for number in range(3)]
        for number, new in enumerate(await unseen(store, "north", members)):
            if new:
                await commit(store, "north", lease.token, [judged(number, head=head)])
                head += 1
        await finish(store, lease, FeedState("north", etag="kept"), timedelta(hours=1), now=NOW)
    await store.redis.aclose()

asyncio.run(poll())
"""


async def poll(server: RedisProcess, crash_at: str = "") -> int:
    """Poll once in a process of its own; answers how it ended."""
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-c", POLL, server.url),
        env=os.environ | {VARIABLE: crash_at, "PYTHONPATH": "service:."},
    )
    return await process.wait()


@pytest.mark.parametrize(
    "point",
    ["claim.after:1", "finish.before:1", "finish.after:1"]
    + [f"commit.{side}:{n}" for side in ("before", "after") for n in (1, 2, 3)],
)
async def test_a_poll_that_dies_loses_nothing_and_tells_nothing_twice(
    store: Store, server: RedisProcess, point: str
) -> None:
    """Whatever was not committed is fetched again, whatever was is known (C1, F3)."""
    assert await poll(server, point) == STATUS
    if not point.startswith("finish.after"):
        assert await feed_states(store, ["north"]) == {}  # validators come last

        async def overdue() -> bool:
            waits = await due(store)
            return isinstance(waits, dict) and waits["north"].wait.total_seconds() < 0

        await until(overdue)
    assert await poll(server) == 0
    entries = await store.redis.xrange(store.keys.alerts)
    assert [fields[b"id"] for _, fields in entries] == [b"a0", b"a1", b"a2"]
    states = await feed_states(store, ["north"])
    assert isinstance(states, dict)
    assert states["north"].etag == "kept"

    members = [member(report(n)) for n in (0, 1, 2)]
    assert await unseen(store, "north", members) == [False, False, False]
