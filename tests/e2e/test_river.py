"""The river from end to end: a feed in, an alert out, through restarts and sudden deaths."""

from __future__ import annotations

import os
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from pathlib import Path

import orjson
import pytest
from standardwebhooks import Webhook
from tests.e2e.program import Program, alerts_of
from tests.feed_server import FeedServer
from tests.receiver import Got, Receiver

from tocsin.crashpoints import POINTS

SECRET = "whsec_" + "c2VjcmV0LXNlY3JldC1zZWNyZXQtc2VjcmV0LXNlY3I="
TOWNS = (
    "Stepanakert", "Ganja", "Barda", "Tartar", "Kharkiv", "Kherson", "Odesa", "Sumy",
    "Dnipro", "Zaporizhzhia", "Mykolaiv", "Lviv", "Poltava", "Chernihiv", "Kramatorsk",
)  # fmt: skip


def feed(items: Sequence[str]) -> str:
    """An RSS feed of ready items, the newest first."""
    return (
        '<?xml version="1.0" encoding="UTF-8"?><rss version="2.0"><channel><title>Test Wire</title>'
        f"<link>https://wire.example</link>{''.join(reversed(items))}</channel></rss>"
    )


def strike(town: str, killed: int, *, minutes_ago: int = 5) -> str:
    """One item that tells of a strike on a town, as of a few minutes ago."""
    said = datetime.now(UTC) - timedelta(minutes=minutes_ago)
    return (
        f"<item><guid>https://wire.example/{town}</guid><link>https://wire.example/{town}</link>"
        f"<title>Missile strike on {town} kills {killed}</title><description>A missile strike on "
        f"{town} killed {killed} people, the regional governor said.</description>"
        f"<pubDate>{format_datetime(said)}</pubDate></item>"
    )


def arguments(feed_url: str, tmp_path: Path, receiver: Receiver) -> list[str]:
    """`tocsin run` over one feed, with one webhook."""
    config = tmp_path / "tocsin.yaml"
    config.write_text(
        "api: {port: 0}\n"
        "sinks:\n"
        f"  - {{kind: webhook, name: ops, url: '{receiver.url}', secret: {SECRET},"
        " allow: [127.0.0.0/8], filter: {types: [tocsin.strike.*, tocsin.figure.*]}}\n",
        encoding="utf-8",
    )
    return ["run", feed_url, "--config", str(config), "--data", str(tmp_path / "data")]


def verified(got: Got) -> dict[str, object]:
    """The event of a request, once its signature is found good (D1)."""
    event: dict[str, object] = Webhook(SECRET).verify(got.body, dict(got.headers))
    assert event["id"] == got.headers["webhook-id"]
    return event


async def test_a_feed_in_an_alert_out(tmp_path: Path) -> None:
    """A new figure reaches stream and receiver, an edit raises it, a restart repeats nothing.

    (C1, D1, F3, P1, R19, R25)
    """
    async with FeedServer() as server, Receiver(204) as receiver:
        page = server.on("/wire.xml")
        items = [strike("Kharkiv", 3, minutes_ago=90)]
        page.serve(feed(items))
        run = arguments(server.url("/wire.xml"), tmp_path, receiver)
        async with Program(*run) as tocsin:
            assert "1 about armed conflict" in await tocsin.says("learned")
            items.append(strike("Ganja", 7))
            page.serve(feed(items))
            await receiver.wait_for(1)
            items[-1] = strike("Ganja", 12)
            page.serve(feed(items))
            await receiver.wait_for(2)
            told = [orjson.loads(entry[b"event"]) for entry in await alerts_of(tmp_path / "data")]
            asked = ("explain", told[1]["id"], "--data", str(tmp_path / "data"))
            async with Program(*asked) as explained:
                assert await explained.ended() == 0
            assert any("the same verdict" in line for line in explained.lines), explained.lines
            assert await tocsin.stop() == 0
        first, second = (verified(got) for got in receiver.got)
        assert [one["type"] for one in told] == [first["type"], second["type"]]
        assert first["type"] == "tocsin.strike.reported"
        assert told[1]["data"]["changes"][0]["reason"] == "raised"
        assert told[1]["data"]["changes"][0]["delta"] == 5

        items.append(strike("Odesa", 4))
        page.serve(feed(items))
        async with Program(*run) as tocsin:
            await receiver.wait_for(3)
            assert len(await alerts_of(tmp_path / "data")) == 3
            assert await tocsin.stop() == 0
        assert verified(receiver.got[2])["type"] == "tocsin.strike.reported"


@pytest.mark.timeout(300)
async def test_nothing_is_lost_by_sudden_death(tmp_path: Path) -> None:
    """The process dies at every point in turn, each time with a new report on its way.

    Every alert arrives, and what arrives twice has one id (C1, F3).
    """
    async with FeedServer() as server, Receiver(204) as receiver:
        page = server.on("/wire.xml")
        items = [strike("Lviv", 2, minutes_ago=90)]
        page.serve(feed(items))
        run = arguments(server.url("/wire.xml"), tmp_path, receiver)
        async with Program(*run) as tocsin:
            await tocsin.says("learned")
            assert await tocsin.stop() == 0
        for town, point in zip(TOWNS, POINTS, strict=False):
            items.append(strike(town, 5))
            page.serve(feed(items))
            async with Program(*run, crash_at=f"{point}:1") as tocsin:
                assert await tocsin.ended() == 137, (point, tocsin.lines)
        async with Program(*run) as tocsin:
            wanted = len(POINTS)
            ids = {got.headers["webhook-id"] for got in receiver.got}
            while len(ids) < wanted:
                await receiver.wait_for(len(receiver.got) + 1)
                ids = {got.headers["webhook-id"] for got in receiver.got}
            told = [orjson.loads(entry[b"event"]) for entry in await alerts_of(tmp_path / "data")]
            assert await tocsin.stop() == 0
    assert len(told) == wanted
    assert {one["id"] for one in told} == ids
    twice = len(receiver.got) - len(ids)
    assert twice <= len(POINTS), "a death may repeat only what was in flight"


async def test_a_second_tocsin_on_one_directory_is_refused(tmp_path: Path) -> None:
    """Two living Tocsins never share a data directory: one clear line, exit code 2 (law 9)."""
    async with FeedServer() as server, Receiver(204) as receiver:
        server.on("/wire.xml").serve(feed([strike("Lviv", 2)]))
        run = arguments(server.url("/wire.xml"), tmp_path, receiver)
        async with Program(*run) as first:
            await first.says("learned")
            async with Program(*run) as second:
                assert await second.ended() == 2
                assert "in use" in " ".join(second.lines)
            assert await first.stop() == 0


async def test_bad_settings_are_one_line_and_exit_code_2(tmp_path: Path) -> None:
    """An unknown setting, and a sink without a secret: file, line and mend (bad input)."""
    config = tmp_path / "tocsin.yaml"
    config.write_text("polling: {fastes: 5m}\n", encoding="utf-8")
    async with Program("check", "--config", str(config)) as tocsin:
        assert await tocsin.ended() == 2
    assert tocsin.lines == [
        f"tocsin: {config}:1: unknown setting `polling.fastes`. Did you mean `fastest`?"
    ]
    config.write_text(
        "sinks:\n  - kind: webhook\n    name: ops\n    url: https://hooks.example/x\n",
        encoding="utf-8",
    )
    async with Program("check", "--config", str(config)) as tocsin:
        assert await tocsin.ended() == 2
    assert len(tocsin.lines) == 1
    assert "secret" in tocsin.lines[0]
    assert f"{config}:2" in tocsin.lines[0]


async def test_hostile_feeds_fail_alone(tmp_path: Path) -> None:
    """Each bad feed fails with a named reason, and the good neighbour is on time.

    (F25, F27, H1, H5)
    """
    laughs = (
        '<?xml version="1.0"?><!DOCTYPE l [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]>'
        "<rss><channel><title>&b;</title></channel></rss>"
    )
    async with FeedServer() as server, Receiver(204) as receiver:
        server.on("/html").serve("<!doctype html><html><body>hello</body></html>")
        server.on("/pdf").serve(b"%PDF-1.7 something")
        server.on("/empty").serve(b"")
        server.on("/laughs").serve(laughs)
        server.on("/hang").hang()
        good = server.on("/good").serve(feed([strike("Lviv", 2, minutes_ago=90)]))
        urls = [server.url(f"/{name}") for name in ("html", "pdf", "empty", "laughs", "hang")]
        run = arguments(server.url("/good"), tmp_path, receiver)
        os.environ.pop("TOCSIN_CRASH_AT", None)
        async with Program(*run, *urls) as tocsin:
            await tocsin.says("learned")
            for name, reason in (("html", "html"), ("pdf", "pdf"), ("empty", "empty")):
                assert reason in await tocsin.says(f"/{name} fails")
            await tocsin.says("/laughs fails")
            good.serve(feed([strike("Lviv", 2, minutes_ago=90), strike("Odesa", 6)]))
            await receiver.wait_for(1)
            assert await tocsin.stop() == 0
