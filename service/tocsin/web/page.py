"""The one page: the newest alerts and the feeds' health. No script, one style sheet, all escaped.

It is built as a tree and written by the standard library, so that no text can become markup.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from importlib.resources import files
from typing import Any
from urllib.parse import quote
from xml.etree.ElementTree import Element, SubElement, tostring

from tocsin.web.history import Event, FeedRow
from tocsin.web.plain import plain, web_address
from tocsin.web.query import PageQuery

#: The page's own rule: its style from here, and nothing else from anywhere.
POLICY = (
    "default-src 'none'; style-src 'self'; base-uri 'none'; form-action 'none'; "
    "frame-ancestors 'none'"
)
_REFRESH = "30"
_LEVELS = ("low", "medium", "high", "critical")


def style() -> bytes:
    """The style sheet, for light and dark."""
    return (files(__package__) / "style.css").read_bytes()


def page(
    alerts: Sequence[Event],
    feeds: Sequence[FeedRow],
    reasons: Sequence[str],
    asked: PageQuery,
    now: datetime,
) -> bytes:
    """The page as HTML; `alerts` newest first, `reasons` why we are not ready, `now` in UTC."""
    html = Element("html", lang="en")
    _head(SubElement(html, "head"))
    body = SubElement(html, "body")
    _summary(SubElement(body, "header"), feeds, reasons, now)
    main = SubElement(body, "main")
    _choices(main, asked)
    _alerts(main, alerts)
    _feeds(main, feeds, now)
    return b"<!doctype html>\n" + bytes(tostring(html, encoding="utf-8", method="html"))


def _say(parent: Element, tag: str, text: str = "", **attributes: str) -> Element:
    element = SubElement(parent, tag, {key.rstrip("_"): val for key, val in attributes.items()})
    if text:
        element.text = text
    return element


def _head(head: Element) -> None:
    _say(head, "meta", charset="utf-8")
    _say(head, "title", "Tocsin")
    _say(head, "meta", name="viewport", content="width=device-width, initial-scale=1")
    SubElement(head, "meta", {"http-equiv": "refresh", "content": _REFRESH})
    _say(head, "link", rel="stylesheet", href="/style.css")


def _summary(
    header: Element, feeds: Sequence[FeedRow], reasons: Sequence[str], now: datetime
) -> None:
    _say(header, "h1", "Tocsin")
    line = _say(header, "p", class_="summary")
    active = [feed for feed in feeds if feed.state == "active"]
    fresh = sum(feed.fresh for feed in active)
    _say(line, "span", f"{fresh} of {len(active)} feeds fresh", class_=_health(fresh, len(active)))
    for reason in reasons:
        _say(line, "span", f"not ready: {plain(reason)}", class_="bad")
    _time(_say(line, "span", "as of ", class_="dim"), now)


def _health(fresh: int, active: int) -> str:
    if fresh == active:
        return "good"
    return "bad" if fresh * 2 < active else "fair"


def _choices(main: Element, asked: PageQuery) -> None:
    nav = SubElement(main, "nav", {"aria-label": "severity"})
    theatre = f"&theatre={asked.theatre}" if asked.theatre else ""
    for level in _LEVELS:
        current = {"aria-current": "true"} if level == (asked.severity_min or "low") else {}
        link = SubElement(nav, "a", {"href": f"/?severity_min={level}{theatre}", **current})
        link.text = "all" if level == "low" else level + (" and up" if level != "critical" else "")
    if asked.theatre:
        chosen = f"/?severity_min={asked.severity_min or 'low'}"
        _say(nav, "a", f"{asked.theatre} ×", href=chosen)


def _alerts(main: Element, alerts: Sequence[Event]) -> None:
    section = SubElement(main, "section")
    _say(section, "h2", "Newest alerts")
    if not alerts:
        _say(section, "p", "None yet. The first poll of a feed is memory, not news.", class_="dim")
        return
    listing = SubElement(section, "ol", {"class": "alerts"})
    for event in alerts:
        _alert(listing, event)


def _alert(listing: Element, event: Event) -> None:
    level = str(event.get("severitytext") or "low")
    item = _say(listing, "li", class_=level if level in _LEVELS else "low")
    data: dict[str, Any] = event["data"]
    top = _say(item, "p", class_="headline")
    _say(top, "span", plain(level), class_="level")
    _say(top, "bdi", plain(str(data.get("headline") or "")))
    below = _say(item, "p", class_="dim")
    at = SubElement(below, "a", {"href": f"/v1/alerts/{quote(str(event['id']), safe='')}"})
    _time(at, _moment(event.get("time")))
    if theatre := data.get("theatre"):
        _say(below, "a", plain(str(theatre)), href=f"/?theatre={quote(str(theatre), safe='')}")
    report = data.get("report") or {}
    if report:
        _say(below, "bdi", plain(str(report.get("publisher") or "")))
        _report(below, report)
    confirmation = data.get("confirmation") or {}
    if (origins := confirmation.get("origins") or 0) > 1:
        _say(below, "span", f"{origins} origins")
    if denied := confirmation.get("denied_by"):
        _say(below, "span", "denied by " + plain(", ".join(str(name) for name in denied)))
    if data.get("test"):
        _say(below, "span", "test", class_="fair")


def _report(parent: Element, report: dict[str, Any]) -> None:
    title = plain(str(report.get("title") or ""))
    address = web_address(report.get("url"))
    if address is None:
        _say(parent, "bdi", title)
        return
    url, host = address
    link = _say(parent, "a", href=url, rel="noopener noreferrer")
    _say(link, "bdi", title or host)
    _say(parent, "span", host, class_="host")


def _feeds(main: Element, feeds: Sequence[FeedRow], now: datetime) -> None:
    section = SubElement(main, "section")
    _say(section, "h2", "Feeds")
    table = SubElement(section, "table")
    names = SubElement(SubElement(table, "thead"), "tr")
    for name in ("feed", "state", "last poll", "newest report", "next poll", "seen within"):
        _say(names, "th", name, scope="col")
    rows = SubElement(table, "tbody")
    for feed in sorted(feeds, key=lambda feed: (feed.fresh, feed.name.lower())):
        row = SubElement(rows, "tr")
        cell = _say(row, "th", scope="row")
        _say(cell, "bdi", plain(feed.name))
        if (address := web_address(feed.url)) is not None and address[1] not in feed.name:
            _say(cell, "span", address[1], class_="host")
        _say(row, "td", _state(feed), class_="good" if feed.fresh else "bad")
        for moment in (feed.fetched, feed.newest, feed.due):
            _ago(SubElement(row, "td"), moment, now)
        _say(row, "td", "–" if feed.worst is None else _span(feed.worst.total_seconds()))


def _state(feed: FeedRow) -> str:
    if feed.state != "active":
        return feed.state
    if feed.fresh:
        return f"fresh; {feed.remark.replace('_', ' ')}" if feed.remark else "fresh"
    reason = plain(feed.outcome or "not polled yet").replace("_", " ")
    return f"{reason} (×{feed.failures})" if feed.failures > 1 else reason


def _moment(text: object) -> datetime | None:
    return datetime.fromisoformat(text) if isinstance(text, str) else None


def _time(parent: Element, moment: datetime | None) -> None:
    if moment is None:
        return
    utc = moment.astimezone(UTC)
    stamp = f"{utc:%Y-%m-%dT%H:%M:%SZ}"
    SubElement(parent, "time", {"datetime": stamp}).text = f"{utc.day} {utc:%b %Y, %H:%M} UTC"


def _ago(parent: Element, moment: datetime | None, now: datetime) -> None:
    if moment is None:
        parent.text = "–"
        return
    utc = moment.astimezone(UTC)
    seconds = (now - utc).total_seconds()
    words = f"in {_span(-seconds)}" if seconds < 0 else f"{_span(seconds)} ago"
    SubElement(parent, "time", {"datetime": f"{utc:%Y-%m-%dT%H:%M:%SZ}"}).text = words


def _span(seconds: float) -> str:
    for unit, length in (("d", 86_400), ("h", 3_600), ("min", 60)):
        if seconds >= length:
            return f"{int(seconds // length)} {unit}"
    return f"{int(seconds)} s"
