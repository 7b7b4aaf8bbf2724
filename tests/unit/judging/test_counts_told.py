"""Of the dead it is said how many were at work for others (R9, H18)."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from tests.accuracy.own_set import lexicon
from tests.unit.judging.desk import Desk

from tocsin.reading.read import read
from tocsin.reading.report import Report
from tocsin.shelf.rules import load_rulebook
from tocsin.shelf.shipped import rules_home


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
    rulebook = load_rulebook([rules_home()])
    assert not isinstance(rulebook, list)
    when = datetime(2026, 3, 2, 12, tzinfo=UTC)
    report = Report(
        id="r", title=title, guid="r", feed="f", publisher="p", version="v", published=when
    )
    events = Desk(rulebook=rulebook).hear(report, read(report, lexicon()))
    lines = [event["data"]["headline"] for event in events]
    assert len(lines) == 1
    assert ("of them" in lines[0]) is bool(told)
    assert told in lines[0]
