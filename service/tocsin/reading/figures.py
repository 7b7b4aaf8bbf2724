"""Figures: which group of people was killed, wounded, missing, displaced or captured.

A group finds what happened to it on its left ("killing 21 people", "the deaths of 21 people"), on
its right ("21 people were killed", "21 dead"), in its own words ("21 deaths"), or from the group
that it is joined to or is a part of.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import pairwise

from tocsin.reading.counted import of_a_count, of_a_toll
from tocsin.reading.facts import Indicator
from tocsin.reading.given_back import given_back
from tocsin.reading.groups import Marked
from tocsin.reading.noun_phrases import Group
from tocsin.reading.numbers import Quantity
from tocsin.reading.parts import (
    after_complement,
    in_brackets,
    is_one_of_several,
    is_part,
    only_joins,
    part_phrase,
    set_off,
)
from tocsin.reading.predicate import Predicate, chained, left_of
from tocsin.reading.scan import right_of
from tocsin.reading.unnumbered import one_victim
from tocsin.reading.unreal import is_no_pair, unreal
from tocsin.reading.verbs import COUNT, EVENT, HARMS, PAST, STATE, TOLL, Verbs

#: How far a toll's figure may stand from it, in words.
_REACH = 20


@dataclass(slots=True)
class Figure:
    """One figure of a sentence. `first` and `last` are the words that say it, half-open.

    `verb` is the first word of what happened. `whole` is the figure of the same sentence that this
    one is a part of. `toll` marks a figure announced as a toll; `unreal` one that did not happen;
    `harm` victims of "shot" or the like, who may be told dead elsewhere; `also` more of them;
    `either` casualties, of whom the dead are only some; `besides` one of several.
    """

    indicator: Indicator
    group: Group
    first: int
    last: int
    verb: int
    toll: bool = False
    whole: Figure | None = None
    unreal: bool = False
    harm: bool = False
    also: bool = False
    either: bool = False
    besides: bool = False


def find_figures(marked: Marked, verbs: Verbs) -> list[Figure]:
    """All figures of a marked sentence, in the order of the text."""
    finding = _Finding(marked, verbs, {})
    if marked.groups:
        finding.tolls()
        finding.groups()
    if len(finding.figures) > 1:
        finding.appositions()
        finding.parts_before()
    finding.unnumbered()
    finding.counted()
    found = [figure for _, figure in sorted(finding.figures.items())] + finding.second
    return [figure for figure in found if not figure.unreal]


@dataclass(slots=True)
class _Finding:
    """The figures of one sentence as they are found, by the number of their group."""

    marked: Marked
    verbs: Verbs
    figures: dict[int, Figure]
    second: list[Figure] = field(default_factory=list)

    def groups(self) -> None:
        """Ask every group what happened to it."""
        previous: int | None = None
        for n, group in enumerate(self.marked.groups):
            if n not in self.figures and group.head != "thing":
                figure = self._resolve(n, previous)
                if figure is not None:
                    self.figures[n] = figure
            if n in self.figures:
                previous = n

    def _resolve(self, n: int, previous: int | None) -> Figure | None:
        marked, verbs = self.marked, self.verbs
        group = marked.groups[n]
        left = left_of(marked, group, verbs)
        right = right_of(marked, group, verbs)
        if left is not None and right is not None and right.distance == 0:
            # "six killed, 12 injured": the verb on the left may be that of the group before
            taken = any(figure.verb == left.first for figure in self.figures.values())
            left = None if taken else left
        if left is not None:
            return self._figure(group, left, group.last)
        before = self.figures[previous] if previous is not None else None
        part = before is not None and is_part(marked.words, group.first, verbs)
        if part and not group.explicit and group.node not in _TOLD_BY_THEMSELVES:
            return None
        seen = group.indicator == "wounded" and not group.explicit
        if seen and right is not None and right.indicator == "wounded":
            return None  # "a wounded man receives treatment"
        if right is not None and not (part and (right.relative or self._of_the_next(n, right))):
            figure = self._figure(group, right, marked.marks[right.first][1])
            if figure is not None:
                figure.besides = is_one_of_several(marked, group, right.first)
                self._chain(figure, right)
            if figure and before and figure.indicator == before.indicator:
                if part:
                    figure.whole = before
                elif self._goes_on(group, before):
                    figure.whole = before.whole
            return figure
        if part and before is not None:
            return self._part(group, before)
        if before is None and (listed := self._listed(group)) is not None:
            return listed
        if before is not None and previous == n - 1:
            joined = self._joined(group, before)
            if joined is not None:
                return joined
        if group.indicator is None or (group.head == "count" and self._negated(group.first)):
            return None
        if seen:
            return None  # "a wounded man is carried past": who he is, and not what befell
        return self._figure(group, Predicate(group.indicator, group.first, 0), group.last)

    def _of_the_next(self, n: int, right: Predicate) -> bool:
        """Whether a group ends a clause, and the word after it is of the next: "▢, and 35 were"."""
        group, following = self.marked.groups[n], self.marked.groups[n + 1 : n + 2]
        closed = self.marked.words[group.last : group.last + 1] == [","]
        return closed and bool(following) and following[0].first < right.first

    def _chain(self, figure: Figure, right: Predicate) -> None:
        """What happened to them next: "wounded and later died", "kidnapped and killed"."""
        following = chained(self.marked, right, self.verbs)
        if following is None or following.indicator == figure.indicator:
            return
        last = self.marked.marks[following.first][1]
        before = figure.indicator == "wounded" or following.relative
        if before and following.indicator == "killed":
            figure.indicator, figure.last = "killed", max(figure.last, last)
        elif following.indicator == "killed":
            also = self._figure(figure.group, following, last)
            if also is not None:
                self.second.append(also)

    def appositions(self) -> None:
        """A total told again by its pieces: "three staff, two men and a woman, were killed"."""
        words, numbers = self.marked.words, sorted(self.figures)
        for at, n in enumerate(numbers):
            total, pieces, value = self.figures[n], [], 0
            for m in numbers[at + 1 : at + _PIECES]:
                piece = self.figures[m]
                if in_brackets(words, piece.group.first):
                    piece.whole = piece.whole or total
                    continue
                if piece.verb != total.verb or piece.group.quantity.value is None or piece.whole:
                    break
                pieces.append(piece)
                value += piece.group.quantity.value
                if value == total.group.quantity.value and set_off(
                    words, total.group, [piece.group for piece in pieces], total.verb
                ):
                    for one in pieces:
                        one.whole = total
                    break

    def parts_before(self) -> None:
        """A part told before its total: "four children were among 13 people killed"."""
        words = self.marked.words
        numbers = sorted(self.figures)
        for n, following in pairwise(numbers):
            part, total = self.figures[n], self.figures[following]
            between = words[part.group.last : total.group.first]
            if (
                not self.verbs.among.isdisjoint(between[-2:])
                and part.indicator == total.indicator
                and total.whole is None  # "100 people, among them ▢": told the other way round
                and (part.group.quantity.low or 0) <= (total.group.quantity.high or _MANY_MORE)
            ):
                part.whole = total

    def unnumbered(self) -> None:
        """One victim with a name and no number: "X was killed", "the murder of X"."""
        taken = {figure.verb for figure in [*self.figures.values(), *self.second]}
        for i, (mark, end) in self.marked.marks.items():
            if mark.indicator not in ("killed", "wounded") or i in taken or not end:
                continue
            if not one_victim(self.marked, i, self.verbs):
                continue
            quantity = Quantity(1, 1, 1, "exact", i, end, i, "definite")
            group = Group(quantity, i, end, "person", "people", None, None, explicit=False)
            figure = self._figure(group, Predicate(mark.indicator, i, 0), end)
            if figure is not None:
                self.second.append(figure)

    def _part(self, group: Group, whole: Figure) -> Figure | None:
        """A part of the figure before it: "21 people, including five children"."""
        value, total = group.quantity.value, whole.group.quantity
        if value is not None and total.bound == "exact" and total.high and value > total.high:
            return None
        figure = self._figure(group, Predicate(whole.indicator, whole.verb, 0), group.last)
        if figure is not None:
            figure.first, figure.whole = group.first, whole
        return figure

    def _listed(self, group: Group) -> Figure | None:
        """One of those of whom no number is told: "the dead include three children"."""
        at = part_phrase(self.marked.words, group.first, self.verbs)
        for start in range(at - 1, max(-1, at - 3), -1) if at else ():
            here = self.marked.marks.get(start)
            if here is not None and here[1] == at and here[0].indicator is not None:
                return self._figure(group, Predicate(here[0].indicator, start, 0), group.last)
        return None

    def _goes_on(self, group: Group, part: Figure) -> bool:
        """Whether it goes on with a total's parts: "20 people, among them six women and ▢"."""
        whole = part.whole
        if whole is None or whole.group.quantity.high is None:
            return False
        parts = [one.group.quantity.low or 0 for one in self.figures.values() if one.whole is whole]
        fits = sum(parts) + (group.quantity.low or 0) <= whole.group.quantity.high
        return fits and only_joins(self.marked, part.group.last, group.first)

    def _joined(self, group: Group, before: Figure) -> Figure | None:
        """Joined to the object before it: "killed two soldiers and a civilian"."""
        if before.verb >= before.group.first:
            return None
        words, last = self.marked.words, before.group.last
        if before.group.quantity.kind == "single" and words[last : last + 1] == ["of"]:
            last = after_complement(words, last, group.first)  # "a commander of the rebels and ▢"
        if not only_joins(self.marked, last, group.first):
            return None
        figure = self._figure(group, Predicate(before.indicator, before.verb, 0), group.last)
        if figure is not None:
            figure.first, figure.whole = group.first, before.whole
        return figure

    def _figure(self, group: Group, predicate: Predicate, last: int) -> Figure | None:
        indicator = predicate.indicator
        if group.head == "some" and indicator in ("missing", "captured", "displaced"):
            return None
        if given_back(self.marked, group, predicate, self.verbs):
            return None
        if indicator == "displaced" and self._is_no_flight(group):
            return None
        first = min(group.first, predicate.first)
        figure = Figure(indicator, group, first, max(group.last, last), predicate.first)
        words, here = self.marked.words, self.marked.marks.get(predicate.first)
        roles = here[0].roles if here is not None else 0
        figure.unreal = unreal(words, predicate.first, self.verbs, noun=bool(roles & EVENT))
        if group.head == "count":
            figure.unreal = figure.unreal or self._is_no_count(group)
            figure.either = self._is_either(group)
        elif is_no_pair(words, group):
            figure.unreal = True
        figure.harm = bool(roles & HARMS)
        figure.also = "also" in words[group.last : figure.last] or words[first : first + 1] == [
            "also"
        ]
        return figure

    def _is_no_count(self, group: Group) -> bool:
        """Whether a casualty noun counts no dead: "lives at risk", a war's dead and wounded."""
        words, number = self.marked.words, group.quantity.low or 0
        after = words[group.last : group.last + 1]
        if after in _AT_RISK or (after == ["feared"] and words[group.last - 1] in _SENTENCES):
            return True
        return number >= _AN_ARMY and self._is_either(group)

    def _is_either(self, group: Group) -> bool:
        """Whether a casualty noun counts the dead and the wounded alike."""
        words = self.marked.words
        return words[group.last - 1] in self.verbs.either and words[group.last - 2] != "fatal"

    def _is_no_flight(self, group: Group) -> bool:
        """Whether a few only ran ("two gunmen fled"), or the displaced stay where they are."""
        if (group.quantity.low or _MANY) < _MANY:
            return True
        return self.verbs.keeps.ending_at(self.marked.words, group.first, 2) is not None

    def tolls(self) -> None:
        """Figures announced by a toll: "the toll rose from 14 to 19", "deaths reached 91"."""
        for i, (mark, end) in self.marked.marks.items():
            if mark.roles & TOLL:
                self._toll(i, mark.indicator, end)
            elif mark.roles & (COUNT | PAST | STATE) == COUNT and self._stands_alone(i):
                self._toll(i, mark.indicator, end, linked=False)

    def _toll(self, i: int, indicator: Indicator | None, end: int, *, linked: bool = True) -> None:
        marked, words = self.marked, self.marked.words
        toll = i, end
        if indicator is None:  # "the number of people wounded": told by the words that follow
            linked = False
            for j in range(end, min(len(words), end + 8)):
                here = marked.marks.get(j)
                if here is not None and here[0].indicator is not None:
                    if here[0].roles & HARMS and not self._people_in(end, j):
                        return  # "the number of drones shot down"
                    indicator, end = here[0].indicator, here[1]
                    break
            if indicator is None:
                return
        announced = bool(marked.marks[i][0].roles & TOLL)
        links = self.verbs.links if announced else self.verbs.growth
        told = False
        for j in range(end, min(len(words), end + _REACH)):
            if words[j] in self.verbs.mights and "have" not in words[j + 1 : j + 3]:
                return  # "the toll could rise to 60"
            if words[j] in links and (not told or words[j] in ("to", "from")):
                linked = True
            if words[j] == ";" or (words[j] in self.verbs.ends and words[j] not in _TOLL_GOES_ON):
                return
            here = marked.marks.get(j)
            if here is not None and here[0].roles & TOLL:
                return
            n = marked.starts.get(j)
            if n is None or n in self.figures:
                continue
            group = marked.groups[n]
            if group.head == "thing" or not linked or not group.explicit:
                continue
            if group.head == "some" and not announced:
                continue  # "the deaths: a release of 13,000 documents"
            if not announced and group.last in marked.marks:
                return  # "casualties: 21 killed": the group has a word of its own
            if told and group.last in marked.marks:
                return  # "to 19, with 60 wounded"
            if group.node == "people":
                node = of_a_toll(words, toll, group.first, marked.victims, self.verbs)
                group = group._replace(node=node)
            self.figures[n] = Figure(indicator, group, i, group.last, i, toll=True)
            linked, told = False, True

    def _people_in(self, first: int, last: int) -> bool:
        """Whether any of some words names people."""
        nouns = (self.marked.nouns.get(i) for i in range(first, last))
        return any(noun is not None and noun[0].node != "thing" for noun in nouns)

    def counted(self) -> None:
        """Whose dead are counted: by what a casualty noun says, and like joined to its like.

        A total that follows what was added to it counts the same: "49 more soldiers died, bringing
        the toll to 604".
        """
        added = "people"
        for _, figure in sorted(self.figures.items()):
            group = figure.group
            if group.head == "count" and group.node == "people":
                node = of_a_count(self.marked.words, group, self.marked.victims, self.verbs)
                figure.group = group._replace(node=node)
            elif figure.toll and group.node == "people" and figure.indicator == "killed":
                figure.group = group._replace(node=added)
            if figure.group.quantity.increment:
                added = figure.group.node

    def _stands_alone(self, i: int) -> bool:
        """Whether a casualty noun has no number before it: "deaths reached 91"."""
        return all(not group.first <= i < group.last for group in self.marked.groups)

    def _negated(self, i: int) -> bool:
        return any(word in self.verbs.never for word in self.marked.words[max(0, i - 3) : i])


#: "21 people, including a child": one of these is told though no number is written.
_TOLD_BY_THEMSELVES = frozenset({"aid workers", "medical workers", "journalists"})
_MANY_MORE = 10**9
#: So many casualties are those of a war, and most of them are wounded.
_AN_ARMY = 1000
_AT_RISK = (["at"],)
#: "Scores of executions feared": these are still to come.
_SENTENCES = frozenset({"executions", "killings", "assassinations"})
#: A total is not told again by more pieces than this.
_PIECES = 8
_MANY = 10
_TOLL_GOES_ON = frozenset({"then", "as", "following", "after", "amid", "since", "from"})
