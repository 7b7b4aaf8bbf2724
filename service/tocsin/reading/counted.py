"""Whose dead a bare number counts: "the military death toll", "54 casualties among its troops"."""

from __future__ import annotations

from collections.abc import Sequence

from tocsin.reading.noun_phrases import Group
from tocsin.reading.verbs import Verbs
from tocsin.reading.victims import Victims

#: Words before a toll that may say whose it is: "the army's death toll".
_BEFORE = 3
#: Words after a casualty noun that may: "casualties among its own soldiers".
_AFTER = 5
_TOLD = frozenset({"told", "tells", "telling", "informed"})
_AMONG = frozenset({"among", "amongst", "of", "in", "from"})
#: What may stand between a toll and those it counts: "of the", "among its".
_BETWEEN = frozenset({"of", "among", "amongst", "for", "the", "its", "their", "his", "our", "a"})


def of_a_toll(
    words: Sequence[str], toll: tuple[int, int], last: int, victims: Victims, verbs: Verbs
) -> str:
    """The node that a toll at some words counts; its figure stands at `last`."""
    before = _last_named(words, max(0, toll[0] - _BEFORE), toll[1], victims)
    return before or _first_named(words, toll[1], last, victims, verbs) or "people"


def of_a_count(words: Sequence[str], group: Group, victims: Victims, verbs: Verbs) -> str:
    """The node that a casualty noun counts: its own adjective, or those "among" whom it is."""
    within = _last_named(words, group.quantity.last, group.last, victims)
    if within is None and group.last < len(words) and words[group.last] in _AMONG:
        last = min(len(words), group.last + _AFTER)
        within = _first_named(words, group.last + 1, last, victims, verbs)
    return within or "people"


def _named(words: Sequence[str], i: int, victims: Victims) -> str | None:
    """The node named at a word: by an armed body ("army"), or by a noun other than "people"."""
    body = victims.bodies.at(words, i)
    if body is not None:
        return body[0]
    noun = victims.nouns.at(words, i)
    return None if noun is None or noun[0].node in ("people", "thing") else noun[0].node


def _last_named(words: Sequence[str], first: int, last: int, victims: Victims) -> str | None:
    """The node named nearest before `last`, with no comma or other clause between."""
    for i in range(last - 1, first - 1, -1):
        if words[i] in (",", ";", ":", "(", ")", "and", "that"):
            return None
        if (node := _named(words, i, victims)) is not None:
            return None if _is_told(words, i) else node
    return None


def _is_told(words: Sequence[str], i: int) -> bool:
    """Whether those named at a word are who hears of it: "told local reporters the toll …"."""
    return not _TOLD.isdisjoint(words[max(0, i - 3) : i])


def _first_named(
    words: Sequence[str], first: int, last: int, victims: Victims, verbs: Verbs
) -> str | None:
    """The node named first, before any word that leads elsewhere ("in", "rose")."""
    for i in range(first, last):
        if (node := _named(words, i, victims)) is not None:
            return node
        leads_on = words[i] in verbs.stops and words[i] not in _BETWEEN
        if leads_on or words[i] in (",", ";", ":"):
            return None
    return None
