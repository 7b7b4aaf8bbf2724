"""Figures as intervals: how high a claim reaches, and how two of them stand to each other."""

from __future__ import annotations

from typing import Literal

from tocsin.reading.facts import Claim

Relation = Literal["equal", "higher", "lower", "narrower", "vaguer"]

#: From "more than 20" to "21" nothing was added; the statement only became exact.
_EXACTER = 0.05

_PARENT = {
    "civilians": "people",
    "combatants": "people",
    "children": "civilians",
    "women": "civilians",
    "aid workers": "civilians",
    "medical workers": "civilians",
    "journalists": "civilians",
    "soldiers": "combatants",
    "militants": "combatants",
}


def level(claim: Claim) -> int | None:
    """The one number a claim is told by: its value, else the least it allows, else the most."""
    if claim.value is not None:
        return claim.value
    return claim.low if claim.low is not None else claim.high


def delta(before: Claim | None, after: Claim) -> int | None:
    """How much was added: number less number, low less low where one is a word or a range.

    From 0 for a first report, which "up to 400" is as well; else None where one has no low.
    """
    if before is None:
        return after.high if after.low is None else after.low
    if before.value is not None and after.value is not None and None not in (before.low, after.low):
        return after.value - before.value
    if before.low is None or after.low is None:
        return None
    return after.low - before.low


def relate(before: Claim, after: Claim) -> Relation:
    """How `after` stands to `before`. "At least n" is heard as n, and nothing lower denies it."""
    before_low, before_high = _heard(before)
    after_low, after_high = _heard(after)
    if (before_low, before_high) == (after_low, after_high):
        return "equal"
    if after_low > before_high:
        step = after_low - before_high
        known_vague = before.bound == "at_least" and after.bound == "exact"
        return "narrower" if known_vague and step <= max(1, before_high * _EXACTER) else "higher"
    if after_high < before_low:
        return "vaguer" if after.bound == "at_least" else "lower"
    if before_low <= after_low and after_high <= before_high:
        return "narrower"
    return "vaguer"


def like(told: str, heard: str) -> bool:
    """Whether one kind of victims is the other, or a part of it ("children" of "people")."""
    return told == heard or part_of(told, heard) or part_of(heard, told)


def part_of(part: str, whole: str) -> bool:
    """Whether `part` stands below `whole` in the victims' tree."""
    above = _PARENT.get(part)
    while above is not None:
        if above == whole:
            return True
        above = _PARENT.get(above)
    # what the tree does not know is somebody, and everybody is people
    return whole == "people" and part not in {"people", *_PARENT}


def _heard(claim: Claim) -> tuple[int, int]:
    low = claim.low if claim.low is not None else 0
    high = claim.high if claim.high is not None else low
    return low, max(low, high)
