"""Alerts as they are committed, as server-sent events. One reader of the stream feeds all clients.

A client that cannot keep up is let go rather than waited for: it comes back with `Last-Event-ID`
and is given what it missed from the history, so nothing is lost and no memory is pinned.
"""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import replace

import orjson
from aiohttp import web

from tocsin.web.guard import add_headers, fault
from tocsin.web.history import Event, History, Wish, position

#: How many alerts may wait for one client before it is let go.
BEHIND = 256
#: How many clients are served at once.
CLIENTS = 100
#: Seconds between signs of life, and for how long one write may hang.
HEARTBEAT = 15.0
_HANGING = 30.0
#: Seconds between attempts to read a store that is away.
_AWAY = 1.0


class Client:
    """One listener: a bounded queue that ends, with None, when it overflows or we shut down."""

    def __init__(self, behind: int) -> None:
        self._queue: asyncio.Queue[Event | None] = asyncio.Queue(behind + 1)
        self.gone = False

    def give(self, event: Event | None) -> None:
        """Put an event at the end of the queue; a full one ends here."""
        if self.gone:
            return
        if event is None or self._queue.qsize() >= self._queue.maxsize - 1:
            self.gone = True
            event = None
        self._queue.put_nowait(event)

    async def take(self, heartbeat: float) -> Event | str | None:
        """The next event, "alive" after `heartbeat` seconds without one, or None at the end."""
        try:
            async with asyncio.timeout(heartbeat):
                return await self._queue.get()
        except TimeoutError:
            return "alive"


class Live:
    """The one reader of new alerts, and the clients it feeds."""

    def __init__(self, history: History, *, behind: int = BEHIND, clients: int = CLIENTS) -> None:
        self._history = history
        self._behind = behind
        self._most = clients
        self._clients: set[Client] = set()

    async def run(self) -> None:
        """Read on for ever; while the store is away, try again each second."""
        place: str | None = None
        while True:
            try:
                place = place or await self._history.newest()
                place, events = await self._history.newer(place, HEARTBEAT)
            except (ConnectionError, TimeoutError):
                await asyncio.sleep(_AWAY)
                continue
            self._publish(events)

    def _publish(self, events: Sequence[Event]) -> None:
        for event in events:
            for client in self._clients:
                client.give(event)

    def join(self) -> Client | None:
        """A new client, or None where there are too many."""
        if len(self._clients) >= self._most:
            return None
        client = Client(self._behind)
        self._clients.add(client)
        return client

    def leave(self, client: Client) -> None:
        """Forget a client."""
        self._clients.discard(client)

    def close(self) -> None:
        """End every client, so that a shutdown does not wait for them."""
        for client in self._clients:
            client.give(None)


async def stream(
    request: web.Request, history: History, live: Live, wish: Wish, heartbeat: float = HEARTBEAT
) -> web.StreamResponse:
    """Answer one listener: first what it missed after `wish.after`, then what comes."""
    client = live.join()
    if client is None:
        return fault(503, f"{CLIENTS} listeners are served already")
    try:
        missed = await history.alerts(wish) if wish.after is not None else []
        response = web.StreamResponse(
            headers={"Content-Type": "text/event-stream; charset=utf-8", "X-Accel-Buffering": "no"}
        )
        add_headers(response)
        await response.prepare(request)
        with suppress(ConnectionError, TimeoutError):
            await _write(response, b"retry: 3000\n\n")
            told = position(wish.after or "0-0")
            while missed:
                for event in missed:
                    await _write(response, _framed(event))
                last = str(missed[-1]["sequence"])
                told = max(told, position(last))
                missed = await history.alerts(replace(wish, after=last))
            while (taken := await client.take(heartbeat)) is not None:
                if isinstance(taken, str):
                    await _write(response, b": alive\n\n")
                elif position(str(taken["sequence"])) > told and wish.wants(taken):
                    await _write(response, _framed(taken))
        return response
    finally:
        live.leave(client)


async def _write(response: web.StreamResponse, frame: bytes) -> None:
    async with asyncio.timeout(_HANGING):
        await response.write(frame)


def _framed(event: Event) -> bytes:
    """One event; unnamed, so that a browser's `onmessage` gets every type, also those to come."""
    return b"id: %s\ndata: %s\n\n" % (str(event["sequence"]).encode(), orjson.dumps(event))
