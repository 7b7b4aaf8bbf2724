"""One attack under another day or another war: what it has in common tells that it is one."""

from __future__ import annotations

import pytest
from tests.unit.judging.desk import FORD, Desk, at, claim, strike

from tocsin.reading.facts import Place

SOUTH = Place("South", "country", "SO", 10.5, 31.0)
MONDAY = strike(when="2031-03-03")
TUESDAY = "2031-03-04"


def test_one_town_is_one_whichever_war_it_is_counted_to() -> None:
    """R24: a report that names other parties votes for another theatre; the town decides."""
    desk = Desk()
    desk.tell("a", at(3), MONDAY, claim(6))
    assert desk.tell("b", at(3, 20), strike(), claim(6), theatre="other-war") == []


def test_a_country_is_not_one_for_two_wars() -> None:
    """R24: of two theatres, only a town that is the same makes two events one."""
    desk = Desk()
    wide = {"places": (SOUTH, FORD)}
    desk.tell("a", at(3), strike("South"), claim(6, place="South"), **wide)
    again = strike("South"), claim(6, place="South")
    assert len(desk.tell("b", at(3, 20), *again, theatre="other-war", **wide)) == 1


@pytest.mark.parametrize(
    ("dead", "title", "alerts"),
    [(6, "title", 1), (6, "text", 0), (7, "text", 1)],
    ids=["in its title", "in passing", "another in passing"],
)
def test_a_day_late_with_the_same_figure_is_the_same(dead: int, title: str, alerts: int) -> None:
    """R24: a briefing is dated by its own day, and the dead are those of the day before."""
    desk = Desk()
    desk.tell("a", at(3), MONDAY, claim(6))
    again = strike(when=TUESDAY, field=title), claim(dead, field=title)
    assert len(desk.tell("b", at(4, 6), *again)) == alerts


@pytest.mark.parametrize(("dead", "alerts"), [(2, 0), (3, 1)])
def test_the_day_that_is_given_only_later(dead: int, alerts: int) -> None:
    """R24: attacker, kind and figure are those of a report without a day, two days after."""
    desk = Desk()
    desk.tell("a", at(5), strike(), claim(2))
    events = desk.tell("b", at(5, 22), strike(None, when="2031-03-02"), claim(dead, place=None))
    assert [event["type"] for event in events] == ["tocsin.strike.reported"] * alerts


@pytest.mark.parametrize(
    ("facts", "alerts"),
    [((), 0), ((claim(3),), 1)],
    ids=["without dead", "with dead of its own"],
)
def test_a_siege_goes_on_the_next_day(facts: tuple[object, ...], alerts: int) -> None:
    """R24: the hotel that gunmen hold was stormed the day before; a new figure is told."""
    desk = Desk()
    siege = strike(kind="ground", target="hotel", when="2031-03-03", attacker=None)
    desk.tell("a", at(3), siege, title="Gunmen storm hotel in Ford")
    later = strike(kind="ground", target="hotel", when=TUESDAY, attacker=None)
    events = desk.tell("b", at(4), later, *facts, title="Shots heard in Ford hotel")
    assert len(events) == alerts


@pytest.mark.parametrize(
    ("title", "facts", "alerts"),
    [
        ("Rockets wound two in Port Ford", (claim(2, indicator="wounded", place="Port Ford"),), 1),
        ("Dead man of missile on Port Ford named", (), 0),
        ("Missile on Port Ford killed three", (claim(3, place="Port Ford"),), 0),
    ],
    ids=["another figure", "none", "its figure"],
)
def test_the_name_of_a_town_is_no_likeness_days_later(
    title: str, facts: tuple[object, ...], alerts: int
) -> None:
    """R24: two days on, what a short title has in common with a story may be just the town."""
    place = Place("Port Ford", "town", "SO", 10.0, 30.0)
    here = {"places": (place,)}
    desk = Desk()
    desk.tell(
        "a",
        at(1),
        strike("Port Ford"),
        claim(3, place="Port Ford"),
        title="Missile kills three in Port Ford",
        **here,
    )
    later = strike("Port Ford", kind="artillery" if alerts else "missile")
    assert len(desk.tell("b", at(4), later, *facts, title=title, **here)) == alerts


@pytest.mark.parametrize(
    ("dead", "kind", "alerts"),
    [(9, "missile", 0), (5, "missile", 1), (None, "missile", 0), (None, "drone", 1)],
    ids=["its figure", "another figure", "no figure", "other arms"],
)
def test_in_like_words_a_day_after_it_was_told_is_the_next_attack(
    dead: int | None, kind: str, alerts: int
) -> None:
    """R24: told on Monday, it is not of Tuesday: another figure or weapon is of another attack."""
    desk = Desk()
    words = "Northern rockets fall on Harbour Street in Ford beside Grand Mill tower"
    desk.tell("a", at(3), MONDAY, claim(9), title=words)
    facts = [strike(when=TUESDAY, kind=kind), *([claim(dead)] if dead else [])]
    assert len(desk.tell("b", at(4), *facts, title=words)) == alerts


@pytest.mark.parametrize(("hour", "alerts"), [(1, 0), (9, 1)])
def test_last_night_is_not_the_morning_before_it(hour: int, alerts: int) -> None:
    """R24: what was told in the morning did not happen in the night after it."""
    desk = Desk()
    desk.tell("a", at(3, 8), MONDAY, claim(6))
    night = strike(when=TUESDAY, kind="drone", quote="Drones fell overnight.")
    told = desk.tell("b", at(4, hour), night)
    assert len(told) == alerts
