"""Version 1 of the API over real HTTP."""

from __future__ import annotations

import asyncio
import threading
from datetime import UTC, datetime
from urllib.request import urlopen

import pytest
from aiohttp import web
from aiohttp.test_utils import TestClient, TestServer
from jsonschema import Draft202012Validator
from prometheus_client import CollectorRegistry
from tests.kept import NOW, Client, Kept, event

from tocsin.web.metrics import Metrics
from tocsin.web.schemas import TYPES
from tocsin.web.site import make_app


async def test_alerts_are_read_page_by_page(client: Client, kept: Kept) -> None:
    """From a sequence on, in commit order, with the sequence to go on from."""
    kept.commit(*(event(number) for number in range(1, 6)))
    first = await (await client.get("/v1/alerts?after=1-0&limit=2")).json()
    assert [each["id"] for each in first["alerts"]] == ["a2", "a3"]
    rest = await (await client.get(f"/v1/alerts?after={first['next']}")).json()
    assert [each["id"] for each in rest["alerts"]] == ["a4", "a5"]
    end = await (await client.get(f"/v1/alerts?after={rest['next']}")).json()
    assert end == {"alerts": [], "next": None}


async def test_alerts_are_filtered(client: Client, kept: Kept) -> None:
    """By type, theatre, least severity and subject."""
    kept.commit(
        event(1),
        event(2, type="tocsin.strike.reported", severitynumber=21),
        event(3, data_theatre="ukraine"),
        event(4, subject="story/s2/killed"),
    )
    for query, wanted in (
        ("type=tocsin.strike.reported", ["a2"]),
        ("theatre=ukraine", ["a3"]),
        ("severity_min=critical", ["a2"]),
        ("subject=story/s2/killed", ["a4"]),
        ("until=2-0", ["a1", "a2"]),
    ):
        answer = await (await client.get(f"/v1/alerts?{query}")).json()
        assert [each["id"] for each in answer["alerts"]] == wanted, query


@pytest.mark.parametrize(
    ("path", "line"),
    [
        ("/v1/alerts?limit=5000", "limit: input should be less than or equal to 1000"),
        ("/v1/alerts?limit=ten", "limit: input should be a valid integer"),
        ("/v1/alerts?after=yesterday", "after: string should match pattern"),
        ("/v1/alerts?severity_min=awful", "severity_min: input should be 'low'"),
        ("/v1/alerts?theater=ukraine", "theater: no such parameter; there are: type, theatre"),
        ("/v1/alerts?limit=1&limit=2", "limit: given more than once"),
        ("/v1/series/theatre/x/killed?as_of=2020-10-20", "as_of: input should"),
        ("/v1/series/theatre/x/killed?as_of=0001-01-01T00:00:00%2B14:00", "as_of: not a moment"),
        ("/v1/alerts/a1?x=1", "x: no such parameter; there are: none"),
        ("/v1/alerts/" + "a" * 500, "id: longer than 400"),
        ("/v1/reports/a%00b", "id: has characters"),
        ("/?severity_min=awful", "severity_min: input should be"),
    ],
)
async def test_a_wrong_question_gets_one_line(client: Client, path: str, line: str) -> None:
    """400, and what is wrong with it."""
    answer = await client.get(path)
    assert answer.status == 400
    error = (await answer.json())["error"]
    assert error.startswith(line)
    assert "\n" not in error


async def test_series_are_asked_as_of_a_moment(client: Client, kept: Kept) -> None:
    """A subject has slashes, and a moment is taken with its offset."""
    path = "/v1/series/theatre/south-caucasus/killed/soldiers/x?as_of=2020-10-20T12:00:00%2B04:00"
    answer = await client.get(path)
    assert answer.status == 200
    moment = datetime(2020, 10, 20, 8, tzinfo=UTC)
    assert ("theatre/south-caucasus/killed/soldiers/x", moment) in kept.asked


async def test_one_alert_and_one_report(client: Client, kept: Kept) -> None:
    """By id; another id is 404 with a line."""
    kept.commit(event(1))
    kept.reports["r1"] = {"id": "r1", "title": "Rockets on Barda"}
    assert (await (await client.get("/v1/alerts/a1")).json())["sequence"] == "1-0"
    assert (await (await client.get("/v1/reports/r1")).json())["id"] == "r1"
    for path in ("/v1/alerts/other", "/v1/reports/other", "/v1/series/other", "/nothing"):
        answer = await client.get(path)
        assert answer.status == 404
        assert (await answer.json())["error"]


async def test_the_store_being_away_is_said(client: Client, kept: Kept) -> None:
    """Redis away: alive, not ready, 503 with a line; the page is still a page (P4)."""
    kept.away = ConnectionError("refused")
    assert (await client.get("/healthz")).status == 200
    ready = await client.get("/readyz")
    assert ready.status == 503
    assert (await ready.json()) == {"ready": False, "reasons": ["the store is away"]}
    assert (await client.get("/v1/alerts")).status == 503
    page = await client.get("/")
    assert page.status == 200
    assert "the store is away" in await page.text()


async def test_readiness_gives_its_reasons(client: Client, unready: list[str]) -> None:
    """Ready while nothing speaks against it; draining is a reason (P1)."""
    assert (await client.get("/readyz")).status == 200
    unready.append("draining")
    ready = await client.get("/readyz")
    assert ready.status == 503
    assert (await ready.json())["reasons"] == ["draining"]


async def test_a_loop_that_hangs_fails_its_liveness(kept: Kept, metrics: Metrics) -> None:
    """Health is answered by the loop that does the work: while that is stuck, it is not (P5)."""
    stuck, freed = threading.Event(), threading.Event()

    async def ready() -> list[str]:
        return []

    def hang() -> None:
        stuck.set()
        freed.wait(30)

    def asked(url: str, within: float) -> int:
        with urlopen(url, timeout=within) as answer:  # noqa: S310 — our own loopback address
            return int(answer.status)

    app = make_app(kept, ready, metrics.registry, lambda: NOW)
    async with TestServer(app) as server:
        health = str(server.make_url("/healthz"))
        assert await asyncio.to_thread(asked, health, 5) == 200

        def probe() -> int:
            stuck.wait(30)
            try:
                return asked(health, 0.2)
            except TimeoutError:
                return 0
            finally:
                freed.set()

        probed = asyncio.create_task(asyncio.to_thread(probe))
        asyncio.get_running_loop().call_soon(hang)
        assert await probed == 0
        assert await asyncio.to_thread(asked, health, 5) == 200


async def test_a_bug_says_nothing_of_its_inside(client: Client, kept: Kept) -> None:
    """An exception nobody expects is 500 with a plain line."""
    kept.away = RuntimeError("secret inside")
    answer = await client.get("/v1/alerts")
    assert answer.status == 500
    assert "secret" not in await answer.text()


async def test_only_loopback_names_are_answered(client: Client) -> None:
    """A page that rebinds its name to us gets 404 (H33)."""
    for host in ("evil.example", "127.0.0.1.evil.example", "169.254.169.254", "[::2]", "a b", ""):
        assert (await client.get("/v1/alerts", headers={"Host": host})).status in (400, 404), host
    assert (await client.get("/healthz", headers={"Host": "10.0.0.7:8420"})).status == 200
    for host in ("localhost", "127.0.0.1:8420", "[::1]:8420", "LOCALHOST."):
        assert (await client.get("/v1/alerts", headers={"Host": host})).status == 200, host


async def test_a_token_is_asked_for(kept: Kept, metrics: Metrics) -> None:
    """With a token: 401 without it, for metrics too; health is open; both schemes do (H33)."""

    async def ready() -> list[str]:
        return []

    app = make_app(kept, ready, metrics.registry, lambda: NOW, token="of-the-house")  # noqa: S106
    async with TestClient(TestServer(app)) as client:
        for path in ("/", "/v1/alerts", "/metrics", "/v1/events", "/openapi.json", "/nothing"):
            assert (await client.get(path)).status == 401
        assert (await client.get("/healthz")).status == 200
        assert (await client.get("/readyz")).status == 200
        for scheme in ("Bearer of-the-house", "Basic ZWRpdG9yOm9mLXRoZS1ob3VzZQ=="):
            answer = await client.get("/v1/alerts", headers={"Authorization": scheme})
            assert answer.status == 200
        for scheme in ("Bearer wrong", "Basic !", "Basic 4pyT", "Bearer"):
            answer = await client.get("/v1/alerts", headers={"Authorization": scheme})
            assert answer.status == 401


async def test_bodies_and_other_methods_are_refused(client: Client) -> None:
    """Nothing here is written to (H32)."""
    assert (await client.post("/v1/alerts")).status == 405
    assert (await client.delete("/v1/alerts/a1")).status == 405
    assert (await client.get("/v1/alerts", data=b"x" * 10_000)).status == 413


async def test_metrics_are_served(client: Client, metrics: Metrics) -> None:
    """Feeds, polls, reports, alerts, silences, deliveries, latencies and lag are there."""
    metrics.feeds({"fresh": 3})
    metrics.polled("not_modified", 0.01)
    metrics.reported(edited=False)
    metrics.alerted("tocsin.figure.changed", "high")
    metrics.silenced("corroborated")
    metrics.took("published_to_seen", -5)
    metrics.lag("sink:desk", 0.5)
    metrics.ready(now=True)
    metrics.rulebook(taken=False)
    text = await (await client.get("/metrics")).text()
    for line in (
        'tocsin_feeds{state="fresh"} 3.0',
        'tocsin_polls_total{outcome="not_modified"} 1.0',
        'tocsin_silences_total{reason="corroborated"} 1.0',
        'tocsin_latency_seconds_sum{leg="published_to_seen"} 0.0',
        'tocsin_stream_lag_seconds{group="sink:desk"} 0.5',
    ):
        assert line in text


async def test_each_type_has_a_schema(client: Client) -> None:
    """Every alert type's schema is served, is valid, and accepts its alert and no other type."""
    for kind in TYPES:
        name = kind.removeprefix("tocsin.")
        schema = await (await client.get(f"/schemas/{name}.1.json")).json()
        Draft202012Validator.check_schema(schema)
        alert = event(1, type=kind, dataschema=f"urn:tocsin:alert:{name}:1")
        Draft202012Validator(schema).validate(alert)
        assert not Draft202012Validator(schema).is_valid(alert | {"type": "tocsin.other"})
    assert (await client.get("/schemas/nothing.1.json")).status == 404


async def test_the_stream_is_described(client: Client) -> None:
    """The AsyncAPI document has a message a type, each with the schema that is served."""
    document = await (await client.get("/asyncapi.json")).json()
    assert document["channels"]["alerts"]["address"] == "{tocsin}:alerts:v1"
    messages = document["components"]["messages"]
    assert {message["title"] for message in messages.values()} == set(TYPES)
    schema = await (await client.get("/schemas/figure.changed.1.json")).json()
    assert messages["figure-changed"]["payload"] == schema


async def test_the_document_names_what_there_is(client: Client) -> None:
    """Every path of the OpenAPI document exists, and every reference in it resolves."""
    document = await (await client.get("/openapi.json")).json()
    app: web.Application = make_app(Kept(), _nothing, CollectorRegistry(), lambda: NOW)
    served = {route.resource.canonical for route in app.router.routes() if route.resource}
    assert set(document["paths"]) <= served
    names = document["components"]["schemas"]
    assert all(
        reference.rsplit("/", 1)[-1] in names for reference in _references(document["components"])
    )


async def _nothing() -> list[str]:
    return []


def _references(node: object) -> list[str]:
    if isinstance(node, dict):
        here = [node["$ref"]] if isinstance(node.get("$ref"), str) else []
        return here + [each for value in node.values() for each in _references(value)]
    if isinstance(node, list):
        return [each for value in node for each in _references(value)]
    return []
