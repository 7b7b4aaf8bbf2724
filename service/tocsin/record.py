"""The record of polls: each turn in the log, what it brought in the metrics."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

import structlog

from tocsin.poll import Polled
from tocsin.reading.report import Report
from tocsin.web.metrics import Metrics

log = structlog.get_logger("tocsin.app")


class Record:
    """Called with each turn as it ends. `clock` gives UTC."""

    def __init__(self, metrics: Metrics, clock: Callable[[], datetime]) -> None:
        self._metrics, self._clock = metrics, clock

    def __call__(self, polled: Polled) -> None:
        """Log and count how a feed's turn ended."""
        self._metrics.polled(polled.reason, polled.seconds)
        facts = {"feed": polled.feed.name, "reason": polled.reason}
        if not polled.ok:
            log.info("poll_failed", **facts, detail=polled.detail)
        elif polled.taken is not None and polled.taken.new:
            log.info("polled", **facts, new=polled.taken.new, alerts=polled.taken.alerts)
            self._count(polled)
        if polled.remark:
            log.warning("feed_remark", feed=polled.feed.name, remark=polled.remark)

    def _count(self, polled: Polled) -> None:
        for told in polled.taken.told if polled.taken else ():
            self._metrics.reported(edited=told.judged.memory.filed is not None)
            self._time(told.judged.report, first=polled.first)
            for alert in told.judged.verdict.alerts:
                event = alert.event
                self._metrics.alerted(event["type"], event["severitytext"])
            for reason in told.judged.verdict.reasons:
                if reason.alert is None:
                    self._metrics.silenced(reason.reason)

    def _time(self, report: Report | None, *, first: bool) -> None:
        if report is None or report.fetched is None:
            return
        seen_to_committed = self._clock() - report.fetched
        self._metrics.took("seen_to_committed", seen_to_committed.total_seconds())
        # What a first poll finds was published at any time before, and says nothing of delay.
        if report.published is not None and not first:
            published_to_seen = report.fetched - report.published
            self._metrics.took("published_to_seen", published_to_seen.total_seconds())
