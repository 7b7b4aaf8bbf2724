"""A cap on the alerts of one feed in one hour: a broken feed floods nobody, and the cap says so."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from tocsin.judging.draft import Draft
from tocsin.reading.report import Report

_A_REPORT = 12  # alerts; more is a list and no news
_AN_HOUR = 60  # alerts of a feed, unless `flood_cap` is set


@dataclass(frozen=True, slots=True)
class Flood:
    """How many alerts a feed has raised in this hour, and how many it may."""

    mark: str
    before: int
    most: int
    until: datetime

    @classmethod
    def of(cls, draft: Draft) -> Flood:
        """As it stands before this report."""
        mark = next(iter(flood_mark(draft.report)), "")
        most = int(draft.rulebook.settings.get("flood_cap", _AN_HOUR))
        hour = _hour(draft.report, draft.now)
        return cls(mark, int(draft.memory.marks.get(mark, "0")), most, hour + timedelta(hours=1))

    @property
    def detail(self) -> str:
        """In words, for the named reason."""
        return f"{self.most} alerts of this feed until {self.until:%H:%M} UTC, 12 of one report"

    def full(self, alerts: int) -> bool:
        """Whether this report may raise no more after so many."""
        return alerts >= _A_REPORT or (bool(self.mark) and self.before + alerts >= self.most)

    def last(self, alerts: int) -> datetime | None:
        """Until when nothing more comes, if the next alert is the last that may."""
        return self.until if self.mark and self.before + alerts + 1 >= self.most else None

    def count(self, draft: Draft, alerts: int) -> None:
        """Remember the alerts of this report."""
        if alerts and self.mark:
            draft.marks[self.mark] = str(self.before + alerts)


def flood_mark(report: Report) -> tuple[str, ...]:
    """The name of this feed's count in the hour it was fetched; none for a report of no feed."""
    if report.feed is None or report.fetched is None:
        return ()
    return (f"flood:{report.feed}:{_hour(report, report.fetched):%Y-%m-%dT%H}",)


def _hour(report: Report, now: datetime) -> datetime:
    moment = (report.fetched or now).astimezone(UTC)
    return moment.replace(minute=0, second=0, microsecond=0)
