"""A delivery that dies at each of its named points, and the next one that goes on."""

from __future__ import annotations

import asyncio
import os
import sys
from collections import Counter
from datetime import timedelta

import pytest
from tests.delivery_kit import Post, event, publish
from tests.receiver import Receiver
from tests.redis_process import RedisProcess

from tocsin.crashpoints import STATUS, VARIABLE
from tocsin.deliver import AT_ONCE
from tocsin.ledger.alone import let_go_all
from tocsin.ledger.connection import Store
from tocsin.net.session import Outbound

DELIVER = """
import asyncio, sys
from tests.delivery_kit import Post
from tocsin.ledger.connection import Store, connect
from tocsin.ledger.keys import Keys
from tocsin.net.session import Outbound

async def deliver():
    async with Outbound() as outbound:
        post = Post(Store(connect(sys.argv[1]), Keys("tocsin-test")), outbound)
        delivery = await post.sink(sys.argv[2])
        while await delivery.turn() is not None:
            pass
        await post.store.redis.aclose()

asyncio.run(deliver())
"""
POINTS = [
    f"{point}.{side}:{passage}"
    for point in ("take_over", "send", "settle")
    for side in ("before", "after")
    for passage in ((1,) if point == "take_over" else (1, 7, 20))
]


@pytest.mark.parametrize("point", POINTS)
async def test_a_death_at_any_point_loses_nothing(
    store: Store, server: RedisProcess, point: str
) -> None:
    """Every alert arrives; twice only what was sent and not yet settled, with its id (C1, D11)."""
    async with Receiver() as receiver, Outbound() as outbound:
        post = Post(store, outbound, idle=timedelta(0))
        delivery = await post.sink(receiver.url, replica="successor")
        names = [f"a{number}" for number in range(20)]
        await publish(store, *(event(name) for name in names))
        process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-c", DELIVER, server.url, receiver.url),
            env=os.environ | {VARIABLE: point, "PYTHONPATH": "service:."},
        )
        assert await asyncio.wait_for(process.wait(), 60) == STATUS
        await let_go_all(store, ["webhook"])
        post.clock.pass_by(seconds=5)
        while await delivery.turn() is not None:
            pass
    arrived = Counter(got.headers["webhook-id"] for got in receiver.got)
    assert set(arrived) == set(names)
    twice = [name for name, times in arrived.items() if times > 1]
    # What one turn sends at once may have arrived unsettled; before any send, nothing has.
    assert len(twice) <= (0 if point.startswith("take_over") else AT_ONCE)
    assert max(arrived.values()) <= 2
