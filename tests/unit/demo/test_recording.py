"""The recorded war is what the demo promises: sides, figures, truces, edits, traps."""

from __future__ import annotations

import json
from datetime import datetime
from xml.etree import ElementTree as ET

from tocsin.demo.expected import Difference, Expected, Telling, differences, load_expected
from tocsin.demo.recording import load_recording
from tocsin.demo.render import WINDOW, render
from tocsin.demo.table import Quiet, closing_table, quiet_of
from tocsin.judging.verdict import Reason, Verdict
from tocsin.reading.report import Report


def _event(guid: str, kind: str, changes: list[dict[str, object]], headline: str = "h") -> dict:
    return {
        "type": kind,
        "time": "2020-10-28T10:00:00Z",
        "severitytext": "high",
        "data": {"headline": headline, "changes": changes, "report": {"guid": guid}, "places": []},
    }


def test_four_outlets_and_forty_reports() -> None:
    """The recording is large enough, and every report has a guid of its own."""
    recording = load_recording()
    guids = [item.guid for _, item in recording.reports()]
    assert len(recording.outlets) >= 4
    assert len(guids) >= 40
    assert len(set(guids)) == len(guids)
    assert {outlet.format for outlet in recording.outlets} == {"rss", "atom", "json"}


def test_every_report_appears_in_an_edition() -> None:
    """Nothing is written that is never shown, and the backlog of the first poll is small."""
    recording = load_recording()
    for _, item in recording.reports():
        assert item.at(recording.editions[-1]) == item.versions[-1]
        assert all(v.at >= item.published for v in item.versions)
    backlog = [item for _, item in recording.reports() if item.at(recording.editions[0])]
    assert 1 <= len(backlog) <= 6


def test_the_list_speaks_of_every_report_once() -> None:
    """Every report and edit has one line beforehand, and each line a decision."""
    wanted = {
        (item.guid, edit or None)
        for _, item in load_recording().reports()
        for edit in range(len(item.versions))
    }
    listed = [(each.report, each.edit) for each in load_expected()]
    assert set(listed) == wanted
    assert len(listed) == len(wanted)
    assert all(bool(each.raised) != bool(each.quiet) for each in load_expected())


def test_the_list_holds_the_recorded_figures() -> None:
    """The military toll of the ministry and the three figures of Barda are all to be told."""
    killed = [telling.killed for each in load_expected() for telling in each.raised]
    series = [58, 158, 604, 673, 729, 874, 927, 963, 974, 1009, 1068, 1177, 1221]
    assert [value for value in killed if value in series] == series
    assert [value for value in killed if value in (14, 19, 21)] == [14, 19, 21]


def test_feeds_show_a_window_newest_first() -> None:
    """A feed shows its newest reports as of a moment, in its own format."""
    recording = load_recording()
    end = recording.editions[-1]
    for outlet in recording.outlets:
        body = render(outlet, end, "https://outlet.example")
        if outlet.format == "json":
            shown = [item["id"] for item in json.loads(body)["items"]]
        else:
            root = ET.fromstring(body)  # noqa: S314 — our own rendering
            atom = "{http://www.w3.org/2005/Atom}"
            entries = root.iter("item" if outlet.format == "rss" else f"{atom}entry")
            shown = [entry.findtext("guid") or entry.findtext(f"{atom}id") for entry in entries]
        newest = sorted(outlet.items, key=lambda item: item.versions[-1].at, reverse=True)
        assert shown == [item.guid for item in newest[:WINDOW]]


def test_differences_name_what_went_wrong() -> None:
    """A missing alert, one too many, a wrong reason and a stranger are each told as such."""
    expected = (
        Expected(report="a", raised=(Telling(figure="raised", killed=19),)),
        Expected(report="b", quiet=("corroborated",)),
        Expected(report="c", raised=(Telling(ceasefire="violated"),)),
        Expected(report="d", raised=(Telling(strike="Barda", killed=14),)),
    )
    nineteen = {"reason": "raised", "indicator": "killed", "to": {"value": 19}}
    fourteen = {"reason": "first_report", "indicator": "killed", "to": {"value": 14}}
    alerts = [
        _event("a", "tocsin.figure.changed", [nineteen]),
        _event("b", "tocsin.figure.changed", [nineteen], "again 19"),
        _event("d", "tocsin.strike.reported", [fourteen], "Rockets on Barda"),
        _event("e", "tocsin.strike.reported", [], "unheard of"),
    ]
    moment = datetime.fromisoformat("2020-10-28T10:00:00Z")
    silences = [Quiet("b", "t", "p", moment, "late")]
    assert differences(expected, alerts, silences) == [
        Difference("b", "wrong reason", "late"),
        Difference("c", "not raised", '{"ceasefire":"violated"}'),
        Difference("b", "raised too much", "again 19"),
        Difference("e", "not listed", "unheard of"),
    ]


def test_a_report_that_tells_of_nothing_has_its_word() -> None:
    """What a verdict leaves unsaid is said: a report of war without a fact."""
    report = Report("r", "Rovers draw", guid="g", publisher="p")
    said = Verdict("r", reasons=(Reason("late"), Reason("late"), Reason("raised", alert="a")))
    for verdict, reasons in ((Verdict("r"), ["no_facts"]), (said, ["late"])):
        assert [quiet.reason for quiet in quiet_of(report, verdict)] == reasons


def test_the_closing_table_lists_both_parts() -> None:
    """An alert is a row; a report with two reasons is one row; one that spoke is not quiet."""
    moment = datetime.fromisoformat("2020-10-28T10:00:00Z")
    silences = [
        Quiet("a", "told", "p", moment, "told_with_strike"),
        Quiet("b", "again", "p", moment, "corroborated"),
        Quiet("b", "again", "p", moment, "reprint"),
    ]
    table = closing_table([_event("a", "tocsin.strike.reported", [])], silences)
    assert table.row_count == 2
    assert table.caption == "1 raised; 1 reports kept quiet: 1 corroborated"
