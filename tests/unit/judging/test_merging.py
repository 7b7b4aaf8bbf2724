"""Two stories that turn out to be one: the younger goes on in the older, and that is said once."""

from __future__ import annotations

from typing import Any

import pytest
from tests.unit.judging.desk import Desk, at, claim, strike

from tocsin.judging.merging import absorb

SHELLS = strike(kind="artillery")
ROCKETS = strike(kind="missile")
BOTH = strike(kind="other", when="2031-03-01")


def _two_stories(desk: Desk) -> tuple[dict[str, Any], dict[str, Any]]:
    """Shells and rockets on one town on one day: perhaps the same, so both are told."""
    (first,) = desk.tell("a", at(1, 8), SHELLS, claim(12))
    (second,) = desk.tell("b", at(1, 9), ROCKETS, claim(15))
    assert first["correlationid"] != second["correlationid"]
    assert second["data"]["possibly"] == first["correlationid"]
    return first, second


def test_a_report_of_both_merges_the_younger_into_the_older() -> None:
    """R24: it is said in the younger's thread, names its alert, and stirs nobody."""
    desk = Desk()
    first, second = _two_stories(desk)
    (merged,) = desk.tell("c", at(1, 12), BOTH, claim(15))
    assert merged["type"] == "tocsin.story.merged"
    assert merged["correlationid"] == second["correlationid"]
    assert merged["causationid"] == second["id"]
    assert merged["severitynumber"] == second["severitynumber"]
    (change,) = merged["data"]["changes"]
    assert (change["from"], change["to"]) == (second["correlationid"], first["correlationid"])
    assert not merged["data"]["loud"]


def test_what_the_younger_told_counts_as_told_of_the_older() -> None:
    """R23: the next figure is measured from the highest that either told, in the older's thread."""
    desk = Desk()
    first, _ = _two_stories(desk)
    desk.tell("c", at(1, 12), BOTH, claim(15))
    assert desk.tell("d", at(1, 13), BOTH, claim(15), publisher="Other") == []
    (raised,) = desk.tell("e", at(1, 14), BOTH, claim(21))
    assert raised["subject"] == f"story/{first['correlationid']}/killed"
    assert raised["data"]["changes"][0]["delta"] == 6


def test_an_edit_of_the_youngers_report_goes_on_in_the_older() -> None:
    """R13: nothing joins a story that has been merged, not even its own report."""
    desk = Desk()
    first, _ = _two_stories(desk)
    desk.tell("c", at(1, 12), BOTH, claim(15))
    (raised,) = desk.tell("b", at(1, 15), ROCKETS, claim(24), version="sha256:second")
    assert raised["correlationid"] == first["correlationid"]


def test_it_is_said_once_and_under_one_id() -> None:
    """R25: the same report judged twice merges under the same id, and a later one says no more."""
    desk = Desk()
    _two_stories(desk)
    (again,) = desk.tell("x", at(1, 11), strike("Mill", when="2031-03-01"), claim(3, place="Mill"))
    assert again["type"] == "tocsin.strike.reported"
    (one,) = desk.tell("c", at(1, 12), BOTH, claim(15))
    assert one["type"] == "tocsin.story.merged"
    assert desk.tell("d", at(1, 13), BOTH, claim(15)) == []


@pytest.mark.parametrize(
    "third",
    [strike(kind="other"), strike("Mill", kind="other", when="2031-03-01")],
    ids=["no day and no large figure of theirs", "another town"],
)
def test_less_than_a_shared_day_or_toll_merges_nothing(third: object) -> None:
    """R24: in doubt two stories stay two."""
    desk = Desk()
    _two_stories(desk)
    events = desk.tell("c", at(1, 12), third, claim(2))
    assert "tocsin.story.merged" not in {event["type"] for event in events}


def test_two_attackers_stay_two_stories() -> None:
    """R24: what is known of two stories must not speak against their being one."""
    desk = Desk()
    assert len(desk.tell("a", at(1, 8), SHELLS, claim(12))) == 1
    assert len(desk.tell("b", at(1, 9), strike(attacker="South"), claim(15))) == 1
    events = desk.tell("c", at(1, 12), strike(kind="other", attacker=None, when="2031-03-01"))
    assert events == []


def test_the_merged_story_has_what_either_knew_of_it() -> None:
    """R24: the title that tells of it and what was hit, whichever story had them."""
    desk = Desk()
    passing = strike(kind="artillery", field="text", when="2031-03-01")
    desk.tell("a", at(1, 8), passing, claim(12, field="text"), title="Your morning briefing")
    desk.tell("b", at(1, 9), ROCKETS, claim(19), title="Rockets hit school in Ford")
    older, younger = sorted(desk.stories.values(), key=lambda one: one.founded)
    joined = absorb(older, younger)
    assert joined.title == "Rockets hit school in Ford"
    assert joined.titled
    assert joined.targets == ("school",)


def test_four_dead_and_twenty_are_two_attacks() -> None:
    """R24: two attacks on one town in two days stay two when a report speaks of both."""
    desk = Desk()
    desk.tell("a", at(1, 8), SHELLS, claim(4))
    desk.tell("b", at(1, 9), ROCKETS, claim(19))
    events = desk.tell("c", at(1, 12), BOTH, claim(19))
    assert "tocsin.story.merged" not in [event["type"] for event in events]
