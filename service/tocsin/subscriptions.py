"""Which feeds are polled: those of the command line or the settings, or the starter feeds."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from ipaddress import ip_network
from pathlib import Path
from urllib.parse import urlsplit

from tocsin.feeds.address import FeedAddress, feed_id
from tocsin.feeds.opml import OpmlFault, read_opml
from tocsin.net.guard import LOOPBACK, Refused, judge_url
from tocsin.settings import FeedSettings, Settings
from tocsin.shelf.fault import Fault


def addressed(urls: Iterable[str]) -> tuple[FeedAddress, ...] | list[Fault]:
    """Feeds given on the command line; those of this machine are allowed loopback (law 8).

    One from elsewhere is not, or it could redirect us to what listens here.
    """
    feeds: dict[str, FeedAddress] = {}
    faults = []
    for url in urls:
        judged = judge_url(url, LOOPBACK)
        if isinstance(judged, Refused):
            faults.append(Fault(url, None, f"is no address to poll: {judged.reason}"))
        else:
            feed = FeedAddress(feed_id(url), url, _name(url))
            feeds[feed.id] = replace(feed, allow=LOOPBACK) if feed.loopback else feed
    return faults or tuple(feeds.values())


def subscribed(settings: Settings, rules_home: Path) -> tuple[FeedAddress, ...] | list[Fault]:
    """The feeds of the settings and their OPML files; without any, the starter feeds."""
    named = list(settings.feeds)
    files = settings.opml
    if not named and not files:
        files = (rules_home / "feeds.opml",)
    faults: list[Fault] = []
    for file in files:
        try:
            read = read_opml(file.read_bytes())
        except OSError as error:
            faults.append(Fault(str(file), None, f"cannot be read: {error.strerror}"))
            continue
        if isinstance(read, OpmlFault):
            faults.append(Fault(str(file), read.line, read.what, read.mend))
        else:
            named += [
                FeedSettings(url=one.url, name=one.title, publisher=dict(one.own).get("publisher"))
                for one in read
            ]
    feeds: dict[str, FeedAddress] = {}
    for one in named:
        allow = tuple(ip_network(network) for network in one.allow)
        judged = judge_url(one.url, allow)
        if isinstance(judged, Refused):
            faults.append(Fault(one.url, None, f"is no address to poll: {judged.reason}"))
            continue
        feeds.setdefault(feed_id(one.url), address_of(one))
    return faults or tuple(feeds.values())


def address_of(feed: FeedSettings) -> FeedAddress:
    """One feed as settings, or whoever added it, described it."""
    return FeedAddress(
        feed_id(feed.url),
        feed.url,
        feed.name or _name(feed.url),
        publisher=feed.publisher,
        every=feed.every,
        allow=tuple(ip_network(network) for network in feed.allow),
        headers=tuple(feed.all_headers().items()),
        verify=feed.verify,
        full_text=feed.full_text,
    )


def _name(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.netloc}{parts.path}".rstrip("/")
