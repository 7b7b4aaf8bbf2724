"""Where a figure's people were: near a place, in several, in many."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from tests.accuracy.own_set import lexicon

from tocsin.reading.read import read
from tocsin.reading.report import Report


@pytest.mark.parametrize(
    ("title", "text", "place", "told"),
    [
        ("Rockets kill six near Kharkiv", "", "Kharkiv", "near Kharkiv"),
        ("Rockets kill six in Kharkiv", "", "Kharkiv", None),
        ("Rockets on Kharkiv and other cities kill six", "", "Kharkiv", "Kharkiv and other cities"),
        (
            "Rockets on Kharkiv and other targets kill six",
            "",
            "Kharkiv",
            "Kharkiv and other targets",
        ),
        ("Six killed in strikes on Kharkiv and Odesa", "", "Kharkiv", "Kharkiv and Odesa"),
        ("Six killed in Kharkiv and four in Odesa", "", "Kharkiv", None),
        ("Air strike in Ukraine kills six", "Six people were killed in Izium.", "Izium", None),
        (
            "Missiles rain on Kharkiv",
            "Six people were killed in cities across Ukraine.",
            "Kharkiv",
            "Ukraine",
        ),
        (
            "Missiles rain on Kharkiv",
            "Six people were killed, and sirens were heard across Ukraine.",
            "Kharkiv",
            None,
        ),
    ],
)
def test_a_figure_of_several_places_is_not_told_of_one(
    title: str, text: str, place: str, told: str | None
) -> None:
    """The place it is known by, and how its text has it where it is not just that place."""
    report = Report(id="a", title=title, summary=text, published=datetime(2026, 3, 2, tzinfo=UTC))
    claim = read(report, lexicon()).claims[0]
    assert (claim.place, claim.whereabouts) == (place, told)
