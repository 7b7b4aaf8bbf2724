"""`tocsin tail`: follow the alerts, as readable lines or as one JSON a line."""

from __future__ import annotations

import asyncio
import signal
from datetime import UTC, datetime
from typing import Annotated

import typer

from tocsin.commands.joining import ConfigOption, DataOption, RedisOption, beside
from tocsin.commands.mistakes import refuse


def tail(
    config: ConfigOption = None,
    data: DataOption = None,
    redis: RedisOption = None,
    since: Annotated[
        str | None, typer.Option(help="Begin so long ago, like 6h; else with what comes.")
    ] = None,
    *,
    as_json: Annotated[bool, typer.Option("--json", help="One alert a line, as JSON.")] = False,
) -> None:
    """Follow the alerts until Ctrl-C."""
    from tocsin.commands.following import JsonLines, ReadableLines, follow  # noqa: PLC0415 — fast --help
    from tocsin.ledger.connection import Store  # noqa: PLC0415 — fast --help

    after = None if since is None else _ago(since)
    say = JsonLines() if as_json else ReadableLines()

    async def show(store: Store) -> None:
        stopping = asyncio.Event()
        for number in (signal.SIGINT, signal.SIGTERM):
            asyncio.get_running_loop().add_signal_handler(number, stopping.set)
        async for event in follow(store, after, stopping):
            say(event)

    beside(show, config, data, redis)


def _ago(since: str) -> str:
    """The stream id of so long ago."""
    from tocsin.duration import parse_duration  # noqa: PLC0415 — fast --help

    try:
        began = datetime.now(UTC) - parse_duration(since)
    except ValueError as error:
        refuse([f"--since: {error}"])
    return f"{int(began.timestamp() * 1000)}-0"
