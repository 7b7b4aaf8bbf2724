"""Does a report tell of a specific attack of these days? The evidence, weighed.

The words of a sentence are reduced to what they are (an armed body, a deed with its tense, a
number, a place, a time, a sign of unreality or of the past); which of these stand beside which is
the evidence, together with what the report is about. Weights were trained and are shipped as data.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from itertools import pairwise
from typing import NamedTuple

from tocsin.reading.attacks import StrikeWords, Told, sort_of
from tocsin.reading.phrases import Phrases
from tocsin.reading.places import Mention
from tocsin.reading.relevance import Relevance
from tocsin.reading.when import When

#: The news cycle: an attack dated longer ago is history, days.
CYCLE = 3
_RECENT, _FORTNIGHT = CYCLE + 1, 14
#: What is told of longer ago than this is past, whoever tells of it now.
_LONG_AGO = 60
#: After these a past is told beside the news: "the town where 38 were killed in 2015".
_ASIDE = (" where ", " since ")
#: Candidates whose order of words is looked at; those after them add little.
_LOOKED_AT = 4
_TENSED = ("firm:", "loose verb:", "harm:")
#: What a report is about speaks less of newness than the order of its words.
_TOLD_ABOUT = 0.5
_DIGITS = re.compile(r"[0-9](?<!\w[0-9])[\d,.]*\b")
#: Words that say how many.
NUMBERS = Phrases(
    (word, "number")
    for word in (
        *("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven"),
        *("twelve", "dozen", "dozens", "scores", "hundred", "hundreds", "thousand", "thousands"),
        *("several", "many"),
    )
)


class Candidate(NamedTuple):
    """A sentence that may tell of an attack, with the times and places it names."""

    told: Told
    times: list[When]
    mentions: tuple[Mention, ...]

    @property
    def age(self) -> int | None:
        """Days since the nearest time it names; None where it names none."""
        ages = [time.age for time in self.times if time.age is not None]
        return min(ages, key=abs) if ages else None

    @property
    def current(self) -> bool:
        """Whether the sentence leaves it open that it speaks of these days."""
        age = self.age
        return age is None or 0 <= age <= _RECENT


def newness(found: Sequence[Candidate], relevance: Relevance, words: StrikeWords) -> float:
    """Log odds that the report tells of a specific attack of the news cycle."""
    weights, terms = words.weights, relevance.terms
    total = _TOLD_ABOUT * terms.total(weights)
    order = order_of(found, relevance)
    total += sum([weights[term] * much for term, much in order.items() if term in weights])
    return words.bias + total / terms.norm


def is_recalled(current: Sequence[Candidate], found: Sequence[Candidate]) -> bool:
    """Whether a title only names an attack of which the text tells first that it is long past.

    "The strike that changed a village | In 2017 …". A title that tells a deed is of these days.
    """
    body = next((one for one in found if one.told.sentence.field != "title"), None)
    if body is None or (body.age or 0) <= _LONG_AGO:
        return False
    if any(map(body.told.sentence.folded.__contains__, _ASIDE)):
        return False
    return all(one.told.sentence.field == "title" and not _is_deed(one.told) for one in current)


def _is_deed(told: Told) -> bool:
    return any(hit.label.startswith(_TENSED) or sort_of(hit.label) == "harm" for hit in told.hits)


def evidence(found: Sequence[Candidate], relevance: Relevance) -> dict[str, float]:
    """What speaks for or against, by name and strength."""
    about = relevance.terms.strengths
    return {term: _TOLD_ABOUT * much for term, much in about.items()} | order_of(found, relevance)


def order_of(found: Sequence[Candidate], relevance: Relevance) -> dict[str, float]:
    """The evidence of the report as a whole, and of what stands beside what in its candidates."""
    terms = {"#conflict": max(-3.0, min(3.0, relevance.score))}
    if relevance.genre != "news":
        terms[f"#{relevance.genre}"] = 1.0
    if found[0].told.sentence.field != "title":
        terms["#untitled"] = 1.0
    for one in found[:_LOOKED_AT]:
        where = "#title" if one.told.sentence.field == "title" else "#body"
        order = _order(one)
        for sort in order:
            terms[f"{where} {sort}"] = 1.0
        for first, second in pairwise(order):
            terms[f"#{first} > {second}"] = 1.0
        for first, second in zip(order, order[2:], strict=False):
            terms[f"#{first} >> {second}"] = 1.0
    return terms


def _order(one: Candidate) -> list[str]:
    """What stands in the sentence, in order; of two at one place the first."""
    sentence = one.told.sentence
    found = [(start, end, _sort(label)) for label, start, end in one.told.hits]
    found += [(time.start, time.end, _time(time)) for time in one.times]
    found += [(mention.start, mention.end, "place") for mention in one.mentions]
    found += [(start, end, "number") for _, start, end in sentence.find(NUMBERS)]
    found += [(*match.span(), "number") for match in _DIGITS.finditer(sentence.folded)]
    found.sort()
    order: list[str] = []
    reach = 0
    for start, end, sort in found:
        if start >= reach:
            order.append(sort)
            reach = end
    return order


@cache
def _sort(label: str) -> str:
    """A label without its kind, but with its tense."""
    return label if label.startswith(_TENSED) else sort_of(label)


def _time(time: When) -> str:
    if time.age is None:
        return "time"
    if time.age < 0:
        return "to come"
    return "recent" if time.age <= CYCLE else "days old" if time.age < _FORTNIGHT else "old"
