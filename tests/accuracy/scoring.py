"""How a reading of an item of our own set is scored: tallies by measure, to be added up."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from random import Random
from typing import NamedTuple

from tests.accuracy.own_set import Expected, Item

from tocsin.reading.facts import Claim, Reading

#: The interval holds in so many of a hundred sets drawn anew from the items.
SURE, DRAWS, SEED = 0.95, 400, 20260302

#: What is no part of a name: a day it was said, the head of a dateline.
_UNCLEAN = re.compile(
    r"^(?:on|in|at|that|as|but|late|early)\b|\b(?:mon|tues|wednes|thurs|fri|satur|sun)day\b"
    r"|[-–—] |[;:\n]",
    re.IGNORECASE,
)


class Tally(NamedTuple):
    """What a reading got right, told without ground, and missed."""

    right: int = 0
    extra: int = 0
    missed: int = 0

    def plus(self, other: Tally) -> Tally:
        """Both together."""
        return Tally(*(a + b for a, b in zip(self, other, strict=True)))


def f1(tally: Tally) -> float:
    """The harmonic mean of precision and recall."""
    return 2 * tally.right / max(1, 2 * tally.right + tally.extra + tally.missed)


def share(tally: Tally) -> float:
    """How many of those asked for are right."""
    return tally.right / max(1, tally.right + tally.missed)


MEASURES: dict[str, Callable[[Tally], float]] = {
    "figures": f1,
    "figures alertable": f1,
    "bound": share,
    "basis": share,
    "claimant": share,
    "strike": f1,
    "place": share,
    "attacker": share,
    "conflict": f1,
    "truce": share,
    "toll": share,
}


def score(item: Item, reading: Reading) -> dict[str, Tally]:
    """The tally of one item by measure; a measure that it does not ask for is left out."""
    pairs, missed, extra = _matched(item, reading.claims)
    sure = [(want, claim) for want, claim in pairs if not want.optional]
    told = [(want.alertable, _alertable(reading, claim)) for want, claim in sure]
    told += [(want.alertable, False) for want in missed]
    told += [(False, _alertable(reading, claim)) for claim in extra]
    tallies = {
        "figures": Tally(len(sure), len(extra), len(missed)),
        "figures alertable": _sum(map(_yes_no, told)),
        "bound": _sum(_is(w.bound == c.bound) for w, c in sure if w.bound),
        "basis": _sum(_is(w.basis == c.basis) for w, c in sure if w.basis),
        "claimant": _sum(_is(_named(w.claimant, c)) for w, c in sure if w.claimant),
        "truce": _is((reading.ceasefire[0].status if reading.ceasefire else "none") in item.truce),
    }
    if item.strike is not None:
        tallies["strike"] = _yes_no((item.strike, bool(reading.strikes)))
    for name, want in (("place", item.place), ("attacker", item.attacker)):
        if want is not None:
            told_of = [getattr(strike, name) for strike in reading.strikes[:1]]
            doubted = name == "attacker" and any(one.suspected for one in reading.strikes[:1])
            named = bool(told_of) and _names(want.removesuffix("?"), told_of[0])
            tallies[name] = _is(named and doubted == want.endswith("?"))
    if item.conflict is not None:
        tallies["conflict"] = _yes_no((item.conflict, reading.conflict))
    if item.toll:
        tallies["toll"] = _sum(
            _is((one := reading.toll.get(name)) is not None and number in (one.low, one.high))
            for name, number in item.toll.items()
        )
    return tallies


def interval(tallies: Sequence[Tally], measure: str) -> tuple[float, float]:
    """A bootstrap interval: the measure over items drawn with return, the same draws each run."""
    chance = Random(SEED)  # fixed, so that two runs print the same
    drawn = []
    for _ in range(DRAWS):
        columns = zip(*chance.choices(tallies, k=len(tallies)), strict=True)
        drawn.append(MEASURES.get(measure, share)(Tally(*map(sum, columns))))
    drawn.sort()
    cut = int(DRAWS * (1 - SURE) / 2)
    return drawn[cut], drawn[-1 - cut]


def _matched(
    item: Item, claims: Iterable[Claim]
) -> tuple[list[tuple[Expected, Claim]], list[Expected], list[Claim]]:
    """Figures with their claims, figures missed, and claims that nothing asks for."""
    missed, pairs, extra = list(item.figures), [], []
    for claim in claims:
        want = next((one for one in missed if one.told_by(claim)), None)
        if want is not None:
            missed.remove(want)
            pairs.append((want, claim))
        elif claim.value != 1:
            extra.append(claim)
    return pairs, [one for one in missed if not one.optional], extra


def _alertable(reading: Reading, claim: Claim) -> bool:
    return reading.conflict and claim.relevant and claim.basis != "historical"


def _named(word: str, claim: Claim) -> bool:
    if word == "-":
        return claim.claimant is None
    said = claim.claimant or ""
    return word.lower() in said.lower() and _UNCLEAN.search(said) is None


def _names(word: str, name: str | None) -> bool:
    return name is None if word == "-" else word.lower() in (name or "").lower()


def _is(right: object) -> Tally:
    return Tally(right=1) if right else Tally(missed=1)


def _yes_no(pair: tuple[bool, bool]) -> Tally:
    want, got = pair
    return Tally(int(want and got), int(got and not want), int(want and not got))


def _sum(tallies: Iterable[Tally]) -> Tally:
    total = Tally()
    for tally in tallies:
        total = total.plus(tally)
    return total


def total(scores: Iterable[dict[str, Tally]], measure: str) -> Tally:
    """The tally of one measure over many items."""
    return _sum(one[measure] for one in scores if measure in one)
