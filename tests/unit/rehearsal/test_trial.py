"""A rule's tests: judged by what runs in production, and tested themselves by taking asks away."""

from __future__ import annotations

from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from tocsin.judging.rulebook import (
    AllOf,
    Comparison,
    FigureCondition,
    Rule,
    ScopeCondition,
    SeverityStep,
    StrikeCondition,
)
from tocsin.rehearsal.exam import Results, results_of, sit
from tocsin.rehearsal.report_card import junit
from tocsin.rehearsal.trial import NEVER, without_each_ask

RULE = """\
id: watch.kharkiv
title: Kharkiv in the news
when: {keyword: {any: [Kharkiv], not: [football]}}
severity: low
"""

CASE = """\
  - name: {name}
    reports: {{at: 2024-03-02 08:00, publisher: bbc, title: "{title}"}}
    alerts: {alerts}
"""
TOLD = "[{rule: watch.kharkiv, severity: low, type: keyword.matched}]"
CASES = "tests:\n" + "".join(
    CASE.format(name=f"case {number}", title=title, alerts=alerts)
    for number, (title, alerts) in enumerate(
        [
            ("A quiet day in Kharkiv", TOLD),
            ("Kharkiv opens a theatre", TOLD),
            ("Rain over Kharkiv", TOLD),
            ("Rain over Lviv", "[]"),
            ("Kharkiv football club wins", "[]"),
            ("Nothing at all", "[]"),
        ]
    )
)


def _pack(folder: Path, rule: str = RULE, cases: str = CASES) -> Path:
    (folder / "watch.yaml").write_text(rule, encoding="utf-8")
    (folder / "watch_test.yaml").write_text(cases, encoding="utf-8")
    return folder


def _results(folder: Path) -> Results:
    results = results_of([folder])
    assert isinstance(results, Results), results
    return results


def test_a_rule_with_good_tests_passes(tmp_path: Path) -> None:
    """R20: three cases tell, three stay silent, and one notices that `not` is gone."""
    (mark,) = _results(_pack(tmp_path)).marks
    assert (mark.telling, mark.silent, mark.caught, mark.passed) == (3, 3, ["not"], True)


def test_a_case_that_comes_out_otherwise_fails_with_its_line(tmp_path: Path) -> None:
    """An alert that did not come, one that came unasked, one of another severity."""
    cases = CASES.replace("Rain over Kharkiv", "Rain").replace("Nothing at all", "Kharkiv")
    cases = cases.replace("severity: low", "severity: high", 1)
    (mark,) = _results(_pack(tmp_path, cases=cases)).marks
    first, second, third = (outcome.problems for outcome in mark.failed)
    assert first[0].startswith("line 4: severity is low, not high")
    assert second == ("line 10: the alert did not come",)
    assert third[0].startswith("unexpected: watch.kharkiv low after r1")
    assert sit([tmp_path]) == 1


def test_too_few_tests_fail_a_stable_rule_alone(tmp_path: Path) -> None:
    """A stable rule owes three of each kind and one that notices; an experiment may owe them."""
    few = CASES.replace("Kharkiv football club wins", "Football club wins")
    (mark,) = _results(_pack(tmp_path, cases=few)).marks
    assert mark.lacking == ["no case fails when a condition is taken away"]
    assert not mark.passed
    experiment = RULE + "status: experimental\n"
    assert _results(_pack(tmp_path, rule=experiment, cases=few)).passed


def test_a_rule_without_tests_fails(tmp_path: Path) -> None:
    """A stable rule that nobody tested is named."""
    _pack(tmp_path)
    (tmp_path / "watch_test.yaml").unlink()
    assert [rule.id for rule in _results(tmp_path).untested] == ["watch.kharkiv"]


@pytest.mark.parametrize(
    ("rule", "cases", "said"),
    [
        (RULE.replace("title", "tite"), CASES, "watch.yaml:2: unknown key 'tite'"),
        (RULE, CASES.replace("alerts", "alarms", 1), "unknown key 'alarms'"),
    ],
)
def test_faults_end_with_exit_code_2(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], rule: str, cases: str, said: str
) -> None:
    """R18: a rule or test file with a fault is one clear line, and no test runs."""
    assert sit([_pack(tmp_path, rule, cases)]) == 2
    assert said in capsys.readouterr().err


def test_the_results_as_junit(tmp_path: Path) -> None:
    """A suite a rule, a case a case, failures with what went wrong."""
    results = _results(_pack(tmp_path, cases=CASES.replace("Rain over Kharkiv", "Rain")))
    suite = ET.fromstring(junit(results.marks)).find("testsuite")  # noqa: S314 — our own words
    assert suite is not None
    assert (suite.get("name"), suite.get("tests"), suite.get("failures")) == (
        "watch.kharkiv",
        "6",
        "1",
    )
    failure = suite.find("testcase/failure")
    assert failure is not None
    assert failure.get("message") == "line 10: the alert did not come"


def test_each_ask_is_taken_away_in_turn() -> None:
    """The mutants of a rule: one for each thing it asks."""
    figure = FigureCondition(indicators=("killed",), delta=Comparison(">=", 5))
    rule = Rule(
        id="a.b",
        title="",
        when=AllOf((figure, ScopeCondition(theatres=("ukraine",)))),
        severity=(SeverityStep("low"),),
    )
    mutants = dict(without_each_ask(rule))
    assert list(mutants) == ["indicator", "delta", "basis", "figure", "scope"]
    assert mutants["scope"].when == AllOf((figure,))
    bare = Rule(id="a.c", title="", when=StrikeCondition(), severity=rule.severity)
    assert [(name, mutant.when) for name, mutant in without_each_ask(bare)] == [("when", NEVER)]
