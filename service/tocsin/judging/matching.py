"""Whether a rule's condition holds of what happened; if not, which part failed and why.

The same evaluator serves production, rule tests, backtest and `explain`.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Literal, assert_never, get_args

from tocsin.judging.draft import Draft
from tocsin.judging.geography import great_circle
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
from tocsin.judging.keyword import Found, Missing, find
from tocsin.judging.origins import independent
from tocsin.judging.rulebook import (
    SILENT_BY_DEFAULT,
    AllOf,
    AnyOf,
    CeasefireCondition,
    Condition,
    FigureCondition,
    KeywordCondition,
    Not,
    Rulebook,
    ScopeCondition,
    StrikeCondition,
)
from tocsin.judging.subject import slug

Kind = Literal["figure", "strike", "ceasefire", "words", "words of no war"]


@dataclass(frozen=True, slots=True)
class Miss:
    """The part of a condition that does not hold, in words for `explain`."""

    condition: str
    detail: str


@dataclass(frozen=True, slots=True)
class Match:
    """The condition holds. `found` are the words it found, for evidence."""

    found: tuple[Found, ...] = ()


@dataclass(frozen=True, slots=True)
class Scene:
    """What a condition is asked about: one happening, and its change where it is a figure."""

    draft: Draft
    happening: Happening
    change: Change | None = None


def kinds_of(condition: Condition) -> frozenset[Kind]:
    """What a rule speaks of; one of words and scope alone speaks of reports as they come."""
    return _kinds(condition) or frozenset({"words"})


def kind_of(happening: Happening) -> Kind:
    """Which rules are asked about a happening."""
    match happening:
        case FigureHeard() | FigureGone():
            return "figure"
        case StrikeReported() | StoryConfirmed() | StoryMerged():
            return "strike"
        case TruceStep():
            return "ceasefire"
        case WordsHeard():
            return "words"


def rules_to_ask(draft: Draft, happening: Happening) -> tuple[int, ...]:
    """Positions in the rulebook's `rules` of those that may care.

    Most reports are about no war, and most rules of words ask of nothing else.
    """
    kind = kind_of(happening)
    if kind == "words" and not draft.reading.conflict:
        kind = "words of no war"
    return _rules_by_kind(draft.rulebook)[kind]


@lru_cache(maxsize=8)
def _rules_by_kind(rulebook: Rulebook) -> dict[Kind, tuple[int, ...]]:
    found: dict[Kind, list[int]] = {kind: [] for kind in get_args(Kind)}
    for position, rule in enumerate(rulebook.rules):
        kinds = kinds_of(rule.when)
        for kind in kinds:
            found[kind].append(position)
        if "words" in kinds and not _needs_war(rule.when):
            found["words of no war"].append(position)
    return {kind: tuple(positions) for kind, positions in found.items()}


def _needs_war(condition: Condition) -> bool:
    """Whether a condition holds of no report that is not about armed conflict."""
    match condition:
        case KeywordCondition(conflict_only=needed):
            return needed
        case AllOf(parts=parts):
            return any(map(_needs_war, parts))
        case _:
            return False


def matches(condition: Condition, scene: Scene) -> Match | Miss:
    """Evaluate a condition on a scene."""
    match condition:
        case AllOf(parts=parts):
            return _all(parts, scene)
        case AnyOf(parts=parts):
            misses = []
            for part in parts:
                result = matches(part, scene)
                if isinstance(result, Match):
                    return result
                misses.append(f"{result.condition}: {result.detail}")
            return Miss("any", "; ".join(misses) or "it has no parts")
        case Not(part=part):
            result = matches(part, scene)
            return Miss("not", "what it forbids holds") if isinstance(result, Match) else Match()
        case FigureCondition():
            return _figure(condition, scene)
        case StrikeCondition():
            return _strike(condition, scene)
        case CeasefireCondition():
            return _ceasefire(condition, scene)
        case KeywordCondition():
            return _keyword(condition, scene)
        case ScopeCondition():
            return _scope(condition, scene)
        case _:
            assert_never(condition)


def nearest_site(draft: Draft, names: tuple[str, ...], happening: Happening) -> float | None:
    """Kilometres from the nearest of the user's own sites to the nearest place; never which."""
    sites = [site for site in draft.rulebook.sites if not names or site.name in names]
    distances = [
        great_circle(site.latitude, site.longitude, place.latitude, place.longitude)
        for site in sites
        for place in happening.places
        if place.latitude is not None and place.longitude is not None
        if place.precision in ("site", "town", "district")
    ]
    return min(distances, default=None)


def _kinds(condition: Condition) -> frozenset[Kind]:
    match condition:
        case AllOf(parts=parts) | AnyOf(parts=parts):
            return frozenset().union(*(_kinds(part) for part in parts))
        case Not():
            return frozenset()
        case FigureCondition():
            return frozenset({"figure"})
        case StrikeCondition():
            return frozenset({"strike"})
        case CeasefireCondition():
            return frozenset({"ceasefire"})
        case KeywordCondition() | ScopeCondition():
            return frozenset()


def _all(parts: tuple[Condition, ...], scene: Scene) -> Match | Miss:
    found: list[Found] = []
    for part in parts:
        result = matches(part, scene)
        if isinstance(result, Miss):
            return result
        found += result.found
    return Match(tuple(found))


def _figure(condition: FigureCondition, scene: Scene) -> Match | Miss:
    change = scene.change
    if change is None:
        return Miss("figure", "no figure changed")
    claim = change.after
    if condition.indicators and claim.indicator not in condition.indicators:
        return Miss("figure.indicator", f"it is {claim.indicator}")
    if condition.basis and claim.basis not in condition.basis:
        return Miss("figure.basis", f"it is {claim.basis}")
    wanted = condition.changes
    if wanted and change.reason not in wanted and "suspect" not in change.reason:
        return Miss("figure.change", f"it is {change.reason}")
    if not wanted and change.reason in SILENT_BY_DEFAULT:
        return Miss("figure.change", f"{change.reason} is silent by default")
    if condition.victims and not _among(scene, condition.victims):
        return Miss("figure.victims", f"they are {claim.victims}")
    if condition.value is not None and not condition.value.holds(level(claim)):
        return Miss("figure.value", f"it is {level(claim)}")
    if condition.delta is not None and not _moved(condition, change):
        return Miss("figure.delta", f"it moved by {change.delta}")
    return Match()


def _moved(condition: FigureCondition, change: Change) -> bool:
    """A fall is as much of a movement as a rise."""
    moved = change.delta
    if moved is None or condition.delta is None:
        return False
    return condition.delta.holds(abs(moved) if change.reason != "range_narrowed" else moved)


def _among(scene: Scene, victims: tuple[str, ...]) -> bool:
    heard = [scene.change.after] if scene.change else []
    if isinstance(scene.happening, FigureHeard):
        heard += scene.happening.claims
    return any(
        claim.victims == one or part_of(claim.victims, one) for claim in heard for one in victims
    )


def _strike(condition: StrikeCondition, scene: Scene) -> Match | Miss:
    if not isinstance(scene.happening, StrikeReported):
        return Miss("strike", "no new strike is reported")
    strike = scene.happening.strike
    if condition.kinds and strike.kind not in condition.kinds:
        return Miss("strike.kind", f"it is {strike.kind}")
    if condition.attackers and not _named(scene, strike.attacker, condition.attackers):
        return Miss("strike.attacker", f"it is {strike.attacker}")
    if condition.weapons and not any(
        slug(weapon) in slug(strike.weapon or "") for weapon in condition.weapons
    ):
        return Miss("strike.weapon", f"it is {strike.weapon}")
    return Match()


def _ceasefire(condition: CeasefireCondition, scene: Scene) -> Match | Miss:
    if not isinstance(scene.happening, TruceStep):
        return Miss("ceasefire", "no truce changed")
    before = scene.happening.truce.status if scene.happening.truce else "none"
    if condition.from_status and before not in condition.from_status:
        return Miss("ceasefire.from", f"it was {before}")
    if condition.to_status and scene.happening.status not in condition.to_status:
        return Miss("ceasefire.to", f"it is {scene.happening.status}")
    return Match()


def _keyword(condition: KeywordCondition, scene: Scene) -> Match | Miss:
    if condition.conflict_only and not scene.draft.reading.conflict:
        return Miss("keyword.conflict", "the report is not about armed conflict")
    found = find(condition, scene.draft.hits)
    return Miss("keyword", found.what) if isinstance(found, Missing) else Match(found)


def _scope(condition: ScopeCondition, scene: Scene) -> Match | Miss:
    draft, happening = scene.draft, scene.happening
    places = happening.places
    if condition.theatres and draft.theatre not in condition.theatres:
        return Miss("theatre", f"it is {draft.theatre}")
    names = {slug(place.name) for place in places}
    if condition.places and not names & {slug(name) for name in condition.places}:
        return Miss("place", "it is elsewhere")
    countries = {place.country for place in places if place.country}
    if condition.countries and not countries & set(condition.countries):
        return Miss("country", "it is elsewhere")
    if condition.near_km is not None:
        distance = nearest_site(draft, condition.near_sites, happening)
        if distance is None or distance > condition.near_km:
            return Miss("near", "no place of it is that near")
    if condition.languages and draft.report.language not in condition.languages:
        return Miss("language", f"it is {draft.report.language}")
    if condition.publishers:
        publisher = draft.publisher
        if not {publisher.id, publisher.family, slug(publisher.name)} & set(condition.publishers):
            return Miss("publisher", f"it is {publisher.id}")
    return _speaker(condition, scene)


def _speaker(condition: ScopeCondition, scene: Scene) -> Match | Miss:
    draft, happening = scene.draft, scene.happening
    name = _claimant(happening)
    who = draft.names.claimant(name)
    if (
        condition.claimants
        and who.id not in condition.claimants
        and slug(name or "") not in {slug(one) for one in condition.claimants}
    ):
        return Miss("claimant", f"it is {who.id}")
    if condition.sides and who.side not in condition.sides:
        return Miss("side", f"it is {who.side}")
    if condition.origins is not None:
        story = draft.stories.get(story_of(happening) or "")
        count = independent(story.origins) if story else 1
        if not condition.origins.holds(count):
            return Miss("origins", f"there are {count}")
    return Match()


def story_of(happening: Happening) -> str | None:
    """The story a happening belongs to."""
    return None if isinstance(happening, TruceStep) else happening.story


def _claimant(happening: Happening) -> str | None:
    match happening:
        case FigureHeard(claim=claim) | FigureGone(claim=claim):
            return claim.claimant
        case StrikeReported(strike=strike):
            return strike.claimant
        case TruceStep(ceasefire=ceasefire):
            return ceasefire.claimant
        case WordsHeard() | StoryConfirmed() | StoryMerged():
            return None


def _named(scene: Scene, attacker: str | None, wanted: tuple[str, ...]) -> bool:
    names = scene.draft.names
    return bool({names.party(attacker), names.belligerent(attacker)} & set(wanted)) or slug(
        attacker or ""
    ) in {slug(one) for one in wanted}
