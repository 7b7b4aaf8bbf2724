"""A scriptable feed server on loopback: real HTTP, any misbehaviour, and a record of requests.

    async with FeedServer() as server:
        page = server.on("/war.xml")
        page.serve(rss("War news", item("g1", "Ten killed")), etag='"v1"')
        ...poll server.url("/war.xml")...
        page.redirect("/elsewhere.xml", status=301)
        assert server.seen[-1].headers["If-None-Match"] == '"v1"'

A page that was given validators answers 304 by itself when they come back.
"""

from __future__ import annotations

import asyncio
import gzip
import ssl
import zlib
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from typing import Self
from xml.sax.saxutils import escape

import brotli
from aiohttp import web
from multidict import CIMultiDictProxy

Answer = Callable[[web.Request], Awaitable[web.StreamResponse]]
MIB = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Seen:
    """One request as it arrived."""

    method: str
    path: str
    headers: CIMultiDictProxy[str]
    status: int


@dataclass(slots=True)
class Page:
    """What one path answers; each call replaces what was there. `hits` counts requests."""

    answer: Answer
    hits: int = 0
    waiting: asyncio.Event = field(default_factory=asyncio.Event)

    def serve(
        self,
        body: bytes | str,
        *,
        etag: str | None = None,
        last_modified: str | None = None,
        content_type: str = "application/xml",
        headers: Mapping[str, str] | None = None,
        encoding: str | None = None,
        status: int = 200,
    ) -> Self:
        """A body; `encoding` packs it ("gzip", "br") or, for other names, only says so."""
        raw = body.encode() if isinstance(body, str) else body
        packed = {"gzip": gzip.compress, "br": brotli.compress}.get(encoding or "", bytes)(raw)

        async def answer(request: web.Request) -> web.StreamResponse:
            mine = {"Content-Type": content_type, **(headers or {})}
            if etag:
                mine["ETag"] = etag
            if last_modified:
                mine["Last-Modified"] = last_modified
            known = request.headers.get("If-None-Match") if etag else None
            since = request.headers.get("If-Modified-Since") if last_modified else None
            if (etag and known == etag) or (known is None and since and since == last_modified):
                return web.Response(status=304, headers=mine)
            if encoding:
                mine["Content-Encoding"] = encoding
            return web.Response(status=status, body=packed, headers=mine)

        self.answer = answer
        return self

    def status(self, status: int, headers: Mapping[str, str] | None = None) -> Self:
        """A bare status."""

        async def answer(_: web.Request) -> web.StreamResponse:
            return web.Response(status=status, headers=headers)

        self.answer = answer
        return self

    def not_modified(self, headers: Mapping[str, str] | None = None) -> Self:
        """304, whatever is asked."""
        return self.status(304, headers)

    def redirect(self, to: str, status: int = 302) -> Self:
        """A redirect to a path or URL."""
        return self.status(status, {"Location": to})

    def hang(self) -> Self:
        """No answer at all until the client goes away; `waiting` is set when it has arrived."""

        async def answer(_: web.Request) -> web.StreamResponse:
            self.waiting.set()
            await asyncio.Event().wait()
            raise AssertionError

        self.answer = answer
        return self

    def stream(
        self,
        chunk: bytes,
        *,
        times: int | None = None,
        every: float = 0.0,
        headers: Mapping[str, str] | None = None,
    ) -> Self:
        """A chunk over and over, for ever if `times` is None, `every` so many seconds."""

        async def answer(request: web.Request) -> web.StreamResponse:
            response = web.StreamResponse(headers={"Content-Type": "text/xml", **(headers or {})})
            await response.prepare(request)
            sent = 0
            while times is None or sent < times:
                await response.write(chunk)
                sent += 1
                await asyncio.sleep(every)
            await response.write_eof()
            return response

        self.answer = answer
        return self

    def drip(self, every: float = 0.05) -> Self:
        """One byte at a time, for ever."""
        return self.stream(b" ", every=every)

    def bomb(self, encoding: str = "gzip", unpacked: int = 1024 * MIB) -> Self:
        """A small body that unpacks to a huge one: about a thousandth of it is sent."""
        if encoding == "br":
            return self.stream(
                brotli.compress(b" " * (64 * MIB), quality=5), times=1, headers=_coded("br")
            )
        packer = zlib.compressobj(9, zlib.DEFLATED, 31)
        head = packer.compress(b"<rss>") + packer.flush(zlib.Z_FULL_FLUSH)
        block = packer.compress(b" " * MIB) + packer.flush(zlib.Z_FULL_FLUSH)
        body = head + block * (unpacked // MIB)
        return self.stream(body, times=1, headers=_coded("gzip"))

    def promise(self, length: int, body: bytes) -> Self:
        """A Content-Length that the body does not keep; then the connection closes."""

        async def answer(request: web.Request) -> web.StreamResponse:
            response = web.StreamResponse(headers={"Content-Length": str(length)})
            await response.prepare(request)
            await response.write(body)
            assert request.transport is not None
            request.transport.close()
            return response

        self.answer = answer
        return self


def _coded(encoding: str) -> dict[str, str]:
    return {"Content-Encoding": encoding}


class FeedServer:
    """The server; `async with` it. Paths that were never scripted answer 404."""

    def __init__(self, tls: ssl.SSLContext | None = None, port: int = 0) -> None:
        self._tls = tls
        self._pages: dict[str, Page] = {}
        self._port = port
        self.seen: list[Seen] = []

    def on(self, path: str) -> Page:
        """The page at a path, to be scripted."""
        return self._pages.setdefault(path, Page(_missing))

    def url(self, path: str, host: str = "127.0.0.1") -> str:
        """The address of a path."""
        return f"{'https' if self._tls else 'http'}://{host}:{self._port}{path}"

    async def _handle(self, request: web.Request) -> web.StreamResponse:
        page = self.on(request.path)
        page.hits += 1
        index = len(self.seen)
        self.seen.append(Seen(request.method, request.path_qs, request.headers, 0))
        response = await page.answer(request)
        self.seen[index] = Seen(request.method, request.path_qs, request.headers, response.status)
        return response

    async def __aenter__(self) -> Self:
        app = web.Application()
        app.router.add_route("*", "/{path:.*}", self._handle)
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", self._port, ssl_context=self._tls)
        await site.start()
        self._port = self._runner.addresses[0][1]
        return self

    async def __aexit__(self, *_: object) -> None:
        await self._runner.cleanup()


async def _missing(_: web.Request) -> web.StreamResponse:
    return web.Response(status=404)


def item(
    guid: str,
    title: str,
    text: str = "",
    *,
    link: str | None = None,
    published: str = "Wed, 28 Oct 2020 14:05:00 GMT",
    extra: str = "",
) -> str:
    """One RSS item; `text` is HTML and goes into the description, `extra` is raw XML."""
    where = link if link is not None else f"https://news.example/{guid}"
    return (
        f'<item><title>{escape(title)}</title><guid isPermaLink="false">{escape(guid)}</guid>'
        f"<link>{escape(where)}</link><pubDate>{published}</pubDate>"
        f"<description>{escape(text)}</description>{extra}</item>"
    )


def rss(title: str, *items: str, channel: str = "") -> bytes:
    """An RSS 2.0 feed of items; `channel` is raw XML that goes before them."""
    return (
        '<?xml version="1.0" encoding="utf-8"?><rss version="2.0"'
        ' xmlns:content="http://purl.org/rss/1.0/modules/content/"'
        ' xmlns:dc="http://purl.org/dc/elements/1.1/"'
        ' xmlns:atom="http://www.w3.org/2005/Atom"><channel>'
        f"<title>{escape(title)}</title><link>https://news.example/</link>{channel}"
        f"{''.join(items)}</channel></rss>"
    ).encode()
