"""The web application: API, stream of events, health, metrics and the one page, put together."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Collection, Sequence
from contextlib import suppress
from datetime import datetime

import structlog
from aiohttp import web
from prometheus_client import CollectorRegistry, generate_latest
from structlog.typing import FilteringBoundLogger

from tocsin.judging.rulebook import SEVERITY_NUMBER
from tocsin.web.api import Api
from tocsin.web.asyncapi import stream_document
from tocsin.web.guard import (
    answer,
    explain_faults,
    fault,
    harden,
    no_bodies,
    only_hosts,
    only_token,
)
from tocsin.web.history import History, Wish
from tocsin.web.live import Live
from tocsin.web.openapi import document
from tocsin.web.page import POLICY, page, style
from tocsin.web.query import PageQuery, checked

#: Why we are not ready, as lines for an operator; empty while ready.
Readiness = Callable[[], Awaitable[Sequence[str]]]

_SHOWN = 50
#: A probe is answered within this many seconds, whatever hangs behind it.
_PROBE = 2.0


def make_app(
    history: History,
    readiness: Readiness,
    registry: CollectorRegistry,
    now: Callable[[], datetime],
    *,
    hosts: Collection[str] = (),
    token: str | None = None,
    version: str = "0",
    stream: str = "{tocsin}:alerts:v1",
    log: FilteringBoundLogger | None = None,
) -> web.Application:
    """The application, which owns nothing that it is handed.

    `now` is the clock in UTC (the demo's runs on war time). `hosts` are names besides loopback
    that it answers to; with `token` everything but health asks for it. `stream` is the key of the
    alert stream. On shutdown every listener of the live alerts is let go.
    """
    log = log or structlog.get_logger("tocsin.web")
    live = Live(history)
    site = _Site(history, readiness, registry, now, version, stream)
    app = web.Application(
        client_max_size=1024,
        middlewares=[
            harden,
            only_hosts(hosts),
            only_token(token),
            no_bodies,
            explain_faults(log),
        ],
    )
    app.add_routes(
        [
            *Api(history, live).routes(),
            web.get("/", site.page),
            web.get("/style.css", site.style),
            web.get("/openapi.json", site.openapi),
            web.get("/asyncapi.json", site.asyncapi),
            web.get("/healthz", site.healthz),
            web.get("/readyz", site.readyz),
            web.get("/metrics", site.metrics),
        ]
    )

    async def follow(_: web.Application) -> AsyncIterator[None]:
        following = asyncio.create_task(live.run())
        yield
        following.cancel()
        with suppress(asyncio.CancelledError):
            await following

    async def let_go(_: web.Application) -> None:
        live.close()

    app.cleanup_ctx.append(follow)
    app.on_shutdown.append(let_go)
    return app


class _Site:
    """What is not the API: the page, health and metrics."""

    def __init__(
        self,
        history: History,
        readiness: Readiness,
        registry: CollectorRegistry,
        now: Callable[[], datetime],
        version: str,
        stream: str,
    ) -> None:
        self._history = history
        self._readiness = readiness
        self._registry = registry
        self._now = now
        self._version = version
        self._stream = stream

    async def page(self, request: web.Request) -> web.Response:
        """The newest alerts and the feeds' health; it says so itself while the store is away."""
        asked = checked(PageQuery, request.query)
        level = None if asked.severity_min is None else SEVERITY_NUMBER[asked.severity_min]
        reasons = await self._reasons()
        try:
            wish = Wish(theatre=asked.theatre, severity_min=level, limit=_SHOWN)
            alerts = list(reversed(await self._history.alerts(wish)))
            feeds = await self._history.feeds()
        except (ConnectionError, TimeoutError):
            alerts, feeds = [], []
            reasons = reasons or ["the store is away"]
        body = page(alerts, feeds, reasons, asked, self._now())
        return web.Response(
            body=body,
            content_type="text/html",
            charset="utf-8",
            headers={"Content-Security-Policy": POLICY},
        )

    async def style(self, _: web.Request) -> web.Response:
        """The page's style."""
        return web.Response(body=style(), content_type="text/css", charset="utf-8")

    async def openapi(self, _: web.Request) -> web.Response:
        """The OpenAPI document."""
        return answer(200, document(self._version))

    async def asyncapi(self, _: web.Request) -> web.Response:
        """The AsyncAPI document of the stream."""
        return answer(200, stream_document(self._version, self._stream))

    async def healthz(self, _: web.Request) -> web.Response:
        """The loop turns: that an answer comes at all is the answer (P4, P5)."""
        return answer(200, {"alive": True})

    async def readyz(self, _: web.Request) -> web.Response:
        """Whether feeds are polled and alerts go out; if not, why."""
        reasons = await self._reasons()
        return answer(503 if reasons else 200, {"ready": not reasons, "reasons": list(reasons)})

    async def metrics(self, request: web.Request) -> web.Response:
        """The metrics, as text for Prometheus."""
        if request.query:
            return fault(400, "metrics take no parameters")
        await self._reasons()  # whether we are ready is measured at each look
        body = generate_latest(self._registry)
        return web.Response(body=body, headers={"Content-Type": "text/plain; version=0.0.4"})

    async def _reasons(self) -> Sequence[str]:
        try:
            async with asyncio.timeout(_PROBE):
                return await self._readiness()
        except (ConnectionError, TimeoutError):
            return ["the store is away"]
