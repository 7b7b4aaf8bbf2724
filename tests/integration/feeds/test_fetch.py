"""Fetching over real HTTP on loopback: politeness, limits, redirects, and hostile servers."""

from __future__ import annotations

import asyncio
import gzip
import subprocess
import time
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path
from ssl import PROTOCOL_TLS_SERVER, SSLContext

import brotli
import pytest
from tests.feed_server import MIB, FeedServer, item, rss

from tocsin.feeds.exchange import (
    Failed,
    FeedRequest,
    Fetched,
    Gone,
    Limits,
    Moved,
    NotModified,
    Outcome,
    Throttled,
)
from tocsin.feeds.fetch import fetch
from tocsin.net.guard import LOOPBACK
from tocsin.net.session import Outbound

NOW = datetime(2020, 10, 28, 15, 0, tzinfo=UTC)
FEED = rss("War", item("g1", "Ten killed in Barda"))


@pytest.fixture
async def server() -> AsyncIterator[FeedServer]:
    """A fresh feed server."""
    async with FeedServer() as running:
        yield running


@pytest.fixture
async def outbound() -> AsyncIterator[Outbound]:
    """A fresh way out."""
    async with Outbound() as way:
        yield way


def ask(url: str, **kwargs: object) -> FeedRequest:
    """A request that may go to loopback."""
    return FeedRequest(url, allow=LOOPBACK, **kwargs)  # type: ignore[arg-type]


def failed(outcome: Outcome, reason: str) -> None:
    """Hold that an outcome is a failure of one name."""
    assert isinstance(outcome, Failed), outcome
    assert outcome.reason == reason, outcome


async def test_validators_go_back_byte_for_byte(server: FeedServer, outbound: Outbound) -> None:
    """F1, F5: quotes, `W/` and odd dates are returned as they came; nothing is invented."""
    url = server.url("/feed")
    odd = ('W/"a b\'c"', "Wed, 28 Oct 2020 14:05:00 +0000")
    for etag, date in ((odd[0], odd[1]), (odd[0], None), (None, odd[1])):
        server.on("/feed").serve(FEED, etag=etag, last_modified=date)
        first = await fetch(ask(url), outbound, NOW)
        assert isinstance(first, Fetched)
        assert (first.body, first.etag, first.last_modified) == (FEED, etag, date)
        second = await fetch(ask(url, etag=etag, last_modified=date), outbound, NOW)
        assert second == NotModified(url, etag, date, None)
        sent = server.seen[-1].headers
        assert sent.get("If-None-Match") == etag
        assert sent.get("If-Modified-Since") == date


async def test_304_may_bring_new_validators_and_freshness(
    server: FeedServer, outbound: Outbound
) -> None:
    """F4: what a 304 says replaces what is stored; what it is silent on stays."""
    server.on("/feed").not_modified({"Last-Modified": "new date", "Cache-Control": "max-age=900"})
    outcome = await fetch(ask(server.url("/feed"), etag='"e"', last_modified="old"), outbound, NOW)
    assert outcome == NotModified(server.url("/feed"), '"e"', "new date", 900.0)


async def test_200_without_validators_clears_them(server: FeedServer, outbound: Outbound) -> None:
    """F6: the answer has none, so none are kept; the digest of the body tells a repeat."""
    server.on("/feed").serve(FEED)
    one = await fetch(ask(server.url("/feed"), etag='"old"'), outbound, NOW)
    two = await fetch(ask(server.url("/feed")), outbound, NOW)
    assert isinstance(one, Fetched)
    assert isinstance(two, Fetched)
    assert (one.etag, one.last_modified) == (None, None)
    assert one.digest == two.digest


async def test_a_304_that_nobody_asked_for_is_a_fault(
    server: FeedServer, outbound: Outbound
) -> None:
    """F6: without validators of ours a 304 carries nothing and is no success."""
    server.on("/feed").not_modified()
    failed(await fetch(ask(server.url("/feed")), outbound, NOW), "http_304")


async def test_what_we_say_of_ourselves(server: FeedServer, outbound: Outbound) -> None:
    """F30, F31, F32, F33: agent, Accept and encodings are ours; no cookie, referrer or A-IM."""
    page = server.on("/feed").serve(FEED, headers={"Set-Cookie": "id=1"})
    await fetch(ask(server.url("/feed?a=b%2Fc")), outbound, NOW)
    await fetch(ask(server.url("/feed")), outbound, NOW)
    assert page.hits == 2
    assert server.seen[0].path == "/feed?a=b%2Fc"
    for seen in server.seen:
        assert seen.headers["User-Agent"].startswith("Tocsin/")
        assert seen.headers["Accept-Encoding"] == "gzip, br"
        assert "application/rss+xml" in seen.headers["Accept"]
        assert not {"Cookie", "Referer", "A-IM"} & set(seen.headers)


@pytest.mark.parametrize("encoding", ["gzip", "br"])
async def test_packed_bodies_are_unpacked(
    encoding: str, server: FeedServer, outbound: Outbound
) -> None:
    """F32: both encodings we ask for are understood, at any chunking."""
    body = rss("War", *(item(f"g{n}", "Ten killed") for n in range(3000)))
    server.on("/feed").serve(body, encoding=encoding)
    outcome = await fetch(ask(server.url("/feed")), outbound, NOW)
    assert isinstance(outcome, Fetched)
    assert outcome.body == body


async def test_bad_encodings_are_named(server: FeedServer, outbound: Outbound) -> None:
    """F28: double, unknown, wrong and truncated encodings fail by name; nothing is half read."""
    page, url = server.on("/feed"), ask(server.url("/feed"))
    for encoding in ("gzip, gzip", "zstd", "compress"):
        page.serve(FEED, encoding=encoding)
        failed(await fetch(url, outbound, NOW), "encoding")
    page.serve(FEED, headers={"Content-Encoding": "gzip"})
    failed(await fetch(url, outbound, NOW), "encoding")
    for encoding, packed in (("gzip", gzip.compress(FEED)), ("br", brotli.compress(FEED))):
        page.serve(packed[:-9], headers={"Content-Encoding": encoding})
        failed(await fetch(url, outbound, NOW), "truncated")


def _forget_peak() -> None:
    """Let the kernel's record of this process's peak memory start again from here."""
    clear = Path("/proc/self/clear_refs")
    if clear.exists():
        clear.write_text("5")


def _peak_kb() -> int:
    status = Path("/proc/self/status").read_text()
    return int(status.partition("VmHWM:")[2].split()[0])


@pytest.mark.parametrize("encoding", ["gzip", "br"])
async def test_a_bomb_is_stopped_at_the_cap(
    encoding: str, server: FeedServer, outbound: Outbound
) -> None:
    """F25: 1 MB that unpacks to 1 GiB stops at the cap, with memory up by less than 20 MB."""
    server.on("/bomb").bomb(encoding)
    server.on("/feed").serve(FEED)
    await fetch(ask(server.url("/feed")), outbound, NOW)
    _forget_peak()
    before = _peak_kb()
    bomb = asyncio.create_task(fetch(ask(server.url("/bomb")), outbound, NOW))
    other = await fetch(ask(server.url("/feed")), outbound, NOW)
    assert isinstance(other, Fetched)
    failed(await bomb, "too_large")
    assert _peak_kb() - before < 20 * 1024


async def test_lengths_that_lie(server: FeedServer, outbound: Outbound) -> None:
    """F26: 10 GB announced is refused unread; an endless body and a short one end by name."""
    page, url = server.on("/feed"), ask(server.url("/feed"))
    page.promise(10_000 * MIB, b"<rss>")
    failed(await fetch(url, outbound, NOW), "too_large")
    page.stream(b"x" * 65536)
    failed(await fetch(url, outbound, NOW, Limits(whole=MIB)), "too_large")
    page.promise(5000, b"<rss>")
    failed(await fetch(url, outbound, NOW), "truncated")


async def test_drips_and_silence_meet_the_deadline(server: FeedServer, outbound: Outbound) -> None:
    """F27: the deadline is for the whole answer, however often a byte arrives."""
    limits = Limits(seconds=0.4)
    server.on("/drip").drip()
    server.on("/hang").hang()
    started = time.monotonic()
    for path in ("/drip", "/hang"):
        failed(await fetch(ask(server.url(path)), outbound, NOW, limits), "timeout")
    assert time.monotonic() - started < 3
    server.on("/feed").serve(FEED)
    assert isinstance(await fetch(ask(server.url("/feed")), outbound, NOW), Fetched)


async def test_redirects_are_followed_by_hand(server: FeedServer, outbound: Outbound) -> None:
    """F20, F22: permanent hops are told as Moved; one temporary hop ends what is permanent."""
    server.on("/new").serve(FEED, etag='"1"')
    server.on("/old").redirect("/new", 301)
    server.on("/older").redirect("/old", 308)
    outcome = await fetch(ask(server.url("/older")), outbound, NOW)
    assert isinstance(outcome, Moved)
    assert outcome.to == server.url("/new")
    assert isinstance(outcome.then, Fetched)
    assert isinstance(await fetch(ask(server.url("/old"), etag='"1"'), outbound, NOW), Moved)
    server.on("/mixed").redirect("/temp", 301)
    server.on("/temp").redirect("/new", 302)
    outcome = await fetch(ask(server.url("/mixed")), outbound, NOW)
    assert isinstance(outcome, Moved)
    assert outcome.to == server.url("/temp")
    for status in (302, 303, 307):
        server.on("/old").redirect("/new", status)
        assert isinstance(await fetch(ask(server.url("/old")), outbound, NOW), Fetched)


async def test_a_redirect_to_a_login_page_moves_nothing(
    server: FeedServer, outbound: Outbound
) -> None:
    """F21, H5: 301 to an HTML page is a failure, not a move."""
    server.on("/login").serve("<!DOCTYPE html><html>sign in</html>", content_type="text/html")
    server.on("/feed").redirect("/login", 301)
    failed(await fetch(ask(server.url("/feed")), outbound, NOW), "html")


async def test_loops_and_long_ways_end(server: FeedServer, outbound: Outbound) -> None:
    """F23: a circle is seen at once; more than five hops are too many."""
    server.on("/a").redirect("/b")
    server.on("/b").redirect("/a")
    failed(await fetch(ask(server.url("/a")), outbound, NOW), "loop")
    assert len(server.seen) == 2
    for hop in range(9):
        server.on(f"/hop{hop}").redirect(f"/hop{hop + 1}")
    failed(await fetch(ask(server.url("/hop0")), outbound, NOW), "too_many_redirects")
    assert len(server.seen) == 2 + 6


async def test_an_address_that_is_none_fails_by_name(outbound: Outbound) -> None:
    """D16, D17: a refused URL is a failure like any other, and raises nothing."""
    for url in ("http://a\\@b/", "http://[::1", "ftp://a.example/", "", "http://2130706433/"):
        failed(await fetch(ask(url), outbound, NOW), "refused")


async def test_redirects_meet_the_guard(server: FeedServer, outbound: Outbound) -> None:
    """D14, D16, D17: a redirect to a forbidden address or scheme ends there."""
    for target in (
        "http://169.254.169.254/latest",
        "http://10.0.0.1/",
        "http://[::ffff:127.0.0.1]/",
        "http://2130706433/",
        "file:///etc/passwd",
        "gopher://127.0.0.1/",
        "http://user@127.0.0.1/",
    ):
        server.on("/feed").redirect(target, 301)
        outcome = await fetch(ask(server.url("/feed")), outbound, NOW)
        assert isinstance(outcome, Failed), target
        assert outcome.reason in {"refused", "bad_redirect"}, target
    refused = await fetch(FeedRequest(server.url("/feed")), outbound, NOW)
    assert refused == Failed("refused", "loopback")


async def test_credentials_stay_with_their_host(server: FeedServer, outbound: Outbound) -> None:
    """F35: a feed's own headers go to its own origin, and not to where it redirects."""
    secret = (("Authorization", "Bearer s3cret"), ("X-Key", "k"))
    async with FeedServer() as elsewhere:
        elsewhere.on("/feed").serve(FEED)
        server.on("/here").redirect("/still-here")
        server.on("/still-here").redirect(elsewhere.url("/feed"))
        outcome = await fetch(ask(server.url("/here"), headers=secret), outbound, NOW)
        assert isinstance(outcome, Fetched)
        assert [seen.headers.get("X-Key") for seen in server.seen] == ["k", "k"]
        assert not {"Authorization", "X-Key"} & set(elsewhere.seen[0].headers)


async def test_patience_is_a_value(server: FeedServer, outbound: Outbound) -> None:
    """F12, F13, F14, F15: Retry-After in seconds and dates, by the server's own clock; garbage."""
    page, url = server.on("/feed"), ask(server.url("/feed"))
    date = {"Date": "Wed, 28 Oct 2020 16:00:00 GMT"}  # an hour ahead of us
    for status, headers, expected in (
        (429, {"Retry-After": "7200"}, 7200.0),
        (503, {"Retry-After": "7200"}, 7200.0),
        (429, {"Retry-After": "Wed, 28 Oct 2020 16:10:00 GMT", **date}, 600.0),
        (429, {"Retry-After": "-5"}, None),
        (429, {"Retry-After": "soon"}, None),
        (429, {}, None),
    ):
        page.status(status, headers)
        assert await fetch(url, outbound, NOW) == Throttled(expected, f"http_{status}")
    page.status(503, {"Retry-After": "garbage"})
    failed(await fetch(url, outbound, NOW), "http_503")


async def test_statuses_are_named(server: FeedServer, outbound: Outbound) -> None:
    """F24, F33: gone is gone, missing is a failure, a 226 is a delta."""
    page, url = server.on("/feed"), ask(server.url("/feed"))
    assert await fetch(url, outbound, NOW) == Failed("http_404", "Not Found")
    page.status(410)
    assert await fetch(url, outbound, NOW) == Gone(server.url("/feed"))
    page.serve(FEED, status=226)
    outcome = await fetch(url, outbound, NOW)
    assert isinstance(outcome, Fetched)
    assert outcome.delta


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        (b"", "empty"),
        (b" \n\t ", "empty"),
        (b"\xef\xbb\xbf<!DOCTYPE html><html></html>", "html"),
        (b"  <HTML><body>", "html"),
        (b"%PDF-1.7 ...", "pdf"),
        (b"\x89PNG\r\n\x1a\n", "image"),
        (b"PK\x03\x04", "binary"),
    ],
)
async def test_what_is_no_feed_is_named(
    body: bytes, reason: str, server: FeedServer, outbound: Outbound
) -> None:
    """H5: an answer that is plainly no feed is a failure, so that validators stay as they were."""
    server.on("/feed").serve(body, etag='"x"')
    failed(await fetch(ask(server.url("/feed")), outbound, NOW), reason)


async def test_nothing_is_injected_through_validators(
    server: FeedServer, outbound: Outbound
) -> None:
    """H11: a stored validator with a line break or NUL is never sent."""
    server.on("/feed").serve(FEED)
    for evil in ('"a"\r\nX-Evil: 1', '"a\x00"', "\udc80", "x" * 5000):
        outcome = await fetch(
            ask(server.url("/feed"), etag=evil, last_modified=evil), outbound, NOW
        )
        assert isinstance(outcome, Fetched)
        sent = server.seen[-1].headers
        assert not {"X-Evil", "If-None-Match", "If-Modified-Since"} & set(sent)


async def test_who_is_not_there_is_named(outbound: Outbound) -> None:
    """C25: a refused connection and an unknown name are failures by name, without the URL."""
    async with FeedServer() as closed:
        url = closed.url("/secret-path")
    outcome = await fetch(ask(url), outbound, NOW)
    failed(outcome, "connect")
    assert isinstance(outcome, Failed)
    assert "secret" not in outcome.detail
    failed(await fetch(ask("http://no-such-host.invalid/"), outbound, NOW), "dns")


async def test_a_certificate_that_does_not_hold_is_a_failure(
    tmp_path: Path, outbound: Outbound
) -> None:
    """F34: an untrusted certificate fails by name; only the feed's own opt-out accepts it."""
    key, certificate = tmp_path / "key.pem", tmp_path / "cert.pem"
    command = f"openssl req -x509 -newkey rsa:2048 -nodes -keyout {key} -out {certificate} -days 1"
    try:
        await asyncio.to_thread(
            subprocess.run,
            [*command.split(), "-subj", "/CN=elsewhere.example"],
            check=True,
            capture_output=True,
        )
    except FileNotFoundError:
        pytest.skip("needs the openssl program to make a certificate")
    context = SSLContext(PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)
    async with FeedServer(tls=context) as server:
        server.on("/feed").serve(FEED)
        failed(await fetch(ask(server.url("/feed")), outbound, NOW), "tls")
        assert server.seen == []
        outcome = await fetch(ask(server.url("/feed"), verify=False), outbound, NOW)
        assert isinstance(outcome, Fetched)
