"""Whole articles of our own, of true facts, read and judged by the shipped rules in time order.

A file holds reports parted by `===`: `@` its time (UTC), its title, its text, and `=>` the
headline of each alert it must raise; no other is raised. What a first paragraph hides, an article
tells: several events, other wars' totals, denials of something else.
"""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest
from tests.accuracy.own_set import lexicon
from tests.unit.judging.desk import Desk

from tocsin.reading.read import read
from tocsin.reading.report import Report
from tocsin.shelf.rules import load_rulebook
from tocsin.shelf.shipped import rules_home

FOLDER = Path(__file__).parent / "articles"


def reports(path: Path) -> list[tuple[Report, list[str]]]:
    """The reports of a file in order, each with the headlines it must raise."""
    found = []
    told = "\n".join(line for line in path.read_text("utf-8").splitlines() if line[:1] != "#")
    for number, block in enumerate(told.split("\n===\n")):
        stamp, title, *lines = block.strip().splitlines()
        when = datetime.fromisoformat(stamp.removeprefix("@")).replace(tzinfo=UTC)
        wanted = [line.removeprefix("=> ") for line in lines if line.startswith("=> ")]
        text = "\n".join(line for line in lines if not line.startswith("=> "))
        report = Report(
            id=f"r{number}",
            title=title,
            text=text,
            guid=f"r{number}",
            feed="feed",
            publisher=f"publisher-{number}",
            version=f"v{number}",
            published=when,
            fetched=when,
        )
        found.append((report, wanted))
    return found


@pytest.mark.parametrize("path", sorted(FOLDER.glob("*.txt")), ids=lambda path: path.stem)
def test_an_article_raises_what_it_tells(path: Path) -> None:
    """Each event by its own facts, and nothing of what is said beside it (R4, R9, R10, R24)."""
    rulebook = load_rulebook([rules_home()])
    assert not isinstance(rulebook, list), rulebook
    desk = Desk(rulebook=rulebook)
    for report, wanted in reports(path):
        raised = desk.hear(report, read(report, lexicon()))
        assert [event["data"]["headline"] for event in raised] == wanted, report.title
