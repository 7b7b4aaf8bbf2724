"""An operator takes an alert back: the alert that says so, to everyone who had the first."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from tocsin.judging.draft import digest
from tocsin.judging.verdict import Alert


def retraction(first: dict[str, Any], why: str, now: datetime) -> Alert:
    """`tocsin.alert.retracted` for a published event, as severe as it was, in its thread.

    Its id is of the alert alone: an alert is taken back once, however often it is asked for.
    """
    at = now.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    name = digest("retracted", first["id"])
    data = first["data"]
    event = {
        **first,
        "id": name,
        "type": "tocsin.alert.retracted",
        "time": at,
        "recordedtime": at,
        "causationid": first["id"],
        "dataschema": "urn:tocsin:alert:alert.retracted:1",
        "data": {
            **data,
            "headline": f"Taken back: {data['headline']} ({why})"[:500],
            "loud": True,
            "previous": first["id"],
            "revision": int(data.get("revision") or 1) + 1,
        },
    }
    event.pop("sequence", None)
    return Alert(name, event)
