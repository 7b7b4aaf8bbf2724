"""Our own seeing, from a feed server over real polls and a real Redis to alerts on the stream."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import timedelta

import pytest
from tests.feed_server import FeedServer, item, rss
from tests.newsroom import Newsroom, opened

from tocsin.feeds.workshop import Workshop
from tocsin.judging.rulebook import Rulebook
from tocsin.judging.verdict import Verdict
from tocsin.ledger.connection import Store
from tocsin.lookout import Lookout
from tocsin.net.session import Outbound
from tocsin.notices import tell

NEWS = "At least 12 people killed in missile strike on Barda, prosecutor says"


class Watch:
    """A newsroom and the lookout over its feed; `types` are what the looks told so far."""

    def __init__(self, room: Newsroom, rulebook: Rulebook) -> None:
        self.room = room
        self.told: list[tuple[str, str]] = []
        self.lookout = Lookout(
            room.store,
            {room.feed.id: room.feed},
            lambda: rulebook,
            self._tell,
            source="/tocsin/default",
            clock=lambda: room.now,
        )

    async def _tell(self, verdict: Verdict) -> None:
        told = await tell(self.room.store, verdict, self.room.now)
        assert isinstance(told, list)
        self.told += [(alert.event["type"], alert.event["subject"]) for alert, _ in told]

    async def look(self) -> list[tuple[str, str]]:
        """What one look tells."""
        self.told = []
        await self.lookout.look()
        return self.told


@pytest.fixture
async def watch(store: Store, workshop: Workshop, rulebook: Rulebook) -> AsyncIterator[Watch]:
    """A feed that told of a war, polled twice."""
    async with FeedServer() as server, Outbound() as outbound:
        room = opened(store, server, outbound, workshop, rulebook)
        room.page.serve(rss("War", item("g1", NEWS)))
        await room.turn()
        yield Watch(room, rulebook)


FEED = "tocsin.feed"


async def test_a_feed_that_fails_is_told_and_readers_hear_that_they_are_blind(
    watch: Watch, store: Store
) -> None:
    """R21, R26: once an outage, on the stream; and when it answers again, that we see."""
    room = watch.room
    room.page.status(500)
    for _ in range(4):
        await room.turn()
    assert await watch.look() == []
    await room.turn()
    told = await watch.look()
    assert told == [
        ("tocsin.feed.failing", f"feed/{room.feed.id}"),
        ("tocsin.theatre.blind", "theatre/south-caucasus"),
    ]
    assert await watch.look() == []
    await room.turn()
    assert await watch.look() == []
    assert await store.redis.xlen(store.keys.alerts) == 2
    room.page.serve(rss("War", item("g1", NEWS)))
    await room.turn()
    assert await watch.look() == [("tocsin.theatre.blind", "theatre/south-caucasus")]


async def test_a_feed_that_answers_and_says_nothing_is_silent(watch: Watch) -> None:
    """R21: told once after three days of a feed whose rhythm is not known yet."""
    room = watch.room
    await room.turn(timedelta(days=2))
    assert await watch.look() == []
    await room.turn(timedelta(days=2))
    assert ("tocsin.feed.silent", f"feed/{room.feed.id}") in await watch.look()
    assert await watch.look() == []


async def test_a_feed_that_lost_its_dates_has_changed_its_shape(watch: Watch) -> None:
    """R21: operators are told what its entries have no more."""
    room = watch.room
    room.page.serve(rss("War", item("g2", "Quiet on the river", published="")))
    await room.turn()
    assert await watch.look() == [("tocsin.feed.changed", f"feed/{room.feed.id}")]
    assert (await room.state()).lost == ("dates",)


async def test_a_gone_feed_is_told_though_redis_was_away_for_the_poll(watch: Watch) -> None:
    """F24: the state says it, so whoever looks later tells it."""
    room = watch.room
    room.page.status(410)
    await room.turn()
    told = await watch.look()
    assert (f"{FEED}.gone", f"feed/{room.feed.id}") in told
    assert ("tocsin.theatre.blind", "theatre/south-caucasus") in told
