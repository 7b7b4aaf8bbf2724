"""What happened to a group: the casualty word on its left or on its right that is its own."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from tocsin.reading.facts import Indicator
from tocsin.reading.groups import Group, Marked
from tocsin.reading.verbs import (
    ACTIVE,
    COUNT,
    DIES,
    EVENT,
    ING,
    LOSES,
    PASSIVE,
    PAST,
    STATE,
    TOLL,
    Mark,
    Verbs,
)

#: How far a predicate may stand from its group, in words.
_REACH = 18

#: Words that may stand before a group without parting it from its verb.
LIGHT = frozenset(
    {"the", "a", "an", '"', "“", "‘", "'", "its", "his", "their", "her", "them", "all", "least"}
)
_HYPOTHETICAL = frozenset({"could", "would", "might", "will", "should"})
_CASES = frozenset(
    {"of", "by", "for", "to", "at", "near", "in", "from", "on", "against", "between", "like"}
    | {"as", "into", "than", "under", "over", "behind", "about"}
)
_THEN = frozenset({"and", "but", "then", "before", ","})
_LOST = frozenset({"men", "people", "members", "personnel", "lives", "officers", "residents"})
_DASHES = frozenset({":", ";", "–", "—"})
_AMONG = frozenset({"among", "amongst"})


class Predicate(NamedTuple):
    """A casualty word that is a group's own, its first word, and how far it stands.

    `relative`: it is said of the group in passing ("…, who were abducted").
    """

    indicator: Indicator
    first: int
    distance: int
    relative: bool = False


def left_of(marked: Marked, group: Group, verbs: Verbs) -> Predicate | None:
    """The mark that takes the group as its object: "killing ▢", "the deaths of ▢"."""
    words, i = marked.words, group.first - 1
    while i >= 0 and _mark_ending(marked, i + 1) is None:
        if words[i] not in LIGHT and words[i] not in verbs.fillers:
            break
        if words[i] in ("to", "have", "been"):
            break
        i -= 1
    if i > 0 and words[i] in (":", "-") and group.head == "none":
        named = _mark_ending(marked, i)  # "Killed: 12"
        if named is not None and named[0].indicator is not None:
            return Predicate(named[0].indicator, named[1], 0)
    if i < 0:
        return None
    found = _mark_ending(marked, i + 1)
    if found is None:
        return None
    mark, start = found
    if mark.indicator is None:
        return None
    if mark.roles & LOSES:
        return Predicate(mark.indicator, start, 0) if _may_be_lost(words, group) else None
    if mark.roles & EVENT:
        return Predicate(mark.indicator, start, 0)
    if not mark.roles & (ACTIVE | PAST):
        return None
    if mark.roles & PAST and start and words[start - 1] in verbs.be:
        return None
    if mark.indicator in ("captured", "missing") and group.head != "person":
        return None
    return Predicate(mark.indicator, start, 0)


def _may_be_lost(words: Sequence[str], group: Group) -> bool:
    """Whether "lost ▢" means the dead: "lost 30 men", not "lost two players"."""
    if group.head == "count":
        return True
    return group.head == "person" and (group.node != "people" or words[group.last - 1] in _LOST)


def _mark_ending(marked: Marked, end: int) -> tuple[Mark, int] | None:
    for start in range(end - 1, max(-1, end - 6), -1):
        found = marked.marks.get(start)
        if found is not None:
            return (found[0], start) if found[1] == end else None
    return None


def right_of(marked: Marked, group: Group, verbs: Verbs) -> Predicate | None:
    """What is said of the group after it: "▢ were killed", "▢ dead", "▢, aged 20, died"."""
    if group.head == "count" and group.indicator == "killed":
        return None  # "40 deaths" say it themselves; "20 hostages" may have been killed
    before = marked.words[group.first - 1] if group.first else ""
    if before == "by" or (before in _CASES and not group.explicit):
        return None  # "by 30 men who …", "two guards of a partner were shot"
    return _Scan(marked, group, verbs).run()


def chained(marked: Marked, predicate: Predicate, verbs: Verbs) -> Predicate | None:
    """A second thing that happened to the same people: "kidnapped and later killed"."""
    words = marked.words
    i = marked.marks[predicate.first][1]
    while i < len(words) and i - predicate.first < _REACH:
        word = words[i]
        if word in verbs.ends and word not in ("before", "then", "but"):
            return None
        if word in _THEN:
            found = _shared_verb(marked, i + 1, verbs)
            if found is not None:
                return found
        if i in marked.starts or word in (";", ":") or i in marked.marks:
            return None
        i += 1
    return None


def _shared_verb(marked: Marked, i: int, verbs: Verbs) -> Predicate | None:
    """A verb after "and" that shares its subject with the verb before: "… and was killed"."""
    words, aux = marked.words, False
    while i < len(words) and i not in marked.marks:
        if words[i] in verbs.be or words[i] in verbs.have:
            aux = True
        elif words[i] not in verbs.fillers:
            return None
        i += 1
    here = marked.marks.get(i)
    if here is None or here[0].indicator is None:
        return None
    roles = here[0].roles
    own = roles & DIES or (roles & STATE and aux) or (roles & STATE and words[i - 1] == "found")
    passive = roles & (PAST | PASSIVE) and (aux or not takes_object(marked, here[1], verbs))
    return Predicate(here[0].indicator, i, 0) if own or passive else None


_STOP = -1


@dataclass(slots=True)
class _Scan:
    """Reads on from a group, word by word, until its predicate or something that ends the clause.

    `aux`: a form of "be" or "have" was met, so a participle is passive. `far`: other words stand
    between. `verb`: one of them looks like a verb. `relative`: within "who …".
    """

    marked: Marked
    group: Group
    verbs: Verbs
    aux: bool = False
    far: bool = False
    comma: bool = False
    relative: bool = False
    verb: bool = False
    relative_seen: bool = False
    be: bool = False

    def run(self) -> Predicate | None:
        """The predicate, or None."""
        words, marks = self.marked.words, self.marked.marks
        start = i = self.group.last
        while i < len(words) and i - start < _REACH:
            here = marks.get(i)
            if here is None:
                i = self._word(i)
            else:
                mark, end = here
                mine = self._takes(mark, i, end)
                if mine and mark.indicator is not None:
                    return Predicate(mark.indicator, i, i - start, self.relative and self.comma)
                i = _STOP if mine is False else end
            if i == _STOP:
                return None
        return None

    def _word(self, i: int) -> int:
        """Step over a word that is no casualty word; the next one, or _STOP."""
        words, verbs = self.marked.words, self.verbs
        word = words[i]
        if word in verbs.be:
            self.aux = self.be = True
        elif word in verbs.have:
            self.aux = True
        elif word in verbs.never or word in _HYPOTHETICAL:
            return _STOP
        elif word == "(":
            return self._after_bracket(i)
        elif word == "-":
            self.comma = True
        elif word in verbs.relatives:
            if self.relative_seen:
                return _STOP
            self.relative = self.relative_seen = True
        elif word == ",":
            if self._lists(i + 1):
                return self.marked.groups[self.marked.starts[i + 1]].last
            self.comma = True
            if self.group.head == "none":
                return _STOP
            if i + 1 < len(words) and words[i + 1] in verbs.ends:
                return self._after_aside(i + 1)
        elif self._ends(word):
            return self._elsewhere(i) if word in verbs.verbs else _STOP
        elif (joined := verbs.joins.at(words, i)) is not None:
            return self._join(i, joined[1])
        elif i in self.marked.starts:
            if self.group.head == "none" and not self.far:
                return _STOP
            self.far = True
            return self.marked.groups[self.marked.starts[i]].last
        elif verbs.parts.at(words, i) is not None:
            self.comma = True
        elif word not in verbs.fillers:
            return self._unknown(i, word)
        return i + 1

    def _lists(self, i: int) -> bool:
        """Whether another group of people follows a comma: "12 soldiers, 3 civilians killed"."""
        at = self.marked.starts.get(i)
        if at is None or self.far or self.aux or self.group.head != "person":
            return False
        before = self.marked.words[self.group.first - 1] if self.group.first else ""
        return self.marked.groups[at].head == "person" and before not in _CASES

    def _ends(self, word: str) -> bool:
        """Whether a word ends the clause, or is another verb than ours."""
        if word == "as" and self.relative_seen:
            return False  # "policemen who were acting as guards"
        if word in self.verbs.ends or word in _DASHES:
            return True
        return word in self.verbs.verbs and not self.relative and not self.aux

    def _after_bracket(self, i: int) -> int:
        words = self.marked.words
        for j in range(i + 1, min(len(words), i + 25)):
            if words[j] == ")":
                return j + 1
        return _STOP

    def _after_aside(self, i: int) -> int:
        """Past a clause set off by commas: "a driver, while on his way home, was shot"."""
        words = self.marked.words
        for j in range(i, min(len(words), i + _REACH)):
            if words[j] == "," and j + 1 < len(words):
                main = words[j + 1] in self.verbs.be or words[j + 1] in self.verbs.have
                return j + 1 if main else _STOP
        return _STOP

    def _elsewhere(self, i: int) -> int:
        """Past another verb of the group to one that shares the subject: "… and was killed"."""
        words = self.marked.words
        if self.group.head != "person" or self.relative:
            return _STOP
        for j in range(i + 1, min(len(words), i + _REACH)):
            if words[j] in ("and", "but") and j + 1 not in self.marked.starts:
                found = _shared_verb(self.marked, j + 1, self.verbs)
                if found is not None:
                    self.aux = True
                    return found.first
            if words[j] in (";", ":") or words[j] in self.verbs.relatives:
                return _STOP
        return _STOP

    def _join(self, i: int, after: int) -> int:
        """An "and": to another group, which shares the predicate, or to another verb."""
        words, marked = self.marked.words, self.marked
        while after < len(words) and words[after] in LIGHT and after not in marked.starts:
            after += 1
        if after in marked.starts:
            if self.verb:
                return _STOP
            self.aux = False
            return marked.groups[marked.starts[after]].last
        if after in marked.marks:
            return after if self.aux else _STOP
        return i + 1

    def _unknown(self, i: int, word: str) -> int:
        if self.aux and not self.relative and not word.endswith("ly"):
            following = self.marked.words[i + 1] if i + 1 < len(self.marked.words) else ""
            chained = following in ("and", ",", "or") and word.endswith(("ed", "en"))
            if not chained and word not in self.verbs.stops and word not in _AMONG:
                return self._elsewhere(i)  # "were arrested", "had gathered": another verb
        elif self.relative:  # the relative clause has its own verb: what follows is the main one
            self.aux = self.relative = False
        else:
            self.far = True
            self.verb = self.verb or (word.endswith(("ed", "ing")) and not self.relative)
        return i + 1

    def _takes(self, mark: Mark, i: int, end: int) -> bool | None:
        """Whether a mark is the group's own: yes, no (stop), or None: look further."""
        roles = mark.roles
        between = self.marked.words[self.group.last : i]
        if mark.indicator is None or roles & (TOLL | LOSES):
            return False
        if self.relative and not self.group.explicit:
            return None
        if roles & DIES:
            return self.aux or not (roles & ING and self.far)
        if roles & (PAST | PASSIVE) or (roles & STATE and roles & COUNT):
            return self._participle(roles, between, end)
        if roles & STATE:
            if self.aux or not between:
                return True
            return (
                not self.comma and not self.verb and len(between) <= 6 and self.group.head != "none"
            )
        if roles & ACTIVE:
            return False
        if roles & COUNT:
            if "among" in between[-3:]:
                return True
            return None if self.far or self.aux else False
        return None if self.far else False

    def _participle(self, roles: int, between: object, end: int) -> bool:
        words = list(between) if isinstance(between, (list, tuple)) else []
        if self.aux and not self.be and roles & PAST:
            return not takes_object(self.marked, end, self.verbs)  # "have killed ▢"
        if self.aux or (roles & COUNT and "among" in words):
            return True
        if words and words[-1] == "those":
            return False  # "a man spoke of those killed"
        if self.relative or (roles & PAST and takes_object(self.marked, end, self.verbs)):
            return False
        if self.group.head == "none":
            return all(word in self.verbs.fillers for word in words)
        return not self.comma and not self.verb and len(words) <= 8


def takes_object(marked: Marked, i: int, verbs: Verbs) -> bool:
    """Whether a verb that ends before word `i` takes people after it, and so is active."""
    words = marked.words
    joined = verbs.joins.at(words, i) if i < len(words) else None
    if joined is not None and joined[1] in marked.marks:
        mark, end = marked.marks[joined[1]]
        return bool(mark.roles & (ACTIVE | PAST)) and takes_object(marked, end, verbs)
    while i < len(words) and words[i] in LIGHT and i not in marked.starts:
        i += 1
    at = marked.starts.get(i)
    if at is None:
        if i >= len(words) or words[i] in verbs.stops or words[i] in verbs.ends:
            return False
        return _is_people(marked, i) or (
            i + 1 < len(words) and _is_people(marked, i + 1) and words[i + 1] not in verbs.stops
        )
    if marked.groups[at].head == "thing":
        return False
    own = marked.marks.get(marked.groups[at].last)
    return not (
        own is not None
        and own[0].roles & (PAST | STATE | PASSIVE)
        and marked.groups[at].head == "none"
    )


def _is_people(marked: Marked, i: int) -> bool:
    found = marked.victims.nouns.at(marked.words, i)
    return found is not None and found[0].node != "thing"


def one_victim(marked: Marked, i: int, verbs: Verbs) -> bool:
    """Whether the casualty word at `i` has one victim for whom no group stands: "X was killed"."""
    mark, end = marked.marks[i]
    takes = mark.roles & EVENT or (mark.roles & (ACTIVE | PAST) and mark.indicator == "killed")
    if takes and _one_object(marked, end, verbs, named=bool(mark.roles & EVENT)):
        return True
    words, j = marked.words, i - 1
    if mark.roles & COUNT and words[j] in ("'s", "’s") and not words[end - 1].endswith("s"):
        return True  # "the senator's murder"
    while j >= 0 and words[j] in verbs.fillers and words[j] not in verbs.be:
        j -= 1
    if j < 1:
        return False
    if mark.roles & (PAST | PASSIVE):
        perfect = words[j] == "been" and words[j - 1] in ("has", "had")
        subject = words[j - 1] not in ("it", "which", "that", "who")
        return (perfect or words[j] in ("was", "is", "being")) and subject
    return bool(mark.roles & DIES and words[i] == "died" and mark.indicator == "killed")


def _one_object(marked: Marked, i: int, verbs: Verbs, *, named: bool) -> bool:
    """Whether one person is named at word `i`: "killed X", "the murder of the senator"."""
    words = marked.words
    if i >= len(words) or i in marked.starts or i in marked.marks or not words[i][0].isalpha():
        return False
    article = named and words[i] in ("the", "his", "her", "a")
    if not article and (words[i] in verbs.stops or words[i] in verbs.ends):
        return False
    return not any(_is_many(marked, j) for j in range(i, min(len(words), i + 5)))


def _is_many(marked: Marked, i: int) -> bool:
    found = marked.victims.nouns.at(marked.words, i)
    return found is not None and (found[0].plural or found[0].node == "thing")
