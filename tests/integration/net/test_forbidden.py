"""Every forbidden address by every way in: not one connect() to any of them."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
from tests.feed_server import FeedServer
from tests.resolving import Answers
from tests.unit.net.test_guard import FORBIDDEN

from tocsin.feeds.exchange import Failed, FeedRequest, Outcome
from tocsin.feeds.fetch import fetch
from tocsin.net.guard import LOOPBACK
from tocsin.net.session import Outbound

NOW = datetime(2020, 10, 28, tzinfo=UTC)


def _refused(outcome: Outcome) -> bool:
    return isinstance(outcome, Failed) and outcome.reason == "refused"


@pytest.mark.parametrize("way", ["literal", "name", "second record", "redirect"])
async def test_no_connection_is_opened(way: str, connects: list[Any]) -> None:
    """D14: all forbidden addresses × literal, DNS, second record, redirect: zero connect()."""
    async with FeedServer() as server:
        for address, reason in FORBIDDEN.items():
            host = f"[{address}]" if ":" in address else address
            addresses = [address, "10.1.1.1"] if way == "second record" else [address]
            # Only the redirecting server itself may be spoken to, and only to be redirected.
            allow = LOOPBACK if way == "redirect" and reason != "loopback" else ()
            async with Outbound(resolver=Answers(addresses)) as outbound:
                if way == "redirect":
                    server.on("/feed").redirect(f"http://{host}:9/", 301)
                    url = server.url("/feed")
                else:
                    url = f"http://{host}:9/" if way == "literal" else "http://feeds.example:9/"
                outcome = await fetch(FeedRequest(url, allow=allow), outbound, NOW)
            assert _refused(outcome), (address, outcome)
    assert {address[0] for address in connects} <= ({"127.0.0.1"} if way == "redirect" else set())
