"""What judging is told of the past, and how it asks for it.

`wanted` (in `judge.py`) says what one reading needs; the ledger's recall fetches exactly that, in a
bounded number of look-ups whatever the ledger's age; `judge` sees nothing else. Documents here are
frozen dataclasses of plain data: the ledger stores them as JSON and knows nothing of their meaning.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from tocsin.reading.facts import Claim, Reading


@dataclass(frozen=True, slots=True)
class Told:
    """What one (rule, subject) last told: its alert, ledger entry, and claim or status."""

    rule: str
    subject: str
    alert: str
    entry: str
    severity: int
    at: datetime
    revision: int
    report: str
    claim: Claim | None = None
    status: str | None = None


@dataclass(frozen=True, slots=True)
class Wanted:
    """What one report's judging needs to know.

    `heads` are theatre ids, or "none". `story_keys` are index keys ("barda:2020-10-28", …); the
    candidates are the newest stories under each. `series` are subjects; `truces` theatre ids, each
    meaning all truces of it; `marks` are names of small dated facts (a place's last strike).
    """

    report: str
    heads: tuple[str, ...] = ()
    story_keys: tuple[str, ...] = ()
    series: tuple[str, ...] = ()
    truces: tuple[str, ...] = ()
    marks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Story:
    """The reports that tell of one event. `id` is a hash of its founding report, never reused."""

    id: str
    theatre: str | None
    founded: datetime
    last: datetime
    keys: tuple[str, ...] = ()  # the index keys it is found under
    told: tuple[Told, ...] = ()
    # further fields are judging's own; the ledger stores whatever stands here


@dataclass(frozen=True, slots=True)
class Series:
    """The newest of one figure over time, with what was told of it and its last steps."""

    subject: str
    said: datetime
    claim: Claim
    entry: str
    told: tuple[Told, ...] = ()
    steps: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Truce:
    """The present state of one truce between two parties, and its history."""

    subject: str
    theatre: str
    status: str
    since: datetime
    told: tuple[Told, ...] = ()
    history: tuple[tuple[datetime, str, str | None], ...] = ()  # when said, status, who says so


@dataclass(frozen=True, slots=True)
class Filed:
    """What was made of a report's last version: to compare an edit with, and to know a repeat."""

    report: str
    version: str
    published: datetime | None
    reading: Reading
    stories: tuple[str, ...] = ()
    alerts: tuple[str, ...] = ()
    told: tuple[Told, ...] = ()


@dataclass(frozen=True, slots=True)
class Memory:
    """All that is remembered for one `Wanted`. `heads` are the counters it was read at.

    `mutes` are subjects, story ids or feed ids silenced at `now`.
    """

    heads: dict[str, int] = field(default_factory=dict)
    filed: Filed | None = None
    stories: tuple[Story, ...] = ()
    series: dict[str, Series] = field(default_factory=dict)
    truces: dict[str, Truce] = field(default_factory=dict)  # by subject
    marks: dict[str, str] = field(default_factory=dict)
    mutes: frozenset[str] = frozenset()
