"""A post office for each test."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest
from tests.delivery_kit import Post

from tocsin.ledger.connection import Store
from tocsin.net.session import Outbound


@pytest.fixture
async def post(store: Store) -> AsyncIterator[Post]:
    """Store, clock and way out."""
    async with Outbound() as outbound:
        yield Post(store, outbound)
