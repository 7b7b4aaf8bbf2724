"""The client, and what it means when Redis cannot serve us now.

Client retries are off: a write whose reply was lost may have been applied, and only the scripts
know how to be asked twice. What a healthy operation meets now and then (a restart, a failover, a
full memory or disk) is a value, `Away`; anything else that Redis answers is a bug and raises.
"""

from __future__ import annotations

from collections.abc import Awaitable
from dataclasses import dataclass
from typing import Any, Literal, TypeVar

from redis.asyncio import BlockingConnectionPool, Redis, UnixDomainSocketConnection
from redis.asyncio.retry import Retry
from redis.asyncio.sentinel import Sentinel
from redis.backoff import NoBackoff
from redis.connection import HiredisRespSerializer
from redis.exceptions import AuthenticationError, RedisError, ResponseError
from redis.exceptions import ConnectionError as RedisConnectionError
from redis.exceptions import TimeoutError as RedisTimeoutError

from tocsin.ledger.keys import Keys

T = TypeVar("T")

OLDEST = (7, 0)
SENTINEL_PORT = 26379
SOCKET_TIMEOUT = 5.0  # seconds; a blocking read must ask for less

AwayReason = Literal[
    "unreachable",
    "timeout",
    "loading",
    "read_only",
    "no_replicas",
    "disk_full",
    "out_of_memory",
    "busy",
    "cluster_down",
    "denied",
    "foreign_key",
]

_BY_CODE: dict[str, AwayReason] = {
    "LOADING": "loading",
    "READONLY": "read_only",
    "MASTERDOWN": "read_only",
    "NOREPLICAS": "no_replicas",
    "MISCONF": "disk_full",
    "OOM": "out_of_memory",
    "BUSY": "busy",
    "TRYAGAIN": "busy",
    "CLUSTERDOWN": "cluster_down",
    "NOAUTH": "denied",
    "WRONGPASS": "denied",
    "NOPERM": "denied",
    "WRONGTYPE": "foreign_key",  # something else writes under our prefix
}


@dataclass(frozen=True, slots=True)
class Away:
    """Redis cannot serve us now. Nothing is known to be written; asking again later is safe."""

    reason: AwayReason
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Store:
    """A client and the names of the keys: all that the ledger's functions are handed."""

    redis: Redis
    keys: Keys


class UnsuitableServerError(Exception):
    """The server cannot be used at all: no address, too old, or it refuses our credentials."""


class _Beside(UnixDomainSocketConnection):
    """A connection to the server beside us: it writes commands in C, as the client reads replies.

    A backtest sends thousands of arguments a second, and the client packs them in Python.
    """

    def pack_command(self, *args: Any) -> list[bytes]:
        """A command in Redis' protocol."""
        packed: list[bytes] = HiredisRespSerializer().pack(*args)
        return packed


def connect(
    url: str, *, socket: str | None = None, timeout: float = SOCKET_TIMEOUT, connections: int = 32
) -> Redis:
    """Make a client for `url`, or for the unix socket where one is given; close it with `aclose`.

    `redis://`, `rediss://` and `unix://` name one server. `sentinel://HOST:PORT,…/NAME` is the
    primary that sentinels call NAME, followed through failovers; a `USER:PASSWORD@` before the
    hosts is the primary's. No retries, replies as bytes, at most `connections`, each call bounded
    by `timeout` seconds. Raises `UnsuitableServerError` for any other address.
    """
    settings: dict[str, Any] = {
        "retry": Retry(NoBackoff(), 0),
        "socket_timeout": timeout,
        "socket_connect_timeout": timeout,
        "decode_responses": False,
        "protocol": 2,
        "client_name": "tocsin",
    }
    try:
        if url.startswith("sentinel://") and not socket:
            return _through_sentinels(url, settings)
        pool = (
            BlockingConnectionPool(connections, timeout, _Beside, path=socket, **settings)
            if socket
            else BlockingConnectionPool.from_url(
                url, max_connections=connections, timeout=timeout, **settings
            )
        )
    except ValueError as error:  # it may quote the address, and that a password
        raise UnsuitableServerError(
            "the address of Redis is not one: want redis://HOST:PORT/0, rediss://…, unix:///PATH "
            "or sentinel://HOST:PORT,…/NAME (setting `redis.url`)"
        ) from error
    return Redis.from_pool(pool)


def _through_sentinels(url: str, settings: dict[str, Any]) -> Redis:
    where, _, name = url.removeprefix("sentinel://").partition("/")
    login, _, hosts = where.rpartition("@")
    sentinels = [_host_and_port(one) for one in hosts.split(",")]
    if not name:
        raise ValueError("no name of a primary")
    user, _, password = login.rpartition(":") if ":" in login else ("", "", login)
    sentinel: Any = Sentinel(sentinels, sentinel_kwargs=settings)  # type: ignore[no-untyped-call]
    credentials = {"username": user or None, "password": password or None}
    primary: Redis = sentinel.master_for(name, **settings, **credentials)
    return primary


def _host_and_port(text: str) -> tuple[str, int]:
    host, _, port = text.rpartition(":")
    return (host, int(port)) if host else (text, SENTINEL_PORT)


async def reach(call: Awaitable[T]) -> T | Away:
    """Await a call to Redis; a state of the server that passes is answered as `Away`."""
    try:
        return await call
    except RedisError as error:
        away = away_from(error)
        if away is None:
            raise
        return away


def away_from(error: RedisError) -> Away | None:
    """Which passing state an error tells of; None for an error that is a bug."""
    if isinstance(error, RedisTimeoutError):
        return Away("timeout", str(error))
    code = _code(error)
    if code in _BY_CODE:
        return Away(_BY_CODE[code], str(error))
    if isinstance(error, AuthenticationError):
        return Away("denied", str(error))
    if isinstance(error, RedisConnectionError):
        return Away("unreachable", str(error))
    return None


def _code(error: RedisError) -> str:
    """Redis' own error code; the client strips it from some errors and keeps it as their type."""
    by_type = {
        "BusyLoadingError": "LOADING",
        "ReadOnlyError": "READONLY",
        "OutOfMemoryError": "OOM",
        "NoPermissionError": "NOPERM",
        "ClusterDownError": "CLUSTERDOWN",
        "MasterDownError": "MASTERDOWN",
        "TryAgainError": "TRYAGAIN",
        "AuthenticationError": "NOAUTH",
    }.get(type(error).__name__)
    if by_type is not None:
        return by_type
    if not isinstance(error, ResponseError):
        return ""
    words = str(error).split(" ", 1)[0].rstrip(":")
    return words if words.isupper() else ""


async def check_version(redis: Redis) -> str | Away:
    """Name and version of the server, like "valkey 9.1.2".

    Raises `UnsuitableServerError` for a Redis before 7.0 or wrong credentials.
    """
    info = await reach(redis.info("server"))
    if isinstance(info, Away):
        if info.reason == "denied":
            raise UnsuitableServerError(f"Redis refuses our credentials: {info.detail}")
        return info
    spoken = str(info.get("redis_version", "0"))
    if tuple(int(part) for part in spoken.split(".")[:2] if part.isdigit()) < OLDEST:
        raise UnsuitableServerError(
            f"Redis {spoken} is too old: Tocsin needs Redis 7.0 or Valkey 8, or newer"
        )
    own = str(info.get("server_name", "redis"))
    return f"{own} {info.get(f'{own}_version', spoken)}"
