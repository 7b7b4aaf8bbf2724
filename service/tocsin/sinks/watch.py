"""What delivery counts, as Prometheus metrics on whatever registry it is given."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram

from tocsin.sinks.parcel import Delivered, Outcome, Parcel, Rejected, Retry

_SECONDS = (0.01, 0.05, 0.1, 0.5, 1, 5, 30, 60, 300, 1_800, 7_200, 86_400)


class Watch:
    """Counters by sink. Labels are sink names and named reasons only, never an address (D27)."""

    def __init__(self, registry: CollectorRegistry) -> None:
        self._sends = Counter(
            "tocsin_deliveries",
            "Sends by outcome",
            ["sink", "outcome", "reason"],
            registry=registry,
        )
        self._taken = Counter("tocsin_taken_over", "Alerts taken over", ["sink"], registry=registry)
        self._refused = Counter(
            "tocsin_refused",
            "Alerts a sink's filter refused",
            ["sink", "reason"],
            registry=registry,
        )
        self._dead = Counter(
            "tocsin_dead_letters", "Dead letters written", ["sink", "reason"], registry=registry
        )
        self._lost = Counter(
            "tocsin_stream_losses",
            "Entries deleted from the stream before a sink took them over",
            ["sink"],
            registry=registry,
        )
        self._behind = Gauge(
            "tocsin_sink_behind_seconds",
            "Age of the oldest alert that a sink has not taken over",
            ["sink"],
            registry=registry,
        )
        self._waiting = Gauge(
            "tocsin_sink_waiting", "Alerts in a sink's due set", ["sink"], registry=registry
        )
        self._recorded = Histogram(
            "tocsin_recorded_to_delivered_seconds",
            "From the judging of a report to a sink's acceptance",
            ["sink"],
            buckets=_SECONDS,
            registry=registry,
        )

    def taken_over(self, sink: str, moved: int, refused: Iterable[str]) -> None:
        """One batch was taken over."""
        self._taken.labels(sink).inc(moved)
        for reason in refused:
            self._refused.labels(sink, reason).inc()

    def lost(self, sink: str, entries: int) -> None:
        """Entries were deleted before this sink took them over."""
        self._lost.labels(sink).inc(entries)

    def buried(self, sink: str, reason: str) -> None:
        """A dead letter was written."""
        self._dead.labels(sink, reason).inc()

    def stands(self, sink: str, behind: timedelta, waiting: int) -> None:
        """How a sink stands now."""
        self._behind.labels(sink).set(behind.total_seconds())
        self._waiting.labels(sink).set(waiting)

    def sent(self, sink: str, outcome: Outcome, told: Iterable[Parcel], now: datetime) -> None:
        """One send ended."""
        match outcome:
            case Delivered():
                self._sends.labels(sink, "delivered", "").inc()
                for parcel in told:
                    recorded = _moment(parcel.event.get("recordedtime"))
                    if recorded is not None:
                        self._recorded.labels(sink).observe((now - recorded).total_seconds())
            case Retry(reason):
                self._sends.labels(sink, "retry", reason).inc()
            case Rejected(reason):
                self._sends.labels(sink, "rejected", reason).inc()


def _moment(text: object) -> datetime | None:
    try:
        moment = datetime.fromisoformat(str(text))
    except ValueError:
        return None
    return moment if moment.tzinfo else None
