"""The rules' own tests load as cases, with a line for every mistake."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from tocsin.shelf.fault import Fault
from tocsin.shelf.rule_cases import Case, case_files, load_cases, rules_beside

CASES = """\
tests:
  - name: a toll raised
    reports:
      - {at: 2024-03-02 08:00, id: first, publisher: reuters, title: One.}
      - {at: +2h, title: Two., backlog: true}
    alerts:
      - {after: first, severity: high, killed: 4}
  - name: silence
    judged_with: pack
    reports: {at: 2024-03-02, title: Calm.}
    alerts: []
"""


def _write(folder: Path, text: str) -> Path:
    path = folder / "sample_test.yaml"
    path.write_text(text, encoding="utf-8")
    return path


def test_cases_load_with_times_and_lines(tmp_path: Path) -> None:
    """Times are UTC or relative to the report before; an absent id is numbered."""
    first, second = load_cases(_write(tmp_path, CASES))
    assert isinstance(first, Case)
    assert isinstance(second, Case)
    assert [report.fetched for report in first.reports] == [
        datetime(2024, 3, 2, 8, tzinfo=UTC),
        datetime(2024, 3, 2, 10, tzinfo=UTC),
    ]
    assert [report.id for report in first.reports] == ["first", "r2"]
    assert first.backlog == {"r2"}
    assert (first.expected[0].values, first.expected[0].line) == ((("killed", 4),), 7)
    assert (second.pack, second.expected, second.line) == (True, (), 8)


def test_a_mistake_in_a_case_has_its_line(tmp_path: Path) -> None:
    """R18: an unknown level, a bad time, a forgotten key."""
    for old, new, line, what in (
        ("high", "hihg", 7, "'severity' knows no 'hihg'"),
        ("+2h", "later", 3, "'later' is no time"),
        ("    alerts: []\n", "", 8, "the key 'alerts' is missing"),
    ):
        (fault,) = load_cases(_write(tmp_path, CASES.replace(old, new)))
        assert isinstance(fault, Fault)
        assert (fault.line, fault.what) == (line, what)


def test_tests_stand_beside_their_rules(tmp_path: Path) -> None:
    """A folder gives all test files in it, a rule file its own."""
    path = _write(tmp_path, CASES)
    assert list(case_files(tmp_path)) == [path]
    assert list(case_files(tmp_path / "sample.yaml")) == []
    (tmp_path / "sample.yaml").write_text("id: a.b", encoding="utf-8")
    assert list(case_files(tmp_path / "sample.yaml")) == [path]
    assert rules_beside(path) == tmp_path / "sample.yaml"
