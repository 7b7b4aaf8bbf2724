"""Finding an analyst's words and phrases in text, whole words only, in one pass.

A lexicon entry is written in lower case as it stands in a dictionary; `verb_forms` and
`noun_forms` give its regular inflections, so that nobody lists them by hand.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from ahocorasick_rs import AhoCorasick, Implementation, MatchKind

#: Marks of print, and the plain ones they are read as; one for one, so that offsets stay.
_MARKS = (
    ("\u2019", "'"),
    ("\u2018", "'"),
    ("\u201c", '"'),
    ("\u201d", '"'),
    ("\u2013", "-"),
    ("\u2014", "-"),
    ("\u2011", "-"),
    ("\u2026", "."),
    ("\u00a0", " "),
    ("\u202f", " "),
)
_PUNCTUATION = (
    "!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~\t\n\r\x0b\x0c\u00ab\u00bb\u2010\u2012\u2015\u2022\u201e"
)
#: Up to so many patterns the fastest automaton is small enough, a few megabytes.
_SMALL = 3_000
_SPACES = str.maketrans(_PUNCTUATION, " " * len(_PUNCTUATION))


class Hit(NamedTuple):
    """One phrase found: its label and where it stands in the folded text."""

    label: str
    start: int
    end: int


def fold(text: str) -> str:
    """Lower case with plain quotes, dashes and spaces; every offset stays where it was."""
    lower = text.lower()
    if len(lower) != len(text):
        lower = "".join(low if len(low := char.lower()) == 1 else char for char in text)
    if not lower.isascii():
        for mark, plain in _MARKS:
            lower = lower.replace(mark, plain)
    return lower


def spaced(folded: str) -> str:
    """A folded text with spaces for all punctuation and one before it: what phrases match on."""
    return " " + folded.translate(_SPACES)


class Phrases:
    """A set of labelled phrases; of overlapping ones the leftmost, then the longest is found.

    Punctuation counts as space on both sides ("cease-fire" is found by "cease fire").
    """

    __slots__ = ("_automaton", "_labels", "_shorter", "_sizes")

    def __init__(self, labelled: Iterable[tuple[str, str]]) -> None:
        """Take (phrase, label) pairs; the first label of a phrase holds."""
        table: dict[str, str] = {}
        for phrase, label in labelled:
            if key := spaced(fold(phrase)).rstrip():
                table.setdefault(" " + key.lstrip(), label)
        patterns = list(table)
        places = {pattern: place for place, pattern in enumerate(patterns)}
        self._labels = list(table.values())
        self._sizes = [len(pattern) for pattern in patterns]
        # Where the longest phrase ends within a word, its first words may be a phrase of their own.
        self._shorter = [_first_words(pattern, places) for pattern in patterns]
        self._automaton = AhoCorasick(
            patterns,
            matchkind=MatchKind.LeftmostLongest,
            implementation=Implementation.DFA if len(patterns) < _SMALL else None,
        )

    def find(self, text: str) -> list[Hit]:
        """All hits in a spaced text, in reading order, with offsets in the folded one."""
        hits: list[Hit] = []
        last = len(text)
        labels, sizes = self._labels, self._sizes
        for index, start, end in self._automaton.find_matches_as_indexes(text):
            if end == last or not text[end].isalnum():
                hits.append(Hit(labels[index], start, end - 1))
                continue
            shorter = self._shorter[index]
            if shorter is not None:
                hits.append(Hit(labels[shorter], start, start + sizes[shorter] - 1))
        return hits


def _first_words(pattern: str, places: Mapping[str, int]) -> int | None:
    """The place of the longest phrase that is made of a phrase's first words."""
    end = pattern.rfind(" ")
    while end > 0:
        place = places.get(pattern[:end])
        if place is not None:
            return place
        end = pattern.rfind(" ", 0, end)
    return None


def labelled(groups: Mapping[str, Iterable[str]]) -> Iterable[tuple[str, str]]:
    """The (phrase, label) pairs of a mapping from label to phrases."""
    return ((phrase, label) for label, phrases in groups.items() for phrase in phrases)


def verb_forms(verb: str) -> tuple[str, ...]:
    """The forms of a verb: regular ones of "shell", or those written out as "strike/struck".

    Written out: the base, then every irregular form; the regular -s and -ing are added. What
    follows the first word is kept on each form ("open fire" gives "opened fire"). A doubled
    last letter is written out too ("ram/rammed/ramming").
    """
    first, _, rest = verb.partition(" ")
    base, *irregular = first.split("/")
    stem = base[:-1] if base.endswith("e") and not base.endswith("ee") else base
    soft = base.endswith("y") and base[-2:-1] not in set("aeiou")
    sibilant = base.endswith(("s", "sh", "ch", "x", "z"))
    third = base[:-1] + "ies" if soft else base + ("es" if sibilant else "s")
    past = irregular or [base[:-1] + "ied" if soft else base.removesuffix("e") + "ed"]
    ing = [] if any(form.endswith("ing") for form in irregular) else [stem + "ing"]
    tail = f" {rest}" if rest else ""
    return tuple(form + tail for form in (base, third, *past, *ing))


def noun_forms(noun: str) -> tuple[str, ...]:
    """The singular as written and its regular plural; "raid/raids" states the plural itself."""
    if "/" in noun:
        return tuple(noun.split("/"))
    if noun.endswith(("s", "sh", "ch", "x")):
        return (noun, noun + "es")
    if noun.endswith("y") and noun[-2:-1] not in set("aeiou"):
        return (noun, noun[:-1] + "ies")
    return (noun, noun + "s")
