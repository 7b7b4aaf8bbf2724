"""Bytes to a feed: the gate, then the fast parser; the tolerant one for all that is ill-formed.

Runs in a worker that can be killed (`workshop.py`). Fetches nothing: fastfeedparser takes a string
that begins with "http" for an address to fetch, and feedparser likewise, so both get bytes only.
"""

from __future__ import annotations

import calendar
from datetime import UTC, datetime
from io import BytesIO
from typing import Any

import fastfeedparser
import feedparser

from tocsin.feeds.entries import (
    Entry,
    ParsedFeed,
    Raw,
    Unparseable,
    distinct,
    entry_of,
    http_link,
    language_tag,
)
from tocsin.feeds.gate import ITEMS, Admitted, IllFormed, ItemNote, Outline, TurnedAway, admit
from tocsin.feeds.json_feed import parse_json
from tocsin.feeds.plain import one_line
from tocsin.feeds.sniff import not_a_feed

_DAYS = frozenset(["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"])
_LONGEST_TTL = 7 * 24 * 60


def parse(body: bytes, charset: str | None = None, base: str = "") -> ParsedFeed | Unparseable:
    """A feed of any format we know: RSS 0.9x to 2.0, RDF, Atom, JSON Feed.

    `charset` is what the response's Content-Type says, `base` the address the body came from.
    """
    if fault := not_a_feed(body):
        return Unparseable(fault)
    if body[:256].lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{"):
        return parse_json(body.removeprefix(b"\xef\xbb\xbf"), base)
    match admit(body, charset):
        case Admitted(document, outline):
            return _fast(document, outline, base) or _tolerant(document, "utf-8", base)
        case IllFormed(detail):
            return _tolerant(body, charset, base, detail)
        case TurnedAway(reason, detail):
            return Unparseable(reason, detail)


def _fast(document: bytes, outline: Outline, base: str) -> ParsedFeed | None:
    """What fastfeedparser makes of it; None where it fails or counts other items than the gate."""
    try:
        found = fastfeedparser.parse(
            document, include_tags=False, include_media=False, include_enclosures=False
        )
    except Exception:  # noqa: BLE001 — a parser's surprise on foreign bytes; the other one decides
        return None
    if len(found["entries"]) != len(outline.items):
        return None
    return ParsedFeed(
        title=one_line(found["feed"].get("title") or "", 300),
        language=language_tag(outline.language),
        ttl=_ttl(outline.ttl),
        skip_hours=_hours(outline.skip_hours),
        skip_days=frozenset(day.lower() for day in outline.skip_days) & _DAYS,
        hub=http_link(outline.hub or "", base),
        entries=distinct(
            _fast_entry(entry, note, base)
            for entry, note in zip(found["entries"], outline.items, strict=True)
        ),
        parser="fastfeedparser",
    )


def _fast_entry(entry: dict[str, Any], note: ItemNote, base: str) -> Entry:
    content = entry.get("content") or [{}]
    return entry_of(
        Raw(
            guid=entry.get("id") or "",
            link=entry.get("link") or "",
            title=entry.get("title") or "",
            summary=entry.get("description") or "",
            content=content[0].get("value") or "",
            content_is_plain=content[0].get("type") in {"text", "text/plain"},
            language=note.language,
            published=_iso(entry.get("published")),
            updated=_iso(entry.get("updated")),
            author=entry.get("author") or "",
            source=note.source,
        ),
        base,
    )


def _tolerant(
    body: bytes, charset: str | None, base: str, why: str = ""
) -> ParsedFeed | Unparseable:
    """What feedparser makes of it: the reference, slow, and forgiving."""
    headers = {"content-type": f"application/xml; charset={charset}"} if charset else {}
    try:
        found = feedparser.parse(
            BytesIO(body),
            response_headers={**headers, "content-location": base},
            sanitize_html=False,
            resolve_relative_uris=False,
        )
    except Exception as error:  # noqa: BLE001 — feedparser meets tag soup with errors of many kinds
        return Unparseable("ill_formed", why or f"feedparser gave up: {type(error).__name__}")
    if not found.get("version") and not found.entries:
        return Unparseable("ill_formed", why or str(found.get("bozo_exception", ""))[:200])
    if len(found.entries) > ITEMS:
        return Unparseable("too_many_items", f"more than {ITEMS}")
    feed = found.feed
    return ParsedFeed(
        title=one_line(feed.get("title") or "", 300),
        language=language_tag(feed.get("language")),
        ttl=_ttl(feed.get("ttl")),
        skip_hours=frozenset(),
        skip_days=frozenset(),
        hub=next(
            (
                http_link(link.get("href") or "", base)
                for link in feed.get("links", ())
                if link.get("rel") == "hub"
            ),
            None,
        ),
        entries=distinct(_tolerant_entry(entry, base) for entry in found.entries),
        parser="feedparser",
    )


def _tolerant_entry(entry: Any, base: str) -> Entry:
    content = (entry.get("content") or [{}])[0]
    return entry_of(
        Raw(
            guid=entry.get("id") or "",
            link=entry.get("link") or "",
            title=entry.get("title") or "",
            summary=entry.get("summary") or "",
            content=content.get("value") or "",
            content_is_plain=False,
            language=content.get("language"),
            published=_struct(dict.get(entry, "published_parsed")),
            updated=_struct(dict.get(entry, "updated_parsed")),
            author=entry.get("author") or "",
            source=(entry.get("source") or {}).get("title") or "",
        ),
        base,
    )


def _iso(text: str | None) -> datetime | None:
    try:
        return datetime.fromisoformat(text) if text else None
    except ValueError:
        return None


def _struct(parts: Any) -> datetime | None:
    """Feedparser's time tuple, which is in UTC."""
    try:
        return datetime.fromtimestamp(calendar.timegm(parts), UTC) if parts else None
    except (ValueError, OverflowError, OSError, TypeError):
        return None


def _ttl(text: str | None) -> int | None:
    """Minutes, clamped to a week."""
    digits = (text or "").strip()
    if not (digits.isascii() and digits.isdigit()) or len(digits) > 9 or not int(digits):
        return None
    return min(int(digits), _LONGEST_TTL)


def _hours(texts: list[str]) -> frozenset[int]:
    """Hours of the day, 0 to 23; 24 is midnight as some feeds write it (RSS 0.91)."""
    numbers = {int(text) for text in texts if text.isascii() and text.isdigit() and len(text) < 3}
    return frozenset(number % 24 for number in numbers if number <= 24)
