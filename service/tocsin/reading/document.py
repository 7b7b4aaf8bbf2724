"""A report laid out for reading: fields cut into sentences, sentences into tokens, offsets kept.

Everything downstream speaks of sentences and tokens of this module, so that an offset is counted
once, here, in code points of the stored plain text.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from tocsin.reading.phrases import fold
from tocsin.reading.report import FIELDS, FieldName, Report


class Token(NamedTuple):
    """One word, number or mark: its text, its lower-case form and its offsets in the field."""

    text: str
    lower: str
    start: int
    end: int


# A number keeps its grouping and decimal marks; a word keeps its inner apostrophe, hyphen or dot
# ("U.S.", "cease-fire", "Azerbaijan's" is cut before the possessive).
_TOKEN = re.compile(
    r"\d+(?:[.,\u00a0\u202f\u2009]\d+)*(?=st|nd|rd|th|[a-z]?\b|\D|$)"
    r"|(?:[A-Za-z]\.){2,}"
    r"|[^\W\d_]+(?:[-\u2010\u2011][^\W_]+)*(?:[\u2019'](?!s\b)[^\W\d_]+)*"
    r"|[\u2019']s\b|\S",
    re.UNICODE,
)


@dataclass(slots=False)
class Sentence:
    """One sentence of one field. `start` and `end` are offsets in the field; tokens come lazily."""

    field: FieldName
    index: int
    start: int
    end: int
    text: str

    @cached_property
    def lower(self) -> str:
        """The sentence in lower case (same length as `text` for the scripts we read)."""
        return self.text.lower()

    @cached_property
    def folded(self) -> str:
        """The sentence for matching phrases: `fold` keeps every offset where it was."""
        return fold(self.text)

    @cached_property
    def tokens(self) -> list[Token]:
        """The tokens, with offsets in the field."""
        base = self.start
        return [
            Token(word, word.lower(), base + match.start(), base + match.end())
            for match in _TOKEN.finditer(self.text)
            for word in (match.group(),)
        ]


@dataclass(slots=True)
class Document:
    """All sentences of a report, title first, in reading order."""

    report: Report
    sentences: list[Sentence]


_END = re.compile(r"(?:[.!?…]+[\"'”’)\]]*(?=\s)|\n+|$)")
_ABBREVIATION = re.compile(
    r"(?:\b(?:Mr|Mrs|Ms|Dr|Gen|Lt|Col|Maj|Capt|Sgt|Brig|Adm|Sen|Rep|Gov|Prof|St|No|Sept|Oct|Nov|Dec"
    r"|Jan|Feb|Mar|Apr|Aug|Jun|Jul|vs|Inc|Co|Corp|approx|ca|cf|al)|(?:\b[A-Za-z]\.)*\b[A-Z])\.$"
)


def lay_out(report: Report) -> Document:
    """Cut a report into sentences; any text at all is accepted, and none is lost."""
    sentences: list[Sentence] = []
    for name in FIELDS:
        text = report.field(name)
        start = 0
        for match in _END.finditer(text):
            end = match.end()
            piece = text[start:end]
            if not piece.strip():
                start = end
                continue
            following = text[end : end + 2].strip()
            abbreviated = match.group().startswith(".") and _ABBREVIATION.search(piece[-12:])
            if abbreviated and "\n" not in match.group() and end < len(text):
                continue
            if match.group()[:1] == "." and following[:1].islower():
                continue
            lead = len(piece) - len(piece.lstrip())
            stop = len(piece.rstrip())
            sentences.append(
                Sentence(name, len(sentences), start + lead, start + stop, piece[lead:stop])
            )
            start = end
    return Document(report, sentences)
