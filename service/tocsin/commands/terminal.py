"""What `tocsin run` says: what a first poll taught, a line a sweep, a line an alert."""

from __future__ import annotations

import sys
import time
from collections import Counter
from datetime import datetime
from typing import Any

import orjson
from rich.console import Console
from rich.text import Text

from tocsin.judging.verdict import Alert
from tocsin.plan import Started
from tocsin.poll import Polled

_LEVEL = {"low": "dim", "medium": "yellow", "high": "bold red", "critical": "bold white on red"}
#: A line a sweep at most every so many seconds; feeds on loopback would fill the screen.
_SWEEP_SECONDS = 15.0


class Terminal:
    """The readable voice: for a person who watches. Feed text is shown as text, never as markup."""

    def __init__(self, console: Console | None = None) -> None:
        self._out = console or Console(highlight=False, soft_wrap=True)
        self._polls: Counter[str] = Counter()
        self._new = 0
        self._said = time.monotonic()
        self._failing: dict[str, str] = {}

    def started(self, started: Started) -> None:
        """Where everything is."""
        feeds = "1 feed" if started.feeds == 1 else f"{started.feeds} feeds"
        self._out.print(f"[bold]Tocsin[/bold] watches {feeds}, {started.rules} rules")
        self._out.print(f"  alerts   {started.redis} ({started.server}), {{tocsin}}:alerts:v1")
        self._out.print(f"  page     {started.web}")
        if started.sinks:
            self._out.print(f"  sinks    {', '.join(started.sinks)}")

    def polled(self, polled: Polled) -> None:
        """Say what a turn brought, if it is worth a line."""
        self._polls[polled.reason if polled.ok else "failed"] += 1
        if polled.first and polled.taken is not None:
            self._learned(polled)
        if not polled.ok and self._failing.get(polled.feed.id) != polled.reason:
            detail = f": {polled.detail}" if polled.detail else ""
            self._line("feed", "dim", f"{polled.feed.name} fails, {polled.reason}{detail}")
            self._failing[polled.feed.id] = polled.reason
        if polled.ok and polled.feed.id in self._failing:
            del self._failing[polled.feed.id]
            self._line("feed", "dim", f"{polled.feed.name} is back")
        for told in polled.taken.told if polled.taken else ():
            self._new += 1
            for alert in told.judged.verdict.alerts:
                self._alert(alert.event)
        self._sweep()

    def ruled(self, rules: int) -> None:
        """Say that what was edited is in force."""
        self._line("rules", "cyan", f"loaded anew: {rules} rules are in force")

    def noticed(self, alert: Alert, sequence: str) -> None:
        """Say it, with the lines of a note."""
        del sequence
        self._alert(alert.event)
        for line in alert.event["data"].get("lines") or ():
            self._line("", "", str(line))

    def _learned(self, polled: Polled) -> None:
        taken = polled.taken
        if taken is None:
            return
        readings = [told.judged.reading for told in taken.told if told.judged.reading]
        conflict = [reading for reading in readings if reading.conflict]
        facts = sum(len(r.claims) + len(r.strikes) + len(r.ceasefire) for r in conflict)
        theatres = sorted({reading.theatre for reading in conflict if reading.theatre})
        where = f" ({', '.join(theatres)})" if theatres else ""
        self._line(
            "learned",
            "cyan",
            f"{polled.feed.name}: {taken.shown} reports, {len(conflict)} about armed conflict"
            f"{where}, {facts} facts remembered",
        )

    def _alert(self, event: dict[str, Any]) -> None:
        level = str(event.get("severitytext") or "note")
        at = datetime.fromisoformat(str(event["time"])).strftime("%d %b %H:%M")
        data = event["data"]
        marks = [
            mark
            for mark, holds in (("late", data.get("late")), ("quiet", not data.get("loud")))
            if holds
        ]
        loud = f" ({', '.join(marks)})" if marks else ""
        self._line(level, _LEVEL.get(level, ""), f"{at}  {event['data'].get('headline')}{loud}")

    def _sweep(self) -> None:
        now = time.monotonic()
        if now - self._said < _SWEEP_SECONDS:
            return
        polls = ", ".join(f"{count} {reason}" for reason, count in sorted(self._polls.items()))
        self._line("sweep", "dim", f"{polls}; {self._new} new reports")
        self._polls.clear()
        self._new, self._said = 0, now

    def _line(self, what: str, style: str, words: str) -> None:
        self._out.print(Text(f"{what:<9}", style=style) + Text(words))


class JsonLines:
    """The machine's voice: one alert a line on standard output, nothing else."""

    def started(self, started: Started) -> None:
        """Say nothing: the lines are alerts alone."""

    def polled(self, polled: Polled) -> None:
        """Write each alert with its sequence."""
        for told in polled.taken.told if polled.taken else ():
            alerts = told.judged.verdict.alerts
            for alert, sequence in zip(alerts, told.sequences, strict=False):
                line = orjson.dumps(alert.event | {"sequence": sequence})
                sys.stdout.buffer.write(line + b"\n")
        sys.stdout.flush()

    def ruled(self, rules: int) -> None:
        """Say nothing."""

    def noticed(self, alert: Alert, sequence: str) -> None:
        """Write it like any other."""
        sys.stdout.buffer.write(orjson.dumps(alert.event | {"sequence": sequence}) + b"\n")
        sys.stdout.flush()


class Silence:
    """No voice: where the log is structured, it says everything."""

    def started(self, started: Started) -> None:
        """Say nothing."""

    def polled(self, polled: Polled) -> None:
        """Say nothing."""

    def ruled(self, rules: int) -> None:
        """Say nothing."""

    def noticed(self, alert: Alert, sequence: str) -> None:
        """Say nothing."""
