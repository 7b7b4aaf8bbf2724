"""What is told of a report, rule by rule: against what each rule told last, then folded.

One strike is one alert with its first toll in it; killed, wounded and missing of one event in one
report are one alert under the gravest of them.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from tocsin.judging.draft import Draft
from tocsin.judging.figure import change, last_told, one_side
from tocsin.judging.happening import (
    Change,
    FigureGone,
    FigureHeard,
    Happening,
    Quiet,
    StoryConfirmed,
    StoryMerged,
    StrikeReported,
    TruceStep,
    WordsHeard,
)
from tocsin.judging.headlined import is_headlined
from tocsin.judging.interval import like, relate
from tocsin.judging.keyword import Found
from tocsin.judging.matching import Match, Miss, Scene, matches, rules_to_ask, story_of
from tocsin.judging.memory import Told
from tocsin.judging.rulebook import SEVERITY_NUMBER, Rule, Severity
from tocsin.judging.series import board_of
from tocsin.judging.severity import graver, severity
from tocsin.judging.verdict import Reason
from tocsin.reading.facts import INDICATORS

#: Victims who are only ever counted as some of the others.
_PARTS = frozenset({"children", "women"})


@dataclass(frozen=True, slots=True)
class Part:
    """One figure within a telling: what was heard, how it changed, what its rule last told."""

    rule: Rule
    heard: FigureHeard
    change: Change
    told: Told | None


@dataclass(frozen=True, slots=True)
class Telling:
    """One alert to be: a rule, what happened, what changed, how grave.

    `besides` are the same figures as another rule would tell them: they count as told by it too.
    """

    rule: Rule
    happening: Happening
    severity: Severity
    told: Told | None = None
    parts: tuple[Part, ...] = ()
    found: tuple[Found, ...] = ()
    besides: tuple[Part, ...] = ()

    @property
    def changes(self) -> tuple[Change, ...]:
        """The changes of figures, gravest first."""
        return tuple(part.change for part in self.parts)


def tell(draft: Draft, happened: list[Happening]) -> list[Telling]:
    """Ask every rule that may care; name a reason for each silence; fold what is left."""
    tellings: list[Telling] = []
    for happening in happened:
        before = len(tellings), len(draft.reasons)
        for position in rules_to_ask(draft, happening):
            rule = draft.rulebook.rules[position]
            told = ask(draft, rule, happening)
            match told:
                case Telling():
                    tellings.append(told)
                case Quiet(silence=silence, detail=detail):
                    draft.reasons.append(Reason(silence, rule.id, happening.subject, detail))
                    draft.note(happening.entry, silence)
                case Miss():
                    pass
        asked = (len(tellings), len(draft.reasons)) != before
        if not asked and not isinstance(happening, WordsHeard):
            draft.reasons.append(Reason("no_rule", subject=happening.subject))
    return _fold(draft, tellings)


def ask(draft: Draft, rule: Rule, happening: Happening) -> Telling | Quiet | Miss:
    """What one rule makes of one happening: an alert, a silence, or a condition that fails."""
    if _muted(draft, happening):
        return Quiet("muted")
    match happening:
        case FigureHeard():
            return _ask_figure(draft, rule, happening)
        case (
            StrikeReported()
            | TruceStep()
            | WordsHeard()
            | FigureGone()
            | StoryConfirmed()
            | StoryMerged()
        ):
            told = told_before(draft, rule, happening)
            if isinstance(happening, WordsHeard) and told is not None:
                return Quiet("reprint", "its words were told of this report or story")
            result = matches(rule.when, Scene(draft, happening))
            if isinstance(result, Miss):
                return result
            if isinstance(happening, WordsHeard) and is_headlined(draft, rule):
                return Quiet("reprint", "the same title was told before")
            level = severity(rule, happening, ())
            if level is None:
                return Miss("severity", "no step of it holds")
            return Telling(rule, happening, level, told, found=result.found)


def told_before(draft: Draft, rule: Rule, happening: Happening) -> Told | None:
    """What the rule last told on the subject; of words: on the report, or in its story."""
    match happening:
        case FigureHeard(claim=claim) | FigureGone(claim=claim):
            return last_told(_told_of(draft, happening), rule.id, happening.subject, claim)
        case StrikeReported() | TruceStep() | WordsHeard() | StoryConfirmed() | StoryMerged():
            told = _told_of(draft, happening)
            mine = (one for one in reversed(told) if one.rule == rule.id)
            if isinstance(happening, WordsHeard):
                return next((one for one in mine if one.subject.endswith("/keyword")), None)
            return next((one for one in mine if one.subject == happening.subject), None)


def _told_of(draft: Draft, happening: Happening) -> tuple[Told, ...]:
    if isinstance(happening, TruceStep):
        return happening.truce.told if happening.truce else ()
    story = draft.stories.get(story_of(happening) or "")
    of_story = story.told if story else ()
    if isinstance(happening, WordsHeard):
        filed = draft.memory.filed.told if draft.memory.filed else ()
        return (*filed, *of_story)
    if happening.subject.startswith("theatre/"):
        series = draft.series.get(happening.subject)
        return series.told if series else ()
    return of_story


def _ask_figure(draft: Draft, rule: Rule, heard: FigureHeard) -> Telling | Quiet | Miss:
    told = told_before(draft, rule, heard)
    others: tuple[Told, ...] = ()
    if heard.subject.startswith("theatre/"):
        board = board_of(draft, heard)
        others = tuple(
            one
            for one in (board.told if board else ())
            if one.rule == rule.id and one.subject != heard.subject
        )
        told = _newest(told, others, heard)
    moved = change(heard, told, others, draft.names)
    if isinstance(moved, Quiet) and moved.silence in ("late", "reprint", "corroborated"):
        return moved if _cares(rule, draft, heard) else Miss("figure", "of another kind")
    if isinstance(moved, Quiet):
        moved = Change(moved.silence, heard.claim, told.claim if told else None)  # type: ignore[arg-type]
    result = matches(rule.when, Scene(draft, heard, moved))
    if isinstance(result, Miss):
        match result.condition:
            case "figure.change":
                return Quiet(moved.reason, result.detail)
            case "figure.delta":
                return Quiet("below_delta", result.detail)
            case _:
                return result
    level = severity(rule, heard, (moved,))
    if level is None:
        return Miss("severity", "no step of it holds")
    return Telling(rule, heard, level, told, (Part(rule, heard, moved, told),), result.found)


def _newest(told: Told | None, others: tuple[Told, ...], heard: FigureHeard) -> Told | None:
    """What the same claimant was last told to say, also of "people" where these are "soldiers"."""
    claimant = heard.subject.rpartition("/")[2]
    for other in others:
        if other.claim is None or not other.subject.endswith(f"/{claimant}"):
            continue
        newer = told is None or other.at > told.at
        same_people = _comparable(other.claim.victims, heard.claim.victims)
        if newer and same_people and one_side(other.claim, heard.claim):
            told = told if relate(other.claim, heard.claim) == "lower" else other
    return told


def _comparable(told: str, heard: str) -> bool:
    """Whether two kinds of victims may be one count: children are never all people."""
    return told == heard or (like(told, heard) and _PARTS.isdisjoint((told, heard)))


def _cares(rule: Rule, draft: Draft, heard: FigureHeard) -> bool:
    first = Change("first_report", heard.claim, None, heard.claim.low)
    result = matches(rule.when, Scene(draft, heard, first))
    return isinstance(result, Match) or result.condition in ("figure.change", "figure.delta")


def _muted(draft: Draft, happening: Happening) -> bool:
    ids = {happening.subject, story_of(happening), draft.report.feed}
    return not draft.memory.mutes.isdisjoint(filter(None, ids))


def _fold(draft: Draft, tellings: list[Telling]) -> list[Telling]:
    strikes = [one for one in tellings if isinstance(one.happening, StrikeReported)]
    figures = _together([one for one in tellings if isinstance(one.happening, FigureHeard)])
    figures = _once(draft, figures)
    rest = [one for one in tellings if not isinstance(one.happening, StrikeReported | FigureHeard)]
    kept: list[Telling] = []
    for figure in figures:
        incident = figure.happening.subject.startswith("story/")
        hosts = [
            index
            for index, strike in enumerate(strikes)
            if incident and story_of(strike.happening) == story_of(figure.happening)
        ]
        if not hosts:
            kept.append(figure)
            continue
        for index in hosts:
            strikes[index] = _carry(strikes[index], figure)
        draft.reasons += [
            Reason("told_with_strike", part.rule.id, part.heard.subject) for part in figure.parts
        ]
    found = [*strikes, *kept, *rest]
    return sorted(found, key=lambda one: -SEVERITY_NUMBER[one.severity])


def _carry(strike: Telling, figure: Telling) -> Telling:
    """The strike's telling with a toll in it, as grave as the graver of the two."""
    return replace(
        strike,
        severity=graver(strike.severity, figure.severity),
        parts=tuple(sorted((*strike.parts, *figure.parts), key=_gravity)),
        besides=(*strike.besides, *figure.besides),
    )


def _once(draft: Draft, figures: list[Telling]) -> list[Telling]:
    """The tellings of figures, each told by one rule of a pack: the one to which it is gravest."""
    kept: list[Telling] = []
    added: list[tuple[list[Part], list[Part]]] = []  # to each that is kept: parts, besides
    hosts: dict[tuple[str, str], int] = {}
    for figure in sorted(figures, key=lambda one: -SEVERITY_NUMBER[one.severity]):
        keys = [(figure.rule.pack, part.heard.entry) for part in figure.parts]
        index = next((hosts[key] for key in keys if key in hosts), None)
        if index is None:
            hosts |= dict.fromkeys(keys, len(kept))
            kept.append(figure)
            added.append(([], []))
            continue
        again = [part for part, key in zip(figure.parts, keys, strict=True) if key in hosts]
        fresh = [part for part, key in zip(figure.parts, keys, strict=True) if key not in hosts]
        hosts |= {key: index for key in keys if key not in hosts}
        draft.reasons += [
            Reason("told_by_another_rule", part.rule.id, part.heard.subject) for part in again
        ]
        parts, besides = added[index]
        parts += fresh
        besides += (*figure.besides, *again)
    return [
        _with(host, *more) if any(more) else host for host, more in zip(kept, added, strict=True)
    ]


def _with(host: Telling, parts: list[Part], besides: list[Part]) -> Telling:
    """A telling with what others would have told of the same."""
    return replace(
        host,
        parts=tuple(sorted((*host.parts, *parts), key=_gravity)),
        besides=(*host.besides, *besides),
    )


def _together(figures: list[Telling]) -> list[Telling]:
    """Killed, missing and wounded of one event (or of one claimant's totals) as one telling."""
    groups: dict[tuple[str, str], Telling] = {}
    for figure in figures:
        heard = figure.parts[0].heard
        incident = heard.subject.startswith("story/")
        key = (figure.rule.id, heard.story or "" if incident else heard.who.id)
        host = groups.get(key)
        if host is None:
            groups[key] = figure
            continue
        first, second = sorted((host, figure), key=lambda one: _gravity(one.parts[0]))
        groups[key] = replace(
            first,
            severity=graver(host.severity, figure.severity),
            parts=tuple(sorted((*host.parts, *figure.parts), key=_gravity)),
            found=(*first.found, *second.found),
        )
    return list(groups.values())


def _gravity(part: Part) -> tuple[int, bool]:
    return INDICATORS.index(part.heard.claim.indicator), part.heard.claim.basis != "incident"
