"""The words of reading, compiled once: what the modules of reading are handed with a report."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from tocsin.reading.attacks import StrikeWords
from tocsin.reading.attribution import compile_attribution
from tocsin.reading.basis import compile_basis
from tocsin.reading.ceasefires import CeasefireWords, compile_ceasefires
from tocsin.reading.numerals import compile_numbers
from tocsin.reading.places import PlaceNames, compile_places
from tocsin.reading.relevance import RelevanceWords, compile_relevance
from tocsin.reading.strikes import compile_strikes
from tocsin.reading.theatre import Theatre
from tocsin.reading.told import FigureWords
from tocsin.reading.trigger import compile_triggers
from tocsin.reading.verbs import compile_verbs
from tocsin.reading.victims import compile_victims

#: language → file name without ending → what the file holds.
LexiconFiles = Mapping[str, Mapping[str, Mapping[str, Any]]]


@dataclass(frozen=True, slots=True)
class Words:
    """One language's words, each part compiled for the module that reads with it."""

    language: str
    figures: FigureWords
    relevance: RelevanceWords
    strikes: StrikeWords
    ceasefires: CeasefireWords


@dataclass(frozen=True, slots=True)
class Lexicon:
    """All languages' words, the theatres and the gazetteer; `digest` names exactly this content."""

    languages: Mapping[str, Words]
    places: PlaceNames
    theatres: tuple[Theatre, ...]
    digest: str

    def words(self, language: str | None) -> Words:
        """The words for a report's language ("en-GB" is read as "en"), English where unknown."""
        code = (language or "en").replace("_", "-").split("-")[0].lower()
        return self.languages.get(code) or self.languages["en"]


def compile_lexicon(
    files: LexiconFiles,
    theatres: Sequence[Theatre] = (),
    gazetteer: Sequence[tuple[str, ...]] = (),
) -> Lexicon:
    """Compile the lexicon; raises LexiconError naming the file and entry that cannot be used."""
    languages = {
        language: Words(
            language=language,
            figures=_figure_words(parts, language),
            relevance=compile_relevance(parts.get("relevance", {}), parts.get("relevance_weights")),
            strikes=compile_strikes(parts.get("strikes", {}), parts.get("strike_weights")),
            ceasefires=compile_ceasefires(parts.get("ceasefires", {})),
        )
        for language, parts in files.items()
    }
    content = json.dumps(
        [files, [repr(theatre) for theatre in theatres], [list(row) for row in gazetteer]],
        sort_keys=True,
        ensure_ascii=False,
    )
    return Lexicon(
        languages=languages,
        places=compile_places(theatres, gazetteer),
        theatres=tuple(theatres),
        digest="sha256:" + hashlib.sha256(content.encode()).hexdigest(),
    )


def _figure_words(parts: Mapping[str, Mapping[str, Any]], language: str) -> FigureWords:
    verbs = compile_verbs(parts.get("figures", {}), language)
    return FigureWords(
        numbers=compile_numbers(parts.get("numbers", {}), language),
        victims=compile_victims(parts.get("victims", {}), language),
        verbs=verbs,
        basis=compile_basis(parts.get("basis", {}), language),
        attribution=compile_attribution(parts.get("attribution", {}), language),
        triggers=compile_triggers(verbs.triggers),
    )
