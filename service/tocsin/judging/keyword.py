"""Words, phrases and RE2 patterns in a report's fields.

A word matches whole words, folded by NFKC and case; one that ends in `*` matches as a stem. RE2
knows no backtracking, so no pattern can hang us.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from functools import lru_cache
from typing import Any, NamedTuple

import re2

from tocsin.judging.rulebook import KeywordCondition
from tocsin.reading.report import FieldName, Report

_LONGEST = 200_000  # characters of a field that are searched


class Found(NamedTuple):
    """One hit: where it stands and the slice to the letter."""

    field: FieldName
    start: int
    end: int
    quote: str


class Missing(NamedTuple):
    """Which part of the condition found nothing, or found what it forbids."""

    what: str


@lru_cache(maxsize=65_536)
def _pattern(words: tuple[str, ...]) -> Any:
    parts = []
    for word in words:
        stem = word.endswith("*")
        folded = unicodedata.normalize("NFKC", word.removesuffix("*")).casefold()
        inner = r"\s+".join(re2.escape(piece) for piece in folded.split())
        before = r"\b" if folded[:1].isalnum() else ""
        after = r"\w*" if stem else (r"\b" if folded[-1:].isalnum() else "")
        parts.append(f"{before}{inner}{after}")
    return re2.compile("|".join(parts))


@lru_cache(maxsize=4096)
def _regex(pattern: str) -> Any:
    return re2.compile(pattern)


@lru_cache(maxsize=64)
def _folded(text: str) -> str:
    """The text in lower case, character by character where that keeps offsets true."""
    cut = text[:_LONGEST]
    low = cut.lower()
    if len(low) == len(cut):
        return low
    return "".join(one if len(one := char.lower()) == 1 else char for char in cut)


def find(condition: KeywordCondition, report: Report) -> tuple[Found, ...] | Missing:
    """All that the condition found, for evidence; or the part that does not hold."""
    texts: list[tuple[FieldName, str]] = [
        (name, report.field(name)) for name in condition.fields if report.field(name)
    ]
    if condition.none and _search(condition.none, texts) is not None:
        return Missing(f"a word of `none` is there: {', '.join(condition.none)}")
    found: list[Found] = []
    for word in condition.all:
        hit = _search((word,), texts)
        if hit is None:
            return Missing(f"`all` lacks {word!r}")
        found.append(hit)
    alternatives = [_search(condition.any, texts)] if condition.any else []
    alternatives += [_match(pattern, texts) for pattern in condition.patterns]
    hits = [hit for hit in alternatives if hit is not None]
    if alternatives and not hits:
        return Missing("none of `any` and `patterns` is there")
    found.extend(hits)
    for left, right, between in condition.near:
        hit = _near(left, right, between, texts)
        if hit is None:
            return Missing(f"{left!r} is not within {between} words of {right!r}")
        found.append(hit)
    return tuple(found) if found else Missing("the condition names no words")


def _search(words: tuple[str, ...], texts: Iterable[tuple[FieldName, str]]) -> Found | None:
    pattern = _pattern(words)
    for name, text in texts:
        match = pattern.search(_folded(text))
        if match:
            start, end = match.span()
            return Found(name, start, end, text[start:end])
    return None


def _match(pattern: str, texts: Iterable[tuple[FieldName, str]]) -> Found | None:
    for name, text in texts:
        match = _regex(pattern).search(text[:_LONGEST])
        if match:
            start, end = match.span()
            return Found(name, start, end, text[start:end])
    return None


def _near(
    left: str, right: str, between: int, texts: Iterable[tuple[FieldName, str]]
) -> Found | None:
    for name, text in texts:
        folded = _folded(text)
        first = [match.span() for match in _pattern((left,)).finditer(folded)]
        second = [match.span() for match in _pattern((right,)).finditer(folded)]
        for one in first:
            for other in second:
                low, high = min(one, other), max(one, other)
                if low[1] <= high[0] and len(folded[low[1] : high[0]].split()) <= between:
                    return Found(name, low[0], high[1], text[low[0] : high[1]])
    return None
