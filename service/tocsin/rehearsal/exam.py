"""All tests of some rules, run and shown: what `tocsin test` does."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from tocsin.judging.rulebook import Rule, Rulebook
from tocsin.rehearsal.report_card import Mark, examine, junit
from tocsin.rehearsal.trial import Trial
from tocsin.shelf.fault import Fault, called
from tocsin.shelf.lexicon import load_lexicon
from tocsin.shelf.rule_cases import ENDING, Case, case_files, load_cases, rules_beside
from tocsin.shelf.rules import load_rulebook
from tocsin.shelf.shipped import rules_home


@dataclass(frozen=True, slots=True)
class Results:
    """A mark for each rule file with tests, and the stable rules that have none."""

    marks: tuple[Mark, ...]
    untested: tuple[Rule, ...]

    @property
    def passed(self) -> bool:
        """Whether every test passed and no stable rule lacks some."""
        return not self.untested and all(mark.passed for mark in self.marks)


def sit(paths: Sequence[Path], report: Path | None = None) -> int:
    """Run the tests of `paths` (default: the shipped rules), show them, write JUnit to `report`.

    The exit code: 0 all pass, 1 some fail or are lacking, 2 a rule or a test file has a fault.
    """
    results = results_of(paths)
    if isinstance(results, list):
        for fault in results:
            sys.stderr.write(f"{fault}\n")
        return 2
    if report:
        report.write_bytes(junit(results.marks))
    _show(Console(), results)
    return 0 if results.passed else 1


def results_of(paths: Sequence[Path]) -> Results | list[Fault]:
    """Run the tests of `paths`, or say what is wrong with rules and test files."""
    home = rules_home()
    folders = paths or [home]
    book = load_rulebook([rules_beside(p) if p.name.endswith(ENDING) else p for p in folders])
    if isinstance(book, tuple):
        return list(book)
    suites: list[tuple[list[Rule], list[Case]]] = []
    faults: list[Fault] = []
    for path in (file for folder in folders for file in case_files(folder)):
        rules = [rule for rule in book.rules if rule.file == called(rules_beside(path))]
        if not rules:
            mend = f"Put the rules into {rules_beside(path).name}."
            faults.append(Fault(called(path), None, "tests no rules: none stand beside it", mend))
        loaded = load_cases(path)
        faults += (each for each in loaded if isinstance(each, Fault))
        suites.append((rules, [each for each in loaded if isinstance(each, Case)]))
    if faults:
        return faults
    return _examined(book, suites, Trial(book, load_lexicon(home, tuple(book.theatres.values()))))


def _examined(
    book: Rulebook, suites: Sequence[tuple[list[Rule], list[Case]]], trial: Trial
) -> Results:
    marks = []
    for rules, cases in suites:
        pack = [rule for rule in book.rules if rule.pack == rules[0].pack]
        marks.append(examine(trial, rules, pack, cases))
    tested = {rule.id for rules, _ in suites for rule in rules}
    untested = (rule for rule in book.rules if rule.id not in tested and rule.status == "stable")
    return Results(tuple(marks), tuple(untested))


def _remarks(mark: Mark) -> list[str]:
    """What the tests owe, and what they would not miss."""
    unmissed = [f"no case misses {', '.join(mark.uncaught)}"] if mark.uncaught else []
    return mark.lacking or unmissed


def _show(console: Console, results: Results) -> None:
    for outcome in (outcome for mark in results.marks for outcome in mark.failed):
        case = outcome.case
        where = f"{escape(case.file)}:{case.line}"
        console.print(f"[red]failed[/] {where} {escape(case.name)}", soft_wrap=True)
        for problem in outcome.problems:
            console.print(f"       {escape(problem)}", highlight=False, soft_wrap=True)
        for silence in outcome.silences:
            kept = f"{silence.reason} {silence.detail}".rstrip()
            console.print(f"       kept quiet: {escape(kept)}", highlight=False, soft_wrap=True)
    table = Table(box=None, header_style="bold")
    for heading in ("rule", "status", "tell", "silent", "caught"):
        table.add_column(heading, no_wrap=True)
    table.add_column("")
    for mark in results.marks:
        asked = len(mark.caught) + len(mark.uncaught)
        verdict = "[green]pass[/]" if mark.passed else "[red]fail[/]"
        notes = f"{len(mark.failed)} failed" if mark.failed else "; ".join(_remarks(mark))
        table.add_row(
            mark.rule.id,
            mark.rule.status,
            str(mark.telling),
            str(mark.silent),
            f"{len(mark.caught)} of {asked}" if asked else "-",
            f"{verdict} {escape(notes)}",
        )
    for rule in results.untested:
        table.add_row(rule.id, rule.status, "0", "0", "-", "[red]fail[/] has no tests")
    console.print(table)
    cases = sum(len(mark.outcomes) for mark in results.marks)
    failed = sum(len(mark.failed) for mark in results.marks)
    rules = len(results.marks)
    console.print(f"{cases} tests of {rules} rules, {failed} failed", highlight=False)
