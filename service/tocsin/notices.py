"""Alerts that no report caused: committed like any other, and told once however often asked for."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

import structlog

from tocsin.judging.memory import Memory
from tocsin.judging.verdict import Alert, Verdict
from tocsin.ledger.commit import Ok, announce
from tocsin.ledger.connection import Away, Store
from tocsin.ledger.history import alert as published
from tocsin.ledger.writes import Judged

log = structlog.get_logger("tocsin.notices")

Told = tuple[Alert, str]


async def tell(store: Store, verdict: Verdict, now: datetime) -> list[Told] | Away:
    """Commit a verdict that no report caused; answers what was new of it, with its sequences.

    While Redis is away nothing is written and nothing counts as told: whoever looks again tells it.
    """
    new: list[Alert] = []
    for alert in verdict.alerts:
        before = await published(store, alert.id)
        if isinstance(before, Away):
            return before
        if before is None:
            new.append(alert)
    if not new and not verdict.marks:
        return []
    fresh = replace(verdict, alerts=tuple(new))
    outcome = await announce(store, Judged(None, None, Memory(), fresh, now))
    match outcome:
        case Away(reason=reason):
            log.warning("notices_untold", reason=reason, count=len(new))
            return outcome
        case Ok(sequences=sequences):
            for alert in new:
                event = alert.event
                log.info("notice", subject=event["subject"], type=event["type"], alert=alert.id)
            return list(zip(new, sequences, strict=True))
        case _:
            raise AssertionError(f"a verdict without report and heads is committed: {outcome}")
