"""Relevance: what is about armed conflict, what only sounds like it."""

from __future__ import annotations

import pytest

from tocsin.reading.read import read, read_war
from tocsin.reading.report import Report
from tocsin.shelf.lexicon import load_lexicon
from tocsin.shelf.shipped import rules_home

LEXICON = load_lexicon(rules_home())


@pytest.mark.parametrize(
    "title",
    [
        "Airstrike on wedding party kills 40, villagers say",
        "Missile hits shopping centre in Kremenchuk, killing shoppers",
        "Militants attack music festival near border, killing 260",
        "Army consolidating gains after days of fighting around the town",
    ],
)
def test_war_is_read_whatever_it_hits(title: str) -> None:
    """R2: a wedding, a shopping centre or a festival does not hide a war."""
    assert read(Report(id="r", title=title), LEXICON).conflict


@pytest.mark.parametrize(
    "title",
    [
        "Nurses' strikes spread as pay talks stall",
        "Lightning strikes kill nine farmers during monsoon storms",
        "Striker's late double sinks rivals in cup final",
        "Bombshell memoir shakes the royal family",
        "Sequel is a box-office bomb for the studio",
        "Truce in trade war lifts markets",
        "Organisers call for an Olympic truce at the opening ceremony",
        "Earthquake kills 120 in mountain villages",
        "Bus plunges into ravine, killing 31 passengers",
    ],
)
def test_what_only_sounds_like_war_is_none(title: str) -> None:
    """R2, R3: labour, weather, sport, gossip, trade and disasters have no strike and no truce."""
    reading = read(Report(id="r", title=title), LEXICON)
    assert not reading.strikes
    assert not reading.ceasefire


@pytest.mark.parametrize(
    "title",
    [
        "Overcrowded ferry sinks on Niger river, 33 dead",
        "Bus plunges off mountain road in Kashmir, 12 pilgrims killed",
        "At least 19 killed in stampede at Sanaa charity event",
        "Landslide buries miners in eastern Congo",
        "Pakistan train crash kills 65",
        "Measles outbreak kills 30 children in Somalia",
        "Blaze at Kabul market kills eight shopkeepers",
    ],
)
def test_an_accident_in_a_land_at_war_is_an_accident(title: str) -> None:
    """R3: who dies of an accident, a disaster or a disease does not die of the war around it."""
    reading = read(Report(id="r", title=title), LEXICON)
    assert not reading.conflict
    assert not reading.strikes


def test_the_decision_says_why() -> None:
    """The strongest words and topics stand in `because`."""
    reading = read(Report(id="r", title="Rebels shell town near Goma, army says"), LEXICON)
    assert reading.conflict
    assert reading.because


@pytest.mark.parametrize(
    ("title", "genre"),
    [
        ("Ukraine war live: drones over Kyiv as talks begin", "live"),
        ("Explainer: why is there fighting in Sudan?", "explainer"),
        ("What we know about the blast in Kabul", "explainer"),
        ("Valley war round-up: city falls and talks open", "explainer"),
        ("Drones hit Kyiv as talks begin", "news"),
    ],
)
def test_the_kind_of_page(title: str, genre: str) -> None:
    """R13: live pages and explainers are told apart, so that they are never loud."""
    assert read(Report(id="r", title=title), LEXICON).genre == genre


def test_judging_is_spared_the_figures_of_no_war() -> None:
    """R2: a crash has its figures for who asks; of a war judging is given all that is read."""
    crash = Report(id="r", title="Bus plunges into ravine, killing 31 passengers")
    assert (len(read(crash, LEXICON).claims), read_war(crash, LEXICON).claims) == (1, ())
    raid = Report(id="r", title="Airstrike kills 31 villagers, army says")
    assert read(raid, LEXICON) == read_war(raid, LEXICON)
