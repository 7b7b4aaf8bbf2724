"""Captives who were freed and bodies that were handed over: nobody was taken or killed."""

from __future__ import annotations

from tocsin.reading.groups import Marked
from tocsin.reading.noun_phrases import Group
from tocsin.reading.predicate import Predicate
from tocsin.reading.verbs import ACTIVE, EVENT, Verbs

_HANDS = frozenset({"hand", "hands"})
#: Who does so with a body has killed nobody by that.
_MAKES_OFF = frozenset({"seize", "seizes", "seized", "seizing", "snatch", "snatched", "stole"})
_BODIES = frozenset({"body", "bodies", "corpse", "corpses", "remains"})
#: Captives are freed within so many words of their capture.
_FREED = 6


def given_back(marked: Marked, group: Group, predicate: Predicate, verbs: Verbs) -> bool:
    """Whether a group that a verb seems to take or kill was only given or carried back."""
    words = marked.words
    here = marked.marks.get(predicate.first)
    noun = group.head == "count" or bool(here and here[0].roles & (EVENT | ACTIVE) == EVENT)
    if predicate.indicator == "captured" and here is not None:
        after = words[here[1] : here[1] + _FREED]
        if "," not in after and not verbs.gives_back.isdisjoint(after):
            return True  # "two men captured in May were freed"
    known = predicate.indicator == "captured" and predicate.first == group.first
    if not (noun or known) or predicate.indicator not in ("captured", "killed"):
        return False
    first = min(group.first, predicate.first)
    before = words[max(0, first - 4) : first]
    if "over" in before and not _HANDS.isdisjoint(before):
        return True
    near = [*before, *words[group.last : group.last + 4]]
    if not (_MAKES_OFF.isdisjoint(near) or _BODIES.isdisjoint(words[first : group.last])):
        return True  # "gunmen seize the body of a man"
    return any(word in verbs.gives_back for word in near)
