"""Places of a report and the theatre it plays in: a war's own names first, then the gazetteer.

A name that stands for several places is decided by the countries that the report names, else by
size where one is ten times the next, else left open: the name is given without a country.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple, cast

from tocsin.reading.document import Document
from tocsin.reading.facts import Place, Precision
from tocsin.reading.phrases import Phrases, fold
from tocsin.reading.theatre import Theatre

#: A gazetteer row: name, other names (parted by |), precision, country, latitude, longitude,
#: people, and for a country what its people and things are called (parted by |).
Row = tuple[str, ...]

_DOMINANT = 10
#: A town of so many people is a place even before a further name ("Kabul University").
_GREAT = 400_000
_NAME_AFTER = re.compile(r" [A-Z][a-z\u2019']")
_WHERE_BEFORE = re.compile(r"\b(?:in|near|at|of|from|to|on|outside|around|across|hits?|struck) $")
_FINEST_FIRST: tuple[Precision, ...] = ("site", "town", "district", "region", "country")
_LOWER_ARTICLES = ("al-", "el-", "as-", "ar-")


class Spot(NamedTuple):
    """One place that a name may stand for; `theatre` where a theatre names it itself."""

    precision: Precision
    country: str | None
    latitude: float | None
    longitude: float | None
    people: int
    theatre: str | None


class Mention(NamedTuple):
    """A place, nation or party named in a sentence: offsets in the sentence, and what it is.

    `nation` is the country's name for a country or its people ("Ukrainian" gives Ukraine), `party`
    the name of the theatre's party; `place` is None for a people or a party.
    """

    start: int
    end: int
    name: str
    place: Place | None
    nation: str | None
    party: str | None


@dataclass(frozen=True, slots=True)
class PlaceNames:
    """The compiled gazetteer: phrases, and what each may stand for."""

    phrases: Phrases
    spots: Mapping[str, tuple[Spot, ...]]
    nations: Mapping[str, tuple[str, str]]
    parties: Mapping[str, tuple[tuple[str, str], ...]]
    words: Mapping[str, tuple[str, ...]]
    countries: Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Located:
    """Where a report plays: its places in reading order, its theatre, its mentions by sentence."""

    places: tuple[Place, ...] = ()
    theatre: str | None = None
    mentions: Mapping[int, tuple[Mention, ...]] | None = None

    def within(self, index: int) -> tuple[Mention, ...]:
        """The mentions of one sentence."""
        return (self.mentions or {}).get(index, ())


def compile_places(theatres: Sequence[Theatre], gazetteer: Iterable[Row]) -> PlaceNames:
    """Compile theatres and gazetteer rows."""
    spots: dict[str, list[Spot]] = {}
    nations: dict[str, tuple[str, str]] = {}
    parties: dict[str, list[tuple[str, str]]] = {}
    words: dict[str, list[str]] = {}
    countries: dict[str, list[str]] = {}
    for theatre in theatres:
        for name, others, precision, country, latitude, longitude in theatre.places:
            for key in (name, *others):
                spot = Spot(
                    cast("Precision", precision), country, latitude, longitude, 0, theatre.id
                )
                spots.setdefault(fold(key), []).append(spot)
        for party in theatre.parties:
            for key in (party.name, *party.names):
                parties.setdefault(fold(key), []).append((theatre.id, party.name))
        for word in theatre.words:
            words.setdefault(fold(word), []).append(theatre.id)
    for row in gazetteer:
        name, names, kind, code, north, east, people, *rest = row
        spot = Spot(
            cast("Precision", kind),
            code,
            float(north) if north else None,
            float(east) if east else None,
            int(people or 0),
            None,
        )
        for key in (name, *filter(None, names.split("|"))):
            known = spots.setdefault(fold(key), [])
            if not any(_same(spot, other) for other in known):
                known.append(spot)
            if kind == "country":
                nations[fold(key)] = (name, code)
        for key in filter(None, (rest[0] if rest else "").split("|")):
            nations[fold(key)] = (name, code)
    for theatre in theatres:
        for party in theatre.parties:
            for key in (party.name, *party.names):
                if nation := nations.get(fold(key)):
                    countries.setdefault(nation[1], []).append(theatre.id)
    every = {*spots, *nations, *parties, *words} - {""}
    return PlaceNames(
        phrases=Phrases((name, name) for name in sorted(every)),
        spots={name: tuple(found) for name, found in spots.items()},
        nations=nations,
        parties={name: tuple(found) for name, found in parties.items()},
        words={name: tuple(found) for name, found in words.items()},
        countries={code: tuple(dict.fromkeys(found)) for code, found in countries.items()},
    )


def _same(spot: Spot, other: Spot) -> bool:
    near = (
        spot.latitude is not None
        and other.latitude is not None
        and spot.longitude is not None
        and other.longitude is not None
        and abs(spot.latitude - other.latitude) + abs(spot.longitude - other.longitude) < 1
    )
    return spot.country == other.country and (near or spot.precision == other.precision)


def find_places(document: Document, names: PlaceNames) -> Located:
    """All places, nations and parties that a report names, and the theatre they speak for."""
    found: list[tuple[int, int, int, str, str]] = []
    votes: Counter[str] = Counter()
    countries: Counter[str] = Counter()
    for sentence in document.sentences:
        for key, start, end in sentence.find(names.phrases):
            name = sentence.text[start:end]
            for theatre in names.words.get(key, ()):
                votes[theatre] += 2
            if not (name[0].isupper() or name.startswith(_LOWER_ARTICLES)) or (
                len(name) == 2 and not name.isupper()
            ):
                continue
            spots = names.spots.get(key, ())
            if spots and _small(spots) and _like_a_person(sentence.text, start, end):
                continue
            found.append((sentence.index, start, end, name, key))
            for theatre, _ in names.parties.get(key, ()):
                votes[theatre] += 2
            if nation := names.nations.get(key):
                countries[nation[1]] += 1
                for theatre in names.countries.get(nation[1], ()):
                    votes[theatre] += 1
            for spot in spots:
                if spot.theatre:
                    votes[spot.theatre] += 3
                if spot.country:
                    countries[spot.country] += spot.precision != "country"
    elected = _elected(votes)
    places: dict[str, Place] = {}
    mentions: dict[int, list[Mention]] = {}
    for index, start, end, name, key in found:
        place = _place(name, names.spots.get(key, ()), countries, elected)
        if place:
            places.setdefault(key, place)
        if start < document.sentences[index].dateline:
            continue  # where it was written, not where it happened
        nation = names.nations.get(key)
        party = next((p for t, p in names.parties.get(key, ()) if t == elected), None)
        mentions.setdefault(index, []).append(
            Mention(start, end, name, place, nation[0] if nation else None, party)
        )
    return Located(
        tuple(places.values()), elected, {index: tuple(group) for index, group in mentions.items()}
    )


def _small(spots: tuple[Spot, ...]) -> bool:
    """Whether a name stands for small towns of the gazetteer alone."""
    return all(
        spot.precision == "town" and spot.theatre is None and spot.people < _GREAT for spot in spots
    )


def _like_a_person(text: str, start: int, end: int) -> bool:
    """Whether a name stands before a further name, and nothing says that it is a place."""
    return bool(_NAME_AFTER.match(text, end)) and not _WHERE_BEFORE.search(
        text, max(0, start - 12), start
    )


def _elected(votes: Counter[str]) -> str | None:
    """The theatre with most votes, if it has two and no other has as many."""
    ranked = votes.most_common(2)
    if not ranked or ranked[0][1] < 2 or (len(ranked) > 1 and ranked[0][1] == ranked[1][1]):
        return None
    return ranked[0][0]


def _place(
    name: str, spots: tuple[Spot, ...], countries: Counter[str], theatre: str | None
) -> Place | None:
    if not spots:
        return None
    spot = _choose(spots, countries, theatre)
    if spot is None:
        return Place(name, "town", None, None, None)
    return Place(name, spot.precision, spot.country, spot.latitude, spot.longitude)


def _choose(spots: tuple[Spot, ...], countries: Counter[str], theatre: str | None) -> Spot | None:
    if len(spots) == 1:
        return spots[0]
    if theatre and (own := [spot for spot in spots if spot.theatre == theatre]):
        return own[0]
    # A name counts for its own country too, so a country must be named once more to decide.
    ranked = sorted(
        spots,
        key=lambda spot: (
            -countries[spot.country or ""],
            _FINEST_FIRST.index(spot.precision) if spot.precision != "country" else -1,
            -spot.people,
        ),
    )
    first, second = ranked[0], ranked[1]
    if first.country == second.country or first.precision == "country":
        return first
    if countries[first.country or ""] > countries[second.country or ""]:
        return first
    ranked = sorted(spots, key=lambda spot: -spot.people)
    return ranked[0] if ranked[0].people >= _DOMINANT * max(ranked[1].people, 1) else None
