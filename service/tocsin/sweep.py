"""The sweep: what is due is leased and polled, many feeds at a time, few of one host."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

import structlog

from tocsin.feeds.address import FeedAddress
from tocsin.ledger.connection import Away, Store
from tocsin.ledger.leases import Lease, claim_due, finish
from tocsin.poll import Poll, Polled

log = structlog.get_logger("tocsin.sweep")

#: A feed whose host is busy with others of its own is asked again after this.
HOST_BUSY = timedelta(seconds=1)
NOW = timedelta(0)


@dataclass(frozen=True, slots=True)
class Room:
    """How many feeds are polled at once: in all, and of one host."""

    at_once: int = 50
    per_host: int = 2


class Sweep:
    """The polls of one process. `heard` is told how each ended."""

    def __init__(
        self,
        store: Store,
        poll: Poll,
        feeds: Mapping[str, FeedAddress],
        *,
        room: Room,
        clock: Callable[[], datetime],
        heard: Callable[[Polled], None],
    ) -> None:
        self._store, self._poll, self._feeds = store, poll, feeds
        self._room, self._clock, self._heard = room, clock, heard
        self._turns: set[asyncio.Task[None]] = set()
        self._hosts: Counter[str] = Counter()
        self._owed: list[Lease] = []  # leases of turns that Redis being away cut short
        self.away: str | None = None  # why Redis cannot serve us now

    async def tick(self) -> None:
        """Give back what is owed, lease what is due, and start its turns."""
        if not await self._give_back():
            return
        free = self._room.at_once - len(self._turns)
        if free <= 0:
            return
        leases = await claim_due(self._store, free)
        if isinstance(leases, Away):
            self._note_away(leases)
            return
        self._note_back()
        for lease in leases:
            feed = self._feeds.get(lease.feed)
            if feed is None or self._hosts[feed.host] >= self._room.per_host:
                await finish(self._store, lease, None, HOST_BUSY, now=self._clock())
            else:
                self._start(lease, feed)

    async def drain(self, within: timedelta) -> bool:
        """Wait for the turns under way; those that hang are cut off, and met again (P1)."""
        if not self._turns:
            return True
        _, hung = await asyncio.wait(self._turns, timeout=within.total_seconds())
        for turn in hung:
            turn.cancel()
        await asyncio.gather(*hung, return_exceptions=True)
        await self._give_back()
        return not hung

    def _start(self, lease: Lease, feed: FeedAddress) -> None:
        self._hosts[feed.host] += 1
        turn = asyncio.create_task(self._turn(lease, feed), name=f"poll {feed.id}")
        self._turns.add(turn)
        turn.add_done_callback(self._turns.discard)

    async def _turn(self, lease: Lease, feed: FeedAddress) -> None:
        settled = False
        began = asyncio.get_running_loop().time()
        try:
            polled = await self._poll.turn(lease, feed)
            settled = polled.reason != "away"
            took = asyncio.get_running_loop().time() - began
            self._heard(replace(polled, seconds=took))
        except Exception:
            # A bug that one feed brings out must not stop the others; it is told each time.
            log.exception("turn_failed", feed=feed.name)
        finally:
            self._hosts[feed.host] -= 1
            if not settled:
                self._owed.append(lease)

    async def _give_back(self) -> bool:
        """End the leases of turns that were cut short; False while Redis is still away."""
        while self._owed:
            ended = await finish(self._store, self._owed[-1], None, HOST_BUSY, now=self._clock())
            if isinstance(ended, Away):
                self._note_away(ended)
                return False
            self._owed.pop()
        return True

    def _note_away(self, away: Away) -> None:
        if self.away is None:
            log.warning("redis_away", reason=away.reason, detail=away.detail)
        self.away = away.reason

    def _note_back(self) -> None:
        if self.away is not None:
            log.info("redis_back", was=self.away)
        self.away = None
