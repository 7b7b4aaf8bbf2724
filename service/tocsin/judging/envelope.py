"""What all alerts have in common: their envelope, CloudEvents 1.0 with Tocsin's extensions.

https://github.com/cloudevents/spec/blob/v1.0.2/cloudevents/spec.md
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from tocsin.judging.rulebook import SEVERITY_NUMBER, Severity


def stamp(moment: datetime) -> str:
    """RFC 3339 in UTC, to the second."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def enveloped(
    name: str,
    kind: str,
    subject: str,
    data: Mapping[str, Any],
    *,
    source: str,
    severity: Severity,
    said: datetime,
    recorded: datetime,
    thread: str,
    follows: str | None = None,
) -> dict[str, Any]:
    """The event with the id `name`, of `thread`; `follows` is the alert that it goes on from."""
    return {
        "specversion": "1.0",
        "id": name,
        "source": source,
        "type": kind,
        "subject": subject,
        "time": stamp(said),
        "recordedtime": stamp(recorded),
        "correlationid": thread,
        "causationid": follows,
        "severitytext": severity,
        "severitynumber": SEVERITY_NUMBER[severity],
        "datacontenttype": "application/json",
        "dataschema": f"urn:tocsin:alert:{kind.removeprefix('tocsin.')}:1",
        "data": data,
    }


def unreported(
    headline: str,
    *,
    loud: bool,
    theatre: str | None,
    changes: Sequence[Mapping[str, Any]] = (),
    revision: int = 1,
    previous: str | None = None,
) -> dict[str, Any]:
    """The data of an alert that no report and no rule caused."""
    return {
        "headline": headline,
        "loud": loud,
        "test": False,
        "rule": None,
        "changes": [*changes],
        "revision": revision,
        "previous": previous,
        "report": None,
        "evidence": [],
        "theatre": theatre,
        "places": [],
    }
