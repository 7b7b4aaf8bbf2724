"""A replay added up: what was raised and kept quiet, and what two rulebooks differ in."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from tocsin.rehearsal.replay import Judgement, Lost

SHIFT_HOURS = 8


@dataclass(slots=True)
class Tally:
    """Counts over one replay. `shifts` are loud alerts in each eight hours (UTC) with a report."""

    reports: int = 0
    alerts: Counter[tuple[str, str]] = field(default_factory=Counter)  # (rule, severity)
    loud: Counter[str] = field(default_factory=Counter)  # rule
    silences: Counter[str] = field(default_factory=Counter)
    lost: Counter[tuple[str, str]] = field(default_factory=Counter)  # (feed, reason)
    shifts: Counter[tuple[str, int]] = field(default_factory=Counter)

    def add(self, step: Judgement | Lost) -> None:
        """Count one judgement, or one snapshot that was lost."""
        if isinstance(step, Lost):
            self.lost[step.feed, step.reason] += 1
            return
        self.reports += 1
        shift = _shift(step.observed)
        self.shifts[shift] += 0
        for alert in step.alerts:
            data = alert.event["data"]
            rule = rule_of(alert.event)
            self.alerts[rule, alert.event["severitytext"]] += 1
            self.loud[rule] += bool(data.get("loud"))
            self.shifts[shift] += bool(data.get("loud"))
        self.silences.update(reason.reason for reason in step.reasons if reason.alert is None)

    @property
    def total(self) -> int:
        """All alerts."""
        return self.alerts.total()

    def loudest_shifts(self) -> tuple[int, int]:
        """Loud alerts in the median and in the worst shift in which reports came."""
        counts = sorted(self.shifts.values()) or [0]
        return counts[len(counts) // 2], counts[-1]


def _shift(when: datetime) -> tuple[str, int]:
    return when.date().isoformat(), when.hour // SHIFT_HOURS


def rule_of(event: dict[str, Any]) -> str:
    """The id of the rule that raised an alert; its type where no rule did."""
    rule = event["data"].get("rule") or {}
    return str(rule.get("id") or event["type"])


Seal = tuple[str, str, str, str]


def seal(step: Judgement, event: dict[str, Any]) -> Seal:
    """What an alert tells, whoever's rule told it: report, type, subject and the values reached."""
    changes = event["data"].get("changes") or []
    told = "; ".join(f"{change.get('indicator')} {_reached(change)}" for change in changes)
    return step.report.id, event["type"], event["subject"], told


def _reached(change: dict[str, Any]) -> str:
    to = change.get("to")
    if isinstance(to, dict):
        return f"{to.get('value')} {to.get('low')} {to.get('high')} {to.get('status')}"
    return str(to)


def gained_and_lost(before: dict[Seal, str], after: dict[Seal, str]) -> Iterator[tuple[str, str]]:
    """Lines of ("+" or "-", what): alerts that only one of two replays raised, in their order."""
    yield from (("-", line) for key, line in before.items() if key not in after)
    yield from (("+", line) for key, line in after.items() if key not in before)
