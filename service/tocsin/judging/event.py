"""One event as a report has it, and which figures may move what is known of it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from tocsin.judging.joined import tolls
from tocsin.reading.facts import Claim, Place, Reading, Strike
from tocsin.reading.report import Report

#: An event older than this is one level lower and never loud.
OLD = timedelta(hours=72)


@dataclass(frozen=True, slots=True)
class Event:
    """One event as one report has it. `days` are ISO dates local to the place.

    `stated`: the report gave the day itself; otherwise `days` holds that of its publication.
    """

    theatre: str | None
    said: datetime
    places: tuple[Place, ...] = ()
    days: tuple[str, ...] = ()
    stated: bool = False
    overnight: bool = False
    attackers: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    strikes: tuple[Strike, ...] = ()
    claims: tuple[Claim, ...] = ()
    words: tuple[str, ...] = ()
    targets: tuple[str, ...] = ()
    named: tuple[Place, ...] = ()  # all finer places that the report names

    @property
    def titled(self) -> bool:
        """Whether the report's title itself tells of it."""
        strikes = any(one.field == "title" for one in self.strikes)
        return strikes or any(one.field == "title" for one in self.claims)


def said_at(report: Report, now: datetime) -> datetime:
    """When a report speaks: published, else fetched, else now; never in the future (UTC)."""
    said = report.published or report.fetched or now
    return min(said.astimezone(UTC), now.astimezone(UTC))


def alertable(claim: Claim) -> bool:
    """Whether a figure may move what is known: of this war, of now, and asserted by somebody."""
    return claim.relevant and claim.basis != "historical" and claim.stance != "denied"


def is_old(event: Event, now: datetime) -> bool:
    """Whether an event, or the report of it, is older than 72 hours."""
    if now - event.said > OLD:
        return True
    if not event.stated:
        return False
    try:
        day = datetime.fromisoformat(max(event.days)[:10]).replace(tzinfo=UTC)
    except ValueError:
        return False
    return event.said - day > OLD + timedelta(days=1)


def incident_figures(reading: Reading) -> Iterator[Claim]:
    """The figures of single incidents that may move what is known, those told together added up."""
    for claim in tolls(reading.claims):
        if claim.basis == "incident" and alertable(claim) and not claim.increment:
            yield claim


def beside_a_clash(event: Event, lone: Event) -> bool:
    """Whether one is only a clash of two sides, and the other what one of them did to the other."""
    if not (event.strikes and lone.strikes):
        return False
    differ = event.strikes[0].clash != lone.strikes[0].clash
    return differ and bool(event.attackers or lone.attackers)
