"""The working copy of memory while one report is judged: read from, added to, and closed once.

Nothing outside one call of `judge` ever sees it, so that judging stays a function of its arguments.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field, replace
from datetime import datetime

from tocsin.judging.event import Event, said_at
from tocsin.judging.interval import like
from tocsin.judging.keyword import Hits, search
from tocsin.judging.memory import Memory, Series, Story, Told, Truce
from tocsin.judging.origins import publisher_of
from tocsin.judging.parting import events
from tocsin.judging.rulebook import FigureReason, Publisher, Rulebook
from tocsin.judging.subject import NO_THEATRE, Names, Who, names_of
from tocsin.judging.verdict import Entry, Reason, Silence
from tocsin.reading.facts import Claim, Reading
from tocsin.reading.report import Report

_TOLD_KEPT = 32  # newest tellings a document remembers
_BOARD_KEPT = 24
_MOST_CLAIMS = 200  # of a report; more is a table, and no report
_MOST_FACTS = 40


@dataclass(slots=True)
class Draft:
    """One report with what is remembered for it, and what judging has added so far."""

    report: Report
    reading: Reading
    memory: Memory
    rulebook: Rulebook
    now: datetime
    said: datetime
    names: Names
    publisher: Publisher
    events: list[Event]
    stories: dict[str, Story]
    series: dict[str, Series]
    truces: dict[str, Truce]
    marks: dict[str, str] = field(default_factory=dict)
    entries: list[Entry] = field(default_factory=list)
    told: list[Told] = field(default_factory=list)  # of the report itself: its keywords
    reasons: list[Reason] = field(default_factory=list)
    totals: list[Claim] = field(default_factory=list)  # figures that turned out to be totals
    outcomes: dict[str, tuple[str, str | None]] = field(default_factory=dict)  # by entry
    touched: set[str] = field(default_factory=set)
    struck: set[str] = field(default_factory=set)  # stories whose strike this report told
    settled: list[tuple[Event, str]] = field(default_factory=list)  # each event with its story
    merged: list[str] = field(default_factory=list)  # stories that turned out to be older ones
    _hits: Hits | None = None

    @property
    def hits(self) -> Hits:
        """All words of the rulebook that stand in the report, searched for once."""
        if self._hits is None:
            self._hits = search(self.report, self.rulebook)
        return self._hits

    @property
    def theatre(self) -> str:
        """The reading's theatre, or "none"."""
        return self.reading.theatre or NO_THEATRE

    def keep_story(self, story: Story) -> None:
        """Put a story's new version in place."""
        self.stories[story.id] = story
        self.touched.add(story.id)

    def keep_series(self, series: Series) -> None:
        """Put a series' new version in place."""
        self.series[series.subject] = series
        self.touched.add(series.subject)

    def keep_truce(self, truce: Truce) -> None:
        """Put a truce's new version in place."""
        self.truces[truce.subject] = truce
        self.touched.add(truce.subject)

    def silent(
        self,
        reason: Silence | FigureReason,
        *,
        subject: str | None = None,
        entry: str | None = None,
        detail: str = "",
    ) -> None:
        """Name why something is kept and not told, whatever the rules ask, also in its entry."""
        self.reasons.append(Reason(reason, subject=subject, detail=detail))
        if entry is not None:
            self.note(entry, reason)

    def note(self, entry: str, reason: str, alert: str | None = None) -> None:
        """Keep what became of an entry: the alert that told it, else why it was not told."""
        if alert is not None or entry not in self.outcomes:
            self.outcomes[entry] = (reason, alert)

    def enter(self, subject: str, claim: Claim, who: Who) -> str:
        """Append a claim to the ledger; the same claim of the same version has the same id."""
        parts = (subject, self.report.id, self.report.version, claim.indicator, claim.victims)
        key = (*parts, who.id, claim.basis, claim.value, claim.low, claim.high, claim.bound)
        entry = digest(*key)
        self.entries.append(
            Entry(
                id=entry,
                series=subject,
                said=self.said,
                recorded=self.now,
                value=claim.value,
                low=claim.low,
                high=claim.high,
                bound=claim.bound,
                reason="corroborated",
                report=self.report.id,
                victims=claim.victims,
                claimant=who.id,
                basis=claim.basis,
            )
        )
        return entry

    def enter_status(self, subject: str, status: str, who: Who, entry: str) -> None:
        """Append a truce's step to the ledger, under the entry it is told by."""
        self.entries.append(
            Entry(
                id=entry,
                series=subject,
                said=self.said,
                recorded=self.now,
                value=None,
                low=None,
                high=None,
                bound="",
                reason=status,
                report=self.report.id,
                claimant=who.id,
                status=status,
            )
        )


def open_draft(
    report: Report, reading: Reading, memory: Memory, rulebook: Rulebook, now: datetime
) -> Draft:
    """A draft over what was recalled."""
    reading = _bounded(reading)
    return Draft(
        report=report,
        reading=reading,
        memory=memory,
        rulebook=rulebook,
        now=now,
        said=said_at(report, now),
        publisher=publisher_of(report, rulebook),
        names=names_of(rulebook, reading.theatre),
        events=events(report, reading, rulebook, now) if reading.conflict else [],
        stories={story.id: story for story in memory.stories},
        series=dict(memory.series),
        truces=dict(memory.truces),
    )


def _bounded(reading: Reading) -> Reading:
    """The reading with no more facts than a report may have."""
    facts = max(len(reading.strikes), len(reading.ceasefire))
    if len(reading.claims) <= _MOST_CLAIMS and facts <= _MOST_FACTS:
        return reading
    return replace(
        reading,
        claims=reading.claims[:_MOST_CLAIMS],
        strikes=reading.strikes[:_MOST_FACTS],
        ceasefire=reading.ceasefire[:_MOST_FACTS],
    )


def digest(*parts: object) -> str:
    """A short name for these values; the same values always have the same."""
    text = "\n".join("" if part is None else str(part) for part in parts)
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:20]


def remember(told: tuple[Told, ...], new: Told, keep: int = _TOLD_KEPT) -> tuple[Told, ...]:
    """`told` with `new` in the place of what the same rule told of the same before."""
    rest = tuple(one for one in told if not _replaces(new, one))
    return (*rest, new)[-keep:]


def remember_on_board(series: Series, new: Told) -> Series:
    """A theatre's board with one more telling; it keeps the newest 24."""
    return replace(series, told=remember(series.told, new, _BOARD_KEPT))


def _replaces(new: Told, old: Told) -> bool:
    if (new.rule, new.subject) != (old.rule, old.subject):
        return False
    if new.claim is None or old.claim is None:
        return True
    same_side = new.claim.side is None or old.claim.side is None or new.claim.side == old.claim.side
    return same_side and like(new.claim.victims, old.claim.victims)
