"""Whether a report is about armed conflict, and which of its sentences are not.

A linear model: words, topics and pairs of topics each speak for or against with a
weight that was trained once and is shipped as data; the sum decides, and its strongest terms say
why. A topic's weight holds for any word an analyst adds to it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from tocsin.reading.document import Document
from tocsin.reading.genre import Genre, compile_genre, genre_of
from tocsin.reading.phrases import Phrases, labelled
from tocsin.reading.terms import LINK, Terms, terms_of
from tocsin.reading.wordlist import LexiconError, entries, section

#: A sentence of its own topic is set apart only when it speaks clearly against conflict.
APART = -1.0
#: What else than war may kill. Harm alone is no cause: "Fourteen dead in Barda" is of its report.
OTHER_CAUSES = frozenset({"@accident", "@disaster", "@disease", "@crime", "@nature"})
_REASONS = 5


@dataclass(frozen=True, slots=True)
class RelevanceWords:
    """The compiled topics and links, the weights, the words of genres, the topics against."""

    topics: Phrases
    weights: Mapping[str, float]
    bias: float
    genres: Mapping[Literal["live", "explainer"], Phrases]
    against: frozenset[str] = frozenset()


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
    terms: Terms = field(default_factory=Terms)


def compile_relevance(
    data: Mapping[str, Any], weights: Mapping[str, Any] | None = None
) -> RelevanceWords:
    """Compile relevance.yaml and its weights; raises LexiconError where one cannot be used."""
    topics = section(data, "topics", "relevance")
    groups = {LINK: entries(data.get("navigation"), "navigation")}
    groups |= {f"@{name}": entries(words, f"topics.{name}") for name, words in topics.items()}
    weighed = read_weights(weights or {}, "relevance_weights")
    return RelevanceWords(
        topics=Phrases(labelled(groups)),
        weights=weighed,
        bias=float((weights or {}).get("bias", 0.0)),
        genres=compile_genre(section(data, "genre", "relevance")),
        against=OTHER_CAUSES & groups.keys(),
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
    sentences = document.sentences
    terms = terms_of(sentences, words.topics)
    score, because = _weighed(terms, words)
    conflict = score > 0
    apart: dict[int, bool] = {}
    if conflict and len(sentences) > 1:
        for part in terms.parts:
            if (
                not words.against.isdisjoint(part.topics)
                and _weighed(part.alone(), words)[0] < APART
            ):
                apart[part.place] = False
    return Relevance(conflict, because, genre_of(document, words.genres), apart, score, terms)


def _weighed(terms: Terms, words: RelevanceWords) -> tuple[float, tuple[str, ...]]:
    weights = words.weights
    spoken = [(weights[term] * much, term) for term, much in terms.spoken(weights.keys()).items()]
    score = words.bias + sum(weight for weight, _ in spoken) / terms.norm
    spoken.sort(reverse=score > 0)
    strongest = [term for weight, term in spoken[:_REASONS] if (weight > 0) == (score > 0)]
    return score, tuple(strongest)
