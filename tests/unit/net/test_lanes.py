"""One host is asked by few at a time; others do not wait for it."""

from __future__ import annotations

import asyncio

from tocsin.net.lanes import Lanes


async def test_at_most_two_at_once_and_spaced() -> None:
    """F17: twenty requests for one host: never more than two under way, starts kept apart."""
    lanes = Lanes(at_once=2, gap=0.01)
    loop = asyncio.get_running_loop()
    under_way, most, starts = 0, 0, []

    async def one() -> None:
        nonlocal under_way, most
        async with lanes.enter("news.example"):
            starts.append(loop.time())
            under_way += 1
            most = max(most, under_way)
            await asyncio.sleep(0.001)
            under_way -= 1

    await asyncio.gather(*(one() for _ in range(20)))
    assert most <= 2
    assert starts[-1] - starts[0] >= 0.01 * 18
    assert len(lanes._lanes) <= 1


async def test_hosts_do_not_wait_for_each_other() -> None:
    """F17: a host that hangs holds up its own lane only; lanes are forgotten when left."""
    lanes = Lanes(at_once=1, gap=5.0)
    async with lanes.enter("slow.example"), asyncio.timeout(1):
        async with lanes.enter("other.example"):
            pass
        for _ in range(50):  # this machine needs no gap
            async with lanes.enter("127.0.0.1"), lanes.enter("localhost"):
                pass
    assert set(lanes._lanes) <= {"slow.example", "other.example"}
