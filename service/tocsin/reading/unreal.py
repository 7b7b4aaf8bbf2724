"""What is said of a group and did not happen, or counts nobody."""

from __future__ import annotations

from collections.abc import Sequence

from tocsin.reading.noun_phrases import Group
from tocsin.reading.verbs import Verbs


def is_no_pair(words: Sequence[str], group: Group) -> bool:
    """Whether "both" only leads to two names or groups: "both the mayor and his followers"."""
    if words[group.quantity.core] != "both" or group.quantity.value is None:
        return False
    two = group.head == "person" and words[group.last - 1].endswith(("s", "men", "people"))
    return not two and "and" in words[group.last : group.last + 3]


def unreal(words: Sequence[str], verb: int, verbs: Verbs, *, noun: bool = False) -> bool:
    """Whether what the verb says did not happen: threats, plans, mights, denials.

    A noun ("the murder of …") takes only what stands right before it.
    """
    for i in range(verb - 1, max(-1, verb - (3 if noun else 6)), -1):
        word = words[i]
        if word in verbs.unreal:
            return not (word in ("may", "might") and "have" in words[i:verb])
        if word in verbs.never or (word == "to" and i == verb - 1):
            return True
        if word in (",", ";", ":", "—", "–", ")") or word in verbs.relatives or word in verbs.ends:
            return False
    return False
