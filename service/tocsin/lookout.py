"""The look at our own seeing: feeds that are gone, fail or fell silent, theatres gone blind."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from datetime import datetime

from tocsin.feed_habits import watched
from tocsin.feeds.address import FeedAddress
from tocsin.judging.rulebook import Rulebook
from tocsin.judging.sight import Watched, look, sight_wanted
from tocsin.judging.verdict import Verdict
from tocsin.ledger.connection import Away, Store
from tocsin.ledger.feed_state import feed_states
from tocsin.ledger.recall import recall

Tell = Callable[[Verdict], Awaitable[None]]


class Lookout:
    """Looks at all feeds together, and tells what changed of our sight. `clock` gives UTC."""

    def __init__(
        self,
        store: Store,
        feeds: Mapping[str, FeedAddress],
        rulebook: Callable[[], Rulebook],
        tell: Tell,
        *,
        source: str,
        clock: Callable[[], datetime],
    ) -> None:
        self._store, self._feeds, self._rulebook = store, feeds, rulebook
        self._tell, self._source, self._clock = tell, source, clock

    async def look(self) -> None:
        """Gather, decide, apply; while Redis is away, the next look finds the same."""
        feeds = await self.feeds()
        if isinstance(feeds, Away):
            return
        rulebook, now = self._rulebook(), self._clock()
        known = await recall(self._store, [sight_wanted(feeds, rulebook)], now)
        if isinstance(known, Away):
            return
        await self._tell(look(feeds, known[0].marks, rulebook, now, source=self._source))

    async def feeds(self) -> list[Watched] | Away:
        """All feeds that are polled, as judging our sight needs them."""
        feeds = list(self._feeds.values())
        states = await feed_states(self._store, [feed.id for feed in feeds])
        if isinstance(states, Away):
            return states
        return [watched(feed, states.get(feed.id)) for feed in feeds]
