"""Which alerts a sink takes over: data, and one pure decision with a named reason."""

from __future__ import annotations

from fnmatch import fnmatchcase
from typing import Literal

from pydantic import BaseModel, ConfigDict

from tocsin.judging.rulebook import SEVERITY_NUMBER, Severity
from tocsin.sinks.parcel import OPERATORS, REHEARSALS, Parcel

Refusal = Literal[
    "rehearsal",
    "operators_only",
    "other_sink",
    "severity",
    "rule",
    "theatre",
    "type",
    "quiet",
    "unreadable",
]


class Filter(BaseModel):
    """What a sink takes. Empty means "any"; rules and types may end in `*`.

    `audience: operator` adds the operators' alerts (feeds that fail, sinks that were disabled) to
    the readers'; name their `types` to get nothing else.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    severity_min: Severity = "low"
    rules: tuple[str, ...] = ()
    theatres: tuple[str, ...] = ()
    types: tuple[str, ...] = ()
    loud_only: bool = False
    audience: Literal["readers", "operator"] = "readers"


def refused(
    parcel: Parcel,
    asked: Filter,
    *,
    sink: str = "",
    rehearsal: bool = False,
    had_first: bool = False,
) -> Refusal | None:
    """Why this sink does not take this alert; None if it does.

    A sink that had the first alert gets what follows it (`had_first`), whatever else it asks for
    (R27), and a note on a sink is for that `sink` alone, whatever else it asks for. Alerts of a
    demo, a backtest or a test are only for sinks that are for `rehearsal`; a test that an operator
    sends to one sink does not come this way.
    """
    event, data = parcel.event, parcel.data
    if not rehearsal and (event.get("source") in REHEARSALS or data.get("test")):
        return "rehearsal"
    if parcel.type in OPERATORS and asked.audience != "operator":
        return "operators_only"
    if (own := parcel.own_sink) is not None:
        return None if own == sink else "other_sink"
    if had_first:
        return None
    if parcel.severity < SEVERITY_NUMBER[asked.severity_min]:
        return "severity"
    rule = data.get("rule")
    if asked.rules and not _any(str(rule.get("id")) if rule else "", asked.rules):
        return "rule"
    if asked.theatres and data.get("theatre") not in asked.theatres:
        return "theatre"
    if asked.types and not _any(parcel.type, asked.types):
        return "type"
    if asked.loud_only and not parcel.loud and parcel.type not in OPERATORS:
        return "quiet"
    return None


def _any(value: str, patterns: tuple[str, ...]) -> bool:
    return any(fnmatchcase(value, pattern) for pattern in patterns)
