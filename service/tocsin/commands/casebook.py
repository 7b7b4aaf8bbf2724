"""Case files read aloud: an alert judged again, a silence with its reasons."""

from __future__ import annotations

from datetime import UTC

from pydantic import TypeAdapter
from rich.console import Console

from tocsin.commands.joining import here
from tocsin.commands.mistakes import refuse
from tocsin.judging.explain import Case, Explanation, explain
from tocsin.judging.memory import Memory
from tocsin.judging.rulebook import Rulebook
from tocsin.judging.subject import keyword_subject
from tocsin.judging.verdict import Reason
from tocsin.ledger import history
from tocsin.ledger.connection import Store
from tocsin.ledger.documents import CaseFile, StoredReport
from tocsin.ledger.rulebooks import rulebook_source
from tocsin.reading.facts import Reading

_OUT = Console(highlight=False, soft_wrap=True)


async def explain_alert(store: Store, alert: str) -> None:
    """Judge the case behind an alert again, by the rules that were in force (R19)."""
    published = here(await history.alert(store, alert))
    if published is None:
        refuse([f"there is no alert {alert}: `tocsin tail --since 24h` lists ids"])
    event = published.event
    _say(f"{event['id']}  {event['type']}  {event['severitytext']}")
    _say(f"  {event['data']['headline']}")
    case = here(await history.case_file(store, alert))
    if case is None:
        _say("  no report caused it: it is of the clock, or of an operator")
        return
    told = await _again(store, case, event["source"])
    if told is None:
        _say("  the rules of its time are not kept any more; its reasons stand in the report")
        return
    same = any(one.id == alert for one in told.verdict.alerts)
    verdict = "the same verdict" if same else "ANOTHER verdict: the reader or judge has changed"
    _say(f"  judged again as of {case.now.astimezone(UTC):%Y-%m-%d %H:%M:%S} UTC: {verdict}")
    _say(f"  report  {case.report.title}")
    for quote in event["data"].get("evidence") or ():
        _say(f"  quote   “{quote['quote']}” ({quote['field']} {quote['start']}–{quote['end']})")
    _reasons(told.verdict.reasons)
    _reasons(told.misses)


async def explain_report(store: Store, which: str) -> None:
    """Say why a report raised what it raised, and which condition failed of each rule."""
    found = here(await history.report_at(store, which))
    if found is None:
        refuse([f"no report {which} is kept (texts are kept for 7 days)"])
    report = found.report
    published = f"{report.published:%Y-%m-%d %H:%M}" if report.published else "no date"
    _say(f"{report.id}  {report.title}  ({report.publisher or 'unknown'}, {published})")
    _say(f"  alerts  {', '.join(found.alerts) or 'none'}")
    _reasons(found.reasons)
    if not found.alerts and found.reading is not None and found.reading.conflict:
        await _why_silent(store, found, found.reading)


async def _why_silent(store: Store, found: StoredReport, reading: Reading) -> None:
    """Which condition of which rule failed. What was remembered then is not kept for a silence."""
    if not (reading.claims or reading.strikes or reading.ceasefire):
        _say("  nothing that moves: no figure, strike or truce was read in it")
        return
    rulebook = await _rulebook(store, found.rulebook)
    if rulebook is None:
        _say("  the rules of its time are not kept any more")
        return
    asked = Case(found.report, reading, Memory(), found.recorded, found.rulebook)
    misses = explain(asked, rulebook).misses
    if all(miss.subject == keyword_subject(found.report.id) for miss in misses):
        _say("  what was read moves nothing: the past, a denial, another topic, or a running total")
        _say("  outside every theatre")
        return
    _say("  of each rule, the condition that failed, asked as if nothing had been known before:")
    _reasons(misses)


async def _again(store: Store, case: CaseFile, source: str) -> Explanation | None:
    rulebook = await _rulebook(store, case.rulebook)
    if rulebook is None:
        return None
    asked = Case(case.report, case.reading, case.memory, case.now, case.rulebook, source=source)
    return explain(asked, rulebook)


async def _rulebook(store: Store, digest: str) -> Rulebook | None:
    """The rules that were in force, while they are kept."""
    kept = here(await rulebook_source(store, digest)) if digest else None
    return None if kept is None else TypeAdapter(Rulebook).validate_json(kept)


def _reasons(reasons: tuple[Reason, ...]) -> None:
    for one in reasons:
        about = " ".join(part for part in (one.rule, one.subject) if part)
        tail = f": {one.detail}" if one.detail else ""
        _say(f"  {one.reason:<20} {about}{tail}")


def _say(line: str) -> None:
    _OUT.print(line, markup=False)
