"""Starting, flooding, explaining: the note of a first poll, the cap, the case judged again."""

from __future__ import annotations

from dataclasses import replace

from tests.unit.judging.desk import RULEBOOK, Desk, at, claim, strike, told, total, truce

from tocsin.judging.explain import Case, explain
from tocsin.judging.judge import judge, wanted
from tocsin.judging.standing import standing


def test_a_first_poll_gives_one_note_a_theatre() -> None:
    """R17: truces, totals and stories as they stand, quiet, and the same note if asked again."""
    desk = Desk()
    reports = (
        told("a", at(1), total(604)),
        told("b", at(2), total(673), truce("agreed")),
        told("c", at(3), strike(), claim(14), title="Ford struck"),
    )
    for report, reading in reports:
        assert desk.hear(report, reading, backlog=True) == []
    note = standing("river-war", desk.verdicts, RULEBOOK, at(3))
    assert note is not None
    assert note.event["type"] == "tocsin.note"
    assert note.event["subject"] == "theatre/river-war/note"
    assert not note.event["data"]["loud"]
    lines = "\n".join(note.event["data"]["lines"])
    assert "673" in lines
    assert "604" not in lines
    assert "agreed" in lines
    assert "Ford struck, 14 killed" in lines
    assert standing("river-war", desk.verdicts, RULEBOOK, at(3)) == note
    assert standing("other-war", desk.verdicts, RULEBOOK, at(3)) is None


def test_a_flood_is_capped_and_says_so() -> None:
    """R17: a feed's alerts of one hour end at the cap; the last one says until when."""
    desk = Desk(replace(RULEBOOK, settings={"flood_cap": 3}))
    events = []
    for number in range(6):
        place = f"Town {number}"
        events += desk.tell(f"r{number}", at(1, 12, number), strike(place), places=())
    assert len(events) == 3
    assert [event["data"]["capped_until"] for event in events] == [
        None,
        None,
        "2031-03-01T13:00:00Z",
    ]
    assert "flood_cap" in desk.silences()
    assert len(desk.tell("later", at(1, 14), strike("Elsewhere"), places=())) == 1


def test_a_case_judged_again_gives_the_same_verdict() -> None:
    """R19: with the pinned rules the alert is the same to the letter."""
    desk = Desk()
    desk.tell("a", at(1), strike(), claim(14))
    report, reading = told("b", at(1, 13), strike(), claim(19))
    memory = desk.recall(wanted(report, reading, RULEBOOK))
    verdict = judge(report, reading, memory, RULEBOOK, at(1, 13))
    case = Case(report, reading, memory, at(1, 13), RULEBOOK.digest)
    assert explain(case, RULEBOOK).verdict == verdict
    assert explain(case, RULEBOOK).same_rules
    assert not explain(case, replace(RULEBOOK, digest="sha256:other")).same_rules


def test_a_silence_names_the_condition_that_failed() -> None:
    """R19: a report that did not alert says which condition failed, rule by rule."""
    desk = Desk()
    report, reading = told("a", at(1), total(604))
    memory = desk.recall(wanted(report, reading, RULEBOOK))
    misses = explain(Case(report, reading, memory, at(1), ""), RULEBOOK).misses
    failed = {(miss.rule, miss.reason) for miss in misses}
    assert ("casualties.incident", "figure.basis") in failed
    assert ("strikes.new", "strike") in failed


def test_strange_times_and_figures_are_bounded() -> None:
    """R28: dates in the future, in 1970 or missing, and a figure of 10^12, get a verdict."""
    desk = Desk()
    for number, when in enumerate((at(1).replace(year=2099), at(1).replace(year=1970), None)):
        report, reading = told(f"r{number}", at(1), strike(), claim(10**12))
        report = replace(report, published=when, fetched=at(1))
        verdict = desk.judge(report, reading)
        assert len(verdict.alerts) <= 12
        assert all(entry.said <= at(1) for entry in verdict.entries)
