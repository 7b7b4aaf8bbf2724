"""The operators' alert of a sink that was switched off."""

from __future__ import annotations

from datetime import datetime

from tocsin.judging.notice import notice
from tocsin.judging.verdict import Alert


def sink_disabled(source: str, sink: str, reason: str, now: datetime) -> Alert:
    """`tocsin.sink.disabled`, ready to be committed."""
    return notice(
        "tocsin.sink.disabled",
        f"sink/{sink}",
        f"Sink {sink} was switched off: its address answered {reason}. "
        f"Mend the address, or run `tocsin deliveries enable {sink}`",
        severity="high",
        source=source,
        since=now,
        now=now,
    )
