"""The event of an alert: its shape, its size, what is in its id and what is not."""

from __future__ import annotations

from dataclasses import replace

import orjson
from tests.unit.judging.desk import (
    FORD,
    INCIDENTS,
    RULEBOOK,
    TRUCES,
    Desk,
    at,
    claim,
    strike,
    told,
    truce,
)

from tocsin.judging.alert import LARGEST
from tocsin.judging.rulebook import (
    AllOf,
    KeywordCondition,
    Rule,
    ScopeCondition,
    SeverityStep,
    Site,
)
from tocsin.judging.rulebook import StrikeCondition as Struck


def test_an_alert_is_a_cloud_event_that_says_who_says_so() -> None:
    """R1, R14: evidence with offsets, who claims, who denies, what it follows, in one body."""
    desk = Desk()
    accused = strike(claimant="Southern defence ministry", stance="accused")
    toll = claim(14, claimant="Southern hospital", disputed_by=("North",))
    (event,) = desk.tell("a", at(1), accused, toll, title="Ford struck")
    assert event["specversion"] == "1.0"
    assert (event["severitytext"], event["severitynumber"]) == ("high", 17)
    assert event["time"] == event["recordedtime"] == "2031-03-01T12:00:00Z"
    assert event["subject"] == f"story/{event['correlationid']}/strike"
    data = event["data"]
    assert data["confirmation"]["denied_by"] == ["North"]
    assert data["evidence"][0].keys() == {"field", "start", "end", "quote"}
    assert "14" in data["headline"]
    assert "denied by North" in data["headline"]
    assert orjson.loads(orjson.dumps(event)) == event


def test_an_event_stays_within_its_size() -> None:
    """D21: however long a report's words are, an event has at most 20 kB and is valid JSON."""
    desk = Desk()
    words = "x" * 9_000
    facts = [
        claim(20 - n, claimant=f"{words}{n}", victims=f"group {n}", quote=words) for n in range(9)
    ]
    events = desk.tell("a", at(1), strike(quote=words), *facts, title=words)
    assert events
    assert all(len(orjson.dumps(event)) <= LARGEST for event in events)


def test_severity_rule_version_and_clock_are_not_in_the_id() -> None:
    """R25: the same change judged later, under a reworded rule, is the same alert."""
    reworded = replace(INCIDENTS, title="Other", version="2", severity=(SeverityStep("low"),))
    report, reading = told("a", at(1), claim(14))
    (one,) = Desk().judge(report, reading).alerts
    other_book = replace(RULEBOOK, rules=(reworded,))
    (other,) = Desk(other_book).judge(report, reading, now=at(2)).alerts
    assert one.id == other.id
    assert one.event["severitytext"] != other.event["severitytext"]


def test_a_rule_of_words_alone_matches_once_a_report() -> None:
    """R13: an edit of a report whose words were told is not told again; evidence quotes them."""
    rule = Rule(
        id="words.gas",
        title="Gas",
        when=AllOf((KeywordCondition(any=("mustard gas", "nerve agent*")), ScopeCondition())),
        severity=(SeverityStep("high"),),
    )
    desk = Desk(replace(RULEBOOK, rules=(rule,)))
    (event,) = desk.tell("a", at(1), title="Nerve agents used", conflict=False)
    assert event["type"] == "tocsin.keyword.matched"
    assert event["subject"] == "report/a/keyword"
    assert event["data"]["evidence"][0]["quote"] == "Nerve agents"
    assert desk.tell("a", at(1), title="Nerve agents used!", version="2", conflict=False) == []


def test_the_distance_is_told_and_the_site_is_not() -> None:
    """R31: within 14 km of a site of the user's own; neither its name nor its place is told."""
    near = AllOf((Struck(), ScopeCondition(near_km=14.0, near_sites=("Depot C",))))
    rule = Rule("near", "Near", near, (SeverityStep("high"),))
    sites = (Site("Depot C", 10.05, 30.05), Site("Depot D", 40.0, 40.0))
    desk = Desk(replace(RULEBOOK, rules=(rule,), sites=sites))
    (event,) = desk.tell("a", at(1), strike(), places=(FORD,))
    assert 7 < event["data"]["distance_km"] < 9
    told_of = orjson.dumps(event).decode() + str(desk.verdicts)
    assert "Depot" not in told_of
    assert "10.05" not in told_of
    assert desk.tell("b", at(2), strike("Mill"), publisher="Other") == []


def test_backtests_and_demos_say_so() -> None:
    """R30: the source and the mark of a trial are in the event."""
    report, reading = told("a", at(1), truce("agreed"))
    desk = Desk(replace(RULEBOOK, rules=(TRUCES,)))
    (alert,) = desk.judge(report, reading, source="/tocsin/backtest", test=True).alerts
    assert alert.event["source"] == "/tocsin/backtest"
    assert alert.event["data"]["test"] is True


def test_those_who_were_struck_deny_no_attack() -> None:
    """R10: what they deny is what the attackers say of it."""
    toll = claim(14, claimant="Southern hospital", disputed_by=("Southern army",))
    (alert,) = Desk().tell("a", at(1), strike(attacker="North"), toll)
    assert "denied" not in alert["data"]["headline"]
