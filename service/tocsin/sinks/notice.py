"""The operators' alert of a sink that was switched off."""

from __future__ import annotations

from datetime import UTC, datetime
from hashlib import blake2b

from tocsin.judging.verdict import Alert


def sink_disabled(source: str, sink: str, reason: str, now: datetime) -> Alert:
    """`tocsin.sink.disabled`, ready to be committed.

    Its id is of the sink, the reason and the minute: two replicas that meet one 410 tell it once.
    """
    at = now.astimezone(UTC)
    minute = at.strftime("%Y-%m-%dT%H:%M")
    name = blake2b(f"sink.disabled {sink} {reason} {minute}".encode(), digest_size=16).hexdigest()
    stamp = at.strftime("%Y-%m-%dT%H:%M:%SZ")
    event = {
        "specversion": "1.0",
        "id": name,
        "source": source,
        "type": "tocsin.sink.disabled",
        "subject": f"sink/{sink}",
        "time": stamp,
        "recordedtime": stamp,
        "correlationid": f"sink/{sink}",
        "causationid": None,
        "severitytext": "high",
        "severitynumber": 17,
        "datacontenttype": "application/json",
        "dataschema": "urn:tocsin:alert:sink.disabled:1",
        "data": {
            "headline": f"Sink {sink} was switched off: its address answered {reason}. "
            f"Mend the address, or run `tocsin deliveries enable {sink}`",
            "loud": True,
            "test": False,
        },
    }
    return Alert(name, event)
