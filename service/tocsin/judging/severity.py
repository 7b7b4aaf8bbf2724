"""How grave, by rules that are data, and how loud: whether people are to be stirred by it."""

from __future__ import annotations

from datetime import timedelta
from statistics import median

from tocsin.judging.happening import (
    Change,
    FigureGone,
    FigureHeard,
    Happening,
    StoryConfirmed,
    StoryMerged,
    StrikeReported,
    TruceStep,
    WordsHeard,
)
from tocsin.judging.interval import level, part_of
from tocsin.judging.memory import Told
from tocsin.judging.rulebook import SEVERITY_NUMBER, Rule, Severity, SeverityStep
from tocsin.reading.facts import Claim

LEVELS: tuple[Severity, ...] = ("low", "medium", "high", "critical")
#: Crossing one of these makes a figure loud.
THRESHOLDS = (10, 25, 50, 100, 250, 500, 1000)
_SURGE = 3
_SURGE_STEPS = 14
_SURGE_LEAST = 5  # steps before a median means anything
_GRAVE_DEAD = 10  # an incident of ten dead never ends below high


def severity(rule: Rule, happening: Happening, changes: tuple[Change, ...]) -> Severity | None:
    """The first step of the rule that holds; None where none does: the rule then tells nothing."""
    for step in rule.severity:
        if _holds(step, happening, changes):
            return _settled(step.level, happening)
    return None


def graver(one: Severity, other: Severity) -> Severity:
    """The graver of two levels."""
    return one if SEVERITY_NUMBER[one] >= SEVERITY_NUMBER[other] else other


def loud(
    happening: Happening, changes: tuple[Change, ...], reached: int, told: Told | None
) -> bool:
    """First, over a threshold, doubled, graver, a new strike, a truce's change or a correction."""
    match happening:
        case StrikeReported(old=old) | TruceStep(old=old):
            return not old
        case FigureGone():
            return True
        case StoryConfirmed() | StoryMerged():
            return False
        case WordsHeard():
            return told is None
        case FigureHeard(old=old):
            if old:
                return False
            if told is None or reached > told.loudest:
                return True
            return any(_loud_change(change) for change in changes)


def crossed(before: int, after: int, marks: tuple[int, ...] = THRESHOLDS) -> bool:
    """Whether a rise passes one of the marks."""
    return any(before < mark <= after for mark in marks)


def milestones(upto: int) -> tuple[int, ...]:
    """100, 250, 500, 1,000, 2,500, 5,000, … up to a number."""
    found: list[int] = []
    unit = 100
    while unit <= upto:
        found += [unit, unit * 5 // 2, unit * 5]
        unit *= 10
    return tuple(found)


def _loud_change(change: Change) -> bool:
    if change.reason == "first_report":
        return True
    before = level(change.before) if change.before else 0
    after = level(change.after)
    if before is None or after is None:
        return False
    doubled = after >= 2 * before > 0
    return change.reason != "rounding_only" and (crossed(before, after) or doubled)


def _holds(step: SeverityStep, happening: Happening, changes: tuple[Change, ...]) -> bool:
    claims = _claims(happening, changes)
    if step.figures and not _figures_hold(step, claims):
        return False
    if step.victims and not any(_among(claim.victims, step.victims) for claim in claims):
        return False
    if step.basis and not any(change.after.basis in step.basis for change in changes):
        return False
    if step.changes and not any(change.reason in step.changes for change in changes):
        return False
    if step.milestone and not any(_milestone(change) for change in changes):
        return False
    if step.surge and not _surge(happening, changes):
        return False
    if step.kinds:
        struck = happening.strike.kind if isinstance(happening, StrikeReported) else None
        if struck not in step.kinds:
            return False
    if step.statuses:
        status = happening.status if isinstance(happening, TruceStep) else None
        if status not in step.statuses:
            return False
    if step.quiet_days is not None:
        if not isinstance(happening, StrikeReported):
            return False
        if happening.quiet is not None and happening.quiet < timedelta(days=step.quiet_days):
            return False
    return True


def _figures_hold(step: SeverityStep, claims: tuple[Claim, ...]) -> bool:
    """Each figure asked for is reached by one claim, of the victims asked for."""
    return all(
        any(
            claim.indicator == indicator
            and comparison.holds(level(claim))
            and (not step.victims or _among(claim.victims, step.victims))
            for claim in claims
        )
        for indicator, comparison in step.figures
    )


def _claims(happening: Happening, changes: tuple[Change, ...]) -> tuple[Claim, ...]:
    changed = tuple(change.after for change in changes)
    match happening:
        case StrikeReported(claims=claims) | FigureHeard(claims=claims):
            return (*changed, *claims)
        case TruceStep() | WordsHeard() | FigureGone() | StoryConfirmed() | StoryMerged():
            return changed


def _among(victims: str, asked: tuple[str, ...]) -> bool:
    return any(victims == one or part_of(victims, one) for one in asked)


def _milestone(change: Change) -> bool:
    before = level(change.before) if change.before else 0
    after = level(change.after)
    if before is None or after is None:
        return False
    return crossed(before, after, milestones(after))


def _surge(happening: Happening, changes: tuple[Change, ...]) -> bool:
    series = happening.series if isinstance(happening, FigureHeard) else None
    if series is None or len(series.steps) < _SURGE_LEAST:
        return False
    usual = median(series.steps[-_SURGE_STEPS:])
    return any(change.delta is not None and change.delta >= _SURGE * usual for change in changes)


def _settled(found: Severity, happening: Happening) -> Severity:
    """An event older than 72 hours is one level lower; ten dead in an incident stay high."""
    if not getattr(happening, "old", False):
        return found
    lower = LEVELS[max(0, LEVELS.index(found) - 1)]
    dead = [
        level(claim) or 0
        for claim in _claims(happening, ())
        if claim.indicator == "killed" and claim.basis == "incident"
    ]
    return (
        graver(lower, "high")
        if max(dead, default=0) >= _GRAVE_DEAD <= 10
        and found
        in (
            "high",
            "critical",
        )
        else lower
    )
