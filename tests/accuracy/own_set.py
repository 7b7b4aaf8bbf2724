"""Our own set: items of one line each, with what a careful reader finds in them.

A line is `text => facts`; ` | ` parts a title from its summary. The facts:

    c nc            about armed conflict or not; not scored where left out
    s ns            tells of a strike of these days or not; not scored where left out
    t=agreed|none   the newest status of a truce, any of these; none where left out
    killed=21       a figure, also >40 (more than) >=40 (at least) <=5000 (up to) <10 (fewer than)
                    ~70 (about) =35-44 (a range) =vague (dozens); a leading ? makes it optional
    /cum /hist      a running total, a past event; else of one incident
    /acc            of an accident, disaster or crime: must not be alertable
    @word @-        a word of the claimant, or none named; not scored where left out
    at=Kyiv at=-    the place struck, or none told; not scored where left out
    by=Iran by=-    who attacked, or nobody named; not scored where left out
    by=Iran?        who is only suspected of it
    toll:killed=3   what the incident's toll must answer

Figures are exhaustive; a single victim without a number is optional. The labels follow the scheme
of the shared guide: parts and their total are figures of their own, "over" is at least.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import cast, get_args

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
    place: str | None = None
    attacker: str | None = None


def parse(line: str, where: str) -> Item:
    """One line of the set; raises ValueError naming file, line and the word it cannot use."""
    text, arrow, facts = line.rpartition(" => ")
    if not arrow:
        raise ValueError(f"{where}: want `text => facts`")
    title, _, summary = text.partition(" | ")
    conflict = strike = place = attacker = None
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
        elif word.startswith("at="):
            place = word[3:]
        elif word.startswith("by="):
            attacker = word[3:]
        elif word.startswith("toll:"):
            one = _figure(word[5:], where)
            toll[one.indicator] = one.low or 0
        else:
            figures.append(_figure(word, where))
    told = tuple(figures)
    return Item(where, title, summary, conflict, strike, truce, told, toll, place, attacker)


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
