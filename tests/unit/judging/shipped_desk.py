"""What the shipped rules tell of one title, read as it is."""

from __future__ import annotations

from datetime import UTC, datetime

from tests.accuracy.own_set import lexicon
from tests.unit.judging.desk import Desk

from tocsin.reading.read import read
from tocsin.reading.report import Report
from tocsin.shelf.rules import load_rulebook
from tocsin.shelf.shipped import rules_home

_WHEN = datetime(2026, 3, 2, 12, tzinfo=UTC)


def lines_of(title: str) -> list[str]:
    """The headlines of the alerts that one title raises on an empty ledger."""
    rulebook = load_rulebook([rules_home()])
    assert not isinstance(rulebook, list), rulebook
    report = Report(
        id="r", title=title, guid="r", feed="f", publisher="p", version="v", published=_WHEN
    )
    events = Desk(rulebook=rulebook).hear(report, read(report, lexicon()))
    return [event["data"]["headline"] for event in events]
