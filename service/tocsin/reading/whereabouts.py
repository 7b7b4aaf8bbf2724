"""Where a figure's people were: the place its own clause names, else what its report tells of.

A figure of several places is none of one of them: it is told as its text has it ("Kyiv and other
cities"), or of their land.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from typing import NamedTuple

from tocsin.reading.document import Document, Sentence
from tocsin.reading.places import Located, Mention
from tocsin.reading.siting import aside, is_near
from tocsin.reading.told import Told

#: A report's only place is a figure's where it is named no more sentences further down.
_FURTHER = 2
#: How far from a figure its own words are looked for, characters.
_CLOSE = 80
_HARMED = re.compile(r"\b(?:kill|dead\b|die[ds]?\b|wound|injur|hurt\b)")
_AND_OTHERS = re.compile(
    r" and (?:(?:several|some|many) )?(?:other|surrounding|nearby|neighbou?ring) [a-z]+s\b"
)
#: Words of a figure that was counted in many places.
_MANY = re.compile(
    r"\b(?:across|throughout|cities|provinces|(?:other|several|different|various|many|multiple)"
    r" (?:towns|villages|regions|districts|areas|places|locations|bases))\b"
)


#: What happened at a place before: "in Kashmir last month".
_LONG_AGO = re.compile(
    r"[^.,;:]{0,30}\b(?:last (?:month|year)|(?:weeks|months|years) ago|earlier this (?:month|year)"
    r"|in (?:19|20)\d\d)\b"
)
#: What a town lies in: "a meadow above ▢ in ▢ district".
_DISTRICT = re.compile(r" (?:district|province|region|governorate|county|oblast|state)\b")


class Whereabouts(NamedTuple):
    """The place that a figure is known by, and how it is told where it is not just that place."""

    place: str | None = None
    told: str | None = None


def whereabouts(
    tellings: Sequence[Told], located: Located, document: Document, turned: tuple[int, ...] = ()
) -> Whereabouts:
    """The place named nearest to the figure, else the only one that the report names early on.

    `turned` are the sentences with which the report turns to something else.
    """
    beside = [(same, named) for same in tellings if (named := _around(same, located))]
    if beside:
        same, named = beside[0]
        nearest = _nearest(same, named)
        if tellings[0].basis == "incident":  # told of a land in the title, of its town further down
            same, named, nearest = _finer(beside, nearest) or (same, named, nearest)
        return Whereabouts(_called(nearest), _as_told(nearest, same.sentence, named))
    sentence = tellings[0].sentence
    if tellings[0].basis == "incident":  # what the sentences before it were about
        for index in range(sentence.index - 1, max(-1, sentence.index - 3), -1):
            if index + 1 in turned:
                break
            folded = document.sentences[index].folded
            named = [
                one
                for one in _local(located, index)
                if not (one.away or one.acts or _LONG_AGO.match(folded, one.end))
            ]
            named = [one for one in named if not _DISTRICT.match(folded, one.end)] or named
            if named:
                told = (
                    _land(named[-1], located)
                    if _is_of_many(tellings[0])
                    else _as_told(named[-1], document.sentences[index], named)
                )
                return Whereabouts(_called(named[-1]), told)
    local = [place for place in located.places if place.precision != "country"]
    if len(local) != 1:
        return Whereabouts()
    (only,) = local
    headed = any(one.sentence.field == "title" for one in tellings)
    if tellings[0].basis == "cumulative" and not (headed and only.name in document.report.title):
        return Whereabouts()  # a war's count is not of the one town that its report names
    first = turned[bisect_right(turned, sentence.index) - 1] if turned else 0
    first = first if first <= sentence.index else 0
    for index in range(first, sentence.index + _FURTHER + 1):
        named = [one for one in _local(located, index) if one.place == only]
        if named:
            near = _as_told(named[0], document.sentences[index], named)
            return Whereabouts(only.name, near)
    return Whereabouts()


def _nearest(told: Told, named: list[Mention]) -> Mention:
    """Of the places around a figure the one that is nearest to it."""
    first, last = offsets(told)
    own = _own(named, told.sentence.folded, first, last)
    return min(own, key=lambda one: (abs(one.start - first), _called(one)))


def _finer(
    beside: Sequence[tuple[Told, list[Mention]]], coarse: Mention
) -> tuple[Told, list[Mention], Mention] | None:
    """The town that a later telling names, of the land or region that the first one does."""
    if coarse.place is None or coarse.place.precision not in ("country", "region"):
        return None
    for same, named in beside[1:]:
        place = (nearest := _nearest(same, named)).place
        if (
            place is not None
            and place.country == coarse.place.country
            and place.precision == "town"
        ):
            return same, named, nearest
    return None


def _own(named: list[Mention], folded: str, first: int, last: int) -> list[Mention]:
    """The places without those of a figure before, where another follows the figure itself.

    "Four killed in the province, three hurt in the town": each has its own.
    """
    if not any(one.start > last and "," not in folded[last : one.start] for one in named):
        return named
    return [
        one
        for one in named
        if one.start > first
        or "," not in folded[one.start : first]
        or not _HARMED.search(folded, 0, one.start)
    ]


def offsets(told: Told) -> tuple[int, int]:
    """Where the group stands in its sentence."""
    spans, group = told.sentence.spans, told.figure.group
    base = told.sentence.start
    return spans[group.first][0] - base, spans[group.last - 1][1] - base


def _around(told: Told, located: Located) -> list[Mention]:
    """The places of a figure's own sentence and clause that may be its own.

    A place of another event is the figure's where the figure is that event's.
    """
    folded = told.sentence.folded
    first, _ = offsets(told)
    found = []
    for mention in _local(located, told.sentence.index):
        begins = aside(folded, mention.start) if mention.away else 0
        low, high = sorted((first, mention.start))
        if mention.acts or begins is None or begins > first:
            continue
        if ";" not in folded[low:high]:
            found.append(mention)
    return found


def _is_of_many(told: Told) -> bool:
    """Whether a figure's own words say that it was counted in many places."""
    first, last = offsets(told)
    folded = told.sentence.folded
    after = re.split(r"[,;:.]", folded[last : last + _CLOSE])[0]
    before = re.split(r"[,;:.]", folded[max(0, first - _CLOSE) : first])[-1]
    return bool(_MANY.search(after) or _MANY.search(before))


def _as_told(one: Mention, sentence: Sentence, named: Sequence[Mention]) -> str | None:
    """How a text tells of a place that is one of several, or that something is only near to."""
    name = _called(one)
    others = _AND_OTHERS.match(sentence.folded, one.end)
    if others:
        return name + sentence.text[others.start() : others.end()]
    for other in named:
        first, second = sorted((one, other), key=lambda mention: mention.start)
        between = sentence.folded[first.end : second.start]
        if between == " and " and _called(first) != _called(second):
            return f"{_called(first)} and {_called(second)}"
    near = is_near(sentence.text, sentence.folded, one.start, one.end)
    return f"near {name}" if near else None


def _land(one: Mention, located: Located) -> str | None:
    """The land that a place lies in, if the report names it or its people."""
    land = one.place.country if one.place else None
    mentions = (other for group in (located.mentions or {}).values() for other in group)
    return next((other.nation for other in mentions if other.nation and other.land == land), None)


def _called(mention: Mention) -> str:
    """The name of the place that a mention stands for."""
    return mention.place.name if mention.place else mention.name


def _local(located: Located, index: int) -> list[Mention]:
    """What a sentence names that is smaller than a country."""
    return [
        mention
        for mention in located.within(index)
        if mention.place is not None and mention.place.precision != "country"
    ]
