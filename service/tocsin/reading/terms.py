"""The terms of a report that are weighed: words, topics and pairs of topics."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import combinations
from math import sqrt

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


@dataclass(frozen=True, slots=True)
class Terms:
    """The terms of a report, each with its strength, and how many words it was told in.

    `norm`: long texts have more terms of every kind, so their sum is measured against their length.
    """

    strengths: Mapping[str, float] = field(default_factory=dict)
    norm: float = sqrt(_FEWEST)

    def weighed(self, weights: Mapping[str, float]) -> list[tuple[float, str]]:
        """What each term speaks with: its strength times its weight, where it has one."""
        return [
            (weights[term] * much, term) for term, much in self.strengths.items() if term in weights
        ]


def terms_of(sentences: Sequence[Sentence], topics: Phrases) -> Terms:
    """The terms of a report's beginning; a title counts more than a lead, a lead than its tail."""
    parts: list[tuple[float, list[str], list[str]]] = []
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
        parts.append((strength, words, [hit.label for hit in hits if hit.label != LINK]))
        if count >= TEXT_WORDS:
            break
    parts.reverse()  # of a word told twice the stronger telling is the earlier
    strengths: dict[str, float] = {}
    named: dict[str, float] = {}
    for strength, words, labels in parts:
        strengths.update(dict.fromkeys(words, strength))
        for label in labels:
            named[label] = min(named.get(label, 0.0) + strength, MOST)
    strengths |= named
    for (one, first), (two, second) in combinations(sorted(named.items()), 2):
        least = first if first < second else second  # noqa: FURB136 — min() would take most of it
        strengths[f"{one} {two}"] = least
    return Terms(strengths, sqrt(max(_FEWEST, count)))
