"""What judging is told of the past, and how it asks for it.

`wanted` (in `judge.py`) says what one reading needs; the ledger's recall fetches exactly that, in a
bounded number of look-ups whatever the ledger's age; `judge` sees nothing else. Documents here are
frozen dataclasses of plain data: the ledger stores them as JSON and knows nothing of their meaning.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from tocsin.reading.facts import Claim, Place, Reading


@dataclass(frozen=True, slots=True)
class Told:
    """What one (rule, subject) last told: its alert, ledger entry, and claim or status.

    `said` is the report's time, `at` the time of judging, both UTC. `alert` is empty for what the
    first poll of a feed taught: it counts as told, so that changes are measured from it. `loudest`
    is the gravest level so far on this subject (`severity` is that of the alert named here).
    """

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
    said: datetime | None = None
    loudest: int = 0
    publisher: str = ""  # the family of the outlet it was told from
    partners: tuple[str, ...] = ()  # claimants whose divergence from this claim has been told


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
class Known:
    """One figure a story has heard: who said it, when, in which report, under which entry."""

    subject: str
    claim: Claim
    claimant: str
    said: datetime
    entry: str
    report: str


@dataclass(frozen=True, slots=True)
class Story:
    """The reports that tell of one event. `id` is a hash of its founding report, never reused.

    `founded` and `last` are times of reports (UTC). `days` are ISO dates of the event, local to its
    place; `stated` says whether a report gave them. `merged` is the older story that this one
    turned out to be: nothing joins it any more. `title` is the first of its reports that tells of
    it (`titled`), until then that of the first. `words` are the names and numbers by which its
    reports know each other again, `targets` what was hit. Collections are bounded; the newest are
    kept.
    """

    id: str
    theatre: str | None
    founded: datetime
    last: datetime
    keys: tuple[str, ...] = ()  # the index keys it is found under
    told: tuple[Told, ...] = ()
    title: str = ""
    titled: bool = False
    places: tuple[Place, ...] = ()
    days: tuple[str, ...] = ()
    stated: bool = False
    overnight: bool = False
    attackers: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    struck: bool = False  # a strike of it has been reported
    reports: tuple[str, ...] = ()
    origins: tuple[str, ...] = ()
    publishers: tuple[str, ...] = ()
    claimants: tuple[str, ...] = ()
    denied_by: tuple[str, ...] = ()
    figures: tuple[Known, ...] = ()
    words: tuple[str, ...] = ()
    targets: tuple[str, ...] = ()
    confirmed: bool = False
    merged: str = ""


@dataclass(frozen=True, slots=True)
class Series:
    """The newest of one figure over time, with what was told of it and its last steps.

    Beside the series of single claimants, `theatre/<id>/<indicator>` (the board of a theatre) holds
    what was last told there by anyone, so that a further claimant is known as one.
    `levels` are the newest figures heard, oldest first; `steps` their differences.
    """

    subject: str
    said: datetime
    claim: Claim
    entry: str
    told: tuple[Told, ...] = ()
    steps: tuple[int, ...] = ()
    levels: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Truce:
    """The present state of one truce between two parties, and its history.

    `since` is when the present status was said, `began` when this truce was agreed, `until` its
    planned end (ISO), all UTC. `number` counts the truces of these parties from 1. `assented` are
    the parties that have announced it themselves; `alone`: one of them did, and the other did not.
    """

    subject: str
    theatre: str
    status: str
    since: datetime
    told: tuple[Told, ...] = ()
    history: tuple[tuple[datetime, str, str | None], ...] = ()  # when said, status, who says so
    parties: tuple[str, ...] = ()
    broker: str | None = None
    number: int = 1
    began: datetime | None = None
    until: str | None = None
    assented: tuple[str, ...] = ()
    entry: str = ""
    alone: bool = False


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
    """All that is remembered for one `Wanted`. `heads` are the counters it was read at, of all.

    `mutes` are subjects, story ids or feed ids silenced at `now`.
    """

    heads: dict[str, int] = field(default_factory=dict)
    filed: Filed | None = None
    stories: tuple[Story, ...] = ()
    series: dict[str, Series] = field(default_factory=dict)
    truces: dict[str, Truce] = field(default_factory=dict)  # by subject
    marks: dict[str, str] = field(default_factory=dict)
    mutes: frozenset[str] = frozenset()
