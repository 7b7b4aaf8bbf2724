"""Which sentences are worth reading for figures: a cheap look before the costly one."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from ahocorasick_rs import AhoCorasick

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
            for _, start, _ in self.automaton.find_matches_as_indexes(lower, overlapping=True):
                if start and lower[start - 1].isalnum():
                    continue  # the "die" of "soldier"
                at = bisect_right(starts, start) - 1
                if at > last:
                    yield sentences[at]
                    last = at


def compile_triggers(words: Iterable[str]) -> Triggers:
    """The shortest beginnings that cover all triggers ("kill" covers "killed")."""
    stems: list[str] = []
    for word in sorted({word for word in words if len(word) > 2}, key=len):
        if not any(word.startswith(stem) for stem in stems):
            stems.append(word)
    return Triggers(AhoCorasick(stems))


__all__ = ["Triggers", "compile_triggers"]
