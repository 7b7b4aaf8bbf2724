"""Waiting for a condition, in place of sleeping for a time."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable


async def until(condition: Callable[[], Awaitable[bool]], within: float = 20.0) -> None:
    """Return when `condition` holds; fail after `within` seconds."""
    async with asyncio.timeout(within):
        while not await condition():  # noqa: ASYNC110 — other processes send no event
            await asyncio.sleep(0.01)
