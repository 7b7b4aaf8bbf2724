"""Pages and API over the ledger, on a real server."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from datetime import timedelta

import pytest
from aiohttp import web
from aiohttp.test_utils import TestClient, TestServer
from prometheus_client import CollectorRegistry
from tests.kept import Client
from tests.ledger_examples import NOW, SUBJECT, alert, judged, verdict
from tests.redis_process import RedisProcess

from tocsin.ledger.commit import Ok, announce, commit
from tocsin.ledger.connection import Store, connect
from tocsin.ledger.feed_state import FeedState
from tocsin.ledger.keys import Keys
from tocsin.ledger.leases import Lease, claim_due, enroll, finish
from tocsin.web.ledger_history import LedgerHistory
from tocsin.web.site import make_app


@pytest.fixture
async def site(store: Store) -> AsyncIterator[Client]:
    """The application over the test's store."""
    async with TestClient(TestServer(_app(store))) as client:
        yield client


def _app(store: Store) -> web.Application:
    async def ready() -> list[str]:
        return []

    history = LedgerHistory(store, lambda: {"north": "Northern News"}, lambda: NOW)
    return make_app(history, ready, CollectorRegistry(), lambda: NOW)


async def _lease(store: Store) -> Lease:
    await enroll(store, {"north": "news.example"})
    leases = await claim_due(store, 1)
    assert isinstance(leases, list)
    return leases[0]


async def _publish(store: Store, number: int) -> str:
    raised = verdict(number, alerts=(alert(f"a{number}"),))
    outcome = await announce(store, judged(number, head=number - 1, report=None, verdict=raised))
    assert isinstance(outcome, Ok), outcome
    return outcome.sequences[0]


async def test_a_commit_is_readable_everywhere(site: Client, store: Store) -> None:
    """Alert, report with reading and reasons, series: as they were committed."""
    lease = await _lease(store)
    outcomes = await commit(store, lease.feed, lease.token, [judged(1)])
    assert isinstance(outcomes, list)
    listed = (await (await site.get("/v1/alerts")).json())["alerts"]
    assert [each["id"] for each in listed] == ["a1"]
    assert (await (await site.get("/v1/alerts/a1")).json()) == listed[0]
    report = await (await site.get("/v1/reports/r1")).json()
    assert report["reading"]["claims"][0]["value"] == 12
    assert report["reasons"][0]["reason"] == "first_report"
    assert report["alerts"] == ["a1"]
    assert report["published"].endswith("Z")
    series = await (await site.get(f"/v1/series/{SUBJECT}")).json()
    assert [entry["value"] for entry in series["entries"]] == [12]
    before = (NOW - timedelta(days=1)).strftime("%Y-%m-%dT%H:%M:%SZ")
    unknown = await (await site.get(f"/v1/series/{SUBJECT}?as_of={before}")).json()
    assert unknown["entries"] == []  # the series is there, and nothing of it was known then
    assert (await site.get("/v1/series/theatre/nowhere/killed")).status == 404


async def test_a_listener_hears_a_commit(site: Client, store: Store) -> None:
    """From the stream of the server to the wire, after what was missed."""
    first = await _publish(store, 1)
    async with site.get("/v1/events?after=0-0") as answer:
        heard = [await _data(answer.content)]
        second = await _publish(store, 2)
        heard.append(await _data(answer.content))
    assert [each["sequence"] for each in heard] == [first, second]


async def _data(content: asyncio.StreamReader) -> dict[str, str]:
    async with asyncio.timeout(10):
        while True:
            line = await content.readline()
            if line.startswith(b"data: "):
                return json.loads(line[6:])


async def test_feeds_have_their_health(site: Client, store: Store) -> None:
    """A feed is fresh after a good poll, and failing with its reason after a bad one."""
    lease = await _lease(store)
    state = FeedState("north", url="https://news.example/rss", succeeded_at=NOW, polled_at=NOW)
    await finish(store, lease, state, timedelta(minutes=5), now=NOW)
    page = await (await site.get("/")).text()
    assert "Northern News" in page
    assert "1 of 1 feeds fresh" in page


async def test_a_server_that_went_away_is_said(tmp_path_factory: pytest.TempPathFactory) -> None:
    """503 with a line while it is away, answers again when it is back (P4)."""
    process = RedisProcess(tmp_path_factory.mktemp("away")).start()
    client = connect(process.url, timeout=1.0)
    try:
        async with TestClient(TestServer(_app(Store(client, Keys("away"))))) as site:
            assert (await site.get("/v1/alerts")).status == 200
            process.kill()
            gone = await site.get("/v1/alerts")
            assert gone.status == 503
            assert (await gone.json()) == {"error": "the store is away; try again in a moment"}
            assert (await site.get("/")).status == 200
            process.start()
            assert (await site.get("/v1/alerts")).status == 200
    finally:
        await client.aclose()
        process.stop()
