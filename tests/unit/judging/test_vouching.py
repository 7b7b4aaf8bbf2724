"""One event, one confirmation: which report is a second origin, and of which story."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from tests.unit.judging.desk import (
    FORD,
    INCIDENTS,
    MILL,
    RULEBOOK,
    STRIKES,
    Desk,
    at,
    claim,
    strike,
)

from tocsin.judging.event import Event
from tocsin.judging.memory import Story
from tocsin.judging.vouching import confirmed_before, vouches
from tocsin.reading.facts import Place

SOUTH = Place("South", "country", "SO", 10.5, 31.0)


def confirmed(*facts: Any, hour: int = 18, day: int = 1) -> bool:
    """Whether a report of another newsroom confirms a missile on Ford with seven dead."""
    rules = (replace(STRIKES, confirm=2), replace(INCIDENTS, confirm=2))
    desk = Desk(replace(RULEBOOK, rules=rules))
    desk.tell("a", at(1), strike(), claim(7), title="Missile hits Ford")
    happened = desk.tell("b", at(day, hour), *facts, publisher="Other")
    return "tocsin.story.confirmed" in {one["type"] for one in happened}


@pytest.mark.parametrize(
    "facts",
    [(strike(),), (strike(kind="other"),), (strike(field="text"), claim(7, field="text"))],
    ids=["the title tells it", "in another word", "its figure"],
)
def test_a_report_that_tells_of_the_event_vouches(facts: tuple[Any, ...]) -> None:
    """R14: its title tells of the like within a day, or it gives a figure of the story."""
    assert confirmed(*facts)


def test_a_small_toll_in_passing_is_no_second_origin() -> None:
    """R14: seven dead are said of many things; the title says that it is of these."""
    assert not confirmed(claim(7, field="text"))
    assert confirmed(claim(7))


def _story(*founding: Any, **more: Any) -> Story:
    desk = Desk()
    desk.tell("a", at(1), *founding, **more)
    (story,) = desk.stories.values()
    return story


def test_fighting_where_bodies_were_found_does_not_vouch_for_them() -> None:
    """R14: a strike on the town of a mass grave says nothing of the dead in it."""
    grave = _story(claim(400))
    fighting = Event(
        "river-war", at(1, 16), places=(FORD,), kinds=("missile",), strikes=(strike(),)
    )
    assert not vouches(fighting, grave)
    assert vouches(replace(fighting, claims=(claim(400),)), grave)


def test_the_next_attack_in_the_area_does_not_vouch_for_the_last() -> None:
    """R14: a day later a figure, or its day or target at its town, shows that it is the event."""
    attack = _story(strike(when="2031-03-01"), claim(7), title="Missile hits school in Ford")
    later = Event("river-war", at(2, 18), places=(SOUTH,), kinds=("missile",), strikes=(strike(),))
    assert not vouches(later, attack)
    assert vouches(replace(later, said=at(1, 18)), attack)
    there = replace(later, places=(FORD,))
    assert not vouches(there, attack)
    assert vouches(replace(there, days=("2031-03-01",), stated=True), attack)
    assert vouches(replace(there, targets=("school",)), attack)
    assert vouches(replace(later, claims=(claim(7),)), attack)


SCHOOL = Story(
    id="one",
    theatre="river-war",
    founded=at(1),
    last=at(1),
    title="School hit",
    places=(FORD,),
    days=("2031-03-01",),
    targets=("school",),
    confirmed=True,
)
AGAIN = replace(SCHOOL, id="two", founded=at(1, 14), confirmed=False)


@pytest.mark.parametrize(
    "other",
    [AGAIN, replace(AGAIN, places=()), replace(AGAIN, targets=("bridge", "school"))],
    ids=["the same", "no place", "more was hit"],
)
def test_one_event_told_as_two_is_confirmed_once(other: Story) -> None:
    """R14: what was hit, the day and the place agree with a story that was confirmed."""
    assert confirmed_before(other, [SCHOOL, other]) is SCHOOL


@pytest.mark.parametrize(
    "other",
    [
        replace(AGAIN, targets=("bridge",)),
        replace(AGAIN, places=(MILL,)),
        replace(AGAIN, days=("2031-03-02",)),
        replace(AGAIN, theatre="hill-war"),
        SCHOOL,
    ],
    ids=["another thing hit", "another town", "another day", "another war", "itself"],
)
def test_another_attack_is_confirmed_for_itself(other: Story) -> None:
    """R14, R24: another thing hit, town, day or war is another event."""
    assert confirmed_before(other, [SCHOOL, other]) is None
