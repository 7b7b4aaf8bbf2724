"""Who a report's word comes from: publisher's family × wire credit × claimant.

Twelve reprints of one ministry's figure are one origin, and so are twelve outlets that carry one
agency: confirmation counts origins, not outlets.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any

import re2

from tocsin.judging.rulebook import Publisher, Rulebook
from tocsin.judging.subject import UNATTRIBUTED, slug
from tocsin.reading.report import Report

#: The host of an address (RFC 3986), without its user and port. Millions are asked for in a replay.
_HOST = re.compile(r"[a-zA-Z][\w+.-]*://(?:[^/?#@]*@)?([^/?#:@\s\[\]]+)")
_BYLINE = 240  # a wire is credited in the first and the last so many characters


@lru_cache(maxsize=8)
def _wires(rulebook: Rulebook) -> tuple[Any, dict[str, str]]:
    """One RE2 pattern of all agencies' names, and the family of each name."""
    families: dict[str, str] = {}
    for publisher in rulebook.publishers.values():
        if publisher.wire:
            for name in (publisher.name, publisher.id.replace("-", " ")):
                families[name.casefold()] = publisher.family
    names = sorted(families, key=len, reverse=True)
    pattern = "|".join(re2.escape(name) for name in names) or r"\z\A."
    return re2.compile(rf"(?i)\b(?:{pattern})\b"), families


@lru_cache(maxsize=8)
def _addresses(rulebook: Rulebook) -> dict[str, Publisher]:
    known: dict[str, Publisher] = {}
    for publisher in rulebook.publishers.values():
        known[slug(publisher.id)] = publisher
        known[slug(publisher.name)] = publisher
        known.update(dict.fromkeys(publisher.hosts, publisher))
    return known


def publisher_of(report: Report, rulebook: Rulebook) -> Publisher:
    """The outlet of a report: by its id or name, else by its address, else as it calls itself."""
    known = _addresses(rulebook)
    named = known.get(slug(report.publisher)) if report.publisher else None
    if named is not None:
        return named
    host = _host(report.url)
    while "." in host:
        if host in known:
            return known[host]
        host = host.partition(".")[2]
    name = report.publisher or _host(report.url) or report.feed or "unknown"
    return Publisher(id=slug(name), family=slug(name), name=name)


def wire_of(report: Report, rulebook: Rulebook) -> str | None:
    """The agency a report credits, by its own field, its byline or its last line."""
    pattern, families = _wires(rulebook)
    for place in (report.credit or "", report.publisher or ""):
        match = pattern.search(place)
        if match:
            return families[match.group().casefold()]
    body = report.text or report.summary
    for place in (body[:_BYLINE], body[-_BYLINE:]):
        for match in pattern.finditer(place):
            if _credited(place, *match.span()):
                return families[match.group().casefold()]
    return None


def origin(report: Report, claimant: str, rulebook: Rulebook) -> str:
    """Newsroom and voice, "reuters|…": an agency or a family, and who is quoted (else itself)."""
    wire = wire_of(report, rulebook)
    newsroom = wire or publisher_of(report, rulebook).family
    return f"{newsroom}|{newsroom if claimant == UNATTRIBUTED else claimant}"


def independent(origins: tuple[str, ...]) -> int:
    """How many origins do not lean on each other: as many as both newsrooms and voices."""
    newsrooms = {one.partition("|")[0] for one in origins}
    voices = {one.partition("|")[2] for one in origins}
    return min(len(newsrooms), len(voices))


def _credited(text: str, start: int, end: int) -> bool:
    """Whether a wire is credited there ("(Reuters)", "— AFP"), and not merely mentioned."""
    before = text[max(0, start - 10) : start].rstrip().casefold()
    after = text[end : end + 3].lstrip()
    opened = ("(", "[", "—", "–", "/", "source:", "via", "by")
    return before.endswith(opened) or after[:1] in (")", "/")


def _host(url: str | None) -> str:
    found = _HOST.match(url or "")
    return found[1].lower().removeprefix("www.") if found else ""
