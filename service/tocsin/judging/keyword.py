"""Words, phrases and RE2 patterns in a report's fields.

All words of all rules are one automaton, so a report is read once however many rules there are. A
word matches whole words, folded by NFKC, case and look-alike letters (Cyrillic "Аррle" is "apple",
after Unicode TR 39); one that ends in `*` matches as a stem. RE2 knows no backtracking, so no
pattern can hang us.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Final, NamedTuple

import re2
from ahocorasick_rs import AhoCorasick

from tocsin.judging.rulebook import (
    AllOf,
    AnyOf,
    Condition,
    KeywordCondition,
    Not,
    Rulebook,
)
from tocsin.reading.report import FIELDS, FieldName, Report

_LONGEST: Final = 1_000_000  # characters of a field that are searched
_HITS: Final = 64  # of one word in one field that are remembered
_LOOK_ALIKES: Final = str.maketrans("аеорсухіјѕԁһӏкмтвнαορνιυ", "aeopcyxijsdhlkmtbhaopviu")


class Found(NamedTuple):
    """One hit: where it stands and the slice to the letter."""

    field: FieldName
    start: int
    end: int
    quote: str


class Missing(NamedTuple):
    """Which part of the condition found nothing, or found what it forbids."""

    what: str


@dataclass(frozen=True, slots=True)
class Hits:
    """Every word of the rulebook found in one report, by the word as its rule writes it."""

    report: Report
    found: dict[str, tuple[Found, ...]]

    def first(self, words: tuple[str, ...], fields: tuple[FieldName, ...]) -> Found | None:
        """The first hit of any of these words in these fields."""
        for word in words:
            for hit in self.found.get(word, ()):
                if hit.field in fields:
                    return hit
        return None


def search(report: Report, rulebook: Rulebook) -> Hits:
    """Read a report once for all words of all rules."""
    index = _index(rulebook)
    found: dict[str, list[Found]] = {}
    if index.words:
        for name in FIELDS:
            for hit, word in _hits(index, name, report.field(name)):
                hits = found.setdefault(word, [])
                if len(hits) < _HITS:
                    hits.append(hit)
    return Hits(report, {word: tuple(hits) for word, hits in found.items()})


def find(condition: KeywordCondition, hits: Hits) -> tuple[Found, ...] | Missing:
    """All that the condition found, for evidence; or the part that does not hold."""
    fields = condition.fields
    if hits.first(condition.none, fields) is not None:
        return Missing(f"a word of `none` is there: {', '.join(condition.none)}")
    found: list[Found] = []
    for word in condition.all:
        hit = hits.first((word,), fields)
        if hit is None:
            return Missing(f"`all` lacks {word!r}")
        found.append(hit)
    if condition.any or condition.patterns:
        either = [hits.first((word,), fields) for word in condition.any]
        either += [_match(pattern, hits.report, fields) for pattern in condition.patterns]
        there = [hit for hit in either if hit is not None]
        if not there:
            return Missing("none of `any` and `patterns` is there")
        found += there
    for left, right, between in condition.near:
        hit = _near(hits, left, right, between, fields)
        if hit is None:
            return Missing(f"{left!r} is not within {between} words of {right!r}")
        found.append(hit)
    return tuple(found) if found else Missing("the condition names no words")


@dataclass(frozen=True, slots=True)
class _Index:
    words: tuple[str, ...]
    stems: tuple[bool, ...]
    automaton: Any


@lru_cache(maxsize=8)
def _index(rulebook: Rulebook) -> _Index:
    words = tuple(dict.fromkeys(word for rule in rulebook.rules for word in _words(rule.when)))
    folded = [" ".join(fold(word.removesuffix("*")).split()) or "\0" for word in words]
    stems = tuple(word.endswith("*") for word in words)
    return _Index(words, stems, AhoCorasick(folded) if words else None)


def _words(condition: Condition) -> Iterator[str]:
    match condition:
        case KeywordCondition():
            yield from (*condition.any, *condition.all, *condition.none)
            for left, right, _ in condition.near:
                yield from (left, right)
        case AllOf(parts=parts) | AnyOf(parts=parts):
            for part in parts:
                yield from _words(part)
        case Not(part=part):
            yield from _words(part)
        case _:
            pass


def _hits(index: _Index, name: FieldName, text: str) -> Iterator[tuple[Found, str]]:
    folded = fold(text[:_LONGEST])
    for number, start, end in index.automaton.find_matches_as_indexes(folded, overlapping=True):
        stem = index.stems[number]
        if _whole(folded, start, end, stem=stem):
            stop = _end(folded, end) if stem else end
            yield Found(name, start, stop, text[start:stop]), index.words[number]


def _whole(text: str, start: int, end: int, *, stem: bool) -> bool:
    """Whether a hit begins at a word's beginning, and ends at its end (or is a stem)."""
    if start > 0 and text[start].isalnum() and text[start - 1].isalnum():
        return False
    return stem or end >= len(text) or not (text[end - 1].isalnum() and text[end].isalnum())


def _end(text: str, end: int) -> int:
    while end < len(text) and text[end].isalnum():
        end += 1
    return end


@lru_cache(maxsize=16)
def fold(text: str) -> str:
    """The text for matching: NFKC, lower case, look-alikes as Latin, each letter one letter."""
    if text.isascii():
        return text.lower().replace("\n", " ").replace("\t", " ")
    return "".join(map(_fold_letter, text))


@lru_cache(maxsize=8192)
def _fold_letter(letter: str) -> str:
    if letter.isspace():
        return " "
    folded = unicodedata.normalize("NFKC", letter).lower()
    return (folded if len(folded) == 1 else letter).translate(_LOOK_ALIKES)


@lru_cache(maxsize=4096)
def _regex(pattern: str) -> Any:
    return re2.compile(pattern)


def _match(pattern: str, report: Report, fields: tuple[FieldName, ...]) -> Found | None:
    for name in fields:
        text = report.field(name)[:_LONGEST]
        match = _regex(pattern).search(text)
        if match:
            start, end = match.span()
            return Found(name, start, end, text[start:end])
    return None


def _near(
    hits: Hits, left: str, right: str, between: int, fields: tuple[FieldName, ...]
) -> Found | None:
    for one in hits.found.get(left, ()):
        for other in hits.found.get(right, ()):
            if one.field != other.field or one.field not in fields:
                continue
            low, high = sorted((one, other), key=lambda hit: hit.start)
            text = hits.report.field(one.field)
            if low.end <= high.start and len(text[low.end : high.start].split()) <= between:
                return Found(one.field, low.start, high.end, text[low.start : high.end])
    return None
