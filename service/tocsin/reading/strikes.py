"""Attacks of the current news cycle: found in sentences, weighed for the report, told as strikes.

A sentence is a candidate when it names an attack, or when a looser word ("attack", "blast", "hit")
stands in company of a weapon, an armed body or victims. Whether the report tells of a specific
attack of the last three days is weighed over all its evidence; a threat, a plan, an exercise, a
verdict, an anniversary and an explainer speak against it.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, NamedTuple

from tocsin.reading.attackers import Roles, roles_in
from tocsin.reading.attacks import StrikeWords, Told, compile_attacks, kind_of, told_in
from tocsin.reading.document import Document, Sentence
from tocsin.reading.facts import Strike
from tocsin.reading.places import Located
from tocsin.reading.relevance import Relevance, read_weights
from tocsin.reading.when import When, find_times

#: The news cycle: an attack dated longer ago is history, days.
CYCLE = 3
#: Sentences of a long text that are weighed for newness; candidates after these are not looked at.
LOOKED_AT = 40


class Candidate(NamedTuple):
    """A sentence that names an attack, with what it says around it."""

    sentence: Sentence
    told: Told
    times: list[When]
    firm: bool

    @property
    def age(self) -> int | None:
        """Days since the nearest time the sentence names; None where it names none."""
        ages = [time.age for time in self.times if time.age is not None]
        return min(ages, key=abs) if ages else None

    @property
    def day(self) -> date | None:
        """The latest day named that is not to come."""
        days = [
            t.day for t in self.times if t.day and t.age is not None and 0 <= t.age <= CYCLE + 1
        ]
        return max(days) if days else None


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
    if not found:
        return ()
    terms = evidence(found, relevance)
    score = words.bias + sum(words.weights.get(term, 0.0) * much for term, much in terms.items())
    if score <= 0:
        return ()
    current = [one for one in found if one.age is None or 0 <= one.age <= CYCLE + 1] or found[:1]
    firm = [one for one in current if one.firm] or current[:1]
    strikes: list[Strike] = []
    for one in firm:
        strike = _strike(one, located)
        twin = next((known for known in strikes if _same(known, strike)), None)
        if twin is None:
            strikes.append(strike)
        else:
            strikes[strikes.index(twin)] = _joined(twin, strike)
    return tuple(strikes)


def candidates(document: Document, words: StrikeWords, located: Located) -> list[Candidate]:
    """The sentences that may tell of an attack."""
    found = []
    for sentence in document.sentences[:LOOKED_AT]:
        told = told_in(sentence.folded, words)
        if not told.triggers:
            continue
        firm = told.has("firm:") or told.has("deed:firm")
        named = located.within(sentence.index)
        company = told.has("weapon:") or told.has("armed") or ("harm" in told.signs and named)
        if firm or company:
            times = find_times(sentence.folded, document.report.published)
            found.append(Candidate(sentence, told, times, firm))
    return found


def evidence(found: list[Candidate], relevance: Relevance) -> dict[str, float]:
    """What speaks for or against a specific, current attack, by name and strength."""
    terms: dict[str, float] = {"conflict score": max(-3.0, min(3.0, relevance.score))}
    if relevance.genre != "news":
        terms["genre " + relevance.genre] = 1.0
    best = max(found, key=_weight_of)
    for one in found:
        where = "title" if one.sentence.field == "title" else "body"
        terms[f"{where} {'firm' if one.firm else 'loose'}"] = 1.0
        for sign in one.told.signs:
            terms[f"{where} {sign}"] = 1.0
        for name in ("armed", "weapon:", "deed:firm", "deed:loose", "firm:", "loose:"):
            if one.told.has(name):
                terms[f"{where} {name.rstrip(':')}"] = 1.0
        if one.age is not None:
            age = one.age
            name = (
                "to come"
                if age < 0
                else "recent"
                if age <= CYCLE
                else "days old"
                if age < 14
                else "old"
            )
            terms[f"{where} {name}"] = 1.0
    for sign in best.told.signs:
        terms[f"best {sign}"] = 1.0
    if best.told.has("armed") and "harm" in best.told.signs:
        terms["best armed and harm"] = 1.0
    if not any(one.sentence.field == "title" for one in found):
        terms["not in title"] = 1.0
    return terms


def _weight_of(one: Candidate) -> tuple[bool, bool, bool, int]:
    return (one.firm, "harm" in one.told.signs, one.told.has("armed"), -one.sentence.index)


def _strike(one: Candidate, located: Located) -> Strike:
    sentence = one.sentence
    roles: Roles = roles_in(sentence, one.told, located.within(sentence.index))
    return Strike(
        kind=kind_of(one.told),
        attacker=roles.attacker,
        target=roles.target,
        place=roles.place,
        when=one.day.isoformat() if one.day else None,
        weapon=roles.weapon,
        claimant=roles.claimant,
        stance=roles.stance,
        field=sentence.field,
        start=sentence.start,
        end=sentence.end,
        quote=sentence.text,
    )


def _same(known: Strike, other: Strike) -> bool:
    """Whether two sentences may tell of one attack: nothing that both state differs."""
    return (
        (known.kind == other.kind or "other" in (known.kind, other.kind))
        and (known.place == other.place or None in (known.place, other.place))
        and (known.when == other.when or None in (known.when, other.when))
        and (known.attacker == other.attacker or None in (known.attacker, other.attacker))
    )


def _joined(known: Strike, other: Strike) -> Strike:
    return Strike(
        kind=known.kind if known.kind != "other" else other.kind,
        attacker=known.attacker or other.attacker,
        target=known.target or other.target,
        place=known.place or other.place,
        when=known.when or other.when,
        weapon=known.weapon or other.weapon,
        claimant=known.claimant or other.claimant,
        stance=known.stance if known.stance != "asserted" else other.stance,
        field=known.field,
        start=known.start,
        end=known.end,
        quote=known.quote,
    )
