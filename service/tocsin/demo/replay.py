"""The recorded war, served from loopback on a fast clock.

The clock turns pages. An edition stands until every feed that has something new in it was asked
for it, and for at least its share of the playing time; then the next appears. So a slow machine
sees the same war as a fast one, in the same order, and only takes longer. Between two editions
war time runs evenly from the one towards the next, and waits just short of it.
"""

from __future__ import annotations

import asyncio
import time
from bisect import bisect_right
from collections.abc import Awaitable, Callable
from contextlib import suppress
from datetime import datetime, timedelta
from hashlib import sha256

from aiohttp import web

from tocsin.demo.recording import Outlet, Recording, load_recording
from tocsin.demo.render import CONTENT_TYPES, render

_TICK = timedelta(seconds=1)
#: How long the first edition waits for a reader that is still starting, in seconds.
_RISING = 60.0


class Replay:
    """A web server of recorded feeds. `done` is set when all of the last edition was fetched.

    `seconds` is how long the war takes where readers keep up; `patience` how many seconds an
    edition waits for a reader who does not come, `breath` how long it stands after the last fetch
    of it, to be read and judged; `clock` is a monotonic clock, in seconds.
    """

    def __init__(
        self,
        recording: Recording | None = None,
        *,
        seconds: float = 40.0,
        patience: float = 8.0,
        breath: float = 0.25,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self.recording = recording or load_recording()
        self.done = asyncio.Event()
        self.feeds: dict[str, str] = {}  # outlet id → feed address, once started
        self._pace = seconds / len(self.recording.editions)
        self._patience = patience
        self._breath = breath
        self._clock = clock
        self._turned: list[float] = []  # when each edition appeared, by the monotonic clock
        self._read: dict[str, datetime] = {}  # outlet id → newest edition that was fetched
        self._fetched = asyncio.Event()
        self._runner: web.AppRunner | None = None
        self._turning: asyncio.Task[None] | None = None

    async def start(self) -> list[str]:
        """Serve the first edition on a free loopback port, start the clock, name the addresses."""
        app = web.Application()
        for outlet in self.recording.outlets:
            app.router.add_get(f"/{outlet.path}", self._serving(outlet))
        self._runner = web.AppRunner(app, access_log=None)
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", 0).start()
        port = self._runner.addresses[0][1]
        for outlet in self.recording.outlets:
            self.feeds[outlet.id] = f"http://127.0.0.1:{port}/{outlet.path}"
        self._turned = [self._clock()]
        self._turning = asyncio.create_task(self._turn_pages())
        return list(self.feeds.values())

    async def stop(self) -> None:
        """Stop the clock and the server; a replay that was never started is left alone."""
        if self._turning is not None:
            self._turning.cancel()
            with suppress(asyncio.CancelledError):
                await self._turning
        if self._runner is not None:
            await self._runner.cleanup()

    @property
    def edition(self) -> datetime:
        """The edition that stands now, in UTC."""
        return self.recording.editions[max(0, len(self._turned) - 1)]

    def war_time(self, monotonic: float) -> datetime:
        """The moment of the war, in UTC, at a moment of the monotonic clock. Never runs back."""
        editions = self.recording.editions
        page = max(0, bisect_right(self._turned, monotonic) - 1)
        if not self._turned:
            return editions[0]
        part = min(1.0, max(0.0, (monotonic - self._turned[page]) / self._pace))
        if page + 1 == len(editions):
            return editions[page] + part * _TICK
        return editions[page] + part * (editions[page + 1] - editions[page] - _TICK)

    async def _turn_pages(self) -> None:
        editions = self.recording.editions
        before = datetime.min.replace(tzinfo=editions[0].tzinfo)
        for edition in editions:
            if edition is not editions[0]:
                self._turned.append(self._clock())
            waiting = {o.id for o in self.recording.outlets if o.changed(before, edition)}
            enough = self._clock() + self._pace
            with suppress(TimeoutError):
                async with asyncio.timeout(_RISING if edition is editions[0] else self._patience):
                    while any(self._read.get(outlet, before) < edition for outlet in waiting):
                        self._fetched.clear()
                        await self._fetched.wait()
            await asyncio.sleep(max(self._breath, enough - self._clock()))
            before = edition
        self.done.set()

    def _serving(self, outlet: Outlet) -> Callable[[web.Request], Awaitable[web.StreamResponse]]:
        async def serve(request: web.Request) -> web.StreamResponse:
            edition = self.edition
            body = render(outlet, edition, f"https://{outlet.id}.example")
            tag = f'"{sha256(body).hexdigest()[:16]}"'
            self._read[outlet.id] = edition
            self._fetched.set()
            headers = {"ETag": tag, "Cache-Control": "no-cache"}
            if request.headers.get("If-None-Match") == tag:
                return web.Response(status=304, headers=headers)
            headers["Content-Type"] = CONTENT_TYPES[outlet.format]
            return web.Response(body=body, headers=headers)

        return serve
