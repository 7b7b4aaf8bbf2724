"""Due feeds and fenced leases, on a real server."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from tests.ledger_examples import NOW, judged, report
from tests.waiting import until

from tocsin.ledger.commit import Fenced, commit
from tocsin.ledger.connection import Store
from tocsin.ledger.feed_state import FeedState, feed_states
from tocsin.ledger.leases import (
    Lease,
    Pause,
    claim_due,
    dismiss,
    due,
    enroll,
    finish,
    hasten,
    pauses,
    renew,
)
from tocsin.ledger.seen import member, unseen

FEEDS = {"north": "news.example", "south": "news.example", "east": "other.example"}
HOUR = timedelta(hours=1)
BLINK = timedelta(milliseconds=30)


async def names(store: Store, lease: timedelta = HOUR) -> set[str]:
    """The feeds that can be claimed now."""
    claimed = await claim_due(store, 10, lease)
    assert isinstance(claimed, list)
    return {one.feed for one in claimed}


async def test_a_feed_is_held_by_one_alone(store: Store) -> None:
    """What is claimed is not claimed again while it is held (C24)."""
    assert await enroll(store, FEEDS) == 3
    assert await names(store) == set(FEEDS)
    assert await names(store) == set()


async def test_a_restart_keeps_the_times(store: Store) -> None:
    """Enrolling a known feed does not make it due (F9)."""
    await enroll(store, {"north": "news.example"})
    (lease,) = await claim_due(store, 1)
    assert await finish(store, lease, FeedState("north"), HOUR, now=NOW) is None
    assert await enroll(store, {"north": "news.example"}) == 0
    assert await names(store) == set()
    waits = await due(store)
    assert timedelta(minutes=59) < waits["north"].wait <= HOUR
    assert not waits["north"].held


async def test_a_feed_whose_holder_died_is_taken_with_a_higher_token(store: Store) -> None:
    """The successor's token fences whatever the dead one still does (C12)."""
    await enroll(store, {"north": "news.example"})
    (first,) = await claim_due(store, 1, BLINK)
    second: list[Lease] = []

    async def taken() -> bool:
        second.extend(await claim_due(store, 1))
        return bool(second)

    await until(taken)
    assert int(second[0].token) > int(first.token)
    assert await commit(store, "north", first.token, [judged()]) == Fenced()
    assert await finish(store, first, FeedState("north", etag="old"), HOUR, now=NOW) == Fenced()
    assert await renew(store, first) == Fenced()
    assert await feed_states(store, ["north"]) == {}
    assert await renew(store, second[0]) is None


async def test_tokens_rise_after_everything_was_lost(store: Store) -> None:
    """A token from before a FLUSHALL does not pass after it (C20)."""
    await enroll(store, {"north": "news.example"})
    (first,) = await claim_due(store, 1)
    await store.redis.flushall()
    await enroll(store, {"north": "news.example"})
    (second,) = await claim_due(store, 1)
    assert int(second.token) > int(first.token)


async def test_validators_come_back_to_the_byte(store: Store) -> None:
    """Quotes and `W/` are kept (F1)."""
    await enroll(store, {"north": "news.example"})
    (lease,) = await claim_due(store, 1)
    left = FeedState("north", etag='W/"a\\"b"', last_modified="Wed, 01 May 2024 10:00:00 GMT")
    assert await finish(store, lease, left, HOUR, now=NOW) is None
    assert await feed_states(store, ["north", "south"]) == {"north": left}


async def test_a_pause_holds_every_feed_of_the_host(store: Store) -> None:
    """A `Retry-After` of one feed is kept for its host by every replica (F12, F16)."""
    await enroll(store, FEEDS)
    claimed = {lease.feed: lease for lease in await claim_due(store, 10)}
    none = timedelta(0)
    pause = Pause("news.example", 2 * HOUR)
    await finish(store, claimed["north"], FeedState("north"), none, now=NOW, pause=pause)
    await finish(store, claimed["south"], FeedState("south"), none, now=NOW)
    await finish(store, claimed["east"], FeedState("east"), none, now=NOW)
    assert await names(store) == {"east"}
    assert await hasten(store, ["south"]) == 1
    assert await names(store) == set()
    assert set(await pauses(store)) == {"news.example"}
    waits = await due(store)
    assert waits["south"].wait > HOUR


async def test_a_shorter_pause_does_not_end_a_longer_one(store: Store) -> None:
    """Two feeds of one host were answered 429: the longer wait holds (F12)."""
    await enroll(store, FEEDS)
    claimed = {lease.feed: lease for lease in await claim_due(store, 10)}
    for feed, wait in (("north", 2 * HOUR), ("south", HOUR / 60)):
        pause = Pause("news.example", wait)
        await finish(store, claimed[feed], None, HOUR, now=NOW, pause=pause)
    assert (await pauses(store))["news.example"] > HOUR


async def test_a_feed_in_a_hurry_is_not_polled_twice(store: Store) -> None:
    """Hastening leaves alone what is being polled, and makes the rest due (F8)."""
    await enroll(store, FEEDS)
    claimed = {lease.feed: lease for lease in await claim_due(store, 10)}
    await finish(store, claimed["north"], FeedState("north"), HOUR, now=NOW)
    assert await hasten(store, ["north", "south", "unknown"]) == 1
    assert await names(store) == {"north"}


async def test_a_dismissed_feed_commits_nothing_more(store: Store) -> None:
    """A feed removed while it is polled is fenced, and not due again."""
    await enroll(store, {"north": "news.example"})
    (lease,) = await claim_due(store, 1)
    await dismiss(store, ["north"])
    assert await commit(store, "north", lease.token, [judged()]) == Fenced()
    assert await finish(store, lease, FeedState("north"), HOUR, now=NOW) == Fenced()
    assert await due(store) == {}


async def test_what_a_feed_shows_stays_seen(store: Store) -> None:
    """Old entries are forgotten after 30 days, unless the feed still shows them."""
    await enroll(store, {"north": "news.example"})
    (lease,) = await claim_due(store, 1)
    for number, age in ((1, 40), (2, 40), (3, 2)):
        one = judged(number, head=number - 1, now=NOW - timedelta(days=age))
        await commit(store, "north", lease.token, [one])
    members = [member(report(number)) for number in (1, 2, 3)]
    await finish(store, lease, None, HOUR, now=NOW, shown=members[:1])
    assert await unseen(store, "north", members) == [False, True, False]


async def test_a_small_feed_keeps_its_seen_set_compact(store: Store) -> None:
    """No more than 128 members where the feed's window allows it, the newest; else twice it."""
    await enroll(store, {"north": "news.example"})
    plain = judged()
    bare = replace(plain, verdict=replace(plain.verdict, heads=(), alerts=(), entries=()))
    for shown, kept in ((10, 128), (100, 200)):
        (lease,) = await claim_due(store, 1)
        many = [replace(bare, report=report(1000 * shown + n)) for n in range(250)]
        await commit(store, "north", lease.token, many)
        members = [member(one.report) for one in many if one.report][:shown]
        await finish(store, lease, None, timedelta(0), now=NOW, shown=members)
        assert await store.redis.zcard(store.keys.seen("north")) == kept
        assert await unseen(store, "north", members) == [False] * shown
