"""How an event and a story stand in time: the days they give, and when they were told."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Literal

from tocsin.judging.event import Event
from tocsin.judging.geography import local_day
from tocsin.judging.memory import Story
from tocsin.judging.tallies import dead, dead_of

#: Where no time is stated, the same place, kind and attacker within this span is the same event.
ONE_WAVE = timedelta(hours=12)
#: After this span nothing joins a story without a stated day.
OPEN = timedelta(hours=72)
#: "Overnight" is said of the last night until the next one begins.
_NIGHT = timedelta(hours=18)
#: And after this one nothing does, however alike its words.
_REMEMBERED = timedelta(days=21)

#: "same", "near", "far" and "past" may be one event; "other day" is another one within the open
#: span, and "apart" is too long ago to ask.
Moment = Literal["same", "near", "far", "past", "other day", "apart"]


def moment(event: Event, story: Story) -> Moment:
    """How an event stands to a story in time: by their days, else by the gap between."""
    gap = max(event.said - story.last, story.founded - event.said, timedelta(0))
    if event.stated and story.stated:
        if set(event.days) & set(story.days):
            return "same"
        if _one_night(event, story):
            return "same"
        return "other day" if gap <= OPEN else "apart"
    if gap > _REMEMBERED:
        return "apart"
    foretold = is_foretold(event, story)
    before = event.stated and not story.stated and max(event.days) < _day_before(story)
    last_night = not event.stated and _last_night(event, story)
    if foretold or last_night or (before and gap <= OPEN):
        return "other day" if gap <= OPEN else "apart"
    if gap > OPEN:
        return "past"
    return "near" if gap <= ONE_WAVE else "far"


def earlier(event: Event, story: Story) -> bool:
    """Whether a report gives a day before a story that has none, and no more dead (a siege)."""
    return predates(event, story) and dead(event.claims) <= dead_of(story)


def predates(event: Event, story: Story) -> bool:
    """Whether a report gives a day before the reports of a story that has none of its own."""
    return event.stated and not story.stated and max(event.days) < min(story.days, default="")


def _day_before(story: Story) -> str:
    """The earliest day that a report without a day may mean: the one before it was published."""
    return local_day(story.founded - timedelta(days=1), story.places)


def is_foretold(event: Event, story: Story) -> bool:
    """Whether one was told before the day of the other: then they are two."""
    told = local_day(story.founded, story.places)
    heard = local_day(event.said, event.places)
    return (event.stated and min(event.days) > told) or (
        story.stated and bool(story.days) and min(story.days) > heard
    )


def _one_night(event: Event, story: Story) -> bool:
    """Whether one is dated by the evening and one by the morning of a night that both may mean."""
    nights = adjacent(event.days, story.days) and (event.overnight or story.overnight)
    return nights and not _last_night(event, story)


def _last_night(event: Event, story: Story) -> bool:
    """Whether a report tells of a night that had not begun when a story's first report came."""
    return event.overnight and not story.overnight and event.said - story.founded > _NIGHT


def adjacent(left: tuple[str, ...], right: tuple[str, ...]) -> bool:
    """Whether a day of one is the day before or after one of the other."""

    def ordinal(day: str) -> int:
        try:
            return date.fromisoformat(day[:10]).toordinal()
        except ValueError:
            return -10

    return any(abs(ordinal(one) - ordinal(other)) == 1 for one in left for other in right)
