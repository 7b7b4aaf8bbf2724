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
    """Phrases of one or more words with what each means; the longest match wins.

    They are kept by their first word, and the longer ones by their second: nearly every look-up
    ends there. `_lasts` says how many words the longest phrase with that last word has.
    """

    __slots__ = ("_by_first", "_firsts", "_lasts")

    def __init__(self, meanings: Mapping[str, T]) -> None:
        by_first: dict[str, _Opened[T]] = {}
        lasts: dict[str, int] = {}
        for phrase, meaning in sorted(meanings.items(), key=lambda pair: -pair[0].count(" ")):
            first, *rest = phrase.split(" ")
            opened = by_first.setdefault(first, _Opened())
            if rest:
                opened.longer.setdefault(rest[0], []).append((tuple(rest[1:]), meaning))
            else:
                opened.alone = (meaning,)
            last = rest[-1] if rest else first
            lasts[last] = max(lasts.get(last, 0), 1 + len(rest))
        self._by_first = by_first
        self._firsts = frozenset(by_first)
        self._lasts = lasts

    def at(self, words: Sequence[str], i: int) -> tuple[T, int] | None:
        """The meaning of the longest phrase that begins at word `i`, and the word after it."""
        opened = self._by_first.get(words[i])
        if opened is None:
            return None
        if opened.longer and i + 1 < len(words):
            for rest, meaning in opened.longer.get(words[i + 1], ()):
                end = i + 2 + len(rest)
                if not rest or tuple(words[i + 2 : end]) == rest:
                    return meaning, end
        return None if opened.alone is None else (opened.alone[0], i + 1)

    def by_place(self, words: Sequence[str]) -> dict[int, tuple[T, int]]:
        """What `at` finds at every word: for a list that is asked for many words of a sentence."""
        firsts = self._firsts
        return {
            i: here
            for i, word in enumerate(words)
            if word in firsts and (here := self.at(words, i)) is not None
        }

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
        reach = self._lasts.get(words[end - 1]) if end else None
        if reach is None:
            return None
        for start in range(max(0, end - min(reach, longest)), end):
            found = self.at(words, start)
            if found is not None and found[1] == end:
                return found[0], start
        return None


class _Opened(Generic[T]):
    """The phrases that begin with one word: `alone` that word itself, `longer` by the second."""

    __slots__ = ("alone", "longer")

    def __init__(self) -> None:
        self.alone: tuple[T] | None = None
        self.longer: dict[str, list[tuple[tuple[str, ...], T]]] = {}
