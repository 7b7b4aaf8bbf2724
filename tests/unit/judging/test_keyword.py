"""Words, phrases, stems, nearness and patterns, whatever letters they are written in."""

from __future__ import annotations

from dataclasses import replace

import pytest
from tests.unit.judging.desk import RULEBOOK

from tocsin.judging.keyword import Missing, find, fold, search
from tocsin.judging.rulebook import KeywordCondition, Rule, SeverityStep
from tocsin.reading.report import Report


def found(condition: KeywordCondition, title: str, text: str = "") -> list[str] | None:
    """What the condition found in a report, as quotes; None where it does not hold."""
    rule = Rule("r", "R", condition, (SeverityStep("low"),))
    report = Report("a", title=title, text=text)
    hits = search(report, replace(RULEBOOK, rules=(rule,)))
    answer = find(condition, hits)
    if isinstance(answer, Missing):
        return None
    for hit in answer:
        assert report.field(hit.field)[hit.start : hit.end] == hit.quote
    return [hit.quote for hit in answer]


@pytest.mark.parametrize(
    ("word", "title", "quote"),
    [
        ("mustard gas", "Mustard Gas was used", "Mustard Gas"),
        ("shell*", "Shelling resumed", "Shelling"),
        ("shell", "Shelling resumed", None),
        ("gas", "Gasoline is dear", None),
        ("apple", "\u0410\u0440\u0440le grove hit", "\u0410\u0440\u0440le"),
        ("tank 72", "Tank\u00a0７２ seen", "Tank\u00a0７２"),
        ("drones", "“Drones”, he said", "Drones"),
    ],
)
def test_a_word_is_found_as_a_word(word: str, title: str, quote: str | None) -> None:
    """H18, H23: whole words and stems, folded by NFKC, case, look-alikes and any space."""
    expected = None if quote is None else [quote]
    assert found(KeywordCondition(any=(word,)), title) == expected


def test_any_all_none_and_near() -> None:
    """R20: each part must hold, and evidence names what was found."""
    condition = KeywordCondition(any=("dam",), all=("river",), none=("film",))
    assert found(condition, "The river dam was hit") == ["river", "dam"]
    assert found(condition, "A film of the river dam") is None
    assert found(condition, "The dam was hit") is None
    near = KeywordCondition(near=(("hit", "dam", 2),))
    assert found(near, "The dam was hit") == ["dam was hit"]
    assert found(near, "The dam that nobody ever thought of was hit") is None


def test_a_pattern_runs_without_backtracking() -> None:
    """H20: RE2 matches a pattern that would hang a backtracking engine."""
    condition = KeywordCondition(patterns=(r"(a+)+$",))
    assert found(condition, "a" * 50_000 + "b") is None
    assert found(KeywordCondition(patterns=(r"T-\d+",)), "A T-72 burns") == ["T-72"]


def test_ten_thousand_rules_read_a_long_text_once() -> None:
    """H22: the cost of a text does not grow with the number of rules."""
    rules = tuple(
        Rule(f"r{n}", "R", KeywordCondition(any=(f"word{n}",)), (SeverityStep("low"),))
        for n in range(10_000)
    )
    report = Report("a", text="some other words " * 12_000 + " word77")
    hits = search(report, replace(RULEBOOK, rules=rules))
    assert list(hits.found) == ["word77"]


def test_folding_keeps_every_offset() -> None:
    """H19: no letter becomes two, so offsets stay true."""
    text = "\ufdfa ﬁne Straße İstanbul\n"
    assert len(fold(text)) == len(text)
