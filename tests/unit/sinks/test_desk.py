"""The desk of a sink for people."""

from __future__ import annotations

from datetime import timedelta

from tests.unit.sinks.examples import NOW, parcel

from tocsin.sinks.desk import Decision, Manners, decide
from tocsin.sinks.message import Message, words
from tocsin.sinks.parcel import Parcel
from tocsin.sinks.standing import Told, after, told_from

MANNERS = Manners()
MINUTES = timedelta(minutes=1)


def _lines(decision: Decision) -> list[str]:
    return [line.parcel.id for line in decision.send.lines] if decision.send else []


def _told(*parcels: Parcel, minutes_ago: float) -> dict[str, Told]:
    """What stands told after these were sent, each as a message of its own."""
    told: dict[str, Told] = {}
    for one in parcels:
        decision = decide([one], {}, MANNERS, NOW)
        assert decision.send is not None
        story = str(one.event["correlationid"])
        at = NOW - minutes_ago * MINUTES
        told[story] = after(told.get(story), decision.send, story, at)
    return told


def test_nothing_waits_nothing_is_told() -> None:
    """An empty desk decides nothing."""
    assert decide([], {}, MANNERS, NOW) == Decision()


def test_a_report_is_one_message_with_the_gravest_first() -> None:
    """Alerts of one report are lines of one message, also of several stories (R23)."""
    low = parcel("a1", report="r", level="low", story="series-1")
    grave = parcel("a2", report="r", level="critical", story="s1")
    middle = parcel("a3", report="r", level="medium", story="s2", loud=False)
    decision = decide([low, grave, middle], {}, MANNERS, NOW)
    assert sorted(_lines(decision)) == ["a1", "a2", "a3"]
    assert _lines(decision)[0] == "a2"
    assert decision.hold == ()


def test_two_stories_are_two_messages_the_graver_first() -> None:
    """The second waits for the pace, and is decided on again."""
    one, two = parcel("a1", story="s1", level="medium"), parcel("a2", story="s2", level="high")
    decision = decide([one, two], {}, MANNERS, NOW)
    assert _lines(decision) == ["a2"]
    [held] = decision.hold
    assert (held.parcel.id, held.reason, held.until) == ("a1", "pace", NOW + MANNERS.pace)


def test_a_story_rests_for_its_cooldown() -> None:
    """The next of it is held until the cooldown's end."""
    told = _told(parcel("a1", killed=(None, 14)), minutes_ago=10)
    decision = decide([parcel("a2", killed=(14, 19))], told, MANNERS, NOW)
    assert decision.send is None
    [held] = decision.hold
    assert (held.reason, held.until) == ("cooldown", NOW + 20 * MINUTES)


def test_what_was_held_is_told_as_one_counted_from_what_was_told() -> None:
    """14 was told; 19 and 21 were held: one message says 14 → 21 (R23)."""
    told = _told(parcel("a1", killed=(None, 14)), minutes_ago=31)
    waiting = [
        parcel("a2", killed=(14, 19), taken=-20 * MINUTES, due=timedelta(0)),
        parcel("a3", killed=(19, 21), taken=-10 * MINUTES, due=timedelta(0)),
    ]
    decision = decide(waiting, told, MANNERS, NOW)
    assert decision.send is not None
    assert decision.send.occasion == "held"
    assert _lines(decision) == ["a3"]
    assert decision.send.folded == ("a2",)
    assert decision.send.lines[0].since == "14 → 21, +7 since last told here"


def test_what_no_longer_differs_is_not_told() -> None:
    """14 → 19 → 14 within one cooldown: nothing to tell at its end (R23)."""
    told = _told(parcel("a1", killed=(None, 14)), minutes_ago=31)
    waiting = [
        parcel("a2", killed=(14, 19), taken=-20 * MINUTES, due=timedelta(0)),
        parcel("a3", killed=(19, 14), taken=-10 * MINUTES, due=timedelta(0)),
    ]
    decision = decide(waiting, told, MANNERS, NOW)
    assert decision.send is None
    assert {one.parcel.id for one in decision.drop} == {"a2", "a3"}
    assert {one.reason for one in decision.drop} == {"no_longer_differs"}


def test_a_change_back_that_was_told_in_between_is_told() -> None:
    """15 → 17 → 15 with a rest between each: every one differs from what was last told (R25)."""
    told = _told(parcel("a1", killed=(15, 17)), minutes_ago=40)
    decision = decide([parcel("a2", killed=(17, 15))], told, MANNERS, NOW)
    assert _lines(decision) == ["a2"]


def test_the_graver_breaks_through_and_takes_the_held_along() -> None:
    """A lesser alert's cooldown never holds back a graver one (R16)."""
    told = _told(parcel("a1", level="medium", killed=(None, 4)), minutes_ago=5)
    held = parcel("a2", level="medium", killed=(4, 5), taken=-2 * MINUTES, due=25 * MINUTES)
    grave = parcel("a3", level="critical", killed=(5, 60))
    decision = decide([held, grave], told, MANNERS, NOW)
    assert _lines(decision) == ["a3"]
    assert decision.send is not None
    assert decision.send.folded == ("a2",)


def test_an_equally_grave_one_is_held() -> None:
    """Only what is graver than what was told breaks through."""
    told = _told(parcel("a1", level="high"), minutes_ago=5)
    assert decide([parcel("a2", level="high")], told, MANNERS, NOW).send is None


def test_a_correction_knows_no_cooldown() -> None:
    """Corrected and retracted are told at once (R27)."""
    told = _told(parcel("a1", killed=(None, 41)), minutes_ago=1)
    for kind in ("tocsin.alert.corrected", "tocsin.alert.retracted"):
        fixed = parcel("a2", type=kind, killed=(41, 14), causationid="a1")
        assert _lines(decide([fixed], told, MANNERS, NOW)) == ["a2"]


def test_what_is_corrected_while_it_waits_is_not_told_as_it_was() -> None:
    """The correction stands for it; what is taken back unsaid is not told at all (R27)."""
    told = _told(parcel("a1", killed=(None, 4)), minutes_ago=5)
    held = parcel("a2", killed=(4, 41), taken=-2 * MINUTES, due=25 * MINUTES)
    fixed = parcel("a3", type="tocsin.alert.corrected", killed=(41, 14), causationid="a2")
    decision = decide([held, fixed], told, MANNERS, NOW)
    assert _lines(decision) == ["a3"]
    assert decision.send is not None
    assert decision.send.folded == ("a2",)
    gone = parcel("a4", type="tocsin.alert.retracted", causationid="a2")
    decision = decide([held, gone], told, MANNERS, NOW)
    assert decision.send is None
    assert {one.parcel.id for one in decision.drop} == {"a2", "a4"}


def test_a_quiet_change_waits_for_its_story() -> None:
    """It is held for the digest, and goes along when its story speaks."""
    quiet = parcel("a1", story="s1", loud=False, subject="story/s1/wounded")
    alone = decide([quiet], {}, MANNERS, NOW)
    assert alone.send is None
    assert [(one.reason, one.until) for one in alone.hold] == [("quiet", NOW + MANNERS.digest)]
    together = decide([quiet, parcel("a2", story="s1")], {}, MANNERS, NOW)
    assert _lines(together) == ["a1", "a2"]


def test_quiet_changes_are_gathered_into_one_digest() -> None:
    """When the first has waited long enough, all quiet ones are told in one message."""
    old = parcel("a1", story="s1", loud=False, taken=-MANNERS.digest)
    young = parcel("a2", story="s2", loud=False, taken=-MINUTES)
    decision = decide([old, young], {}, MANNERS, NOW)
    assert decision.send is not None
    assert decision.send.occasion == "digest"
    assert sorted(_lines(decision)) == ["a1", "a2"]


def test_after_an_outage_one_message_catches_up() -> None:
    """Corrections first, then each story once at its newest; the rest is listed by id (D13)."""
    waiting = [
        parcel("a1", story="s1", level="high", killed=(None, 4)),
        parcel("a2", story="s1", level="high", killed=(4, 9)),
        parcel("a3", story="s2", level="critical"),
        parcel("a4", story="s3", type="tocsin.alert.corrected", level="medium"),
    ]
    down = NOW - 31 * MINUTES
    decision = decide(waiting, {}, MANNERS, NOW, down_since=down)
    assert decision.send is not None
    assert decision.send.occasion == "catch_up"
    assert _lines(decision) == ["a4", "a3", "a2"]
    assert decision.send.folded == ("a1",)
    assert decide(waiting, {}, MANNERS, NOW, down_since=NOW - 29 * MINUTES).hold != ()


def test_operators_alerts_and_notes_never_rest() -> None:
    """They speak of the service: a second one is told at once."""
    told = _told(parcel("a1", story="theatre/x/note", type="tocsin.note"), minutes_ago=1)
    again = parcel("a2", story="theatre/x/note", type="tocsin.note", loud=False)
    assert _lines(decide([again], told, MANNERS, NOW)) == ["a2"]


def test_a_replay_is_told_whatever_was_told_before() -> None:
    """An operator asked for it."""
    told = _told(parcel("a1", killed=(None, 14)), minutes_ago=1)
    again = parcel("a1", killed=(None, 14), replayed=True)
    assert _lines(decide([again], told, MANNERS, NOW)) == ["a1"]


def test_a_strikes_first_toll_counts_as_told() -> None:
    """The figure that came with the strike is what the next change is measured from."""
    kind = "tocsin.strike.reported"
    strike = parcel("a1", subject="story/s1/strike", type=kind, killed=(None, 4))
    [told] = _told(strike, minutes_ago=31).values()
    message = decide([parcel("a2", killed=(6, 9))], {"s1": told}, MANNERS, NOW).send
    assert isinstance(message, Message)
    assert message.lines[0].since == "4 → 9, +5 since last told here"


def test_what_stands_told_survives_being_kept() -> None:
    """It is the same after a round through the store."""
    [told] = _told(parcel("a1", killed=(None, 14)), minutes_ago=1).values()
    assert told_from(told.to_json()) == told


def test_after_a_downtime_each_story_is_told_once_at_its_newest_and_marked_late() -> None:
    """R17: what came in while nobody looked waits until no more comes, then it is one message."""
    late = {"data": {"late": True}}
    waiting = [
        parcel("a1", killed=(None, 14), **late),
        parcel("a2", killed=(14, 21), taken=timedelta(seconds=20), **late),
        parcel("a3", story="s2", level="critical", killed=(None, 60), **late),
    ]
    early = decide(waiting, {}, Manners(), NOW + timedelta(seconds=30))
    assert early.send is None
    assert {hold.reason for hold in early.hold} == {"downtime"}
    assert {hold.until for hold in early.hold} == {NOW + timedelta(seconds=80)}
    told = decide(waiting, {}, Manners(), NOW + timedelta(seconds=80)).send
    assert told is not None
    assert told.occasion == "downtime"
    assert [line.parcel.id for line in told.lines] == ["a3", "a2"]
    assert told.folded == ("a1",)
    assert words(told).title.startswith("Late, from while we did not look: ")


def test_what_comes_now_does_not_wait_for_what_was_late() -> None:
    """R17: a fresh change of a story takes the late ones along; an endless trickle ends."""
    late = {"data": {"late": True}}
    mixed = [
        parcel("a1", killed=(None, 14), **late),
        parcel("a2", killed=(14, 21), taken=timedelta(seconds=5)),
    ]
    told = decide(mixed, {}, Manners(), NOW + timedelta(seconds=5)).send
    assert told is not None
    assert (told.occasion, told.lead.id) == ("alert", "a2")
    trickle = [
        parcel(f"a{minute}", story=f"s{minute}", taken=timedelta(minutes=minute), **late)
        for minute in range(6)
    ]
    assert decide(trickle, {}, Manners(), NOW + timedelta(minutes=5)).send is not None
