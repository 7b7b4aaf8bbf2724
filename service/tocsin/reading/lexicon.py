"""The words of reading, compiled once: what the modules of reading are handed with a report."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from tocsin.reading.attacks import StrikeWords
from tocsin.reading.ceasefires import CeasefireWords, compile_ceasefires
from tocsin.reading.concordance import Concordance
from tocsin.reading.dating import compile_basis
from tocsin.reading.groups import OPENERS
from tocsin.reading.newness import NUMBERS
from tocsin.reading.numerals import compile_numbers
from tocsin.reading.phrases import Phrasebook, Phrases
from tocsin.reading.place_names import PlaceNames, compile_places
from tocsin.reading.relevance import RelevanceWords, compile_relevance
from tocsin.reading.report import Report
from tocsin.reading.strikes import compile_strikes
from tocsin.reading.theatre import Theatre
from tocsin.reading.told import FigureWords
from tocsin.reading.verbs import compile_verbs
from tocsin.reading.victims import compile_victims
from tocsin.reading.voice import compile_attribution
from tocsin.reading.when import TIMES
from tocsin.reading.wordlist import entries

#: language → file name without ending → what the file holds.
LexiconFiles = Mapping[str, Mapping[str, Mapping[str, Any]]]


@dataclass(frozen=True, slots=True)
class Words:
    """One language's words, each part compiled for the module that reads with it.

    `book` holds the phrases of all of them, so that a sentence is gone through once. `signs` are
    small words, between spaces, by which a text in no stated language is known.
    """

    language: str
    figures: FigureWords
    relevance: RelevanceWords
    strikes: StrikeWords
    ceasefires: CeasefireWords
    book: Phrasebook
    signs: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Lexicon:
    """All languages' words, the theatres and the gazetteer; `digest` names exactly this content."""

    languages: Mapping[str, Words]
    places: PlaceNames
    theatres: tuple[Theatre, ...]
    digest: str

    def words(self, language: str | None) -> Words:
        """The words for a language ("en-GB" is read as "en"), English where unknown."""
        code = (language or "en").replace("_", "-").split("-")[0].lower()
        return self.languages.get(code) or self.languages["en"]

    def words_for(self, report: Report) -> Words:
        """The words for a report: of its language, else of that whose small words it holds."""
        if report.language is None:
            for words in self.languages.values():
                if words.signs and _shows(words.signs, report):
                    return words
        return self.words(report.language)


#: So far into a text its language is looked for, and by so many of the language's small words.
_LOOKED, _SHOWN = 400, 3


def _shows(signs: tuple[str, ...], report: Report) -> bool:
    for text in (report.summary, report.text):
        start = text[:_LOOKED]
        if text and sum(map(start.__contains__, signs)) >= _SHOWN:
            return True
    return False


def compile_lexicon(
    files: LexiconFiles,
    theatres: Sequence[Theatre] = (),
    gazetteer: Sequence[tuple[str, ...]] = (),
) -> Lexicon:
    """Compile the lexicon; raises LexiconError naming the file and entry that cannot be used."""
    places = compile_places(theatres, gazetteer)
    weights = {name: part for name, part in files.get("en", {}).items() if name in _WEIGHTS}
    languages = {
        language: _words({**weights, **parts}, language, places)
        for language, parts in files.items()
    }
    content = json.dumps(
        [files, [repr(theatre) for theatre in theatres], [list(row) for row in gazetteer]],
        sort_keys=True,
        ensure_ascii=False,
    )
    return Lexicon(
        languages=languages,
        places=places,
        theatres=tuple(theatres),
        digest="sha256:" + hashlib.sha256(content.encode()).hexdigest(),
    )


#: What a topic speaks for is learned from English, and holds for its words in any language.
_WEIGHTS = ("relevance_weights", "strike_weights")


def _words(parts: Mapping[str, Mapping[str, Any]], language: str, places: PlaceNames) -> Words:
    relevance = compile_relevance(parts.get("relevance", {}), parts.get("relevance_weights"))
    strikes = compile_strikes(parts.get("strikes", {}), parts.get("strike_weights"))
    truces = compile_ceasefires(parts.get("ceasefires", {}))
    figures = _figure_words(parts, language)
    return Words(
        language=language,
        figures=figures,
        relevance=relevance,
        strikes=strikes,
        ceasefires=truces,
        book=Phrasebook(
            (
                figures.triggers,
                figures.attribution.denials,
                places.phrases,
                relevance.topics,
                *relevance.genres.values(),
                strikes.phrases,
                truces.truces,
                truces.others,
                truces.before,
                truces.after,
                truces.signs,
                TIMES,
                NUMBERS,
            )
        ),
        signs=tuple(
            f" {word} "
            for word in entries(
                parts.get("language", {}).get("signs"), f"lexicon/{language}/language.yaml: signs"
            )
        ),
    )


def _figure_words(parts: Mapping[str, Mapping[str, Any]], language: str) -> FigureWords:
    numbers = compile_numbers(parts.get("numbers", {}), language)
    victims = compile_victims(parts.get("victims", {}), language)
    verbs = compile_verbs(parts.get("figures", {}), language)
    basis = compile_basis(parts.get("basis", {}), language)
    return FigureWords(
        numbers=numbers,
        victims=victims,
        verbs=verbs,
        basis=basis,
        attribution=compile_attribution(parts.get("attribution", {}), language),
        triggers=Phrases((word, "") for word in verbs.triggers),
        concordance=Concordance(
            (
                *(verbs.marks, verbs.joins, verbs.parts, verbs.not_counted, verbs.other_causes),
                *(numbers.vague, numbers.fixed, numbers.spelt),
                *(victims.nouns, victims.sides, OPENERS),
                *basis.looked_for,
            )
        ),
    )
