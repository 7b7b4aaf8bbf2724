"""Groups of people in a sentence: a quantity, what qualifies it, and the noun that is counted."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Literal, NamedTuple

from tocsin.reading.concordance import Found, Places
from tocsin.reading.document import Sentence
from tocsin.reading.facts import Indicator
from tocsin.reading.numbers import Quantity, find_quantities
from tocsin.reading.numerals import Numbers
from tocsin.reading.verbs import COUNT, PASSIVE, PAST, STATE, Mark, Verbs
from tocsin.reading.victims import Noun, Victims
from tocsin.reading.wordlist import Phrases

#: How many words may stand between a number and its noun.
_REACH = 8
_DETERMINERS = frozenset({"the", "its", "their", "his", "her", "our", "these", "those", "my"})
_GROWN_UP = 18
#: Words that may open a single victim with no number written, and what kind of quantity that is.
OPENERS = Phrases(
    {
        **dict.fromkeys(("a", "an", "another"), "single"),
        **dict.fromkeys(("the", "his", "her", "its", "their"), "definite"),
        **dict.fromkeys(("he", "she"), "he"),
        "they": "they",
    }
)
_MORE = frozenset({"more", "additional", "further", "extra"})
_OTHERS = frozenset({"others", "other"})
#: Words with a step of their own within a noun phrase.
_TURNS = _MORE | _OTHERS | {"and", "("}

Head = Literal["person", "count", "thing", "some", "none"]


class Group(NamedTuple):
    """A counted group. `first` and `last` are its words, half-open.

    `head` is "person", "count" (a casualty noun: "40 deaths"), "thing" (no victims), "some" (a
    noun that we do not know) or "none" (a bare number). `indicator` is what its own words say of
    it ("three dead soldiers", "40 deaths"). `explicit` is false where no number is written; then
    the quantity's kind is "single" ("a soldier"), "definite" ("the driver", "he") or "they".
    """

    quantity: Quantity
    first: int
    last: int
    head: Head
    node: str
    side: str | None
    indicator: Indicator | None
    explicit: bool
    others: bool = False


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
    grouping = _Grouping(
        words, marks, nouns, found.of(victims.sides), found.of(OPENERS), victims, verbs, counted
    )
    groups: list[Group] = []
    taken = 0
    for quantity in quantities:
        if quantity.core < taken:
            continue  # the "three" of "one of the three men"
        groups += grouping.singles(taken, quantity.first)
        group = grouping.read(quantity, count)
        groups.append(group)
        taken = group.last
    groups += grouping.singles(taken, count)
    starts = {group.first: n for n, group in enumerate(groups)}
    joins, parts = found.of(verbs.joins), found.of(verbs.parts)
    ends = {end: i for i, (_, end) in marks.items()}
    return Marked(words, marks, ends, max(marks), groups, starts, nouns, joins, parts, victims)


def _apart(found: Places[Mark]) -> Places[Mark]:
    """The casualty words of a sentence; none begins within another."""
    marks: dict[int, tuple[Mark, int]] = {}
    free = 0
    for i, here in found.items():
        if i >= free:
            marks[i] = here
            free = here[1]
    return marks


def _pronoun(quantity: Quantity) -> Group:
    first, last = quantity.first, quantity.last
    return Group(quantity, first, last, "person", "people", None, None, explicit=False)


@dataclass(slots=True)
class _Noun:
    """The noun phrase of a group as it is read: the best head so far, and where it ends."""

    end: int
    head: Head = "none"
    node: str = "people"
    side: str | None = None
    indicator: Indicator | None = None
    others: bool = False
    increment: bool = False
    unknown: int = -1


@dataclass(slots=True)
class _Grouping:
    """Reads the groups of one sentence."""

    words: Sequence[str]
    marks: Places[Mark]
    nouns: Places[Noun]
    sides: Places[str]
    openers: Places[str]
    victims: Victims
    verbs: Verbs
    counted: dict[int, int]
    _limit: int = field(default=0, init=False)
    _people: list[int] = field(init=False)
    _known: set[int] = field(init=False)
    _opens: list[int] = field(init=False)

    def __post_init__(self) -> None:
        self._people = list(self.nouns)
        self._known = {*self.nouns, *self.sides, *self.marks}
        self._opens = list(self.openers)
        if 0 not in self.openers:
            self._opens.insert(0, 0)

    def singles(self, first: int, last: int) -> Iterator[Group]:
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
                group = self._single(i, i, last, "definite")
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
        second = self.words[noun] if noun < len(self.words) else ""
        again = self.words[first] == "another" or second in self.victims.ordinals
        if not (again or self._leads_to_people(noun)):
            return None
        near = bisect_left(self._people, noun)
        near_noun = near < len(self._people) and self._people[near] < noun + _REACH
        if not near_noun and kind == "definite":
            return None
        quantity = Quantity(1, 1, 1, "exact", first, noun, first, kind, again)
        group = self.read(quantity, last, explicit=False)
        if group.head != "person":
            bare = again and group.head == "none" and self._ends_here(first + 1)
            return group._replace(head="person") if bare else None
        for start in range(group.last - 1, max(noun, group.last - 4) - 1, -1):
            head = self.nouns.get(start)
            if head is not None and head[1] == group.last:
                plural = head[0].plural and not (group.others or head[0].both)
                return None if plural else group
        return group if kind == "single" else None

    def _leads_to_people(self, first: int) -> bool:
        """Whether a noun phrase from a word on may name people: most name a thing, or nothing.

        A look ahead that is never wrong when it says no, and spares the reading of the phrase.
        """
        words, i = self.words, first
        if i < len(words) and (words[i] == "of" or words[i] in _DETERMINERS):
            return True
        while i < min(len(words), first + _REACH):
            word = words[i]
            if i in self._known:
                noun, mark = self.nouns.get(i), self.marks.get(i)
                if i in self.sides or (noun is not None and noun[0].node != "thing"):
                    return True
                if mark is not None:
                    counts = noun is not None and bool(mark[0].roles & COUNT)
                    return not counts and self._person_near(mark[1])
                i = noun[1] if noun is not None else i + 1
                continue
            if word in _MORE or word in _OTHERS or word == "(":
                return True
            if word == "and":
                return i + 1 in self.sides
            if not word.isalpha() and (word.isdecimal() or word.endswith("-year-old")):
                return True
            if word in self.verbs.ends_noun or not word[0].isalpha():
                return False
            i += 1
        return i < len(words)

    def _ends_here(self, i: int) -> bool:
        """Whether a bare "another" stands for a person: "… and killing another."."""
        return i >= len(self.words) or self.words[i] in self.verbs.stops or i in self.marks

    def read(self, quantity: Quantity, count: int, *, explicit: bool = True) -> Group:
        """The group that a quantity opens: reads on to the noun it counts."""
        noun = _Noun(end=quantity.last, increment=quantity.increment)
        i = self._after_of(quantity.last)
        if i > quantity.last:
            i = min(count, self.counted.get(i, self.counted.get(i - 1, i)))
        self._limit = min(count, i + _REACH)
        while i < self._limit:
            following = self._step(noun, quantity, i)
            if following is None:
                break
            i = following
        self._settle(noun, quantity, i)
        if noun.increment is not quantity.increment:
            quantity = quantity._replace(increment=noun.increment)
        return Group(
            quantity,
            quantity.first,
            max(noun.end, quantity.last),
            noun.head,
            noun.node,
            noun.side,
            noun.indicator,
            explicit,
            noun.others,
        )

    def _after_of(self, i: int) -> int:
        """The word after "of its": "40 of their soldiers", "35 more of its men"."""
        if i < len(self.words) and self.words[i] == "of":
            i += 1
        while i < len(self.words) and self.words[i] in _DETERMINERS:
            i += 1
        return i

    def _step(self, noun: _Noun, quantity: Quantity, i: int) -> int | None:
        """Take in the word at `i`; the next word to look at, or None where the noun ends."""
        word = self.words[i]
        if i not in self._known and word not in _TURNS and word.isalpha():
            if word in self.verbs.ends_noun:
                return None
            noun.unknown = i
            return i + 1
        place = self.sides.get(i)
        found = self.nouns.get(i)
        if (
            found is not None
            and (place is None or found[1] > place[1])
            and not self._verb(i, found)
        ):
            return self._take_noun(noun, quantity, found[0], i, found[1])
        if place is not None:
            noun.side, after = place
            noun.unknown = after - 1
            return after
        if word in _MORE or word in _OTHERS:
            noun.increment = noun.increment or word in _MORE
            noun.others = True
            noun.end = i + 1
            return self._after_of(i + 1)
        here = self.marks.get(i)
        if here is not None:
            return self._take_mark(noun, quantity, here[0], here[1])
        if word == "and" and noun.head == "none" and i + 1 < self._limit:
            return i + 1 if i + 1 in self.sides else None
        if word == "(":
            return self._after_bracket(i)
        aged = self._after_age(i)
        if aged is not None:
            minor = word.isdecimal() and int(word) < _GROWN_UP
            noun.head, noun.end, noun.node = "person", aged, "children" if minor else noun.node
            return aged
        if word in self.verbs.ends_noun or not word[0].isalpha():
            return None
        noun.unknown = i
        return i + 1

    def _after_age(self, i: int) -> int | None:
        """The word after an age: "a 12-year-old boy", "a three-year-old"."""
        words = self.words
        if words[i].endswith("-year-old"):
            return i + 1
        if not words[i].isdecimal() or i + 2 >= len(words) or words[i + 1] != "-":
            return None
        if words[i + 2] in ("year-old", "month-old", "day-old"):
            return i + 3
        return i + 4 if words[i + 2 : i + 4] == ["year", "old"] else None

    def _after_bracket(self, i: int) -> int | None:
        """The word after a bracket that does not end the group: "19 staff (11 foreign) killed"."""
        for j in range(i + 1, min(len(self.words), i + 20)):
            if self.words[j] == ")":
                self._limit = max(self._limit, min(len(self.words), j + 4))
                return j + 1
        return None

    def _verb(self, i: int, found: tuple[Noun, int]) -> bool:
        """Whether a word that could be a thing is a casualty verb here: "shot"."""
        here = self.marks.get(i)
        return found[0].node == "thing" and here is not None and not here[0].roles & COUNT

    def _take_noun(
        self, noun: _Noun, quantity: Quantity, found: Noun, start: int, end: int
    ) -> int | None:
        if found.node == "thing":
            here = self.marks.get(start)
            if here is not None and here[0].roles & COUNT:
                if quantity.value != 1 and not found.plural:
                    return None  # "11 life sentences"
                noun.head, noun.indicator, noun.end = "count", here[0].indicator, end
                return None
            if noun.head == "person" and start > noun.end:
                return None
            noun.head, noun.end = "thing", end
            return end
        single = not found.plural and quantity.value != 1 and quantity.value is not None
        if single and not noun.others:
            noun.unknown = end - 1  # "five police cars": a noun used as an adjective
            if noun.head == "thing":
                noun.head = "none"
            if end >= self._limit or end not in self.nouns:
                noun.head, noun.node, noun.end = "person", found.node, end
            return end
        noun.head, noun.end, noun.side = "person", end, found.side or noun.side
        if found.node != "people":
            noun.node = found.node
        noun.others = noun.others or self.words[start] in _OTHERS
        noun.unknown = -1
        return end

    def _take_mark(self, noun: _Noun, quantity: Quantity, mark: Mark, after: int) -> int | None:
        """A casualty word within the phrase: "40 deaths", "three dead soldiers"."""
        if mark.roles & COUNT and not mark.roles & (PAST | STATE):
            if noun.head == "thing" and noun.unknown >= noun.end:
                return None  # "both sides suffer heavy casualties"
            if quantity.value != 1 and not self.words[after - 1].endswith("s"):
                return None  # "the 1994 murder"
            noun.head, noun.indicator, noun.end = "count", mark.indicator, after
            return None
        of_them = self.words[quantity.last : quantity.last + 2] in (["of", "the"], ["of", "those"])
        if of_them and noun.head == "none" and mark.roles & (COUNT | STATE):
            noun.head, noun.indicator, noun.end = "person", mark.indicator, after
            return None  # "six of the dead"
        before_noun = mark.roles & (STATE | PAST | PASSIVE) and noun.head == "none"
        if before_noun and self._person_near(after):
            noun.indicator = mark.indicator
            return after
        return None

    def _person_near(self, i: int) -> bool:
        for j in range(i, min(len(self.words), i + 3)):
            noun = self.nouns.get(j)
            if noun is not None:
                return noun[0].node != "thing"
            if j in self.marks or not self.words[j][0].isalpha():
                return False
        return False

    def _settle(self, noun: _Noun, quantity: Quantity, i: int) -> None:
        """Decide on the head where no known noun was met."""
        if noun.head == "none" and noun.unknown >= 0:
            last = self.words[noun.unknown]
            near = noun.unknown - quantity.last < 2
            plural = last.endswith("s") and not last.endswith("ss") and noun.unknown == i - 1
            if noun.side is not None and not plural:
                noun.head, noun.end = "person", noun.unknown + 1
            elif plural or near:
                noun.head, noun.end = "some", noun.unknown + 1
        if noun.others and noun.head == "none":
            noun.head = "person"
