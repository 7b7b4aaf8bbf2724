"""What follows an alert: taken back, confirmed by a second origin, and what is no confirmation."""

from __future__ import annotations

from dataclasses import replace

from tests.unit.judging.desk import INCIDENTS, RULEBOOK, STRIKES, Desk, at, claim, strike

from tocsin.judging.origins import independent

_TEXT = "The mayor said that 21 people were killed at the market"
_QUOTE = "people were killed at the market"


def confirming() -> Desk:
    """A desk whose rules ask for a confirmation by two origins."""
    rules = (replace(STRIKES, confirm=2), replace(INCIDENTS, confirm=2))
    return Desk(replace(RULEBOOK, rules=rules))


def test_a_figure_that_its_report_no_longer_gives_is_retracted() -> None:
    """R13, R27: the sentence stands, the figure is gone, and nobody else supports it."""
    desk = Desk()
    (first,) = desk.tell("a", at(1), claim(21, quote=_QUOTE), text=_TEXT)
    changed = "The mayor said that people were killed at the market"
    (gone,) = desk.tell("a", at(1), text=changed, version="sha256:2")
    assert gone["type"] == "tocsin.alert.retracted"
    assert gone["causationid"] == first["id"]
    assert gone["severitynumber"] >= first["severitynumber"]
    assert gone["data"]["loud"]
    assert desk.tell("a", at(1), text=changed, version="sha256:3") == []
    (again,) = desk.tell("b", at(1, 14), claim(21))
    assert again["data"]["changes"][0]["reason"] == "first_report"


def test_a_figure_that_another_report_supports_is_not_taken_back() -> None:
    """R13: what somebody else says too stands."""
    desk = Desk()
    desk.tell("a", at(1), claim(21, quote=_QUOTE), text=_TEXT)
    desk.tell("b", at(1, 13), claim(21), publisher="Other")
    changed = "The mayor said that people were killed at the market"
    assert desk.tell("a", at(1), text=changed, version="sha256:2") == []


def test_a_rewritten_lead_takes_nothing_back() -> None:
    """R13: other words about something else are no correction."""
    desk = Desk()
    desk.tell("a", at(1), claim(21, quote=_QUOTE), text=_TEXT)
    assert desk.tell("a", at(1), text="Talks begin on Monday", version="sha256:2") == []


def test_a_report_of_no_war_any_more_takes_nothing_back_by_its_silence() -> None:
    """R13: no figures are read in it, and the one that was told may well stand there still."""
    desk = Desk()
    desk.tell("a", at(1), claim(21, quote=_QUOTE), text=_TEXT)
    assert desk.tell("a", at(1), text=_TEXT, version="sha256:2", conflict=False) == []


def test_a_second_independent_origin_confirms_once() -> None:
    """R14: another newsroom with another voice confirms; reprints and the same family do not."""
    desk = confirming()
    (first,) = desk.tell("a", at(1), strike(), claim(9))
    assert desk.tell("b", at(1, 13), strike(), claim(9), publisher="The Evening") == []
    (second,) = desk.tell("c", at(1, 13), strike(), claim(9), publisher="Other")
    assert second["type"] == "tocsin.story.confirmed"
    assert second["causationid"] == first["id"]
    assert not second["data"]["loud"]
    assert desk.tell("d", at(1, 14), strike(), claim(9), publisher="A third") == []


def test_a_story_is_called_by_the_first_title_that_tells_of_it() -> None:
    """R14: a confirmation names what happened, and not the briefing that had it in passing."""
    desk = confirming()
    passing = strike(field="text"), claim(9, field="text")
    desk.tell("a", at(1), *passing, title="Your morning briefing")
    (second,) = desk.tell(
        "b", at(1, 13), strike(), claim(9), title="Missile hits Ford", publisher="Other"
    )
    assert second["data"]["headline"] == "Confirmed by 2 independent origins: Missile hits Ford"


def test_twelve_reprints_of_one_ministry_are_one_origin() -> None:
    """R14: newsrooms that quote one voice are one origin, and so are voices in one newsroom."""
    desk = confirming()
    said = claim(9, claimant="Southern defence ministry")
    wave = strike(claimant="Southern defence ministry")
    desk.tell("a", at(1), wave, said)
    for number in range(12):
        assert desk.tell(f"b{number}", at(1, 13), wave, said, publisher=f"P{number}") == []
    assert independent(("x|m", "y|m", "z|m")) == 1
    assert independent(("x|m", "x|n")) == 1
    assert independent(("x|m", "y|n")) == 2
