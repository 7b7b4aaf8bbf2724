"""What the demo ends with: a table of what was raised and what was kept quiet, with reasons."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from rich import box
from rich.table import Table
from rich.text import Text

from tocsin.judging.verdict import Verdict
from tocsin.reading.report import Report

_COLOUR = {"low": "", "medium": "yellow", "high": "red", "critical": "bold red"}


@dataclass(frozen=True, slots=True)
class Quiet:
    """One named reason for which a report raised nothing; `report` is its guid, `at` in UTC."""

    report: str
    title: str
    publisher: str
    at: datetime
    reason: str


def quiet_of(report: Report, verdict: Verdict, *, backlog: bool = False) -> list[Quiet]:
    """Why a report raised nothing, in the verdict's own words.

    A verdict has no word for a report of war that tells of nothing: that is `backlog` in the first
    poll of a feed, else `no_facts`.
    """
    reasons = [reason.reason for reason in verdict.reasons if reason.alert is None]
    if not reasons and not verdict.alerts:
        reasons = ["backlog" if backlog else "no_facts"]
    at = report.published or report.fetched or datetime.min.replace(tzinfo=UTC)
    return [
        Quiet(report.guid, report.title, report.publisher or "", at, reason)
        for reason in dict.fromkeys(reasons)
    ]


def closing_table(alerts: Iterable[Mapping[str, Any]], silences: Iterable[Quiet]) -> Table:
    """Raised first, then kept quiet, each in the order of the war; one row an alert or a report.

    `alerts` are events of the stream. A report that raised anything is in the first part alone.
    """
    raised = sorted(alerts, key=lambda event: str(event["time"]))
    spoke = {guid for event in raised if (guid := guid_of(event)) is not None}
    quiet = _by_report(silence for silence in silences if silence.report not in spoke)
    counts = Counter(reason for _, reasons in quiet for reason in reasons[:1])
    table = Table(
        title="The war of autumn 2020, as Tocsin told it",
        title_justify="left",
        caption=f"{len(raised)} raised; {len(quiet)} reports kept quiet"
        + (": " if counts else "")
        + ", ".join(f"{number} {reason}" for reason, number in counts.most_common()),
        caption_justify="left",
        box=box.SIMPLE_HEAD,
        show_edge=False,
        pad_edge=False,
        padding=(0, 1, 0, 0),
    )
    table.add_column("war time", no_wrap=True)
    table.add_column("outcome", no_wrap=True)
    table.add_column("what", overflow="fold")
    for event in raised:
        level = str(event.get("severitytext", "low"))
        publisher = (event["data"].get("report") or {}).get("publisher") or ""
        table.add_row(
            _moment(datetime.fromisoformat(event["time"])),
            Text(level, style=_COLOUR.get(level, "")),
            _told(event["data"]["headline"], publisher),
        )
    table.add_section()
    for first, reasons in quiet:
        table.add_row(
            _moment(first.at),
            Text(reasons[0], style="dim"),
            _told(first.title, first.publisher),
        )
    return table


def _told(what: str, publisher: str) -> Text:
    return Text.assemble((f"{publisher}  ", "dim"), what) if publisher else Text(what)


def guid_of(event: Mapping[str, Any]) -> str | None:
    """The guid of the report that an alert stands on; a note has none."""
    report = event["data"].get("report")
    return str(report["guid"]) if report else None


def _by_report(silences: Iterable[Quiet]) -> Sequence[tuple[Quiet, list[str]]]:
    first: dict[str, Quiet] = {}
    reasons: dict[str, list[str]] = {}
    for silence in silences:
        first.setdefault(silence.report, silence)
        named = reasons.setdefault(silence.report, [])
        if silence.reason not in named:
            named.append(silence.reason)
    for named in reasons.values():
        named.sort(key=lambda reason: reason == "unspecific")  # it says least, so it comes last
    ordered = sorted(first.values(), key=lambda silence: silence.at)
    return [(silence, reasons[silence.report]) for silence in ordered]


def _moment(at: datetime) -> str:
    return f"{at.astimezone(UTC):%d %b %H:%M}"
