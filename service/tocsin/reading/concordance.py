"""A concordance: where the phrases of many word lists stand in a sentence, found in one pass."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, TypeVar

from tocsin.reading.wordlist import Longer, Phrases, longest_of

T = TypeVar("T")
#: The place of a phrase's first word → what it means, and the word after it.
Places = Mapping[int, tuple[T, int]]
_NOWHERE: Places[Any] = {}


class Found:
    """What stands in one sentence: of each list its phrases by their first words, in order.

    `odd` are the places of words that are not letters alone: numbers, hyphened words.
    """

    __slots__ = ("_numbers", "_places", "odd")

    def __init__(
        self,
        numbers: Mapping[Phrases[Any], int],
        places: Sequence[Places[Any] | None],
        odd: Sequence[int],
    ) -> None:
        self._numbers = numbers
        self._places = places
        self.odd = odd

    def of(self, phrases: Phrases[T]) -> Places[T]:
        """What `phrases.at` finds at each word; KeyError for a list that was not looked for."""
        places: Places[T] | None = self._places[self._numbers[phrases]]
        return places or _NOWHERE


class Concordance:
    """Several word lists as one dictionary: a word is looked up once for all of them."""

    __slots__ = ("_entries", "_numbers")

    def __init__(self, lists: Sequence[Phrases[Any]]) -> None:
        self._numbers = {phrases: number for number, phrases in enumerate(lists)}
        entries: dict[str, list[tuple[int, Longer[Any], tuple[Any] | None]]] = {}
        for phrases, number in self._numbers.items():
            for word, (longer, alone) in phrases.by_first.items():
                entries.setdefault(word, []).append((number, longer, alone))
        self._entries = {word: tuple(entry) for word, entry in entries.items()}

    def of(self, words: Sequence[str]) -> Found:
        """Where the phrases of all lists stand among the words of a sentence."""
        places: list[dict[int, tuple[Any, int]] | None] = [None] * len(self._numbers)
        odd = [i for i, word in enumerate(words) if not word.isalpha() and word[0].isalnum()]
        last = len(words) - 1
        for i, entry in enumerate(map(self._entries.get, words)):
            if entry is None:  # most words are in no list
                continue
            for number, longer, alone in entry:
                here = None
                if longer and i < last and words[i + 1] in longer:
                    here = longest_of(longer, words, i)
                if here is None:
                    if alone is None:
                        continue
                    here = alone[0], i + 1
                mine = places[number]
                if mine is None:
                    places[number] = {i: here}
                else:
                    mine[i] = here
        return Found(self._numbers, places, odd)
