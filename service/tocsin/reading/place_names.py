"""Every name of a place, nation or party that we know, and all that it may stand for.

A war's own names come from its theatre, all others from the gazetteer.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple, cast

from tocsin.reading.facts import Precision
from tocsin.reading.phrases import Phrases, fold
from tocsin.reading.theatre import Theatre

#: A gazetteer row: name, other names (parted by |), precision, country, latitude, longitude,
#: people, and for a country what its people and things are called (parted by |) and its capital.
Row = tuple[str, ...]

#: A town of so many people is a place even before a further name ("Kabul University").
_GREAT = 400_000


class Spot(NamedTuple):
    """One place that a name may stand for; `theatre` where a theatre names it itself.

    `name` is what it is called where the text only describes it: "the Somali capital".
    """

    precision: Precision
    country: str | None
    latitude: float | None
    longitude: float | None
    people: int
    theatre: str | None
    name: str | None = None


class Named(NamedTuple):
    """All that one name may stand for, and what naming it says of where a report plays.

    `nation` is its country's name and code. `words` (written any way) and `votes` (written as a
    name) speak for theatres, `countries` for countries, each with its strength. `small`: it stands
    for small towns of the gazetteer alone, and may as well be a person. `capital`: it is that of a
    capital, and may as well be a government. `side`: whose forces it names, whatever war it is.
    """

    spots: tuple[Spot, ...] = ()
    nation: tuple[str, str] | None = None
    parties: tuple[tuple[str, str], ...] = ()
    words: tuple[tuple[str, int], ...] = ()
    votes: tuple[tuple[str, int], ...] = ()
    countries: tuple[tuple[str, int], ...] = ()
    small: bool = False
    capital: bool = False
    side: str | None = None


@dataclass(frozen=True, slots=True)
class PlaceNames:
    """The compiled gazetteer: phrases, and what each may stand for."""

    phrases: Phrases
    named: Mapping[str, Named]


def compile_places(theatres: Sequence[Theatre], gazetteer: Iterable[Row]) -> PlaceNames:
    """Compile theatres and gazetteer rows."""
    spots: dict[str, list[Spot]] = {}
    nations: dict[str, tuple[str, str]] = {}
    parties: dict[str, list[tuple[str, str]]] = {}
    words: dict[str, list[str]] = {}
    countries: dict[str, list[str]] = {}
    capitals: dict[str, list[str]] = {}
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
        peoples, capital, *_ = *rest, "", ""
        called = tuple(filter(None, peoples.split("|")))
        for key in called:
            nations[fold(key)] = (name, code)
        if capital:
            capitals[capital] = [f"{name}'s capital", f"{name} capital"]
            capitals[capital] += [f"{people} capital" for people in called]
    for capital, descriptions in capitals.items():
        for described in descriptions:
            spots[fold(described)] = [
                spot._replace(name=capital) for spot in spots.get(fold(capital), ())
            ]
    for theatre in theatres:
        for party in theatre.parties:
            for key in (party.name, *party.names):
                if nation := nations.get(fold(key)):
                    countries.setdefault(nation[1], []).append(theatre.id)
    every = sorted({*spots, *nations, *parties, *words} - {""})
    named = {
        name: _named(
            spots.get(name, ()),
            nations.get(name),
            parties.get(name, ()),
            words.get(name, ()),
            countries,
        )
        for name in every
    }
    for capital in {fold(name) for name in capitals} & named.keys():
        named[capital] = named[capital]._replace(capital=True)
    for name, one in named.items():
        named[name] = one._replace(side=_side(name, one, nations))
    return PlaceNames(Phrases((name, name) for name in every), named)


def _named(
    spots: Sequence[Spot],
    nation: tuple[str, str] | None,
    parties: Sequence[tuple[str, str]],
    words: Sequence[str],
    countries: Mapping[str, Iterable[str]],
) -> Named:
    """What naming one name says: a theatre's own place says most, a nation at war least."""
    votes = [(theatre, 2) for theatre, _ in parties]
    speaks: list[tuple[str, int]] = []
    if nation:
        votes += [(theatre, 1) for theatre in dict.fromkeys(countries.get(nation[1], ()))]
        speaks.append((nation[1], 1))
    for spot in spots:
        if spot.theatre:
            votes.append((spot.theatre, 3))
        if spot.country and spot.precision != "country":
            speaks.append((spot.country, 1))
    return Named(
        spots=tuple(spots),
        nation=nation,
        parties=tuple(parties),
        words=tuple((theatre, 2) for theatre in words),
        votes=tuple(votes),
        countries=tuple(speaks),
        small=bool(spots) and _small(spots),
    )


def _side(name: str, named: Named, nations: Mapping[str, tuple[str, str]]) -> str | None:
    """Whose forces a name stands for: "US forces" are the States, "Wagner fighters" Wagner."""
    sides = {side for _, side in named.parties}
    if len(sides) != 1 or named.spots or named.nation:
        return None
    (side,) = sides
    nation = nations.get(fold(side))
    return nation[0] if nation else side if fold(side) in name else None


def _same(spot: Spot, other: Spot) -> bool:
    near = (
        spot.latitude is not None
        and other.latitude is not None
        and spot.longitude is not None
        and other.longitude is not None
        and abs(spot.latitude - other.latitude) + abs(spot.longitude - other.longitude) < 1
    )
    return spot.country == other.country and (near or spot.precision == other.precision)


def _small(spots: Sequence[Spot]) -> bool:
    """Whether a name stands for small towns of the gazetteer alone."""
    return all(
        spot.precision == "town" and spot.theatre is None and spot.people < _GREAT for spot in spots
    )
