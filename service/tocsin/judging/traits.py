"""By what words the reports of one event know each other: names, numbers and uncommon words.

A word tells as much as it is rare among the stories that could be meant. That is counted anew for
each report over its few candidates, so nothing has to be kept of the words of all reports.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from functools import lru_cache
from math import log, sqrt
from typing import Final

from tocsin.reading.report import Report

#: Kinds of trait, by the first letter: (how well it tells apart, how common it is beforehand).
_KINDS: Final = {
    "n": (1.0, 0.005),  # two names or a number and a name in a row: "Mill Road", "14 Ford"
    "c": (1.0, 0.05),  # a word in capitals within a sentence
    "#": (0.6, 0.08),  # a number
    "w": (0.5, 0.12),  # a word of six letters or more
}
_ORDER: Final = {"n": 3.0, "c": 1.5, "#": 0.7, "w": 0.4}
_IMAGINED: Final = 40  # candidates assumed beside the real ones, so that few of them prove little
_LEAD: Final = 1500  # characters of a text that say what it is about
_MOST: Final = 48
_STORY_MOST: Final = 64
_KEYS: Final = {"n": 12, "c": 6}

_TOKEN = re.compile(r"[^\W\d_][\w'’.-]*\w|[^\W\d_]|\d[\d,:.]*\d|\d|[.!?\n,;:()\"“”|]")
_STOPS = frozenset('.!?\n:|"“”')
_COMMON_WORDS = """
monday tuesday wednesday thursday friday saturday sunday january february march april may june july
august september october november december jan feb mar apr jun jul aug sept sep oct nov dec posted
updated police the a an in on at of and for to by he she they his her it as but when after this that
"""
_COMMON = frozenset(_COMMON_WORDS.split())


@lru_cache(maxsize=256)
def traits(report: Report) -> tuple[str, ...]:
    """What sets a report apart, most telling first, at most 48; the kind is the first letter."""
    found: Counter[str] = Counter()
    for text in (report.title, report.summary, report.text[:_LEAD]):
        _collect(text[:_LEAD], found)
    return _most(found, _MOST)


def trait_keys(words: tuple[str, ...]) -> tuple[str, ...]:
    """The names under which a story is found again, whenever it is."""
    left = dict(_KEYS)
    keys = []
    for word in words:
        if left.get(word[0], 0) > 0:
            left[word[0]] -= 1
            keys.append(f"word:{word}")
    return tuple(keys)


def join_traits(story: tuple[str, ...], report: tuple[str, ...]) -> tuple[str, ...]:
    """The traits of a story with one more report: those of both first; at most 64."""
    return _most(Counter((*story, *report)), _STORY_MOST)


class Rarity:
    """How much each trait of a report tells, given the stories it may belong to."""

    def __init__(self, words: tuple[str, ...], stories: Iterable[tuple[str, ...]]) -> None:
        mine = set(words)
        sets = [mine.intersection(story) for story in stories]
        seen = Counter(word for shared in sets for word in shared)
        self._all = len(sets) + _IMAGINED + 1
        self._weights = {word: self._weight(word, seen[word]) for word in mine}
        self._whole = sum(self._weights.values())
        self._unseen = {kind: self._weight(kind, 0) for kind in _KINDS}

    def resemblance(self, story: tuple[str, ...], but: frozenset[str] = frozenset()) -> float:
        """The cosine between the report's traits and a story's, each weighed by rarity; 0 to 1.

        Traits made of the words `but` alone count for nothing.
        """
        shared = sum(
            self._weights.get(word, 0.0)
            for word in set(story)
            if not but or not but.issuperset(word[1:].split())
        )
        if not shared:
            return 0.0
        whole = sum(self._unseen[word[0]] for word in story)
        return min(1.0, shared / sqrt(self._whole * whole))

    def _weight(self, word: str, seen: int) -> float:
        telling, common = _KINDS[word[0]]
        return (telling * log(self._all / (seen + _IMAGINED * common + 0.5))) ** 2


def _collect(text: str, found: Counter[str]) -> None:
    before: str | None = None
    fresh = True
    for match in _TOKEN.finditer(text):
        token = match.group()
        if not token[0].isalnum():
            before, fresh = None, token in _STOPS
            continue
        word = token.casefold().rstrip(".").removesuffix("'s").removesuffix("’s")
        if token[0].isdigit():
            found[f"#{word}"] += 1
            before = word if len(word) > 1 else None
        elif token[0].isupper() and word not in _COMMON:
            if before is not None:
                found[f"n{before} {word}"] += 1
            if not fresh:
                found[f"c{word}"] += 1
            before = word
        else:
            if len(word) >= 6 and word not in _COMMON:
                found[f"w{word}"] += 1
            before = None
        fresh = False


def _most(found: Counter[str], most: int) -> tuple[str, ...]:
    ranked = sorted(found.items(), key=lambda one: -_ORDER[one[0][0]] * sqrt(one[1]))
    return tuple(word for word, _ in ranked[:most])
