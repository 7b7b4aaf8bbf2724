"""Finding an analyst's words and phrases in text, whole words only, in one pass.

A lexicon entry is written in lower case as it stands in a dictionary; `verb_forms` and
`noun_forms` give its regular inflections, so that nobody lists them by hand.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from ahocorasick_rs import AhoCorasick, Implementation

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
#: Where the marks of print are: Latin, general punctuation and currencies, East Asian.
_MARKED = (*range(0x180), *range(0x2000, 0x20D0), *range(0x3000, 0x3040), *range(0xFF00, 0xFF70))
_SPACES = {code: " " for code in _MARKED if not chr(code).isalnum()}
_ASCII_SPACES = bytes(ord(_SPACES.get(code, chr(code))) for code in range(0x80)).ljust(0x100)
#: Up to so many patterns the fastest automaton is small enough, a few megabytes.
_SMALL = 3_000


class Hit(NamedTuple):
    """One phrase found: its label and where it stands in the folded text."""

    label: str
    start: int
    end: int


def lowered(text: str) -> str:
    """Lower case; a letter whose lower case is longer stays as it is, so that offsets do."""
    lower = text.lower()
    if len(lower) == len(text):
        return lower
    return "".join(low if len(low := char.lower()) == 1 else char for char in text)


def fold(text: str) -> str:
    """Lower case with plain quotes, dashes and spaces; every offset stays where it was."""
    lower = lowered(text)
    if not lower.isascii():
        for mark, plain in _MARKS:
            lower = lower.replace(mark, plain)
    return lower


def spaced(folded: str) -> str:
    """A folded text with spaces for all marks, before it and after: what phrases match on."""
    if folded.isascii():  # as bytes it takes a fifth of the time
        return f" {folded.encode().translate(_ASCII_SPACES).decode()} "
    return f" {folded.translate(_SPACES)} "


class Phrases:
    """A set of labelled phrases; of overlapping ones the leftmost, then the longest is found.

    Punctuation counts as space on both sides ("cease-fire" is found by "cease fire").
    """

    __slots__ = ("_alone", "labels")

    def __init__(self, labelled: Iterable[tuple[str, str]]) -> None:
        """Take (phrase, label) pairs; the first label of a phrase holds."""
        self.labels: dict[str, str] = {}
        for phrase, label in labelled:
            if key := fold(phrase).translate(_SPACES).strip():
                self.labels.setdefault(f" {key} ", label)
        self._alone: Phrasebook | None = None

    def find(self, text: str) -> list[Hit]:
        """All hits in a spaced text, in reading order, with offsets in the folded one."""
        if self._alone is None:
            self._alone = Phrasebook((self,))
        (found,) = self._alone.find(text, [(0, len(text))])
        return found.get(self, [])


class Phrasebook:
    """Several sets of phrases, looked up together: a text is gone through once for all of them."""

    __slots__ = ("_automaton", "_labels", "sets")

    def __init__(self, sets: Iterable[Phrases]) -> None:
        self.sets = frozenset(sets)
        labels: dict[str, list[tuple[Phrases, str]]] = {}
        for phrases in self.sets:
            for pattern, label in phrases.labels.items():
                labels.setdefault(pattern, []).append((phrases, label))
        self._labels = list(labels.values())
        self._automaton = AhoCorasick(
            list(labels), implementation=Implementation.DFA if len(labels) < _SMALL else None
        )

    def find(
        self, text: str, stretches: Sequence[tuple[int, int]]
    ) -> list[dict[Phrases, list[Hit]]]:
        """What of each set stands within each stretch of a spaced text, in reading order.

        Stretches follow each other and leave out no word; they are given, and offsets in them
        counted, as in the folded text.
        """
        all_found: list[dict[Phrases, list[Hit]]] = [{} for _ in stretches]
        rest = zip(stretches, all_found, strict=True)
        base, last = 0, -1
        found: dict[Phrases, list[Hit]] = {}
        # In the order of their ends, of those that end together the longest first.
        for number, start, end in self._automaton.find_matches_as_indexes(text, overlapping=True):
            while end - 2 > last:
                (base, last), found = next(rest)
            if start < base:
                continue  # no phrase goes on from one stretch into the next
            first = start - base
            for phrases, label in self._labels[number]:
                hit = _hit(Hit, (label, first, end - 2 - base))
                hits = found.get(phrases)
                if hits is None:
                    found[phrases] = [hit]
                elif hits[-1][2] < first:
                    hits.append(hit)
                else:
                    _settle(hits, hit)
        return all_found


#: `Hit(...)` without the detour through Python that a named tuple takes, at half the time.
_hit = tuple.__new__


def _settle(hits: list[Hit], hit: Hit) -> None:
    """Add a hit that overlaps what was found before it: of them the leftmost, longest stays."""
    kept = len(hits)
    while kept and hits[kept - 1].start >= hit.start:
        kept -= 1
    if not kept or hits[kept - 1].end <= hit.start:
        hits[kept:] = [hit]


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
