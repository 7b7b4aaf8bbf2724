"""Commands beside a running service join its server; alone, they start it."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, TypeVar

import typer

from tocsin.commands.mistakes import refuse

if TYPE_CHECKING:
    from tocsin.ledger.connection import Away, Store
    from tocsin.settings import Settings

T = TypeVar("T")

ConfigOption = Annotated[Path | None, typer.Option("--config", help="tocsin.yaml")]
DataOption = Annotated[Path | None, typer.Option("--data", help="The service's data directory.")]
RedisOption = Annotated[
    str | None, typer.Option("--redis", help="Another server than the settings name.")
]


class AwayError(Exception):
    """Redis cannot be asked now: one line for the user."""


def beside(
    work: Callable[[Store], Awaitable[None]],
    config: Path | None,
    data: Path | None,
    redis: str | None,
) -> None:
    """Do it on the service's store; what cannot be had is one line and exit code 2."""
    from tocsin.commands.starting import settings_from  # noqa: PLC0415 — fast --help
    from tocsin.ledger.server_binary import ServerError  # noqa: PLC0415

    settings = settings_from(config, data)

    async def run() -> None:
        async with joined(settings, redis) as store:
            await work(store)

    try:
        asyncio.run(run())
    except (AwayError, ServerError) as error:
        refuse([error])


@asynccontextmanager
async def joined(settings: Settings, redis: str | None = None) -> AsyncIterator[Store]:
    """The store of the service that these settings describe.

    Raises the ledger's `ServerError` (one line for the user) where no server can be had.
    """
    from tocsin.ledger.connection import Store, connect  # noqa: PLC0415 — fast --help
    from tocsin.ledger.data_directory import find_running  # noqa: PLC0415
    from tocsin.ledger.server import EmbeddedServer  # noqa: PLC0415

    async with AsyncExitStack() as stack:
        url, socket = redis or settings.redis.address(), None
        if url is None:
            running = find_running(settings.data)
            if running is not None:
                url, socket = running.url, running.socket
            else:
                server = await stack.enter_async_context(EmbeddedServer(settings.data))
                url, socket = server.url, server.socket
        client = connect(url, socket=socket)
        stack.push_async_callback(client.aclose)
        yield Store(client, settings.keys())


def here(answer: T | Away) -> T:
    """The answer, or `AwayError` where a command cannot go on without one."""
    from tocsin.ledger.connection import Away  # noqa: PLC0415 — fast --help

    if isinstance(answer, Away):
        raise AwayError(f"Redis cannot be asked now ({answer.reason}): is the service running?")
    return answer
