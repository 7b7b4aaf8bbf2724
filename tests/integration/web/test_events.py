"""Alerts as server-sent events: nothing missed, nobody waited for."""

from __future__ import annotations

import asyncio
import json

from aiohttp import ClientResponse
from aiohttp.test_utils import TestClient, TestServer
from tests.kept import NOW, Client, Kept, event

from tocsin.web.live import Client as Listener
from tocsin.web.live import Live
from tocsin.web.metrics import Metrics
from tocsin.web.site import make_app


async def _next(answer: ClientResponse) -> dict[str, str]:
    """The next event's fields; comments and the retry line are passed over."""
    fields: dict[str, str] = {}
    async with asyncio.timeout(5):
        while True:
            line = (await answer.content.readline()).decode().rstrip("\n")
            if not line and "data" in fields:
                return fields
            if line and not line.startswith(":"):
                name, _, value = line.partition(": ")
                fields[name] = value


async def test_what_comes_is_told(client: Client, kept: Kept) -> None:
    """A listener without a sequence hears what is committed from now on, under its sequence."""
    kept.commit(event(1))
    async with client.get("/v1/events") as answer:
        assert answer.headers["Content-Type"].startswith("text/event-stream")
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        kept.commit(event(2))
        heard = await _next(answer)
    assert heard["id"] == "2-0"
    assert json.loads(heard["data"])["id"] == "a2"


async def test_who_comes_back_misses_nothing(client: Client, kept: Kept) -> None:
    """`Last-Event-ID` is answered from the history, then live, each alert once."""
    kept.commit(*(event(number) for number in range(1, 4)))
    async with client.get("/v1/events", headers={"Last-Event-ID": "1-0"}) as answer:
        assert [(await _next(answer))["id"] for _ in range(2)] == ["2-0", "3-0"]
        kept.commit(event(4))
        assert (await _next(answer))["id"] == "4-0"


async def test_a_listener_hears_what_it_asked_for(client: Client, kept: Kept) -> None:
    """The filters of the API hold for what was missed and for what comes."""
    kept.commit(event(1), event(2, severitynumber=21))
    async with client.get("/v1/events?after=0-0&severity_min=critical") as answer:
        assert (await _next(answer))["id"] == "2-0"
        kept.commit(event(3), event(4, severitynumber=21))
        assert (await _next(answer))["id"] == "4-0"


async def test_a_wrong_sequence_is_refused(client: Client) -> None:
    """400 before anything is streamed."""
    assert (await client.get("/v1/events", headers={"Last-Event-ID": "x"})).status == 400


async def test_a_listener_who_cannot_keep_up_is_let_go() -> None:
    """Its queue is bounded; at its end stands the end."""
    listener = Listener(behind=2)
    for number in range(10):
        listener.give(event(number))
    taken = [await listener.take(1) for _ in range(3)]
    assert [each["id"] if isinstance(each, dict) else each for each in taken] == ["a0", "a1", None]


async def test_silence_is_broken_by_signs_of_life() -> None:
    """Without an alert a listener is told that we are alive."""
    assert await Listener(behind=2).take(0.01) == "alive"


async def test_listeners_are_counted() -> None:
    """There is room for so many."""
    live = Live(Kept(), clients=1)
    first = live.join()
    assert first is not None
    assert live.join() is None
    live.leave(first)
    assert live.join() is not None


async def test_a_store_that_comes_back_is_followed_on(kept: Kept, metrics: Metrics) -> None:
    """The reader of the stream outlives an absence of the store."""

    async def ready() -> list[str]:
        return []

    kept.away = ConnectionError("refused")
    app = make_app(kept, ready, metrics.registry, lambda: NOW)
    async with TestClient(TestServer(app)) as client, client.get("/v1/events") as answer:
        kept.away = None
        while "newer" not in kept.asked:  # noqa: ASYNC110 — the condition is in plain data
            await asyncio.sleep(0)
        kept.commit(event(1))
        assert (await _next(answer))["id"] == "1-0"


async def test_shutdown_does_not_wait_for_listeners(kept: Kept, metrics: Metrics) -> None:
    """Closing the application ends every stream at once (P1)."""

    async def ready() -> list[str]:
        return []

    app = make_app(kept, ready, metrics.registry, lambda: NOW)
    server = TestServer(app)
    async with TestClient(server) as client, client.get("/v1/events") as answer:
        await answer.content.readline()
        async with asyncio.timeout(5):
            await server.close()
            assert (await answer.content.read()).strip() == b""
