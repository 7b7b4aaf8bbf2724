"""A truce's line names whose it is where the report does, or the war is one of two (R12)."""

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
    ("title", "line"),
    [
        ("Air strikes on Idlib kill 21 despite ceasefire", "Ceasefire violated: Syria"),
        ("Ukraine truce takes effect at midnight", "Ceasefire agreed: Russia–Ukraine"),
        ("Israel and Hamas agree to Gaza ceasefire", "Ceasefire agreed: Hamas–Israel"),
    ],
)
def test_a_party_that_nobody_names_is_not_named(title: str, line: str) -> None:
    """Whose truce it is may follow from the war, and is no word of the report."""
    rulebook = load_rulebook([rules_home()])
    assert not isinstance(rulebook, list)
    when = datetime(2026, 3, 2, 12, tzinfo=UTC)
    report = Report(
        id="r", title=title, guid="r", feed="f", publisher="p", version="v", published=when
    )
    events = Desk(rulebook=rulebook).hear(report, read(report, lexicon()))
    assert line in [event["data"]["headline"] for event in events]


def test_two_who_accuse_each_other_accuse_nobody_together() -> None:
    """The word is neither a joint one nor one of them alone (R4)."""
    rulebook = load_rulebook([rules_home()])
    assert not isinstance(rulebook, list)
    when = datetime(2026, 3, 2, 12, tzinfo=UTC)
    title = "Armenia and Azerbaijan accuse each other of shelling Stepanakert"
    report = Report(
        id="r", title=title, guid="r", feed="f", publisher="p", version="v", published=when
    )
    (event,) = Desk(rulebook=rulebook).hear(report, read(report, lexicon()))
    assert event["data"]["headline"].endswith(", as Armenia and Azerbaijan accuse each other")
