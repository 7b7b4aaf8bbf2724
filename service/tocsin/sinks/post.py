"""The one POST that every sink makes: no redirect followed, a total deadline, 20 kB read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

import aiohttp

from tocsin.net.guard import Network
from tocsin.net.session import Outbound, UrlRefusedError, refusal
from tocsin.sinks.terms import SinkTerms

TIMEOUT = 20.0  # seconds, from connect to the last byte read (Standard Webhooks: 15–30 s)
READ = 20_000  # bytes of an answer that are read at most (D20)
SHORTEST, LONGEST = timedelta(seconds=1), timedelta(hours=24)  # a Retry-After is kept within


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back: the status, the first 20 kB as text, and how long to wait, if it said so."""

    status: int
    body: str
    after: timedelta | None = None

    @property
    def throttles(self) -> bool:
        """Whether the other side asks for less."""
        return self.status in {429, 502, 503, 504}


@dataclass(frozen=True, slots=True)
class Unanswered:
    """Nothing came back. The reason names the kind of failure and quotes nothing of it."""

    reason: str


async def post(
    outbound: Outbound,
    url: str,
    body: bytes,
    headers: Mapping[str, str],
    *,
    allow: tuple[Network, ...] = (),
    within: float = TIMEOUT,
) -> Answer | Unanswered:
    """Send `body` once. An error's own words may hold the address, which may be a secret (D27)."""
    asked = {"Accept-Encoding": "identity", **headers}
    try:
        async with outbound.request(
            "POST", url, allow=allow, headers=asked, data=body, timeout=within
        ) as response:
            read = await _at_most(response, READ)
            return Answer(
                response.status, read.decode("utf-8", "replace"), retry_after(response.headers)
            )
    except UrlRefusedError as error:
        return Unanswered(f"address_refused_{error.refused.reason}")
    except (TimeoutError, aiohttp.ClientError, OSError) as error:
        guarded = refusal(error)
        return Unanswered(f"address_refused_{guarded}" if guarded else _kind(error))


async def post_json(outbound: Outbound, terms: SinkTerms, body: bytes) -> Answer | Unanswered:
    """Send a JSON body to an address that is itself the secret, read anew at every send."""
    try:
        url = terms.address.lines()[0]
    except ValueError:
        return Unanswered("secret_unreadable")
    headers = {"Content-Type": "application/json; charset=utf-8"}
    return await post(outbound, url, body, headers, allow=terms.networks)


async def _at_most(response: aiohttp.ClientResponse, limit: int) -> bytes:
    read = bytearray()
    while len(read) < limit:
        chunk = await response.content.read(limit - len(read))
        if not chunk:
            return bytes(read)
        read += chunk
    response.close()
    return bytes(read)


def _kind(error: BaseException) -> str:
    match error:
        case TimeoutError():
            return "timeout"
        case aiohttp.ClientConnectorCertificateError() | aiohttp.ClientSSLError():
            return "tls"
        case aiohttp.ClientConnectorDNSError():
            return "dns"
        case aiohttp.ClientConnectorError():
            return "connect"
        case _:
            return "broken_off"


def retry_after(headers: Mapping[str, str]) -> timedelta | None:
    """`Retry-After` in seconds or as a date, counted from the answer's own `Date` (RFC 9110).

    Kept between a second and a day; None for one that says nothing usable.
    """
    said = headers.get("Retry-After", "").strip()
    if said.isascii() and said.isdigit():
        seconds = min(int(said[:12]), int(LONGEST.total_seconds()))
        return max(timedelta(seconds=seconds), SHORTEST)
    try:
        until = _aware(parsedate_to_datetime(said))
        since = _aware(parsedate_to_datetime(headers["Date"]))
    except (KeyError, ValueError, TypeError):
        return None
    return min(max(until - since, SHORTEST), LONGEST)


def _aware(moment: datetime) -> datetime:
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
