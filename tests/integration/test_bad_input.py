"""Bad input, from the feed's bytes to the verdict: a named reason, bounded cost, never a flood."""

from __future__ import annotations

import time
from collections.abc import AsyncIterator
from typing import Any

import pytest
from tests.feed_server import FeedServer, item, rss
from tests.newsroom import Newsroom, opened

from tocsin.feeds.workshop import Workshop
from tocsin.judging.rulebook import Rulebook
from tocsin.ledger.connection import Store
from tocsin.net.session import Outbound
from tocsin.poll import Polled

CALM = item("g0", "Calm night along the front, officials say")
BARDA = "At least {} people killed in missile strike on Barda, prosecutor says"


@pytest.fixture
async def rooms(
    store: Store, workshop: Workshop, rulebook: Rulebook
) -> AsyncIterator[tuple[Newsroom, Newsroom]]:
    """Two feeds on one store, both past their first poll."""
    async with FeedServer() as server, Outbound() as outbound:
        both = (
            opened(store, server, outbound, workshop, rulebook, "/one"),
            opened(store, server, outbound, workshop, rulebook, "/two"),
        )
        for room in both:
            room.page.serve(rss("War", CALM))
            await room.turn()
        yield both


async def _told(room: Newsroom, *items: str) -> tuple[list[dict[str, Any]], set[str]]:
    """The alerts and the named reasons of one turn over these items."""
    room.page.serve(rss("War", *items, CALM))
    began = time.monotonic()
    polled: Polled = await room.turn()
    assert time.monotonic() - began < 15
    assert polled.ok, polled
    assert polled.taken is not None
    verdicts = [told.judged.verdict for told in polled.taken.told]
    alerts = [alert.event for verdict in verdicts for alert in verdict.alerts]
    return alerts, {reason.reason for verdict in verdicts for reason in verdict.reasons}


async def test_reports_out_of_order_are_judged_oldest_first(
    rooms: tuple[Newsroom, Newsroom],
) -> None:
    """R28: a toll of 14, 19 and 21 in the wrong order is never lowered, and told within its cap."""
    published = ("14:40", "14:20", "14:30")
    items = (
        item(f"g{dead}", BARDA.format(dead), published=f"Wed, 28 Oct 2020 {hour}:00 GMT")
        for dead, hour in zip((21, 14, 19), published, strict=True)
    )
    alerts, _ = await _told(rooms[0], *items)
    reasons = [change["reason"] for event in alerts for change in event["data"]["changes"]]
    assert reasons[:1] == ["first_report"]
    assert "lowered" not in reasons
    assert alerts[-1]["data"]["changes"][0]["to"]["low"] == 21


@pytest.mark.parametrize(
    "published",
    [
        "Wed, 28 Oct 2099 14:00:00 GMT",
        "Thu, 01 Jan 1970 00:00:00 GMT",
        "Sat, 01 Jan 0000 00:00:00 GMT",
        "yesterday, about noon",
        "",
    ],
)
async def test_absurd_dates_are_no_dates(rooms: tuple[Newsroom, Newsroom], published: str) -> None:
    """H7: the report is judged as of when it was met, and nothing is dated ahead of that."""
    alerts, _ = await _told(rooms[0], item("g1", BARDA.format(12), published=published))
    assert len(alerts) == 1
    assert alerts[0]["data"]["report"]["published"] is None
    assert alerts[0]["time"] <= alerts[0]["recordedtime"]


async def test_one_guid_in_two_feeds_is_told_once(rooms: tuple[Newsroom, Newsroom]) -> None:
    """R14: a web address is one report wherever it stands; any other guid is its feed's own."""
    shared = item("https://news.example/a", BARDA.format(12))
    first, _ = await _told(rooms[0], shared)
    second, _ = await _told(rooms[1], shared)
    assert (len(first), len(second)) == (1, 0)
    own, _ = await _told(
        rooms[0], item("7", "Two soldiers killed by a mine near Fizuli, army says")
    )
    other, _ = await _told(
        rooms[1], item("7", "Three soldiers killed by a mine near Agdam, ministry says")
    )
    assert (len(own), len(other)) == (1, 1)
    assert own[0]["data"]["report"]["id"] != other[0]["data"]["report"]["id"]


async def test_a_guid_that_changes_at_every_poll_is_no_storm(
    rooms: tuple[Newsroom, Newsroom], store: Store
) -> None:
    """H6: the same words under ever new guids are told once, and what is seen stays bounded."""
    room, alerts = rooms[0], []
    for poll in range(12):
        shown = (item(f"g-{poll}-{n}", BARDA.format(12)) for n in range(20))
        told, reasons = await _told(room, *shown)
        alerts += told
        if poll:
            assert reasons & {"corroborated", "reprint"}
    assert len(alerts) == 1
    assert await store.redis.zcard(store.keys.seen(room.feed.id)) <= 128


async def test_absurd_figures_and_claimants_are_bounded(rooms: tuple[Newsroom, Newsroom]) -> None:
    """H27: a trillion dead and a claimant of ten thousand letters cost little and fit an event."""
    huge, _ = await _told(
        rooms[0], item("g1", "Strike on Barda kills 1,000,000,000,000 people, prosecutor says")
    )
    assert len(huge) <= 1
    name = "Ministry of " + "Very " * 2_000 + "Great Defence"
    words = f"The {name} said 12 soldiers were killed in a missile strike on Barda."
    long, _ = await _told(rooms[0], item("g2", "Soldiers killed", words))
    letters, _ = await _told(
        rooms[0], item("g3", "Soldiers killed", f"{'A' * 10_000} said 14 soldiers were killed.")
    )
    for event in (*huge, *long, *letters):
        assert len(event["subject"]) < 300
        assert len(str(event)) < 20_000
