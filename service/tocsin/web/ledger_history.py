"""The ledger as pages and API read it: its values as plain data, its absence as an error."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict
from datetime import UTC, datetime, timedelta
from typing import Any, TypeVar

from tocsin.ledger import history, stream
from tocsin.ledger.connection import Away, Store
from tocsin.ledger.feed_state import FeedState, feed_states
from tocsin.ledger.leases import Due, due
from tocsin.web.history import Event, FeedRow, Wish

T = TypeVar("T")

#: A feed is fresh while its last good poll is not older than this and nothing failed since.
_STALE = timedelta(hours=1)


class LedgerHistory:
    """A `History` over the ledger; it raises ConnectionError while Redis is away.

    `names` gives the names of feeds by id, as settings have them; `now` is the clock in UTC.
    """

    def __init__(
        self,
        store: Store,
        names: Callable[[], Mapping[str, str]],
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        self._store = store
        self._names = names
        self._now = now

    async def alerts(self, wish: Wish) -> Sequence[Event]:
        """The alerts asked for, ascending."""
        query = history.Query(
            after=wish.after,
            until=wish.until,
            type=wish.type,
            theatre=wish.theatre,
            severity_min=wish.severity_min or 0,
            subject=wish.subject,
            limit=wish.limit,
            newest=wish.after is None,
        )
        found = [one.event for one in _there(await history.alerts(self._store, query))]
        return found[::-1] if query.newest else found

    async def alert(self, identifier: str) -> Event | None:
        """One alert by its id."""
        found = _there(await history.alert(self._store, identifier))
        return None if found is None else found.event

    async def report(self, identifier: str) -> Mapping[str, Any] | None:
        """A report with its reading, why it was judged as it was, and the alerts it raised."""
        stored = _there(await history.report(self._store, identifier))
        if stored is None:
            return None
        filed = _there(await history.filed(self._store, identifier))
        return {
            **asdict(stored.report),
            "recorded": stored.recorded,
            "reading": None if filed is None else filed.reading,
            "reasons": stored.reasons,
            "alerts": stored.alerts,
        }

    async def series(self, subject: str, as_of: datetime | None) -> Mapping[str, Any] | None:
        """The entries of one series in the order of recording; None if there is no such series.

        Before the first of them was recorded nothing was known: no entries.
        """
        entries = _there(await history.series(self._store, subject))
        if not entries:
            return None
        return {"subject": subject, "as_of": as_of, "entries": history.known(entries, as_of)}

    async def feeds(self) -> Sequence[FeedRow]:
        """The health of every enrolled feed."""
        turns = _there(await due(self._store))
        states = _there(await feed_states(self._store, list(turns)))
        names, now = self._names(), self._now()
        return [
            _row(feed, states.get(feed) or FeedState(feed), turn, names.get(feed), now)
            for feed, turn in turns.items()
        ]

    async def newest(self) -> str:
        """The place of the newest alert."""
        return _there(await stream.newest(self._store))

    async def newer(self, after: str, wait: float) -> tuple[str, Sequence[Event]]:
        """What was committed after a place, and the place to go on from."""
        return _there(await stream.newer(self._store, after, wait))


def _there(answer: T | Away) -> T:
    if isinstance(answer, Away):
        raise ConnectionError(answer.reason)
    return answer


def _row(feed: str, state: FeedState, turn: Due, name: str | None, now: datetime) -> FeedRow:
    good = state.succeeded_at
    interval = timedelta(seconds=state.interval or 0)
    return FeedRow(
        id=feed,
        url=state.url,
        name=name or state.title or state.url or feed,
        fresh=good is not None and not state.failures and now - good < max(_STALE, 3 * interval),
        outcome=state.reason or None,
        fetched=state.polled_at,
        due=now + turn.wait,
        newest=state.newest_entry,
        failures=state.failures,
        state="gone" if state.stopped == "gone" else "paused" if state.stopped else "active",
        worst=None if state.worst_delay is None else timedelta(seconds=state.worst_delay),
        remark=state.remark,
    )
