"""What is polled changes while running: added, paused and forgotten feeds, on a real server."""

from __future__ import annotations

from datetime import UTC, datetime

from tocsin.feeds.address import FeedAddress, feed_id
from tocsin.ledger import feed_register
from tocsin.ledger.connection import Store
from tocsin.ledger.leases import claim_due, due
from tocsin.roster import Roster

NOW = datetime(2026, 3, 2, tzinfo=UTC)
DECLARED = FeedAddress(feed_id("https://a.example/rss"), "https://a.example/rss", "A")
ADDED = "https://b.example/rss"


async def test_feeds_come_and_go_while_running(store: Store) -> None:
    """An added feed is polled, a paused one is not, a resumed one is again."""
    roster = Roster(store, [DECLARED])
    await roster.open()
    await feed_register.add(store, feed_id(ADDED), {"url": ADDED, "name": "B"})
    await feed_register.stop(store, DECLARED.id, NOW, "too loud")
    await roster.renew()
    assert roster.names() == {feed_id(ADDED): "B"}
    assert set(await due(store)) == {feed_id(ADDED)}
    await feed_register.resume(store, DECLARED.id)
    await roster.renew()
    assert set(await due(store)) == {feed_id(ADDED), DECLARED.id}


async def test_a_bad_description_stops_nobody(store: Store) -> None:
    """A feed whose description cannot be used is left out; the others are polled."""
    await feed_register.add(store, "x", {"adress": "https://b.example/rss"})
    roster = Roster(store, [DECLARED])
    await roster.open()
    assert list(roster.feeds) == [DECLARED.id]


async def test_what_is_declared_no_more_is_let_go(store: Store) -> None:
    """A feed that an earlier start polled, and this one does not know, is polled no more."""
    await Roster(store, [DECLARED, FeedAddress("old", "https://old.example", "Old")]).open()
    await Roster(store, [DECLARED]).open()
    assert set(await due(store)) == {DECLARED.id}


async def test_an_emptied_store_is_noticed_once(store: Store) -> None:
    """C20: a first start is none; with the leases ever given out, everything else is gone too."""
    roster = Roster(store, [DECLARED])
    await roster.open()
    assert await roster.renew() is False
    assert await claim_due(store, 1)
    await store.redis.flushall()
    assert await roster.renew() is True
    assert await roster.renew() is False
    assert set(await due(store)) == {DECLARED.id}
