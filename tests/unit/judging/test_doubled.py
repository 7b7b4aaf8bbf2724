"""One figure read once as an attack's and once as a war's, and titles that come again."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from tests.unit.judging.desk import RULEBOOK, Desk, at, claim, total

from tocsin.judging.rulebook import KeywordCondition, Rule, SeverityStep


def test_a_total_told_an_hour_ago_is_no_incident() -> None:
    """R13: 34 soldiers, told as the ministry's count, are no 34 further ones."""
    desk = Desk()
    assert len(desk.tell("a", at(1, 8), total(34), title="34 soldiers hurt")) == 1
    assert desk.tell("b", at(1, 9), claim(34, victims="soldiers")) == []
    assert "corroborated" in desk.silences()
    assert len(desk.tell("c", at(1, 10), claim(35, victims="soldiers", place="Mill"))) == 1


def test_an_incident_told_before_is_no_running_total() -> None:
    """R13: what an attack cost comes again as "since Sunday": known, unlike a higher count."""
    desk = Desk()
    assert len(desk.tell("a", at(1, 8), claim(34))) == 1
    people = {"victims": "people", "place": "Ford"}
    assert _told_of(desk.tell("b", at(1, 9), claim(34), total(34, **people))) == []
    assert _told_of(desk.tell("c", at(1, 10), total(50, **people))) == ["theatre"]


def test_a_few_are_no_figure_to_know_an_attack_by() -> None:
    """R13: three dead are told of too many attacks."""
    desk = Desk()
    desk.tell("a", at(1, 8), total(3))
    assert len(desk.tell("b", at(1, 9), claim(3))) == 1


def test_days_later_the_same_number_is_another() -> None:
    """R13: a total is remembered for two days as the figure that was told."""
    desk = Desk()
    desk.tell("a", at(1, 8), total(34))
    assert len(desk.tell("b", at(4, 8), claim(34))) == 1


def test_a_total_below_what_one_attack_cost_is_none() -> None:
    """R13: "120 were killed there … more than 100" is one count, told twice."""
    desk = Desk()
    alerts = desk.tell("a", at(1, 8), claim(120), total(100, victims="people"))
    assert _told_of(alerts) == ["story"]


def test_a_title_is_told_once_by_a_rule_of_words() -> None:
    """R20: the same headline of two outlets is one alert, and after two days another."""
    words = Rule("words", "Words", KeywordCondition(any=("captured",)), (SeverityStep("low"),))
    desk = Desk(replace(RULEBOOK, rules=(words,)))
    title = "Mill captured by the North"
    assert len(desk.tell("a", at(1, 8), title=title)) == 1
    assert desk.tell("b", at(1, 12), title="Mill  captured by the North") == []
    assert "reprint" in desk.silences()
    assert len(desk.tell("c", at(1, 13), title="Ford captured by the North")) == 1
    assert len(desk.tell("d", at(4, 8), title=title)) == 1


def _told_of(alerts: list[dict[str, Any]]) -> list[str]:
    """What each alert is about: a story, or a theatre."""
    return [alert["subject"].partition("/")[0] for alert in alerts]
