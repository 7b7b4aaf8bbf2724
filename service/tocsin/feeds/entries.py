"""What parsing makes of a feed, whatever its format: plain, bounded, safe to store."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from urllib.parse import urljoin, urlsplit

from tocsin.feeds.plain import clean, from_html, one_line
from tocsin.reading.report import Report, fingerprint, version_of

#: The longest of each, in code points; what is longer is cut.
TITLE, SUMMARY, TEXT, CREDIT = 1_000, 50_000, 500_000, 200
_GUID, _URL = 500, 2_048
#: Dates before the first feeds are typing errors or tricks.
_EARLIEST = datetime(1995, 1, 1, tzinfo=UTC)
#: How far ahead a publisher's clock may be before its dates are called absurd.
_AHEAD = timedelta(hours=24)


@dataclass(frozen=True, slots=True)
class Entry:
    """One feed entry as plain text. Times are UTC; None where absurd or not given.

    `guid` is what the feed calls it, else its link, else a hash of its words. `url` is http(s).
    """

    guid: str
    url: str | None
    title: str
    summary: str
    text: str
    language: str | None
    published: datetime | None
    updated: datetime | None
    credit: str | None


@dataclass(frozen=True, slots=True)
class ParsedFeed:
    """A feed: `entries` as the feed orders them (mostly newest first).

    `ttl` is in minutes; `skip_hours` are hours of the day in GMT, `skip_days` English week days in
    lower case; `hub` is its WebSub hub. `parser` says which parser read it.
    """

    title: str
    language: str | None
    ttl: int | None
    skip_hours: frozenset[int]
    skip_days: frozenset[str]
    hub: str | None
    entries: tuple[Entry, ...]
    parser: str


@dataclass(frozen=True, slots=True)
class Unparseable:
    """No feed could be had from a body: a named reason, and a detail for people."""

    reason: str
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Raw:
    """One entry as a parser gave it: markup still in it, nothing bounded."""

    guid: str = ""
    link: str = ""
    title: str = ""
    summary: str = ""
    content: str = ""
    content_is_plain: bool = False
    language: str | None = None
    published: datetime | None = None
    updated: datetime | None = None
    author: str = ""
    source: str = ""


def entry_of(raw: Raw, base: str) -> Entry:
    """A parser's entry made plain; links are resolved against `base`."""
    title = one_line(raw.title, TITLE)
    summary = from_html(raw.summary, SUMMARY)
    if raw.content_is_plain:
        text = clean(raw.content, TEXT)
    else:
        text = summary if raw.content == raw.summary else from_html(raw.content, TEXT)
    if text == summary:
        text = ""
    elif text.startswith(summary.removesuffix("…").removesuffix("...").rstrip()):
        summary = ""  # a summary that is only the text's beginning says nothing of its own
    url = http_link(raw.link, base)
    names = [one_line(name, CREDIT) for name in (raw.author, raw.source) if name]
    return Entry(
        guid=_guid(raw.guid or url or "", title, summary or text),
        url=url,
        title=title,
        summary=summary,
        text=text,
        language=language_tag(raw.language),
        published=plausible(raw.published),
        updated=plausible(raw.updated),
        credit="; ".join(dict.fromkeys(filter(None, names)))[:CREDIT] or None,
    )


def _guid(given: str, title: str, words: str) -> str:
    name = given.strip()
    if not name:
        return "sha256:" + fingerprint(title, words)
    if len(name) > _GUID or not name.isprintable():
        return "sha256:" + fingerprint(name)
    return name


def distinct(entries: Iterable[Entry]) -> tuple[Entry, ...]:
    """Entries with one guid each: the first of a guid stays, others go by their link or go.

    Some feeds give every entry the address of their front page as guid.
    """
    kept: dict[str, Entry] = {}
    for entry in entries:
        if entry.guid not in kept:
            kept[entry.guid] = entry
        elif entry.url and entry.url != kept[entry.guid].url and entry.url not in kept:
            kept[entry.url] = replace(entry, guid=entry.url)
    return tuple(kept.values())


def http_link(link: str, base: str) -> str | None:
    """A link that may be shown: absolute http(s), or nothing."""
    link = link.strip()
    if not link or len(link) > _URL or not link.isprintable():
        return None
    try:
        whole = urljoin(base, link)
        parts = urlsplit(whole)
    except ValueError:
        return None
    return whole if parts.scheme in {"http", "https"} and parts.hostname else None


def language_tag(text: str | None) -> str | None:
    """A language tag in lower case ("en-gb"), or None for what is none."""
    tag = (text or "").strip().lower().replace("_", "-")
    return tag if 2 <= len(tag) <= 20 and tag.replace("-", "").isalnum() and tag.isascii() else None


def plausible(moment: datetime | None) -> datetime | None:
    """A time in UTC that a feed could mean, or None: year 0, 1970 and 9999 are absurd."""
    if moment is None:
        return None
    try:
        moment = (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).astimezone(UTC)
    except (ValueError, OverflowError):
        return None
    return moment if moment >= _EARLIEST and moment.year < 2100 else None


def to_reports(
    parsed: ParsedFeed, feed: str, publisher: str | None, fetched: datetime
) -> tuple[Report, ...]:
    """The feed's entries as reports, oldest first: by published, else by reverse position.

    A date up to a day ahead of `fetched` is a clock or zone that is wrong and counts as now; one
    further ahead is absurd.
    """
    reports = [
        Report(
            id=report_id(entry, feed),
            title=entry.title,
            summary=entry.summary,
            text=entry.text,
            published=_not_ahead(entry.published or entry.updated, fetched),
            fetched=fetched,
            guid=entry.guid,
            url=entry.url,
            language=entry.language or parsed.language,
            publisher=publisher,
            feed=feed,
            version=version_of(entry.title, entry.summary, entry.text),
            credit=entry.credit,
        )
        for entry in reversed(parsed.entries)
    ]
    unique = {report.id: report for report in _oldest_first(reports)}
    return tuple(unique.values())


def _oldest_first(reports: list[Report]) -> list[Report]:
    """By published; an undated one stays behind its older neighbour in the feed."""
    last = _EARLIEST
    placed = []
    for report in reports:
        last = report.published or last
        placed.append((last, report))
    placed.sort(key=lambda place: place[0])
    return [report for _, report in placed]


def _not_ahead(moment: datetime | None, fetched: datetime) -> datetime | None:
    if moment is None or moment > fetched + _AHEAD:
        return None
    return min(moment, fetched)


def report_id(entry: Entry, feed: str) -> str:
    """A report's id: the same in every feed if its guid is a web address, else within `feed`.

    Never of the link beside a guid: publishers rewrite it with the headline, and the entry would
    lose its past.
    """
    if entry.guid.startswith(("http://", "https://")):
        return fingerprint(entry.guid)[:24]
    return fingerprint(feed, entry.guid)[:24]
