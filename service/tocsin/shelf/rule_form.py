"""The rule language: what a rule file may say, key by key.

These forms and those of `when_form` are the one place where the language is written down: they
check a rule, give the published JSON Schema (`rules/rule.schema.json`), and turn into the plain
data that judging works on.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Annotated, Any, Literal, cast

from pydantic import BeforeValidator, Field, field_validator, model_validator

from tocsin.duration import Duration
from tocsin.judging.rulebook import FigureReason, Severity, SeverityStep
from tocsin.reading.facts import INDICATORS, Basis, StrikeKind, TruceStatus, VictimGroup
from tocsin.shelf.forms import Also, Form, Many, mistake
from tocsin.shelf.when_form import Compared, WhenForm


class AsksForm(Form):
    """What one line of `severity` asks of the level reached; an empty one always holds."""

    killed: Compared | None = None
    missing: Compared | None = None
    wounded: Compared | None = None
    captured: Compared | None = None
    displaced: Compared | None = None
    victims: Many[VictimGroup] = ()
    kind: Many[StrikeKind] = ()
    status: Many[TruceStatus] = ()
    basis: Many[Basis] = ()
    change: Many[FigureReason] = ()
    milestone: bool = False
    surge: bool = False
    quiet_days: Annotated[int, Field(ge=1)] | None = None

    def step(self, level: Severity) -> SeverityStep:
        """As judging takes it."""
        asked = ((name, getattr(self, name)) for name in INDICATORS)
        return SeverityStep(
            level=level,
            figures=tuple((name, compared) for name, compared in asked if compared),
            victims=self.victims,
            kinds=self.kind,
            statuses=self.status,
            basis=self.basis,
            changes=self.change,
            milestone=self.milestone,
            surge=self.surge,
            quiet_days=self.quiet_days,
        )


class StepForm(Form):
    """One line of `severity`: a level, and what it asks."""

    critical: AsksForm | None = None
    high: AsksForm | None = None
    medium: AsksForm | None = None
    low: AsksForm | None = None

    @model_validator(mode="after")
    def _one_level(self) -> StepForm:
        if len(self.model_fields_set) != 1:
            raise mistake("one level on each line of severity", 'Like - {high: {killed: ">= 10"}}.')
        return self

    def step(self) -> SeverityStep:
        """As judging takes it."""
        (level,) = self.model_fields_set
        asks: AsksForm | None = getattr(self, level)
        return (asks or AsksForm()).step(cast("Severity", level))


def _bare_level(value: Any) -> Any:
    return {value: {}} if isinstance(value, str) else value


StepLine = Annotated[
    StepForm, BeforeValidator(_bare_level), Also({"enum": ["critical", "high", "medium", "low"]})
]


class RuleForm(Form):
    """One rule."""

    id: Annotated[str, Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*(\.[a-z0-9]+(-[a-z0-9]+)*)+$")]
    title: Annotated[str, Field(min_length=1, max_length=200)]
    status: Literal["stable", "experimental", "deprecated"] = "stable"
    description: str = ""
    when: WhenForm
    severity: Annotated[Many[StepLine], Field(min_length=1)]
    cooldown: Duration = timedelta(minutes=30)
    confirm: Annotated[int, Field(ge=0, le=100)] = 0
    false_positives: Many[str] = ()
    tags: Many[str] = ()

    @field_validator("severity", mode="after")
    @classmethod
    def _ends_open(cls, steps: tuple[StepForm, ...]) -> tuple[StepForm, ...]:
        for each in steps[:-1]:
            if each.step() == SeverityStep(each.step().level):
                mend = "The first that holds counts: put it last."
                raise mistake("a line of severity that always holds hides those below", mend)
        if steps and steps[-1].step() != SeverityStep(steps[-1].step().level):
            raise mistake("severity may find no level", "End with a bare level: - low.")
        return steps
