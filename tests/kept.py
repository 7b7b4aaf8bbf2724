"""A history in memory, and alerts as the contract has them, for tests of pages and API."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from aiohttp import web
from aiohttp.test_utils import TestClient

from tocsin.web.history import Event, FeedRow, Wish, position

Client = TestClient[web.Request, web.Application]
NOW = datetime(2020, 10, 28, 10, 5, tzinfo=UTC)


def event(number: int, **changes: Any) -> dict[str, Any]:
    """An alert whose sequence is `number`-0; `changes` replace fields, `data_…` those of data."""
    data: dict[str, Any] = {
        "headline": f"Prosecutors: dead in Barda {number}",
        "loud": True,
        "test": False,
        "rule": {"id": "casualties.incident", "title": "t", "pack": "p", "version": "sha256:0"},
        "changes": [
            {"reason": "raised", "indicator": "killed", "from": None, "to": {}, "delta": 1}
        ],
        "revision": 1,
        "previous": None,
        "report": {
            "id": f"r{number}",
            "guid": f"g{number}",
            "url": "https://news.example/barda",
            "title": "Rockets on Barda",
            "publisher": "Meridian Wire",
            "feed": "f1",
            "published": "2020-10-28T10:00:00Z",
            "fetched": "2020-10-28T10:01:00Z",
            "version": "sha256:1",
        },
        "evidence": [{"field": "title", "start": 0, "end": 7, "quote": "Rockets"}],
        "confirmation": {"origins": 2, "claimants": [], "publishers": [], "denied_by": []},
        "theatre": "south-caucasus",
        "places": [],
    }
    data.update({key[5:]: value for key, value in changes.items() if key.startswith("data_")})
    whole = {
        "specversion": "1.0",
        "id": f"a{number}",
        "source": "/tocsin/default",
        "type": "tocsin.figure.changed",
        "subject": "story/s1/killed",
        "time": "2020-10-28T10:00:00Z",
        "recordedtime": "2020-10-28T10:02:00Z",
        "sequence": f"{number}-0",
        "correlationid": "s1",
        "causationid": None,
        "severitytext": "high",
        "severitynumber": 17,
        "datacontenttype": "application/json",
        "dataschema": "urn:tocsin:alert:figure.changed:1",
        "data": data,
    }
    return whole | {key: value for key, value in changes.items() if not key.startswith("data_")}


@dataclass
class Kept:
    """A history of what a test puts into it. With `away` set, every question raises it."""

    events: list[dict[str, Any]] = field(default_factory=list)
    rows: list[FeedRow] = field(default_factory=list)
    reports: dict[str, Mapping[str, Any]] = field(default_factory=dict)
    away: Exception | None = None
    asked: list[object] = field(default_factory=list)
    came: asyncio.Event = field(default_factory=asyncio.Event)

    def commit(self, *events: dict[str, Any]) -> None:
        """Put alerts at the end, as a commit does."""
        self.events.extend(events)
        self.came.set()

    async def alerts(self, wish: Wish) -> Sequence[Event]:
        """The alerts asked for."""
        self._ask(wish)
        after, until = position(wish.after or "0-0"), position(wish.until or "9" * 15)
        found = [
            each
            for each in self.events
            if after < position(each["sequence"]) <= until and wish.wants(each)
        ]
        return found[: wish.limit] if wish.after else found[-wish.limit :]

    async def alert(self, identifier: str) -> Event | None:
        """One alert."""
        self._ask(identifier)
        return next((each for each in self.events if each["id"] == identifier), None)

    async def report(self, identifier: str) -> Mapping[str, Any] | None:
        """One report."""
        self._ask(identifier)
        return self.reports.get(identifier)

    async def series(self, subject: str, as_of: datetime | None) -> Mapping[str, Any] | None:
        """A series of a theatre, without entries."""
        self._ask((subject, as_of))
        return {"subject": subject, "entries": []} if subject.startswith("theatre/") else None

    async def feeds(self) -> Sequence[FeedRow]:
        """The rows put in."""
        self._ask("feeds")
        return self.rows

    async def newest(self) -> str:
        """The last place."""
        self._ask("newest")
        return self.events[-1]["sequence"] if self.events else "0-0"

    async def newer(self, after: str, wait: float) -> tuple[str, Sequence[Event]]:
        """What was committed since; waits for a commit."""
        self._ask("newer")
        found = [each for each in self.events if position(each["sequence"]) > position(after)]
        if not found:
            self.came.clear()
            try:
                async with asyncio.timeout(wait):
                    await self.came.wait()
            except TimeoutError:
                return after, []
            return await self.newer(after, wait)
        return found[-1]["sequence"], found

    def _ask(self, what: object) -> None:
        if self.away is not None:
            raise self.away
        self.asked.append(what)
