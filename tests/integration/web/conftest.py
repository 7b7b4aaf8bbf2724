"""The web application on a loopback port, over a history in memory."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest
from aiohttp.test_utils import TestClient, TestServer
from prometheus_client import CollectorRegistry
from tests.kept import NOW, Client, Kept

from tocsin.web.metrics import Metrics
from tocsin.web.site import make_app


@pytest.fixture
def kept() -> Kept:
    """What the application reads."""
    return Kept()


@pytest.fixture
def unready() -> list[str]:
    """Why it is not ready; a test adds lines."""
    return []


@pytest.fixture
def metrics() -> Metrics:
    """Metrics over a registry of their own."""
    return Metrics(CollectorRegistry())


@pytest.fixture
async def client(kept: Kept, unready: list[str], metrics: Metrics) -> AsyncIterator[Client]:
    """A client of the running application."""

    async def readiness() -> list[str]:
        if kept.away is not None:
            raise kept.away
        return unready

    app = make_app(kept, readiness, metrics.registry, lambda: NOW, version="0.1.0")
    async with TestClient(TestServer(app)) as client:
        yield client
