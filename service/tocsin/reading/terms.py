"""The terms of a report that are weighed: words, neighbouring pairs, topics and pairs of topics."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations, pairwise
from math import sqrt
from typing import NamedTuple

from tocsin.reading.document import Sentence
from tocsin.reading.phrases import Phrases, spaced

#: How strongly a term counts in the title, in the first words below it, and after those.
TITLE, LEAD, TAIL = 1.5, 1.0, 0.5
#: A topic named again counts again, to this.
MOST = 3.0
#: A text is weighed by its beginning, because what follows drifts to other matters.
LEAD_WORDS, TEXT_WORDS = 60, 220
_FEWEST = 8
_WORD = re.compile(r"[^\W\d_]+(?:[-'][^\W\d_]+)*|\d+")


class Part(NamedTuple):
    """One sentence's terms: its index, how strongly it counts, words, pairs and topics."""

    index: int
    strength: float
    words: list[str]
    pairs: list[str]
    topics: list[str]


@dataclass(frozen=True, slots=True)
class Terms:
    """The terms of a report by sentence, strongest first."""

    parts: tuple[Part, ...] = ()

    @property
    def norm(self) -> float:
        """Long texts have more terms of every kind: their sum is measured against their length."""
        return sqrt(2 * max(_FEWEST, sum(len(part.words) for part in self.parts)))

    def alone(self) -> Iterator[tuple[int, Terms]]:
        """Each sentence by itself, with its index."""
        for part in self.parts:
            yield part.index, Terms((part._replace(strength=LEAD),))

    def spoken(self, vocabulary: Collection[str] | None = None) -> dict[str, float]:
        """Each term with its strength, of a vocabulary (all of them where None)."""
        found: dict[str, float] = {}
        topics: dict[str, float] = {}
        for _, strength, words, pairs, named in self.parts:
            for terms in (words, pairs):
                for term in terms:
                    if (vocabulary is None or term in vocabulary) and term not in found:
                        found[term] = strength
            for topic in named:
                topics[topic] = min(topics.get(topic, 0.0) + strength, MOST)
        for one, two in combinations(sorted(topics), 2):
            term = f"{one} {two}"
            if vocabulary is None or term in vocabulary:
                found[term] = min(topics[one], topics[two])
        for topic, strength in topics.items():
            if vocabulary is None or topic in vocabulary:
                found[topic] = strength
        return found


def terms_of(sentences: Sequence[Sentence], topics: Phrases, links: re.Pattern[str]) -> Terms:
    """The terms of a report's beginning; a title counts more than a lead, a lead than its tail."""
    parts: list[Part] = []
    count = 0
    for sentence in sentences:
        folded = sentence.folded
        linked = links.search(folded) is not None
        if linked:
            folded = links.sub(lambda match: "." * len(match[0]), folded)
        words = _WORD.findall(folded)[: TEXT_WORDS - count]
        titled = sentence.field == "title"
        strength = TITLE if titled else LEAD if count < LEAD_WORDS else TAIL
        count += len(words)
        named = topics.find(spaced(folded) if linked else sentence.spaced)
        pairs = [f"{one} {two}" for one, two in pairwise(words)]
        parts.append(Part(sentence.index, strength, words, pairs, [hit.label for hit in named]))
        if count >= TEXT_WORDS:
            break
    return Terms(tuple(parts))
