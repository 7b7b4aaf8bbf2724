"""Why it alerted, or which condition failed: the same evaluator, asked again of the same case."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from tocsin.judging.draft import open_draft
from tocsin.judging.happening import Quiet, WordsHeard
from tocsin.judging.hear import hear
from tocsin.judging.judge import judge
from tocsin.judging.matching import Miss
from tocsin.judging.memory import Memory
from tocsin.judging.rulebook import Rulebook
from tocsin.judging.telling import ask
from tocsin.judging.verdict import Reason, Verdict
from tocsin.reading.facts import Reading
from tocsin.reading.report import Report


@dataclass(frozen=True, slots=True)
class Case:
    """All that one judging was given: with the rulebook of that digest it can be judged again."""

    report: Report
    reading: Reading
    memory: Memory
    now: datetime
    digest: str
    backlog: bool = False
    source: str = "/tocsin/default"
    test: bool = False


@dataclass(frozen=True, slots=True)
class Explanation:
    """The verdict judged again, and for each rule that was silent the condition that failed.

    `same_rules`: the rulebook given is the one the case was judged by.
    """

    verdict: Verdict
    misses: tuple[Reason, ...]
    same_rules: bool


def explain(case: Case, rulebook: Rulebook) -> Explanation:
    """Judge a case again. Nothing is read, recalled or changed."""
    verdict = judge(
        case.report,
        case.reading,
        case.memory,
        rulebook,
        case.now,
        backlog=case.backlog,
        source=case.source,
        test=case.test,
    )
    return Explanation(verdict, _misses(case, rulebook), rulebook.digest == case.digest)


def _misses(case: Case, rulebook: Rulebook) -> tuple[Reason, ...]:
    draft = open_draft(case.report, case.reading, case.memory, rulebook, case.now)
    found: list[Reason] = []
    for happening in hear(draft):
        for rule in rulebook.rules:
            answer = ask(draft, rule, happening)
            match answer:
                case Miss(condition=condition, detail=detail):
                    if not isinstance(happening, WordsHeard) or condition.startswith("keyword"):
                        found.append(Reason(condition, rule.id, happening.subject, detail))
                case Quiet(silence=silence, detail=detail):
                    found.append(Reason(silence, rule.id, happening.subject, detail))
                case _:
                    pass
    return tuple(found)
