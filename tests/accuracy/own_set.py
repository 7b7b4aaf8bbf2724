"""Our own set: items of one line each, and how readings of them are scored.

A line is `text => facts`; ` | ` parts a title from its summary. The facts:

    c nc            about armed conflict or not; not scored where left out
    s ns            tells of a strike of these days or not; not scored where left out
    t=agreed|none   the newest status of a truce, any of these; none where left out
    killed=21       a figure, also >40 (more than) >=40 (at least) <=5000 (up to) <10 (fewer than)
                    ~70 (about) =35-44 (a range) =vague (dozens); a leading ? makes it optional
    /cum /hist      a running total, a past event; else of one incident
    /acc            of an accident, disaster or crime: must not be alertable
    @word @-        a word of the claimant, or none named; not scored where left out
    toll:killed=3   what the incident's toll must answer

Figures are exhaustive; a single victim without a number is optional. The labels follow the scheme
of the shared guide: parts and their total are figures of their own, "over" is at least.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import NamedTuple, cast, get_args

from tocsin.reading.facts import Basis, Bound, Claim, Indicator, Reading
from tocsin.reading.lexicon import Lexicon
from tocsin.reading.read import read
from tocsin.reading.report import Report
from tocsin.shelf.lexicon import load_lexicon
from tocsin.shelf.shipped import rules_home
from tocsin.shelf.theatres import load_theatres

FOLDER = Path(__file__).parent / "own"
PUBLISHED = datetime(2026, 3, 2, 12, tzinfo=UTC)
_FIGURE = re.compile(
    r"(?P<optional>\??)(?P<indicator>[a-z]+)(?P<sign>>=|<=|=|>|<|~)"
    r"(?P<low>\d+|vague)(?:-(?P<high>\d+))?(?:/(?P<basis>cum|hist|acc))?(?:@(?P<claimant>\S+))?"
)
_BOUNDS: dict[str, Bound] = {
    "=": "exact",
    ">": "at_least",
    ">=": "at_least",
    "<": "at_most",
    "<=": "at_most",
    "~": "approx",
}
_BASES: dict[str | None, Basis | None] = {
    None: "incident",
    "cum": "cumulative",
    "hist": "historical",
    "acc": None,
}
#: What is no part of a name: a day it was said, the head of a dateline.
_UNCLEAN = re.compile(
    r"^(?:on|in|at|that|as|but|late|early)\b|\b(?:mon|tues|wednes|thurs|fri|satur|sun)day\b"
    r"|[-–—] |[;:\n]",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Expected:
    """A figure that an item holds; None for a bound or basis is not scored."""

    indicator: Indicator
    low: int | None
    high: int | None
    bound: Bound | None
    basis: Basis | None
    claimant: str | None
    optional: bool

    @property
    def alertable(self) -> bool:
        """Whether a rule may alert on it: neither history nor accident."""
        return self.basis in ("incident", "cumulative")

    def told_by(self, claim: Claim) -> bool:
        """Whether a claim is this figure, however it reads its bound and basis."""
        if claim.indicator != self.indicator:
            return False
        if self.low is None:
            return claim.value is None
        if self.low != self.high:
            return (claim.low, claim.high) == (self.low, self.high)
        return claim.value == self.low


@dataclass(frozen=True, slots=True)
class Item:
    """One labelled line; `where` is its file and line."""

    where: str
    title: str
    summary: str
    conflict: bool | None
    strike: bool | None
    truce: frozenset[str]
    figures: tuple[Expected, ...]
    toll: dict[Indicator, int]


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
    "conflict": f1,
    "truce": share,
    "toll": share,
}


def parse(line: str, where: str) -> Item:
    """One line of the set; raises ValueError naming file, line and the word it cannot use."""
    text, arrow, facts = line.rpartition(" => ")
    if not arrow:
        raise ValueError(f"{where}: want `text => facts`")
    title, _, summary = text.partition(" | ")
    conflict = strike = None
    truce = frozenset(("none",))
    figures: list[Expected] = []
    toll: dict[Indicator, int] = {}
    for word in facts.split():
        if word in ("c", "nc"):
            conflict = word == "c"
        elif word in ("s", "ns"):
            strike = word == "s"
        elif word.startswith("t="):
            truce = frozenset(word[2:].split("|"))
        elif word.startswith("toll:"):
            one = _figure(word[5:], where)
            toll[one.indicator] = one.low or 0
        else:
            figures.append(_figure(word, where))
    return Item(where, title, summary, conflict, strike, truce, tuple(figures), toll)


def _figure(word: str, where: str) -> Expected:
    match = _FIGURE.fullmatch(word)
    if match is None or match["indicator"] not in get_args(Indicator):
        raise ValueError(f"{where}: {word!r} is no fact; see tests/accuracy/own_set.py")
    low = None if match["low"] == "vague" else int(match["low"])
    high = int(match["high"]) if match["high"] else low
    return Expected(
        indicator=cast("Indicator", match["indicator"]),
        low=low,
        high=high,
        bound=_BOUNDS[match["sign"]] if low is not None and low == high else None,
        basis=_BASES[match["basis"]],
        claimant=match["claimant"],
        optional=bool(match["optional"]),
    )


def load(place: Path = FOLDER) -> list[Item]:
    """Every item of a folder's files, or of one file, by file and line."""
    return [
        parse(line, f"{path.name}:{number}")
        for path in ([place] if place.is_file() else sorted(place.glob("*.txt")))
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if line.strip() and not line.startswith("#")
    ]


@cache
def lexicon() -> Lexicon:
    """The shipped lexicon, with all theatres."""
    rules = rules_home()
    theatres = load_theatres(sorted((rules / "theatres").glob("*.yaml")))
    return load_lexicon(rules, [*theatres.values()])


def reading_of(item: Item) -> Reading:
    """What is read in one item."""
    report = Report(id=item.where, title=item.title, summary=item.summary, published=PUBLISHED)
    return read(report, lexicon())


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
    if item.conflict is not None:
        tallies["conflict"] = _yes_no((item.conflict, reading.conflict))
    if item.toll:
        tallies["toll"] = _sum(
            _is((one := reading.toll.get(name)) is not None and number in (one.low, one.high))
            for name, number in item.toll.items()
        )
    return tallies


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
