"""The reasons for a change of a figure: each named, told or silent as the design's page says."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from tests.unit.judging.desk import INCIDENTS, RULEBOOK, TOTALS, Desk, at, claim, total, truce

from tocsin.judging.rulebook import FigureCondition, Rule, SeverityStep

EVERYTHING = Rule(
    id="all",
    title="Every change",
    when=FigureCondition(
        changes=(
            "first_report",
            "raised",
            "lowered",
            "range_narrowed",
            "claimants_diverge",
            "counter_reset",
            "retroactive_batch",
            "rounding_only",
            "stale_repeat",
        )
    ),
    severity=(SeverityStep("medium", surge=True), SeverityStep("low")),
)
SOUTH, NORTH = "Southern defence ministry", "Northern army"


def reasons(desk: Desk, *reports: tuple[Any, ...], publisher: str = "The Daily") -> list[str]:
    """The reasons told by the last of these reports, one after the other an hour apart."""
    events: list[dict[str, Any]] = []
    for hour, facts in enumerate(reports):
        events = desk.tell(f"r{hour}", at(2, 6 + hour), *facts, publisher=publisher)
    return [change["reason"] for event in events for change in event["data"]["changes"]]


@pytest.mark.parametrize(
    ("reports", "reason"),
    [
        ([(total(604),)], "first_report"),
        ([(total(604),), (total(673),)], "raised"),
        ([(total(604),), (total(600),)], "lowered"),
        ([(total(1612),), (total(1600, low=1550, high=1650, bound="approx"),)], "rounding_only"),
        ([(total(1612),), (total(40),)], "counter_reset"),
        (
            [(total(604, since="2031-01-01"),), (total(590, since="2031-03-01"),)],
            "counter_reset",
        ),
        ([(total(1068),), (total(10_680),)], "digits_suspect"),
        (
            [(total(604),), (total(963), total(61, increment=True), total(298, increment=True))],
            "retroactive_batch",
        ),
        (
            [(total(604), total(900, indicator="wounded")), (total(900),)],
            "conflation_suspect",
        ),
        ([(claim(None, low=35, high=44),), (claim(40),)], "range_narrowed"),
        ([(claim(None, low=24, high=199, bound="approx"),), (claim(35),)], "raised"),
        ([(claim(20, high=None, bound="at_least"),), (claim(38),)], "raised"),
        ([(claim(9, claimant=SOUTH),), (claim(40, claimant=NORTH),)], "claimants_diverge"),
    ],
)
def test_each_change_has_its_reason(reports: list[tuple[Any, ...]], reason: str) -> None:
    """R15, R13: what a figure did is told as what it is."""
    desk = Desk(replace(RULEBOOK, rules=(EVERYTHING,)))
    assert reasons(desk, *reports) == [reason]


def test_a_retroactive_batch_tells_its_new_part() -> None:
    """R15: 359 = 61 new + 298 added is +61."""
    desk = Desk(replace(RULEBOOK, rules=(EVERYTHING,)))
    desk.tell("a", at(1), total(604))
    parts = total(61, increment=True), total(298, increment=True)
    (event,) = desk.tell("b", at(2), total(963), *parts)
    assert event["data"]["changes"][0]["delta"] == 61


def test_a_suspect_is_told_and_marked() -> None:
    """R15: digits that may have slipped are told with a caution, also where no rule names them."""
    desk = Desk(replace(RULEBOOK, rules=(TOTALS,)))
    desk.tell("a", at(1), total(1068))
    (event,) = desk.tell("b", at(2), total(10_680))
    assert event["data"]["changes"][0]["mark"] == "check the digits"
    assert "check the digits" in event["data"]["headline"]


def test_silent_reasons_are_silent_by_default() -> None:
    """R15: resets, roundings and stale repeats are named and not told, unless a rule names them."""
    desk = Desk(replace(RULEBOOK, rules=(TOTALS,)))
    desk.tell("a", at(1), total(1612))
    assert desk.tell("b", at(2), total(40)) == []
    assert "counter_reset" in desk.silences()


def test_an_older_figure_from_another_outlet_is_a_stale_repeat() -> None:
    """R15: 14, then 19, then 14 again in another paper."""
    desk = Desk()
    desk.tell("a", at(1, 8), claim(14))
    desk.tell("b", at(1, 10), claim(19))
    assert desk.tell("c", at(1, 12), claim(14), publisher="Another") == []
    assert "stale_repeat" in desk.silences()


def test_that_two_sides_differ_is_told_once_a_pair() -> None:
    """R14: disjoint intervals of two camps, and never again for the same two."""
    desk = Desk()
    desk.tell("a", at(1, 8), claim(9, claimant=SOUTH))
    (event,) = desk.tell("b", at(1, 9), claim(40, claimant=NORTH))
    assert event["data"]["changes"][0]["reason"] == "claimants_diverge"
    assert desk.tell("c", at(1, 10), claim(40, claimant=NORTH), publisher="Another") == []


def test_that_two_sides_agree_again_is_named_and_silent() -> None:
    """R15: after they diverged, the same figure from the other camp is no news by default."""
    desk = Desk()
    desk.tell("a", at(1, 8), claim(9, claimant=SOUTH))
    desk.tell("b", at(1, 9), claim(40, claimant=NORTH))
    assert desk.tell("c", at(1, 10), claim(9, claimant=NORTH)) == []
    assert "claimants_converge" in desk.silences()


def test_an_entry_says_what_became_of_it() -> None:
    """R19: the ledger keeps why a claim was told or not, and by which alert."""
    desk = Desk()
    (event,) = desk.tell("a", at(1, 8), claim(9), truce("agreed"))[:1]
    figure, step = desk.verdicts[-1].entries
    assert (figure.reason, step.reason, step.status) == ("first_report", "agreed", "agreed")
    assert event["id"] in (figure.alert, step.alert)
    desk.tell("b", at(1, 9), claim(9))
    assert [(one.reason, one.alert) for one in desk.verdicts[-1].entries] == [("reprint", None)]


def test_two_bodies_of_one_camp_do_not_contradict_each_other() -> None:
    """R14: a hospital's lower figure beside its own ministry's is an older one."""
    desk = Desk()
    desk.tell("a", at(1, 8), claim(19, claimant=SOUTH))
    lower = claim(14, claimant="Southern hospital")
    assert desk.tell("b", at(1, 9), lower, publisher="Another") == []
    (event,) = desk.tell("c", at(1, 10), claim(21, claimant="Southern hospital"))
    assert event["data"]["changes"][0]["reason"] == "raised"


def test_milestones_and_surges_are_graver() -> None:
    """R22: a running total is low, medium at a milestone and at three times its usual step."""
    desk = Desk(replace(RULEBOOK, rules=(TOTALS,)))
    levels = {
        value: desk.tell(f"r{day}", at(day), total(value))[0]["severitytext"]
        for day, value in enumerate((400, 430, 460, 510), start=1)
    }
    assert levels == {400: "medium", 430: "low", 460: "low", 510: "medium"}
    surging = Desk(replace(RULEBOOK, rules=(EVERYTHING,)))
    values = (2600, 2610, 2620, 2630, 2640, 2650, 2660, 2700)
    grave = [
        surging.tell(f"s{day}", at(day), total(value))[0]["severitytext"]
        for day, value in enumerate(values, start=1)
    ]
    assert grave[-1] == "medium"
    assert set(grave[1:-1]) == {"low"}


def test_what_is_loud() -> None:
    """R16, R23: loud when first, over a threshold or doubled; else in the stream and quiet."""
    desk = Desk(replace(RULEBOOK, rules=(INCIDENTS,)))
    loud = [
        desk.tell(f"r{hour}", at(1, hour), claim(value))[0]["data"]["loud"]
        for hour, value in enumerate((3, 4, 8, 9, 10, 12))
    ]
    assert loud == [True, False, True, False, True, False]
    live = Desk()
    assert not live.tell("a", at(1), claim(14), genre="live")[0]["data"]["loud"]
