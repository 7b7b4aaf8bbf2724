"""A primary that dies under load, three sentinels, and the replica that takes its place."""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from redis import Redis as Client
from tests.ledger_examples import judged
from tests.redis_process import RedisProcess
from tests.waiting import until

from tocsin.ledger.commit import Ok, Seen, commit
from tocsin.ledger.connection import Away, Store, UnsuitableServerError, connect
from tocsin.ledger.keys import Keys

FEED, TOKEN = "river-news", "7"


@dataclass
class Trio:
    """A primary, its replica, and the sentinels that watch them."""

    primary: RedisProcess
    replica: RedisProcess
    sentinels: list[RedisProcess]

    @property
    def url(self) -> str:
        """The address by way of the sentinels."""
        watchers = ",".join(f"127.0.0.1:{one.port}" for one in self.sentinels)
        return f"sentinel://{watchers}/watch"


@pytest.fixture
def trio(tmp_path: Path) -> Iterator[Trio]:
    """All five processes, knowing each other."""

    def started(name: str, **settings: str) -> RedisProcess:
        (tmp_path / name).mkdir()
        return RedisProcess(tmp_path / name, **settings).start()

    primary = started("primary", repl_diskless_sync_delay="0")
    replica = started("replica", replicaof=f"127.0.0.1 {primary.port}")
    sentinels = [_sentinel(tmp_path / f"sentinel-{n}", primary.port) for n in range(3)]
    whole = Trio(primary, replica, sentinels)
    try:
        _until_known(whole)
        yield whole
    finally:
        for process in (*sentinels, replica, primary):
            process.kill()


def _sentinel(directory: Path, primary: int) -> RedisProcess:
    directory.mkdir()
    config = directory / "sentinel.conf"
    config.write_text(
        f"sentinel monitor watch 127.0.0.1 {primary} 2\n"
        "sentinel down-after-milliseconds watch 500\n"
        "sentinel failover-timeout watch 3000\n"
    )
    return RedisProcess(directory, sentinel=str(config)).start()


def _until_known(trio: Trio) -> None:
    """Wait until the replica is in step, and every sentinel knows it and the others."""
    deadline = time.monotonic() + 20
    while not (_in_step(trio.replica) and all(map(_knows_all, trio.sentinels))):
        assert time.monotonic() < deadline
        time.sleep(0.05)


def _in_step(replica: RedisProcess) -> bool:
    with Client(port=replica.port) as client:
        return bool(client.info("replication")["master_link_status"] == "up")


def _knows_all(sentinel: RedisProcess) -> bool:
    with Client(port=sentinel.port) as client:
        known = client.sentinel_master("watch")
    return bool(known["num-other-sentinels"] == 2 and known["num-slaves"] == 1)


async def test_a_failover_tells_nothing_twice_and_heals_by_itself(trio: Trio) -> None:
    """Away for seconds; the new primary knows what was committed, and the rest goes on (C16)."""
    store = Store(connect(trio.url, timeout=1.0), Keys())
    await store.redis.hset(store.keys.leases, FEED, TOKEN)
    for number in range(20):
        answer = await commit(store, FEED, TOKEN, [judged(number, head=number)])
        assert isinstance(answer, list)
        assert isinstance(answer[0], Ok)
    assert await store.redis.wait(1, 500) == 1
    trio.primary.kill()
    began = time.monotonic()
    assert isinstance(await commit(store, FEED, TOKEN, [judged(20, head=20)]), Away)

    async def healed() -> bool:
        again = await commit(store, FEED, TOKEN, [judged(20, head=20)])
        return isinstance(again, list) and isinstance(again[0], (Ok, Seen))

    await until(healed)
    assert time.monotonic() - began < 10
    assert await commit(store, FEED, TOKEN, [judged(7, head=21)]) == [Seen()]
    entries = await store.redis.xrange(store.keys.alerts)
    assert [fields[b"id"] for _, fields in entries] == [b"a%d" % n for n in range(21)]
    await store.redis.aclose()


@pytest.mark.parametrize(
    "address",
    ["sentinel://u:secret@h:26379", "sentinel://secret:x/n", "http://u:secret@h", "secret"],
)
def test_an_address_that_is_none_says_what_is_wanted(address: str) -> None:
    """One line names the forms, and no password (D27)."""
    with pytest.raises(UnsuitableServerError, match="want redis://HOST") as caught:
        connect(address)
    assert "secret" not in str(caught.value)
