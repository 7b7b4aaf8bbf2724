"""Whether a report is about armed conflict, and which of its sentences are not.

A linear model: words, pairs of words and topics each speak for or against with a weight that was
trained once and is shipped as data; the sum decides, and its strongest terms say why. A topic's
weight holds for any word an analyst adds to it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import pairwise
from math import sqrt
from typing import Any, Literal

from tocsin.reading.document import Document, Sentence
from tocsin.reading.genre import Genre, compile_genre, genre_of
from tocsin.reading.phrases import Phrases, labelled
from tocsin.reading.wordlist import LexiconError, entries, section

#: A report is weighed by its title and its lead: what follows may drift to other matters.
LEAD_WORDS = 220
#: A sentence of its own topic is set apart only when it speaks clearly against conflict.
APART = -1.0
_REASONS = 5
_WORD = re.compile(r"[^\W\d_]+(?:[-'][^\W\d_]+)*|\d+")


@dataclass(frozen=True, slots=True)
class RelevanceWords:
    """The compiled topics, the weights of terms, and the words of genres."""

    topics: Phrases
    weights: Mapping[str, float]
    bias: float
    genres: Mapping[Literal["live", "explainer"], Phrases]


@dataclass(frozen=True, slots=True)
class Relevance:
    """Whether a report is about armed conflict, by how much (log odds), and why.

    `because` names the strongest terms for the decision, strongest first. `parts` is by sentence
    index, and False for a sentence that tells of an accident, a crime or a disaster.
    """

    conflict: bool = True
    because: tuple[str, ...] = ()
    genre: Genre = "news"
    parts: Mapping[int, bool] = field(default_factory=dict)
    score: float = 0.0


def compile_relevance(
    data: Mapping[str, Any], weights: Mapping[str, Any] | None = None
) -> RelevanceWords:
    """Compile relevance.yaml and its weights; raises LexiconError where one cannot be used."""
    topics = section(data, "topics", "relevance")
    return RelevanceWords(
        topics=Phrases(
            labelled(
                {f"@{name}": entries(words, f"topics.{name}") for name, words in topics.items()}
            )
        ),
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
    terms = topic_terms(document.sentences, words, LEAD_WORDS)
    score, because = _sum(terms, words)
    conflict = score > 0
    parts = {
        sentence.index: False
        for sentence in document.sentences
        if len(document.sentences) > 1
        and conflict
        and _sum(topic_terms([sentence], words, LEAD_WORDS), words)[0] < APART
    }
    return Relevance(conflict, because, genre_of(document, words.genres), parts, score)


def topic_terms(sentences: list[Sentence], words: RelevanceWords, most: int) -> dict[str, float]:
    """What speaks in these sentences: words, neighbouring pairs, and topics by their strength."""
    terms: dict[str, float] = {}
    left = most
    for sentence in sentences:
        spoken = _WORD.findall(sentence.folded)[:left]
        left -= len(spoken)
        terms.update(dict.fromkeys(spoken, 1.0))
        terms.update({f"{one} {two}": 1.0 for one, two in pairwise(spoken)})
        for topic, _, _ in words.topics.find(sentence.folded):
            terms[topic] = min(terms.get(topic, 0.0) + 1.0, 3.0)
        if left <= 0:
            break
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
