"""Groups of people in a sentence: a quantity, what qualifies it, and the noun that is counted."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from tocsin.reading.concordance import Found, Places
from tocsin.reading.document import Sentence
from tocsin.reading.noun_phrases import REACH, Group, NounPhrases
from tocsin.reading.numbers import Quantity, find_quantities
from tocsin.reading.numerals import Numbers
from tocsin.reading.verbs import PAST, STATE, Mark, Verbs
from tocsin.reading.victims import Noun, Victims
from tocsin.reading.wordlist import Phrases

#: Words that may open a single victim with no number written, and what kind of quantity that is.
OPENERS = Phrases(
    {
        **dict.fromkeys(("a", "an", "another"), "single"),
        **dict.fromkeys(("the", "his", "her", "its", "their"), "definite"),
        **dict.fromkeys(("he", "she"), "he"),
        "they": "they",
    }
)


#: Who came to help, to heal or to report: one of them is news.
_AT_WORK = frozenset({"aid workers", "medical workers", "journalists"})
_BEING = (["is"], ["was"])  # "aid worker is shot dead"
_SAYS = frozenset({"said", "says", "told"})
_SPEAKER = 3  # so many words may stand before the verb: "a Taliban official there said"
#: A heading before a title has no more words than this.
_HEADING = 4


class Marked(NamedTuple):
    """A sentence with its casualty words and groups of people found, by their first words.

    `ends` leads from the word after a mark to its first one, `last_mark` is where the last one
    begins. `nouns` are those that may be counted, `joins` and `parts` what may stand between
    groups.
    """

    words: Sequence[str]
    marks: Places[Mark]
    ends: dict[int, int]
    last_mark: int
    groups: list[Group]
    starts: dict[int, int]
    nouns: Places[Noun]
    joins: Places[bool]
    parts: Places[bool]
    victims: Victims


def mark_up(
    sentence: Sentence, found: Found, numbers: Numbers, victims: Victims, verbs: Verbs
) -> Marked | None:
    """Find casualty words and groups of people in one sentence; None where it has no such word."""
    marks = _apart(found.of(verbs.marks))
    if not marks:
        return None
    words, nouns = sentence.words, found.of(victims.nouns)
    count = len(words)
    quantities = find_quantities(sentence, found, numbers)
    counted = {quantity.core: quantity.last for quantity in quantities}
    phrases = NounPhrases(words, marks, nouns, found.of(victims.sides), verbs, counted)
    singles = _Singles(phrases, found.of(OPENERS), victims)
    groups: list[Group] = []
    taken = 0
    for quantity in quantities:
        if quantity.core < taken:
            continue  # the "three" of "one of the three men"
        groups += singles.between(taken, quantity.first)
        group = phrases.read(quantity, count)
        groups.append(group)
        taken = group.last
    groups += singles.between(taken, count)
    starts = {group.first: n for n, group in enumerate(groups)}
    joins, parts = found.of(verbs.joins), found.of(verbs.parts)
    ends = {end: i for i, (_, end) in marks.items()}
    return Marked(words, marks, ends, max(marks), groups, starts, nouns, joins, parts, victims)


def _apart(found: Places[Mark]) -> Places[Mark]:
    """The casualty words of a sentence; none begins within another."""
    if len(found) < 2:
        return found
    marks: dict[int, tuple[Mark, int]] = {}
    free = 0
    for i, here in found.items():
        if i >= free:
            marks[i] = here
            free = here[1]
    return marks


def _after_heading(words: Sequence[str]) -> tuple[int, ...]:
    """Where a title goes on after the name of a place: "Tunisia: policeman and two others dead"."""
    heading = words[:_HEADING]
    return (heading.index(":") + 1,) if ":" in heading else ()


def _speaks(following: Sequence[str]) -> bool:
    """Whether who is named speaks, and came to no harm: "a militia commander in the city said"."""
    said = next((i for i, word in enumerate(following) if word in _SAYS), None)
    return said is not None and all(word.isalpha() for word in following[:said])


def _pronoun(quantity: Quantity) -> Group:
    first, last = quantity.first, quantity.last
    return Group(quantity, first, last, "person", "people", None, None, explicit=False)


@dataclass(slots=True)
class _Singles:
    """Finds the victims of one sentence for whom no number is written."""

    phrases: NounPhrases
    openers: Places[str]
    victims: Victims
    _people: list[int] = field(init=False)
    _opens: list[int] = field(init=False)

    def __post_init__(self) -> None:
        self._people = list(self.phrases.nouns)
        self._opens = sorted({0, *_after_heading(self.phrases.words), *self.openers})

    def between(self, first: int, last: int) -> Iterator[Group]:
        """Single victims with no number written: "a soldier", "another man", "the driver"."""
        free = first
        for at in range(bisect_left(self._opens, first), len(self._opens)):
            i = self._opens[at]
            if i >= last:
                return
            if i < free:
                continue
            opener = self.openers.get(i)
            group: Group | None
            if opener is None:  # "Journalist shot dead in …"
                group = self._counted(self._single(i, i, last, "definite"))
            elif opener[0] == "he":
                group = _pronoun(Quantity(1, 1, 1, "exact", i, i + 1, i, "definite"))
            elif opener[0] == "they":
                group = _pronoun(Quantity(None, 2, None, "at_least", i, i + 1, i, "they"))
            else:
                group = self._single(i, i + 1, last, opener[0])
            if group is not None:
                yield group
                free = group.last

    def _single(self, first: int, noun: int, last: int, kind: str) -> Group | None:
        near = bisect_left(self._people, noun)
        near_noun = near < len(self._people) and self._people[near] < noun + REACH
        if not near_noun and kind == "definite":
            return None
        phrases, words = self.phrases, self.phrases.words
        second = words[noun] if noun < len(words) else ""
        again = words[first] == "another" or second in self.victims.ordinals
        if not (again or phrases.leads_to_people(noun)):
            return None
        quantity = Quantity(1, 1, 1, "exact", first, noun, first, kind, again)
        group = phrases.read(quantity, last, explicit=False)
        if group.head != "person":
            bare = again and group.head == "none" and self._ends_here(first + 1)
            return group._replace(head="person") if bare else None
        if _speaks(words[group.last : group.last + _SPEAKER]):
            return None
        for start in range(group.last - 1, max(noun, group.last - 4) - 1, -1):
            head = phrases.nouns.get(start)
            if head is not None and head[1] == group.last:
                plural = head[0].plural and not (group.others or head[0].both)
                return None if plural else group
        return group if kind == "single" else None

    def _counted(self, group: Group | None) -> Group | None:
        """A bare victim, counted where it is one whose harm is news and the harm comes next."""
        if group is None or group.node not in _AT_WORK:
            return group
        phrases = self.phrases
        after = group.last + (phrases.words[group.last : group.last + 1] in _BEING)
        here = phrases.marks.get(after)
        if here is None or not here[0].roles & (PAST | STATE):
            return group
        if here[0].indicator not in ("killed", "wounded"):
            return group
        return group._replace(quantity=group.quantity._replace(kind="single"))

    def _ends_here(self, i: int) -> bool:
        """Whether a bare "another" stands for a person: "… and killing another."."""
        words = self.phrases.words
        return i >= len(words) or words[i] in self.phrases.verbs.stops or i in self.phrases.marks
