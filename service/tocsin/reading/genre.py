"""What kind of page a report is: news, or a live page or explainer, which are never loud."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal

from tocsin.reading.document import Document
from tocsin.reading.phrases import Phrases, labelled
from tocsin.reading.wordlist import entries

Genre = Literal["news", "live", "explainer"]
PageKind = Literal["live", "explainer"]
_KINDS: tuple[PageKind, ...] = ("live", "explainer")


def compile_genre(data: Mapping[str, Any]) -> dict[PageKind, Phrases]:
    """The phrases by which a title gives its kind of page away."""
    return {
        kind: Phrases(labelled({kind: words}))
        for kind in _KINDS
        if (words := entries(data.get(kind), f"genre.{kind}"))
    }


def genre_of(document: Document, genres: Mapping[PageKind, Phrases]) -> Genre:
    """The kind of page, by its title alone: a summary may well link to a live page."""
    titles = [sentence for sentence in document.sentences if sentence.field == "title"]
    for kind, phrases in genres.items():
        for sentence in titles:
            hits = sentence.find(phrases)
            if kind == "explainer":
                hits = [
                    hit
                    for hit in hits
                    if hit.start == 0 or hit.end == len(sentence.folded) or ":" in sentence.folded
                ]
            if hits:
                return kind
    return "news"
