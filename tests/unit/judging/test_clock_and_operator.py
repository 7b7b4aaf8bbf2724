"""Alerts that no report brings: a truce near its planned end, an alert taken back by hand."""

from __future__ import annotations

from datetime import timedelta

from tests.unit.judging.desk import RULEBOOK, Desk, at, claim, strike, truce

from tocsin.judging.planned import ending
from tocsin.judging.retraction import retraction


def test_a_planned_end_is_told_ahead_and_once() -> None:
    """R12: within six hours of its end, with an id from what was planned."""
    desk = Desk()
    (agreed,) = desk.tell("a", at(1), truce("agreed", until="2031-03-02T12:00:00+00:00"))
    truces = desk.truces.values()
    assert list(ending(truces, RULEBOOK, at(1))) == []
    (early,) = ending(truces, RULEBOOK, at(2, 7))
    (later,) = ending(truces, RULEBOOK, at(2, 9))
    assert early.id == later.id != agreed["id"]
    assert early.event["causationid"] == agreed["id"]
    assert "North–South" in early.event["data"]["headline"]
    assert list(ending(truces, RULEBOOK, at(2, 13))) == []
    desk.tell("b", at(2, 8), truce("collapsed"))
    assert list(ending(desk.truces.values(), RULEBOOK, at(2, 9))) == []


def test_a_truce_without_an_end_ends_by_no_clock() -> None:
    """R12: what no report planned is not told; an unreadable end is none."""
    desk = Desk()
    desk.tell("a", at(1), truce("agreed", until="soon"))
    assert list(ending(desk.truces.values(), RULEBOOK, at(1))) == []


def test_an_alert_taken_back_names_what_it_follows() -> None:
    """R27: as severe, loud, with its reason; taken back twice it is the same alert."""
    (event,) = Desk().tell("a", at(1), strike(), claim(14))
    back = retraction(event, "another town was meant", at(1, 13))
    assert back.event["type"] == "tocsin.alert.retracted"
    assert back.event["causationid"] == event["id"]
    assert back.event["severitynumber"] == event["severitynumber"]
    assert back.event["data"]["loud"]
    assert "another town was meant" in back.event["data"]["headline"]
    assert retraction(event, "x", at(2) + timedelta(days=1)).id == back.id
