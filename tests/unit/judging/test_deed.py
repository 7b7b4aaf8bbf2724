"""What an attack is called in a headline."""

from __future__ import annotations

from dataclasses import replace

import pytest
from tests.unit.judging.desk import strike

from tocsin.judging.deed import deed_of


@pytest.mark.parametrize(
    ("quote", "name"),
    [
        ("Troops shoot dead three marchers in Mandalay", "Shooting"),
        ("Man shot dead by police in Hebron after stabbing", "Shooting"),
        ("Two officers stabbed in Brussels", "Stabbing"),
        ("Junta executes four captives", "Execution"),
        ("Gunmen kidnap nine pupils near Kaduna", "Abduction"),
        ("Troops shoot dead three in raid on Hebron", "Attack"),
        ("Helicopter shot down, two soldiers shot", "Attack"),
        ("Two men stabbed and one shot in Hebron", "Attack"),
    ],
)
def test_a_deed_without_a_weapon_of_war_is_called_by_its_own_word(quote: str, name: str) -> None:
    """R24: a shooting is told as one, unless its sentence tells of more."""
    assert deed_of(replace(strike(), kind="ground", quote=quote)) == (
        name,
        "on" if name == "Attack" else "in",
    )


def test_a_meeting_without_arms_is_an_incident() -> None:
    """R24: soldiers who came to blows fought no battle."""
    met = replace(strike(), kind="ground", clash=True)
    assert deed_of(replace(met, quote="Soldiers of both armies hurt in brawl"))[0] == "Incident"
    assert deed_of(replace(met, quote="Soldiers of both armies hurt in clash"))[0] == "Clashes"


def test_aircraft_that_were_shot_down_are_no_attack_on_the_place_below() -> None:
    """R24: what was shot down is told, and over which place."""
    assert deed_of(replace(strike(), downed=True)) == ("Aircraft shot down", "over")
    assert deed_of(replace(strike(), kind="drone", downed=True)) == ("Drone shot down", "over")


def test_who_only_came_to_harm_was_not_attacked_in_so_many_words() -> None:
    """R24: that it was an attack nobody says."""
    assert deed_of(replace(strike(), bare=True)) == ("Casualties", "in")
