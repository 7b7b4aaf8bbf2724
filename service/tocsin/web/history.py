"""What the pages and the API are handed: a reader of what is kept, as plain data."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Literal, Protocol

Event = Mapping[str, Any]


Health = Literal["fresh", "failing", "waiting", "paused", "gone"]


@dataclass(frozen=True, slots=True)
class FeedRow:
    """The health of one feed. Times are aware and in UTC; None where it never happened.

    `fresh`: the last poll brought the feed, or its word that nothing changed. `outcome` is the
    named reason of the last poll. `worst` is the longest that a report can wait to be seen while
    all is well (F10); `remark` names what is odd about what the feed asks for.
    """

    id: str
    url: str
    name: str
    fresh: bool
    outcome: str | None = None
    fetched: datetime | None = None
    due: datetime | None = None
    newest: datetime | None = None
    failures: int = 0
    state: Literal["active", "paused", "gone"] = "active"
    worst: timedelta | None = None
    remark: str = ""

    @property
    def health(self) -> Health:
        """One word for it. A feed that was not polled yet fails nothing: it is waiting."""
        if self.state != "active":
            return self.state
        if self.fetched is None:
            return "waiting"
        return "fresh" if self.fresh else "failing"


@dataclass(frozen=True, slots=True)
class Wish:
    """Which alerts are asked for. `after` and `until` are sequences, `until` included.

    With `after`: the first `limit` after it; without: the newest `limit`. Always ascending.
    """

    after: str | None = None
    until: str | None = None
    type: str | None = None
    theatre: str | None = None
    severity_min: int | None = None
    subject: str | None = None
    limit: int = 100

    def wants(self, event: Event) -> bool:
        """Whether an event is of the type, theatre, severity and subject asked for."""
        return (
            self.type in (None, event["type"])
            and self.theatre in (None, event["data"].get("theatre"))
            and (self.severity_min or 0) <= int(event.get("severitynumber") or 0)
            and self.subject in (None, event.get("subject"))
        )


class History(Protocol):
    """A reader of what is kept. Each event has its `sequence`; a method that finds nothing says so.

    Raises ConnectionError or TimeoutError while the store is away.
    """

    async def alerts(self, wish: Wish) -> Sequence[Event]:
        """The alerts asked for, ascending, also those older than the stream."""
        ...

    async def alert(self, identifier: str) -> Event | None:
        """One alert by its id."""
        ...

    async def report(self, identifier: str) -> Mapping[str, Any] | None:
        """A report with its reading and the reasons of its verdict."""
        ...

    async def series(self, subject: str, as_of: datetime | None) -> Mapping[str, Any] | None:
        """The entries of one series as they were known at `as_of` (UTC; None: now).

        None if there is no such series; no entries if nothing of it was known by then.
        """
        ...

    async def feeds(self) -> Sequence[FeedRow]:
        """The health of every feed."""
        ...

    async def newer(self, after: str, wait: float) -> tuple[str, Sequence[Event]]:
        """What was committed after a place in the stream, and the place to go on from.

        If there is nothing yet, waits up to `wait` seconds for the first.
        """
        ...

    async def newest(self) -> str:
        """The place of the newest alert in the stream; `0-0` before the first."""
        ...


def position(sequence: str) -> tuple[int, int]:
    """A sequence (`1604070000000-3`) as two numbers, which order as alerts were committed."""
    milliseconds, _, number = sequence.partition("-")
    return int(milliseconds), int(number or 0)
