"""One feed's turn against a real feed server, a real Redis and real workers, on a clock of ours."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from tests.feed_server import FeedServer, item, rss
from tests.newsroom import Newsroom, opened

from tocsin.feeds.workshop import Workshop
from tocsin.judging.rulebook import Rulebook
from tocsin.ledger.connection import Store
from tocsin.ledger.leases import claim_due, dismiss, due, enroll, hasten, pauses
from tocsin.net.session import Outbound
from tocsin.poll import Polled
from tocsin.web.ledger_history import LedgerHistory

FIRST = rss("War", item("g1", "Calm night along the front, officials say"))
SECOND = rss(
    "War",
    item("g2", "At least 12 people killed in missile strike on Barda, prosecutor says"),
    item("g1", "Calm night along the front, officials say"),
)


@pytest.fixture
async def newsroom(store: Store, workshop: Workshop, rulebook: Rulebook) -> AsyncIterator[Newsroom]:
    """A newsroom with one feed, never polled before."""
    async with FeedServer() as server, Outbound() as outbound:
        yield opened(store, server, outbound, workshop, rulebook)


async def test_the_first_poll_is_memory_and_the_second_tells(newsroom: Newsroom) -> None:
    """F1, F2, R17: validators are stored after the reports; what comes later is told once."""
    newsroom.page.serve(FIRST, etag='W/"1"', last_modified="Wed, 28 Oct 2020 14:00:00 GMT")
    first = await newsroom.turn()
    assert (first.ok, first.first, first.reason) == (True, True, "new")
    assert first.taken is not None
    assert first.taken.alerts == 0
    assert newsroom.sent() == {}
    assert (await newsroom.turn()).reason == "not_modified"
    assert newsroom.sent() == {
        "If-None-Match": 'W/"1"',
        "If-Modified-Since": "Wed, 28 Oct 2020 14:00:00 GMT",
    }
    newsroom.page.serve(SECOND, etag='W/"2"')
    second = await newsroom.turn()
    assert second.taken is not None
    assert (second.taken.new, second.taken.alerts) == (1, 1)
    assert (await newsroom.turn()).reason == "not_modified"
    newsroom.page.serve(SECOND + b" ", etag='W/"3"')
    third = await newsroom.turn()
    assert third.taken is not None
    assert third.taken.new == 0


async def test_a_body_met_before_is_not_parsed_again(newsroom: Newsroom) -> None:
    """F6: without validators the digest of the body tells."""
    newsroom.page.serve(FIRST)
    assert (await newsroom.turn()).reason == "new"
    again = await newsroom.turn()
    assert (again.reason, again.taken) == ("unchanged", None)


async def test_a_lease_lost_on_the_way_stores_nothing(newsroom: Newsroom) -> None:
    """F3, C12: the poll that was overtaken commits nothing; the next one fetches it whole."""
    newsroom.page.serve(FIRST, etag='"1"')
    serve = newsroom.page.answer

    async def overtaken(request: object) -> object:
        await dismiss(newsroom.store, [newsroom.feed.id])
        return await serve(request)  # type: ignore[arg-type]

    newsroom.page.answer = overtaken  # type: ignore[assignment]
    assert (await newsroom.turn()).reason == "fenced"
    newsroom.page.serve(FIRST, etag='"1"')
    again = await newsroom.turn()
    assert newsroom.sent() == {}
    assert (again.reason, again.first) == ("new", True)


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        (b"<html>sign in</html>", "html"),
        (b"%PDF-1.7", "pdf"),
        (b"", "empty"),
        (b"<?xml version='1.0'?><opml version='2.0'/>", "not_a_feed"),
        (b'<!DOCTYPE rss [<!ENTITY a "b">]><rss>&a;</rss>', "dtd"),
    ],
)
async def test_what_is_no_feed_keeps_the_validators(
    body: bytes, reason: str, newsroom: Newsroom
) -> None:
    """H1, H5, F28: a named failure, a later turn, and what was stored stays."""
    newsroom.page.serve(FIRST, etag='"1"')
    await newsroom.turn()
    newsroom.page.serve(body, etag='"evil"')
    polled = await newsroom.turn()
    assert (polled.ok, polled.reason, polled.due_in) == (False, reason, 600)
    state = await newsroom.state()
    assert (state.etag, state.failures, state.reason) == ('"1"', 1, reason)
    newsroom.page.serve(FIRST, etag='"1"')
    assert (await newsroom.turn()).reason == "not_modified"
    assert (await newsroom.state()).failures == 0


async def test_a_429_rests_the_whole_host(newsroom: Newsroom) -> None:
    """F12, F16: two hours without any feed of that host, in Redis, so for every replica."""
    newsroom.page.status(429, {"Retry-After": "7200"})
    polled = await newsroom.turn()
    assert (polled.reason, polled.due_in) == ("http_429", 7200)
    await enroll(newsroom.store, {"another": newsroom.feed.host})
    assert await claim_due(newsroom.store, 10) == []
    resting = await pauses(newsroom.store)
    assert isinstance(resting, dict)
    assert resting[newsroom.feed.host] > timedelta(minutes=119)


async def test_gone_is_for_ever(newsroom: Newsroom) -> None:
    """F24: 410 stops the feed; its state says why."""
    newsroom.page.status(410)
    assert (await newsroom.turn()).reason == "gone"
    assert (await newsroom.state()).stopped == "gone"
    waits = await due(newsroom.store)
    assert isinstance(waits, dict)
    assert waits[newsroom.feed.id].wait > timedelta(days=300)


async def test_an_address_is_rewritten_after_seven_days(newsroom: Newsroom) -> None:
    """F20, F21, F22: a permanent redirect that stands for a week, to a feed that is valid."""
    newsroom.server.on("/new").serve(FIRST)
    newsroom.page.redirect("/new", 301)
    await newsroom.turn()
    await newsroom.turn(timedelta(days=6))
    assert (await newsroom.state()).url == newsroom.feed.url
    await newsroom.turn(timedelta(days=1, minutes=1))
    assert (await newsroom.state()).url == newsroom.server.url("/new")
    await newsroom.turn()
    assert newsroom.server.seen[-1].path == "/new"


async def test_after_eight_days_of_304_everything_is_asked_for(newsroom: Newsroom) -> None:
    """F7: one unconditional request, though the server would go on saying 304."""
    newsroom.page.serve(FIRST, etag='"1"')
    await newsroom.turn()
    await newsroom.turn(timedelta(days=7))
    assert newsroom.sent()
    polled = await newsroom.turn(timedelta(days=1))
    assert (newsroom.sent(), polled.reason) == ({}, "unchanged")
    await newsroom.turn()
    assert newsroom.sent()


async def test_headlines_are_completed_when_a_feed_asks_for_it(newsroom: Newsroom) -> None:
    """H10, D18: the page of a new report is read too; those of the first poll are left alone."""
    newsroom.feed = replace(newsroom.feed, full_text=True)
    page = newsroom.server.on("/barda")
    words = "The prosecutor said that 12 people were killed when missiles struck central Barda. "
    page.serve(
        f"<html><body><article><p>{words * 8}</p></article></body></html>",
        content_type="text/html",
    )
    link = newsroom.server.url("/barda")
    newsroom.page.serve(rss("War", item("g0", "Shelling", link=link)))
    await newsroom.turn()
    assert page.hits == 0
    newsroom.page.serve(rss("War", item("g1", "Missiles hit Barda", link=link)))
    polled = await newsroom.turn()
    assert page.hits == 1
    assert polled.taken is not None
    (told,) = polled.taken.told
    assert "12 people were killed" in told.judged.report.text


async def test_fifty_new_entries_are_judged_oldest_first(newsroom: Newsroom) -> None:
    """R28: a toll from 14 to 21, newest first in the feed, only rises; an older word is late."""
    calm = [item(f"c{n}", f"Calm night along the front, officials say ({n})") for n in range(42)]
    newsroom.page.serve(rss("War", item("g1", "Calm night along the front, officials say")))
    await newsroom.turn()
    tolls = [
        item(
            f"t{killed}",
            f"Missile strike on Barda kills {killed}, prosecutor says",
            published=f"Wed, 28 Oct 2020 14:{killed}:00 GMT",
        )
        for killed in range(14, 22)
    ]
    newsroom.page.serve(rss("War", *reversed(tolls), *calm))
    polled = await newsroom.turn()
    assert polled.taken is not None
    assert polled.taken.new == 50
    changes = _changes(polled)
    assert [change["to"]["value"] for change in changes] == list(range(14, 22))
    assert {change["reason"] for change in changes[1:]} == {"raised"}

    older = item(
        "t12",
        "Missile strike on Barda kills 12, prosecutor says",
        published="Wed, 28 Oct 2020 14:05:00 GMT",
    )
    newsroom.page.serve(rss("War", older, *reversed(tolls), *calm))
    polled = await newsroom.turn()
    assert polled.taken is not None
    assert (polled.taken.new, polled.taken.alerts) == (1, 0)
    [told] = polled.taken.told
    assert "late" in {reason.reason for reason in told.judged.verdict.reasons}


async def test_two_replicas_meet_one_event_at_once(
    store: Store, workshop: Workshop, rulebook: Rulebook
) -> None:
    """R29: whichever commits second judges again: one strike is told, and there is one story."""
    async with FeedServer() as server, Outbound() as outbound:
        rooms = [opened(store, server, outbound, workshop, rulebook, f"/{name}") for name in "ab"]
        for room in rooms:
            room.page.serve(rss("War", item(f"{room.feed.id}-1", "Calm night along the front")))
            await room.turn()
            words = "Missile strike on Barda kills 12, prosecutor says"
            room.page.serve(rss("War", item(f"{room.feed.id}-2", words)))
            room.now += timedelta(minutes=10)
        await hasten(store, [room.feed.id for room in rooms])
        leases = await claim_due(store, 2)
        assert isinstance(leases, list)
        mine = {lease.feed: lease for lease in leases}
        turns = await asyncio.gather(
            *(room.poll.turn(mine[room.feed.id], room.feed) for room in rooms)
        )
    events = [event for polled in turns for event in _events(polled)]
    assert [event["type"] for event in events].count("tocsin.strike.reported") == 1
    assert len({event["correlationid"] for event in events}) == 1
    assert all(polled.taken is not None and polled.taken.new == 1 for polled in turns)


def _events(polled: Polled) -> list[dict[str, Any]]:
    """The alerts of a turn, in the order in which they were committed."""
    told = polled.taken.told if polled.taken else []
    return [alert.event for one in told for alert in one.judged.verdict.alerts]


def _changes(polled: Polled) -> list[dict[str, Any]]:
    return [change for event in _events(polled) for change in event["data"]["changes"]]


async def test_how_late_a_report_may_be_seen_is_known_of_each_feed(newsroom: Newsroom) -> None:
    """F10: by what the publisher asks for, and shown wherever the feeds are."""
    newsroom.page.serve(rss("War", item("g1", "Calm"), channel="<ttl>60</ttl>"))
    await newsroom.turn()
    assert (await newsroom.state()).worst_delay == pytest.approx(3600 * 1.1)
    [row] = await LedgerHistory(newsroom.store, dict, lambda: newsroom.now).feeds()
    assert row.worst == timedelta(minutes=66)


async def test_a_feed_that_skips_all_hours_is_polled_and_named_once(newsroom: Newsroom) -> None:
    """F19: what it asks for is ignored; the first such turn says so, and the list keeps it."""
    hours = "".join(f"<hour>{hour}</hour>" for hour in range(24))
    newsroom.page.serve(
        rss("War", item("g1", "Calm"), channel=f"<skipHours>{hours}</skipHours>"), etag='"1"'
    )
    assert (await newsroom.turn()).remark == "skips_everything"
    again = await newsroom.turn()
    assert (again.reason, again.remark) == ("not_modified", "")
    [row] = await LedgerHistory(newsroom.store, dict, lambda: newsroom.now).feeds()
    assert row.remark == "skips_everything"
    newsroom.page.serve(rss("War", item("g2", "Calm")), etag='"2"')
    await newsroom.turn()
    assert (await newsroom.state()).remark == ""


async def test_what_came_in_during_a_downtime_is_told_and_marked_late(newsroom: Newsroom) -> None:
    """R17: downtime is no cold start; a turn in time, and news of this half hour, are not late."""
    newsroom.page.serve(FIRST)
    await newsroom.turn()
    old = item(
        "g2", "At least 12 people killed in missile strike on Barda, prosecutor says",
        published="Wed, 28 Oct 2020 16:00:00 GMT",
    )  # fmt: skip
    new = item(
        "g3", "At least 3 people killed in missile strike on Ganja, prosecutor says",
        published="Wed, 28 Oct 2020 20:05:00 GMT",
    )  # fmt: skip
    newsroom.page.serve(rss("War", new, old))
    back = await newsroom.turn(after=timedelta(hours=5))
    assert back.taken is not None
    alerts = [alert.event for told in back.taken.told for alert in told.judged.verdict.alerts]
    assert [(event["data"]["late"], event["data"]["loud"]) for event in alerts] == [
        (True, True),
        (False, True),
    ]
    newsroom.page.serve(SECOND.replace(b"Barda", b"Shusha").replace(b"g2", b"g4"))
    again = await newsroom.turn()
    assert again.taken is not None
    alerts = [alert.event for told in again.taken.told for alert in told.judged.verdict.alerts]
    assert [event["data"]["late"] for event in alerts] == [False]


async def test_a_story_told_by_one_feed_hurries_the_others_of_its_war(
    store: Store, workshop: Workshop, rulebook: Rulebook
) -> None:
    """F8: a quiet feed that tells of a theatre returns to its fastest when that is told of."""
    told = item("g2", "At least 12 people killed in missile strike on Barda, prosecutor says")
    async with FeedServer() as server, Outbound() as outbound:
        one = opened(store, server, outbound, workshop, rulebook, "/one")
        two = opened(store, server, outbound, workshop, rulebook, "/two")
        two.poll = one.poll
        one.page.serve(FIRST)
        two.page.serve(rss("War", item("g9", "Armenia: 5 soldiers killed near Fizuli")))
        for room in (one, two):
            await room.turn()
        one.now = two.now = one.now + timedelta(hours=1)
        assert (await two.turn()).due_in == 450
        one.page.serve(rss("War", told))
        assert (await one.turn()).due_in == 300
        assert (await two.turn(timedelta(0))).due_in == 300


async def test_an_emptied_redis_is_a_cold_start_and_no_storm(newsroom: Newsroom) -> None:
    """C20: with its memory gone, all that a feed shows is memory again, and told by nobody."""
    newsroom.page.serve(SECOND, etag='"1"')
    await newsroom.turn()
    await newsroom.store.redis.flushall()
    again = await newsroom.turn()
    assert newsroom.sent() == {}
    assert again.taken is not None
    assert (again.first, again.taken.new, again.taken.alerts) == (True, 2, 0)
