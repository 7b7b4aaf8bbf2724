"""One polite request for one feed: conditional, guarded, bounded in size, time and hops.

Every way it can end is a value; nothing is raised for what a server does. Validators go back byte
for byte, redirects are followed by hand so that credentials stay with their host, and bodies are
unpacked by pieces.
"""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from hashlib import sha256

import aiohttp
from yarl import URL

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
from tocsin.feeds.headers import fresh_for, retry_after, validator
from tocsin.feeds.sniff import not_a_feed
from tocsin.feeds.unpack import UnpackError, unpack
from tocsin.net.session import Outbound, UrlRefusedError, refusal

ACCEPT_PAGE = "text/html, application/xhtml+xml, */*;q=0.1"
ACCEPT = (
    "application/atom+xml, application/rss+xml, application/feed+json, application/rdf+xml,"
    " application/xml;q=0.9, text/xml;q=0.9, application/json;q=0.8, */*;q=0.1"
)
_REDIRECTS = {301, 302, 303, 307, 308}
_PERMANENT = {301, 308}


@dataclass(slots=True)
class _Journey:
    """Where the request stands on its way through redirects."""

    url: str
    headers: dict[str, str]
    visited: set[str] = field(default_factory=set)
    permanent: str | None = None  # how far permanent redirects alone have led
    only_permanent: bool = True


async def fetch(
    request: FeedRequest, outbound: Outbound, now: datetime, limits: Limits | None = None
) -> Outcome:
    """Ask for one feed. `now` (UTC) only stands in for a server's missing `Date`."""
    limits = limits or Limits()
    try:
        async with (
            outbound.lanes.enter(_host(request.url)),
            asyncio.timeout(limits.seconds),
        ):
            return await _travel(request, outbound, now, limits)
    except TimeoutError:
        return Failed("timeout", f"not answered whole within {limits.seconds:g} s")
    except UrlRefusedError as error:
        return Failed("refused", error.refused.reason)
    except UnpackError as error:
        return Failed(error.reason, error.detail)
    except aiohttp.ClientError as error:
        return _failure(error)


def _host(url: str) -> str:
    """Whose lane a request waits on; a URL that is none fails later, by name."""
    try:
        return URL(url).host or ""
    except ValueError:
        return ""


async def _travel(
    request: FeedRequest, outbound: Outbound, now: datetime, limits: Limits
) -> Outcome:
    journey = _Journey(request.url, _headers(request))
    for _ in range(limits.hops + 1):
        async with outbound.request(
            "GET",
            journey.url,
            allow=request.allow,
            headers=journey.headers,
            verify=request.verify,
            timeout=limits.seconds,
        ) as response:
            target = response.headers.get("Location")
            if response.status not in _REDIRECTS or target is None:
                answer = await _answer(response, request, now, limits)
                if journey.permanent and isinstance(answer, Fetched | NotModified):
                    return Moved(journey.permanent, answer)
                return answer
            if failed := _follow(journey, response, target, request):
                return failed
    return Failed("too_many_redirects", f"more than {limits.hops}")


def _headers(request: FeedRequest) -> dict[str, str]:
    accept = ACCEPT_PAGE if request.page else ACCEPT
    headers = {"Accept": accept, "Accept-Encoding": "gzip, br", **dict(request.headers)}
    if etag := validator(request.etag):
        headers["If-None-Match"] = etag
    if last_modified := validator(request.last_modified):
        headers["If-Modified-Since"] = last_modified
    return headers


def _follow(
    journey: _Journey, response: aiohttp.ClientResponse, target: str, request: FeedRequest
) -> Failed | None:
    """Turn the journey to a redirect's target; a fault if it leads nowhere or in a circle."""
    journey.visited.add(str(response.url))
    try:
        there = response.url.join(URL(target)).with_fragment(None)
    except ValueError:
        return Failed("bad_redirect", "a Location that is no URL")
    if str(there) in journey.visited:
        return Failed("loop", f"redirected in a circle after {len(journey.visited)} hops")
    if not _same_origin(there, response.url):
        for name, _ in request.headers:
            journey.headers.pop(name, None)
    journey.only_permanent = journey.only_permanent and response.status in _PERMANENT
    if journey.only_permanent:
        journey.permanent = str(there)
    journey.url = str(there)
    return None


def _same_origin(one: URL, other: URL) -> bool:
    """Scheme, host and port alike (RFC 6454): what credentials may be shown to."""
    return (one.scheme, one.host, one.port) == (other.scheme, other.host, other.port)


async def _answer(
    response: aiohttp.ClientResponse, request: FeedRequest, now: datetime, limits: Limits
) -> Outcome:
    headers: Mapping[str, str] = response.headers
    etag = validator(headers.get("ETag"))
    last_modified = validator(headers.get("Last-Modified"))
    fresh = fresh_for(headers, now)
    match response.status:
        case 200 | 226:
            return await _body(response, etag, last_modified, fresh, limits, page=request.page)
        case 304 if request.etag or request.last_modified:
            return NotModified(
                str(response.url),
                etag or request.etag,
                last_modified or request.last_modified,
                fresh,
            )
        case 410:
            return Gone(str(response.url))
        case 429:
            return Throttled(retry_after(headers, now), "http_429")
        case status:
            wait = retry_after(headers, now)
            if status >= 400 and wait is not None:
                return Throttled(wait, f"http_{status}")
            return Failed(f"http_{status}", (response.reason or "")[:80])


async def _body(
    response: aiohttp.ClientResponse,
    etag: str | None,
    last_modified: str | None,
    fresh: float | None,
    limits: Limits,
    *,
    page: bool,
) -> Fetched | Failed:
    if (response.content_length or 0) > limits.wire:
        return Failed("too_large", f"announces {response.content_length} bytes")
    body = await unpack(
        response.content.iter_any(),
        response.headers.get("Content-Encoding", ""),
        wire=limits.wire,
        whole=limits.whole,
    )
    fault = not_a_feed(body)
    if fault and not (page and fault == "html"):
        return Failed(fault, f"served as {response.content_type[:60]}")
    return Fetched(
        body,
        sha256(body).hexdigest(),
        str(response.url),
        etag,
        last_modified,
        fresh,
        response.charset,
        delta=response.status == 226,
    )


def _failure(error: aiohttp.ClientError) -> Failed:
    """The name of what went wrong; no URL in the detail, for it may carry a secret."""
    if reason := refusal(error):
        return Failed("refused", reason)
    match error:
        case aiohttp.ClientConnectorCertificateError():
            return Failed("tls", str(error.certificate_error)[:200])
        case aiohttp.ClientSSLError():
            return Failed("tls", str(error.os_error)[:200])
        case aiohttp.ClientConnectorDNSError():
            return Failed("dns", (error.os_error.strerror or "")[:200])
        case aiohttp.ClientConnectorError():
            return Failed("connect", (error.os_error.strerror or str(error.os_error))[:200])
        case aiohttp.ClientPayloadError():
            return Failed("truncated", "the body ends before it is complete")
        case _:
            return Failed("protocol", type(error).__name__)
