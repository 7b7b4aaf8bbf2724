"""Trimming by age, on a real server."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from tests.ledger_examples import alert, judged, verdict

from tocsin.ledger import history
from tocsin.ledger.commit import Ok, announce, commit
from tocsin.ledger.connection import Store
from tocsin.ledger.history import Query
from tocsin.ledger.mutes import mute, muted, unmute
from tocsin.ledger.outbox import Outbox
from tocsin.ledger.retention import Trimmed, trim

DAY = timedelta(days=1)


async def publish(store: Store, first: int, number: int) -> None:
    """Publish alerts now."""
    for n in range(first, first + number):
        one = judged(n, head=n, report=None, verdict=verdict(n, alerts=(alert(f"a{n}"),)))
        assert isinstance(await announce(store, one), Ok)


async def server_time(store: Store) -> datetime:
    """The server's clock, which alerts are published by."""
    seconds, micro = await store.redis.time()
    return datetime.fromtimestamp(seconds + micro / 1e6, UTC)


async def test_the_stream_is_trimmed_by_age_and_the_alerts_stay(store: Store) -> None:
    """After seven days an alert leaves the stream, and is still there by its id."""
    await publish(store, 0, 5)
    now = await server_time(store)
    young = await trim(store, now + 6 * DAY)
    assert isinstance(young, Trimmed)
    assert (young.alerts, young.held_by) == (0, None)
    assert 6 * DAY <= young.oldest < 7 * DAY
    assert await trim(store, now + 8 * DAY) == Trimmed(5, timedelta(0))
    found = await history.alerts(store, Query())
    assert isinstance(found, list)
    assert len(found) == 5
    await trim(store, now + 401 * DAY)
    assert await history.alerts(store, Query()) == []


async def test_an_operator_says_how_long_things_are_kept(store: Store) -> None:
    """`keep.alerts` and `keep.reports`: an alert, its case, its report, and one that was silent."""
    brief = replace(store, keys=replace(store.keys, alerts_kept=20 * DAY, reports_kept=2 * DAY))
    told, silent = judged(0, head=0), judged(1, head=1, verdict=verdict(1, alerts=()))
    await store.redis.hset(store.keys.leases, "river-news", "7")
    for one in (told, silent):
        answer = await commit(brief, "river-news", "7", [one])
        assert isinstance(answer, list)
        assert isinstance(answer[0], Ok)
    assert told.report is not None
    assert silent.report is not None
    keys, hour = store.keys, 3_600_000
    for key, days in (
        (keys.alert("a0"), 20),
        (keys.case("a0"), 20),
        (keys.report(told.report.id), 20),
        (keys.report(silent.report.id), 2),
    ):
        left = await store.redis.pttl(key)
        assert days * 24 * hour - hour < left <= days * 24 * hour, key
    now = await server_time(store)
    await trim(brief, now + 21 * DAY)
    assert await history.alerts(store, Query()) == []


async def test_nothing_is_trimmed_that_a_sink_has_not_taken_over(store: Store) -> None:
    """The slowest sink holds the stream, and is named; an outsider's group does not (C9)."""
    outbox = Outbox(store, "replica")
    await outbox.enroll("slow")
    await outbox.enroll("quick")
    await store.redis.xgroup_create(store.keys.alerts, "an outsider", "0")
    await publish(store, 0, 10)
    now = await server_time(store)
    for sink, number in (("quick", 10), ("slow", 4)):
        read = await outbox.read(sink)
        assert isinstance(read, list)
        await outbox.take_over(sink, [(entry, True) for entry in read[:number]], now)
    later = now + 30 * DAY
    held = await trim(store, later)
    assert isinstance(held, Trimmed)
    assert (held.alerts, held.held_by) == (4, "slow")
    assert held.oldest > 29 * DAY
    left = await store.redis.xrange(store.keys.alerts)
    assert [fields[b"id"] for _, fields in left] == [b"a%d" % n for n in range(4, 10)]


async def test_a_mute_ends_by_itself(store: Store) -> None:
    """What is silenced is known until then, and forgotten after."""
    now = datetime(2024, 5, 2, tzinfo=UTC)
    await mute(store, "story/s1", now + DAY)
    await mute(store, "feed/x", now + 2 * DAY)
    assert await muted(store, now) == {"story/s1": now + DAY, "feed/x": now + 2 * DAY}
    assert await muted(store, now + DAY + timedelta(seconds=1)) == {"feed/x": now + 2 * DAY}
    await trim(store, now + DAY + timedelta(seconds=1))
    assert await store.redis.zcard(store.keys.mutes) == 1
    assert await unmute(store, "feed/x") is True
    assert await unmute(store, "feed/x") is False
