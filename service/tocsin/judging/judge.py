"""Judging one report: what must be known for it, and what is decided.

    wanted → (the ledger recalls) → judge: hear → tell → publish → close

`judge` is a function of its arguments: the same report judged twice against the same memory gives
the same verdict, to the letter.
"""

from __future__ import annotations

from datetime import datetime

from tocsin.judging.alert import Desk, publish
from tocsin.judging.draft import open_draft
from tocsin.judging.flood import Flood, flood_mark
from tocsin.judging.followup import follow
from tocsin.judging.geography import fine
from tocsin.judging.grouping import group, wanted_by_words
from tocsin.judging.headlined import title_mark
from tocsin.judging.hear import hear
from tocsin.judging.ledgering import close, count_as_told
from tocsin.judging.lookup import widen
from tocsin.judging.memory import Memory, Wanted
from tocsin.judging.parting import events
from tocsin.judging.rulebook import Rulebook
from tocsin.judging.subject import NO_THEATRE, board_subject, names_of, series_subject, slug
from tocsin.judging.telling import Telling, tell
from tocsin.judging.verdict import Alert, Reason, Verdict
from tocsin.reading.facts import INDICATORS, Reading
from tocsin.reading.report import Report


def wanted(report: Report, reading: Reading, rulebook: Rulebook) -> Wanted:
    """What judging this report needs to know: one bounded look-up, whatever the ledger's age."""
    if rulebook.any_topic:
        return wanted_by_words(report)
    told = title_mark(report) if reading.conflict else ()
    if not _has_facts(reading):
        return Wanted(report=report.id, marks=(*flood_mark(report), *told))
    now = report.fetched or report.published
    happened = events(report, reading, rulebook, now) if now else []
    theatre = reading.theatre or NO_THEATRE
    names = names_of(rulebook, reading.theatre)
    series: dict[str, None] = {}
    if reading.theatre is not None:
        for claim in reading.claims:
            if claim.basis != "historical":
                who = names.claimant(claim.claimant)
                series[board_subject(theatre, claim.indicator)] = None
                for indicator in INDICATORS:
                    subject = series_subject(theatre, indicator, claim.victims, who.id)
                    series[subject] = None
    places = {slug(p.name) for event in happened for p in event.places}
    places |= {slug(place.name) for place in reading.places if fine(place)}
    asked = Wanted(
        report=report.id,
        heads=(theatre,),
        series=tuple(series)[:64],
        truces=(theatre,),
        marks=(
            *flood_mark(report),
            *told,
            f"watch:{theatre}",
            f"struck:{theatre}",
            *(f"strike:{place}" for place in sorted(places)[:16]),
        ),
    )
    return widen(asked, happened)


def judge(
    report: Report,
    reading: Reading,
    memory: Memory,
    rulebook: Rulebook,
    now: datetime,
    *,
    backlog: bool = False,
    late: bool = False,
    source: str = "/tocsin/default",
    test: bool = False,
) -> Verdict:
    """Decide what this report changes and what of it is told. `now` is aware.

    With `backlog` (the first poll of a feed) all of it becomes memory, counts as told, and no alert
    is raised. With `late` it came in while nobody looked, and its alerts say so.
    """
    if rulebook.any_topic:
        return group(report, reading, memory, now)
    draft = open_draft(report, reading, memory, rulebook, now)
    tellings = tell(draft, hear(draft))
    tellings += follow(draft, tellings)
    alerts: list[Alert] = []
    flood = Flood.of(draft)
    for telling in tellings:
        subject = telling.happening.subject
        if backlog:
            detail = "the first poll of a feed is memory"
            draft.reasons.append(Reason("backlog", telling.rule.id, subject, detail))
            count_as_told(draft, telling, None)
        elif flood.full(len(alerts)):
            draft.reasons.append(Reason("flood_cap", telling.rule.id, subject, flood.detail))
        else:
            alert = publish(draft, telling, Desk(source, test, flood.last(len(alerts)), late))
            alerts.append(alert)
            draft.reasons.append(_said(telling, alert))
            count_as_told(draft, telling, alert)
    flood.count(draft, len(alerts))
    return close(draft, tuple(alerts), heads=_heads(reading))


def _said(telling: Telling, alert: Alert) -> Reason:
    changes = telling.changes
    reason = changes[0].reason if changes else str(alert.event["type"]).removeprefix("tocsin.")
    return Reason(reason, telling.rule.id, telling.happening.subject, alert=alert.id)


def _has_facts(reading: Reading) -> bool:
    return reading.conflict and bool(reading.claims or reading.strikes or reading.ceasefire)


def _heads(reading: Reading) -> tuple[str, ...]:
    return (reading.theatre or NO_THEATRE,) if _has_facts(reading) else ()
