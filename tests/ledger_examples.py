"""Reports, verdicts and documents for tests of the ledger: plain, small and written by us."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

from tocsin.judging.memory import Filed, Memory, Series, Story, Truce
from tocsin.judging.verdict import Alert, Entry, Reason, Verdict
from tocsin.ledger.writes import Judged
from tocsin.reading.facts import Claim, Reading
from tocsin.reading.report import Report

NOW = datetime(2024, 5, 2, 12, 0, tzinfo=UTC)
SUBJECT = "theatre/river-war/killed/soldiers/defence-ministry"


def report(number: int = 1, *, version: str = "sha256:a") -> Report:
    """One version of a report."""
    return Report(
        id=f"r{number}",
        title="Ministry says 12 soldiers were killed",
        text="Twelve soldiers were killed near the bridge, the defence ministry said.",
        published=NOW - timedelta(minutes=10),
        fetched=NOW,
        guid=f"guid-{number}",
        feed="river-news",
        version=version,
    )


def claim(value: int = 12) -> Claim:
    """An exact figure of soldiers killed."""
    return Claim(
        id="c1",
        indicator="killed",
        value=value,
        low=value,
        high=value,
        bound="exact",
        victims="soldiers",
        side=None,
        place=None,
        basis="cumulative",
        since=None,
        claimant="defence ministry",
        stance="asserted",
        disputed_by=(),
        part_of=None,
        relevant=True,
        field="text",
        start=0,
        end=27,
        quote="Twelve soldiers were killed",
    )


def alert(ident: str = "a1", **event: Any) -> Alert:
    """An alert with the fields of an event that the ledger looks at."""
    body = {
        "specversion": "1.0",
        "id": ident,
        "source": "/tocsin/test",
        "type": "tocsin.figure.changed",
        "subject": SUBJECT,
        "time": "2024-05-02T11:50:00Z",
        "recordedtime": "2024-05-02T12:00:00Z",
        "severitytext": "low",
        "severitynumber": 9,
        "dataschema": "urn:tocsin:alert:figure.changed:1",
        "data": {
            "headline": "Ministry: 12 soldiers killed",
            "loud": True,
            "rule": {"id": "casualties.toll-raised"},
            "theatre": "river-war",
        },
    }
    return Alert(ident, body | event, story="s1", country="RV")


def entry(ident: str = "e1", *, series: str = SUBJECT, value: int = 12) -> Entry:
    """One ledger entry."""
    return Entry(
        id=ident,
        series=series,
        said=NOW - timedelta(minutes=10),
        recorded=NOW,
        value=value,
        low=value,
        high=value,
        bound="exact",
        reason="first_report",
        report="r1",
        alert="a1",
        victims="soldiers",
        claimant="defence-ministry",
        basis="cumulative",
    )


def story(ident: str = "s1", *, keys: tuple[str, ...] = ("bridge:2024-05-02",)) -> Story:
    """One story, found under `keys`."""
    return Story(id=ident, theatre="river-war", founded=NOW, last=NOW, keys=keys)


def truce() -> Truce:
    """One truce of the theatre."""
    return Truce(
        subject="theatre/river-war/ceasefire/east+west",
        theatre="river-war",
        status="agreed",
        since=NOW,
        history=((NOW, "agreed", None),),
    )


def verdict(number: int = 1, *, alerts: tuple[Alert, ...] | None = None) -> Verdict:
    """A verdict that writes one of everything."""
    reading = Reading(f"r{number}", conflict=True, claims=(claim(),))
    raised = (alert(f"a{number}"),) if alerts is None else alerts
    return Verdict(
        report=f"r{number}",
        filed=Filed(f"r{number}", "sha256:a", NOW, reading, stories=("s1",)),
        alerts=raised,
        entries=(entry(f"e{number}"),),
        stories=(story(),),
        series=(Series(SUBJECT, NOW, claim(), f"e{number}"),),
        truces=(truce(),),
        marks={"last-strike:bridge": "2024-05-02"},
        heads=("river-war",),
        reasons=(Reason("first_report", "casualties.toll-raised", SUBJECT),),
    )


def judged(number: int = 1, *, head: int = 0, **changes: Any) -> Judged:
    """A report judged against a ledger whose head stands at `head`."""
    reading = Reading(f"r{number}", conflict=True, claims=(claim(),))
    whole = Judged(
        report=report(number),
        reading=reading,
        memory=Memory(heads={"river-war": head}),
        verdict=verdict(number),
        now=NOW,
        rulebook="sha256:rules",
        reader="1",
    )
    return replace(whole, **changes)
