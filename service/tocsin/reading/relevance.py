"""Whether a report is about armed conflict, and which of its sentences are not.

A linear model: words, pairs of words and topics each speak for or against with a weight that was
trained once and is shipped as data; the sum decides, and its strongest terms say why. A topic's
weight holds for any word an analyst adds to it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import combinations, pairwise
from math import sqrt
from typing import Any, Literal

from tocsin.reading.document import Document, Sentence
from tocsin.reading.genre import Genre, compile_genre, genre_of
from tocsin.reading.phrases import Phrases, labelled
from tocsin.reading.wordlist import LexiconError, entries, section

#: How strongly a term counts in the title, in the first words below it, and after those; a text is
#: weighed by its beginning, because what follows drifts to other matters.
TITLE, LEAD, TAIL, MOST = 1.5, 1.0, 0.5, 3.0
LEAD_WORDS, TEXT_WORDS = 60, 220
#: A sentence of its own topic is set apart only when it speaks clearly against conflict.
APART = -1.0
_REASONS = 5
_WORD = re.compile(r"[^\W\d_]+(?:[-'][^\W\d_]+)*|\d+")


@dataclass(frozen=True, slots=True)
class RelevanceWords:
    """The compiled topics, the weights of terms, and the words of genres."""

    topics: Phrases
    links: re.Pattern[str]
    weights: Mapping[str, float]
    bias: float
    genres: Mapping[Literal["live", "explainer"], Phrases]

    def unlinked(self, folded: str) -> str:
        """A folded text without the links and reading aids that publishers set into it."""
        return self.links.sub(" ", folded)


@dataclass(frozen=True, slots=True)
class Relevance:
    """Whether a report is about armed conflict, by how much (log odds), and why.

    `because` names the strongest terms for the decision, strongest first. `parts` is by sentence
    index, and False for a sentence that tells of an accident, a crime or a disaster. `terms` is
    what was weighed.
    """

    conflict: bool = True
    because: tuple[str, ...] = ()
    genre: Genre = "news"
    parts: Mapping[int, bool] = field(default_factory=dict)
    score: float = 0.0
    terms: Mapping[str, float] = field(default_factory=dict)


def compile_relevance(
    data: Mapping[str, Any], weights: Mapping[str, Any] | None = None
) -> RelevanceWords:
    """Compile relevance.yaml and its weights; raises LexiconError where one cannot be used."""
    topics = section(data, "topics", "relevance")
    links = sorted(entries(data.get("navigation"), "navigation"), key=len, reverse=True)
    return RelevanceWords(
        topics=Phrases(
            labelled(
                {f"@{name}": entries(words, f"topics.{name}") for name, words in topics.items()}
            )
        ),
        links=re.compile("|".join(map(re.escape, links)) or r"(?!)"),
        weights=read_weights(weights or {}, "relevance_weights"),
        bias=float((weights or {}).get("bias", 0.0)),
        genres=compile_genre(section(data, "genre", "relevance")),
    )


def read_weights(data: Mapping[str, Any], where: str) -> dict[str, float]:
    """The weight of each term, from lists of terms that share one."""
    found: dict[str, float] = {}
    for weight, terms in section(data, "weights", where).items():
        try:
            value = float(weight)
        except ValueError as error:
            raise LexiconError(f"{where}: weights: want a number, not {weight!r}") from error
        found.update(dict.fromkeys(entries(terms, f"{where}.{weight}"), value))
    return found


def weigh_relevance(document: Document, words: RelevanceWords) -> Relevance:
    """Weigh a report; a report without a word that speaks is not about conflict."""
    terms = topic_terms(document.sentences, words)
    score, because = _sum(terms, words)
    conflict = score > 0
    parts = {
        sentence.index: False
        for sentence in document.sentences
        if len(document.sentences) > 1
        and conflict
        and _sum(topic_terms([sentence], words), words)[0] < APART
    }
    return Relevance(conflict, because, genre_of(document, words.genres), parts, score, terms)


def topic_terms(sentences: Sequence[Sentence], words: RelevanceWords) -> dict[str, float]:
    """What speaks in these sentences, and how strongly: words, neighbours, topics, pairs of topics.

    A title counts more than what follows, and a lead more than its tail.
    """
    terms: dict[str, float] = {}
    topics: dict[str, float] = {}
    count = 0
    for sentence in sentences:
        folded = words.unlinked(sentence.folded)
        strength = TITLE if sentence.field == "title" else LEAD if count < LEAD_WORDS else TAIL
        spoken = _WORD.findall(folded)[: TEXT_WORDS - count]
        count += len(spoken)
        for term in spoken:
            terms.setdefault(term, strength)
        for one, two in pairwise(spoken):
            terms.setdefault(f"{one} {two}", strength)
        for topic, _, _ in words.topics.find(folded):
            topics[topic] = min(topics.get(topic, 0.0) + strength, MOST)
        if count >= TEXT_WORDS:
            break
    for one, two in combinations(sorted(topics), 2):
        terms[f"{one} {two}"] = min(topics[one], topics[two])
    terms.update(topics)
    return terms


def _sum(terms: Mapping[str, float], words: RelevanceWords) -> tuple[float, tuple[str, ...]]:
    weights = words.weights
    spoken = [
        (weights[term] * strength, term) for term, strength in terms.items() if term in weights
    ]
    score = words.bias + sum(weight for weight, _ in spoken) / length_norm(len(terms))
    spoken.sort(reverse=score > 0)
    side = [term for weight, term in spoken[:_REASONS] if (weight > 0) == (score > 0)]
    return score, tuple(side)


def length_norm(terms: int) -> float:
    """Long texts have more terms of every kind: their sum is measured against their length."""
    return sqrt(max(terms, 20))
