"""A war of our own and a desk to judge its reports at: memory is a dict, time is an argument."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import Any

from tocsin.judging.judge import judge, wanted
from tocsin.judging.memory import Filed, Memory, Series, Story, Truce, Wanted
from tocsin.judging.rulebook import (
    CeasefireCondition,
    Comparison,
    FigureCondition,
    Publisher,
    Rule,
    Rulebook,
    SeverityStep,
    StrikeCondition,
)
from tocsin.judging.verdict import Verdict
from tocsin.reading.facts import Ceasefire, Claim, Interval, Place, Reading, Strike
from tocsin.reading.report import Report
from tocsin.reading.theatre import Party, Theatre

WAR = Theatre(
    id="river-war",
    name="River war",
    parties=(
        Party("north", "North", ("Northern",), (("north-army", ("Northern army",)),)),
        Party(
            "south",
            "South",
            ("Southern",),
            (
                ("south-ministry", ("Southern defence ministry",)),
                ("south-hospital", ("Southern hospital",)),
            ),
        ),
    ),
)
FORD = Place("Ford", "town", "SO", 10.0, 30.0)
MILL = Place("Mill", "town", "SO", 12.0, 33.0)

INCIDENTS = Rule(
    id="casualties.incident",
    title="People killed or wounded in one incident",
    when=FigureCondition(
        indicators=("killed", "wounded", "missing"),
        basis=("incident",),
        changes=("first_report", "raised", "lowered", "claimants_diverge"),
        delta=Comparison(">=", 1),
    ),
    severity=(
        SeverityStep("critical", figures=(("killed", Comparison(">=", 50)),)),
        SeverityStep("high", figures=(("killed", Comparison(">=", 10)),)),
        SeverityStep("high", figures=(("killed", Comparison(">=", 1)),), victims=("aid workers",)),
        SeverityStep("medium"),
    ),
)
TOTALS = Rule(
    id="casualties.total",
    title="A running total moved",
    when=FigureCondition(basis=("cumulative",), delta=Comparison(">=", 1)),
    severity=(SeverityStep("medium", milestone=True), SeverityStep("low")),
)
STRIKES = Rule(
    id="strikes.new",
    title="A new strike",
    when=StrikeCondition(),
    severity=(SeverityStep("high", quiet_days=30), SeverityStep("medium")),
)
TRUCES = Rule(
    id="ceasefires.changed",
    title="A truce changed",
    when=CeasefireCondition(),
    severity=(
        SeverityStep("high", statuses=("agreed", "in_effect", "collapsed")),
        SeverityStep("low", statuses=("proposed", "delayed")),
        SeverityStep("medium"),
    ),
)
RULEBOOK = Rulebook(
    rules=(INCIDENTS, TOTALS, STRIKES, TRUCES),
    theatres={WAR.id: WAR},
    publishers={
        "agency": Publisher("agency", "agency", "Agency One", wire=True),
        "daily": Publisher("daily", "daily-group", "The Daily", hosts=("daily.example",)),
        "evening": Publisher("evening", "daily-group", "The Evening"),
    },
    digest="sha256:test",
)


def at(day: int, hour: int = 12, minute: int = 0) -> datetime:
    """A moment of March 2031, UTC."""
    return datetime(2031, 3, day, hour, minute, tzinfo=UTC)


def claim(value: int | None = None, **more: Any) -> Claim:
    """A claim of people killed in one incident, unless said otherwise."""
    low, high = more.pop("low", value), more.pop("high", value)
    given: dict[str, Any] = {
        "id": "c1",
        "indicator": "killed",
        "bound": "exact",
        "victims": "people",
        "side": None,
        "place": "Ford",
        "basis": "incident",
        "since": None,
        "claimant": None,
        "stance": "asserted",
        "disputed_by": (),
        "part_of": None,
        "relevant": True,
        "field": "title",
        "start": 0,
        "end": 4,
        "quote": "text",
    }
    return Claim(value=value, low=low, high=high, **{**given, **more})


def total(value: int, claimant: str | None = "Southern defence ministry", **more: Any) -> Claim:
    """A running total of soldiers killed."""
    given = {"victims": "soldiers", "basis": "cumulative", "place": None}
    return claim(value, claimant=claimant, **{**given, **more})


def strike(place: str = "Ford", **more: Any) -> Strike:
    """A missile strike by the North."""
    given: dict[str, Any] = {
        "kind": "missile",
        "attacker": "North",
        "target": None,
        "place": place,
        "when": None,
        "weapon": None,
        "claimant": None,
        "stance": "asserted",
        "field": "title",
        "start": 0,
        "end": 4,
        "quote": "text",
    }
    return Strike(**{**given, **more})


def truce(status: str, **more: Any) -> Ceasefire:
    """What is said of a truce between North and South."""
    given: dict[str, Any] = {
        "parties": ("North", "South"),
        "broker": None,
        "claimant": None,
        "field": "title",
        "start": 0,
        "end": 4,
        "quote": "text",
    }
    return Ceasefire(status=status, **{**given, **more})  # type: ignore[arg-type]


@dataclass
class Desk:
    """Judges reports one after the other, and remembers what the verdicts say."""

    rulebook: Rulebook = RULEBOOK
    filed: dict[str, Filed] = field(default_factory=dict)
    stories: dict[str, Story] = field(default_factory=dict)
    index: dict[str, dict[str, None]] = field(default_factory=lambda: defaultdict(dict))
    series: dict[str, Series] = field(default_factory=dict)
    truces: dict[str, Truce] = field(default_factory=dict)
    marks: dict[str, str] = field(default_factory=dict)
    mutes: frozenset[str] = frozenset()
    verdicts: list[Verdict] = field(default_factory=list)

    def recall(self, asked: Wanted) -> Memory:
        """What the ledger would give: exactly what is asked for."""
        filed = self.filed.get(asked.report)
        found = dict.fromkeys(filed.stories if filed else ())
        for key in asked.story_keys:
            found |= dict.fromkeys(list(self.index[key])[-12:])
        return Memory(
            heads=dict.fromkeys(asked.heads, 0),
            filed=self.filed.get(asked.report),
            stories=tuple(self.stories[story] for story in found),
            series={name: self.series[name] for name in asked.series if name in self.series},
            truces={name: one for name, one in self.truces.items() if one.theatre in asked.truces},
            marks={name: self.marks[name] for name in asked.marks if name in self.marks},
            mutes=self.mutes,
        )

    def commit(self, verdict: Verdict) -> None:
        """Put the verdict's documents in place."""
        if verdict.filed is not None:
            self.filed[verdict.report] = verdict.filed
        for story in verdict.stories:
            self.stories[story.id] = story
            for key in story.keys:
                self.index[key][story.id] = None
        self.series |= {one.subject: one for one in verdict.series}
        self.truces |= {one.subject: one for one in verdict.truces}
        self.marks |= verdict.marks
        self.verdicts.append(verdict)

    def judge(self, report: Report, reading: Reading, **more: Any) -> Verdict:
        """Recall and judge, without committing."""
        now = more.pop("now", report.fetched or report.published)
        memory = self.recall(wanted(report, reading, self.rulebook))
        return judge(report, reading, memory, self.rulebook, now, **more)

    def hear(self, report: Report, reading: Reading, **more: Any) -> list[dict[str, Any]]:
        """Judge and commit; the events raised."""
        verdict = self.judge(report, reading, **more)
        self.commit(verdict)
        return [alert.event for alert in verdict.alerts]

    def tell(self, name: str, when: datetime, *facts: Any, **more: Any) -> list[dict[str, Any]]:
        """A report of these facts, judged and committed; the events raised."""
        report, reading = told(name, when, *facts, **more)
        return self.hear(report, reading)

    def silences(self) -> list[str]:
        """The named reasons of the last verdict."""
        return [reason.reason for reason in self.verdicts[-1].reasons]


def told(name: str, when: datetime, *facts: Any, **more: Any) -> tuple[Report, Reading]:
    """A report and its reading, made of facts."""
    claims = tuple(
        replace(fact, id=f"c{number}")
        for number, fact in enumerate(fact for fact in facts if isinstance(fact, Claim))
    )
    report = Report(
        id=name,
        title=more.get("title", ""),
        published=when,
        fetched=when,
        guid=name,
        publisher=more.get("publisher", "The Daily"),
        feed="feed",
        version=more.get("version", f"sha256:{name}"),
        url=more.get("url"),
        text=more.get("text", ""),
    )
    toll = {one.indicator: Interval(one.low, one.high) for one in claims if one.basis == "incident"}
    reading = Reading(
        id=name,
        conflict=more.get("conflict", True),
        claims=claims,
        strikes=tuple(fact for fact in facts if isinstance(fact, Strike)),
        ceasefire=tuple(fact for fact in facts if isinstance(fact, Ceasefire)),
        toll=more.get("toll", toll),
        places=more.get("places", (FORD, MILL)),
        theatre=more.get("theatre", "river-war"),
        genre=more.get("genre", "news"),
        newness=more.get("newness"),
    )
    return report, reading
