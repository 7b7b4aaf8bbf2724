"""The starter feeds are sound OPML 2.0, and their outlets are known publishers."""

from __future__ import annotations

from urllib.parse import parse_qs, urlsplit
from xml.etree import ElementTree as ET

from tocsin.judging.rulebook import Rulebook
from tocsin.shelf.rules import load_rulebook
from tocsin.shelf.shipped import rules_home


def _feeds() -> list[ET.Element]:
    tree = ET.parse(rules_home() / "feeds.opml")  # noqa: S314 — our own file
    assert tree.getroot().get("version") == "2.0"
    return [outline for outline in tree.iter("outline") if outline.get("xmlUrl")]


def test_every_feed_has_a_name_an_address_and_a_type() -> None:
    """OPML 2.0 asks for text, and for a feed type="rss" and xmlUrl; no address stands twice."""
    feeds = _feeds()
    assert len(feeds) > 60
    for feed in feeds:
        assert feed.get("text")
        assert feed.get("type") == "rss"
        assert urlsplit(feed.get("xmlUrl") or "").scheme in {"http", "https"}
    addresses = [feed.get("xmlUrl") for feed in feeds]
    assert len(set(addresses)) == len(addresses)


def test_every_starter_outlet_is_a_known_publisher() -> None:
    """R14: origins are counted by publisher family, so each starter feed's host is filed."""
    book = load_rulebook()
    assert isinstance(book, Rulebook), book
    hosts = {host for publisher in book.publishers.values() for host in publisher.hosts}
    unknown = {
        host for feed in _feeds() if not _is_known(host := _outlet(feed.get("xmlUrl") or ""), hosts)
    }
    assert unknown == set()


def _outlet(address: str) -> str:
    """The outlet's host; for a search at Google News, that of the site it searches."""
    parts = urlsplit(address)
    query = parse_qs(parts.query).get("q", [""])[0]
    searched = next((word[5:] for word in query.split() if word.startswith("site:")), None)
    return searched or parts.hostname or ""


def _is_known(host: str, hosts: set[str]) -> bool:
    labels = host.split(".")
    return any(".".join(labels[start:]) in hosts for start in range(len(labels) - 1))
