"""The rules' own tests: `strikes_test.yaml` stands beside `strikes.yaml`.

A case gives reports at times and the alerts that must follow, in order and no others; no alert is
a case too. It is judged with the rules of its neighbour alone, or with the whole pack.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field, field_validator

from tocsin.duration import parse_duration
from tocsin.judging.rulebook import FigureReason, Severity
from tocsin.reading.facts import INDICATORS, Indicator, TruceStatus
from tocsin.reading.report import Report, version_of
from tocsin.shelf.fault import Fault, called
from tocsin.shelf.forms import Form, Many, check, mistake
from tocsin.shelf.yaml_source import load_yaml

ENDING = "_test.yaml"


@dataclass(frozen=True, slots=True)
class Expected:
    """An alert that must be raised; only what is given is compared. `after` is a report's id."""

    after: str | None = None
    rule: str | None = None
    type: str | None = None
    severity: Severity | None = None
    reason: FigureReason | None = None
    status: TruceStatus | None = None
    subject: str | None = None
    loud: bool | None = None
    headline: str | None = None
    values: tuple[tuple[Indicator, int], ...] = ()
    line: int = 0


@dataclass(frozen=True, slots=True)
class Case:
    """One test: reports (with the time each is judged at, in `fetched`) and the alerts expected."""

    name: str
    file: str
    line: int
    reports: tuple[Report, ...]
    expected: tuple[Expected, ...]
    pack: bool = False
    backlog: frozenset[str] = frozenset()


class ReportForm(Form):
    """A made-up report. `at` is a UTC time, or `+2h` after the report before it."""

    at: str
    id: str | None = None
    title: str = ""
    summary: str = ""
    text: str = ""
    publisher: str | None = None
    url: str | None = None
    language: str | None = None
    credit: str | None = None
    published: str | None = None
    backlog: bool = False


class ExpectedForm(Form):
    """An alert that must be raised; only what is given is compared."""

    after: str | None = None
    rule: str | None = None
    type: str | None = None
    severity: Severity | None = None
    reason: FigureReason | None = None
    status: TruceStatus | None = None
    subject: str | None = None
    loud: bool | None = None
    headline: str | None = None
    killed: int | None = None
    missing: int | None = None
    wounded: int | None = None
    captured: int | None = None
    displaced: int | None = None

    def expected(self, line: int) -> Expected:
        """As plain data."""
        values = tuple((name, n) for name in INDICATORS if (n := getattr(self, name)) is not None)
        return Expected(
            self.after, self.rule, self.type, self.severity, self.reason, self.status,
            self.subject, self.loud, self.headline, values, line,
        )  # fmt: skip


class CaseForm(Form):
    """One test. `judged_with: pack` judges with all rules of the pack, as production does."""

    name: Annotated[str, Field(min_length=1)]
    judged_with: Literal["rule", "pack"] = "rule"
    reports: Annotated[Many[ReportForm], Field(min_length=1)]
    alerts: Many[ExpectedForm]

    @field_validator("reports")
    @classmethod
    def _first_has_a_time(cls, reports: tuple[ReportForm, ...]) -> tuple[ReportForm, ...]:
        before: datetime | None = None
        for report in reports:
            before = _at(report.at, before)
        return reports


class CasesForm(Form):
    """A test file."""

    tests: Annotated[Many[CaseForm], Field(min_length=1)]


def case_files(folder: Path) -> Iterator[Path]:
    """The test files of a folder, or of one rule file."""
    if folder.is_file():
        beside = folder if folder.name.endswith(ENDING) else beside_of(folder)
        if beside.is_file():
            yield beside
        return
    yield from sorted(folder.rglob(f"*{ENDING}"))


def beside_of(rule_file: Path) -> Path:
    """Where the tests of a rule file stand."""
    return rule_file.with_name(rule_file.stem + ENDING)


def rules_beside(case_file: Path) -> Path:
    """The rule file whose tests these are."""
    return case_file.with_name(case_file.name.removesuffix(ENDING) + ".yaml")


def load_cases(path: Path) -> list[Case] | list[Fault]:
    """The tests of one file, or every fault in it."""
    loaded = load_yaml(path, name=called(path))
    if isinstance(loaded, list):
        return loaded
    form = check(CasesForm, loaded)
    if isinstance(form, list):
        return form
    cases: list[Case] = []
    for index, case in enumerate(form.tests):
        here = ("tests", index)
        cases.append(
            Case(
                name=case.name,
                file=loaded.file,
                line=loaded.line(*here),
                reports=tuple(_reports(case)),
                expected=tuple(
                    alert.expected(loaded.line(*here, "alerts", position))
                    for position, alert in enumerate(case.alerts)
                ),
                pack=case.judged_with == "pack",
                backlog=frozenset(
                    f"r{position}" if each.id is None else each.id
                    for position, each in enumerate(case.reports, 1)
                    if each.backlog
                ),
            )
        )
    return cases


def _reports(case: CaseForm) -> Iterator[Report]:
    at: datetime | None = None
    for position, form in enumerate(case.reports, 1):
        at = _at(form.at, at)
        id_ = form.id or f"r{position}"
        yield Report(
            id=id_,
            title=form.title,
            summary=form.summary,
            text=form.text,
            published=_at(form.published, at) if form.published else at,
            fetched=at,
            guid=id_,
            url=form.url,
            language=form.language,
            publisher=form.publisher,
            credit=form.credit,
            feed=form.publisher or "test",
            version=version_of(form.title, form.summary, form.text),
        )


def _at(text: str, before: datetime | None) -> datetime:
    try:
        if text.startswith("+") and before:
            return before + parse_duration(text[1:])
        when = datetime.fromisoformat(text)
    except ValueError:
        mend = "Write 2024-03-02 08:00, or +2h after the report before."
        raise mistake(f"'{text}' is no time", mend) from None
    return when.replace(tzinfo=UTC) if when.tzinfo is None else when.astimezone(UTC)
