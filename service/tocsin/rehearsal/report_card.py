"""What a run of the rules' tests showed: rule by rule, and as JUnit XML."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from xml.etree import ElementTree as ET  # only written here, never parsed

from tocsin.judging.rulebook import Rule
from tocsin.rehearsal.trial import Outcome, Trial, without_each_ask
from tocsin.shelf.rule_cases import Case

#: Every rule that is not experimental needs so many cases that tell, and so many that stay silent.
ENOUGH = 3


@dataclass(slots=True)
class Mark:
    """How one rule fared. `caught` names what the tests miss when it is taken away."""

    rule: Rule
    outcomes: list[Outcome] = field(default_factory=list)
    telling: int = 0
    silent: int = 0
    caught: list[str] = field(default_factory=list)
    uncaught: list[str] = field(default_factory=list)

    @property
    def failed(self) -> list[Outcome]:
        """The cases that did not come out as written."""
        return [outcome for outcome in self.outcomes if outcome.problems]

    @property
    def lacking(self) -> list[str]:
        """What the rule's tests still owe."""
        owed = []
        if self.telling < ENOUGH:
            owed.append(f"{self.telling} of {ENOUGH} cases that tell")
        if self.silent < ENOUGH:
            owed.append(f"{self.silent} of {ENOUGH} cases that stay silent")
        if self.uncaught and not self.caught:
            owed.append("no case fails when a condition is taken away")
        return owed

    @property
    def passed(self) -> bool:
        """All cases came out as written, and a rule that is no experiment has enough of them."""
        return not self.failed and (not self.lacking or self.rule.status == "experimental")


def examine(trial: Trial, rules: Sequence[Rule], pack: Sequence[Rule], cases: list[Case]) -> Mark:
    """Run the cases of one rule file, then again with each condition of its rules taken away.

    A file of several rules is marked under its first.
    """
    mark = Mark(rules[0])
    for case in cases:
        mark.outcomes.append(trial.run(case, pack if case.pack else rules))
        if case.expected:
            mark.telling += 1
        else:
            mark.silent += 1
    if mark.failed:
        return mark
    for rule in rules:
        for name, loosened in without_each_ask(rule):
            caught = any(
                trial.run(case, _with(loosened, pack if case.pack else rules)).problems
                for case in cases
            )
            (mark.caught if caught else mark.uncaught).append(name)
    return mark


def _with(loosened: Rule, rules: Sequence[Rule]) -> list[Rule]:
    return [loosened if rule.id == loosened.id else rule for rule in rules]


def junit(marks: Sequence[Mark]) -> bytes:
    """JUnit XML: a suite a rule, a case a case."""
    root = ET.Element("testsuites", name="tocsin test")
    for mark in marks:
        failures = len(mark.failed) + (0 if mark.passed or mark.failed else 1)
        suite = ET.SubElement(
            root,
            "testsuite",
            name=mark.rule.id,
            tests=str(len(mark.outcomes)),
            failures=str(failures),
        )
        for outcome in mark.outcomes:
            case = outcome.case
            element = ET.SubElement(
                suite,
                "testcase",
                classname=mark.rule.id,
                name=case.name,
                file=case.file,
                line=str(case.line),
            )
            if outcome.problems:
                failure = ET.SubElement(element, "failure", message=outcome.problems[0])
                failure.text = "\n".join(outcome.problems)
        if not mark.passed and not mark.failed:
            element = ET.SubElement(suite, "testcase", classname=mark.rule.id, name="enough tests")
            ET.SubElement(element, "failure", message="; ".join(mark.lacking))
    ET.indent(root)
    written: bytes = ET.tostring(root, encoding="utf-8", xml_declaration=True)
    return written
