"""A pack of ten thousand rules: it loads within seconds, judges within one, and floods nobody."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from tests.unit.judging.desk import Desk, at, claim, strike

from tocsin.judging.rulebook import Rulebook
from tocsin.shelf.rules import load_rulebook

RULE = """- id: many.f{file}-r{number}
  title: People killed in one incident
  when:
    figure: {{indicator: [killed, wounded], basis: incident, delta: ">= {number}"}}
    theatre: any
  severity:
    - high: {{killed: ">= 10"}}
    - medium
"""


@pytest.fixture(scope="module")
def many(tmp_path_factory: pytest.TempPathFactory) -> tuple[Rulebook, float]:
    """Ten thousand rules, and the seconds of CPU that loading them took."""
    pack = tmp_path_factory.mktemp("many")
    for file in range(100):
        rules = (RULE.format(file=file, number=number) for number in range(100))
        (pack / f"p{file:03}.yaml").write_text("".join(rules))
    began = time.process_time()
    rulebook = load_rulebook([Path(pack)])
    took = time.process_time() - began
    assert isinstance(rulebook, Rulebook)
    return rulebook, took


def test_ten_thousand_rules_load_within_seconds(many: tuple[Rulebook, float]) -> None:
    """H22: a huge pack costs seconds at start, and not a quarter of a minute."""
    rulebook, took = many
    assert len(rulebook.rules) == 10_000
    assert took < 10


def test_a_report_that_all_of_them_match_is_no_flood(many: tuple[Rulebook, float]) -> None:
    """R17, H22: bounded time; one rule of the pack tells the figure, the rest has its reason."""
    desk = Desk(many[0])
    began = time.process_time()
    events = desk.tell("a", at(1), strike(), claim(120))
    assert time.process_time() - began < 2
    assert len(events) == 1
    assert desk.silences().count("told_by_another_rule") >= 9_999
