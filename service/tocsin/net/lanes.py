"""How many requests one host sees at once, and how soon after each other (F17)."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field


@dataclass(slots=True)
class _Lane:
    """One host's way: who may be on it, who waits, and when the next may start."""

    free: asyncio.Semaphore
    users: int = 0
    next_start: float = field(default=0.0)


class Lanes:
    """Lanes by host: at most `at_once` requests, their starts `gap` seconds apart.

    This machine itself needs no gap. A lane that nobody is on is forgotten once its gap is over.
    """

    def __init__(self, at_once: int = 2, gap: float = 0.25) -> None:
        self._at_once = at_once
        self._gap = gap
        self._lanes: dict[str, _Lane] = {}

    @asynccontextmanager
    async def enter(self, host: str) -> AsyncIterator[None]:
        """Wait for one's turn on a host's lane, and hold it."""
        lane = self._lanes.setdefault(host, _Lane(asyncio.Semaphore(self._at_once)))
        lane.users += 1
        try:
            async with lane.free:
                if not _is_here(host):
                    await self._keep_apart(lane)
                yield
        finally:
            lane.users -= 1
            if not lane.users and lane.next_start <= _now():
                self._lanes.pop(host, None)

    async def _keep_apart(self, lane: _Lane) -> None:
        start = max(_now(), lane.next_start)
        lane.next_start = start + self._gap
        if (wait := start - _now()) > 0:
            await asyncio.sleep(wait)


def _now() -> float:
    return asyncio.get_running_loop().time()


def _is_here(host: str) -> bool:
    """Whether a host, as written, is this machine."""
    return host in {"localhost", "::1"} or host.startswith("127.")
