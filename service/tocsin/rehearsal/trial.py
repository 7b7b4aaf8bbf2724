"""A rule's own tests, run through exactly what runs in production: read, recall, judge.

Pure but for what it is handed: the lexicon, the rulebook and the cases are arguments, time is data,
and the ledger is a notebook in memory.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from tocsin.judging.judge import judge, wanted
from tocsin.judging.rulebook import (
    AllOf,
    AnyOf,
    CeasefireCondition,
    Condition,
    FigureCondition,
    KeywordCondition,
    Not,
    Rule,
    Rulebook,
    ScopeCondition,
    StrikeCondition,
)
from tocsin.judging.verdict import Alert, Reason
from tocsin.reading.facts import Basis, Reading
from tocsin.reading.lexicon import Lexicon
from tocsin.reading.read import read_war
from tocsin.reading.report import Report
from tocsin.rehearsal.notebook import Notebook
from tocsin.shelf.rule_cases import Case, Expected

SOURCE = "/tocsin/test"
NEVER = AnyOf(())
_FIGURE_ASKS = {
    "indicator": "indicators",
    "change": "changes",
    "delta": "delta",
    "value": "value",
    "victims": "victims",
}
_STRIKE_ASKS = {"kind": "kinds", "attacker": "attackers", "weapon": "weapons"}
_EVERY_BASIS: tuple[Basis, ...] = ("incident", "cumulative", "historical")


@dataclass(frozen=True, slots=True)
class Raised:
    """An alert, and the report after which it came."""

    after: str
    alert: Alert

    def __str__(self) -> str:
        event = self.alert.event
        rule = event["data"].get("rule") or {}
        headline = event["data"].get("headline", "")
        return f"{rule.get('id', '-')} {event['severitytext']} after {self.after}: {headline}"


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of one case; it passed if there are no `problems`."""

    case: Case
    raised: tuple[Raised, ...]
    problems: tuple[str, ...]
    silences: tuple[Reason, ...]


class Trial:
    """Judges cases by a rulebook. Readings are kept, since a case is judged many times over."""

    def __init__(self, rulebook: Rulebook, lexicon: Lexicon) -> None:
        self._rulebook = rulebook
        self._lexicon = lexicon
        self._readings: dict[tuple[str, str], Reading] = {}

    def run(self, case: Case, rules: Sequence[Rule]) -> Outcome:
        """Judge one case by `rules` alone."""
        rulebook = replace(self._rulebook, rules=tuple(rules))
        notebook = Notebook()
        met: set[tuple[str, str]] = set()
        raised: list[Raised] = []
        silences: list[Reason] = []
        for report in case.reports:
            known = (report.id, report.version)
            if known in met or report.fetched is None:
                continue
            met.add(known)
            reading = self._read(case, report)
            memory = notebook.recall(wanted(report, reading, rulebook))
            verdict = judge(
                report,
                reading,
                memory,
                rulebook,
                report.fetched,
                backlog=report.id in case.backlog,
                source=SOURCE,
                test=True,
            )
            notebook.apply(verdict)
            raised += (Raised(report.id, alert) for alert in verdict.alerts)
            silences += (reason for reason in verdict.reasons if reason.alert is None)
        problems = tuple(_compare(case.expected, raised))
        return Outcome(case, tuple(raised), problems, tuple(silences))

    def _read(self, case: Case, report: Report) -> Reading:
        key = (f"{case.file}:{case.line}:{report.id}", report.version)
        if key not in self._readings:
            self._readings[key] = read_war(report, self._lexicon)
        return self._readings[key]


def _compare(expected: Sequence[Expected], raised: Sequence[Raised]) -> Iterator[str]:
    """Each expected alert must come, in order, and no other."""
    left = list(raised)
    for each in expected:
        found = next((one for one in left if not _differences(each, one)), None)
        if found:
            left.remove(found)
            continue
        near = min(left, key=lambda one: len(_differences(each, one)), default=None)
        if near is None:
            yield f"line {each.line}: the alert did not come"
        else:
            left.remove(near)
            yield f"line {each.line}: {'; '.join(_differences(each, near))} ({near})"
    yield from (f"unexpected: {one}" for one in left)


def _differences(expected: Expected, one: Raised) -> list[str]:
    event: dict[str, Any] = one.alert.event
    data = event["data"]
    changes = data.get("changes") or []
    pairs: list[tuple[str, Any, Any]] = [
        ("after", expected.after, one.after),
        ("rule", expected.rule, (data.get("rule") or {}).get("id")),
        ("type", expected.type, event["type"].removeprefix("tocsin.")),
        ("severity", expected.severity, event["severitytext"]),
        ("subject", expected.subject, event["subject"]),
        ("loud", expected.loud, data.get("loud")),
    ]
    differ = [
        f"{name} is {is_}, not {want}" for name, want, is_ in pairs if want not in (None, is_)
    ]
    reasons = {change.get("reason") for change in changes}
    if expected.reason and expected.reason not in reasons:
        differ.append(f"reason is {', '.join(map(str, reasons))}, not {expected.reason}")
    if expected.headline and expected.headline not in data.get("headline", ""):
        differ.append(f"the headline lacks '{expected.headline}'")
    statuses = {_status(change) for change in changes}
    if expected.status and expected.status not in statuses:
        differ.append(f"status is {', '.join(map(str, statuses))}, not {expected.status}")
    for indicator, want in expected.values:
        told = [
            (change.get("to") or {}).get("value")
            for change in changes
            if change.get("indicator") == indicator
        ]
        if want not in told:
            differ.append(f"{indicator} is {', '.join(map(str, told)) or 'absent'}, not {want}")
    return differ


def _status(change: dict[str, Any]) -> str | None:
    to = change.get("to")
    status: str | None = to.get("status") if isinstance(to, dict) else to
    return status or change.get("status")


def without_each_ask(rule: Rule) -> list[tuple[str, Rule]]:
    """The rule with one thing that it asks taken away, for each such thing; by name.

    A rule that asks for nothing but a kind of happening is left without its condition.
    """
    loosened = list(_loosened(rule.when)) or [("when", NEVER)]
    return [(name, replace(rule, when=when)) for name, when in loosened]


def _loosened(when: Condition) -> Iterator[tuple[str, Condition]]:
    match when:
        case AllOf(parts):
            for index, part in enumerate(parts):
                rest = parts[:index] + parts[index + 1 :]
                if not isinstance(part, ScopeCondition):
                    for name, loose in _loosened(part):
                        yield name, AllOf((*parts[:index], loose, *parts[index + 1 :]))
                if rest:
                    yield type(part).__name__.removesuffix("Condition").lower(), AllOf(rest)
        case AnyOf(parts):
            for index, part in enumerate(parts):
                for name, loose in _loosened(part):
                    yield name, AnyOf((*parts[:index], loose, *parts[index + 1 :]))
        case Not(part):
            yield "not", AllOf(())
        case FigureCondition():
            yield from _emptied(when, _FIGURE_ASKS)
            if when.basis != _EVERY_BASIS:
                yield "basis", replace(when, basis=_EVERY_BASIS)
        case StrikeCondition():
            yield from _emptied(when, _STRIKE_ASKS)
        case CeasefireCondition():
            yield from _emptied(when, {"from": "from_status", "to": "to_status"})
        case KeywordCondition():
            yield from _emptied(when, {"not": "none"})
            if when.conflict_only:
                yield "conflict", replace(when, conflict_only=False)
        case ScopeCondition():
            return


def _emptied(when: Any, asks: dict[str, str]) -> Iterator[tuple[str, Any]]:
    """Without each of these, by its key in the rule language."""
    for key, name in asks.items():
        value = getattr(when, name)
        if value:
            yield key, replace(when, **{name: () if isinstance(value, tuple) else None})
