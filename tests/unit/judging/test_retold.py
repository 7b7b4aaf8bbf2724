"""An attack told before in other words: what came after it, and the figures that were given."""

from __future__ import annotations

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
    ],
)
def test_what_is_said_of_an_attack_afterwards_is_no_new_one(title: str) -> None:
    """R24: a title of what came after, without a figure, a day after an attack at the place."""
    desk = Desk()
    assert len(desk.tell("a", at(1), strike())) == 1
    assert desk.tell("b", at(2, 6), strike(), title=title) == []
    assert "stale_repeat" in desk.silences()


@pytest.mark.parametrize(
    ("title", "facts", "day"),
    [
        ("Ford shelled again", (strike(),), 2),
        ("Grief at Ford after shelling of the market", (strike(), claim(7)), 2),
        ("Grief at Ford after shelling of the market", (strike(),), 6),
        ("Grief at Ford after shelling of the market", (strike(attacker="South"),), 2),
        ("Grief at Mill after shelling of the market", (strike("Mill"),), 2),
    ],
    ids=["no such title", "a figure", "days later", "another attacker", "another place"],
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
