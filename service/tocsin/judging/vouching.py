"""Whether a report is one more origin of a story, and whether its event was confirmed before."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta

from tocsin.judging.event import Event
from tocsin.judging.geography import agreement
from tocsin.judging.memory import Story
from tocsin.judging.tallies import LARGE, figures_agree

#: So long a report without a figure is of a story, and not of the next attack there.
_ONE_DAY = timedelta(hours=24)
#: Two stories founded further apart are not one event told twice.
_ONE_EVENT = timedelta(hours=36)


def vouches(event: Event, story: Story) -> bool:
    """Whether a report that joined a story tells of its event, so that its origin counts.

    A large figure of it will do, and any other where the report tells of an attack or of the dead
    in its title. Without one, fighting at the place of a massacre is none of it, a toll in passing
    neither; and what is told a day later is of the next attack there, unless it gives the day of
    the story, or what was hit.
    """
    agreed = figures_agree(event.claims, story)
    if agreed >= LARGE:
        return True
    if not (event.strikes or event.titled):
        return False
    if agreed:
        return True
    if event.strikes and not story.struck:
        return False
    if event.said - story.founded <= _ONE_DAY:
        return True
    known = set(event.days) & set(story.days) if event.stated else False
    return agreement(event.places, story.places) == "same" and bool(
        known or set(event.targets) & set(story.targets)
    )


def confirmed_before(story: Story, others: Iterable[Story]) -> Story | None:
    """The story, confirmed already, that seems to be of the same event: one day, place and target.

    Where neither says what was hit, a day that both were told will do.
    """
    for other in others:
        if not other.confirmed or other.id == story.id or other.theatre != story.theatre:
            continue
        if abs(other.founded - story.founded) > _ONE_EVENT:
            continue
        if _one_event(story, other):
            return other
    return None


def _one_event(one: Story, other: Story) -> bool:
    if not set(one.days) & set(other.days):
        return False
    where = agreement(one.places, other.places)
    if set(one.targets) & set(other.targets):
        return where != "apart"
    return where == "same" and one.stated and other.stated
