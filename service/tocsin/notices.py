"""What operators are told of our own seeing: a feed that is gone, one that keeps failing."""

from __future__ import annotations

from datetime import datetime
from typing import Final

import structlog

from tocsin.judging.memory import Memory
from tocsin.judging.notice import notice
from tocsin.judging.verdict import Alert, Verdict
from tocsin.ledger.commit import announce
from tocsin.ledger.connection import Away, Store
from tocsin.ledger.writes import Judged
from tocsin.poll import Polled

log = structlog.get_logger("tocsin.notices")

#: So many failures in a row are told, once an outage.
FAILURES_TOLD: Final = 5


def feed_notice(polled: Polled, source: str, now: datetime, *, test: bool = False) -> Alert | None:
    """The notice that the end of one turn calls for, if any (F24, R21). `now` is UTC."""
    feed = polled.feed
    if polled.reason == "gone":
        return notice(
            "tocsin.feed.gone",
            f"feed/{feed.id}",
            f"{feed.name} is gone (410) and is polled no more",
            severity="medium",
            source=source,
            since=now,
            now=now,
            test=test,
        )
    if polled.failures == FAILURES_TOLD and polled.failing_since is not None:
        return notice(
            "tocsin.feed.failing",
            f"feed/{feed.id}",
            f"{feed.name} fails: {polled.reason}, {FAILURES_TOLD} times in a row",
            severity="low",
            source=source,
            since=polled.failing_since,
            now=now,
            test=test,
        )
    return None


async def publish(store: Store, alert: Alert, now: datetime) -> None:
    """Commit a notice that no report caused; a Redis that is away loses it, and the log has it."""
    verdict = Verdict("", alerts=(alert,))
    outcome = await announce(store, Judged(None, None, Memory(), verdict, now))
    reason = outcome.reason if isinstance(outcome, Away) else "told"
    log.info("notice", subject=alert.event["subject"], type=alert.event["type"], reason=reason)
