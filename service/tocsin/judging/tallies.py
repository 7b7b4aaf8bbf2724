"""How the figures of a report stand to those that a story has."""

from __future__ import annotations

import re
from collections.abc import Iterable

from tocsin.judging.interval import level
from tocsin.judging.memory import Story
from tocsin.reading.facts import Claim

#: A title's words for a toll that was lower before.
_RISES = re.compile(
    r"\btoll\b.*\b(?:rise[sn]?|rose|climb(?:s|ed)|jump(?:s|ed)|reache[sd]|hits|passes|tops|grows|now)\b",
    re.IGNORECASE,
)
#: A figure so large is hardly the same by chance.
LARGE = 10
#: Two counts of so many, made within hours, are of one event if they are no further apart.
_CROWD, _CLOSE = 20, 0.9


def figures_agree(claims: tuple[Claim, ...], story: Story) -> int:
    """The highest figure that is the same in both; 0 for none of two or more."""
    known = {(figure.claim.indicator, level(figure.claim)) for figure in story.figures}
    shared = [level(one) or 0 for one in claims if (one.indicator, level(one)) in known]
    return max((number for number in shared if number > 1), default=0)


def no_more(claims: Iterable[Claim], story: Story) -> bool:
    """Whether a report gives no figure above those its story has of the like."""
    most: dict[str, int] = {}
    for known in story.figures:
        claim = known.claim
        most[claim.indicator] = max(level(claim) or 0, most.get(claim.indicator, 0))
    return all((level(one) or 0) <= most.get(one.indicator, 0) for one in claims)


def fit(claims: tuple[Claim, ...], story: Story) -> float:
    """How well the dead of a report go with a story's: the like, or far fewer (another event's)."""
    told, heard = dead_of(story), dead(claims)
    if not told or not heard:
        return 0.0
    if heard * 2 < told:
        return -1.5
    return 1.0 if heard <= 2 * told else 0.0


def dead(claims: Iterable[Claim]) -> int:
    """The highest count of killed; 0 if there is none."""
    return max((level(one) or 0 for one in claims if one.indicator == "killed"), default=0)


def dead_of(story: Story) -> int:
    """The highest count of killed that a story has; 0 if it has none."""
    return dead(known.claim for known in story.figures)


def close_tolls(claims: Iterable[Claim], story: Story) -> bool:
    """Whether two large counts of killed are so near that one wave may have both."""
    low, high = sorted((dead(claims), dead_of(story)))
    return low >= _CROWD and low >= high * _CLOSE


def risen(claims: Iterable[Claim], story: Story) -> bool:
    """Whether a title tells of a toll that rose, and it is above the one that a story has."""
    claims = tuple(claims)
    titled = any(one.field == "title" and _RISES.search(one.quote) for one in claims)
    return titled and dead(claims) > dead_of(story) > 0


def one_off(claims: Iterable[Claim], story: Story) -> bool:
    """Whether a count of killed is the one a story has, give or take one; one dead is none."""
    heard = dead(claims)
    told = {level(known.claim) for known in story.figures if known.claim.indicator == "killed"}
    return heard > 2 and not told.isdisjoint((heard - 1, heard, heard + 1))
