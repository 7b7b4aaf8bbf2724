"""One report read, from top to bottom: the picture of everything in this folder."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Literal

from tocsin.reading.document import Document, lay_out
from tocsin.reading.facts import Ceasefire, Claim, Place, Reading, Strike
from tocsin.reading.lexicon import Lexicon
from tocsin.reading.report import Report


@dataclass(frozen=True, slots=True)
class Located:
    """Stand-in until places are read."""

    places: tuple[Place, ...] = ()
    theatre: str | None = None


@dataclass(frozen=True, slots=True)
class Relevance:
    """Stand-in until relevance is weighed."""

    conflict: bool = True
    because: tuple[str, ...] = ()
    genre: Literal["news", "live", "explainer"] = "news"
    parts: dict[int, bool] = field(default_factory=dict)


def find_places(_document: Document, _gazetteer: Any) -> Located:
    """Stand-in."""
    return Located()


def weigh_relevance(_document: Document, _words: Any) -> Relevance:
    """Stand-in."""
    return Relevance()


def find_strikes(
    _document: Document, _words: Any, _relevance: Relevance, _located: Located
) -> tuple[Strike, ...]:
    """Stand-in."""
    return ()


def find_ceasefires(
    _document: Document, _words: Any, _relevance: Relevance, _strikes: tuple[Strike, ...]
) -> tuple[Ceasefire, ...]:
    """Stand-in."""
    return ()


def read(report: Report, lexicon: Lexicon) -> Reading:
    """All facts of one report; never raises for any text."""
    words = lexicon.words(report.language)
    document = lay_out(report)
    located = find_places(document, lexicon.places)
    relevance = weigh_relevance(document, words.relevance)
    claims: tuple[Claim, ...] = ()
    strikes = find_strikes(document, words.strikes, relevance, located)
    ceasefires = find_ceasefires(document, words.ceasefires, relevance, strikes)
    return Reading(
        id=report.id,
        conflict=relevance.conflict,
        claims=claims,
        strikes=strikes,
        ceasefire=ceasefires,
        places=located.places,
        theatre=located.theatre,
        because=relevance.because,
        genre=relevance.genre,
    )
