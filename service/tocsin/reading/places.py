"""Places of a report and the theatre it plays in: a war's own names first, then the gazetteer.

A name that stands for several places is decided by the countries that the report names, else by
size where one is ten times the next, else left open: the name is given without a country.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from tocsin.reading.document import Document, Sentence
from tocsin.reading.facts import Place, Precision
from tocsin.reading.place_names import PlaceNames, Spot
from tocsin.reading.siting import heads, is_away, is_bound, is_sited, speaks

_DOMINANT = 10
_NAME_AFTER = re.compile(r" [A-Z][a-z\u2019']")
_WHERE_BEFORE = re.compile(r"\b(?:in|near|at|of|from|to|on|outside|around|across|hits?|struck) $")
_FINEST_FIRST: tuple[Precision, ...] = ("site", "town", "district", "region", "country")
#: How a place's name may begin in small letters.
_LOWER_STARTS = (
    *("al-", "el-", "as-", "ar-"),
    *("northern ", "southern ", "eastern ", "western ", "central "),
)


class Mention(NamedTuple):
    """A place, nation or party named in a sentence: offsets in the sentence, and what it is.

    `nation` is the country's name for a country or its people ("Ukrainian" gives Ukraine), `land`
    the code of the country that the nation has or the place lies in, `party` the name of the
    theatre's party; `place` is None for a people, a party, and where the name of a place stands
    for those who speak there or whose a thing is. `sited`: the words before it say that something
    is there; `away`: they say that what is told happened elsewhere.
    """

    start: int
    end: int
    name: str
    place: Place | None
    nation: str | None
    party: str | None
    land: str | None = None
    sited: bool = False
    away: bool = False


@dataclass(frozen=True, slots=True)
class Located:
    """Where a report plays: its places in reading order, its theatre, its mentions by sentence."""

    places: tuple[Place, ...] = ()
    theatre: str | None = None
    mentions: Mapping[int, tuple[Mention, ...]] | None = None

    def within(self, index: int) -> tuple[Mention, ...]:
        """The mentions of one sentence."""
        return (self.mentions or {}).get(index, ())


def find_places(document: Document, names: PlaceNames) -> Located:
    """All places, nations and parties that a report names, and the theatre they speak for."""
    found: list[tuple[Sentence, int, int, str, str]] = []
    votes: dict[str, int] = {}
    countries: dict[str, int] = {}
    for sentence in document.sentences:
        for key, start, end in sentence.find(names.phrases):
            named = names.named[key]
            for theatre, much in named.words:
                votes[theatre] = votes.get(theatre, 0) + much
            name = sentence.text[start:end]
            if not _is_name(name) or (named.small and _like_a_person(sentence.text, start, end)):
                continue
            found.append((sentence, start, end, name, key))
            for theatre, much in named.votes:
                votes[theatre] = votes.get(theatre, 0) + much
            for country, much in named.countries:
                countries[country] = countries.get(country, 0) + much
    elected = _elected(votes)
    known: dict[str, Place | None] = {}
    places: dict[str, Place] = {}
    mentions: dict[int, list[Mention]] = {}
    for sentence, start, end, name, key in found:
        named = names.named[key]
        if name not in known:
            known[name] = _place(name, named.spots, countries, elected)
        place = known[name]
        away = place is not None and is_away(
            sentence.folded, start, end, country=place.precision == "country"
        )
        group = mentions.setdefault(sentence.index, [])
        sited = (
            place is not None
            and not away
            and (
                is_sited(sentence.folded, start, end)
                or _joins(sentence.text, group, start)
                or (place.precision != "country" and heads(sentence.folded, start, end))
            )
        )
        if place and _stands_for_people(sentence, start, end):
            place = None
        people, land = named.nation or (None, place.country if place else None)
        party = None
        if named.parties:
            party = next((side for theatre, side in named.parties if theatre == elected), None)
        acts = not sited and place is not None and (party or place.precision == "country")
        if place and not away and (not acts or heads(sentence.folded, start, end)):
            places.setdefault(key, place)
        if start < sentence.dateline:
            continue  # where it was written, not where it happened
        group.append(Mention(start, end, name, place, people, party, land, sited, away))
    return Located(
        tuple(places.values()), elected, {index: tuple(group) for index, group in mentions.items()}
    )


def _joins(text: str, group: Sequence[Mention], start: int) -> bool:
    """Whether a name only goes on where another is: "in Aleppo, Idlib and ▢"."""
    if not group or not group[-1].sited or group[-1].place is None:
        return False
    return text[group[-1].end : start] in (" and ", ", ", ", and ", " or ")


def _stands_for_people(sentence: Sentence, start: int, end: int) -> bool:
    """Whether a place's name stands for those who speak there, or tells whose a thing is."""
    return is_bound(sentence.folded, end) or speaks(sentence.folded, start, end)


def _is_name(name: str) -> bool:
    """Whether it is written as one: in capitals, or with what may stand before them."""
    return (name[0].isupper() or name.startswith(_LOWER_STARTS)) and (
        len(name) != 2 or name.isupper()
    )


def _like_a_person(text: str, start: int, end: int) -> bool:
    """Whether a name stands before a further name, and nothing says that it is a place."""
    return bool(_NAME_AFTER.match(text, end)) and not _WHERE_BEFORE.search(
        text, max(0, start - 12), start
    )


def _elected(votes: Mapping[str, int]) -> str | None:
    """The theatre with most votes, if it has two and no other has as many."""
    most = max(votes.values(), default=0)
    leading = [theatre for theatre, many in votes.items() if many == most]
    return leading[0] if most > 1 and len(leading) == 1 else None


def _place(
    name: str, spots: tuple[Spot, ...], countries: Mapping[str, int], theatre: str | None
) -> Place | None:
    if not spots:
        return None
    spot = _choose(spots, countries, theatre)
    if spot is None:
        return Place(name, "town", None, None, None)
    return Place(name, spot.precision, spot.country, spot.latitude, spot.longitude)


def _choose(
    spots: tuple[Spot, ...], countries: Mapping[str, int], theatre: str | None
) -> Spot | None:
    if len(spots) == 1:
        return spots[0]
    if theatre and (own := [spot for spot in spots if spot.theatre == theatre]):
        return own[0]
    # A name counts for its own country too, so a country must be named once more to decide.
    ranked = sorted(
        spots,
        key=lambda spot: (
            -countries.get(spot.country or "", 0),
            _FINEST_FIRST.index(spot.precision) if spot.precision != "country" else -1,
            -spot.people,
        ),
    )
    first, second = ranked[0], ranked[1]
    if first.country == second.country or first.precision == "country":
        return first
    if countries.get(first.country or "", 0) > countries.get(second.country or "", 0):
        return first
    ranked = sorted(spots, key=lambda spot: -spot.people)
    return ranked[0] if ranked[0].people >= _DOMINANT * max(ranked[1].people, 1) else None
