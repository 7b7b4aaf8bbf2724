"""Basis: whether a figure is one incident's, a running total, or history told as background."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from tocsin.reading import facts
from tocsin.reading.figures import Figure
from tocsin.reading.wordlist import Phrases, entries


@dataclass(frozen=True, slots=True)
class BasisWords:
    """The basis words of one language, compiled."""

    cumulative: Phrases[bool]
    historical: Phrases[bool]
    wars: frozenset[str]
    superlatives: frozenset[str]
    months: Mapping[str, int]


def compile_basis(data: Mapping[str, Any], language: str = "en") -> BasisWords:
    """Compile `basis.yaml`; raises LexiconError naming the entry that cannot be used."""

    def words(key: str) -> tuple[str, ...]:
        return entries(data.get(key), f"lexicon/{language}/basis.yaml: {key}")

    return BasisWords(
        cumulative=Phrases(dict.fromkeys(words("cumulative"), True)),
        historical=Phrases(dict.fromkeys(words("historical"), True)),
        wars=frozenset(words("wars")),
        superlatives=frozenset(words("superlatives")),
        months={word: n % 12 + 1 for n, word in enumerate(words("last_months")[:12])},
    )


def basis_of(
    words: Sequence[str], figure: Figure, published: datetime | None, lexicon: BasisWords
) -> facts.Basis:
    """The basis of one figure, from the words of its sentence."""
    if figure.group.quantity.increment:
        return "incident"
    if _historical(words, figure, published, lexicon):
        return "historical"
    if _cumulative(words, figure, lexicon):
        return "cumulative"
    return "incident"


def _historical(
    words: Sequence[str], figure: Figure, published: datetime | None, lexicon: BasisWords
) -> bool:
    for i, word in enumerate(words):
        if lexicon.historical.at(words, i) is not None:
            return True
        if len(word) == 4 and word.isdecimal() and "1900" <= word <= "2099":
            if _since(words, i) or (
                figure.first <= i < figure.last and i == figure.group.quantity.core
            ):
                continue
            if published is not None and int(word) < published.year:
                return True
        if word == "last" and i + 1 < len(words) and words[i + 1] in lexicon.months:
            return True
    return False


def _since(words: Sequence[str], i: int) -> bool:
    return "since" in words[max(0, i - 5) : i]


def _cumulative(words: Sequence[str], figure: Figure, lexicon: BasisWords) -> bool:
    for i, word in enumerate(words):
        if lexicon.cumulative.at(words, i) is not None:
            return True
        if word == "since" and not any(
            before in lexicon.superlatives for before in words[max(0, i - 10) : i]
        ):
            return True
    start = max(0, figure.first - 8)
    return any(word in lexicon.wars for word in words[start : figure.first])
