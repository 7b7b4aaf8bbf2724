"""Truces as histories: four truces are four alerts, and one side's word is one side's."""

from __future__ import annotations

import pytest
from tests.unit.judging.desk import Desk, at, strike, truce

from tocsin.reading.facts import Ceasefire


def test_agreed_broken_agreed_again_broken_again() -> None:
    """R25: four changes, four ids; the second truce is the second."""
    desk = Desk()
    steps = [("agreed", 1), ("violated", 2), ("agreed", 8), ("violated", 9)]
    events = [desk.tell(f"r{day}", at(day), truce(status)) for status, day in steps]
    assert [len(one) for one in events] == [1, 1, 1, 1]
    assert len({one[0]["id"] for one in events}) == 4
    assert events[2][0]["data"]["changes"][0]["number"] == 2
    assert events[0][0]["subject"] == "theatre/river-war/ceasefire/north+south"


def test_one_side_never_puts_a_truce_in_effect() -> None:
    """R12: its announcement is its own agreement; with a broker or both sides it is in effect."""
    desk = Desk()
    (first,) = desk.tell("a", at(1), truce("in_effect", claimant="Southern defence ministry"))
    assert first["data"]["changes"][0]["to"] == "agreed"
    assert "one side" in first["data"]["headline"]
    (second,) = desk.tell("b", at(1, 14), truce("in_effect"))
    assert second["data"]["changes"][0]["to"] == "in_effect"


def test_a_restatement_is_kept_quiet() -> None:
    """R14: what is known of a truce is not told again, nor is a step it has left behind."""
    desk = Desk()
    assert len(desk.tell("a", at(1), truce("in_effect"))) == 1
    for number, status in enumerate(("in_effect", "agreed", "proposed")):
        assert desk.tell(f"b{number}", at(1, 13 + number), truce(status)) == []
        assert "corroborated" in desk.silences()


def test_background_does_not_renew_a_broken_truce() -> None:
    """R12: "had agreed", deep in a text, is no new agreement."""
    desk = Desk()
    desk.tell("a", at(1), truce("agreed"))
    desk.tell("b", at(2), truce("violated"))
    past = truce("agreed", field="text", start=900, quote="they had agreed to a truce")
    assert desk.tell("c", at(4), past) == []


def test_an_attack_during_a_truce_in_force_violates_it() -> None:
    """R12: the truce is told as violated, by the one who is said to have attacked."""
    desk = Desk()
    desk.tell("a", at(1), truce("in_effect"))
    events = desk.tell("b", at(2), strike())
    kinds = {event["type"] for event in events}
    assert kinds == {"tocsin.strike.reported", "tocsin.ceasefire.changed"}
    broken = next(event for event in events if event["type"].endswith("ceasefire.changed"))
    assert broken["data"]["changes"][0]["to"] == "violated"
    assert broken["data"]["headline"].startswith(
        "Attack during the ceasefire: North–South, by North"
    )


def test_an_older_report_does_not_turn_a_truce_back() -> None:
    """R28: what was said before the present status is late."""
    desk = Desk()
    desk.tell("a", at(3), truce("violated"))
    assert desk.tell("b", at(1), truce("agreed")) == []
    assert "late" in desk.silences()


def test_a_truce_that_is_only_named_takes_no_step() -> None:
    """R12: what the words do not say moves no truce that is known."""
    desk = Desk()
    assert len(desk.tell("a", at(1), truce("agreed"))) == 1
    assert desk.tell("b", at(2), truce("in_effect", mentioned=True)) == []
    assert "corroborated" in desk.silences()


def test_a_truce_of_one_party_outside_every_theatre_is_not_told() -> None:
    """R12: where no war is known, nobody can tell with whom one party has a truce."""
    desk = Desk()
    lone = truce("proposed", parties=("Erewhon",))
    assert desk.tell("a", at(1), lone, theatre=None) == []
    assert "unspecific" in desk.silences()
    both = truce("proposed", parties=("Erewhon", "Ruritania"))
    assert len(desk.tell("b", at(1), both, theatre=None)) == 1


@pytest.mark.parametrize(
    "passing",
    [
        truce("proposed", field="summary"),
        truce("agreed", field="summary", start=120),
        truce("proposed", mentioned=True),
    ],
    ids=["only proposed", "further down", "only named"],
)
def test_a_truce_told_in_passing_is_not_told(passing: Ceasefire) -> None:
    """R12: news of a truce heads its report, or is the first thing it says."""
    desk = Desk()
    assert desk.tell("a", at(1), passing) == []
    assert "unspecific" in desk.silences()


def test_a_truce_agreed_days_ago_is_in_effect_without_saying() -> None:
    """R14: that it holds is news in a headline, and background in a report of something else."""
    desk = Desk()
    assert len(desk.tell("a", at(1), truce("agreed"))) == 1
    assert desk.tell("b", at(9), truce("in_effect", field="summary")) == []
    assert len(desk.tell("c", at(9, 14), truce("in_effect"))) == 1


def test_a_truce_of_two_strangers_is_not_this_wars() -> None:
    """R12: a party of the war that is named beside two strangers speaks of their truce."""
    desk = Desk()
    theirs = truce("agreed", parties=("Erewhon", "Ruritania", "North"))
    assert desk.tell("a", at(1), theirs) == []


def test_a_truce_first_heard_of_as_broken_was_agreed_and_is_the_next() -> None:
    """R12, R25: what it was before is its own agreement, not how the truce before it ended."""
    desk = Desk()
    desk.tell("a", at(1), truce("agreed"))
    desk.tell("b", at(2), truce("violated"))
    (event,) = desk.tell("c", at(8), truce("violated", ordinal=2))
    (change,) = event["data"]["changes"]
    assert (change["from"], change["to"], change["number"]) == ("agreed", "violated", 2)
    steps = [status for _, status, _ in desk.verdicts[-1].truces[0].history]
    assert steps == ["agreed", "violated", "agreed", "violated"]


def test_a_peace_with_one_of_many_is_not_one_between_chief_enemies() -> None:
    """R12: a peace deal names its parties, where a truce of a war may leave them unsaid."""
    assert Desk().tell("a", at(1), truce("agreed", parties=("South",), peace=True)) == []
    (event,) = Desk().tell("a", at(1), truce("agreed", parties=("North", "South"), peace=True))
    assert event["data"]["headline"] == "Peace deal agreed: North–South"


def test_a_truce_of_one_side_alone_is_told_as_that() -> None:
    """R12: a unilateral truce is announced by one side, and agreed by nobody else."""
    (event,) = Desk().tell("a", at(1), truce("agreed", unilateral=True))
    assert event["data"]["headline"].startswith("Ceasefire announced by one side: ")


def test_a_truce_proposed_weeks_after_one_was_agreed_is_news() -> None:
    """R12: who calls for a truce while one is young repeats it; a month on it is news."""
    desk = Desk()
    desk.tell("a", at(1), truce("agreed"))
    assert desk.tell("b", at(3), truce("proposed")) == []
    (event,) = desk.tell("c", at(28), truce("proposed"))
    assert event["data"]["headline"].startswith("Ceasefire proposed")


def test_who_tells_of_an_own_attack_does_not_say_that_it_broke_a_truce() -> None:
    """R11: the breach follows from the attack; its author claims the attack alone."""

    def headline(claimant: str) -> str:
        desk = Desk()
        desk.tell("a", at(1), truce("in_effect"))
        events = desk.tell("b", at(2), strike(claimant=claimant))
        (broken,) = (one for one in events if one["type"] == "tocsin.ceasefire.changed")
        return str(broken["data"]["headline"])

    assert "according to" not in headline("Northern army")
    assert "Southern defence ministry" in headline("Southern defence ministry")


def test_what_one_side_accepts_is_agreed_when_the_other_does() -> None:
    """R12: two assents are an agreement, told as one; a third says nothing new."""
    desk = Desk()
    alone = truce("agreed", unilateral=True, claimant="Southern")
    (first,) = desk.tell("a", at(1), alone)
    assert first["data"]["headline"].startswith("Ceasefire announced by one side: ")
    assert desk.tell("b", at(1, 14), alone) == []
    (second,) = desk.tell("c", at(1, 16), truce("agreed", unilateral=True, claimant="Northern"))
    assert second["data"]["headline"].startswith("Ceasefire agreed: ")
    assert "(was announced by one side)" in second["data"]["headline"]
    assert desk.tell("d", at(1, 18), truce("agreed")) == []


def test_what_a_side_has_not_accepted_itself_it_can_reject() -> None:
    """R12: its refusal is news, also where another said that both agreed; its own word holds."""
    for alone in (True, False):
        desk = Desk()
        desk.tell("a", at(1), truce("agreed", unilateral=alone, claimant="Southern"))
        assert len(desk.tell("b", at(2), truce("rejected", claimant="Northern"))) == 1
    desk = Desk()
    desk.tell("a", at(1), truce("agreed", claimant="Northern"))
    assert desk.tell("b", at(2), truce("rejected", claimant="Northern")) == []
    assert len(desk.tell("c", at(9), truce("rejected", claimant="Southern"))) == 1
    desk = Desk()
    desk.tell("a", at(1), truce("agreed", claimant="Outsider"))
    assert desk.tell("b", at(9), truce("rejected", claimant="Southern")) == []


def test_what_the_leader_of_one_side_announces_is_announced_by_that_side() -> None:
    """R12: by name he is no party; a mediator who announces one says that both agreed."""
    desk = Desk()
    (one,) = desk.tell("a", at(1), truce("agreed", claimant="Northern"))
    assert one["data"]["headline"].startswith("Ceasefire announced by one side: ")
    desk = Desk()
    (both,) = desk.tell("a", at(1), truce("agreed", claimant="Outsider"))
    assert both["data"]["headline"].startswith("Ceasefire agreed: ")
