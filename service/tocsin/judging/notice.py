"""Notices: alerts that no report caused, about our own seeing and telling, for operators."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Literal

from tocsin.judging.draft import digest
from tocsin.judging.envelope import enveloped
from tocsin.judging.rulebook import Severity
from tocsin.judging.verdict import Alert

NoticeType = Literal[
    "tocsin.feed.failing",
    "tocsin.feed.silent",
    "tocsin.feed.changed",
    "tocsin.feed.gone",
    "tocsin.sink.disabled",
    "tocsin.ledger.emptied",
]


def notice(
    kind: NoticeType,
    subject: str,
    headline: str,
    *,
    severity: Severity,
    source: str,
    since: datetime,
    now: datetime,
    test: bool = False,
) -> Alert:
    """One notice, ready to be committed.

    Its id is of the kind, the subject and the minute of `since`, when the state it tells of began:
    two replicas that meet one state tell it once, and the next outage is another notice.
    """
    name = digest(kind, subject, since.astimezone(UTC).strftime("%Y-%m-%dT%H:%M"))
    event = enveloped(
        name,
        kind,
        subject,
        {"headline": headline, "loud": severity == "high", "test": test},
        source=source,
        severity=severity,
        said=now,
        recorded=now,
        thread=subject,
    )
    return Alert(name, event)
