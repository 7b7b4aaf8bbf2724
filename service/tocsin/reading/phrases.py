"""Finding an analyst's words and phrases in text, whole words only, in one pass.

A lexicon entry is written in lower case as it stands in a dictionary; `verb_forms` and
`noun_forms` give its regular inflections, so that nobody lists them by hand.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from ahocorasick_rs import AhoCorasick, Implementation

_MARKS = str.maketrans(
    {
        "\u2018": "'",
        "\u2019": "'",
        "\u201b": "'",
        "\u2010": "-",
        "\u2011": "-",
        "\u00a0": " ",
        "\u202f": " ",
        "\n": " ",
        "\t": " ",
        "\r": " ",
    }
)


class Hit(NamedTuple):
    """One phrase found: its label and where it stands in the folded text."""

    label: str
    start: int
    end: int


def fold(text: str) -> str:
    """Lower case with plain apostrophes, hyphens and spaces; every offset stays where it was."""
    lower = text.lower()
    if len(lower) != len(text):
        lower = "".join(low if len(low := char.lower()) == 1 else char for char in text)
    return lower.translate(_MARKS)


class Phrases:
    """A set of labelled phrases; of overlapping ones the leftmost, then the longest is found."""

    __slots__ = ("_automaton", "_labels")

    def __init__(self, labelled: Iterable[tuple[str, str]]) -> None:
        """Take (phrase, label) pairs; the first label of a phrase holds."""
        table: dict[str, str] = {}
        for phrase, label in labelled:
            table.setdefault(phrase, label)
        self._labels = list(table.values())
        self._automaton = AhoCorasick(list(table), implementation=Implementation.ContiguousNFA)

    def find(self, text: str) -> list[Hit]:
        """All hits in reading order, none within or across another."""
        found = [
            (start, -end, index)
            for index, start, end in self._automaton.find_matches_as_indexes(text, overlapping=True)
            if not (start and text[start - 1].isalnum() and text[start].isalnum())
            and not (end < len(text) and text[end].isalnum() and text[end - 1].isalnum())
        ]
        if not found:
            return []
        found.sort()
        hits: list[Hit] = []
        reach = 0
        for start, negative, index in found:
            if start >= reach:
                reach = -negative
                hits.append(Hit(self._labels[index], start, reach))
        return hits


def labelled(groups: Mapping[str, Iterable[str]]) -> Iterable[tuple[str, str]]:
    """The (phrase, label) pairs of a mapping from label to phrases."""
    return ((fold(phrase), label) for label, phrases in groups.items() for phrase in phrases)


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
    past = irregular or [base[:-1] + "ied" if soft else stem + "ed"]
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
