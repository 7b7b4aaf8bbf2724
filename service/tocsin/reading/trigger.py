"""Which sentences are worth reading for figures: a cheap look before the costly one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from ahocorasick_rs import AhoCorasick

from tocsin.reading.document import Document, Sentence


@dataclass(frozen=True, slots=True)
class Triggers:
    """An automaton over the first words of all casualty phrases."""

    automaton: AhoCorasick

    def sentences(self, document: Document) -> Iterator[Sentence]:
        """The sentences that hold a casualty word, in order."""
        for sentence in document.sentences:
            if self.automaton.find_matches_as_indexes(sentence.lower):
                yield sentence


def compile_triggers(words: Iterable[str]) -> Triggers:
    """The shortest words that cover all triggers ("kill" covers "killed")."""
    stems: list[str] = []
    for word in sorted({word for word in words if len(word) > 2}, key=len):
        if not any(stem in word for stem in stems):
            stems.append(word)
    return Triggers(AhoCorasick(stems))


__all__ = ["Triggers", "compile_triggers"]
