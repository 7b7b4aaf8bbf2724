"""The words of a headline: figures, names in running text, who says so (R14)."""

from __future__ import annotations

import pytest
from tests.unit.judging.desk import Desk, at, claim, strike, truce

from tocsin.judging.wording import amount, in_text
from tocsin.reading.facts import Place


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ({"value": 1}, "1 killed"),
        ({"value": 20, "victims": "soldiers"}, "20 soldiers killed"),
        ({"value": 1, "victims": "children", "indicator": "wounded"}, "1 child wounded"),
        ({"value": 1, "victims": "aid workers"}, "1 aid worker killed"),
        ({"low": 1, "bound": "at_least", "victims": "women"}, "at least 1 woman killed"),
        ({"value": 6, "victims": "militants", "indicator": "captured"}, "6 militants captured"),
        ({"low": 35, "high": 44, "bound": "approx"}, "35–44 killed"),
        ({"low": 24, "high": 199, "bound": "approx", "quote": "Dozens"}, "dozens killed"),
        (
            {"low": 24, "high": 199, "bound": "approx", "quote": "Dozens feared dead"},
            "dozens feared killed",
        ),
        ({"value": 44, "quote": "Bodies of 44 people"}, "44 found dead"),
        (
            {"low": 24, "bound": "approx", "quote": "dozens", "victims": "soldiers"},
            "dozens of soldiers killed",
        ),
        (
            {"low": 3, "high": 20, "bound": "approx", "quote": "several", "victims": "civilians"},
            "several civilians killed",
        ),
    ],
)
def test_a_figure_reads_as_a_phrase(more: dict[str, object], said: str) -> None:
    """R7: how many of whom, singular and plural, vague words as they were said."""
    assert amount(claim(**more)) == said


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("Officials", "officials"),
        ("Armed men", "armed men"),
        ("Security Forces", "security forces"),
        ("Both sides", "both sides"),
        ("Residents and officials in Mill", "residents and officials in Mill"),
        ("US officials", "US officials"),
        ("Human Rights Watch", "Human Rights Watch"),
        ("State Department", "State Department"),
        ("Mayor Jon Weir", "Mayor Jon Weir"),
        ("North", "North"),
        ("Region’s governor", "the region’s governor"),
    ],
)
def test_only_what_is_nobodys_name_loses_its_capital(name: str, said: str) -> None:
    """R14: "Officials" that opened a sentence is "officials"; names stay as they are written."""
    assert in_text(name) == said


@pytest.mark.parametrize(
    ("given", "said"),
    [
        (strike(), "Missile strike on Ford by North"),
        (strike(claimant="Officials"), "Missile strike on Ford by North, according to officials"),
        (
            strike(claimant="Both sides", stance="accused", attacker=None),
            "Missile strike on Ford, according to an accusation by both sides",
        ),
        (
            strike(claimant="South", stance="accused"),
            "Missile strike on Ford blamed on North by South",
        ),
        (strike(stance="accused"), "Missile strike on Ford blamed on North"),
        (strike(claimant="North", stance="denied"), "Missile strike on Ford by North, denied by"),
        (strike(kind="bombing", attacker=None), "Bombing in Ford"),
        (strike(kind="bombing", attacker=None, blast=True), "Explosion in Ford"),
        (
            strike(kind="bombing", attacker=None, blast=True, quote="Blasts shake Ford"),
            "Explosions in Ford",
        ),
        (strike(kind="bombing", blast=True), "Attack on Ford by North"),
        (strike(suspected=True), "Missile strike on Ford, North suspected"),
        (strike(kind="bombing", blast=True, suspected=True), "Explosion in Ford, North suspected"),
        (strike(kind="ground", attacker=None, clash=True), "Clashes in Ford"),
        (strike(near=True), "Missile strike near Ford by North"),
        (strike(intercepted=True), "Missile strike on Ford by North, intercepted"),
        (strike(kind="artillery", attacker="Militants"), "Shelling of Ford by militants"),
    ],
)
def test_a_strikes_headline_says_who_says_so(given: object, said: str) -> None:
    """R14: fit for one speaker and for many, and an accusation stays one."""
    (event,) = Desk().tell("a", at(1), given)
    assert event["data"]["headline"].startswith(said)


def test_whoever_attacks_in_a_land_need_not_attack_it() -> None:
    """R14: nobody's attack is in a land; a party's is on it."""
    land = Place("Somalia", "country", "SO", 5.0, 46.0)
    given = strike("Somalia", kind="ground", attacker="gunmen")
    (event,) = Desk().tell("a", at(1), given, places=(land,))
    assert event["data"]["headline"] == "Attack in Somalia by gunmen"
    (event,) = Desk().tell("a", at(1), strike("Somalia", kind="ground"), places=(land,))
    assert event["data"]["headline"] == "Attack on Somalia by North"
    given = strike("Somalia", kind="ground", attacker="Somalia's army")
    (event,) = Desk().tell("a", at(1), given, places=(land,))
    assert event["data"]["headline"] == "Attack in Somalia by Somalia's army"


def test_a_bomb_at_a_bridge_is_not_in_it() -> None:
    """A site is struck at, a town in."""
    bridge = Place("Ford bridge", "site", "SO", 10.0, 30.0)
    given = strike("Ford bridge", kind="bombing", attacker=None)
    (event,) = Desk().tell("a", at(1), given, places=(bridge,))
    assert event["data"]["headline"] == "Bombing at Ford bridge"


def test_what_is_near_a_site_is_told_as_near_it() -> None:
    """A place that something is only near to is not where it was."""
    bridge = Place("Ford bridge", "site", "SO", 10.0, 30.0)
    given = strike("Ford bridge", kind="bombing", attacker=None, near=True)
    (event,) = Desk().tell("a", at(1), given, places=(bridge,))
    assert event["data"]["headline"] == "Bombing near Ford bridge"


def test_a_figure_of_several_places_is_told_of_them_all() -> None:
    """R14: as its text has it, whether it stands alone or beside its strike."""
    (figure,) = Desk().tell("a", at(1), claim(4, whereabouts="Ford and other cities"))
    assert figure["data"]["headline"].endswith("4 killed (Ford and other cities)")
    (event,) = Desk().tell("b", at(1), strike(), claim(4, whereabouts="Ford and other cities"))
    told = "Missile strike on Ford and other cities by North: 4 killed"
    assert event["data"]["headline"] == told


def test_one_figure_told_twice_stands_once_in_the_headline() -> None:
    """R23: two voices of one report that say the same are one phrase."""
    tolls = [claim(4), claim(2, indicator="wounded"), claim(2, indicator="wounded", field="text")]
    (event,) = Desk().tell("a", at(1), strike(), *tolls)
    assert event["data"]["headline"] == "Missile strike on Ford by North: 4 killed, 2 wounded"


@pytest.mark.parametrize(
    ("of_strike", "of_figure", "said"),
    [
        ("North", "North", "Missile strike on Ford by North: 4 killed, according to North"),
        ("North", "Medics", "Missile strike on Ford by North: 4 killed, according to medics"),
        ("North", None, "Missile strike on Ford by North, according to North: 4 killed"),
        (None, "Medics", "Missile strike on Ford by North: 4 killed, according to medics"),
    ],
)
def test_who_tells_of_an_attack_is_not_said_to_have_counted(
    of_strike: str | None, of_figure: str | None, said: str
) -> None:
    """R14: an army tells of its strike, a ministry of the dead; each word stands beside its own."""
    given = strike(claimant=of_strike), claim(4, claimant=of_figure)
    (event,) = Desk().tell("a", at(1), *given)
    assert event["data"]["headline"] == said


def test_a_headline_opens_with_a_capital() -> None:
    """A claimant that leads is a sentence's first word; a truce's claimant stands within it."""
    first, *_ = Desk().tell("a", at(1), claim(4, claimant="local police"))
    assert first["data"]["headline"] == "Local police: 4 killed (Ford)"
    broken = truce("violated", claimant="Monitors", violator="Northern army")
    (event,) = Desk().tell("b", at(2), broken)
    assert event["data"]["headline"].endswith(", by Northern army, according to monitors")
