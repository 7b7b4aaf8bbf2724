"""Figures against what was told: first, raised, lowered, silent, folded, late."""

from __future__ import annotations

from dataclasses import replace

import pytest
from tests.unit.judging.desk import FORD, INCIDENTS, RULEBOOK, Desk, at, claim, strike, told, total

from tocsin.judging.rulebook import Comparison, SeverityStep
from tocsin.reading.facts import Claim


def changes(event: dict) -> list[tuple[str, str, int | None]]:
    """Reason, indicator and delta of each change of an event."""
    return [(one["reason"], one["indicator"], one["delta"]) for one in event["data"]["changes"]]


def test_a_strike_carries_its_first_toll() -> None:
    """R23: the figure of a new strike raises no alert of its own and counts as told."""
    desk = Desk()
    (alert,) = desk.tell("a", at(1), strike(), claim(14), claim(60, indicator="wounded"))
    assert alert["type"] == "tocsin.strike.reported"
    assert alert["severitytext"] == "high"
    assert changes(alert) == [("first_report", "killed", 14), ("first_report", "wounded", 60)]
    assert desk.silences().count("told_with_strike") == 2
    (raised,) = desk.tell("b", at(1, 13), strike(), claim(19), publisher="Other")
    assert raised["type"] == "tocsin.figure.changed"
    assert changes(raised) == [("raised", "killed", 5)]
    assert raised["correlationid"] == alert["correlationid"]


def test_known_is_not_told() -> None:
    """R23: +3, +3, +3 is told when it has moved by what the rule asks, measured from the told."""
    asked = replace(INCIDENTS, when=replace(INCIDENTS.when, delta=Comparison(">=", 7)))
    desk = Desk(replace(RULEBOOK, rules=(asked,)))
    assert len(desk.tell("a", at(1), claim(10))) == 1
    assert desk.tell("b", at(1, 13), claim(13)) == []
    assert "below_delta" in desk.silences()
    assert desk.tell("c", at(1, 14), claim(16)) == []
    (alert,) = desk.tell("d", at(1, 15), claim(19))
    assert changes(alert) == [("raised", "killed", 9)]
    assert alert["data"]["changes"][0]["from"]["value"] == 10


def test_killed_and_wounded_are_one_alert() -> None:
    """R23: its subject is that of the gravest, and every series in it counts as told."""
    desk = Desk()
    (alert,) = desk.tell("a", at(1), claim(30, indicator="wounded"), claim(3))
    assert alert["subject"].endswith("/killed")
    assert [one["indicator"] for one in alert["data"]["changes"]] == ["killed", "wounded"]
    assert desk.tell("b", at(1, 13), claim(30, indicator="wounded"), claim(3)) == []


@pytest.mark.parametrize(
    ("second", "silence"),
    [
        (claim(21), "reprint"),
        (claim(21, claimant="Southern hospital"), "corroborated"),
        (claim(21, victims="civilians"), "corroborated"),
        (claim(5, victims="children"), "corroborated"),
        (claim(20, low=15, high=25, bound="approx"), "rounding_only"),
        (claim(20, high=None, bound="at_least"), "rounding_only"),
    ],
)
def test_the_same_figure_in_other_words_is_kept_quiet(second: object, silence: str) -> None:
    """R14, R15: another voice, narrower victims or a rounder figure is kept and not told."""
    desk = Desk()
    assert len(desk.tell("a", at(1), claim(21))) == 1
    assert desk.tell("b", at(1, 13), second) == []
    assert silence in desk.silences()
    assert len(desk.verdicts[-1].entries) == 1


def test_history_alerts_nobody() -> None:
    """R4: a figure of the past told as background is read, named, and not told."""
    desk = Desk()
    past = claim(30_000, basis="historical")
    assert desk.tell("a", at(1), past) == []
    assert "historical" in desk.silences()


def test_what_is_no_war_alerts_nobody() -> None:
    """R3: the toll of an accident raises nothing."""
    desk = Desk()
    assert desk.tell("a", at(1), claim(12), conflict=False) == []
    assert "not_conflict" in desk.silences()
    assert desk.tell("b", at(1), claim(12, relevant=False)) == []


def test_totals_of_two_claimants_are_two_series() -> None:
    """R14: each claimant's total is its own; one that agrees with what is told is corroborated."""
    desk = Desk()
    (first,) = desk.tell("a", at(1), total(1009))
    assert first["subject"] == "theatre/river-war/killed/soldiers/south-ministry"
    assert desk.tell("b", at(1, 13), total(1009, None)) == []
    assert "corroborated" in desk.silences()
    (second,) = desk.tell("c", at(2), total(1068))
    assert changes(second) == [("raised", "killed", 59)]
    (rival,) = desk.tell("d", at(2, 13), total(3000, "Northern army"))
    assert rival["subject"].endswith("/north-army")


def test_a_counter_that_goes_back_and_forth_has_an_id_for_each_change() -> None:
    """R25: 15 → 17 → 15 → 17 is a first and three changes; judged twice, the same ids."""
    desk = Desk()
    ids = []
    for number, value in enumerate((15, 17, 15, 17)):
        report, reading = told(f"r{number}", at(1, 12 + number), total(value))
        again = [alert.id for alert in desk.judge(report, reading).alerts]
        got = [event["id"] for event in desk.hear(report, reading)]
        assert got == again
        ids += got
    assert len(set(ids)) == len(ids) == 4


def test_a_poll_of_many_entries_is_judged_oldest_first_and_older_ones_are_late() -> None:
    """R28: what is older than what is known is kept as late, and never "lowered"."""
    desk = Desk()
    assert len(desk.tell("new", at(2), total(21))) == 1
    assert desk.tell("old", at(1), total(14)) == []
    assert "late" in desk.silences()
    assert desk.series["theatre/river-war/killed/soldiers/south-ministry"].claim.value == 21


def test_a_claimant_who_says_less_is_lowered() -> None:
    """R13: the same claimant later saying less is a change, and names what it follows."""
    desk = Desk()
    (first,) = desk.tell("a", at(1), total(180))
    (second,) = desk.tell("b", at(2), total(170))
    assert changes(second) == [("lowered", "killed", -10)]
    assert second["data"]["previous"] == first["id"]
    assert second["data"]["revision"] == 2


def test_an_edit_is_compared_with_what_it_said_before() -> None:
    """R13: a figure edited upwards is raised, downwards corrected; rewording is nothing."""
    desk = Desk()
    (first,) = desk.tell("a", at(1), strike(), claim(21))
    assert desk.tell("a", at(1), strike(), claim(21), version="sha256:2", title="Reworded") == []
    (raised,) = desk.tell("a", at(1), strike(), claim(23), version="sha256:3")
    assert (raised["type"], changes(raised)) == (
        "tocsin.figure.changed",
        [("raised", "killed", 2)],
    )
    (less,) = desk.tell("a", at(1), strike(), claim(19), version="sha256:4")
    assert less["type"] == "tocsin.alert.corrected"
    assert less["causationid"] == raised["id"]
    assert less["severitynumber"] >= raised["severitynumber"]
    assert less["data"]["loud"]
    assert first["id"] != raised["id"] != less["id"]


def test_a_part_never_moves_its_total() -> None:
    """R5: five children among 21 people change nothing, also when they come as a new report."""
    desk = Desk()
    (alert,) = desk.tell("a", at(1), claim(21), claim(5, victims="children", part_of="c0"))
    assert changes(alert) == [("first_report", "killed", 21)]


def test_one_aid_worker_is_high() -> None:
    """R22: the level follows who was killed, also where they are a part."""
    desk = Desk()
    (alert,) = desk.tell("a", at(1), claim(2), claim(1, victims="aid workers", part_of="c0"))
    assert alert["severitytext"] == "high"


def test_no_incident_of_ten_dead_ends_below_high() -> None:
    """R22: the level of an incident holds for whatever else changes in it."""
    desk = Desk()
    desk.tell("a", at(1), claim(12))
    (alert,) = desk.tell("b", at(1, 13), claim(40, indicator="wounded"))
    assert alert["severitytext"] == "high"


def test_backlog_is_memory_and_counts_as_told() -> None:
    """R17: the first poll raises nothing, and changes are measured from it."""
    desk = Desk()
    report, reading = told("a", at(1), strike(), claim(14))
    assert desk.hear(report, reading, backlog=True) == []
    assert "backlog" in desk.silences()
    assert desk.tell("b", at(1, 13), strike(), claim(14), publisher="Other") == []
    (alert,) = desk.tell("c", at(1, 14), strike(), claim(19))
    assert changes(alert) == [("raised", "killed", 5)]
    assert alert["data"]["previous"] is None


def test_a_mute_silences_one_thing() -> None:
    """R16: what is muted is named and not told."""
    desk = Desk(mutes=frozenset({"feed"}))
    assert desk.tell("a", at(1), strike(), claim(14)) == []
    assert "muted" in desk.silences()


def test_a_list_of_added_names_does_not_hide_the_total_beside_it() -> None:
    """R4, R23: of one speaker's two totals in one report the fuller is told, rounder or not."""
    desk = Desk()
    desk.tell("a", at(1), total(1_180))
    listed, whole = total(64), total(1_420, high=None, bound="at_least")
    (alert,) = desk.tell("b", at(2), listed, whole)
    assert changes(alert) == [("raised", "killed", 240)]


def test_a_word_that_may_mean_the_number_told_is_no_rise() -> None:
    """R7: after two "many" is nothing new, "dozens" is."""
    desk = Desk()
    desk.tell("a", at(1), claim(2))
    assert desk.tell("b", at(1, 13), claim(low=3, high=None, bound="approx")) == []
    assert "rounding_only" in desk.silences()
    (raised,) = desk.tell("c", at(1, 14), claim(low=24, high=199, bound="approx"))
    assert changes(raised) == [("raised", "killed", 22)]


def test_from_is_told_of_the_same_people_alone() -> None:
    """R23: 13 soldiers are not what seven people became; between two numbers delta is theirs."""
    desk = Desk()
    desk.tell("a", at(1), claim(7))
    (soldiers,) = desk.tell("b", at(1, 13), claim(13, victims="soldiers"))
    assert "→" not in soldiers["data"]["headline"]
    assert "13 soldiers" in soldiers["data"]["headline"]
    rounded = Desk()
    rounded.tell("a", at(1), claim(100, low=50, high=150, bound="approx"))
    (more,) = rounded.tell("b", at(1, 13), claim(230, low=225, high=235, bound="approx"))
    assert changes(more) == [("raised", "killed", 130)]


def test_a_figure_of_no_place_down_a_live_page_may_be_of_any_incident() -> None:
    """R4: it is kept; in the title, at the opening or of a place it is told."""
    down = {"field": "text", "start": 900, "claimant": "the governor"}
    desk = Desk()
    assert (
        desk.tell("a", at(1), claim(9, place=None, **down), genre="live", title="War: live") == []
    )
    assert "unspecific" in desk.silences()
    live = {"genre": "live", "title": "War: live", "places": (FORD,)}
    for name, told_here in {
        "a place": claim(9, **down),
        "the opening": claim(9, place=None, **{**down, "start": 40}),
        "the title": claim(9, place=None, start=0),
    }.items():
        assert Desk().tell(name, at(1), told_here, **live), name
    assert Desk().tell("news", at(1), claim(9, place=None, **down), title="War")


def test_a_figure_of_no_attack_and_no_place_is_kept() -> None:
    """R4: nine dead nobody can say where are told once there is an attack or a place."""
    desk = Desk()
    assert desk.tell("a", at(1), claim(9, place=None), places=()) == []
    assert "unspecific" in desk.silences()
    assert Desk().tell("a", at(1), claim(9, place=None), strike(None), places=())


def test_a_total_first_heard_of_further_down_is_where_things_stand() -> None:
    """R3: it is kept, and told from its next rise on; one in the title is news at once."""
    desk, total = Desk(), {"basis": "cumulative", "claimant": "the ministry", "place": None}
    below = claim(700, field="summary", **total)
    assert desk.tell("a", at(1), below, title="Talks go on") == []
    assert "unspecific" in desk.silences()
    (more,) = desk.tell("b", at(2), claim(760, field="summary", **total), title="Talks go on")
    assert "760 killed" in more["data"]["headline"]
    assert Desk().tell("a", at(1), claim(700, **total), title="700 have died, ministry says")


def test_casualties_are_not_told_as_dead() -> None:
    """R5, R23: "30 casualties" are dead and wounded: the strike is told, and no number of dead."""
    desk = Desk()
    (alert,) = desk.tell("a", at(1), strike(), claim(30, either=True), claim(4, id="c2"))
    assert changes(alert) == [("first_report", "killed", 4)]


def test_the_attackers_dead_are_told_as_such_and_are_no_toll_to_rise() -> None:
    """R5, R23: three bombers shot are no victims, and two who died are not fewer than they."""
    desk = Desk()
    (alert,) = desk.tell("a", at(1), strike(), claim(3, attackers=True))
    assert "3 attackers killed" in alert["data"]["headline"]
    (dead,) = desk.tell("b", at(1, 13), strike(), claim(2), publisher="Other")
    assert changes(dead) == [("first_report", "killed", 2)]
    assert desk.tell("c", at(1, 14), strike(), claim(4, attackers=True)) == []


def test_victims_go_before_attackers() -> None:
    """R5: of two victims and four attackers killed, the two are told."""
    desk = Desk()
    (alert,) = desk.tell("a", at(1), strike(), claim(4, attackers=True), claim(2, id="c2"))
    assert [one["to"]["value"] for one in alert["data"]["changes"]] == [2]


def test_the_hurt_of_other_dead_are_left_out() -> None:
    """R5: 21 of theirs were killed; three of ours were hurt where two of ours had died."""
    desk = Desk()
    theirs = claim(21, side="South", victims="soldiers")
    ours = claim(2, id="c2", side="North", victims="soldiers")
    hurt = claim(3, id="c3", side="North", indicator="wounded")
    (alert,) = desk.tell("a", at(1), strike(attacker=None), ours, theirs, hurt)
    assert ("first_report", "wounded", 3) not in changes(alert)
    assert "unspecific" in desk.silences()
    (both,) = Desk().tell("b", at(1), strike(attacker=None), theirs, hurt)
    assert ("first_report", "wounded", 3) in changes(both)


def test_soldiers_of_the_side_that_struck_are_not_its_toll() -> None:
    """R5: "air strikes after a rocket wounded three of its soldiers": these led to the strikes."""
    desk = Desk()
    hurt = claim(3, side="North", victims="soldiers", indicator="wounded")
    (alert,) = desk.tell("a", at(1), strike(), hurt)
    assert changes(alert) == []
    assert "unspecific" in desk.silences()


def test_two_sides_in_two_places_are_two_events() -> None:
    """R5: four of one side killed in the province, three of the other hurt in the town struck."""
    desk = Desk()
    far = claim(4, side="South", place="Westland")
    here = claim(3, id="c2", side="North", indicator="wounded")
    (alert,) = desk.tell("a", at(1), strike(attacker=None), far, here)
    assert changes(alert) == [("first_report", "wounded", 3)]


def test_who_was_taken_and_killed_is_told_as_killed() -> None:
    """R5: "two who were kidnapped have been killed" are two dead, and nobody is captive."""
    desk = Desk()
    (alert,) = desk.tell("a", at(1), strike(), claim(2), claim(2, id="c2", indicator="captured"))
    assert changes(alert) == [("first_report", "killed", 2)]


def test_children_driven_out_are_not_measured_against_people() -> None:
    """R5: 1.5 million children and 13 million people are no rise."""
    desk = Desk()
    children = total(1500, indicator="displaced", victims="children")
    desk.tell("a", at(1), children)
    alerts = desk.tell("b", at(2), total(13000, indicator="displaced", victims="people"))
    assert all(one["from"] is None for alert in alerts for one in alert["data"]["changes"])


WORKERS = replace(
    INCIDENTS,
    id="workers.attacked",
    when=replace(INCIDENTS.when, victims=("aid workers",)),
    severity=(SeverityStep("critical"),),
)
BOTH_RULES = replace(RULEBOOK, rules=(INCIDENTS, WORKERS))


def test_one_figure_of_one_report_is_told_by_one_rule() -> None:
    """R23: the rule to which it is gravest tells it; to the other it counts as told."""
    desk = Desk(BOTH_RULES)
    (alert,) = desk.tell("a", at(1), claim(2, victims="aid workers"))
    assert alert["data"]["rule"]["id"] == "workers.attacked"
    assert changes(alert) == [("first_report", "killed", 2)]
    assert "told_by_another_rule" in desk.silences()
    assert desk.tell("b", at(1, 13), claim(2, victims="aid workers"), publisher="Other") == []


def test_what_one_rule_alone_tells_goes_with_what_both_tell() -> None:
    """R23: two aid workers killed and nine people wounded in one incident are one alert."""
    desk = Desk(BOTH_RULES)
    (alert,) = desk.tell("a", at(1), claim(2, victims="aid workers"), claim(9, indicator="wounded"))
    assert changes(alert) == [("first_report", "killed", 2), ("first_report", "wounded", 9)]


def test_what_two_rules_tell_of_two_events_is_two() -> None:
    """R23: figures of different events stay apart."""
    desk = Desk(BOTH_RULES)
    two = claim(2, victims="aid workers"), claim(30, place="Mill")
    assert len(desk.tell("a", at(1), *two)) == 2


def test_a_rule_of_another_pack_tells_for_itself() -> None:
    """R23: who wrote a rule of their own hears from it, whatever other packs tell."""
    own = replace(WORKERS, pack="own")
    desk = Desk(replace(RULEBOOK, rules=(INCIDENTS, own)))
    assert len(desk.tell("a", at(1), claim(2, victims="aid workers"))) == 2


def test_one_headline_tells_the_toll_of_one_speaker() -> None:
    """R5: what the other side says of the same dead is kept, and not under the first one's name."""
    desk = Desk()
    ours = claim(2, claimant="Southern defence ministry")
    theirs = claim(40, id="c2", claimant="Northern army")
    (alert,) = desk.tell("a", at(1), strike(), ours, theirs)
    headline = alert["data"]["headline"]
    assert ("2 killed" in headline) != ("40 killed" in headline)


@pytest.mark.parametrize(
    ("before", "told"),
    [
        (claim(low=24, high=199, bound="approx", quote="dozens were killed"), "dozens → 53 (Ford)"),
        (claim(24), "24 → 53 (+29) (Ford)"),
    ],
    ids=["a word", "a number"],
)
def test_a_word_is_no_number_to_add_to(before: Claim, told: str) -> None:
    """R22: from "dozens" to 53 nobody knows by how many; from 24 to 53 it is 29."""
    desk = Desk()
    desk.tell("a", at(1), before)
    (raised,) = desk.tell("b", at(1, 16), claim(53))
    assert raised["data"]["headline"] == f"Killed {told}"
