"""What is kept and not told: crime outside every theatre, and figures told in passing."""

from __future__ import annotations

import pytest
from tests.unit.judging.desk import Desk, at, claim, strike, total

from tocsin.reading.facts import Place

LAND = Place("Erewhon", "country", "ER", 40.0, -60.0)
PORT = Place("Port Erewhon", "town", "ER", 41.0, -61.0)


def _elsewhere(desk: Desk, *facts: object, name: str = "a", **more: object) -> list[object]:
    return list(desk.tell(name, at(1), *facts, theatre=None, places=(LAND, PORT), **more))


@pytest.mark.parametrize(
    "attacker", [None, "gunman", "unidentified masked gunmen", "police", "Erewhon"], ids=str
)
def test_a_shooting_outside_every_theatre_is_a_crime(attacker: str | None) -> None:
    """R3: neither the attack nor its toll is told where nobody armed but "gunmen" is named."""
    desk = Desk()
    shot = strike("Port Erewhon", kind="ground", attacker=attacker, when="2031-03-01")
    assert _elsewhere(desk, shot, claim(4, place="Port Erewhon")) == []
    assert desk.silences().count("unspecific") == 2


@pytest.mark.parametrize(
    "attack",
    [
        strike("Port Erewhon", kind="ground", attacker="Free Erewhon Front"),
        strike("Port Erewhon", kind="ground", attacker="suspected insurgents"),
        strike("Port Erewhon", kind="drone", attacker=None),
        strike("Port Erewhon", kind="bombing", attacker=None),
    ],
    ids=["a named group", "insurgents", "a weapon of war", "a bomb"],
)
def test_an_attack_of_war_outside_every_theatre_is_told(attack: object) -> None:
    """R2: an armed group or a weapon of war is enough; no theatre need know the place."""
    (alert,) = _elsewhere(Desk(), attack, claim(4, place="Port Erewhon"))
    assert alert["type"] == "tocsin.strike.reported"  # type: ignore[index]


def test_arms_that_are_only_spoken_of_are_no_attack() -> None:
    """Outside every theatre a missile of nobody's, on no day and with no toll, is talk of arms."""
    desk = Desk()
    assert _elsewhere(desk, strike("Port Erewhon", kind="missile", attacker=None)) == []
    assert "unspecific" in desk.silences()


def test_a_bomb_that_is_nowhere_is_not_told() -> None:
    """A bombing that names neither place nor group, outside every theatre, is history or crime."""
    nowhere = strike("", kind="bombing", attacker=None)
    assert Desk().tell("a", at(1), nowhere, theatre=None, places=()) == []


def test_the_toll_of_an_attack_that_was_told_goes_on_outside_every_theatre() -> None:
    """R14: a rise is told of a known attack although its own report names nobody."""
    desk = Desk()
    bomb = strike("Port Erewhon", kind="bombing", attacker=None)
    _elsewhere(desk, bomb, claim(4, place="Port Erewhon"))
    (alert,) = _elsewhere(desk, claim(9, place="Port Erewhon"), name="b")
    assert alert["data"]["changes"][0]["reason"] == "raised"  # type: ignore[index]


def test_a_flight_outside_every_theatre_is_no_crime() -> None:
    """People who fled are told of anywhere: only deeds of crime look like those of war."""
    desk = Desk()
    _elsewhere(desk, claim(9000, indicator="displaced", place="Port Erewhon"))
    assert "unspecific" not in desk.silences()


def test_a_figure_in_passing_is_background() -> None:
    """R4: of no attack, of nobody's saying, further down in a report of something else."""
    desk = Desk()
    aside = claim(7, field="text", start=310)
    assert desk.tell("a", at(1), aside, title="Parliament debates the budget") == []
    assert "unspecific" in desk.silences()


@pytest.mark.parametrize(
    "facts",
    [
        (claim(7),),
        (claim(7, field="text", claimant="Southern hospital"),),
        (claim(7, field="text"), strike()),
    ],
    ids=["headed by it", "somebody is named", "beside an attack"],
)
def test_a_figure_with_a_voice_an_attack_or_a_headline_is_told(facts: tuple[object, ...]) -> None:
    """R1: one of the three is enough."""
    assert len(Desk().tell("a", at(1), *facts, title="Seven dead at Ford")) == 1


def test_a_figure_that_an_edit_moves_is_no_background() -> None:
    """R13: what its own report corrects upwards is what that report is about."""
    desk = Desk()
    title = "Sides meet for talks"
    assert desk.tell("a", at(1), claim(35, field="text"), title=title) == []
    more = claim(38, field="text")
    (alert,) = desk.tell("a", at(1, 16), more, title=title, version="sha256:second")
    assert alert["type"] == "tocsin.figure.changed"


def test_a_running_total_of_no_war_that_is_followed_is_named() -> None:
    """R19: it is kept for a reason, as all else is."""
    desk = Desk()
    assert _elsewhere(desk, total(4_000)) == []
    assert desk.silences() == ["unspecific"]


def test_what_is_kept_in_passing_stands_so_in_the_ledger() -> None:
    """An entry's reason is the verdict's own."""
    desk = Desk()
    aside = claim(7, field="text", start=310)
    desk.tell("a", at(1), aside, title="Parliament debates the budget")
    assert [entry.reason for entry in desk.verdicts[-1].entries] == ["unspecific"]


@pytest.mark.parametrize(("attacker", "told"), [("Ruritania", 1), (None, 0)])
def test_a_land_that_fires_at_another_starts_a_war(attacker: str | None, told: int) -> None:
    """R2: no war is followed there yet, and neither town nor figure is known."""
    fired = strike("Erewhon", kind="missile", attacker=attacker, when=None)
    alerts = _elsewhere(Desk(), fired, title="Missiles fired at Erewhon")
    assert len(alerts) == told
