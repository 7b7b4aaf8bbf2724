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


#: The longer phrases that begin with one word, by their second: further words, and the meaning.
Longer = Mapping[str, Sequence[tuple[Sequence[str], T]]]


def longest_of(longer: Longer[T], words: Sequence[str], i: int) -> tuple[T, int] | None:
    """The longest of these phrases that stands at word `i`, and the word after it."""
    if i + 1 < len(words):
        for rest, meaning in longer.get(words[i + 1], ()):
            end = i + 2 + len(rest)
            if not rest or words[i + 2 : end] == rest:
                return meaning, end
    return None


class Phrases(Generic[T]):
    """Phrases of one or more words with what each means; the longest match wins.

    `by_first` keeps them by their first word: the longer ones, and that word alone. `_lasts` says
    how many words the longest phrase with that last word has.
    """

    __slots__ = ("_firsts", "_lasts", "by_first")

    def __init__(self, meanings: Mapping[str, T]) -> None:
        longer: dict[str, dict[str, list[tuple[list[str], T]]]] = {}
        alone: dict[str, tuple[T]] = {}
        self._lasts: dict[str, int] = {}
        for phrase, meaning in sorted(meanings.items(), key=lambda pair: -pair[0].count(" ")):
            first, *rest = phrase.split(" ")
            if rest:
                longer.setdefault(first, {}).setdefault(rest[0], []).append((rest[1:], meaning))
            else:
                alone[first] = (meaning,)
            last = rest[-1] if rest else first
            self._lasts[last] = max(self._lasts.get(last, 0), 1 + len(rest))
        self._firsts = frozenset(longer) | frozenset(alone)
        self.by_first: Mapping[str, tuple[Longer[T], tuple[T] | None]] = {
            word: (longer.get(word, {}), alone.get(word)) for word in sorted(self._firsts)
        }

    def at(self, words: Sequence[str], i: int) -> tuple[T, int] | None:
        """The meaning of the longest phrase that begins at word `i`, and the word after it."""
        opened = self.by_first.get(words[i])
        if opened is None:
            return None
        longer, alone = opened
        here = longest_of(longer, words, i) if longer else None
        return here or (None if alone is None else (alone[0], i + 1))

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
