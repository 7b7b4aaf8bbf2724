"""The list written down beforehand, and how what was raised differs from it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from importlib.resources import files
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter

from tocsin.demo.recording import shipped_yaml
from tocsin.demo.table import Quiet, guid_of

#: Alerts that stand on no one report: where things stand, shift notes, what operators ask for.
_ABOUT_NO_REPORT = ("tocsin.note", "tocsin.theatre.", "tocsin.feed.", "tocsin.sink.")


class Telling(BaseModel):
    """One alert as expected.

    A strike at a place, a figure by its reason, a truce's status, or a story's origins.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)
    strike: str | None = None
    figure: str | None = None
    ceasefire: str | None = None
    confirmed: int | None = None
    killed: int | None = None
    wounded: int | None = None

    def told_by(self, event: Mapping[str, Any]) -> bool:
        """Whether this alert says it."""
        data = event["data"]
        changes = data.get("changes") or []
        if self.strike is not None:
            told = event["type"] == "tocsin.strike.reported" and self.strike in _where(data)
        elif self.figure is not None:
            reasons = {change.get("reason") for change in changes}
            told = event["type"] == "tocsin.figure.changed" and self.figure in reasons
        elif self.confirmed is not None:
            origins = (data.get("confirmation") or {}).get("origins", 0)
            told = event["type"] == "tocsin.story.confirmed" and origins >= self.confirmed
        else:
            told = event["type"] == "tocsin.ceasefire.changed" and self.ceasefire in _status(data)
        figures = {"killed": self.killed, "wounded": self.wounded}
        return told and all(
            value in _values(changes, indicator)
            for indicator, value in figures.items()
            if value is not None
        )


class Expected(BaseModel):
    """What one report, or one later edit of it, must raise, or why it must be kept quiet."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    report: str
    edit: int | None = None
    raised: tuple[Telling, ...] = ()
    quiet: tuple[str, ...] = Field(default=())


@dataclass(frozen=True, slots=True)
class Difference:
    """Where the playing departed from the list: a report, what went wrong, and with what."""

    report: str
    fault: Literal["not raised", "raised too much", "wrong reason", "not listed"]
    what: str


def load_expected() -> tuple[Expected, ...]:
    """The list that is shipped beside the recording, in the order of the war."""
    given = shipped_yaml(files(__package__) / "expected.yaml")
    return tuple(TypeAdapter(list[Expected]).validate_python(given))


def differences(
    expected: Iterable[Expected], alerts: Iterable[Mapping[str, Any]], silences: Iterable[Quiet]
) -> list[Difference]:
    """Every departure from the list, report by report; empty where all was as written."""
    raised: dict[str, list[Mapping[str, Any]]] = defaultdict(list)
    for event in alerts:
        guid = guid_of(event)
        if guid is not None and not str(event["type"]).startswith(_ABOUT_NO_REPORT):
            raised[guid].append(event)
    reasons: dict[str, set[str]] = defaultdict(set)
    for silence in silences:
        reasons[silence.report].add(silence.reason)
    found: list[Difference] = []
    for each in expected:
        left = raised[each.report]
        for telling in each.raised:
            saying = [event for event in left if telling.told_by(event)]
            if saying:
                left.remove(saying[0])
            else:
                what = telling.model_dump_json(exclude_none=True)
                found.append(Difference(each.report, "not raised", what))
        if each.quiet and not reasons[each.report] & set(each.quiet):
            why = ", ".join(sorted(reasons[each.report])) or "no reason given"
            found.append(Difference(each.report, "wrong reason", why))
    listed = {each.report for each in expected}
    for guid, left in raised.items():
        fault: Literal["raised too much", "not listed"] = (
            "raised too much" if guid in listed else "not listed"
        )
        found += [Difference(guid, fault, event["data"]["headline"]) for event in left]
    return found


def _where(data: Mapping[str, Any]) -> str:
    places = [str(place.get("name")) for place in data.get("places") or []]
    return " ".join([str(data.get("headline")), *places])


def _status(data: Mapping[str, Any]) -> set[str]:
    """The statuses that an alert of a truce moves to, however its change is written."""
    found = set()
    for change in data.get("changes") or []:
        to = change.get("to")
        found.add(str(to.get("status")) if isinstance(to, Mapping) else str(to))
    return found


def _values(changes: Iterable[Mapping[str, Any]], indicator: str) -> set[int | None]:
    return {
        (change.get("to") or {}).get("value")
        for change in changes
        if change.get("indicator") == indicator
    }
