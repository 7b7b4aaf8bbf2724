"""Which alerts a sink takes."""

from __future__ import annotations

from typing import Any

import pytest
from tests.unit.sinks.examples import parcel

from tocsin.sinks.filter import Filter, refused


@pytest.mark.parametrize(
    ("asked", "alert", "reason"),
    [
        ({}, {}, None),
        ({"severity_min": "high"}, {"level": "medium"}, "severity"),
        ({"severity_min": "high"}, {"level": "critical"}, None),
        ({"rules": ["casualties.*"]}, {}, None),
        ({"rules": ["strikes.*"]}, {}, "rule"),
        ({"theatres": ["river-war"]}, {}, None),
        ({"theatres": ["hill-war"]}, {}, "theatre"),
        ({"types": ["tocsin.figure.*"]}, {}, None),
        ({"types": ["tocsin.ceasefire.*"]}, {}, "type"),
        ({"loud_only": True}, {"loud": False}, "quiet"),
        ({}, {"type": "tocsin.feed.silent"}, "operators_only"),
        ({"audience": "operator"}, {"type": "tocsin.feed.silent"}, None),
        ({"audience": "operator"}, {}, None),
        ({}, {"type": "tocsin.theatre.blind"}, None),
    ],
)
def test_each_condition_has_its_reason(
    asked: dict[str, Any], alert: dict[str, Any], reason: str | None
) -> None:
    """All that is asked must hold; operators' alerts reach a sink only if it asks."""
    assert refused(parcel("a1", **alert), Filter(**asked)) == reason


@pytest.mark.parametrize("source", ["/tocsin/backtest", "/tocsin/demo", "/tocsin/test"])
def test_rehearsals_never_reach_a_production_sink(source: str) -> None:
    """Nor does anything marked as a test; a sink for rehearsals takes them (R30)."""
    staged = parcel("a1", source=source, data={"test": True})
    assert refused(staged, Filter()) == "rehearsal"
    assert refused(staged, Filter(), had_first=True) == "rehearsal"
    assert refused(staged, Filter(), rehearsal=True) is None


def test_who_had_the_first_gets_what_follows_it() -> None:
    """A correction passes a filter that would refuse it today (R27)."""
    fixed = parcel("a2", type="tocsin.alert.corrected", level="low", causationid="a1")
    asked = Filter(severity_min="critical", types=("tocsin.figure.changed",))
    assert refused(fixed, asked) == "severity"
    assert refused(fixed, asked, had_first=True) is None


@pytest.mark.parametrize(
    ("sink", "reason"), [("desk", None), ("other", "other_sink"), ("", "other_sink")]
)
def test_a_note_on_a_sink_is_for_it_alone(sink: str, reason: str | None) -> None:
    """R26: a shift note reaches its sink whatever that asks for, and no other."""
    note = parcel("a1", type="tocsin.note", subject="sink/desk/note", level="low", loud=False)
    grave = Filter(severity_min="critical", types=("tocsin.strike.*",), loud_only=True)
    assert refused(note, grave, sink=sink) == reason
    theatre = parcel("a1", type="tocsin.note", subject="theatre/river-war/note")
    assert refused(theatre, Filter(), sink="other") is None
