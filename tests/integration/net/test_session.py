"""The session on real sockets: no connection leaves for an address that the guard refuses."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any

import aiohttp
import pytest
from aiohttp import web
from tests.resolving import Answers

from tocsin.net.guard import LOOPBACK
from tocsin.net.session import Outbound, UrlRefusedError, guarded_session, refusal


@pytest.fixture
async def server() -> AsyncIterator[tuple[int, list[web.Request]]]:
    """A loopback server that records its requests, answers 200, and redirects from /away."""
    seen: list[web.Request] = []

    async def answer(request: web.Request) -> web.Response:
        seen.append(request)
        if request.path == "/away":
            return web.Response(status=301, headers={"Location": "http://127.0.0.1:1/"})
        return web.Response(text="ok", headers={"Set-Cookie": "a=b"})

    app = web.Application()
    app.router.add_route("*", "/{path:.*}", answer)
    runner = web.AppRunner(app)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    yield runner.addresses[0][1], seen
    await runner.cleanup()


async def _failure(session: aiohttp.ClientSession, url: str) -> BaseException:
    with pytest.raises(aiohttp.ClientError) as caught:
        await session.get(url, allow_redirects=False)
    return caught.value


ADDRESSES = ["127.0.0.1", "10.0.0.1", "169.254.169.254", "::1", "::ffff:127.0.0.1", "fd00:ec2::254"]


@pytest.mark.parametrize("address", ADDRESSES)
async def test_literal_and_resolved_addresses_are_refused(
    address: str, connects: list[Any]
) -> None:
    """D14: zero connect() for a literal, for a name, and for two refused records of one name."""
    host = f"[{address}]" if ":" in address else address
    async with guarded_session() as session:
        assert refusal(await _failure(session, f"http://{host}:9/"))
    for answer in ([address], [address, "10.9.9.9"], ["192.168.3.4", address]):
        async with guarded_session(resolver=Answers(answer)) as session:
            assert refusal(await _failure(session, "http://feeds.example:9/"))
    assert connects == []


async def test_a_forbidden_second_record_is_not_connected_to(
    server: tuple[int, list[web.Request]], connects: list[Any]
) -> None:
    """D14: of two records only the allowed one is tried, whichever comes first."""
    port, seen = server
    for answer in (["127.0.0.1", "10.0.0.1"], ["10.0.0.1", "127.0.0.1"]):
        async with (
            guarded_session(allow=LOOPBACK, resolver=Answers(answer)) as session,
            session.get(f"http://feeds.example:{port}/") as response,
        ):
            assert response.status == 200
    assert {address[0] for address in connects} == {"127.0.0.1"}
    assert len(seen) == 2


async def test_a_name_that_changes_its_answer_is_judged_at_connect(connects: list[Any]) -> None:
    """D15: public when looked at, loopback when connected to: refused, for that is what counts."""
    resolver = Answers(["127.0.0.1"])
    async with Outbound(resolver=resolver) as outbound:
        with pytest.raises(aiohttp.ClientConnectorError) as caught:
            async with outbound.request("GET", "http://rebind.example:9/"):
                pass
    assert refusal(caught.value) == "loopback"
    assert connects == []


async def test_an_allowance_is_not_inherited_through_a_kept_connection(
    server: tuple[int, list[web.Request]],
) -> None:
    """D14: a connection opened for a feed with an allowance serves no request without it."""
    port, seen = server
    url = f"http://localhost:{port}/"
    async with Outbound() as outbound:
        async with outbound.request("GET", url, allow=LOOPBACK) as response:
            await response.read()
        with pytest.raises(aiohttp.ClientConnectorError) as caught:
            async with outbound.request("GET", url):
                pass
    assert refusal(caught.value) == "loopback"
    assert len(seen) == 1


async def test_outbound_judges_the_url_first() -> None:
    """D16, D17: a refused URL raises before anything is opened."""
    async with Outbound() as outbound:
        for url in ("http://2130706433/", "ftp://example.com/", "http://127.0.0.1/"):
            with pytest.raises(UrlRefusedError) as caught:
                outbound.request("GET", url)
            assert refusal(caught.value)


async def test_a_blocked_host_is_never_asked(server: tuple[int, list[web.Request]]) -> None:
    """F36: nor any below it; its neighbours by name are."""
    port, seen = server
    async with Outbound(blocked=["LocalHost", "tracker.example"]) as outbound:
        for url in (
            f"http://localhost:{port}/",
            "https://tracker.example/feed",
            "https://a.b.tracker.example./feed",
        ):
            with pytest.raises(UrlRefusedError) as caught:
                outbound.request("GET", url, allow=LOOPBACK)
            assert refusal(caught.value) == "blocked_host"
        async with outbound.request("GET", f"http://127.0.0.1:{port}/", allow=LOOPBACK) as answer:
            await answer.read()
    assert len(seen) == 1


async def test_no_redirect_no_cookie_no_proxy_and_a_named_agent(
    server: tuple[int, list[web.Request]], monkeypatch: pytest.MonkeyPatch
) -> None:
    """D4, D19, F30, F31: one request each; nothing stored comes back; the agent says who we are."""
    port, seen = server
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:1/")
    async with Outbound(contact="https://newsroom.example/bots") as outbound:
        for path in ("away", "again"):
            url = f"http://127.0.0.1:{port}/{path}"
            async with outbound.request("POST", url, allow=LOOPBACK, data=b"x") as response:
                assert response.status == (301 if path == "away" else 200)
    assert [request.path for request in seen] == ["/away", "/again"]
    for request in seen:
        assert "Cookie" not in request.headers
        assert "Referer" not in request.headers
        agent = request.headers["User-Agent"]
        assert agent.startswith("Tocsin/")
        assert agent.endswith("(+https://newsroom.example/bots)")
