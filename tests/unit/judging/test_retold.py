"""An attack told before in other words: what came after it, and the figures that were given."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from tests.unit.judging.desk import FORD, Desk, at, claim, strike

from tocsin.reading.facts import Place

SOUTH = Place("South", "country", "SO", 10.5, 31.0)
WIDE = {"places": (SOUTH, FORD)}


def south(**more: Any) -> Any:
    """A strike somewhere in the South."""
    return strike("South", **more)


@pytest.mark.parametrize(
    "title",
    [
        "Grief at Ford after shelling of the market",
        "Neighbours condemn the shelling of Ford",
        "Analysts doubt who shelled Ford",
        "South summons envoy over shelling of Ford",
        "President urges calm in Ford after shelling",
        "Power restored to half of Ford after shelling",
        "A day after shelling, Ford counts its windows",
        "South hunts gunners who shelled Ford",
        "Police arrest three over shelling of Ford",
        "Baker of Ford, shelled at his oven, laid to rest",
    ],
)
def test_what_is_said_of_an_attack_afterwards_is_no_new_one(title: str) -> None:
    """R24: a title of what came after, without a figure, a day after an attack at the place."""
    desk = Desk()
    assert len(desk.tell("a", at(1), strike())) == 1
    assert desk.tell("b", at(2, 6), strike(), title=title) == []
    assert "stale_repeat" in desk.silences()


@pytest.mark.parametrize(("dead", "told"), [(7, 0), (9, 1)])
def test_what_came_after_with_no_more_dead_is_no_new_attack(dead: int, told: int) -> None:
    """R24: light is restored a day after an attack, of which no more dead are told, or more."""
    desk = Desk()
    desk.tell("a", at(1), strike(), claim(7))
    title = "Ford restores power after shelling"
    alerts = desk.tell("b", at(2, 6), strike(), claim(dead), title=title)
    assert len(alerts) == told


@pytest.mark.parametrize(
    ("title", "facts", "day"),
    [
        ("Ford shelled again", (strike(),), 2),
        ("Ford shelled as bridge to Mill carries some traffic again", (strike(),), 2),
        ("Grief at Ford after shelling of the market", (strike(), claim(7)), 2),
        ("Grief at Ford after shelling of the market", (strike(),), 6),
        ("Grief at Ford after shelling of the market", (strike(attacker="South"),), 2),
        ("Grief at Mill after shelling of the market", (strike("Mill"),), 2),
    ],
    ids=[
        "no such title",
        "an aside",
        "a figure",
        "days later",
        "another attacker",
        "another place",
    ],
)
def test_an_attack_that_may_be_new_is_told(title: str, facts: tuple[Any, ...], day: int) -> None:
    """R24: such a title silences nothing that has a figure, another place or another attacker."""
    desk = Desk()
    assert len(desk.tell("a", at(1), strike())) == 1
    (alert,) = desk.tell("b", at(day, 6), *facts, title=title)
    assert alert["type"] == "tocsin.strike.reported"


def test_the_first_heard_of_an_attack_is_told_whatever_its_title() -> None:
    """R24: without an attack told before, mourning is how we hear of it."""
    desk = Desk()
    assert len(desk.tell("a", at(1), strike(), title="Ford mourns after shelling")) == 1


def test_one_in_doubt_with_only_the_figures_of_another_is_that_one() -> None:
    """R24: the same area, attacker and dead, and no town of its own: one attack, told once."""
    desk = Desk()
    (first,) = desk.tell("a", at(1), south(kind="missile"), claim(3, place=None), **WIDE)
    assert first["type"] == "tocsin.strike.reported"
    assert desk.tell("b", at(1, 20), south(kind="drone"), claim(3, place=None), **WIDE) == []
    assert "corroborated" in desk.silences()


@pytest.mark.parametrize(("dead", "again"), [(3, 4), (1, 1)], ids=["another toll", "one dead"])
def test_one_in_doubt_with_another_toll_is_told(dead: int, again: int) -> None:
    """R24: another figure, or one dead as in many attacks, leaves the doubt and is told."""
    desk = Desk()
    desk.tell("a", at(1), south(kind="missile"), claim(dead, place=None), **WIDE)
    (second,) = desk.tell("b", at(1, 20), south(kind="drone"), claim(again, place=None), **WIDE)
    assert second["type"] == "tocsin.strike.reported"
    assert "possibly the same" in second["data"]["headline"]


def test_another_name_of_the_weapon_within_hours_is_the_same_attack() -> None:
    """R24: explosions at a town, told an hour later as a missile strike there, without a figure."""
    desk = Desk()
    assert len(desk.tell("a", at(1), strike(kind="bombing"))) == 1
    assert desk.tell("b", at(1, 10), strike(kind="missile"), publisher="Other") == []
    assert "corroborated" in desk.silences()


@pytest.mark.parametrize(
    ("hour", "facts"),
    [(22, (strike(kind="missile"), claim(4))), (26, (strike(kind="missile"),))],
    ids=["a figure of its own", "not within hours"],
)
def test_another_weapon_with_a_toll_or_later_is_told(hour: int, facts: tuple[Any, ...]) -> None:
    """R24: a toll, or half a day between the reports, leaves the doubt and is told."""
    desk = Desk()
    desk.tell("a", at(1), strike(kind="bombing"))
    (second,) = desk.tell("b", at(1 + hour // 24, hour % 24), *facts)
    assert "possibly the same" in second["data"]["headline"]


HIT = "Shells hit the maternity ward at Ford, officials say"
AGAIN = "Hospital in the South struck, and doctors flee"


def test_the_same_thing_hit_in_the_same_area_is_the_same_attack() -> None:
    """R24: a maternity ward of a town, told again as a hospital somewhere in the country."""
    desk = Desk()
    desk.tell("a", at(1), strike(), claim(3), title=HIT)
    assert desk.tell("b", at(1, 16), south(kind="missile"), places=(SOUTH,), title=AGAIN) == []


def test_more_wounded_of_the_same_thing_hit_are_of_the_same_attack() -> None:
    """R24: as many dead in a maternity ward of the area within hours; the wounded are more."""
    desk = Desk()
    wounded = claim(2, indicator="wounded"), claim(5, indicator="wounded", place=None)
    desk.tell("a", at(1), strike(), claim(3), wounded[0], title=HIT)
    again = south(kind="missile"), claim(3, place=None), wounded[1]
    (raised,) = desk.tell("b", at(1, 16), *again, places=(SOUTH,), title=AGAIN)
    assert raised["data"]["changes"][0]["indicator"] == "wounded"


@pytest.mark.parametrize(
    ("title", "dead"),
    [("Market in the South struck, and traders flee", 3), (AGAIN, 9)],
    ids=["another thing hit", "more dead"],
)
def test_another_thing_hit_or_more_dead_is_told(title: str, dead: int) -> None:
    """R24: what was hit silences nothing that hit something else or has more dead."""
    desk = Desk()
    desk.tell("a", at(1), strike(), claim(2), title=HIT)
    facts = (south(kind="missile"), claim(dead, place=None))
    assert desk.tell("b", at(1, 16), *facts, places=(SOUTH,), title=title)


LONG = "Gunmen of the Harbour Brigade stormed the Grand Palace in Ford and held Mayor Ann Reed"


def test_the_same_words_under_another_day_are_the_same_attack() -> None:
    """R24: the day of a siege's end, in the words of its first day and with no more dead."""
    desk = Desk()
    first = (strike(when="2031-03-01"), claim(20))
    assert len(desk.tell("a", at(1), *first, title=LONG)) == 1
    assert desk.tell("b", at(2), strike(when="2031-03-02"), claim(20), title=f"{LONG}, again") == []


@pytest.mark.parametrize(
    ("title", "dead"),
    [("Ford shelled from the river", 20), (LONG, 35)],
    ids=["other words", "more dead"],
)
def test_another_day_with_words_or_dead_of_its_own_is_another(title: str, dead: int) -> None:
    """R24: strikes on one district on two days are two."""
    desk = Desk()
    desk.tell("a", at(1), strike(when="2031-03-01"), claim(20), title=LONG)
    (second,) = desk.tell("b", at(2), strike(when="2031-03-02"), claim(dead), title=title)
    assert second["type"] == "tocsin.strike.reported"


def test_large_tolls_that_nearly_agree_are_one_wave() -> None:
    """R24: 23 dead and 25 dead of one attacker within hours, no town in one of them."""
    desk = Desk()
    desk.tell("a", at(1), strike(), claim(25))
    happened = desk.tell("b", at(1, 14), south(), claim(23, place=None), places=(SOUTH,))
    assert "tocsin.strike.reported" not in {one["type"] for one in happened}


@pytest.mark.parametrize(
    ("facts", "hour"),
    [((south(), claim(14, place=None)), 14), ((strike("Mill"), claim(23, place="Mill")), 14)],
    ids=["another toll", "another town"],
)
def test_a_large_toll_of_its_own_is_another_attack(facts: tuple[Any, ...], hour: int) -> None:
    """R24: far fewer dead, or another town, is told."""
    desk = Desk()
    desk.tell("a", at(1), strike(), claim(25))
    alerts = desk.tell("b", at(1, hour), *facts)
    assert alerts[0]["type"] == "tocsin.strike.reported"


def test_one_more_dead_of_one_attacker_and_kind_is_no_other_attack() -> None:
    """R24: four dead, then five at a place that is not given, within hours: the toll rose."""
    desk = Desk()
    desk.tell("a", at(1), strike(), claim(4))
    (raised,) = desk.tell("b", at(1, 15), strike(None), claim(5, place=None), places=())
    assert raised["data"]["changes"][0]["reason"] == "raised"


PLANT = Place("Ford nuclear plant", "site", "SO", 10.9, 30.9)
GOES_DARK = "Ford nuclear plant runs on generators after shelling"


@pytest.mark.parametrize(
    ("title", "alerts"),
    [("Shelling of nuclear reactor at Ford", 0), ("Market at Ford shelled", 1)],
    ids=["the plant", "the town"],
)
def test_a_plant_is_where_the_town_is_that_it_is_called_after(title: str, alerts: int) -> None:
    """R24: what was hit is the same and so is the name; another thing hit there is another."""
    desk = Desk()
    shelled = strike("Ford nuclear plant", kind="artillery", attacker=None)
    desk.tell("a", at(1), shelled, title=GOES_DARK, places=(PLANT,))
    assert len(desk.tell("b", at(1, 15), strike(kind="artillery"), title=title)) == alerts


SIEGE = "Gunmen of the Black Banner storm the Grand Hotel in Ford, 15 dead, says Colonel Idris Vane"


@pytest.mark.parametrize(("dead", "told"), [(16, 0), (20, 1)], ids=["no more dead", "more dead"])
def test_how_a_siege_began_is_no_news_when_it_is_over(dead: int, told: int) -> None:
    """R24: the day it began is stated only by the later report, which has no more dead."""
    desk = Desk()
    stormed = strike(kind="ground")
    desk.tell("a", at(5), stormed, claim(16), title=SIEGE)
    late = replace(stormed, when="2031-03-03")
    assert len(desk.tell("b", at(5, 20), late, claim(dead), title=SIEGE, publisher="Other")) == told
