"""Figures that one verb tells are one toll: two guards and an officer killed are three dead."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from tocsin.judging.interval import like, part_of
from tocsin.reading.facts import CAREFUL, Claim

_OTHERS = re.compile(r"\bothers?\b", re.IGNORECASE)
#: Whom rules ask for by name: they are told as they are, whoever died with them.
_BY_NAME = frozenset({"aid workers", "medical workers", "journalists"})


def tolls(claims: Sequence[Claim]) -> Iterator[Claim]:
    """The claims of a report, in order, with those that one verb tells of like victims added up.

    A sum has the id, place and claimant of its first claim. Soldiers and civilians stay two. Who
    died besides "two others" is not counted: at least two are dead.
    """
    known = {claim.id: claim for claim in claims}
    added: set[str] = set()
    for claim in claims:
        if claim.id in added:
            continue
        others = [
            other
            for other in (known.get(name) for name in claim.joined)
            if other is not None and other.id not in added and _adds_up(claim, other)
        ]
        added.update(other.id for other in others)
        yield _sum(claim, others) if others else _at_least(claim)


def _at_least(claim: Claim) -> Claim:
    besides = claim.indicator == "killed" and claim.bound == "exact" and (claim.value or 0) > 1
    if not besides or claim.part_of is not None or not _OTHERS.search(claim.quote):
        return claim
    return replace(claim, bound="at_least", high=None)


def _adds_up(one: Claim, other: Claim) -> bool:
    whole = one.part_of is None and other.part_of is None
    numbered = one.value is not None and other.value is not None
    told_alike = (one.basis, one.relevant, one.stance) == (
        other.basis,
        other.relevant,
        other.stance,
    )
    named = {one.victims, other.victims} & _BY_NAME
    return whole and numbered and told_alike and not named and like(one.victims, other.victims)


def _sum(first: Claim, others: Sequence[Claim]) -> Claim:
    claims = (first, *others)
    victims = first.victims
    for other in others:
        victims = other.victims if part_of(victims, other.victims) else victims
    lows = [claim.low for claim in claims if claim.low is not None]
    highs = [claim.high for claim in claims if claim.high is not None]
    return replace(
        first,
        value=sum(claim.value or 0 for claim in claims),
        low=sum(lows) if len(lows) == len(claims) else None,
        high=sum(highs) if len(highs) == len(claims) else None,
        bound=max((claim.bound for claim in claims), key=CAREFUL.index),
        victims=victims,
        side=first.side if len({claim.side for claim in claims}) == 1 else None,
    )
