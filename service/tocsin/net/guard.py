"""Which addresses and URLs Tocsin may speak to: decisions only, no socket.

`judge_address` is asked for every address actually connected to (`session.py`), `judge_url` for
every URL before it is used. The standard library's `is_global` is no help: it is true for
`64:ff9b::a9fe:a9fe`, `2002:7f00:1::1`, `::127.0.0.1`, multicast and one cloud's metadata address.
The tables below follow IANA's special-purpose registries for IPv4 and IPv6; of IPv6, only global
unicast (2000::/3) less its special parts is open.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from ipaddress import IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network

from yarl import URL

Network = IPv4Network | IPv6Network

#: Where a feed given on the command line may live beside the public internet.
LOOPBACK: tuple[Network, ...] = (ip_network("127.0.0.0/8"), ip_network("::1/128"))


@dataclass(frozen=True, slots=True)
class Allowed:
    """An address that may be connected to."""

    address: str


@dataclass(frozen=True, slots=True)
class Refused:
    """An address or URL that may not be used: a named reason, and what it was said of."""

    reason: str
    what: str


@dataclass(frozen=True, slots=True)
class Judged:
    """A URL that may be asked for; its host is still judged by address when it is connected to.

    Path and query stay as they were written: a signed query is not to be spelled anew.
    """

    url: URL


def _table(rows: Iterable[tuple[str, str]]) -> tuple[tuple[Network, str], ...]:
    return tuple((ip_network(network), reason) for network, reason in rows)


# The first row that holds names the reason; so the narrower stand before the wider.
_V4 = _table(
    [
        ("169.254.169.254/32", "metadata"),
        ("169.254.170.2/32", "metadata"),  # container credentials
        ("168.63.129.16/32", "metadata"),  # a cloud's wire server on a public address
        ("100.100.100.200/32", "metadata"),
        ("192.0.0.192/32", "metadata"),
        ("0.0.0.0/8", "unspecified"),
        ("10.0.0.0/8", "private"),
        ("100.64.0.0/10", "shared"),
        ("127.0.0.0/8", "loopback"),
        ("169.254.0.0/16", "link_local"),
        ("172.16.0.0/12", "private"),
        ("192.0.0.0/24", "reserved"),
        ("192.0.2.0/24", "documentation"),
        ("192.88.99.0/24", "six_to_four"),
        ("192.168.0.0/16", "private"),
        ("198.18.0.0/15", "benchmark"),
        ("198.51.100.0/24", "documentation"),
        ("203.0.113.0/24", "documentation"),
        ("224.0.0.0/4", "multicast"),
        ("255.255.255.255/32", "broadcast"),
        ("240.0.0.0/4", "reserved"),
    ]
)
_V6 = _table(
    [
        ("::/128", "unspecified"),
        ("::1/128", "loopback"),
        ("::ffff:0:0/96", "mapped"),
        ("::ffff:0:0:0/96", "mapped"),
        ("::/96", "compatible"),
        ("64:ff9b::/96", "nat64"),
        ("64:ff9b:1::/48", "nat64"),
        ("100::/64", "reserved"),
        ("2001::/32", "teredo"),
        ("2001:2::/48", "benchmark"),
        ("2001:db8::/32", "documentation"),
        ("2001::/23", "reserved"),
        ("2002::/16", "six_to_four"),
        ("3fff::/20", "documentation"),
        ("fd00:ec2::254/128", "metadata"),
        ("fd20:ce::254/128", "metadata"),
        ("fc00::/7", "unique_local"),
        ("fe80::/10", "link_local"),
        ("fec0::/10", "site_local"),
        ("ff00::/8", "multicast"),
    ]
)
_GLOBAL_UNICAST = IPv6Network("2000::/3")


def judge_address(address: str, allow: Iterable[Network] = ()) -> Allowed | Refused:
    """Whether an address may be connected to. `allow` are networks that an operator named.

    `address` is the literal that goes into connect(): anything but a canonical one is refused.
    An allowance holds only for the address as written: 10.0.0.0/8 does not open ::ffff:10.0.0.1.
    """
    if "%" in address:
        return Refused("zone", address)
    try:
        ip = ip_address(address)
    except ValueError:
        return Refused("not_an_address", address)
    if any(ip in network for network in allow if network.version == ip.version):
        return Allowed(address)
    for network, reason in _V4 if ip.version == 4 else _V6:
        if ip in network:
            return Refused(reason, address)
    if isinstance(ip, IPv6Address) and ip not in _GLOBAL_UNICAST:
        return Refused("reserved", address)
    return Allowed(address)


_AUTHORITY = re.compile(r"[a-z][a-z0-9+.-]*://([^/?#]*)", re.IGNORECASE)
_CONTROL = re.compile(r"[\x00-\x20\x7f-\xa0\u2028\u2029]")
_LABEL = re.compile(r"[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?", re.IGNORECASE)
_NUMBER = re.compile(r"\d+|0[xX][0-9a-fA-F]*")
_QUAD = re.compile(r"(?:0|[1-9]\d{0,2})(?:\.(?:0|[1-9]\d{0,2})){3}")
_LONGEST_URL = 4_096


def judge_url(url: str, allow: Iterable[Network] = ()) -> Judged | Refused:
    """Whether a URL may be asked for: http(s), an honest host, nothing that two parsers read apart.

    Refused are other schemes, user names, zone ids, backslashes, spaces and controls, hosts spelled
    so that a resolver would take them for an address (`2130706433`, `0x7f.1`, full-width digits;
    the "ends in a number" test of the WHATWG URL standard), and literal addresses that
    `judge_address` refuses.
    """
    shown = url[:200]
    if len(url) > _LONGEST_URL:
        return Refused("too_long", shown)
    if "\\" in url or _CONTROL.search(url):
        return Refused("strange_character", shown)
    match = _AUTHORITY.match(url)
    if match is None:
        return Refused("no_host", shown)
    if "@" in match[1]:
        return Refused("userinfo", shown)
    try:
        parsed = URL(url)
        host, port = parsed.host, parsed.explicit_port
    except ValueError:
        return Refused("malformed", shown)
    if parsed.scheme not in {"http", "https"}:
        return Refused("scheme", shown)
    if not host or port == 0:
        return Refused("no_host", shown)
    rest = url[match.end() :]
    origin = f"{parsed.scheme}://{parsed.raw_authority}"
    judged = Judged(URL(origin + rest, encoded=True) if rest.isascii() else parsed)
    written = match[1].lower()
    if not written.isascii() and not _honest(written):
        return Refused("strange_host", shown)
    if written.startswith("["):
        verdict = judge_address(host, allow)
        return verdict if isinstance(verdict, Refused) else judged
    name = (parsed.raw_host or "").removesuffix(".")
    labels = name.split(".")
    if _QUAD.fullmatch(name) and _QUAD.match(written):
        verdict = judge_address(name, allow)
        return verdict if isinstance(verdict, Refused) else judged
    if _NUMBER.fullmatch(labels[-1]) or not all(_LABEL.fullmatch(label) for label in labels):
        return Refused("strange_host", shown)
    return judged


def _honest(host: str) -> bool:
    """Whether a non-ASCII host is letters as they are: nothing that folds into other characters."""
    return unicodedata.normalize("NFKC", host) == host and all(
        character.isascii() or unicodedata.category(character)[0] in "LM" for character in host
    )
