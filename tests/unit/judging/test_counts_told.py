"""Of the dead it is said how many were at work for others (R9, H18)."""

from __future__ import annotations

import pytest
from tests.unit.judging.shipped_desk import lines_of


@pytest.mark.parametrize(
    ("title", "told"),
    [
        (
            "Israeli strike on Gaza City kills 20, including five journalists",
            "5 of them journalists",
        ),
        (
            "Shelling of Kherson kills two people, including an aid worker",
            "1 of them an aid worker",
        ),
        ("Shelling of Kherson kills two people, including a child", ""),
    ],
)
def test_who_came_to_help_or_to_report_is_named(title: str, told: str) -> None:
    """Children are in every count; who was there to work is why it is told louder."""
    (line,) = lines_of(title)
    assert ("of them" in line) is bool(told)
    assert told in line
