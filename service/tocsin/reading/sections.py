"""Where a report turns to something else: "Separately, …", "Meanwhile, …"."""

from __future__ import annotations

import re
from bisect import bisect_right

from tocsin.reading.document import Document

_TURNS = re.compile(
    r"(?:separately|meanwhile|elsewhere|in (?:a|another) (?:separate|other|different))\b"
)


def turns(document: Document) -> tuple[int, ...]:
    """The sentences, by their numbers, with which a report turns to something else."""
    return tuple(one.index for one in document.sentences if _TURNS.match(one.folded))


def section(turned: tuple[int, ...], sentence: int) -> int:
    """How often a report has turned to something else up to a sentence; its first section is 0."""
    return bisect_right(turned, sentence)
