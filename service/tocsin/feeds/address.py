"""A feed that is polled: its address, and what is particular to it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from hashlib import blake2b
from ipaddress import ip_address

from yarl import URL

from tocsin.net.guard import Network


def feed_id(url: str) -> str:
    """The id of a feed: a hash of its address, so that nothing foreign stands in a key (H13)."""
    return blake2b(url.strip().encode("utf-8", "surrogatepass"), digest_size=8).hexdigest()


@dataclass(frozen=True, slots=True)
class FeedAddress:
    """A feed to poll. `headers` are its credentials and stay with its host; `allow` are networks.

    `publisher` is the publisher's id or name; `every` the operator's own wish for its interval;
    `full_text` completes its reports from their pages.
    """

    id: str
    url: str
    name: str
    publisher: str | None = None
    every: timedelta | None = None
    allow: tuple[Network, ...] = ()
    headers: tuple[tuple[str, str], ...] = ()
    verify: bool = True
    full_text: bool = False

    @property
    def host(self) -> str:
        """The host that is asked, in lower case, with its port where one is named."""
        url = URL(self.url)
        return f"{url.host}:{url.port}" if url.explicit_port else str(url.host or "")

    @property
    def loopback(self) -> bool:
        """Whether it is served from this machine: the demo, and feeds under development."""
        host = URL(self.url).host or ""
        try:
            return ip_address(host).is_loopback
        except ValueError:
            return host == "localhost"
