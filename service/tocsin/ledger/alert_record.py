"""An alert as the ledger holds it: the stream's flat fields, its place in the order, what is kept.

The stream's fields are a contract with consumers (version 1 only grows); the rest is our own.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import orjson

from tocsin.judging.verdict import Alert
from tocsin.ledger.documents import pack, unwrap
from tocsin.ledger.script import Argument


@dataclass(frozen=True, slots=True)
class Published:
    """An alert as it was published: its sequence, and its event without it."""

    sequence: str
    alert: Alert

    @property
    def event(self) -> dict[str, Any]:
        """The event as it is given out, with its `sequence`."""
        return self.alert.event | {"sequence": self.sequence}


def stream_fields(alert: Alert) -> dict[str, Argument]:
    """The flat fields of the stream, absent where null, and the event itself as JSON."""
    event = alert.event
    data: dict[str, Any] = event.get("data", {})
    loud = data.get("loud")
    flat: dict[str, Argument | None] = {
        "id": alert.id,
        "type": event.get("type"),
        "schema": event.get("dataschema"),
        "rule": (data.get("rule") or {}).get("id"),
        "severity": event.get("severitytext"),
        "severitynumber": event.get("severitynumber"),
        "loud": None if loud is None else str(loud).lower(),
        "theatre": data.get("theatre"),
        "country": alert.country,
        "story": alert.story,
        "subject": event.get("subject"),
        "time": event.get("time"),
        "recordedtime": event.get("recordedtime"),
        "event": orjson.dumps(event),
    }
    return {name: value for name, value in flat.items() if value is not None}


def kept_fields(alert: Alert) -> dict[str, Argument]:
    """What is kept of an alert for as long as alerts are kept, beside its sequence."""
    kept: dict[str, Argument | None] = {
        "event": pack(alert.event),
        "story": alert.story,
        "country": alert.country,
    }
    return {name: value for name, value in kept.items() if value is not None}


def published(alert: str, kept: dict[bytes, bytes]) -> Published | None:
    """The alert of its kept fields; None if there are none (any more)."""
    if not kept:
        return None
    story, country = kept.get(b"story"), kept.get(b"country")
    return Published(
        sequence=kept[b"sequence"].decode(),
        alert=Alert(
            alert,
            orjson.loads(unwrap(kept[b"event"])),
            story=story.decode() if story else None,
            country=country.decode() if country else None,
        ),
    )


# ── the order: every alert's sequence and flat facts, so that filters need not open the events ────
@dataclass(frozen=True, slots=True)
class Placed:
    """An alert's place in the order, and what the API filters by."""

    sequence: str
    id: str
    type: str
    severity: int
    theatre: str
    subject: str


def flat_facts(alert: Alert) -> str:
    """The tail of an alert's member in the order, after its padded sequence."""
    event = alert.event
    theatre = event.get("data", {}).get("theatre") or ""
    severity = str(event.get("severitynumber") or 0)
    facts = ("", alert.id, event.get("type") or "", severity, theatre, event.get("subject") or "")
    return "\t".join(facts)


def padded(sequence: str) -> str:
    """A sequence ("1714651200000-3") as it sorts among members of the order."""
    ms, _, n = sequence.partition("-")
    return f"{int(ms):015d}-{int(n or 0):010d}"


def placed(member: bytes) -> Placed:
    """What a member of the order says."""
    sequence, ident, kind, severity, theatre, subject = member.decode().split("\t", 5)
    ms, n = sequence.split("-")
    return Placed(f"{int(ms)}-{int(n)}", ident, kind, int(severity), theatre, subject)
