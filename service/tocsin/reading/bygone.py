"""Whether the attack that a report tells of is past: its toll is."""

from __future__ import annotations

from collections.abc import Sequence

from tocsin.reading.told import Told

_HARM = frozenset({"killed", "wounded"})
#: After these a figure is of what the news only follows: "hits back for the raid that killed ▢".
_ASIDE = frozenset({"that", "which", "where", "who", "when", "after", "since", "for", "as"})
#: So near its beginning a sentence is about those it counts.
_SUBJECT = 2


def is_bygone(told: Sequence[Told]) -> bool:
    """Whether all dead and wounded of a report are of the past, and it is about them.

    It is where its title counts them, or its first sentence with a figure begins with them. What
    one telling of a figure says of its time holds for the others.
    """
    tolls = [one for one in told if one.figure.indicator in _HARM]
    past = {_figure(one) for one in tolls if one.basis == "historical" or one.long_ago}
    if not past or any(_figure(one) not in past for one in tolls):
        return False
    sentence, first = tolls[0].sentence, tolls[0].figure.first
    if not _ASIDE.isdisjoint(sentence.words[:first]):
        return False
    return sentence.field == "title" or first <= _SUBJECT


def _figure(one: Told) -> tuple[str, int | None, int | None]:
    quantity = one.figure.group.quantity
    return one.figure.indicator, quantity.low, quantity.high
