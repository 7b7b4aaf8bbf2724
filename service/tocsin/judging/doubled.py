"""Whether a figure was told already on another subject: of an attack, or of the war as a whole.

"34 soldiers were hurt in the strike" and "34 have been diagnosed" are one figure, whichever of them
is read as a running total. Each subject has a memory of its own; here they are held together.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta

from tocsin.judging.draft import Draft
from tocsin.judging.event import incident_figures
from tocsin.judging.figure import one_side
from tocsin.judging.interval import level, like, relate
from tocsin.judging.memory import Told
from tocsin.judging.subject import board_subject
from tocsin.reading.facts import Claim

#: So long a figure is remembered as the one that was told.
_REMEMBERED = timedelta(hours=48)
#: A few are hurt every day: so few are no figure to know an attack by.
_ENOUGH = 6


def told_as_total(draft: Draft, claim: Claim) -> bool:
    """Whether an incident's figure was told as a running total of its theatre."""
    board = draft.series.get(board_subject(draft.theatre, claim.indicator))
    return board is not None and _is_told(draft, claim, board.told)


def told_as_incident(draft: Draft, claim: Claim) -> bool:
    """Whether a running total is what an attack was told to have cost.

    Nor is one a total that is less than the same report counts in one attack.
    """
    number = level(claim) or 0
    for one in incident_figures(draft.reading):
        alike = one.indicator == claim.indicator and like(one.victims, claim.victims)
        if alike and one_side(one, claim) and 0 < number < (level(one) or 0):
            return True
    stories = (story for story in draft.memory.stories if story.theatre == draft.reading.theatre)
    return _is_told(draft, claim, [told for story in stories for told in story.told])


def _is_told(draft: Draft, claim: Claim, told: Iterable[Told]) -> bool:
    if (level(claim) or 0) < _ENOUGH:
        return False
    return any(
        one.claim is not None
        and one.status != "gone"
        and one.claim.indicator == claim.indicator
        and draft.said - (one.said or one.at) <= _REMEMBERED
        and relate(one.claim, claim) == "equal"
        and like(one.claim.victims, claim.victims)
        and one_side(one.claim, claim)
        for one in told
    )
