"""Figures told together: one verb tells them, and none is a part of another.

"Two guards and an officer were killed" are two figures and three dead.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from tocsin.reading.noun_phrases import Group
from tocsin.reading.told import CLAIMED, Told

_ASIDE = frozenset({",", "(", ":", "–", "—", "-"})
_AND = frozenset({"and", "&", "plus"})
_LISTS = _AND | {","}
_WHOSE = frozenset({"his", "her", "their"})
_EITHER = frozenset({"or", "possibly", "perhaps", "maybe"})
_ANYBODY = frozenset({"people", "persons", "dead", "victims", "others", "members", "staff"})
_PARTLY = frozenset({"children", "women"})
_COUNTED = CLAIMED | {"definite"}


def told_together(told: Sequence[Told]) -> Mapping[int, Sequence[Told]]:
    """Each figure (by its identity) that is told with others, and all that are told with it.

    One of them has a number or an article of its own: "the driver" alone is no figure.
    """
    by_verb: dict[tuple[int, int, str], list[Told]] = {}
    for one in told:
        for same in (one, *one.also):
            figure = same.figure
            key = same.sentence.index, figure.verb, figure.indicator
            by_verb.setdefault(key, []).append(same)
    together: dict[int, Sequence[Told]] = {}
    for beside in by_verb.values():
        beside.sort(key=lambda one: one.figure.group.first)
        if len(beside) > 1 and _adds_up(beside):
            together |= {id(one): beside for one in beside}
    return together


def _adds_up(beside: Sequence[Told]) -> bool:
    """Whether they are people beside one another, and not a total and who they were."""
    groups = [one.figure.group for one in beside]
    quantities = [group.quantity for group in groups]
    if any(one.whole is not None or one.left_out for one in beside):
        return False
    if any(group.head != "person" for group in groups):
        return False
    if any(one.value is None or one.increment or one.kind not in _COUNTED for one in quantities):
        return False
    if all(one.kind == "definite" for one in quantities):
        return False
    words = beside[0].sentence.words
    if not _EITHER.isdisjoint(words[groups[0].last : groups[-1].first]):
        return False
    if _before(words, groups[-1]) not in _AND and not _is_headline_list(beside, groups):
        return False
    if any(_before(words, group) not in _LISTS for group in groups[1:]):
        return False
    first, *rest = (quantity.value or 0 for quantity in quantities)
    aside = words[groups[0].last : groups[0].last + 1]
    return _ASIDE.isdisjoint(aside) or first < sum(rest) or _is_headline_list(beside, groups)


def _before(words: Sequence[str], group: Group) -> str:
    """The word before a group, and before whose they are: "a couple and their ▢"."""
    at = group.first - 1
    return words[at - 1 if words[at] in _WHOSE else at]


def _is_headline_list(beside: Sequence[Told], groups: Sequence[Group]) -> bool:
    """Whether a title's comma stands for "and": "Two policemen, one driver killed".

    "Five people, two children killed" is a total and a part of it.
    """
    sentence = beside[0].sentence
    if sentence.field != "title" or any(not group.explicit for group in groups):
        return False
    first, *rest = groups
    if sentence.words[first.last - 1] in _ANYBODY or any(one.node in _PARTLY for one in rest):
        return False
    return first.quantity.value != sum(one.quantity.value or 0 for one in rest)
