"""What every test may ask for: a real server process, a client on it, a store of its own."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator

import pytest
import structlog
from redis.asyncio import Redis
from tests.redis_process import RedisProcess

from tocsin.ledger.connection import Store, connect
from tocsin.ledger.keys import Keys


@pytest.fixture(autouse=True)
def _logs_as_they_were() -> Iterator[None]:
    """A program that ran within a test leaves its log settings to no other."""
    yield
    structlog.reset_defaults()


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RedisProcess]:
    """One real server for the whole session: in memory, on a random loopback port."""
    process = RedisProcess(tmp_path_factory.mktemp("redis")).start()
    yield process
    process.stop()


@pytest.fixture
async def redis(server: RedisProcess) -> AsyncIterator[Redis]:
    """A client as the ledger uses it, on the session's server, emptied for this test."""
    client = connect(server.url)
    await client.flushall()
    yield client
    await client.aclose()


@pytest.fixture
def store(redis: Redis) -> Store:
    """The store that the ledger's functions are handed, empty."""
    return Store(redis, Keys("tocsin-test"))
