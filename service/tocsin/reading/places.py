"""Places of a report and the theatre it plays in: a war's own names first, then the gazetteer.

A name that stands for several places is decided by the countries that the report names, else by
size where one is ten times the next, else left open: the name is given without a country.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from tocsin.reading.document import Document, Sentence
from tocsin.reading.facts import Place, Precision
from tocsin.reading.place_names import Named, PlaceNames, Spot
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
    is there; `away`: they say that what is told happened elsewhere. `acts`: it may as well be a
    government, a country or a capital of which nothing says that something is there.
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
    acts: bool = False


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
            if not _is_name(name) or (named.small and _is_in_a_name(sentence.text, start, end)):
                continue
            found.append((sentence, start, end, name, key))
            for theatre, much in named.votes:
                votes[theatre] = votes.get(theatre, 0) + much
            for country, much in named.countries:
                countries[country] = countries.get(country, 0) + much
    elected = _elected(votes)
    if elected and _is_only_an_ally(elected, [names.named[key] for *_, key in found]):
        elected = None
    known: dict[str, Place | None] = {}
    spelled: dict[tuple[float | None, float | str], Place] = {}
    places: dict[Place, None] = {}
    mentions: dict[int, list[Mention]] = {}
    for sentence, start, end, name, key in found:
        named = names.named[key]
        if name not in known:
            known[name] = place = _place(name, named.spots, countries, elected)
            if place:  # "the Somali capital" and its name are one, spelled as at first
                spot = place.latitude, place.longitude or place.name
                written = name.isupper() and start < sentence.dateline
                known[name] = (spelled.get if written else spelled.setdefault)(spot, place)
        group = mentions.setdefault(sentence.index, [])
        mention = _mention(sentence, (start, end), known[name], named, group, elected)
        place, away, acts = mention.place, mention.away, mention.acts
        if place and not away and (not acts or heads(sentence.folded, start, end)):
            places[place] = None
        if start >= sentence.dateline:  # before it: where it was written, not where it happened
            group.append(mention)
    return Located(tuple(places), elected, {n: tuple(group) for n, group in mentions.items()})


def _mention(
    sentence: Sentence,
    span: tuple[int, int],
    place: Place | None,
    named: Named,
    group: Sequence[Mention],
    elected: str | None,
) -> Mention:
    """A name as it stands in its sentence, behind a group of others."""
    start, end = span
    folded = sentence.folded
    country = place is not None and place.precision == "country"
    away = place is not None and is_away(folded, start, end, country=country)
    sited = (
        place is not None
        and not away
        and (
            is_sited(folded, start, end)
            or _joins(sentence.text, group, start)
            or (not country and heads(folded, start, end))
        )
    )
    if place and (is_bound(folded, end) or speaks(folded, start, end)):
        place = None  # those who speak there, or whose a thing is
    nation, land = named.nation or (named.side, place.country if place else None)
    party = _party(named, elected) if named.parties else None
    acts = place is not None and not sited and bool(party or named.capital or country)
    name = sentence.text[start:end]
    return Mention(start, end, name, place, nation, party, land, sited, away, acts)


def _party(named: Named, theatre: str | None) -> str | None:
    """The party of a theatre that a name stands for."""
    return next((side for war, side in named.parties if war == theatre), None)


def _joins(text: str, group: Sequence[Mention], start: int) -> bool:
    """Whether a name only goes on where another is: "in Aleppo, Idlib and ▢"."""
    if not group or not group[-1].sited or group[-1].place is None:
        return False
    return text[group[-1].end : start] in (" ", " and ", ", ", ", and ", " or ")


def _is_name(name: str) -> bool:
    """Whether it is written as one: in capitals, or with what may stand before them."""
    return (name[0].isupper() or name.startswith(_LOWER_STARTS)) and (
        len(name) != 2 or name.isupper()
    )


def _is_in_a_name(text: str, start: int, end: int) -> bool:
    """Whether a name is a part of another: a person's, or "Al-Ahli al-▢" hospital."""
    if text[max(0, start - 3) : start].lower() in ("al-", "el-"):
        return True
    return bool(_NAME_AFTER.match(text, end)) and not _WHERE_BEFORE.search(
        text, max(0, start - 12), start
    )


def _elected(votes: Mapping[str, int]) -> str | None:
    """The theatre with most votes, if it has two and no other has as many."""
    most = max(votes.values(), default=0)
    leading = [theatre for theatre, many in votes.items() if many == most]
    return leading[0] if most > 1 and len(leading) == 1 else None


def _is_only_an_ally(theatre: str, found: Iterable[Named]) -> bool:
    """Whether a report of other nations names of a war just one of its sides: no place, no word."""
    sides: set[str] = set()
    others: set[str] = set()
    for named in found:
        own = [side for war, side in named.parties if war == theatre]
        here = any(spot.theatre == theatre and spot.precision != "country" for spot in named.spots)
        if here or any(war == theatre for war, _ in named.words):
            return False
        sides.update(own)
        if named.nation and not own:
            others.add(named.nation[1])
    return len(sides) == 1 and len(others) > 1


def _place(
    name: str, spots: tuple[Spot, ...], countries: Mapping[str, int], theatre: str | None
) -> Place | None:
    if not spots:
        return None
    spot = _choose(spots, countries, theatre)
    if spot is None:
        return Place(name, "town", None, None, None)
    return Place(spot.name or name, spot.precision, spot.country, spot.latitude, spot.longitude)


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
