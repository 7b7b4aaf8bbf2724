"""The commit under every fault: nothing is seen that is not told, and nothing is told twice."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from redis.exceptions import ResponseError
from tests.faults.proxy import Proxy
from tests.ledger_examples import judged, report
from tests.redis_process import RedisProcess
from tests.waiting import until

from tocsin.ledger.commit import Ok, Seen, commit
from tocsin.ledger.connection import (
    Away,
    Store,
    UnsuitableServerError,
    check_version,
    connect,
    reach,
)
from tocsin.ledger.keys import Keys
from tocsin.ledger.seen import member, unseen
from tocsin.ledger.writes import plan

FEED, TOKEN = "river-news", "7"


@pytest.fixture
def own(tmp_path: Path) -> Iterator[RedisProcess]:
    """A server of this test alone, to be hurt; its data survive it."""
    process = RedisProcess(tmp_path, appendonly="yes", appendfsync="always").start()
    yield process
    process.kill()


@pytest.fixture
async def own_store(own: RedisProcess) -> AsyncIterator[Store]:
    """A store on the server to be hurt, with the feed leased and little patience."""
    client = connect(own.url, timeout=0.5)
    yield await leased(Store(client, Keys()))
    await client.aclose()


async def leased(store: Store) -> Store:
    """Hold the feed under the token that the tests commit with."""
    await store.redis.hset(store.keys.leases, FEED, TOKEN)
    return store


async def told_and_seen(store: Store) -> tuple[int, bool]:
    """How many alerts are on the stream, and whether the report is seen."""
    (new,) = await unseen(store, FEED, [member(report())])
    return await store.redis.xlen(store.keys.alerts), not new


KEYS_TOUCHED = plan(Keys("tocsin-test"), FEED, TOKEN, [judged()]).keys


@pytest.mark.parametrize("key", KEYS_TOUCHED)
async def test_a_key_of_the_wrong_type_refuses_the_whole_commit(store: Store, key: str) -> None:
    """Whichever key is foreign, nothing at all is written, and it heals by itself (C4)."""
    await leased(store)
    await store.redis.delete(key)
    await store.redis.sadd(key, "not ours")
    before = set(await store.redis.keys())
    answer = await commit(store, FEED, TOKEN, [judged()])
    assert isinstance(answer, Away)
    assert answer.reason == "foreign_key"
    assert key in answer.detail
    assert set(await store.redis.keys()) == before
    await store.redis.delete(key)
    await leased(store)
    assert isinstance((await commit(store, FEED, TOKEN, [judged()]))[0], Ok)


@pytest.mark.parametrize(
    "command", ["XADD", "HSET", "PEXPIRE", "SET", "RPUSH", "ZADD", "ZREMRANGEBYRANK", "HINCRBY"]
)
async def test_an_error_at_any_write_never_leaves_seen_without_alert(
    store: Store, server: RedisProcess, command: str
) -> None:
    """The script is broken off at each of its writes; the report is told all the same (C4)."""
    await leased(store)
    await store.redis.execute_command(
        *("ACL", "SETUSER", "weak", "on", "nopass", "~*", "&*", "+@all", f"-{command.lower()}")
    )
    weak = connect(server.url.replace("redis://", "redis://weak:any@"))
    try:
        with contextlib.suppress(ResponseError):
            assert isinstance(await commit(Store(weak, store.keys), FEED, TOKEN, [judged()]), Away)
    finally:
        await weak.aclose()
        await store.redis.execute_command("ACL", "DELUSER", "weak")
    told, seen = await told_and_seen(store)
    assert not seen
    assert told <= 1
    assert isinstance((await commit(store, FEED, TOKEN, [judged()]))[0], Ok)
    entries = await store.redis.xrange(store.keys.alerts)
    assert {fields[b"id"] for _, fields in entries} == {b"a1"}


async def test_a_reply_lost_after_the_commit_is_one_entry(
    store: Store, server: RedisProcess
) -> None:
    """The server applied it, the reply was dropped: asked again, it answers that it knows (C7)."""
    await leased(store)
    async with Proxy(server.port) as proxy:
        client = connect(proxy.url, timeout=2.0)
        behind = Store(client, store.keys)
        assert await reach(client.ping())
        proxy.drop_replies = True
        answer = await commit(behind, FEED, TOKEN, [judged()])
        assert isinstance(answer, Away)
        assert answer.reason == "unreachable"
        assert proxy.lost == 1  # the client asked once
        proxy.drop_replies = False
        assert await commit(behind, FEED, TOKEN, [judged()]) == [Seen()]
        await client.aclose()
    assert await told_and_seen(store) == (1, True)


async def test_a_frozen_server_is_one_entry(own: RedisProcess, own_store: Store) -> None:
    """Sent to a stopped server it times out, is applied on waking, and is not repeated (C7)."""
    await own_store.redis.ping()
    own.pause()
    answer = await commit(own_store, FEED, TOKEN, [judged()])
    assert isinstance(answer, Away)
    assert answer.reason == "timeout"
    own.resume()

    async def answered() -> bool:
        return await commit(own_store, FEED, TOKEN, [judged()]) == [Seen()]

    await until(answered)
    assert await told_and_seen(own_store) == (1, True)


async def test_a_network_that_swallows_everything_is_away(
    store: Store, server: RedisProcess
) -> None:
    """A black hole ends at the client's own deadline (C22)."""
    async with Proxy(server.port) as proxy:
        client = connect(proxy.url, timeout=0.2)
        assert await reach(client.ping())
        proxy.black_hole = True
        answer = await commit(Store(client, store.keys), FEED, TOKEN, [judged()])
        assert isinstance(answer, Away)
        assert answer.reason == "timeout"
        await client.aclose()


async def test_full_memory_refuses_whole_and_recovers(own_store: Store) -> None:
    """With `maxmemory` reached nothing is half written; with room again all goes on (C5)."""
    redis = own_store.redis
    await redis.config_set("maxmemory-policy", "noeviction")
    await redis.config_set("maxmemory", "1")
    answer = await commit(own_store, FEED, TOKEN, [judged()])
    assert isinstance(answer, Away)
    assert answer.reason == "out_of_memory"
    assert await redis.keys() == [own_store.keys.leases.encode()]
    await redis.config_set("maxmemory", "0")
    assert isinstance((await commit(own_store, FEED, TOKEN, [judged()]))[0], Ok)


async def test_a_disk_that_cannot_be_written_is_away(
    own: RedisProcess, own_store: Store, tmp_path: Path
) -> None:
    """MISCONF refuses the commit whole; when the disk is back, all goes on (C6)."""
    redis = own_store.redis
    gone = tmp_path / "gone"
    gone.mkdir()
    await redis.config_set("appendonly", "no")
    await redis.config_set("save", "3600 1")
    await redis.config_set("dir", str(gone))
    gone.rmdir()

    async def saving_failed() -> bool:
        with contextlib.suppress(ResponseError):
            await redis.bgsave()
        info = await redis.info("persistence")
        return bool(info["rdb_last_bgsave_status"] == "err")

    await until(saving_failed)
    answer = await commit(own_store, FEED, TOKEN, [judged()])
    assert isinstance(answer, Away)
    assert answer.reason == "disk_full"
    assert await redis.keys() == [own_store.keys.leases.encode()]
    await redis.config_set("dir", str(own.directory))
    await redis.config_set("stop-writes-on-bgsave-error", "no")
    assert isinstance((await commit(own_store, FEED, TOKEN, [judged()]))[0], Ok)


async def test_a_server_that_loads_its_data_is_away_until_it_has(
    own: RedisProcess, own_store: Store
) -> None:
    """LOADING heals by itself (C18)."""
    trip = own_store.redis.pipeline(transaction=False)
    for n in range(3_000):
        trip.set(f"filler:{n}", "x" * 100)
    await trip.execute()
    await own_store.redis.config_set("appendonly", "no")
    await own_store.redis.save()
    own.kill()
    own.settings |= {
        "appendonly": "no",
        "key-load-delay": "300",
        "loading-process-events-interval-bytes": "1024",
    }
    starting = asyncio.create_task(asyncio.to_thread(own.start))

    async def loading() -> bool:
        answer = await commit(own_store, FEED, TOKEN, [judged()])
        return isinstance(answer, Away) and answer.reason == "loading"

    async def loaded() -> bool:
        answer = await commit(own_store, FEED, TOKEN, [judged()])
        return isinstance(answer, list) and isinstance(answer[0], Ok)

    await until(loading)
    await until(loaded)
    await starting


async def test_a_replica_without_its_primary_is_away(own_store: Store) -> None:
    """READONLY and NOREPLICAS are states that pass, not errors (C17, C18)."""
    redis = own_store.redis
    await redis.config_set("min-replicas-to-write", "1")
    answer = await commit(own_store, FEED, TOKEN, [judged()])
    assert isinstance(answer, Away)
    assert answer.reason == "no_replicas"
    await redis.config_set("min-replicas-to-write", "0")
    await redis.replicaof("127.0.0.1", "1")
    answer = await commit(own_store, FEED, TOKEN, [judged()])
    assert isinstance(answer, Away)
    assert answer.reason == "read_only"
    await redis.replicaof("NO", "ONE")
    assert isinstance((await commit(own_store, FEED, TOKEN, [judged()]))[0], Ok)


async def test_a_server_that_lost_its_scripts_is_told_them_again(store: Store) -> None:
    """NOSCRIPT heals by itself (C18)."""
    await leased(store)
    await commit(store, FEED, TOKEN, [judged()])
    await store.redis.script_flush()
    assert isinstance((await commit(store, FEED, TOKEN, [judged(2, head=1)]))[0], Ok)


async def test_a_killed_server_comes_back_with_all_that_was_committed(
    own: RedisProcess, own_store: Store
) -> None:
    """SIGKILL and restart on the same directory: away in between, and nothing is told twice."""
    assert isinstance((await commit(own_store, FEED, TOKEN, [judged()]))[0], Ok)
    own.kill()
    answer = await commit(own_store, FEED, TOKEN, [judged(2, head=1)])
    assert isinstance(answer, Away)
    assert answer.reason == "unreachable"
    own.start()
    assert await commit(own_store, FEED, TOKEN, [judged()]) == [Seen()]
    assert isinstance((await commit(own_store, FEED, TOKEN, [judged(2, head=1)]))[0], Ok)
    assert await own_store.redis.xlen(own_store.keys.alerts) == 2


async def test_wrong_credentials_and_old_servers_stop_the_start(
    store: Store, server: RedisProcess
) -> None:
    """A server that cannot be used is one clear line."""
    label = await check_version(store.redis)
    assert isinstance(label, str)
    assert label.startswith(("valkey ", "redis "))
    stranger = connect(server.url.replace("redis://", "redis://nobody:wrong@"))
    with pytest.raises(UnsuitableServerError, match="refuses our credentials"):
        await check_version(stranger)
    await stranger.aclose()


def test_every_key_carries_the_one_tag() -> None:
    """Whatever the ids, all keys of a commit lie in one slot (C21, H13)."""
    odd = replace(report(), id="{other}:\x00*" + "x" * 10_000)
    keys = plan(Keys(), "{feed}:*", TOKEN, [judged(report=odd)]).keys
    assert len(set(keys)) == len(keys)
    assert all(key.startswith("{tocsin}:") and len(key) < 200 for key in keys)
    assert all("\x00" not in key and "*" not in key for key in keys)
