"""What judging decides for one report: plain data that the ledger commits whole or not at all."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal

from tocsin.judging.memory import Filed, Series, Story, Truce

#: Why something relevant raised no alert. One vocabulary for log, metric and `explain`.
Silence = Literal[
    "not_conflict",
    "historical",
    "backlog",
    "corroborated",
    "told_with_strike",
    "told_by_another_rule",
    "unspecific",
    "reprint",
    "late",
    "below_delta",
    "cooldown",
    "muted",
    "flood_cap",
    "contended",
    "no_rule",
    "unreadable",
]


@dataclass(frozen=True, slots=True)
class Reason:
    """One named reason, yes or no: for which rule and subject, and a sentence of detail."""

    reason: str
    rule: str | None = None
    subject: str | None = None
    detail: str = ""
    alert: str | None = None


@dataclass(frozen=True, slots=True)
class Entry:
    """One claim as the ledger keeps it: when it was said, when we recorded it. Never overwritten.

    `id` is a hash of series, report version and values: the same claim judged twice is the same.
    """

    id: str
    series: str
    said: datetime
    recorded: datetime
    value: int | None
    low: int | None
    high: int | None
    bound: str
    reason: str
    report: str
    alert: str | None = None
    victims: str = ""
    claimant: str = ""
    basis: str = ""
    status: str = ""  # of a truce; figures have none


@dataclass(frozen=True, slots=True)
class Alert:
    """A published event: `event` is the CloudEvent, fixed from here on.

    `story` and `country` are for the stream's flat fields; the others are read off the event.
    """

    id: str
    event: dict[str, Any]
    story: str | None = None
    country: str | None = None


@dataclass(frozen=True, slots=True)
class Verdict:
    """All that is to be written for one report, and why.

    `heads` are the counters that must not have moved since recall, and that this verdict moves;
    empty for a report without facts, which skips the heads.
    """

    report: str
    filed: Filed | None = None
    alerts: tuple[Alert, ...] = ()
    entries: tuple[Entry, ...] = ()
    stories: tuple[Story, ...] = ()
    series: tuple[Series, ...] = ()
    truces: tuple[Truce, ...] = ()
    marks: dict[str, str] = field(default_factory=dict)
    heads: tuple[str, ...] = ()
    reasons: tuple[Reason, ...] = ()
