"""The one way out: an HTTP client whose every connection is judged by the guard.

The guard sits in the socket factory, because that is the only place that sees every address: a
resolver is never asked for literal ones, and a check of the name before the connection can be
answered differently a moment later. No environment proxies, no cookies, no redirects followed.
"""

from __future__ import annotations

import errno
import socket
from collections.abc import Callable, Iterable, Mapping
from contextlib import AbstractAsyncContextManager
from importlib.metadata import version
from types import TracebackType
from typing import Any, Self

import aiohttp
from aiohttp.abc import AbstractResolver

from tocsin.net.guard import Network, Refused, judge_address, judge_url
from tocsin.net.lanes import Lanes

#: Seconds that an idle connection is kept: an idle TLS one holds 322 kB.
KEEP_ALIVE = 8.0
#: Where a publisher finds out who asks; an installation sets its own (`contact:`).
CONTACT = "https://tocsin.invalid/contact"

_REFUSED = "refused by the guard: "


class AddressRefusedError(OSError):
    """The guard refused the address about to be connected to."""

    def __init__(self, refused: Refused) -> None:
        super().__init__(errno.EACCES, f"{_REFUSED}{refused.reason}")
        self.refused = refused


class UrlRefusedError(ValueError):
    """The guard refused a URL before anything was asked."""

    def __init__(self, refused: Refused) -> None:
        super().__init__(f"{_REFUSED}{refused.reason}")
        self.refused = refused


def refusal(error: BaseException) -> str | None:
    """The guard's reason inside what the client raised, or None if it was another failure.

    Of a host with several addresses the client joins the messages; the first reason is given.
    """
    if isinstance(error, UrlRefusedError | AddressRefusedError):
        return error.refused.reason
    inner = error.os_error if isinstance(error, aiohttp.ClientConnectorError) else error
    if isinstance(inner, AddressRefusedError):
        return inner.refused.reason
    if isinstance(inner, OSError) and inner.errno == errno.EACCES and _REFUSED in str(inner):
        return str(inner).partition(_REFUSED)[2].partition(",")[0].strip()
    return None


def user_agent(contact: str = CONTACT) -> str:
    """Product, version and a contact URL (RFC 9110 §10.1.5)."""
    return f"Tocsin/{version('tocsin')} (+{contact})"


def guarded_session(
    *,
    allow: Iterable[Network] = (),
    contact: str = CONTACT,
    connections: int = 64,
    resolver: AbstractResolver | None = None,
) -> aiohttp.ClientSession:
    """A client session that can only connect where the guard agrees.

    `allow` holds for the session's whole life, because a kept connection is reused without a new
    look at its address. Bodies come as sent (`auto_decompress` is off): a 1 MB bomb must be
    unpacked by pieces. Callers pass `allow_redirects=False`; `Outbound` does so for them.
    """
    networks = tuple(allow)
    connector = aiohttp.TCPConnector(
        limit=connections,
        keepalive_timeout=KEEP_ALIVE,
        resolver=resolver,
        ttl_dns_cache=60,
        socket_factory=_judging_factory(networks),
    )
    return aiohttp.ClientSession(
        connector=connector,
        cookie_jar=aiohttp.DummyCookieJar(),
        trust_env=False,
        auto_decompress=False,
        headers={"User-Agent": user_agent(contact)},
        timeout=aiohttp.ClientTimeout(total=60, sock_connect=15),
    )


def _judging_factory(allow: tuple[Network, ...]) -> Callable[[Any], socket.socket]:
    """A socket factory that is asked before each connect(), and raises instead of opening one."""

    def open_socket(info: tuple[int, int, int, str, tuple[Any, ...]]) -> socket.socket:
        family, kind, protocol, _, address = info
        verdict = judge_address(str(address[0]), allow)
        if isinstance(verdict, Refused):
            raise AddressRefusedError(verdict)
        return socket.socket(family, kind, protocol)

    return open_socket


class Outbound:
    """Every request that leaves for an address named by a feed, a page, a redirect or a sink.

    One session serves all who name no networks; those who do get one for each set of networks, so
    that a connection opened under one allowance never serves a request without it. `lanes` are for
    those who ask a host often: a fetch waits for its turn there before its deadline begins.
    `blocked` are hosts that are never asked, nor any below them.
    """

    def __init__(
        self,
        *,
        contact: str = CONTACT,
        connections: int = 64,
        per_host: int = 2,
        blocked: Iterable[str] = (),
        resolver: AbstractResolver | None = None,
    ) -> None:
        self._blocked = frozenset(host.lower().rstrip(".") for host in blocked)
        self.lanes = Lanes(per_host)
        self._contact, self._connections, self._resolver = contact, connections, resolver
        self._sessions: dict[frozenset[Network], aiohttp.ClientSession] = {}

    def session(self, allow: Iterable[Network] = ()) -> aiohttp.ClientSession:
        """The session for one set of allowed networks; opened when first asked for."""
        networks = frozenset(allow)
        found = self._sessions.get(networks)
        if found is None or found.closed:
            found = guarded_session(
                allow=networks,
                contact=self._contact,
                connections=self._connections,
                resolver=self._resolver,
            )
            self._sessions[networks] = found
        return found

    def request(
        self,
        method: str,
        url: str,
        *,
        allow: Iterable[Network] = (),
        headers: Mapping[str, str] | None = None,
        data: bytes | None = None,
        verify: bool = True,
        timeout: float = 30.0,
    ) -> AbstractAsyncContextManager[aiohttp.ClientResponse]:
        """One request, no redirect followed; `async with` it. `timeout` is in seconds, for all.

        Raises `UrlRefusedError` at once; a refused address comes out of entering it, inside
        aiohttp's ClientConnectorError (see `refusal`).
        """
        networks = tuple(allow)
        judged = judge_url(url, networks)
        if isinstance(judged, Refused):
            raise UrlRefusedError(judged)
        if self._blocks(judged.url.raw_host or ""):
            raise UrlRefusedError(Refused("blocked_host", judged.url.raw_host or ""))
        return self.session(networks).request(
            method,
            judged.url,
            headers=headers,
            data=data,
            allow_redirects=False,
            ssl=verify,
            timeout=aiohttp.ClientTimeout(total=timeout, sock_connect=min(timeout, 15.0)),
        )

    def _blocks(self, host: str) -> bool:
        """Whether a host, or one that it is below, is on the operator's block-list."""
        labels = host.rstrip(".").lower().split(".")
        return any(".".join(labels[start:]) in self._blocked for start in range(len(labels)))

    async def close(self) -> None:
        """Close all connections."""
        for session in self._sessions.values():
            await session.close()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        await self.close()
