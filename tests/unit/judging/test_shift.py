"""Shift notes: when one is due, what it says, and that it is one however often it is asked for."""

from __future__ import annotations

from datetime import time, timedelta

import pytest
from tests.unit.judging.desk import Desk, at, claim, strike

from tocsin.judging.shift import Shift, planned, shift_began, shift_note

HOURS = (time(6), time(18))


@pytest.mark.parametrize(
    ("hour", "minute", "end"),
    [(5, 59, None), (6, 0, 6), (6, 9, 6), (6, 10, None), (18, 5, 18), (23, 0, None)],
)
def test_a_note_is_due_at_its_hour_and_shortly_after(
    hour: int, minute: int, end: int | None
) -> None:
    """R26: what could not be told within ten minutes is left to the next note."""
    found = planned(HOURS, at(3, hour, minute))
    assert found == (None if end is None else at(3, end))
    assert planned((), at(3, hour, minute)) is None


def test_a_shift_began_at_the_hour_before() -> None:
    """R26: across midnight, and a whole day with one hour alone."""
    assert shift_began(HOURS, at(3, 18)) == at(3, 6)
    assert shift_began(HOURS, at(3, 6)) == at(2, 18)
    assert shift_began((time(6),), at(3, 6)) == at(2, 6)


def test_a_note_says_alive_fresh_blind_held_and_open_stories() -> None:
    """R26: stories stand at their newest figures; the same shift is the same alert."""
    desk = Desk()
    desk.tell("a", at(3, 7), strike(), claim(14), title="Ford struck")
    desk.tell("b", at(3, 8), strike(), claim(19), title="More dead in Ford")
    shift = Shift(
        at(3, 6), at(3, 18), fresh=5, feeds=7, blind=[("Hill war", 2, 3)],
        stories=tuple(desk.stories.values()), headlines=["A truce holds"], held=2,
    )  # fmt: skip
    note = shift_note("desk", shift, at(3, 18, 1))
    data = note.event["data"]
    assert data["headline"] == (
        "Shift note, 18:00 UTC: alive, 5 of 7 feeds fresh, blind on 1, 2 told since 06:00"
    )
    assert data["lines"][:2] == [
        "Blind on Hill war (2 of 3)",
        "Held: 2 changes wait for a story's rest or the next digest",
    ]
    assert "19 killed" in data["lines"][2]
    assert data["lines"][3] == "A truce holds"
    assert note.event["subject"] == "sink/desk/note"
    later = Shift(at(3, 6), at(3, 18), fresh=6, feeds=7)
    assert shift_note("desk", later, at(3, 18, 2)).id == note.id
    assert shift_note("other", later, at(3, 18, 2)).id != note.id


def test_a_quiet_shift_says_so_and_a_long_one_ends_in_a_count() -> None:
    """R26: nothing told is said too; what does not fit is counted and not cut."""
    quiet = shift_note("desk", Shift(at(3, 6), at(3, 18), fresh=7, feeds=7), at(3, 18))
    assert quiet.event["data"]["headline"].endswith("blind nowhere, nothing told since 06:00")
    many = tuple(f"Story {number}" for number in range(30))
    long = Shift(at(3), at(3) + timedelta(hours=12), fresh=7, feeds=7, headlines=many)
    lines = shift_note("desk", long, at(3, 18)).event["data"]["lines"]
    assert len(lines) == 12
    assert lines[-1] == "… and 19 more"
