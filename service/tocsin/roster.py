"""The feeds that are polled now: those declared, those added while running, less those paused."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import structlog
from pydantic import ValidationError

from tocsin.feeds.address import FeedAddress
from tocsin.ledger.connection import Away, Store
from tocsin.ledger.feed_register import Register, register
from tocsin.ledger.leases import dismiss, due, emptied, enroll
from tocsin.settings import FeedSettings
from tocsin.subscriptions import address_of

log = structlog.get_logger("tocsin.roster")


class Roster:
    """One process's view of what is polled; `feeds` changes in place as operators add and pause."""

    def __init__(self, store: Store, declared: Sequence[FeedAddress]) -> None:
        self._store = store
        self._declared = {feed.id: feed for feed in declared}
        self.feeds: dict[str, FeedAddress] = dict(self._declared)

    def names(self) -> dict[str, str]:
        """What each feed is called, by its id."""
        return {feed.id: feed.name for feed in self.feeds.values()}

    async def open(self) -> None:
        """Enroll what is to be polled; let go what an earlier start polled and this does not."""
        await self.renew()
        known = await due(self._store)
        if not isinstance(known, Away):
            await dismiss(self._store, [feed for feed in known if feed not in self.feeds])

    async def renew(self) -> bool:
        """Take in what operators added, paused, resumed or removed; heal a lost schedule.

        Answers whether it was lost with everything else: somebody emptied the store.
        """
        found = await register(self._store)
        if isinstance(found, Away):
            return False
        wanted = polled(self._declared, found)
        let_go = [feed for feed in self.feeds if feed not in wanted]
        self.feeds.clear()
        self.feeds.update(wanted)
        await dismiss(self._store, let_go)
        lost = await emptied(self._store) is True
        again = await enroll(self._store, {feed.id: feed.host for feed in wanted.values()})
        if (again and not isinstance(again, Away)) or let_go:
            log.info("roster", enrolled=again, let_go=len(let_go))
        return lost and isinstance(again, int) and again > 0


def polled(declared: dict[str, FeedAddress], found: Register) -> dict[str, FeedAddress]:
    """Declared and added feeds that are not paused; a bad description is left out."""
    added = {feed: address for feed, given in found.added.items() if (address := _added(given))}
    return {
        feed: address
        for feed, address in {**added, **declared}.items()
        if feed not in found.stopped
    }


def _added(given: dict[str, Any]) -> FeedAddress | None:
    try:
        return address_of(FeedSettings(**given))
    except ValidationError as error:
        reason = str(error.errors()[0]["msg"])
    log.error("added_feed_refused", reason=reason)
    return None
