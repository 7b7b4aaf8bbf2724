"""The addresses and their answers. Each handler: check what is asked, ask the history, answer."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from urllib.parse import unquote

from aiohttp import web

from tocsin.web.guard import answer, fault
from tocsin.web.history import History
from tocsin.web.live import Live, stream
from tocsin.web.query import (
    AlertsQuery,
    BadRequestError,
    EventsQuery,
    NoQuery,
    SeriesQuery,
    checked,
    last_event,
    utc,
    wish,
)
from tocsin.web.schemas import schemas

_LONGEST = 400


class Api:
    """`/v1/…`, over a history reader and the live alerts."""

    def __init__(self, history: History, live: Live) -> None:
        self._history = history
        self._live = live

    def routes(self) -> list[web.RouteDef]:
        """The addresses of version 1."""
        return [
            web.get("/v1/alerts", self.alerts),
            web.get("/v1/alerts/{id}", self.alert),
            web.get("/v1/reports/{id}", self.report),
            web.get("/v1/series/{subject:.+}", self.series),
            web.get("/v1/events", self.events, allow_head=False),
            web.get("/schemas/{name}.json", self.schema),
        ]

    async def alerts(self, request: web.Request) -> web.Response:
        """Alerts in commit order, and where to go on."""
        found = await self._history.alerts(wish(checked(AlertsQuery, request.query)))
        following = str(found[-1]["sequence"]) if found else None
        return answer(200, {"alerts": list(found), "next": following})

    async def alert(self, request: web.Request) -> web.Response:
        """One alert."""
        checked(NoQuery, request.query)
        return _found(await self._history.alert(_named(request, "id")), "alert")

    async def report(self, request: web.Request) -> web.Response:
        """One report with its reading and reasons."""
        checked(NoQuery, request.query)
        return _found(await self._history.report(_named(request, "id")), "report")

    async def series(self, request: web.Request) -> web.Response:
        """One series, as of a moment."""
        as_of = utc(checked(SeriesQuery, request.query).as_of)
        return _found(await self._history.series(_named(request, "subject"), as_of), "series")

    async def events(self, request: web.Request) -> web.StreamResponse:
        """Alerts as they come."""
        query = last_event(request.headers, checked(EventsQuery, request.query))
        return await stream(request, self._history, self._live, wish(query))

    async def schema(self, request: web.Request) -> web.Response:
        """One published JSON Schema."""
        checked(NoQuery, request.query)
        return _found(schemas().get(request.match_info["name"]), "schema")


def _named(request: web.Request, part: str) -> str:
    """A part of the path; raises BadRequestError if it cannot be an id of ours."""
    name = unquote(request.match_info[part])
    if len(name) > _LONGEST:
        raise BadRequestError(f"{part}: longer than {_LONGEST} characters")
    if not name.isprintable():
        raise BadRequestError(f"{part}: has characters that no {part} of ours has")
    return name


def _found(thing: Mapping[str, Any] | None, kind: str) -> web.Response:
    return fault(404, f"no such {kind}") if thing is None else answer(200, dict(thing))
