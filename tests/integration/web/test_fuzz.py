"""The API under every kind of question that its own OpenAPI document allows, and others (H32)."""

from __future__ import annotations

import asyncio
import os
import threading
from collections.abc import Iterator

import pytest
import schemathesis
from aiohttp import web
from hypothesis import HealthCheck, settings
from prometheus_client import CollectorRegistry
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)
from tests.kept import NOW, Kept, event

from tocsin.web.openapi import document
from tocsin.web.site import make_app

#: Cases an address; TOCSIN_FUZZ=2000 for ten thousand and more in all.
CASES = int(os.environ.get("TOCSIN_FUZZ", "4"))
#: All but the stream of events, which has no end.
SCHEMA = schemathesis.openapi.from_dict(document("0")).exclude(path="/v1/events")


async def _ready() -> list[str]:
    return []


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    """The application in a loop and thread of its own, since the fuzzer asks synchronously."""
    kept = Kept(reports={"r1": {"id": "r1"}})
    kept.commit(*(event(number) for number in range(1, 30)))
    loop = asyncio.new_event_loop()
    runner = web.AppRunner(make_app(kept, _ready, CollectorRegistry(), lambda: NOW))
    loop.run_until_complete(runner.setup())
    loop.run_until_complete(web.TCPSite(runner, "127.0.0.1", 0).start())
    turning = threading.Thread(target=loop.run_forever)
    turning.start()
    yield f"http://127.0.0.1:{runner.addresses[0][1]}"
    asyncio.run_coroutine_threadsafe(runner.cleanup(), loop).result(10)
    loop.call_soon_threadsafe(loop.stop)
    turning.join()
    loop.close()


@SCHEMA.parametrize()
@settings(
    max_examples=CASES, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck)
)
def test_every_answer_is_as_the_document_says(case: schemathesis.Case, address: str) -> None:
    """No 5xx, no status, type or body that the document does not know (H32)."""
    case.call_and_validate(
        base_url=address,
        checks=[
            not_a_server_error,
            status_code_conformance,
            content_type_conformance,
            response_schema_conformance,
        ],
    )
