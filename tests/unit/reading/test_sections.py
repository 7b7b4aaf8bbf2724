"""Where a report turns to something else, nothing of what it told before goes on (R4, R24)."""

from __future__ import annotations

from tests.accuracy.own_set import lexicon

from tocsin.reading.facts import Reading
from tocsin.reading.read import read
from tocsin.reading.report import Report

_RAID = "Ukraine attacked a base near Bryansk with drones, the army said."
_STRIKE = "a Russian missile strike on a camp killed 12 soldiers, the land forces said."


def _reading(text: str) -> Reading:
    return read(Report(id="r", title="Ukraine strikes Bryansk", text=text), lexicon())


def test_an_attack_told_separately_is_another() -> None:
    """Its figures stay with it, and the place of what was told before is not its own."""
    reading = _reading(f"{_RAID} Separately, {_STRIKE}")
    assert [(one.kind, one.place, one.section) for one in reading.strikes] == [
        ("drone", "Bryansk", 0),
        ("missile", None, 1),
    ]
    (dead,) = (one for one in reading.claims if one.indicator == "killed")
    assert (dead.place, dead.section) == (None, 1)


def test_a_report_that_turns_to_nothing_has_one_section() -> None:
    """R4."""
    reading = _reading(f"{_RAID} Later {_STRIKE}")
    assert {one.section for one in reading.claims} == {0}
