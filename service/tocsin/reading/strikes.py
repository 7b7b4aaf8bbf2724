"""Attacks of the current news cycle, told as strikes.

A sentence is a candidate when it names an attack, or when a looser word ("attack", "blast", "hit")
stands in company of a weapon, an armed body, victims or a place. Whether the report tells of a
specific attack of the last three days is weighed over all its evidence; a threat, a plan, an
exercise, a verdict, an anniversary and an explainer speak against it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from tocsin.reading.attackers import roles_in
from tocsin.reading.attacks import StrikeWords, compile_attacks, told_in
from tocsin.reading.document import Document
from tocsin.reading.facts import Strike
from tocsin.reading.newness import CYCLE, Candidate, newness
from tocsin.reading.places import Located
from tocsin.reading.relevance import Relevance, read_weights
from tocsin.reading.when import find_times

#: Sentences of a long text that are searched for attacks: what a report tells, it tells early.
SEARCHED = 60
#: Sorts of words of which two different ones together may tell of an attack.
_COMPANY = frozenset(("loose", "loose verb", "harm", "armed", "weapon"))


def compile_strikes(
    data: Mapping[str, Any], weights: Mapping[str, Any] | None = None
) -> StrikeWords:
    """Compile strikes.yaml and the weights of its evidence."""
    given = weights or {}
    return compile_attacks(
        data, read_weights(given, "strike_weights"), float(given.get("bias", 0.0))
    )


def find_strikes(
    document: Document, words: StrikeWords, relevance: Relevance, located: Located
) -> tuple[Strike, ...]:
    """The strikes a report tells of, in reading order; none where it is not about conflict."""
    if not relevance.conflict:
        return ()
    found = candidates(document, words, located)
    if not found or newness(found, relevance, words) <= 0:
        return ()
    current = [one for one in found if one.current] or found[:1]
    told = [one for one in current if one.told.firm] or current[:1]
    strikes: list[Strike] = []
    for strike in map(_strike, told):
        twin = next((known for known in strikes if _may_be_one(known, strike)), None)
        if twin is None:
            strikes.append(strike)
        else:
            strikes[strikes.index(twin)] = _joined(twin, strike)
    return tuple(strikes)


def candidates(document: Document, words: StrikeWords, located: Located) -> list[Candidate]:
    """The sentences that may tell of an attack."""
    found = []
    for sentence in document.sentences[:SEARCHED]:
        told = told_in(sentence, words)
        mentions = located.within(sentence.index)
        company = len(_COMPANY & told.sorts) + bool(mentions)
        if told.firm or (company > 1 and not told.sorts.isdisjoint(_COMPANY)):
            times = find_times(sentence.folded, document.report.published)
            found.append(Candidate(told, times, mentions))
    return found


def _strike(one: Candidate) -> Strike:
    sentence = one.told.sentence
    roles = roles_in(one.told, one.mentions)
    day = _day(one)
    return Strike(
        kind=one.told.kind,
        attacker=roles.attacker,
        target=roles.target,
        place=roles.place,
        when=day.isoformat() if day else None,
        weapon=roles.weapon,
        claimant=roles.claimant,
        stance=roles.stance,
        field=sentence.field,
        start=sentence.start,
        end=sentence.end,
        quote=sentence.text,
    )


def _day(one: Candidate) -> date | None:
    """The latest day named within the news cycle."""
    days = [t.day for t in one.times if t.day and t.age is not None and 0 <= t.age <= CYCLE + 1]
    return max(days) if days else None


def _may_be_one(known: Strike, other: Strike) -> bool:
    """Whether two sentences may tell of one attack: nothing that both state differs."""
    return (
        (known.kind == other.kind or "other" in (known.kind, other.kind))
        and (known.place == other.place or None in (known.place, other.place))
        and (known.when == other.when or None in (known.when, other.when))
        and (known.attacker == other.attacker or None in (known.attacker, other.attacker))
    )


def _joined(known: Strike, other: Strike) -> Strike:
    return replace(
        known,
        kind=known.kind if known.kind != "other" else other.kind,
        attacker=known.attacker or other.attacker,
        target=known.target or other.target,
        place=known.place or other.place,
        when=known.when or other.when,
        weapon=known.weapon or other.weapon,
        claimant=known.claimant or other.claimant,
        stance=known.stance if known.stance != "asserted" else other.stance,
    )
