"""The newness of a strike: place, day, attacker, one wave, and what is done in doubt."""

from __future__ import annotations

from datetime import timedelta

import pytest
from tests.unit.judging.desk import FORD, MILL, Desk, at, claim, strike, told

from tocsin.reading.facts import Place

DISTRICT = Place("Ford district", "district", "SO", 10.1, 30.1)


def test_strikes_on_two_days_are_two() -> None:
    """R24: the same place on two stated days is two strikes."""
    desk = Desk()
    (first,) = desk.tell("a", at(1, 18), strike(when="2031-03-01"), claim(5))
    (second,) = desk.tell("b", at(2, 11), strike(when="2031-03-02"), claim(14))
    assert first["type"] == second["type"] == "tocsin.strike.reported"
    assert first["subject"] != second["subject"]


def test_one_overnight_wave_is_one() -> None:
    """R24: a night has two dates and is one wave, also told by two outlets with two tolls."""
    desk = Desk()
    night = strike(when="2031-03-01", quote="missiles overnight")
    assert len(desk.tell("a", at(2, 5), night, claim(3))) == 1
    (second,) = desk.tell("b", at(2, 9), strike(when="2031-03-02"), claim(4), publisher="Other")
    assert second["type"] == "tocsin.figure.changed"


def test_several_towns_of_one_wave_are_one_alert() -> None:
    """R23, R24: what one attacker struck on one day, as one report has it, is one story."""
    desk = Desk()
    assert len(desk.tell("a", at(1), strike(), strike("Mill"))) == 1
    assert desk.tell("b", at(1, 14), strike("Mill"), publisher="Other") == []
    assert "corroborated" in desk.silences()


@pytest.mark.parametrize(
    "other",
    [strike("Mill"), strike(attacker="South"), strike(when="2031-03-05")],
    ids=["place", "attacker", "day"],
)
def test_another_place_attacker_or_day_is_another_strike(other: object) -> None:
    """R24: one difference in place, attacker or day makes it new."""
    desk = Desk()
    assert len(desk.tell("a", at(1), strike(when="2031-03-01"))) == 1
    (alert,) = desk.tell("b", at(1, 14), other)
    assert alert["type"] == "tocsin.strike.reported"


def test_a_town_and_its_district_are_one_place() -> None:
    """R24: compared by the finest place both have, within the reach of a district."""
    desk = Desk()
    assert len(desk.tell("a", at(1), strike())) == 1
    places = (DISTRICT, MILL)
    assert desk.tell("b", at(1, 14), strike("Ford district"), places=places) == []


def test_a_site_in_a_town_is_struck_with_the_town() -> None:
    """R23: a beach in the title and its city in the text are one event of the report."""
    beach = Place("Long Beach", "site", FORD.country, FORD.latitude, FORD.longitude)
    title, text = strike("Long Beach", when=None), strike("Ford", when="2031-03-01")
    alerts = Desk().tell("a", at(1), title, text, claim(7), places=(beach, FORD))
    assert len(alerts) == 1


def test_in_doubt_it_is_told_as_possibly_the_same() -> None:
    """R24: without a time, after more than twelve hours, it is told and says what it may be."""
    desk = Desk()
    (first,) = desk.tell("a", at(1), strike())
    (second,) = desk.tell("b", at(2, 6), strike())
    assert second["data"]["possibly"] == first["correlationid"]
    assert "possibly the same" in second["data"]["headline"]


def test_a_place_quiet_for_thirty_days_is_graver() -> None:
    """R22: the first strike after 30 quiet days is one level graver; unwatched is not quiet."""
    desk = Desk()
    (first,) = desk.tell("a", at(1), strike())
    assert first["severitytext"] == "medium"
    (soon,) = desk.tell("b", at(9), strike())
    assert soon["severitytext"] == "medium"
    (later,) = desk.tell("c", at(9) + timedelta(days=31), strike())
    assert later["severitytext"] == "high"


def test_two_replicas_that_meet_one_event_raise_one_alert() -> None:
    """R29: judged again after the head moved, the second report joins the story of the first."""
    desk = Desk()
    one = told("a", at(1), strike(), claim(3))
    other = told("b", at(1, 12, 5), strike(), claim(3), publisher="Other")
    early, stale = desk.judge(*one), desk.judge(*other)
    assert len(early.alerts) == len(stale.alerts) == 1
    assert early.heads == stale.heads == ("river-war",)
    desk.commit(early)
    again = desk.judge(*other)
    assert again.alerts == ()
    assert [story.id for story in again.stories] == [story.id for story in early.stories]


def test_an_old_event_is_one_level_lower_and_never_loud() -> None:
    """R22: an event older than 72 hours is a level lower, though ten dead stay high."""
    desk = Desk()
    (alert,) = desk.tell("a", at(20), strike(when="2031-03-10"))
    assert (alert["severitytext"], alert["data"]["loud"]) == ("low", False)
    (grave,) = desk.tell("b", at(20), strike("Mill", when="2031-03-10"), claim(12, place="Mill"))
    assert (grave["severitytext"], grave["data"]["loud"]) == ("high", False)


@pytest.mark.parametrize(
    ("facts", "more"),
    [
        ((strike(field="text"),), {"title": "Ministers meet"}),
        ((strike("Southland", field="text"),), {"title": "Ministers meet"}),
        ((strike(field="text", when="2031-03-01"),), {"title": "War: live", "genre": "live"}),
    ],
    ids=["a town, further down", "a land, further down", "on a live page"],
)
def test_a_strike_in_passing_is_kept(facts: tuple[object, ...], more: dict[str, str]) -> None:
    """R24: what is told further down without a day or a figure is no news of an attack."""
    desk = Desk()
    assert desk.tell("a", at(1), *facts, **more) == []
    assert "unspecific" in desk.silences()


@pytest.mark.parametrize(
    ("claimant", "newness", "hours"),
    [("the ministry", 0.2, 12), (None, 2.0, 12), (None, 1.0, 36), (None, 0.2, 14 * 24)],
    ids=["claimed", "sure", "likely", "in doubt"],
)
def test_an_attack_somewhere_in_a_theatre_just_struck_is_one_of_those_told(
    claimant: str | None, newness: float, hours: int
) -> None:
    """R24: the surer it is new, or the more somebody vouches for it, the sooner it is told."""
    land = Place("Southland", "country", "SO", None, None)
    vague = strike("Southland", attacker=None, claimant=claimant, kind="drone")
    first = at(1)
    for later, number in ((hours - 1, 0), (hours + 1, 1)):
        desk = Desk()
        assert desk.tell("a", first, strike(), claim(3))
        when = first + timedelta(hours=later)
        assert len(desk.tell("b", when, vague, newness=newness, places=(land,))) == number, later


@pytest.mark.parametrize(
    ("facts", "more"),
    [
        ((strike(field="text"), claim(3, field="text")), {"title": "Ministers meet"}),
        ((strike(field="text", when="2031-03-01"),), {"title": "Ministers meet"}),
        ((strike(),), {"title": "War live: missiles hit Ford", "genre": "live"}),
    ],
    ids=["with a figure", "with a day", "in a live page's title"],
)
def test_a_figure_a_day_or_the_title_makes_a_strike(
    facts: tuple[object, ...], more: dict[str, str]
) -> None:
    """R24: one of the three is enough."""
    (alert,) = Desk().tell("a", at(1), *facts, **more)
    assert alert["type"] == "tocsin.strike.reported"


def test_a_large_toll_told_again_after_weeks_is_the_same_attack() -> None:
    """R4, R24: place and toll of an attack long told, and no other day, are that attack."""
    desk = Desk()
    news, later = "Missiles hit Mill Road in Ford", "Who will answer for Mill Road?"
    assert len(desk.tell("a", at(1), strike(when="2031-03-01"), claim(40), title=news)) == 1
    assert desk.tell("b", at(13), strike(), claim(40), title=later) == []
    assert "corroborated" in desk.silences()


LAND = Place("Southland", "country", "SO", 11.0, 31.0)


def _in_the_land(desk: Desk, name: str, hour: int, *facts: object, **more: object) -> list[str]:
    """What a report of strikes somewhere in the land raises, by type."""
    events = desk.tell(name, at(1, hour), *facts, places=(LAND,), title="Missiles", **more)
    return [event["type"] for event in events]


def test_a_mention_of_the_same_day_somewhere_in_the_land_is_that_attack() -> None:
    """R24: a day alone, without town or figure, tells nothing beyond an attack told of that day."""
    desk = Desk()
    somewhere = strike("Southland", when="2031-03-01")
    assert len(desk.tell("a", at(1, 6), strike(when="2031-03-01"), places=(LAND, FORD))) == 1
    assert _in_the_land(desk, "b", 9, somewhere) == []


def test_the_same_area_kind_and_toll_are_one_attack() -> None:
    """R14: a small toll told again the next day of the same land and weapon is no second attack."""
    desk = Desk()
    assert _in_the_land(desk, "a", 1, strike("Southland"), claim(2, place="Southland"))
    assert _in_the_land(desk, "b", 20, strike("Southland"), claim(2, place="Southland")) == []


def test_a_title_tells_of_a_strike_in_a_war_without_naming_a_place() -> None:
    """R2: where the war is known, "North and South exchange fire" is enough."""
    assert len(Desk().tell("a", at(1), strike("", kind="ground"), places=(), title="Fire")) == 1
