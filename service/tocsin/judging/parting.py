"""The events of one report: its attacks parted or gathered, and each figure with its own.

Attacks of one attacker and one day are one wave; what the report parts by place, by war or by who
counts the dead stays apart.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from tocsin.judging.event import Event, beside_a_clash, incident_figures, said_at
from tocsin.judging.geography import apart, find_place, fine, local_day, same_name
from tocsin.judging.rulebook import Rulebook
from tocsin.judging.subject import Names, names_of
from tocsin.judging.target import targets
from tocsin.judging.traits import traits
from tocsin.reading.facts import Claim, Place, Reading, Strike
from tocsin.reading.report import Report

_OVERNIGHT = re.compile(r"\b(?:over)?night\b", re.IGNORECASE)
_MOST_EVENTS = 4
_FIGHTING = frozenset({"soldiers", "combatants"})


def events(report: Report, reading: Reading, rulebook: Rulebook, now: datetime) -> list[Event]:
    """The events of a report, the one it is most about first; at most four.

    Strikes of one attacker and one day are one wave, wherever they fell. A figure belongs to the
    event at its place, else to the first; one of the other side elsewhere to none.
    """
    said = said_at(report, now)
    names = names_of(rulebook, reading.theatre)
    found: list[Event] = []
    for strike in reading.strikes:
        place = find_place(strike.place, reading.places)
        attacker = names.belligerent(strike.attacker)
        lone = Event(
            theatre=reading.theatre,
            said=said,
            places=(place,) if place else (),
            days=(strike.when,) if strike.when else (),
            stated=strike.when is not None,
            overnight=bool(_OVERNIGHT.search(strike.quote)),
            attackers=(attacker,) if attacker else (),
            kinds=(strike.kind,),
            strikes=(strike,),
        )
        _gather(found, lone, reading.claims)
    for claim in incident_figures(reading):
        _assign(found, claim, reading, said, names)
    if not found:
        return []
    words = traits(report)
    around = _around(reading, rulebook)
    named = tuple(place for place in reading.places if fine(place))
    return [
        replace(
            _dated(one, _not_of_others(around, one, found)),
            named=named,
            words=words,
            targets=targets(" ".join((report.title, *(strike.quote for strike in one.strikes)))),
        )
        for one in found[:_MOST_EVENTS]
    ]


def _gather(found: list[Event], lone: Event, claims: Sequence[Claim]) -> None:
    for index, event in enumerate(found):
        if not _one_wave(event, lone, claims):
            continue
        found[index] = replace(
            event,
            places=tuple(dict.fromkeys((*event.places, *lone.places))),
            days=event.days or lone.days,
            stated=event.stated or lone.stated,
            overnight=event.overnight or lone.overnight,
            attackers=event.attackers or lone.attackers,
            kinds=tuple(dict.fromkeys((*event.kinds, *lone.kinds))),
            strikes=(*event.strikes, *lone.strikes),
        )
        return
    found.append(lone)


def _one_wave(event: Event, lone: Event, claims: Sequence[Claim]) -> bool:
    """One attacker, one day; where one gives no day and both name towns, the same town too."""
    if event.attackers and lone.attackers and event.attackers != lone.attackers:
        return False
    if _abroad(event, lone) or beside_a_clash(event, lone):
        return False
    if {one.section for one in event.strikes}.isdisjoint(one.section for one in lone.strikes):
        return False
    if _counted_apart(event.strikes[0], lone.strikes[0], claims):
        return False
    if event.days and lone.days:
        return event.days == lone.days
    if event.days == lone.days:
        return True
    towns = [place for place in lone.places if fine(place)]
    others = [place for place in event.places if fine(place)]
    return not (towns and others) or any(_one_town(one, two) for one in towns for two in others)


def _one_town(one: Place, two: Place) -> bool:
    """Whether two places are one town, or one is a site in the other: "a beach in ▢"."""
    site = "site" in (one.precision, two.precision)
    return same_name(one, two) or (site and not apart((one,), (two,)))


def _counted_apart(one: Strike, two: Strike, claims: Sequence[Claim]) -> bool:
    """Whether two attacks have each its dead in its own sentence, counted by two speakers."""
    if one.place == two.place:
        return False
    (mine, theirs) = (
        {(claim.claimant, claim.value) for claim in claims if _is_in(claim, strike)}
        for strike in (one, two)
    )
    speakers = {who for who, _ in mine}.isdisjoint(who for who, _ in theirs)
    return bool(mine and theirs) and speakers and mine.isdisjoint(theirs)


def _is_in(claim: Claim, strike: Strike) -> bool:
    """Whether a count of dead stands in the sentence that tells of an attack."""
    return (
        claim.indicator == "killed"
        and claim.claimant is not None
        and claim.field == strike.field
        and strike.start <= claim.start < strike.end
    )


def _abroad(event: Event, lone: Event) -> bool:
    """Whether a strike is told to be in another land, and in a sentence of its own."""
    lands = {place.country for place in event.places} - {None}
    there = {place.country for place in lone.places} - {None}
    spans = {(one.field, one.start) for one in event.strikes}
    alone = all((one.field, one.start) not in spans for one in lone.strikes)
    return bool(lands and there) and lands.isdisjoint(there) and alone


def _assign(
    found: list[Event], claim: Claim, reading: Reading, said: datetime, names: Names
) -> None:
    place = find_place(claim.place, reading.places)
    strange = False
    # Where a strike is told at that very place, the figure is not another one's not far away.
    there = [n for n, one in enumerate(found) if one.strikes and place in one.places[:1]]
    beside = [n for n, one in enumerate(found) if _beside(claim, one)]
    own = (*(beside if len(beside) == 1 else ()), *there)
    if claim.field == "title":  # the title's first figure is of what the report is most about
        own = tuple(there) if found and found[0].claims else ()
    for index in dict.fromkeys((*own, *range(len(found)))):
        event = found[index]
        elsewhere = place is not None and (
            (fine(place) and apart((place,), event.places)) or _turned(claim, place, event)
        )
        if _answered(claim, event, names) or _across(claim, event, reading, names):
            strange = True
        elif not elsewhere:
            found[index] = replace(event, claims=(*event.claims, claim))
            return
    if strange:
        return  # of another event, of which nothing else is told
    places = (place,) if place else ()
    found.append(Event(theatre=reading.theatre, said=said, places=places, claims=(claim,)))


def _beside(claim: Claim, event: Event) -> bool:
    """Whether a figure stands in the very sentence that tells of the event's attack."""
    return any(
        one.field == claim.field and one.start <= claim.start < one.end for one in event.strikes
    )


def _turned(claim: Claim, place: Place, event: Event) -> bool:
    """Whether a figure at another place is told after the report has turned to something else."""
    sections = {one.section for one in event.strikes} | {one.section for one in event.claims}
    return claim.section not in sections and place.name not in {one.name for one in event.places}


def _answered(claim: Claim, event: Event, names: Names) -> bool:
    """Whether a figure counts soldiers of the side that struck: their loss led to the strike."""
    if claim.victims not in _FIGHTING or not event.strikes:
        return False
    camp = names.camp(names.party(claim.side))
    return camp is not None and camp in event.attackers


def _across(claim: Claim, event: Event, reading: Reading, names: Names) -> bool:
    """Whether it is told of one camp here and of the other camp there: this is there.

    "Four of theirs killed in the province, three of ours hurt in the town".
    """
    here = {place.name for place in event.places}
    side = names.belligerent(claim.side)
    if side is None or claim.place is None or not here or claim.place in here:
        return False
    others = {
        names.belligerent(one.side)
        for one in reading.claims
        if one.basis == "incident" and one.place in here and one.field == claim.field
    } - {None, side}
    return any(name in names.fighting for name in (side, *others)) and bool(others)


def _around(reading: Reading, rulebook: Rulebook) -> tuple[Place, ...]:
    """Where an event without a place of its own may be: the report's places, not its dateline.

    A live page or an explainer names the places of many events: only one that is alone will do.
    """
    theatre = rulebook.theatres.get(reading.theatre or "")
    countries = {place[3] for place in theatre.places} if theatre else set()
    named = [place for place in reading.places if not place.name.isupper()]
    towns = [
        place for place in named if fine(place) and (not countries or place.country in countries)
    ]
    if reading.genre != "news" and len(towns) > 1:
        return ()
    return tuple(towns[:2] or named[:2] or reading.places[:2])


def _not_of_others(
    around: tuple[Place, ...], event: Event, found: list[Event]
) -> tuple[Place, ...]:
    """The places of a report that an event may be at: none that another has for its own.

    What a report turns to later is at none of them that it does not name there.
    """
    if any(one.section for one in event.strikes):
        return ()
    theirs = {place.name for other in found if other is not event for place in other.places}
    return tuple(place for place in around if place.name not in theirs)


def _dated(event: Event, around: tuple[Place, ...]) -> Event:
    places = event.places or around
    if event.days:
        return replace(event, places=places)
    day = local_day(event.said, places)
    if event.overnight:
        before = (datetime.fromisoformat(day) - timedelta(days=1)).date().isoformat()
        return replace(event, places=places, days=(before, day))
    return replace(event, places=places, days=(day,))
