"""Noun phrases: what a quantity counts, read on from it word by word to the noun."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal, NamedTuple

from tocsin.reading.concordance import Places
from tocsin.reading.facts import Indicator
from tocsin.reading.numbers import Quantity
from tocsin.reading.verbs import COUNT, DIES, PASSIVE, PAST, STATE, Mark, Verbs
from tocsin.reading.victims import Noun

#: How many words may stand between a number and its noun.
REACH = 8
_DETERMINERS = frozenset({"the", "its", "their", "his", "her", "our", "these", "those", "my"})
_GROWN_UP = 18
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
    named: int = -1  # where a noun ended that is no adjective: "policemen", not "police"


@dataclass(slots=True)
class NounPhrases:
    """Reads the noun phrases of one sentence.

    `counted` leads from the first word of a quantity's number to the word after the quantity.
    """

    words: Sequence[str]
    marks: Places[Mark]
    nouns: Places[Noun]
    sides: Places[str]
    verbs: Verbs
    counted: Mapping[int, int]
    _limit: int = field(default=0, init=False)
    _known: set[int] = field(init=False)

    def __post_init__(self) -> None:
        self._known = {*self.nouns, *self.sides, *self.marks}

    def leads_to_people(self, first: int) -> bool:
        """Whether a noun phrase from a word on may name people: most name a thing, or nothing.

        A look ahead that is never wrong when it says no, and spares the reading of the phrase.
        """
        words, known, i = self.words, self._known, first
        last = min(len(words), first + REACH)
        if i < len(words) and (words[i] == "of" or words[i] in _DETERMINERS):
            return True
        while i < last:
            word = words[i]
            if i in known:
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

    def read(self, quantity: Quantity, count: int, *, explicit: bool = True) -> Group:
        """The group that a quantity opens: reads on to the noun it counts."""
        noun = _Noun(end=quantity.last, increment=quantity.increment)
        i = self._after_of(quantity.last)
        if i > quantity.last:
            i = min(count, self.counted.get(i, self.counted.get(i - 1, i)))
        self._limit = min(count, i + REACH)
        words, known, ends_noun = self.words, self._known, self.verbs.ends_noun
        while i < self._limit:
            word = words[i]
            if i in known or word in _TURNS or not word.isalpha():
                following = self._step(noun, quantity, i)
                if following is None:
                    break
                i = following
            elif word in ends_noun or (noun.named == i and word.endswith("ing")):
                break  # "two policemen guarding vaccinators"
            else:  # a word that we do not know
                noun.unknown = i
                i += 1
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
        noun.named = -1 if found.both else end
        return end

    def _take_mark(self, noun: _Noun, quantity: Quantity, mark: Mark, after: int) -> int | None:
        """A casualty word within the phrase: "40 deaths", "three dead soldiers"."""
        following = self.marks.get(after)
        dies = following is not None and following[0].roles & DIES  # "one hostage dies"
        if mark.roles & COUNT and (dies or not mark.roles & (PAST | STATE)):
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
