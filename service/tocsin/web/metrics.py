"""All metrics, defined in one place over the registry that is handed in.

Labels are words from fixed lists or from the settings, never from a feed: their number is bounded.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal, get_args

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram

from tocsin.web.history import Health

Leg = Literal["published_to_seen", "seen_to_committed"]

_SECONDS = (0.01, 0.05, 0.1, 0.5, 1, 5, 15, 60, 300, 900, 3_600, 21_600, 86_400)


class Metrics:
    """What is counted. Every method is cheap, and none raises on an unknown word."""

    def __init__(self, registry: CollectorRegistry) -> None:
        self.registry = registry
        self._feeds = Gauge(
            "tocsin_feeds",
            "Feeds by state: fresh, failing, waiting, paused, gone.",
            ["state"],
            registry=registry,
        )
        self._worst_delay = Gauge(
            "tocsin_feed_worst_delay_seconds",
            "The longest that a report of any healthy feed can wait to be seen.",
            registry=registry,
        )
        self._polls = Counter(
            "tocsin_polls",
            "Polls by outcome, each a named reason.",
            ["outcome"],
            registry=registry,
        )
        self._poll_seconds = Histogram(
            "tocsin_poll_seconds",
            "Seconds that a poll took, all of it.",
            buckets=(0.01, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30),
            registry=registry,
        )
        self._reports = Counter(
            "tocsin_reports",
            "Reports committed: new ones and edits.",
            ["kind"],
            registry=registry,
        )
        self._alerts = Counter(
            "tocsin_alerts",
            "Alerts committed, by type and severity.",
            ["type", "severity"],
            registry=registry,
        )
        self._silences = Counter(
            "tocsin_silences",
            "What raised no alert, by its named reason.",
            ["reason"],
            registry=registry,
        )
        self._latency = Histogram(
            "tocsin_latency_seconds",
            "Seconds on each leg from published to delivered.",
            ["leg"],
            buckets=_SECONDS,
            registry=registry,
        )
        self._lag = Gauge(
            "tocsin_stream_lag_seconds",
            "Age of the oldest alert a group has not taken over.",
            ["group"],
            registry=registry,
        )
        self._ready = Gauge("tocsin_ready", "1 while ready, else 0.", registry=registry)
        self._rulebook = Counter(
            "tocsin_rulebook_loads",
            "Loads of the rulebook: taken or refused.",
            ["outcome"],
            registry=registry,
        )

    def feeds(self, by_state: Mapping[Health, int]) -> None:
        """How many feeds are in each state now; none are in a state that is not given."""
        for state in get_args(Health):
            self._feeds.labels(state).set(by_state.get(state, 0))

    def worst_delay(self, seconds: float) -> None:
        """How long a report of the slowest of all healthy feeds can wait to be seen (F10)."""
        self._worst_delay.set(seconds)

    def polled(self, outcome: str, seconds: float) -> None:
        """A poll ended."""
        self._polls.labels(outcome).inc()
        self._poll_seconds.observe(seconds)

    def reported(self, *, edited: bool) -> None:
        """A report was committed."""
        self._reports.labels("edited" if edited else "new").inc()

    def alerted(self, kind: str, severity: str) -> None:
        """An alert was committed."""
        self._alerts.labels(kind, severity).inc()

    def silenced(self, reason: str) -> None:
        """Something relevant raised no alert."""
        self._silences.labels(reason).inc()

    def took(self, leg: Leg, seconds: float) -> None:
        """How long a leg took; a clock that ran back counts as no time."""
        self._latency.labels(leg).observe(max(0.0, seconds))

    def lag(self, group: str, seconds: float) -> None:
        """How old the oldest alert is that a group has not taken over."""
        self._lag.labels(group).set(seconds)

    def ready(self, *, now: bool) -> None:
        """Whether we are ready."""
        self._ready.set(1 if now else 0)

    def rulebook(self, *, taken: bool) -> None:
        """A rulebook was loaded, or refused and the old one kept."""
        self._rulebook.labels("taken" if taken else "refused").inc()
