"""Reports whose attack or figure is only their occasion: looked back at, or nobody was armed."""

from __future__ import annotations

from typing import Any

import pytest
from tests.unit.judging.desk import FORD, Desk, at, claim, strike, truce

from tocsin.reading.facts import Place

SOUTH = Place("South", "country", "SO", 10.5, 31.0)


def _told(title: str, *facts: object, text: str = "", **more: Any) -> tuple[list[str], Desk]:
    desk = Desk()
    alerts = desk.tell("a", at(1), *facts, title=title, text=text, **more)
    return [alert["type"] for alert in alerts], desk


@pytest.mark.parametrize(
    "title",
    [
        "How the army covered up the shelling of Ford",
        "North accused of cover-up over Ford dead",
        "On this day: guns open up on Ford",
        "The night the shells fell on Ford - podcast",
        "Two men shot in videos from Ford identified",
        "Opinion: why the North shelled Ford",
        "Ford, a year later",
        "New details emerge of the shelling of Ford",
        "New footage shows the shelling of Ford",
        "Two officers found guilty of the shelling of Ford",
        "General goes on trial over the shelling of Ford",
        "North agrees to pay families of those shelled at Ford",
        "Gunman who attacked Ford barracks had been freed from prison",
        "Bodies of nine soldiers killed at Ford return home",
        "South receives bodies of nine soldiers killed at Ford",
        "Southern soldiers killed in Ford flown home",
        "South mourns nine soldiers killed at Ford in January",
    ],
)
def test_who_looks_into_a_deed_tells_of_the_past(title: str) -> None:
    """R4, R19: neither its attack nor its toll is told, and the reason says why."""
    told, desk = _told(title, strike(), claim(9))
    assert told == []
    assert desk.silences().count("historical") == 2


def test_bodies_that_come_home_on_the_day_of_an_attack_do_not_hide_it() -> None:
    """R2: only a title that opens with them is of the dead of weeks ago."""
    title = "Missiles kill nine in Ford as bodies of two pilots are returned"
    assert _told(title, strike(), claim(9))[0] == ["tocsin.strike.reported"]


@pytest.mark.parametrize(
    ("title", "alerts"),
    [
        ("Schools close in Southland amid air strikes", 0),
        ("South elects a parliament despite missile attacks", 0),
        ("North bombs Southland amid rocket attacks", 1),
    ],
)
def test_attacks_that_only_go_on_around_something_are_no_news(title: str, alerts: int) -> None:
    """R4: no place, no figure, and the title is of something else."""
    assert len(_told(title, strike("South"), places=(SOUTH,))[0]) == alerts


def test_what_an_investigation_has_gathered_is_the_past() -> None:
    """R4: the words a report opens with say it as well as its title."""
    text = "A months-long investigation names the regiment behind the killings at Ford."
    assert _told("The regiment of Ford", claim(40), text=text)[0] == []
    text = "An inquiry into the shelling of Ford last autumn has found that 40 people died."
    assert _told("Forty died at Ford", claim(40), text=text)[0] == []
    text = "The army opened an investigation after shells killed 40 people at Ford."
    assert len(_told("Forty dead at Ford", claim(40), text=text)[0]) == 1


def test_a_deed_of_a_day_of_its_own_is_news_although_it_is_looked_into() -> None:
    """R2: what the army hides of last night's attack is told the first time."""
    told, _ = _told("Army accused of cover-up at Ford", strike(when="2031-03-01"), claim(9))
    assert told == ["tocsin.strike.reported"]


@pytest.mark.parametrize(
    "title",
    [
        "'We ran': survivors of the raid speak",
        "Hear from families who survived the shelling",
        "Painter unveils mural on shelled house",
        "Mine victims blame the army",
    ],
)
def test_what_was_lived_through_is_told_only_with_a_toll_and_a_town(title: str) -> None:
    """R4: an account of an attack is mostly not the first word of it; one with both may be."""
    assert _told(title, strike("South"), claim(8, place=None), places=(SOUTH,))[0] == []
    assert _told(title, strike())[0] == []
    assert _told(title, strike(), claim(8))[0] == ["tocsin.strike.reported"]


@pytest.mark.parametrize(
    "title",
    [
        "Nine dead as fire breaks out in Ford flats",
        "Nine killed as army jet crashes into flats at Ford",
        "Nine dead in stampede at Ford market",
        "Mob sets fire to shrine at Ford",
    ],
)
def test_where_nobody_was_armed_there_is_no_attack(title: str) -> None:
    """R3: an accident or a mob is not of the war, even in a land at war."""
    told, desk = _told(title, strike(kind="ground", attacker=None), claim(9))
    assert told == []
    assert "not_conflict" in desk.silences()


@pytest.mark.parametrize(
    "title",
    [
        "Nine dead as fire breaks out in Ford flats after missile strike",
        "Nine killed as helicopter crashes at Ford, rebels say they shot it",
        "Mob and soldiers kill nine at Ford",
    ],
)
def test_arms_in_the_title_make_it_one(title: str) -> None:
    """R2: a fire that a missile lit is an attack."""
    assert _told(title, strike(), claim(9))[0] == ["tocsin.strike.reported"]


def test_a_protest_is_of_the_war_only_by_a_shot_or_a_death() -> None:
    """R2, R3: gas and stones wound; lethal force is conflict."""
    hurt = claim(12, indicator="wounded")
    title = "Police use tear gas as protesters reach palace in Ford"
    assert _told(title, hurt)[0] == []
    assert len(_told(title, hurt, text="Witnesses heard gunfire.")[0]) == 1
    assert len(_told(title, hurt, claim(2, id="c2"))[0]) == 1


def test_the_toll_of_an_attack_that_was_told_goes_on_in_an_account() -> None:
    """R14: a survivor's report with a higher toll still raises it."""
    desk = Desk()
    desk.tell("a", at(1), strike(), claim(9), title="Missile kills nine at Ford")
    more = claim(15, claimant="Southern hospital")
    (alert,) = desk.tell("b", at(1, 16), more, title="Survivors tell of missile on Ford")
    assert alert["data"]["changes"][0]["reason"] == "raised"


def test_a_protest_at_a_town_at_peace_names_the_same_reason() -> None:
    """The reason is that of a report which is not about armed conflict."""
    told, desk = _told(
        "Protesters clash with palace staff in Ford", strike(attacker=None), places=(FORD,)
    )
    assert (told, desk.silences()) == ([], ["not_conflict"])


def test_the_account_of_one_death_is_no_first_word_of_it() -> None:
    """R4: whose husband it was is known long after; several dead of a town may be news."""
    title = "Woman describes killing of her husband at Ford"
    assert _told(title, claim(1))[0] == []
    assert len(_told(title, claim(6))[0]) == 1


@pytest.mark.parametrize("title", ["Opinion: Why they want a truce", "Winter at Ford - podcast"])
def test_who_thinks_about_a_truce_takes_it_no_step(title: str) -> None:
    """R25: nor is one rejected by the words that introduce a podcast."""
    told, desk = _told(title, truce("rejected"))
    assert (told, desk.silences()) == ([], ["historical"])
    assert _told("No truce, says the North", truce("rejected"))[0] == ["tocsin.ceasefire.changed"]


@pytest.mark.parametrize(
    "title",
    [
        "Pirates seize 15 sailors off Ford",
        "Cattle rustlers kill nine near Ford",
        "Ford university shooting: nine dead",
        "Gunman kills nine at Ford University",
    ],
)
def test_a_crime_in_a_land_at_war_is_a_crime(title: str) -> None:
    """R19: armed, and no party of the war; where a party is named it is of the war."""
    told, desk = _told(title, strike(attacker=None), claim(9))
    assert told == []
    assert "not_conflict" in desk.silences()
    assert _told(title, strike(), claim(9))[0] == ["tocsin.strike.reported"]


@pytest.mark.parametrize(
    "title",
    [
        "Police kill gunman who attacked Ford barracks",
        "Shells hit the court of Ford",
        "Nine killed by new weapon at Ford",
        "Rebels offer to pay fighters as Ford is shelled",
    ],
)
def test_words_of_a_trial_or_a_price_alone_make_no_past(title: str) -> None:
    """R2: an attack is told although its title speaks of a court, a gunman or pay."""
    assert _told(title, strike(), claim(9))[0] != []


def test_what_a_day_long_ago_is_looked_back_at_is_the_past() -> None:
    """R4: a day of its own keeps an attack in the news only while it is one of these."""
    title = "New details emerge of the shelling of Ford"
    assert _told(title, strike(when="2031-02-20"))[0] == []
    assert len(_told(title, strike(when="2031-02-28"))[0]) == 1


@pytest.mark.parametrize(
    "title",
    ["Analysis: why the North shelled Ford", "Ford shelled - opinion", "Diary of a Ford baker"],
)
def test_views_and_diaries_are_no_news_whatever_day_they_name(title: str) -> None:
    """R4: who weighs an attack of yesterday tells of one that is known."""
    assert _told(title, strike(when="2031-03-01"), claim(9))[0] == []


@pytest.mark.parametrize(("dead", "alerts"), [(1, 0), (9, 1)])
def test_a_visit_inside_is_no_attack_without_a_toll(dead: int, alerts: int) -> None:
    """R4: "inside the battery that shells Ford" portrays it; nine dead are told all the same."""
    assert len(_told("Inside the battery shelling Ford", strike(), claim(dead))[0]) == alerts
