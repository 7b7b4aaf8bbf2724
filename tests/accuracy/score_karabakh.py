"""How well a replay of the autumn of 2020 tells what is known of it.

    tocsin backtest …/karabakh_2020_rendered.tar.xz --json > alerts.jsonl
    python tests/accuracy/score_karabakh.py alerts.jsonl …/series/karabakh_2020.json

Tolls: of the ministry's values that stand in the reports (all but 1,009, which is derived), how
many were told with the right claimant. Truces: of the steps of the four, how many were told with a
right status, under ids of their own, and how often "in effect" was told falsely. Repeats: figures
told although they had been told before, or are history.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import orjson

DERIVED = 1_009
#: The ministry, and the officials under whose name some agencies report its figures.
RIGHT = ("nagorno-karabakh-defence-ministry", "nagorno-karabakh-officials")
PARTIES = "armenia+azerbaijan"
#: Figures of the war of 1988 to 1994, told as background.
HISTORY = {20_000, 25_000, 30_000, 35_000, 16_000, 24_000}
#: One account of a day's toll differs by one from another (the series' own notes).
SLACK = 1
#: What may stand for a step: a truce agreed and soon in force is one step.
ALSO = {
    "agreed": {"agreed", "in_effect"},
    "in_effect": {"agreed", "in_effect"},
    "violated": {"violated", "collapsed"},
    "collapsed": {"violated", "collapsed"},
}

Event = dict[str, Any]


def figures(alerts: list[Event]) -> Iterator[tuple[Event, Event]]:
    """Every claim that an alert reached, with its alert."""
    for alert in alerts:
        for change in alert["data"].get("changes") or []:
            if isinstance(change.get("to"), dict) and change.get("indicator"):
                yield alert, change["to"] | {"indicator": change["indicator"]}


def tolls(alerts: list[Event], points: list[Event]) -> tuple[list[str], int]:
    """A line for each value, and how many were told by the right claimant."""
    lines, right = [], 0
    for point in points:
        value, day = point["value"], point["date"]
        if value == DERIVED:
            continue
        told = [
            alert
            for alert, claim in figures(alerts)
            if claim["indicator"] == "killed"
            and claim.get("value") is not None
            and abs(claim["value"] - value) <= SLACK
        ]
        by_ministry = [alert for alert in told if alert["subject"].rsplit("/")[-1] in RIGHT]
        right += bool(by_ministry)
        others = ", ".join(sorted({alert["subject"] for alert in told}))
        verdict = "told" if by_ministry else f"told by {others}" if others else "missed"
        lines.append(f"  {day} {value:>6,}  {verdict}")
    return lines, right


def truces(alerts: list[Event], steps: list[Event]) -> tuple[list[str], int, int]:
    """A line for each step, how many were told, and how often "in effect" was told falsely."""
    told = [alert for alert in alerts if alert["type"] == "tocsin.ceasefire.changed"]
    lines, right = [], 0
    spent: set[str] = set()
    for step in steps:
        when = _when(step["date"])
        wanted = set().union(*(ALSO[word] for word in _words(step["status"])))
        near = [
            alert
            for alert in told
            if PARTIES in alert["subject"]
            and alert["id"] not in spent
            and _status(alert) in wanted
            and abs(_observed(alert) - when) <= timedelta(hours=36)
        ]
        if near:
            right += 1
            spent.add(near[0]["id"])
        lines.append(f"  {step['date']:23} {step['status']:20} {'told' if near else 'missed'}")
    false = sum(_status(alert) == "in_effect" and not _stood(alert, steps) for alert in told)
    return lines, right, false


def repeats(alerts: list[Event]) -> list[str]:
    """Figures that were told again, or are history."""
    lines = []
    told: set[tuple[str, str, int]] = set()
    for alert, claim in figures(alerts):
        value = claim.get("value") or claim.get("low")
        key = (claim["indicator"], alert["subject"], value)
        if claim["indicator"] == "killed" and value in HISTORY:
            lines.append(f"  history  {alert['observed'][:16]} {alert['data']['headline']}")
        elif key in told:
            lines.append(f"  repeated {alert['observed'][:16]} {alert['data']['headline']}")
        told.add(key)
    return lines


def _words(status: str) -> list[str]:
    return status.replace("/", ",").replace(" ", "").split(",")


def _status(alert: Event) -> str | None:
    for change in alert["data"].get("changes") or []:
        to = change.get("to")
        status = to.get("status") if isinstance(to, dict) else to
        return str(status or change.get("status"))
    return None


def _stood(alert: Event, steps: list[Event]) -> bool:
    """Whether a truce was agreed or in effect by then, and not yet broken for two days."""
    before = [step for step in steps if _when(step["date"]) <= _observed(alert)]
    if not before:
        return False
    last = before[-1]
    fresh = _observed(alert) - _when(last["date"]) <= timedelta(hours=36)
    return fresh or "agreed" in last["status"] or "in_effect" in last["status"]


def _when(text: str) -> datetime:
    when = datetime.fromisoformat(text)
    return (when if when.tzinfo else when.replace(tzinfo=UTC)).astimezone(UTC)


def _observed(alert: Event) -> datetime:
    return datetime.fromisoformat(alert["observed"])


def main(alerts_file: str, series_file: str) -> None:
    """Print the score."""
    alerts = [orjson.loads(line) for line in Path(alerts_file).read_bytes().splitlines()]
    gold = orjson.loads(Path(series_file).read_bytes())
    toll_lines, right = tolls(alerts, gold["points"])
    print("The ministry's toll", *toll_lines, sep="\n")
    step_lines, steps, false = truces(alerts, gold["ceasefires"])
    print("The truces", *step_lines, sep="\n")
    again = repeats(alerts)
    print("Told again, or history", *(again or ["  none"]), sep="\n")
    print(
        f"tolls {right}/{len(toll_lines)}; truce steps {steps}/{len(step_lines)}, "
        f"false 'in effect' {false}; repeats and history {len(again)}; alerts {len(alerts)}"
    )


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit("usage: score_karabakh.py ALERTS.jsonl SERIES.json")
    main(*sys.argv[1:])
