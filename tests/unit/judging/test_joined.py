"""Figures that one verb tells are one toll."""

from __future__ import annotations

import pytest
from tests.accuracy.own_set import parse, reading_of
from tests.unit.judging.desk import Desk, at, claim

from tocsin.judging.joined import tolls


def _dead(text: str) -> list[tuple[int | None, str]]:
    item = parse(f"{text} => c", "here")
    return [
        (one.value, one.victims)
        for one in tolls(reading_of(item).claims)
        if one.indicator == "killed" and one.part_of is None
    ]


@pytest.mark.parametrize(
    ("text", "dead"),
    [
        ("Two villagers and a soldier were killed by a rocket", [(3, "people")]),
        ("Shelling killed the driver and two passengers", [(3, "people")]),
        ("Five children and four adults were killed by a missile", [(9, "people")]),
        ("Two guards, two cooks and a driver were killed in a raid", [(5, "people")]),
        ("Gunmen kill two guards, one driver", [(3, "people")]),
        ("Osten: policeman and two guards shot dead", [(3, "people")]),
    ],
)
def test_who_died_together_is_one_toll(text: str, dead: list[tuple[int, str]]) -> None:
    """R5: a sum told in pieces is the sum, of the kind that holds them all."""
    assert _dead(text) == dead


@pytest.mark.parametrize(
    ("text", "dead"),
    [
        ("Gunmen killed two soldiers and a civilian", [(2, "soldiers"), (1, "civilians")]),
        ("Six aid workers and two farmers were killed", [(6, "aid workers"), (2, "people")]),
        ("Three people, a man, his wife and their son, were killed", [(3, "people")]),
        ("Nine people, among them a guard and his wife, were killed", [(9, "people")]),
        ("Five people, two children killed in shelling", [(5, "people"), (2, "children")]),
        ("Two guards were killed in Ford and three died in Port", [(2, "people"), (3, "people")]),
    ],
    ids=["unlike", "asked for by name", "who they were", "a part", "some", "two places"],
)
def test_what_does_not_add_up_stays_apart(text: str, dead: list[tuple[int, str]]) -> None:
    """R5: soldiers beside civilians, those a rule asks for by name, and a total's own people."""
    assert _dead(text)[: len(dead)] == dead


def test_an_incident_is_told_with_all_its_dead() -> None:
    """R5, R23: one figure is told of both, under the id of the first, and no second one."""
    desk = Desk()
    facts = claim(2, joined=("c1",)), claim(1, victims="soldiers", joined=("c0",))
    (alert,) = desk.tell("a", at(1), *facts)
    assert [one["to"]["value"] for one in alert["data"]["changes"]] == [3]


@pytest.mark.parametrize(
    ("text", "bound"),
    [
        ("The bomb killed the reporter and two other guests", "at_least"),
        ("The bomb killed two guests", "exact"),
    ],
)
def test_two_others_are_at_least_two(text: str, bound: str) -> None:
    """R5: whoever died besides them is not in their number."""
    item = parse(f"{text} => c", "here")
    (two,) = (one for one in tolls(reading_of(item).claims) if one.value == 2)
    assert two.bound == bound
