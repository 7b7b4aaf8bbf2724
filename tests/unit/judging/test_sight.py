"""Whether we see: silence beyond a feed's rhythm, lost shape, theatres gone dark, all told once."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

from tests.unit.judging.desk import RULEBOOK, WAR, at

from tocsin.judging.sight import Watched, blind_theatres, look, sight_wanted

DAY, HOUR = timedelta(days=1), timedelta(hours=1)
DAILY = (20 * 3_600.0,) * 7  # a feed that is silent for 20 hours of each day


def feed(name: str = "wire", **more: Any) -> Watched:
    """A feed of the war that answered and spoke an hour ago."""
    usual = Watched(name, name.title(), at(9), at(9), lulls=DAILY, theatres={WAR.id: at(9)})
    return replace(usual, **more)


class Lookout:
    """Looks again and again, with the marks of what was told."""

    def __init__(self) -> None:
        self.marks: dict[str, str] = {}

    def look(self, *feeds: Watched, day: int = 10) -> list[dict[str, Any]]:
        """The events of one look at noon of a day."""
        wanted = sight_wanted(feeds, RULEBOOK).marks
        known = {mark: said for mark, said in self.marks.items() if mark in wanted}
        verdict = look(feeds, known, RULEBOOK, at(day))
        self.marks |= verdict.marks
        return [alert.event for alert in verdict.alerts]


def test_a_feed_is_silent_beyond_its_own_rhythm_and_told_once() -> None:
    """R21: twice its longest lull, a day at least; the next silence is another notice."""
    lookout = Lookout()
    assert feed(spoke=at(9) - 39 * HOUR).silent_since is None
    late = feed(spoke=at(9) - 41 * HOUR)
    assert late.silent_since == late.spoke
    events = [one for one in lookout.look(late) if one["type"] == "tocsin.feed.silent"]
    assert [event["subject"] for event in events] == ["feed/wire"]
    assert "nothing new since 7 March 19:00 UTC; its rhythm allows 40 hours" in str(events)
    assert lookout.look(late) == []
    lookout.look(feed())
    again = lookout.look(feed(spoke=at(9) - 50 * HOUR))
    assert [event["type"] for event in again][:1] == ["tocsin.feed.silent"]


def test_a_busy_feed_may_be_quiet_for_a_day_and_a_new_one_for_three() -> None:
    """R21: nights are no silence; a rhythm that is not known yet is taken for a slow one."""
    busy = feed(lulls=(600.0,) * 14)
    assert busy.patience == DAY
    assert feed(lulls=(600.0,) * 3).patience == 3 * DAY
    assert feed(lulls=(5 * 86_400.0,) * 2).patience == 10 * DAY


def test_our_own_downtime_is_no_silence() -> None:
    """R21: silence is counted to a feed's last answer; what fails is told as failing instead."""
    assert feed(heard=at(3), spoke=at(3)).silent_since is None
    assert feed(spoke=at(1), failures=5, failing_since=at(8)).silent_since is None


def test_failing_gone_and_misshapen_feeds_are_told_once_an_outage() -> None:
    """F24, R21: each with an id from when it began, so that a second outage is another notice."""
    lookout = Lookout()
    timeout = feed(failures=5, failing_since=at(8), reason="timeout", theatres={})
    states = {
        "tocsin.feed.failing": timeout,
        "tocsin.feed.gone": feed("other", gone=True, failing_since=at(8), theatres={}),
        "tocsin.feed.changed": feed("third", lost=("dates",), misshapen_since=at(8), theatres={}),
    }
    events = lookout.look(*states.values())
    assert [event["type"] for event in events] == list(states)
    assert "Wire fails: timeout, 5 times in a row" in events[0]["data"]["headline"]
    assert "have lost their dates" in events[2]["data"]["headline"]
    assert lookout.look(*states.values()) == []
    second = lookout.look(replace(timeout, failing_since=at(9)))
    assert second[0]["id"] != events[0]["id"]
    assert lookout.look(replace(timeout, failures=4, failing_since=at(10))) == []


def test_a_theatre_is_half_blind_blind_and_seen_again() -> None:
    """R26: half dark is medium, all dark is high, each once; readers also hear that we see."""
    lookout = Lookout()
    one, two = feed("one"), feed("two")
    lost = {"failures": 5, "failing_since": at(9)}

    def told(*feeds: Watched) -> list[tuple[str, str]]:
        events = lookout.look(*feeds)
        return [
            (event["severitytext"], event["data"]["headline"])
            for event in events
            if event["type"] == "tocsin.theatre.blind"
        ]

    assert told(one, two) == []
    half = "Half blind on River war: 1 of 2 feeds fail or are silent: One"
    assert told(replace(one, **lost), two) == [("medium", half)]
    assert told(replace(one, **lost), two) == []
    whole = "Blind on River war: none of its 2 feeds brings anything: One, Two"
    assert told(replace(one, **lost), replace(two, **lost)) == [("high", whole)]
    assert told(replace(one, **lost), two) == []
    assert told(one, two) == [("low", "We see River war again: 2 of 2 feeds bring news")]
    assert told(one, two) == []


def test_replicas_name_one_blindness_alike() -> None:
    """R26, R29: the id is of the moment that made the half, whenever it is looked."""
    lost = [feed(name, failures=5, failing_since=at(day)) for name, day in (("one", 7), ("two", 8))]
    seeing = [feed("three"), feed("four")]
    first = Lookout().look(*lost, *seeing, day=9)
    second = Lookout().look(*reversed(lost), *seeing, day=10)
    assert {event["id"] for event in first} == {event["id"] for event in second}
    assert first[-1]["data"]["theatre"] == WAR.id
    assert first[-1]["correlationid"] == "sight"


def test_only_feeds_that_told_of_a_war_make_us_blind_on_it() -> None:
    """R26: a dead feed that never told of the war, or not for a month, darkens nothing."""
    dead = {"failures": 9, "failing_since": at(9)}
    strangers = [feed(theatres={}, **dead), feed("b", theatres={WAR.id: at(9) - 31 * DAY}, **dead)]
    assert list(blind_theatres([*strangers, feed("c")], RULEBOOK, at(10))) == []
    assert list(blind_theatres([feed("d", **dead)], RULEBOOK, at(10))) == [("River war", 1, 1)]
