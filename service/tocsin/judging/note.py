"""Notes: quiet alerts of several lines that no report caused."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from tocsin.judging.alert import LARGEST, stamp
from tocsin.judging.rulebook import SEVERITY_NUMBER
from tocsin.judging.verdict import Alert

LINES = 12


def note(
    name: str,
    subject: str,
    headline: str,
    lines: Sequence[str],
    now: datetime,
    *,
    source: str,
    theatre: str | None = None,
) -> Alert:
    """`tocsin.note` on a subject that ends in `/note`; at most twelve lines of it are kept."""
    event: dict[str, Any] = {
        "specversion": "1.0",
        "id": name,
        "source": source,
        "type": "tocsin.note",
        "subject": subject,
        "time": stamp(now),
        "recordedtime": stamp(now),
        "correlationid": subject.removesuffix("/note"),
        "causationid": None,
        "severitytext": "low",
        "severitynumber": SEVERITY_NUMBER["low"],
        "datacontenttype": "application/json",
        "dataschema": "urn:tocsin:alert:note:1",
        "data": {
            "headline": headline,
            "loud": False,
            "test": False,
            "rule": None,
            "changes": [],
            "revision": 1,
            "previous": None,
            "report": None,
            "evidence": [],
            "theatre": theatre,
            "places": [],
            "lines": [line[: LARGEST // (4 * LINES)] for line in lines[:LINES]],
        },
    }
    return Alert(name, event)
