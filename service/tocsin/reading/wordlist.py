"""Word lists of the lexicon: how an analyst writes them, and what reading makes of them.

A list is written as one folded text, its entries parted by commas (`killed, shot dead, gunned
down`), or as a YAML list. The folded text is much faster to load: YAML sees one scalar.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Generic, TypeVar

T = TypeVar("T")


class LexiconError(ValueError):
    """An entry of the lexicon that cannot be used: says where, and how to mend it."""


def entries(value: Any, where: str) -> tuple[str, ...]:
    """The entries of a list, in lower case and in order; raises LexiconError for anything else."""
    if value is None:
        return ()
    if isinstance(value, str):
        pieces = value.split(",")
    elif isinstance(value, list) and all(isinstance(item, str) for item in value):
        pieces = value
    else:
        raise LexiconError(f"{where}: want words parted by commas, not {value!r}")
    return tuple(word for piece in pieces if (word := " ".join(piece.lower().split())))


def section(data: Mapping[str, Any], key: str, where: str) -> Mapping[str, Any]:
    """The mapping under `key`; empty where it is missing."""
    value = data.get(key)
    if value is None:
        return {}
    if not isinstance(value, dict):
        raise LexiconError(f"{where}: {key}: want a mapping, not {value!r}")
    return value


class Phrases(Generic[T]):
    """Phrases of one or more words with what each means; the longest match wins."""

    __slots__ = ("_by_first", "_firsts")

    def __init__(self, meanings: Mapping[str, T]) -> None:
        by_first: dict[str, list[tuple[tuple[str, ...], T]]] = {}
        for phrase, meaning in meanings.items():
            first, *rest = phrase.split(" ")
            by_first.setdefault(first, []).append((tuple(rest), meaning))
        for choices in by_first.values():
            choices.sort(key=lambda choice: -len(choice[0]))
        self._by_first = by_first
        self._firsts = frozenset(by_first)

    def at(self, words: Sequence[str], i: int) -> tuple[T, int] | None:
        """The meaning of the longest phrase that begins at word `i`, and the word after it."""
        choices = self._by_first.get(words[i])
        if choices is None:
            return None
        for rest, meaning in choices:
            end = i + 1 + len(rest)
            if not rest or tuple(words[i + 1 : end]) == rest:
                return meaning, end
        return None

    def all_in(self, words: Sequence[str], first: int, last: int) -> list[tuple[int, T, int]]:
        """Every phrase within some words, half-open: its first word, meaning and last word."""
        if self._firsts.isdisjoint(words):
            return []
        firsts = self._firsts
        return [
            (i, *here)
            for i in range(first, last)
            if words[i] in firsts and (here := self.at(words, i)) is not None
        ]

    def begins(self, words: Sequence[str]) -> list[int]:
        """Where a phrase may begin."""
        firsts = self._firsts
        return [i for i, word in enumerate(words) if word in firsts]

    def ending_at(self, words: Sequence[str], end: int, longest: int = 4) -> tuple[T, int] | None:
        """The meaning of the longest phrase that ends before word `end`, and its first word."""
        for start in range(max(0, end - longest), end):
            found = self.at(words, start)
            if found is not None and found[1] == end:
                return found[0], start
        return None
