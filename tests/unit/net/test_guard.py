"""The guard's decisions: every address that must never be connected to, every URL that lies."""

from __future__ import annotations

from ipaddress import IPv4Address, IPv6Address, ip_network

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tocsin.net.guard import LOOPBACK, Allowed, Judged, Refused, judge_address, judge_url

FORBIDDEN = {
    "127.0.0.1": "loopback",
    "127.255.255.254": "loopback",
    "0.0.0.0": "unspecified",  # noqa: S104 — an address to refuse, not to bind
    "0.1.2.3": "unspecified",
    "10.0.0.1": "private",
    "10.255.255.255": "private",
    "172.16.0.1": "private",
    "172.31.255.255": "private",
    "192.168.1.1": "private",
    "169.254.169.254": "metadata",
    "169.254.170.2": "metadata",
    "168.63.129.16": "metadata",
    "100.100.100.200": "metadata",
    "192.0.0.192": "metadata",
    "169.254.0.1": "link_local",
    "100.64.0.1": "shared",
    "100.127.255.255": "shared",
    "192.0.0.1": "reserved",
    "192.0.2.1": "documentation",
    "198.51.100.7": "documentation",
    "203.0.113.9": "documentation",
    "192.88.99.1": "six_to_four",
    "198.18.0.1": "benchmark",
    "224.0.0.1": "multicast",
    "239.255.255.250": "multicast",
    "240.0.0.1": "reserved",
    "255.255.255.255": "broadcast",
    "::": "unspecified",
    "::1": "loopback",
    "::ffff:127.0.0.1": "mapped",
    "::ffff:8.8.8.8": "mapped",
    "::ffff:0:127.0.0.1": "mapped",
    "::127.0.0.1": "compatible",
    "64:ff9b::a9fe:a9fe": "nat64",
    "64:ff9b:1::1": "nat64",
    "2002:7f00:1::1": "six_to_four",
    "2001:0:53aa:64c::1": "teredo",
    "2001:db8::1": "documentation",
    "3fff::1": "documentation",
    "2001:2::1": "benchmark",
    "2001:20::1": "reserved",
    "fd00:ec2::254": "metadata",
    "fd12:3456::1": "unique_local",
    "fe80::1": "link_local",
    "fec0::1": "site_local",
    "ff02::1": "multicast",
    "100::1": "reserved",
    "5f00::1": "reserved",
    "4000::1": "reserved",
}


@pytest.mark.parametrize(("address", "reason"), FORBIDDEN.items())
def test_forbidden_addresses_are_refused_by_name(address: str, reason: str) -> None:
    """D14: each forbidden address is refused, with the reason that names its kind."""
    assert judge_address(address) == Refused(reason, address)


@pytest.mark.parametrize("address", ["8.8.8.8", "1.1.1.1", "172.32.0.1", "100.128.0.1", "2a00::1"])
def test_public_addresses_are_allowed(address: str) -> None:
    """The public internet is open."""
    assert judge_address(address) == Allowed(address)


def test_an_allowance_opens_its_network_and_no_other_spelling() -> None:
    """D14: a named network is open as written; the mapped form of the same address is not."""
    allow = (ip_network("10.0.0.0/8"),)
    assert judge_address("10.1.2.3", allow) == Allowed("10.1.2.3")
    assert judge_address("192.168.1.1", allow) == Refused("private", "192.168.1.1")
    assert judge_address("::ffff:10.1.2.3", allow) == Refused("mapped", "::ffff:10.1.2.3")


@pytest.mark.parametrize("text", ["2130706433", "0x7f.1", "127.1", "0177.0.0.1", "", "fe80::1%lo"])
def test_strange_spellings_are_no_addresses(text: str) -> None:
    """D16: what only libc takes for an address is refused."""
    assert isinstance(judge_address(text), Refused)


LYING = {
    "http://2130706433/": "strange_host",
    "http://0x7f.1/": "strange_host",
    "http://0x7f000001/": "strange_host",
    "http://0177.0.0.1/": "strange_host",
    "http://127.1/": "strange_host",
    "http://127。0。0。1/": "strange_host",
    "http://１２７.0.0.1/": "strange_host",
    "http://①②⑦.0.0.1/": "strange_host",
    "http://ｌｏｃａｌｈｏｓｔ/": "strange_host",
    "http://exa%6dple.com/": "strange_host",
    "http://a\\@b/": "strange_character",
    "http://a\\.example.com/": "strange_character",
    "http://exam ple.com/": "strange_character",
    "http://example.com/\r\nX-Evil: 1": "strange_character",
    "http://example.com/\x00": "strange_character",
    "http://user:pass@example.com/": "userinfo",
    "http://example.com@127.0.0.1/": "userinfo",
    "http://[fe80::1%25eth0]/": "zone",
    "http://[::ffff:127.0.0.1]/": "mapped",
    "http://[::1]/": "loopback",
    "http://127.0.0.1/": "loopback",
    "http://169.254.169.254/latest": "metadata",
    "http://example.com:0/": "no_host",
    "http://example.com:99999/": "malformed",
    "http:///feed": "no_host",
    "//example.com/feed": "no_host",
    "feed.xml": "no_host",
    "": "no_host",
    "gopher://example.com/": "scheme",
    "ftp://example.com/": "scheme",
    "file:///etc/passwd": "scheme",
    "unix:///run/redis.sock": "scheme",
    "data:text/xml,<rss/>": "no_host",
    "javascript:alert(1)": "no_host",
    "http://example.com/" + "a" * 5000: "too_long",
}


@pytest.mark.parametrize(("url", "reason"), LYING.items(), ids=range(len(LYING)))
def test_lying_urls_are_refused_by_name(url: str, reason: str) -> None:
    """D16, D17, H11: strange spellings, user names, zones, other schemes, injected lines."""
    verdict = judge_url(url)
    assert isinstance(verdict, Refused)
    assert verdict.reason == reason


@pytest.mark.parametrize(
    "url",
    [
        "https://example.com/feed.xml?tag=war&x=%2B",
        "http://example.com:8080/",
        "https://example.com./feed",
        "https://новости.рф/rss",
        "https://münchen.de/",
        "http://8.8.8.8/feed",
        "http://[2a00:1450::1]:8080/feed",
        "http://localhost/feed",  # judged by its address when it is connected to
        "HTTPS://EXAMPLE.COM/",
    ],
)
def test_honest_urls_pass(url: str) -> None:
    """Ordinary feeds, other scripts and public literals may be asked for."""
    assert isinstance(judge_url(url), Judged)


def test_loopback_can_be_allowed() -> None:
    """A feed given on the command line may live on loopback."""
    assert isinstance(judge_url("http://127.0.0.1:8080/feed", LOOPBACK), Judged)
    assert isinstance(judge_url("http://[::1]:8080/feed", LOOPBACK), Judged)
    assert isinstance(judge_url("http://2130706433/", LOOPBACK), Refused)


@given(st.one_of(st.ip_addresses(v=4), st.ip_addresses(v=6)))
def test_whatever_is_allowed_is_global_and_carries_no_other_address(
    ip: IPv4Address | IPv6Address,
) -> None:
    """D14: nothing that the standard library calls special is ever allowed."""
    if isinstance(judge_address(str(ip)), Allowed):
        assert ip.is_global
        assert not ip.is_multicast
        assert not ip.is_reserved
        if isinstance(ip, IPv6Address):
            assert ip.ipv4_mapped is None
            assert ip.sixtofour is None
            assert ip.teredo is None


@given(st.text(max_size=80))
def test_any_text_gets_a_verdict(text: str) -> None:
    """D16: no text at all makes the guard raise."""
    for url in (text, f"http://{text}", f"http://{text}/x", f"https://a.example/{text}"):
        assert isinstance(judge_url(url), Judged | Refused)
    assert isinstance(judge_address(text), Allowed | Refused)
