"""Where a report turns to something else: "Separately, …", "Meanwhile, …"."""

from __future__ import annotations

import re
from bisect import bisect_right

from tocsin.reading.document import Document, Sentence

_TURNS = re.compile(
    r"(?:separately|meanwhile|elsewhere|in (?:a|another) (?:separate|other|different))\b"
)


def is_turn(sentence: Sentence) -> bool:
    """Whether a report turns to something else with a sentence."""
    return _TURNS.match(sentence.folded) is not None


def turns(document: Document) -> tuple[int, ...]:
    """The sentences, by their numbers, with which a report turns to something else."""
    return tuple(one.index for one in document.sentences if is_turn(one))


def section(turned: tuple[int, ...], sentence: int) -> int:
    """How often a report has turned to something else up to a sentence; its first section is 0."""
    return bisect_right(turned, sentence)
