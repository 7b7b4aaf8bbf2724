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
#: The topic of a report that plays where a war is.
AT_WAR = "@theatre"


@dataclass(frozen=True, slots=True)
class Terms:
    """The terms of a report with their strengths: each word where it is strongest, and topics.

    `norm`: long texts have more terms of every kind, so their sum is measured against their length.
    """

    strengths: Mapping[str, float] = field(default_factory=dict)
    norm: float = sqrt(_FEWEST)

    def weighed(self, weights: Mapping[str, float]) -> list[tuple[float, str]]:
        """What each term that has a weight speaks with: its strength times that."""
        known = weights.get
        return [
            (weight * strength, term)
            for term, strength in self.strengths.items()
            if (weight := known(term)) is not None
        ]

    def total(self, weights: Mapping[str, float]) -> float:
        """What all terms speak with together."""
        return sum([much for much, _ in self.weighed(weights)])


def terms_of(sentences: Sequence[Sentence], topics: Phrases, *, at_war: bool = False) -> Terms:
    """The terms of a report's beginning; a title counts more than a lead, a lead than its tail.

    `at_war`: it plays in a theatre of war, which is a topic by itself.
    """
    said: dict[float, list[str]] = {TITLE: [], LEAD: [], TAIL: []}
    named: dict[str, float] = {AT_WAR: LEAD} if at_war else {}
    count = 0
    for sentence in sentences:
        text = sentence.spaced
        strength = TITLE if sentence.field == "title" else LEAD if count < LEAD_WORDS else TAIL
        for label, start, end in sentence.find(topics):
            if label == LINK:
                text = text[: start + 1] + " " * (end - start) + text[end + 1 :]
            else:
                named[label] = named.get(label, 0.0) + strength
        words = text.split()[: TEXT_WORDS - count]
        count += len(words)
        said[strength] += words
        if count >= TEXT_WORDS:
            break
    strengths: dict[str, float] = {}
    for strength in (TAIL, LEAD, TITLE):
        strengths.update(dict.fromkeys(said[strength], strength))
    told = sorted([(label, min(much, MOST)) for label, much in named.items()])
    strengths.update(told)
    for (one, first), (two, second) in combinations(told, 2):
        strengths[f"{one} {two}"] = min(first, second)
    return Terms(strengths, sqrt(max(_FEWEST, count)))
