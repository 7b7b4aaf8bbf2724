"""What one process is to run, what it answers once it runs, and who is told how it goes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

from tocsin.feeds.address import FeedAddress
from tocsin.judging.verdict import Alert
from tocsin.poll import Polled
from tocsin.settings import Settings


@dataclass(frozen=True, slots=True)
class Plan:
    """What to run. `clock` gives UTC; the demo's runs on war time. `source` names the installation.

    `since` is how far back the first poll of a feed tells; None: it is memory alone. `tick` is how
    often what is due is looked for.
    """

    settings: Settings
    feeds: tuple[FeedAddress, ...]
    clock: Callable[[], datetime]
    source: str
    since: timedelta | None = None
    test: bool = False
    tick: timedelta = timedelta(seconds=1)


@dataclass(frozen=True, slots=True)
class Started:
    """Where things are, once everything runs."""

    redis: str
    server: str
    web: str
    feeds: int
    rules: int
    sinks: tuple[str, ...]


class Voice(Protocol):
    """Who is told how it goes: the terminal, or nobody."""

    def started(self, started: Started) -> None:
        """Everything runs."""

    def polled(self, polled: Polled) -> None:
        """A feed's turn ended."""

    def ruled(self, rules: int) -> None:
        """So many rules were loaded anew and are in force. A bad set is in the log, with why."""

    def noticed(self, alert: Alert, sequence: str) -> None:
        """An alert that no report caused was told: a note, of the clock, of our own seeing."""
