"""Rules as plain data: what an analyst wrote, checked and compiled by the shelf.

Nothing here reads a file: `tocsin.shelf` turns YAML into these, with file and line for every fault.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any, Literal

from tocsin.reading.facts import Basis, Indicator, StrikeKind, TruceStatus
from tocsin.reading.report import FieldName
from tocsin.reading.theatre import Theatre

Severity = Literal["low", "medium", "high", "critical"]

#: CloudEvents' `severitynumber` of each level.
SEVERITY_NUMBER: dict[Severity, int] = {"low": 9, "medium": 13, "high": 17, "critical": 21}

FigureReason = Literal[
    "first_report",
    "raised",
    "lowered",
    "range_narrowed",
    "claimants_diverge",
    "claimants_converge",
    "counter_reset",
    "retroactive_batch",
    "rounding_only",
    "stale_repeat",
    "digits_suspect",
    "conflation_suspect",
]
#: Changes that a rule tells only if it names them.
SILENT_BY_DEFAULT: frozenset[FigureReason] = frozenset(
    {"counter_reset", "rounding_only", "stale_repeat", "claimants_converge"}
)


@dataclass(frozen=True, slots=True)
class Comparison:
    """`>= 10`: an operator and a whole number."""

    operator: Literal[">=", ">", "<=", "<", "=="]
    number: int

    def holds(self, value: int | None) -> bool:
        """Whether `value` satisfies it; an unknown value never does."""
        if value is None:
            return False
        match self.operator:
            case ">=":
                return value >= self.number
            case ">":
                return value > self.number
            case "<=":
                return value <= self.number
            case "<":
                return value < self.number
            case "==":
                return value == self.number


@dataclass(frozen=True, slots=True)
class FigureCondition:
    """A figure changed. Empty tuples mean "any"; `changes` empty means all that are not silent."""

    indicators: tuple[Indicator, ...] = ()
    basis: tuple[Basis, ...] = ("incident", "cumulative")
    changes: tuple[FigureReason, ...] = ()
    delta: Comparison | None = None
    value: Comparison | None = None
    victims: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class StrikeCondition:
    """A new strike is reported."""

    kinds: tuple[StrikeKind, ...] = ()
    attackers: tuple[str, ...] = ()
    weapons: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class CeasefireCondition:
    """A truce changed its status. Empty tuples mean "any"."""

    from_status: tuple[TruceStatus | Literal["none"], ...] = ()
    to_status: tuple[TruceStatus, ...] = ()


@dataclass(frozen=True, slots=True)
class KeywordCondition:
    """Words, phrases and RE2 patterns. A word that ends in `*` is a stem."""

    any: tuple[str, ...] = ()
    all: tuple[str, ...] = ()
    none: tuple[str, ...] = ()
    near: tuple[tuple[str, str, int], ...] = ()  # two words and how many words may stand between
    patterns: tuple[str, ...] = ()
    fields: tuple[FieldName, ...] = ("title", "summary", "text")
    conflict_only: bool = False


@dataclass(frozen=True, slots=True)
class ScopeCondition:
    """Where, who and whose: all that is given must hold. Empty means "any"."""

    theatres: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    countries: tuple[str, ...] = ()
    near_km: float | None = None  # of any of the user's own sites (`near: {site: NAME, km: 14}`)
    near_sites: tuple[str, ...] = ()
    publishers: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    claimants: tuple[str, ...] = ()
    sides: tuple[str, ...] = ()
    origins: Comparison | None = None


@dataclass(frozen=True, slots=True)
class AllOf:
    """Every part holds."""

    parts: tuple[Condition, ...]


@dataclass(frozen=True, slots=True)
class AnyOf:
    """One part holds."""

    parts: tuple[Condition, ...]


@dataclass(frozen=True, slots=True)
class Not:
    """The part does not hold."""

    part: Condition


Condition = (
    FigureCondition
    | StrikeCondition
    | CeasefireCondition
    | KeywordCondition
    | ScopeCondition
    | AllOf
    | AnyOf
    | Not
)


@dataclass(frozen=True, slots=True)
class SeverityStep:
    """One line of a rule's `severity`: the level, if what it asks holds of the level reached.

    `figures` compares the value reached by indicator; `victims` asks who they are; `kinds` and
    `statuses` speak of strikes and truces; `milestone` and `quiet_days` as the default pack uses
    them. All that is given must hold; a step that asks nothing always holds.
    """

    level: Severity
    figures: tuple[tuple[Indicator, Comparison], ...] = ()
    victims: tuple[str, ...] = ()
    kinds: tuple[StrikeKind, ...] = ()
    statuses: tuple[TruceStatus, ...] = ()
    basis: tuple[Basis, ...] = ()
    changes: tuple[FigureReason, ...] = ()
    milestone: bool = False  # 100, 250, 500, 1,000, … passed
    surge: bool = False  # at least three times the median of the series' last 14 steps
    quiet_days: int | None = None  # the first strike in a place quiet for so long


@dataclass(frozen=True, slots=True)
class Rule:
    """What to alert on. `version` is "sha256:…" of its source; `file` and `line` locate it."""

    id: str
    title: str
    when: Condition
    severity: tuple[SeverityStep, ...]
    status: Literal["stable", "experimental", "deprecated"] = "stable"
    cooldown: timedelta = timedelta(minutes=30)
    confirm: int = 0  # independent origins at which `story.confirmed` is raised; 0: never
    false_positives: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    pack: str = ""
    version: str = ""
    file: str = ""
    line: int = 0


@dataclass(frozen=True, slots=True)
class Publisher:
    """An outlet and the newsroom or owner it belongs to."""

    id: str
    family: str
    name: str
    hosts: tuple[str, ...] = ()
    wire: bool = False
    state_of: str | None = None


@dataclass(frozen=True, slots=True)
class Site:
    """A place of the user's own, in WGS 84 degrees. Never in a payload, a log or an explanation."""

    name: str
    latitude: float
    longitude: float


@dataclass(frozen=True, slots=True, eq=False)
class Rulebook:
    """All that judging is given of the rules. `digest` is "sha256:…" over all of it.

    Compared by identity: it is loaded whole, and what is compiled from it is kept by it.
    """

    rules: tuple[Rule, ...] = ()
    theatres: dict[str, Theatre] = field(default_factory=dict)
    publishers: dict[str, Publisher] = field(default_factory=dict)
    sites: tuple[Site, ...] = ()
    digest: str = ""
    packs: tuple[str, ...] = ()
    settings: dict[str, Any] = field(default_factory=dict)
    any_topic: bool = False  # group reports of any topic by their words, and judge nothing
