"""The whole text of a report whose feed carries only headlines; opt-in a feed.

The page is fetched through the guard like any feed, and its article is found in a worker that can
be killed. A report keeps its version: what changes on a page around its article is no edit.
"""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from tocsin.feeds.entries import TEXT
from tocsin.feeds.exchange import FeedRequest, Fetched, Limits, Moved
from tocsin.feeds.fetch import fetch
from tocsin.feeds.plain import clean
from tocsin.feeds.workshop import Workshop
from tocsin.net.guard import Network
from tocsin.net.session import Outbound
from tocsin.reading.report import Report

#: A page is no feed: less of it is taken, and it is waited for less long.
PAGE = Limits(wire=3 * 1024 * 1024, whole=5 * 1024 * 1024, seconds=15.0)
#: A text as long as this is a text, and no page is asked for.
_ENOUGH = 1_500


def article(body: bytes, charset: str | None, url: str) -> str:
    """The article of an HTML page as plain text, or "" where none is found. Runs in a worker."""
    from trafilatura import extract  # noqa: PLC0415 — takes a second to import; few need it

    markup: bytes | str = body
    if charset:
        try:
            markup = body.decode(charset, "replace")
        except LookupError:
            markup = body
    found = extract(
        markup, url=url, include_comments=False, include_tables=False, favor_precision=True
    )
    return clean(found or "", TEXT)


@dataclass(frozen=True, slots=True)
class FullText:
    """Completes the new reports of feeds that ask for it."""

    outbound: Outbound
    workshop: Workshop
    limits: Limits = PAGE

    async def complete(
        self, reports: Sequence[Report], now: datetime, allow: tuple[Network, ...] = ()
    ) -> tuple[Report, ...]:
        """The reports in their order, with the text of their pages where that could be had.

        A page that can't be had leaves its report as the feed gave it: never a reason to wait.
        """
        return tuple(await asyncio.gather(*(self._one(report, now, allow) for report in reports)))

    async def _one(self, report: Report, now: datetime, allow: tuple[Network, ...]) -> Report:
        if report.url is None or len(report.text) >= _ENOUGH:
            return report
        request = FeedRequest(report.url, allow=allow, page=True)
        outcome = await fetch(request, self.outbound, now, self.limits)
        if isinstance(outcome, Moved):
            outcome = outcome.then
        if not isinstance(outcome, Fetched):
            return report
        text = await self.workshop.extract(article, outcome.body, outcome.charset, outcome.url)
        return replace(report, text=text) if len(text) > len(report.text) else report
