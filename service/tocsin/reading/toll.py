"""The toll: the one answer to "how many in the incident this report is about"."""

from __future__ import annotations

from collections.abc import Sequence

from tocsin.reading.facts import Indicator, Interval
from tocsin.reading.told import Told

_ASKED: tuple[Indicator, ...] = ("killed", "wounded", "missing", "captured", "displaced")


def find_toll(told: Sequence[Told]) -> dict[Indicator, Interval]:
    """The toll by indicator; an indicator of which nothing is said is absent."""
    if not told:
        return {}
    toll: dict[Indicator, Interval] = {}
    counted = [one for one in told if one.whole is None and not one.left_out]
    by_indicator: dict[Indicator, list[Told]] = {}
    for one in counted:
        by_indicator.setdefault(one.figure.indicator, []).append(one)
    for indicator in _ASKED:
        mine = by_indicator.get(indicator, [])
        if not mine:
            continue
        numbered = [one for one in mine if one.figure.group.quantity.kind in ("number", "single")]
        vague = [one for one in mine if one.figure.group.quantity.kind == "vague"]
        chosen = (
            [one for one in numbered if one.basis == "incident"]
            or [one for one in numbered if one.basis == "cumulative"]
            or [one for one in vague if one.basis != "historical"]
            or [one for one in numbered if one.basis == "historical"]
        )
        if chosen:
            unnamed = [one for one in mine if one.figure.group.quantity.kind == "definite"]
            toll[indicator] = _sum(chosen, unnamed)
        else:
            toll[indicator] = _told_later(mine[0], counted)
    if "killed" in toll and "wounded" in toll and _same_victims(toll, counted):
        del toll["wounded"]
    return toll


def _same_victims(toll: dict[Indicator, Interval], counted: Sequence[Told]) -> bool:
    """Whether those who were "shot" are the dead: nobody else is said to be hurt."""
    wounded = [one.figure for one in counted if one.figure.indicator == "wounded"]
    hurt, dead = toll.get("wounded"), toll["killed"]
    if hurt is None or not all(figure.harm for figure in wounded):
        return False
    return (hurt.low or 0) <= (dead.low or 0)


def _sum(chosen: Sequence[Told], unnamed: Sequence[Told]) -> Interval:
    """The total of the first sentence that counts, and of what is later added to it."""
    totals = [one for one in chosen if one.figure.toll]
    if totals:
        quantity = totals[-1].figure.group.quantity
        titled = chosen[0].figure.group.quantity
        if chosen[0].sentence.field == "title" and (titled.low or 0) > (quantity.low or 0):
            quantity = titled  # the toll is one of before
        return Interval(quantity.low, quantity.high)
    first = chosen[0].sentence
    pieces = [one for one in chosen if one.sentence is first]
    verbs = {one.figure.verb for one in pieces}
    pieces += [  # "killing the driver and one of the passengers"
        one for one in unnamed if one.sentence is first and one.figure.verb in verbs
    ]
    pieces += [
        one for one in chosen if one.sentence is not first and one.figure.group.quantity.increment
    ]
    exact = _exacter(pieces, chosen)
    if exact is not None:
        return exact
    low, high = 0, 0
    open_end = False
    for one in pieces:
        quantity = one.figure.group.quantity
        low += quantity.low or 0
        open_end = open_end or quantity.high is None
        high += quantity.high or 0
    return Interval(low, None if open_end else high)


def _exacter(pieces: Sequence[Told], chosen: Sequence[Told]) -> Interval | None:
    """The count of the lead where a title only rounds it: "more than 100", and then 146."""
    head = pieces[0].figure.group.quantity
    if len(pieces) > 1 or pieces[0].sentence.field != "title" or head.bound != "at_least":
        return None
    for one in chosen:
        quantity = one.figure.group.quantity
        if one.sentence.field == "title" or quantity.increment:
            continue
        low, least = quantity.low or 0, head.low or 0
        rounded = head.value is not None and head.value % 10 == 0
        return Interval(low, quantity.high) if rounded and least < low < 2 * least else None
    return None


def _told_later(one: Told, counted: Sequence[Told]) -> Interval:
    """Victims named only by "he", "the driver" or "they": as many as were told of before."""
    if one.figure.group.quantity.kind != "they":
        return Interval(1, 1)
    for before in reversed(counted[: counted.index(one)]):
        if before.figure.group.quantity.kind in ("number", "single"):
            quantity = before.figure.group.quantity
            return Interval(quantity.low, quantity.high)
    return Interval(2, None)
