"""The facts of one report: what `read` returns and `tocsin read --jsonl` prints.

Field names and their order are the public contract of a reading; version 1 only grows. All values
are plain data, and every fact carries the field it stands in, its offsets (code points, half-open)
and its quote, which is that slice to the letter.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from tocsin.reading.report import FieldName

Indicator = Literal["killed", "wounded", "missing", "displaced", "captured"]
Bound = Literal["exact", "at_least", "at_most", "approx"]
#: From the boldest to the most careful: of several tellings of a number the last of these holds.
CAREFUL: tuple[Bound, ...] = ("exact", "approx", "at_most", "at_least")
Basis = Literal["incident", "cumulative", "historical"]
Stance = Literal["asserted", "accused", "denied"]
StrikeKind = Literal["air", "missile", "drone", "artillery", "ground", "bombing", "other"]
VictimGroup = Literal[
    "people",
    "civilians",
    "children",
    "women",
    "aid workers",
    "medical workers",
    "journalists",
    "combatants",
    "soldiers",
    "militants",
]
TruceStatus = Literal[
    "proposed",
    "agreed",
    "in_effect",
    "extended",
    "delayed",
    "violated",
    "suspended",
    "expired",
    "collapsed",
    "rejected",
]
Precision = Literal["site", "town", "district", "region", "country"]

#: Gravest first: the order in which the figures of one report are told.
INDICATORS: tuple[Indicator, ...] = ("killed", "missing", "wounded", "captured", "displaced")


@dataclass(frozen=True, slots=True)
class Claim:
    """One attributed figure.

    `low` and `high` are the interval it allows (None is open): exact has low = high = value;
    at_least has high None; at_most has low None; approx with a number has value set and half a
    unit of its last non-zero digit either side; a range has low < high and value None; a vague
    word has value None, bound approx and the low and high its lexicon entry states.
    `victims` is a node of the victims' tree ("people", "civilians", "soldiers", …).
    `since` is an ISO date, for a running total that says when it began. `part_of` is the id of the
    claim that this one is a part of. `claimant` None: the outlet speaks in its own voice.
    `increment` marks "another 49": newly added to a total, never a total itself. `joined` are the
    ids of the other claims that the same verb tells: "two guards and an officer were killed".
    `whereabouts` is how the text tells of a place that is not just `place`: "near Kyiv", "Kyiv and
    other cities", a land.
    `either`: told only as "casualties", of whom the dead are some. `attackers`: those who attacked.
    `section`: how often the report has turned to something else ("Separately, …").
    """

    id: str
    indicator: Indicator
    value: int | None
    low: int | None
    high: int | None
    bound: Bound
    victims: str
    side: str | None
    place: str | None
    basis: Basis
    since: str | None
    claimant: str | None
    stance: Stance
    disputed_by: tuple[str, ...]
    part_of: str | None
    relevant: bool
    field: FieldName
    start: int
    end: int
    quote: str
    increment: bool = False
    joined: tuple[str, ...] = ()
    whereabouts: str | None = None
    either: bool = False
    attackers: bool = False
    section: int = 0


@dataclass(frozen=True, slots=True)
class Strike:
    """A specific attack of the current news cycle (72 hours), intercepted and denied ones too.

    `when` is an ISO date, local to the place, or None where the text gives no day. `intercepted`:
    it is told that what was fired was stopped, and of no part of it that it came through. `near`:
    it was outside the place. `blast`: something went off, and no text says that it was a bomb.
    `suspected`: the attacker is only suspected, and no text says that it was theirs. `clash`: two
    sides fought, and no text says that one attacked. `downed`: an aircraft was shot down. `bare`:
    people came to harm, and no word of an attack is told. `intercepted` holds of foiled ones too.
    `section`: as of a claim. `titled`: the title tells of it, or does so too.
    """

    kind: StrikeKind
    attacker: str | None
    target: str | None
    place: str | None
    when: str | None
    weapon: str | None
    claimant: str | None
    stance: Stance
    field: FieldName
    start: int
    end: int
    quote: str
    intercepted: bool = False
    near: bool = False
    blast: bool = False
    suspected: bool = False
    clash: bool = False
    downed: bool = False
    bare: bool = False
    section: int = 0
    titled: bool = False


@dataclass(frozen=True, slots=True)
class Ceasefire:
    """What a report says of a truce. Lists of these are newest first.

    `mentioned`: the truce is only named, by no word of what became of it: its status is a guess, or
    known to everybody.
    `unilateral`: one side binds itself alone. `peace`: an end of the war by agreement. `inferred`:
    nobody says so; an attack told of while the truce was in force amounts to it. `between`: the
    words make its two parties the sides of it: "X and Y agree", "X's truce with Y".
    """

    status: TruceStatus
    parties: tuple[str, ...]
    broker: str | None
    claimant: str | None
    field: FieldName
    start: int
    end: int
    quote: str
    until: str | None = None
    violator: str | None = None
    ordinal: int | None = None
    mentioned: bool = False
    unilateral: bool = False
    peace: bool = False
    inferred: bool = False
    between: bool = False


@dataclass(frozen=True, slots=True)
class Place:
    """A place named in the report, with WGS 84 degrees where known."""

    name: str
    precision: Precision
    country: str | None
    latitude: float | None
    longitude: float | None


@dataclass(frozen=True, slots=True)
class Interval:
    """How many, as an interval; None is open."""

    low: int | None
    high: int | None


@dataclass(frozen=True, slots=True)
class Reading:
    """All facts of one report.

    `toll` answers "how many in the incident this report is about", whatever the topic; an indicator
    of which the report says nothing is absent. `because` names the evidence for `conflict`.
    `genre` is "news", or "live" and "explainer" for pages that are never loud. `newness`: the log
    odds that its strikes are of these days; None where it tells of none.
    """

    id: str
    conflict: bool
    claims: tuple[Claim, ...] = ()
    strikes: tuple[Strike, ...] = ()
    ceasefire: tuple[Ceasefire, ...] = ()
    toll: dict[Indicator, Interval] = field(default_factory=dict)
    places: tuple[Place, ...] = ()
    theatre: str | None = None
    because: tuple[str, ...] = ()
    genre: Literal["news", "live", "explainer"] = "news"
    newness: float | None = None
