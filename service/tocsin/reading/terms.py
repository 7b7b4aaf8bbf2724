"""The terms of a report that are weighed: words, topics and pairs of topics."""

from __future__ import annotations

from collections.abc import KeysView, Sequence
from dataclasses import dataclass
from itertools import combinations
from math import sqrt
from typing import NamedTuple

from tocsin.reading.document import Sentence
from tocsin.reading.phrases import Phrases

#: How strongly a term counts in the title, in the first words below it, and after those.
TITLE, LEAD, TAIL = 1.5, 1.0, 0.5
#: A topic named again counts again, to this.
MOST = 3.0
#: A text is weighed by its beginning, because what follows drifts to other matters.
LEAD_WORDS, TEXT_WORDS = 60, 220
_FEWEST = 10
#: The label of links and reading aids: publishers' words, not the report's.
LINK = "link"


class Part(NamedTuple):
    """One sentence's terms: how strongly it counts, its words and its topics."""

    strength: float
    words: list[str]
    topics: list[str]


@dataclass(frozen=True, slots=True)
class Terms:
    """The terms of a report by sentence, the strongest sentence first."""

    parts: tuple[Part, ...] = ()

    @property
    def norm(self) -> float:
        """Long texts have more terms of every kind: their sum is measured against their length."""
        return sqrt(max(_FEWEST, sum(len(part.words) for part in self.parts)))

    def spoken(self, vocabulary: KeysView[str] | None = None) -> dict[str, float]:
        """Each term with its strength, of a vocabulary (all of them where None)."""
        found: dict[str, float] = {}
        topics: dict[str, float] = {}
        for strength, words, named in reversed(self.parts):
            known = words if vocabulary is None else vocabulary & words
            found.update(dict.fromkeys(known, strength))
            for topic in named:
                topics[topic] = min(topics.get(topic, 0.0) + strength, MOST)
        for one, two in combinations(sorted(topics), 2):
            topics[f"{one} {two}"] = min(topics[one], topics[two])
        told = topics if vocabulary is None else vocabulary & topics.keys()
        return found | {topic: topics[topic] for topic in told}


def terms_of(sentences: Sequence[Sentence], topics: Phrases) -> Terms:
    """The terms of a report's beginning; a title counts more than a lead, a lead than its tail."""
    parts: list[Part] = []
    count = 0
    for sentence in sentences:
        text = sentence.spaced
        hits = sentence.find(topics)
        for label, start, end in hits:
            if label == LINK:
                text = text[: start + 1] + " " * (end - start) + text[end + 1 :]
        words = text.split()[: TEXT_WORDS - count]
        strength = TITLE if sentence.field == "title" else LEAD if count < LEAD_WORDS else TAIL
        count += len(words)
        named = [hit.label for hit in hits if hit.label != LINK]
        parts.append(Part(strength, words, named))
        if count >= TEXT_WORDS:
            break
    return Terms(tuple(parts))
