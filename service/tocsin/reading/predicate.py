"""What happened to a group: the casualty word on its left, and what happened to it next."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from tocsin.reading.facts import Indicator
from tocsin.reading.groups import Marked
from tocsin.reading.noun_phrases import Group
from tocsin.reading.verbs import (
    ACTIVE,
    DIES,
    EVENT,
    HARMS,
    ING,
    LOSES,
    PASSIVE,
    PAST,
    STATE,
    Mark,
    Verbs,
)

#: How far a predicate may stand from its group, in words.
REACH = 18

#: Words that may stand before a group without parting it from its verb.
LIGHT = frozenset(
    {"the", "a", "an", '"', "“", "‘", "'", "its", "his", "their", "her", "them", "all", "least"}
)
_THEN = frozenset({"and", "but", "then", "before", ","})
_ONESELF = frozenset({"himself", "herself", "themselves"})
_AND_OR = frozenset({"and", "or"})
_HURT = {"killed", "wounded"}
_MORE = frozenset({"others", "more", "many", "several", "dozens", "scores", "hundreds"})
_LOST = frozenset({"men", "people", "members", "personnel", "lives", "officers", "residents"})


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
    if i > 0 and words[i] == "and" and words[i - 1] in _ONESELF:
        i -= 2  # "a bomber killed himself and ▢"
    while i >= 0 and i + 1 not in marked.ends:
        if words[i] not in LIGHT and words[i] not in verbs.fillers:
            break
        if words[i] in ("to", "have", "been"):
            break
        i -= 1
    if i > 0 and words[i] in (":", "-") and group.head == "none":
        named = marked.ends.get(i)  # "Killed: 12"
        if named is not None and (indicator := marked.marks[named][0].indicator) is not None:
            return Predicate(indicator, named, 0)
    start = marked.ends.get(i + 1)
    if start is None:
        return None
    mark = marked.marks[start][0]
    if mark.indicator is None:
        return None
    if mark.roles & LOSES:
        return Predicate(mark.indicator, start, 0) if _may_be_lost(words, group) else None
    if mark.roles & EVENT:
        return Predicate(mark.indicator, start, 0)
    if not mark.roles & (ACTIVE | PAST) or _shares_object(marked, start):
        return None
    if mark.roles & HARMS and "left" in words[i + 1 : group.first]:
        return None  # "the shooting left 10 dead": what left them so is a noun
    if mark.roles & PAST and start and words[start - 1] in verbs.be:
        return None
    if mark.indicator in ("captured", "missing") and group.head != "person":
        return None
    return Predicate(mark.indicator, start, 0)


def _shares_object(marked: Marked, start: int) -> bool:
    """Whether a verb has its victims in common with another: "kills and wounds ▢"."""
    before = marked.ends.get(start - 1) if start and marked.words[start - 1] in _AND_OR else None
    if before is None:
        return False
    return {marked.marks[before][0].indicator, marked.marks[start][0].indicator} == _HURT


def either(marked: Marked, predicate: Predicate) -> bool:
    """Whether a group only may have met it: "▢ were killed or wounded", "▢ injured or arrested".

    "▢ were killed and wounded" are both together, and how many of them died is not said.
    """
    words, after = marked.words, marked.marks[predicate.first][1]
    if predicate.indicator not in _HURT:
        return False  # whoever is "missing or kidnapped" is missing
    while words[after : after + 1] == [","] and after + 1 in marked.marks:
        after = marked.marks[after + 1][1]
    if after + 1 >= len(words) or words[after] not in _AND_OR:
        return False
    following = marked.marks.get(after + 1)
    if words[after] == "and":
        return following is not None and _counts_both(marked, predicate, *following)
    if following is None:
        return words[after + 1].endswith("ed")
    return following[0].indicator not in (None, predicate.indicator)


def _counts_both(marked: Marked, predicate: Predicate, mark: Mark, end: int) -> bool:
    """Whether a word joined by "and" has no number of its own: "dozens dead and wounded"."""
    words = marked.words
    if (predicate.indicator, mark.indicator) != ("killed", "wounded"):
        return False  # who was "beaten and killed" is dead
    own = end in marked.starts or words[end : end + 1] == [":"]
    return not (own or (words[end : end + 1] and words[end] in _MORE))


def _may_be_lost(words: Sequence[str], group: Group) -> bool:
    """Whether "lost ▢" means the dead: "lost 30 men", not "lost two players"."""
    if group.head == "count":
        return True
    return group.head == "person" and (group.node != "people" or words[group.last - 1] in _LOST)


def chained(marked: Marked, predicate: Predicate, verbs: Verbs) -> Predicate | None:
    """What else happened to the same people: "kidnapped and later killed", "▢ shot there died"."""
    words, joined = marked.words, True
    who = words[max(0, predicate.first - 3) : predicate.first]
    told = {*verbs.be, *verbs.have} if "who" in who else ()
    i = marked.marks[predicate.first][1]
    while i < len(words) and i - predicate.first < REACH:
        word = words[i]
        joined = joined and word != ","
        if word in verbs.ends and word not in ("before", "then", "but"):
            return None
        if word in _THEN or word in told:  # "two who were kidnapped last week have been killed"
            found = shared_verb(marked, i + (word in _THEN), verbs)
            if found is not None:
                return found._replace(relative=word in told)
        here = marked.marks.get(i)
        if joined and here is not None and here[0].roles & (DIES | ING) == DIES:
            return Predicate(here[0].indicator, i, 0) if here[0].indicator else None
        if _is_another(marked, i) or word in (";", ":") or here is not None:
            return None
        i += 1
    return None


def _is_another(marked: Marked, i: int) -> bool:
    """Whether other people stand at word `i`; "the head" may be that of the one who was shot."""
    at = marked.starts.get(i)
    return at is not None and marked.groups[at].quantity.kind != "definite"


def shared_verb(marked: Marked, i: int, verbs: Verbs) -> Predicate | None:
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


def takes_object(marked: Marked, i: int, verbs: Verbs) -> bool:
    """Whether a verb that ends before word `i` takes people after it, and so is active."""
    words = marked.words
    if words[i : i + 1] and words[i] in _ONESELF:
        return True
    joined = marked.joins.get(i)
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
    found = marked.nouns.get(i)
    return found is not None and found[0].node != "thing"
