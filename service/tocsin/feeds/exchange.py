"""What one fetch of a feed asks, how much it may take, and every way it can end."""

from __future__ import annotations

from dataclasses import dataclass

from tocsin.net.guard import Network


@dataclass(frozen=True, slots=True)
class FeedRequest:
    """What to ask for. Validators are as the server sent them, `W/` and quotes included.

    `headers` are the feed's own (its credentials): they go to its host and to no other. `allow` are
    networks that the operator named for this feed. `verify=False` accepts any certificate. `page`
    asks for a page that a feed links to, where HTML is what is wanted.
    """

    url: str
    etag: str | None = None
    last_modified: str | None = None
    allow: tuple[Network, ...] = ()
    headers: tuple[tuple[str, str], ...] = ()
    verify: bool = True
    page: bool = False


@dataclass(frozen=True, slots=True)
class Limits:
    """How much one fetch may take: bytes as sent, bytes unpacked, hops, seconds in all."""

    wire: int = 10 * 1024 * 1024
    whole: int = 10 * 1024 * 1024
    hops: int = 5
    seconds: float = 30.0


@dataclass(frozen=True, slots=True)
class Fetched:
    """A body to parse. `digest` is its SHA-256: an equal one need not be parsed again.

    `url` is where it came from, `charset` what its Content-Type says; `fresh_for` is in seconds.
    Validators that the server did not send are None, and the old ones are to be forgotten. `delta`
    marks a 226 answer: what is absent from it was not deleted.
    """

    body: bytes
    digest: str
    url: str
    etag: str | None
    last_modified: str | None
    fresh_for: float | None
    charset: str | None = None
    delta: bool = False


@dataclass(frozen=True, slots=True)
class NotModified:
    """304: nothing new. Validators and freshness are to be stored anew (RFC 9111 §4.3.4)."""

    url: str
    etag: str | None
    last_modified: str | None
    fresh_for: float | None


@dataclass(frozen=True, slots=True)
class Throttled:
    """The server asks for patience; `after` is in seconds, None where it named no time."""

    after: float | None
    reason: str


@dataclass(frozen=True, slots=True)
class Moved:
    """The feed answered from `to`, reached by permanent redirects alone; `then` is its answer."""

    to: str
    then: Fetched | NotModified


@dataclass(frozen=True, slots=True)
class Gone:
    """410: it will not come back."""

    url: str


@dataclass(frozen=True, slots=True)
class Failed:
    """No feed this time: a named reason and a detail without secrets.

    Reasons: refused, tls, dns, connect, timeout, protocol, too_large, encoding, truncated, loop,
    too_many_redirects, bad_redirect, http_<status>, empty, html, pdf, image, binary.
    """

    reason: str
    detail: str = ""


Outcome = Fetched | NotModified | Throttled | Moved | Gone | Failed
