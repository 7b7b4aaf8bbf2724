"""A telling as a published event: CloudEvents 1.0, at most 20 kB, fixed from here on.

The id is a hash of rule, subject, the ledger entry last told, and the new value: the same change
computed twice is the same alert, and a second 15 → 17 is another. Severity, origins, the rule's
version and the clock are not in it.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any, assert_never

import orjson

from tocsin.judging.draft import Draft, digest
from tocsin.judging.envelope import enveloped, stamp
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
from tocsin.judging.headline import headline
from tocsin.judging.matching import nearest_site, story_of
from tocsin.judging.origins import independent
from tocsin.judging.rulebook import SEVERITY_NUMBER, Severity
from tocsin.judging.severity import loud
from tocsin.judging.subject import NO_THEATRE
from tocsin.judging.telling import Telling
from tocsin.judging.verdict import Alert
from tocsin.reading.facts import Claim, Place

#: Types that follow an alert and name it in `causationid`.
FOLLOWING = frozenset(
    {
        "tocsin.alert.corrected",
        "tocsin.alert.retracted",
        "tocsin.story.confirmed",
        "tocsin.story.merged",
    }
)
#: The most bytes of one event.
LARGEST = 20_000
_EVIDENCE = 8


@dataclass(frozen=True, slots=True)
class Desk:
    """Where an alert is written: the installation it comes from, and whether it is a trial."""

    source: str = "/tocsin/default"
    test: bool = False
    capped_until: datetime | None = None  # this is the feed's last alert until then
    late: bool = False  # it came in while nobody looked


def alert_id(telling: Telling) -> str:
    """The name of this change: no severity, no origins, no rule version, no clock in it."""
    last = telling.told.entry if telling.told else "none"
    match telling.happening:
        case FigureHeard(claim=claim, who=who) | FigureGone(claim=claim, who=who):
            state: tuple[object, ...] = (
                *(claim.value, claim.low, claim.high, claim.bound),
                type_of(telling),
                who.id,
            )
        case TruceStep(status=status, who=who):
            state = (None, None, None, None, status, who.id)
        case StrikeReported() | WordsHeard() | StoryConfirmed() | StoryMerged():
            state = (None, None, None, None, type_of(telling), None)
        case _ as never:
            assert_never(never)
    return digest(telling.rule.id, telling.happening.subject, last, *state)


def type_of(telling: Telling) -> str:
    """The CloudEvents type."""
    match telling.happening:
        case StrikeReported():
            return "tocsin.strike.reported"
        case FigureHeard(before=before, report=report):
            told = telling.told
            edited = before is not None and told is not None and told.report == report
            fell = any(change.reason == "lowered" for change in telling.changes)
            return "tocsin.alert.corrected" if edited and fell else "tocsin.figure.changed"
        case FigureGone():
            return "tocsin.alert.retracted"
        case StoryConfirmed():
            return "tocsin.story.confirmed"
        case StoryMerged():
            return "tocsin.story.merged"
        case TruceStep():
            return "tocsin.ceasefire.changed"
        case WordsHeard():
            return "tocsin.keyword.matched"


def publish(draft: Draft, telling: Telling, desk: Desk) -> Alert:
    """The event of a telling."""
    happening, told, kind = telling.happening, telling.told, type_of(telling)
    story = story_of(happening)
    number = SEVERITY_NUMBER[telling.severity]
    settled = telling.rule.status != "experimental"  # an experiment stirs nobody
    stirring = (
        settled
        and draft.reading.genre == "news"
        and (kind.startswith("tocsin.alert.") or loud(happening, telling.changes, number, told))
    )
    theatre = None if draft.theatre == NO_THEATRE else draft.theatre
    identity = alert_id(telling)
    distance = nearest_site(draft, (), happening) if draft.rulebook.sites else None
    data: dict[str, Any] = {
        "headline": headline(draft, telling),
        "loud": stirring,
        "late": desk.late,
        "test": desk.test,
        "rule": {
            "id": telling.rule.id,
            "title": telling.rule.title,
            "pack": telling.rule.pack,
            "version": telling.rule.version,
        },
        "changes": _changes(draft, telling),
        "revision": told.revision + 1 if told else 1,
        "previous": (told.alert or None) if told else None,
        "report": _report(draft),
        "evidence": _evidence(telling),
        "confirmation": _confirmation(draft, story, happening),
        "theatre": theatre,
        "places": [asdict(place) for place in happening.places[:8]],
        "possibly": happening.possibly if isinstance(happening, StrikeReported) else None,
        "distance_km": None if distance is None else round(distance, 1),
        "capped_until": stamp(desk.capped_until) if desk.capped_until else None,
    }
    event = enveloped(
        identity,
        kind,
        happening.subject,
        data,
        source=desk.source,
        severity=_at_least(telling, kind),
        said=draft.said,
        recorded=draft.now,
        thread=story or happening.subject,
        follows=(told.alert or None) if told and kind in FOLLOWING else None,
    )
    return Alert(identity, _fitted(event), story, _country(happening.places))


def _at_least(telling: Telling, kind: str) -> Severity:
    """A correction is at least as severe as what it corrects (R27)."""
    number = SEVERITY_NUMBER[telling.severity]
    if kind.startswith("tocsin.alert.") and telling.told:
        number = max(number, telling.told.severity)
    return next(text for text, value in SEVERITY_NUMBER.items() if value == number)


def _changes(draft: Draft, telling: Telling) -> list[dict[str, Any]]:
    match telling.happening:
        case TruceStep(truce=truce, status=status, ceasefire=said, after=after):
            return [
                {
                    "reason": status,
                    "from": truce.status if truce else None,
                    "to": status,
                    "parties": list(after.parties),
                    "number": after.number,
                    "broker": after.broker,
                    "violator": said.violator,
                    "claimant": said.claimant,
                    "until": after.until,
                }
            ]
        case FigureGone(claim=claim):
            return [{"reason": "gone", "indicator": claim.indicator, "from": _plain(claim)}]
        case StoryConfirmed(story=story):
            count = independent(draft.stories[story].origins)
            return [{"reason": "confirmed", "origins": count}]
        case StoryMerged(story=story, into=into):
            return [{"reason": "merged", "from": story, "to": into}]
        case WordsHeard():
            return [{"reason": "matched", "words": [hit.quote for hit in telling.found[:8]]}]
        case StrikeReported() | FigureHeard():
            return [_change(change) for change in telling.changes]


def _change(change: Change) -> dict[str, Any]:
    told: dict[str, Any] = {
        "reason": change.reason,
        "indicator": change.after.indicator,
        "from": _plain(change.before) if change.before else None,
        "to": _plain(change.after),
        "delta": change.delta,
    }
    return {**told, "mark": change.mark} if change.mark else told


def _plain(claim: Claim) -> dict[str, Any]:
    lists = {"disputed_by": list(claim.disputed_by), "joined": list(claim.joined)}
    return {**asdict(claim), **lists}


def _report(draft: Draft) -> dict[str, Any]:
    report = draft.report
    return {
        "id": report.id,
        "guid": report.guid[:500],
        "url": report.url,
        "title": report.title[:300],
        "publisher": report.publisher or draft.publisher.name,
        "feed": report.feed,
        "published": stamp(report.published) if report.published else None,
        "fetched": stamp(report.fetched) if report.fetched else None,
        "version": report.version,
    }


def _evidence(telling: Telling) -> list[dict[str, Any]]:
    happening = telling.happening
    claims: list[Claim] = [change.after for change in telling.changes]
    facts: list[Any] = list(claims)
    if isinstance(happening, StrikeReported):
        facts.insert(0, happening.strike)
    if isinstance(happening, TruceStep):
        facts.insert(0, happening.ceasefire)
    facts += telling.found
    return [
        {"field": fact.field, "start": fact.start, "end": fact.end, "quote": fact.quote}
        for fact in facts[:_EVIDENCE]
    ]


def _confirmation(draft: Draft, story: str | None, happening: Happening) -> dict[str, Any]:
    known = draft.stories.get(story or "")
    if known is not None and not happening.subject.startswith("theatre/"):
        return {
            "origins": max(1, independent(known.origins)),
            "claimants": list(known.claimants[:8]),
            "publishers": list(known.publishers[:8]),
            "denied_by": list(known.denied_by[:8]),
        }
    claimant = None
    denied: list[str] = []
    if isinstance(happening, FigureHeard):
        claimant, denied = happening.claim.claimant, list(happening.claim.disputed_by[:8])
    if isinstance(happening, TruceStep):
        claimant = happening.ceasefire.claimant
    return {
        "origins": 1,
        "claimants": [claimant] if claimant else [],
        "publishers": [draft.publisher.name],
        "denied_by": denied,
    }


def _country(places: tuple[Place, ...]) -> str | None:
    return next((place.country for place in places if place.country), None)


def _fitted(event: dict[str, Any]) -> dict[str, Any]:
    """The event within its size: long strings are cut shorter, then lists to their gravest."""
    for longest in (2_000, 400, 120):
        if len(orjson.dumps(event)) <= LARGEST:
            return event
        event = {**event, "data": _cut(event["data"], longest)}
        for one in event["data"]["evidence"]:  # a quote is the slice between its offsets
            one["end"] = one["start"] + len(one["quote"])
    for name in ("evidence", "places", "changes"):
        event["data"][name] = event["data"][name][:2]
    return event


def _cut(value: Any, longest: int) -> Any:
    match value:
        case str():
            return value[:longest]
        case list():
            return [_cut(one, longest) for one in value]
        case dict():
            return {key: _cut(one, longest) for key, one in value.items()}
        case _:
            return value
