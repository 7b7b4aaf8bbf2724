"""Groups that take over, leases that are fenced, and what heals by itself."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from pathlib import Path

from tests.delivery_kit import Post, event, publish
from tests.receiver import Receiver
from tests.redis_process import RedisProcess

from tocsin.deliver import Surroundings
from tocsin.judging.memory import Memory
from tocsin.judging.verdict import Alert, Verdict
from tocsin.ledger.commit import Ok, announce
from tocsin.ledger.connection import Away, Store, connect
from tocsin.ledger.due_set import Done, DueSet, Leased
from tocsin.ledger.outbox import Outbox
from tocsin.ledger.writes import Judged
from tocsin.rounds import deliver_all, enlist


async def _leases(due: DueSet, post: Post, sink: str = "s") -> list[Leased]:
    found = await due.take(sink, post.clock(), limit=50)
    assert not isinstance(found, Away)
    return found


async def test_a_new_sink_starts_at_the_end(post: Post) -> None:
    """What was told before it came is not told to it (C18)."""
    async with Receiver() as receiver:
        await publish(post.store, event("old"))
        delivery = await post.sink(receiver.url)
        await publish(post.store, event("new"))
        await delivery.turn()
    assert [got.headers["webhook-id"] for got in receiver.got] == ["new"]


async def test_a_lost_group_goes_on_where_it_stood(post: Post) -> None:
    """Recreated from the stored place, never from 0: nothing lost, nothing twice (C18)."""
    async with Receiver() as receiver:
        delivery = await post.sink(receiver.url)
        await publish(post.store, event("a1"), event("a2"))
        await delivery.turn()
        await post.store.redis.xgroup_destroy(post.store.keys.alerts, "webhook")
        await publish(post.store, event("a3"))
        await delivery.turn()
    assert [got.headers["webhook-id"] for got in receiver.got] == ["a1", "a2", "a3"]


async def test_a_lost_group_gives_again_what_was_read_and_not_taken_over(post: Post) -> None:
    """The stored place stands before the oldest entry that nobody has taken over yet (C18)."""
    slow, quick = Outbox(post.store, "slow"), Outbox(post.store, "quick")
    await slow.enroll("s")
    await publish(post.store, event("a1"))
    read = await slow.read("s")
    assert not isinstance(read, Away)
    await publish(post.store, event("a2"))
    later = await quick.read("s")
    assert not isinstance(later, Away)
    await quick.take_over("s", [(one, True) for one in later], post.clock())
    await post.store.redis.xgroup_destroy(post.store.keys.alerts, "s")
    again = await quick.read("s")
    assert not isinstance(again, Away)
    assert [one.alert for one in again] == ["a1", "a2"]
    assert await quick.take_over("s", [(one, True) for one in again], post.clock()) == 1


async def test_a_removed_sink_leaves_no_group_and_no_silence(post: Post) -> None:
    """Its group is destroyed; what still waited is a dead letter with its reason (C18, D9)."""
    async with Receiver(otherwise=500) as receiver:
        delivery = await post.sink(receiver.url)
        await publish(post.store, event("a1"))
        await delivery.turn()
    outbox = Outbox(post.store, "one")
    given = Surroundings(outbox, post.due, post.clock, lambda: 0.5, post.watch, post._announce)
    assert await enlist([], given) is None
    assert await outbox.enrolled() == frozenset()
    assert await post.store.redis.xinfo_groups(post.store.keys.alerts) == []
    letters = await post.letters.newest("webhook")
    assert not isinstance(letters, Away)
    assert [(one.alert, one.reason) for one in letters] == [("a1", "sink_removed")]


async def test_two_replicas_make_one_post_of_each_alert(post: Post) -> None:
    """Both work one sink at once; every alert is sent exactly once (D26)."""
    async with Receiver() as receiver:
        both = [await post.sink(receiver.url, replica=name) for name in ("one", "two")]
        await publish(post.store, *(event(f"a{n}") for n in range(60)))
        for _ in range(4):
            await asyncio.gather(*(delivery.turn() for delivery in both))
    names = [got.headers["webhook-id"] for got in receiver.got]
    assert sorted(names) == sorted(f"a{n}" for n in range(60))


async def test_what_a_dead_replica_read_is_taken_over_by_another(post: Post) -> None:
    """It is claimed once it has been idle; behind live entries too (C11)."""
    post.idle = timedelta(0)
    dead = Outbox(post.store, "dead")
    async with Receiver() as receiver:
        delivery = await post.sink(receiver.url)
        await publish(post.store, *(event(f"a{n}") for n in range(450)))
        for _ in range(3):
            await dead.read("webhook")
        while await delivery.turn() is not None:
            pass
    assert len({got.headers["webhook-id"] for got in receiver.got}) == 450


async def test_an_entry_deleted_while_pending_is_a_counted_loss(post: Post) -> None:
    """Its id is answered, so that it can be counted and rebuilt (C10)."""
    post.idle = timedelta(0)
    outbox = Outbox(post.store, "one", idle=timedelta(0))
    await outbox.enroll("s")
    [sequence] = await publish(post.store, event("a1"))
    await outbox.read("s")
    await post.store.redis.xdel(post.store.keys.alerts, sequence)
    assert await outbox.reclaim("s") == ([], [sequence])


async def test_a_lost_entry_is_rebuilt_once_for_all(post: Post) -> None:
    """It comes again with its first sequence; who had it already does not get it twice (C10)."""
    post.idle = timedelta(0)
    async with Receiver() as one, Receiver() as two:
        had = await post.sink(one.url, name="had")
        lost = await post.sink(two.url, name="lost")
        verdict = Verdict("", alerts=(Alert("a1", event("a1", time="2024-05-02T12:00:00Z")),))
        committed = await announce(post.store, Judged(None, None, Memory(), verdict, post.clock()))
        assert isinstance(committed, Ok)
        await had.turn()
        await Outbox(post.store, "dead").read("lost")
        await post.store.redis.xdel(post.store.keys.alerts, *committed.sequences)
        for _ in range(2):
            await lost.turn()
            await had.turn()
    assert [got.json["sequence"] for got in one.got] == list(committed.sequences)
    assert [got.json["sequence"] for got in two.got] == list(committed.sequences)


async def test_a_holder_whose_lease_ran_out_settles_nothing(post: Post) -> None:
    """It is fenced by the token of the one that took it next (C12)."""
    due = DueSet(post.store, lease=timedelta(0))
    outbox = Outbox(post.store, "one")
    await outbox.enroll("s")
    await publish(post.store, event("a1"))
    entries = await outbox.read("s")
    assert not isinstance(entries, Away)
    await outbox.take_over("s", [(one, True) for one in entries], post.clock())
    [first] = await _leases(due, post)
    [second] = await _leases(due, post)
    assert await due.settle("s", [Done(first)], post.clock()) == {"a1"}
    assert await due.settle("s", [Done(second)], post.clock()) == frozenset()
    assert second.abandoned == 1


async def test_an_alert_that_kills_its_sender_becomes_a_dead_letter(post: Post) -> None:
    """After five leases that nobody settled it is sent no more; the others flow (C14)."""
    due = DueSet(post.store, lease=timedelta(0))
    async with Receiver() as receiver:
        delivery = await post.sink(receiver.url, filter={"severity_min": "critical"})
        outbox = Outbox(post.store, "one")
        await publish(post.store, event("poison"), event("good"))
        entries = await outbox.read("webhook")
        assert not isinstance(entries, Away)
        await outbox.take_over("webhook", [(entries[0], True)], post.clock())
        for _ in range(5):
            await _leases(due, post, "webhook")
        await outbox.take_over("webhook", [(entries[1], True)], post.clock())
        await delivery.turn()
    letters = await post.letters.newest("webhook")
    assert not isinstance(letters, Away)
    assert [(one.alert, one.reason) for one in letters] == [("poison", "poison")]
    assert [got.headers["webhook-id"] for got in receiver.got] == ["good"]


async def test_what_cannot_be_read_is_a_dead_letter(post: Post) -> None:
    """Never dropped in silence (D9)."""
    async with Receiver() as receiver:
        delivery = await post.sink(receiver.url)
        await post.store.redis.xadd(post.store.keys.alerts, {"id": "bad", "event": b"{oops"})
        await publish(post.store, event("good"))
        await delivery.turn()
    letters = await post.letters.newest("webhook")
    assert not isinstance(letters, Away)
    assert [(one.alert, one.reason) for one in letters] == [("bad", "unreadable")]
    assert [got.headers["webhook-id"] for got in receiver.got] == ["good"]


async def test_a_rebuilt_entry_keeps_its_first_sequence(post: Post) -> None:
    """The field `sequence` of the entry is what subscribers see."""
    async with Receiver() as receiver:
        delivery = await post.sink(receiver.url)
        await publish(post.store, event("a1"), sequence="1700000000000-7")
        await delivery.turn()
    assert receiver.got[0].json["sequence"] == "1700000000000-7"


async def test_a_wrong_type_stops_the_take_over_before_anything_is_written(post: Post) -> None:
    """Nothing is acknowledged that did not reach the due set (C4)."""
    keys = post.store.keys
    outbox = Outbox(post.store, "one")
    await outbox.enroll("s")
    await publish(post.store, event("a1"))
    entries = await outbox.read("s")
    assert not isinstance(entries, Away)
    await post.store.redis.set(keys.parcels("s"), "foreign")
    refusal = await outbox.take_over("s", [(entries[0], True)], post.clock())
    assert isinstance(refusal, Away)
    assert refusal.reason == "foreign_key"
    assert (await post.store.redis.xpending(keys.alerts, "s"))["pending"] == 1
    assert await post.store.redis.exists(keys.waiting("s")) == 0


async def test_a_dead_endpoint_delays_nobody_else(post: Post) -> None:
    """One sink hangs; the other has every alert meanwhile, and the stream is not pinned (D12)."""
    hanging = asyncio.Event()

    async def hang(_request: object) -> None:
        await hanging.wait()

    async with Receiver(otherwise=hang) as dead, Receiver() as alive:  # type: ignore[arg-type]
        sinks = [
            (await post.sink(dead.url, name="dead")).sink,
            (await post.sink(alive.url, name="alive")).sink,
        ]
        outbox = Outbox(post.store, "one")
        given = Surroundings(outbox, post.due, post.clock, lambda: 0.5, post.watch, post._announce)
        stopping = asyncio.Event()
        running = asyncio.create_task(
            deliver_all(sinks, given, stopping, drain=timedelta(seconds=0.2))
        )
        await publish(post.store, *(event(f"a{n}") for n in range(300)))
        await alive.wait_for(300)
        await dead.wait_for(1)
        groups = await post.store.redis.xinfo_groups(post.store.keys.alerts)
        stopping.set()
        assert await running is False  # the hung sends were cut off at the deadline (P2)
        hanging.set()
    assert {one["pending"] for one in groups} == {0}  # neither pins the stream
    assert len({got.headers["webhook-id"] for got in alive.got}) == 300
    assert 1 <= len(dead.got) <= 16


async def test_stopping_lets_sends_under_way_finish(post: Post) -> None:
    """Drained before the deadline: settled, nothing to send again (P1)."""
    began, go = asyncio.Event(), asyncio.Event()

    async def slow(_request: object) -> object:
        from aiohttp import web  # noqa: PLC0415 — only this answer needs it

        began.set()
        await go.wait()
        return web.Response()

    async with Receiver(otherwise=slow) as receiver:  # type: ignore[arg-type]
        delivery = await post.sink(receiver.url)
        outbox = Outbox(post.store, "one")
        given = Surroundings(outbox, post.due, post.clock, lambda: 0.5, post.watch, post._announce)
        stopping = asyncio.Event()
        running = asyncio.create_task(
            deliver_all([delivery.sink], given, stopping, drain=timedelta(seconds=20))
        )
        await publish(post.store, event("a1"))
        await began.wait()
        stopping.set()
        go.set()
        assert await running is True
    assert await post.store.redis.zcard(post.store.keys.held("webhook")) == 0
    assert await post.due.had("webhook", ["a1"]) == {"a1"}


async def test_out_of_memory_refuses_what_is_new_and_sends_what_is_due(
    post: Post, tmp_path: Path
) -> None:
    """Nothing is half written; sending goes on and is settled; then the rest follows (C5)."""
    full = RedisProcess(tmp_path, maxmemory_policy="noeviction").start()
    client = connect(full.url)
    small = Post(Store(client, post.store.keys), post.outbound, post.clock)
    try:
        async with Receiver(otherwise=503) as receiver:
            delivery = await small.sink(receiver.url)
            await publish(small.store, event("a1"))
            await delivery.turn()
            await publish(small.store, event("a2"))
            await client.config_set("maxmemory", "1")
            receiver.otherwise = 200
            post.clock.pass_by(seconds=10)
            refusal = await delivery.turn()
            assert isinstance(refusal, Away)
            assert refusal.reason == "out_of_memory"
            assert await small.due.had("webhook", ["a1", "a2"]) == {"a1"}
            await client.config_set("maxmemory", "0")
            small.idle = timedelta(0)
            await (await small.sink(receiver.url, replica="two")).turn()
        assert receiver.got[-1].headers["webhook-id"] == "a2"
        assert await small.due.had("webhook", ["a1", "a2"]) == {"a1", "a2"}
    finally:
        await client.aclose()
        full.stop()


async def test_redis_away_is_a_value_and_delivery_goes_on_after_it(
    post: Post, server: RedisProcess
) -> None:
    """A server that does not answer is no exception of a turn; the next turn sends (C8)."""
    client = connect(server.url, timeout=0.2)
    impatient = Post(Store(client, post.store.keys), post.outbound, post.clock)
    async with Receiver() as receiver:
        delivery = await impatient.sink(receiver.url)
        await publish(post.store, event("a1"))
        server.pause()
        try:
            assert isinstance(await delivery.turn(), Away)
        finally:
            server.resume()
        post.idle = timedelta(0)
        successor = await post.sink(receiver.url, replica="two")
        await successor.turn()
        await delivery.turn()
    await client.aclose()
    assert [got.headers["webhook-id"] for got in receiver.got] == ["a1"]
