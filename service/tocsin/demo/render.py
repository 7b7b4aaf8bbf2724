"""A recorded outlet at one moment → the bytes of its feed: RSS 2.0, Atom or JSON Feed 1.1."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from email.utils import format_datetime
from typing import NamedTuple, assert_never
from xml.etree.ElementTree import Element, SubElement, tostring

import orjson

from tocsin.demo.recording import Item, Outlet, Version

#: How many reports a feed shows, as real ones do: older ones fall off its end.
WINDOW = 15

CONTENT_TYPES = {
    "rss": "application/rss+xml; charset=utf-8",
    "atom": "application/atom+xml; charset=utf-8",
    "json": "application/feed+json; charset=utf-8",
}


class _Shown(NamedTuple):
    item: Item
    version: Version


def render(outlet: Outlet, moment: datetime, home: str) -> bytes:
    """The feed as it stood at `moment` (UTC), newest first; `home` is the outlet's own address."""
    shown = sorted(
        (
            _Shown(item, version)
            for item in outlet.items
            if (version := item.at(moment)) is not None
        ),
        key=lambda each: each.version.at,
        reverse=True,
    )[:WINDOW]
    match outlet.format:
        case "rss":
            return _rss(outlet, shown, home)
        case "atom":
            return _atom(outlet, shown, home)
        case "json":
            return _json(outlet, shown, home)
        case never:
            assert_never(never)


def _link(item: Item, home: str) -> str:
    if item.guid.startswith("https:"):
        return item.guid
    return f"{home}/{item.guid.rsplit(':', 1)[-1]}"


def _rss(outlet: Outlet, shown: Sequence[_Shown], home: str) -> bytes:
    root = Element("rss", version="2.0")
    channel = SubElement(root, "channel")
    SubElement(channel, "title").text = outlet.name
    SubElement(channel, "link").text = home
    SubElement(channel, "description").text = f"{outlet.name}: world"
    for item, version in shown:
        entry = SubElement(channel, "item")
        permanent = "true" if item.guid.startswith("https:") else "false"
        SubElement(entry, "guid", isPermaLink=permanent).text = item.guid
        SubElement(entry, "title").text = version.title
        SubElement(entry, "link").text = _link(item, home)
        SubElement(entry, "pubDate").text = format_datetime(item.published)
        SubElement(entry, "description").text = version.summary
    return _xml(root)


def _atom(outlet: Outlet, shown: Sequence[_Shown], home: str) -> bytes:
    root = Element("feed", xmlns="http://www.w3.org/2005/Atom")
    SubElement(root, "id").text = f"tag:{outlet.id}.example,2020:feed"
    SubElement(root, "title").text = outlet.name
    SubElement(root, "link", href=home)
    SubElement(root, "updated").text = shown[0].version.at.isoformat()
    for item, version in shown:
        entry = SubElement(root, "entry")
        SubElement(entry, "id").text = item.guid
        SubElement(entry, "title").text = version.title
        SubElement(entry, "link", href=_link(item, home))
        SubElement(entry, "published").text = item.published.isoformat()
        SubElement(entry, "updated").text = max(item.published, version.at).isoformat()
        SubElement(entry, "summary").text = version.summary
    return _xml(root)


def _json(outlet: Outlet, shown: Sequence[_Shown], home: str) -> bytes:
    return orjson.dumps(
        {
            "version": "https://jsonfeed.org/version/1.1",
            "title": outlet.name,
            "home_page_url": home,
            "language": "en",
            "items": [
                {
                    "id": item.guid,
                    "url": _link(item, home),
                    "title": version.title,
                    "content_text": version.summary,
                    "date_published": item.published.isoformat(),
                }
                for item, version in shown
            ],
        }
    )


def _xml(root: Element) -> bytes:
    return bytes(tostring(root, encoding="utf-8", xml_declaration=True))
