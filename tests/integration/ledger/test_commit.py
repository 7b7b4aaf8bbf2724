"""The one commit, on a real server: alerts, ledger and seen, whole or not at all."""

from __future__ import annotations

from dataclasses import replace

import orjson
from tests.ledger_examples import NOW, SUBJECT, alert, judged, report, verdict

from tocsin.judging.memory import Memory, Wanted
from tocsin.ledger.commit import AT_ONCE, Fenced, Ok, Seen, Stale, announce, commit
from tocsin.ledger.connection import Away, Store
from tocsin.ledger.recall import recall
from tocsin.ledger.seen import member, unseen

FEED, TOKEN = "river-news", "7"
WANTED = Wanted(
    report="r1",
    heads=("river-war", "none"),
    story_keys=("bridge:2024-05-02", "nowhere"),
    series=(SUBJECT, "theatre/river-war/wounded"),
    truces=("river-war",),
    marks=("last-strike:bridge", "last-strike:nowhere"),
)


async def lease(store: Store) -> None:
    """Hold the feed under the token that the tests commit with."""
    await store.redis.hset(store.keys.leases, FEED, TOKEN)


async def test_a_commit_is_on_the_stream_in_the_ledger_and_seen(store: Store) -> None:
    """One report's verdict is published, recalled and known again."""
    await lease(store)
    one = judged()
    answer = await commit(store, FEED, TOKEN, [one])
    assert isinstance(answer, list)
    (outcome,) = answer
    assert isinstance(outcome, Ok)
    ((sequence, fields),) = await store.redis.xrange(store.keys.alerts)
    assert outcome.sequences == (sequence.decode(),)
    assert fields[b"id"] == b"a1"
    assert fields[b"severity"] == b"low"
    assert fields[b"loud"] == b"true"
    assert orjson.loads(fields[b"event"]) == one.verdict.alerts[0].event
    assert await unseen(store, FEED, [member(report()), member(report(2))]) == [False, True]

    (memory,) = await recall(store, [WANTED], NOW)
    assert memory.heads == {"river-war": 1, "none": 0}
    assert memory.filed == one.verdict.filed
    assert memory.stories == one.verdict.stories
    assert memory.series == {SUBJECT: one.verdict.series[0]}
    assert list(memory.truces.values()) == list(one.verdict.truces)
    assert memory.marks == {"last-strike:bridge": "2024-05-02"}


async def test_an_empty_ledger_remembers_nothing(store: Store) -> None:
    """Recall of nothing is an empty memory with its heads at zero."""
    (memory,) = await recall(store, [WANTED], NOW)
    assert memory == Memory(heads={"river-war": 0, "none": 0})


async def test_the_same_report_again_is_seen(store: Store) -> None:
    """A second commit of the same version writes nothing (C7, R25)."""
    await lease(store)
    await commit(store, FEED, TOKEN, [judged()])
    assert await commit(store, FEED, TOKEN, [judged()]) == [Seen()]
    assert await store.redis.xlen(store.keys.alerts) == 1


async def test_a_moved_head_is_stale_and_writes_nothing(store: Store) -> None:
    """Two replicas that judged against the same head: the second judges again (R29)."""
    await lease(store)
    await commit(store, FEED, TOKEN, [judged()])
    assert await commit(store, FEED, TOKEN, [judged(2)]) == [Stale()]
    assert await unseen(store, FEED, [member(report(2))]) == [True]
    (again,) = await commit(store, FEED, TOKEN, [judged(2, head=1)])
    assert isinstance(again, Ok)


async def test_many_reports_in_one_call_each_whole_or_absent(store: Store) -> None:
    """One call answers for each report; those judged on a refused one are refused too."""
    await lease(store)
    await store.redis.hset(store.keys.heads, "river-war", 6)
    plain = judged(3, verdict=verdict(3, alerts=()))
    free = replace(plain, verdict=replace(plain.verdict, heads=()))
    # The second was judged on top of the first, and its counter agrees only by accident.
    answer = await commit(store, FEED, TOKEN, [judged(1, head=5), judged(2, head=6), free])
    assert answer == [Stale(), Stale(), Ok(())]


async def test_a_long_first_poll_goes_in_several_scripts(store: Store) -> None:
    """None is long, and what was refused in one is not built upon in the next."""
    await lease(store)
    plain = judged(verdict=replace(verdict(alerts=()), heads=(), filed=None))
    many = [replace(plain, report=report(n)) for n in range(10, 10 + 2 * AT_ONCE)]
    many[0] = judged(1, head=1)  # refused
    many[AT_ONCE] = judged(2, head=0)  # would pass, but was judged on top of it
    answer = await commit(store, FEED, TOKEN, many)
    assert isinstance(answer, list)
    assert [n for n, outcome in enumerate(answer) if outcome == Stale()] == [0, AT_ONCE]
    assert answer.count(Ok()) == 2 * AT_ONCE - 2
    assert await commit(store, FEED, TOKEN, []) == []


async def test_a_lost_lease_is_fenced(store: Store) -> None:
    """Nothing is written under a token that is no longer the newest (C12)."""
    await lease(store)
    before = await store.redis.keys()
    assert await commit(store, FEED, "6", [judged()]) == Fenced()
    assert await store.redis.keys() == before


async def test_a_published_alert_is_not_published_again(store: Store) -> None:
    """An id that stands in the stream answers its first sequence; the rest is still written."""
    await lease(store)
    (first,) = await commit(store, FEED, TOKEN, [judged()])
    repeat = judged(2, head=1, verdict=verdict(2, alerts=(alert("a1"), alert("a2"))))
    (second,) = await commit(store, FEED, TOKEN, [repeat])
    assert isinstance(first, Ok)
    assert isinstance(second, Ok)
    assert second.sequences[0] == first.sequences[0]
    assert await store.redis.xlen(store.keys.alerts) == 2


async def test_a_verdict_of_the_clock_needs_no_lease(store: Store) -> None:
    """An alert that no report caused is committed by itself, once."""
    noted = judged(report=None, reading=None)
    first = await announce(store, noted)
    assert isinstance(first, Ok)
    assert await announce(store, noted) == Stale()


async def test_a_foreign_key_refuses_the_commit_whole(store: Store) -> None:
    """Something else's key under our name: refused in one clear line, nothing written (C4)."""
    await lease(store)
    await store.redis.set(store.keys.order, "not ours")
    answer = await commit(store, FEED, TOKEN, [judged()])
    assert isinstance(answer, Away)
    assert answer.reason == "foreign_key"
    assert store.keys.order in answer.detail
    assert await unseen(store, FEED, [member(report())]) == [True]
