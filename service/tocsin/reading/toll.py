"""The toll: the one answer to "how many in the incident this report is about"."""

from __future__ import annotations

from collections.abc import Sequence

from tocsin.reading.claims import Told
from tocsin.reading.facts import Indicator, Interval

_ASKED: tuple[Indicator, ...] = ("killed", "wounded", "missing", "captured", "displaced")


def find_toll(told: Sequence[Told]) -> dict[Indicator, Interval]:
    """The toll by indicator; an indicator of which nothing is said is absent."""
    toll: dict[Indicator, Interval] = {}
    kept = [one for one in told if one.whole is None]
    for indicator in _ASKED:
        mine = [one for one in kept if one.figure.indicator == indicator]
        chosen = [one for one in mine if one.basis == "incident"] or [
            one for one in mine if one.basis == "cumulative"
        ]
        if chosen:
            toll[indicator] = _answer(chosen)
    return toll


def _answer(chosen: Sequence[Told]) -> Interval:
    first = chosen[0].sentence
    pieces = [one for one in chosen if one.sentence is first]
    totals = [one for one in pieces if one.figure.toll]
    if totals:
        quantity = totals[-1].figure.group.quantity
        return Interval(quantity.low, quantity.high)
    low, high = 0, 0
    open_end = False
    for one in pieces:
        quantity = one.figure.group.quantity
        low += quantity.low or 0
        open_end = open_end or quantity.high is None
        high += quantity.high or 0
    return Interval(low, None if open_end else high)
