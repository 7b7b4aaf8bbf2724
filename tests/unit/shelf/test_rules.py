"""Rules become a rulebook whole, or every fault in them is told with file, line and mend."""

from __future__ import annotations

import json
from datetime import timedelta
from pathlib import Path

import jsonschema
import pytest

from tocsin.judging.rulebook import (
    AllOf,
    AnyOf,
    Comparison,
    FigureCondition,
    KeywordCondition,
    Not,
    Rulebook,
    ScopeCondition,
    SeverityStep,
    Site,
    StrikeCondition,
)
from tocsin.shelf.fault import Fault, Loaded
from tocsin.shelf.rule_schema import SCHEMA_FILE, rendered, rule_schema
from tocsin.shelf.rules import load_rulebook, rule_files
from tocsin.shelf.shipped import rules_home
from tocsin.shelf.yaml_source import load_yaml

RULE = """\
id: pack.sample
title: A sample
when:
  figure: {{indicator: killed, delta: ">= 1"}}
  {scope}
severity: [{{high: {{killed: ">= 10"}}}}, medium]
"""


def _load(folder: Path, *texts: str) -> Rulebook | tuple[Fault, ...]:
    pack = folder / "pack"
    pack.mkdir()
    for index, text in enumerate(texts):
        (pack / f"rule{index}.yaml").write_text(text, encoding="utf-8")
    return load_rulebook([pack])


def _only_fault(result: Rulebook | tuple[Fault, ...]) -> Fault:
    assert isinstance(result, tuple), "the rulebook loaded"
    (fault,) = result
    return fault


def test_a_rule_becomes_plain_data(tmp_path: Path) -> None:
    """Conditions, severity and cooldown arrive as judging's dataclasses."""
    book = _load(tmp_path, RULE.format(scope="theatre: ukraine") + "cooldown: 2h\n")
    assert isinstance(book, Rulebook), book
    (rule,) = book.rules
    figure = FigureCondition(indicators=("killed",), delta=Comparison(">=", 1))
    assert rule.when == AllOf((figure, ScopeCondition(theatres=("ukraine",))))
    high = SeverityStep("high", figures=(("killed", Comparison(">=", 10)),))
    assert rule.severity == (high, SeverityStep("medium"))
    assert (rule.cooldown, rule.pack, rule.line) == (timedelta(hours=2), "pack", 1)


def test_conditions_combine(tmp_path: Path) -> None:
    """`any`, `not`, short forms and a list of rules in one file."""
    book = _load(
        tmp_path,
        """\
- id: a.one
  title: One
  when: {any: [{strike: any}, {keyword: [shell*, "under fire"]}], not: {language: fr}}
  severity: low
- id: a.two
  title: Two
  when: {strike: {kind: [air, drone]}}
  severity: low
""",
    )
    assert isinstance(book, Rulebook), book
    words = KeywordCondition(any=("shell*", "under fire"))
    assert book.rules[0].when == AllOf(
        (AnyOf((StrikeCondition(), words)), Not(ScopeCondition(languages=("fr",))))
    )
    assert book.rules[1].when == StrikeCondition(kinds=("air", "drone"))


@pytest.mark.parametrize(
    ("old", "new", "line", "what", "mend"),
    [
        ("title:", "statu: stable\ntitle:", 2, "unknown key 'statu'", "Did you mean 'status'?"),
        ("killed, d", "kiled, d", 4, "'indicator' knows no 'kiled'", "Did you mean 'killed'?"),
        (", delta", ", change: rised, delta", 4, "knows no 'rised'", "Did you mean 'raised'?"),
        ("delta", "dleta", 4, "unknown key 'dleta'", "Did you mean 'delta'?"),
        ('">= 1"', '"about 1"', 4, "'about 1' is no comparison", '">= 10"'),
        ("theatre: any", "theatre: ukrain", 5, "unknown theatre", "Did you mean 'ukraine'?"),
        ("theatre: any", "publisher: reutters", 5, "unknown publisher", "Did you mean 'reuters'?"),
        ("theatre: any", "near: {km: 5, site: hq}", 5, "unknown site", ""),
        ("theatre: any", "near: {km: far}", 5, "'km' takes", ""),
        ("theatre: any", "keyword: {pattern: '(?<=a)b'}", 5, "is refused", "no lookaround"),
        ("theatre: any", "keyword: {pattern: '(a)\\1'}", 5, "is refused", "no backreference"),
        ("theatre: any", "keyword: {pattern: '(a{1000}){1000}'}", 5, "is refused", "1000"),
        ("theatre: any", "keyword: {all: []}", 5, "without words", "any, all"),
        ("theatre: any", "keyword: {any: x, conflict: off}", 5, "'conflict' takes", ""),
        ("medium]", "{high: {}, low: {}}]", 6, "one level on each line", "Like"),
        ("medium]", "{low: {killed: '> 1'}}]", 6, "may find no level", "- low"),
        ("[{", "[low, {", 6, "hides those below", "last"),
        ("id: pack.sample", "id: Sample", 1, "'id' takes string", ""),
        ("title: A sample\n", "", 1, "the key 'title' is missing", "Add 'title:'"),
        ("title: A sample\n", "title: 7\n", 2, "'title' takes a valid string, not 7", ""),
        ("severity:", "cooldown: soon\nseverity:", 6, "'soon' is no duration", "30m"),
    ],
)
def test_a_bad_rule_is_told_with_line_and_mend(
    tmp_path: Path, old: str, new: str, line: int, what: str, mend: str
) -> None:
    """R18, H20, H21, H31: nothing is skipped; the nearest known word is suggested."""
    text = RULE.format(scope="theatre: any")
    assert old in text
    fault = _only_fault(_load(tmp_path, text.replace(old, new)))
    assert fault.file.endswith("pack/rule0.yaml")
    assert (fault.line, what in fault.what, mend in fault.mend) == (line, True, True), fault


def test_faults_of_all_files_are_collected(tmp_path: Path) -> None:
    """R18: two bad files are two faults, and no rulebook."""
    text = RULE.format(scope="theatre: any")
    result = _load(tmp_path, text.replace("title", "tit"), text.replace("killed", "x", 1))
    assert isinstance(result, tuple)
    assert {Path(fault.file).name for fault in result} == {"rule0.yaml", "rule1.yaml"}


def test_a_rule_id_stands_once(tmp_path: Path) -> None:
    """A duplicate id names where the first stands."""
    text = RULE.format(scope="theatre: any")
    fault = _only_fault(_load(tmp_path, text, text))
    assert "pack/rule0.yaml:1 already" in fault.what
    assert (Path(fault.file).name, fault.line) == ("rule1.yaml", 1)


def test_a_folder_that_is_not_there(tmp_path: Path) -> None:
    """A mistyped path is a fault, and so is a folder of something else."""
    assert "no rules here" in _only_fault(load_rulebook([tmp_path / "nowhere"])).what
    (tmp_path / "notes.txt").write_text("none", encoding="utf-8")
    assert "no rules here" in _only_fault(load_rulebook([tmp_path])).what
    (tmp_path / "theatres").mkdir()
    assert isinstance(load_rulebook([tmp_path]), Rulebook)


def test_sites_are_known_by_name(tmp_path: Path) -> None:
    """R31: a rule may ask for the distance to one of the user's own sites."""
    path = tmp_path / "near.yaml"
    path.write_text(RULE.format(scope="near: {km: 14, site: c}"), encoding="utf-8")
    book = load_rulebook([path], sites=(Site("c", 50.0, 36.0),))
    assert isinstance(book, Rulebook), book


def test_the_digest_follows_what_is_decided() -> None:
    """The same rules give the same digest; another setting gives another."""
    first, again, other = load_rulebook(), load_rulebook(), load_rulebook(settings={"x": 1})
    assert isinstance(first, Rulebook), first
    assert isinstance(again, Rulebook)
    assert isinstance(other, Rulebook)
    assert first.digest == again.digest != other.digest
    assert first.digest.startswith("sha256:")


def test_the_published_schema_is_current() -> None:
    """`python -m tocsin.shelf.rule_schema` renews it."""
    assert (rules_home() / SCHEMA_FILE).read_text(encoding="utf-8") == rendered()


def test_every_shipped_rule_satisfies_the_published_schema() -> None:
    """An editor that follows the schema line sees no false alarm."""
    validator = jsonschema.Draft202012Validator(rule_schema())
    for path in rule_files(rules_home()):
        loaded = load_yaml(path)
        assert isinstance(loaded, Loaded)
        assert [error.message for error in validator.iter_errors(loaded.value)] == [], path
        depth = len(path.relative_to(rules_home()).parts) - 1
        schema_line = f"# yaml-language-server: $schema={'../' * depth}{SCHEMA_FILE}"
        assert path.read_text(encoding="utf-8").splitlines()[0] == schema_line
    assert not validator.is_valid(json.loads('{"id": "a.b", "title": "x", "wen": {}}'))
