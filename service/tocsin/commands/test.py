"""`tocsin test`: the rules' own tests, through exactly what runs in production."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NoReturn

import typer

if TYPE_CHECKING:
    from rich.console import Console

    from tocsin.judging.rulebook import Rule, Rulebook
    from tocsin.rehearsal.report_card import Mark
    from tocsin.shelf.rule_cases import Case


def run_tests(
    paths: Annotated[
        list[Path] | None, typer.Argument(help="Rule folders or files; the shipped rules if none.")
    ] = None,
    *,
    junit: Annotated[Path | None, typer.Option(help="Write the results as JUnit XML.")] = None,
) -> None:
    """Run the rules' own tests. Exit 0: all pass; 1: some fail; 2: a rule or test has a fault."""
    from rich.console import Console  # noqa: PLC0415 — fast --help

    from tocsin.rehearsal.report_card import junit as as_junit  # noqa: PLC0415 — fast --help

    marks, untested = _run(paths or [])
    if junit:
        junit.write_bytes(as_junit(marks))
    _show(Console(), marks, untested)
    if untested or not all(mark.passed for mark in marks):
        raise typer.Exit(1)


def _run(paths: list[Path]) -> tuple[list[Mark], list[Rule]]:
    """The mark of each tested rule file, and the rules that have no tests at all."""
    from tocsin.rehearsal.report_card import examine  # noqa: PLC0415 — fast --help
    from tocsin.rehearsal.trial import Trial  # noqa: PLC0415 — fast --help
    from tocsin.shelf.lexicon import load_lexicon  # noqa: PLC0415 — fast --help
    from tocsin.shelf.rules import load_rulebook  # noqa: PLC0415 — fast --help
    from tocsin.shelf.shipped import rules_home  # noqa: PLC0415 — fast --help

    home = rules_home()
    folders = paths or [home]
    rulebook = load_rulebook([_rules_for(path) for path in folders])
    if isinstance(rulebook, tuple):
        _stop(rulebook)
    trial = Trial(rulebook, load_lexicon(home, tuple(rulebook.theatres.values())))
    marks: list[Mark] = []
    tested: set[str] = set()
    for rules, cases in _suites(folders, rulebook):
        tested.update(rule.id for rule in rules)
        pack = [rule for rule in rulebook.rules if rule.pack == rules[0].pack]
        marks.append(examine(trial, rules, pack, cases))
    untested = [
        rule for rule in rulebook.rules if rule.id not in tested and rule.status == "stable"
    ]
    return marks, untested


def _rules_for(path: Path) -> Path:
    from tocsin.shelf.rule_cases import ENDING, rules_beside  # noqa: PLC0415 — fast --help

    return rules_beside(path) if path.name.endswith(ENDING) else path


def _suites(folders: list[Path], rulebook: Rulebook) -> Iterator[tuple[list[Rule], list[Case]]]:
    """Each test file with the rules beside it; ends with exit code 2 if a file has a fault."""
    from tocsin.shelf.rule_cases import (  # noqa: PLC0415 — fast --help
        Case,
        case_files,
        load_cases,
        rules_beside,
    )
    from tocsin.shelf.yaml_source import Fault, called  # noqa: PLC0415 — fast --help

    faults: list[Fault] = []
    suites: list[tuple[list[Rule], list[Case]]] = []
    for path in (file for folder in folders for file in case_files(folder)):
        cases = load_cases(path)
        rules = [rule for rule in rulebook.rules if rule.file == called(rules_beside(path))]
        if not rules:
            mend = f"Put the rules into {rules_beside(path).name}."
            faults.append(Fault(called(path), None, "tests no rules: none stand beside it", mend))
        faults += (each for each in cases if isinstance(each, Fault))
        suites.append((rules, [each for each in cases if isinstance(each, Case)]))
    if faults:
        _stop(tuple(faults))
    yield from suites


def _stop(faults: tuple[object, ...]) -> NoReturn:
    for fault in faults:
        typer.echo(str(fault), err=True)
    raise typer.Exit(2)


def _show(console: Console, marks: list[Mark], untested: list[Rule]) -> None:
    from rich.markup import escape  # noqa: PLC0415 — fast --help
    from rich.table import Table  # noqa: PLC0415 — fast --help

    for outcome in (outcome for mark in marks for outcome in mark.failed):
        case = outcome.case
        console.print(f"[red]failed[/] {escape(case.file)}:{case.line} {escape(case.name)}")
        for problem in outcome.problems:
            console.print(f"       {escape(problem)}", highlight=False)
        for silence in outcome.silences:
            console.print(f"       kept quiet: {escape(silence.reason)} {escape(silence.detail)}")
    table = Table("rule", "status", "tell", "silent", "caught", "", box=None, header_style="bold")
    for mark in marks:
        asked = len(mark.caught) + len(mark.uncaught)
        verdict = "[green]pass[/]" if mark.passed else "[red]fail[/]"
        notes = "; ".join(mark.lacking) if not mark.failed else f"{len(mark.failed)} failed"
        table.add_row(
            mark.rule.id,
            mark.rule.status,
            str(mark.telling),
            str(mark.silent),
            f"{len(mark.caught)} of {asked}" if asked else "-",
            f"{verdict} {escape(notes)}",
        )
    for rule in untested:
        table.add_row(rule.id, rule.status, "0", "0", "-", "[red]fail[/] has no tests")
    console.print(table)
    cases = sum(len(mark.outcomes) for mark in marks)
    failed = sum(len(mark.failed) for mark in marks)
    console.print(f"{cases} tests of {len(marks)} rules, {failed} failed", highlight=False)
