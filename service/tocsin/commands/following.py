"""The alert stream as it comes, and two ways to say an alert."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from typing import Any

import orjson
from rich.console import Console
from rich.text import Text

from tocsin.ledger.connection import Away, Store
from tocsin.ledger.stream import START, newer, newest
from tocsin.sinks.escape import plain, web_link

_STYLES = {"critical": "bold white on red", "high": "bold red", "medium": "yellow", "low": "dim"}
_LISTEN = 1.0  # seconds of one blocking read, and until a Ctrl-C is heard
_AWAY_REST = 1.0  # seconds until Redis is asked again


async def follow(
    store: Store, after: str | None, stopping: asyncio.Event
) -> AsyncIterator[dict[str, Any]]:
    """Every alert after a stream id, with its sequence, until `stopping`; None: from now on.

    While Redis is away it waits, and misses nothing that is still in the stream.
    """
    place = after
    while place is None and not stopping.is_set():
        match await newest(store):
            case Away():
                await asyncio.sleep(_AWAY_REST)
            case last:
                place = last
    while not stopping.is_set():
        match await newer(store, place or START, _LISTEN):
            case Away():
                await asyncio.sleep(_AWAY_REST)
            case (place, events):
                for event in events:
                    yield event


class JsonLines:
    """The stored event with its sequence, one a line."""

    def __call__(self, event: dict[str, Any]) -> None:
        """Say one alert."""
        sys.stdout.buffer.write(orjson.dumps(event, option=orjson.OPT_APPEND_NEWLINE))
        sys.stdout.buffer.flush()


class ReadableLines:
    """A line for a person."""

    def __init__(self) -> None:
        self._console = Console(highlight=False)

    def __call__(self, event: dict[str, Any]) -> None:
        """Say one alert."""
        self._console.print(readable(event), soft_wrap=True)


def readable(event: dict[str, Any]) -> Text:
    """When, how grave, what, where from. Feed text is text, never markup."""
    data = event.get("data") or {}
    level = str(event.get("severitytext") or "low")
    line = Text(f"{_clock(event.get('time'))}  ")
    line.append(f"{level:<8}", style=_STYLES.get(level, ""))
    line.append("  " + plain(str(data.get("headline") or event.get("type")), 400))
    link = web_link((data.get("report") or {}).get("url"))
    if link is not None:
        line.append(f"  {link[1]}", style="dim")
    if data.get("late"):
        line.append("  late", style="dim")
    if not data.get("loud"):
        line.append("  quiet", style="dim")
    return line


def _clock(time: object) -> str:
    try:
        return datetime.fromisoformat(str(time)).astimezone(UTC).strftime("%d %b %H:%M")
    except ValueError:
        return "--"
