"""Which sentences are worth reading for figures: a cheap look before the costly one."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from ahocorasick_rs import AhoCorasick, Implementation, MatchKind

from tocsin.reading.document import Document, Sentence, same_length_lower
from tocsin.reading.report import FIELDS


@dataclass(frozen=True, slots=True)
class Triggers:
    """An automaton over one word of every casualty phrase."""

    automaton: AhoCorasick

    def sentences(self, document: Document) -> Iterator[Sentence]:
        """The sentences that hold a casualty word, in order."""
        for name in FIELDS:
            sentences = [one for one in document.sentences if one.field == name]
            if not sentences:
                continue
            starts = [one.start for one in sentences]
            lower = same_length_lower(document.report.field(name))
            last = -1
            for _, start, end in self.automaton.find_matches_as_indexes(lower):
                if start and lower[start - 1].isalnum():
                    continue  # the "die" of "soldier"
                if end < len(lower) and lower[end].isalpha():
                    continue  # the "count" of "country"
                at = bisect_right(starts, start) - 1
                if at > last:
                    yield sentences[at]
                    last = at


def compile_triggers(words: Iterable[str]) -> Triggers:
    """An automaton that finds the longest of the words at each place."""
    return Triggers(
        AhoCorasick(
            sorted({word for word in words if len(word) > 2}),
            matchkind=MatchKind.LeftmostLongest,
            implementation=Implementation.DFA,
        )
    )


__all__ = ["Triggers", "compile_triggers"]
