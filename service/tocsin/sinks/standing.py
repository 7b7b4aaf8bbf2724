"""What a sink for people was last told of each figure, and whether a newer one differs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import orjson

from tocsin.sinks.message import Message
from tocsin.sinks.parcel import Parcel

#: A figure or a status as it was told: value, low, high, bound, or a status alone.
Standing = tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class Told:
    """What one story last told one sink, when (UTC), how gravely, and where its figures stood."""

    at: datetime
    severity: int
    standing: Mapping[str, Standing] = field(default_factory=dict)

    def to_json(self) -> bytes:
        """As it is kept."""
        return orjson.dumps(self)


def story_of(parcel: Parcel) -> str:
    """What a cooldown is counted by: the story or series, else the subject, else itself."""
    event = parcel.event
    return str(event.get("correlationid") or event.get("subject") or parcel.id)


def standing(parcel: Parcel) -> dict[str, Standing]:
    """Where the figures and statuses of one alert stand after it, by subject and indicator."""
    found: dict[str, Standing] = {}
    for change in _changes(parcel):
        to = change.get("to")
        if isinstance(to, dict):
            found[_key(parcel, change)] = tuple(
                to.get(name) for name in ("value", "low", "high", "bound", "status")
            )
        elif to is not None:
            found[_key(parcel, change)] = (to,)
    return found


def after(told: Told | None, message: Message, story: str, now: datetime) -> Told:
    """What stands told of one story once the message is delivered."""
    stands: dict[str, Standing] = dict(told.standing) if told else {}
    own = [line.parcel for line in message.lines if story_of(line.parcel) == story]
    for parcel in sorted(own, key=lambda one: one.order):
        stands |= standing(parcel)
    severity = max((parcel.severity for parcel in own), default=0)
    return Told(now, severity, dict(list(stands.items())[-50:]))


def told_from(kept: bytes) -> Told:
    """As it was kept."""
    found = orjson.loads(kept)
    stands = {key: tuple(figure) for key, figure in found["standing"].items()}
    return Told(datetime.fromisoformat(found["at"]), int(found["severity"]), stands)


def since(told: Told | None, parcel: Parcel) -> str:
    """The change counted from what was last told, like `14 → 21`; empty if the alert says so."""
    if told is None:
        return ""
    for change in _changes(parcel):
        before = told.standing.get(_key(parcel, change))
        now = _number(change.get("to"))
        if before is None or now is None or not isinstance(before[0], int):
            continue
        if before[0] in (now, _number(change.get("from"))):
            continue
        return f"{before[0]:,} → {now:,}, {now - before[0]:+,} since last told here"
    return ""


def _changes(parcel: Parcel) -> list[dict[str, Any]]:
    changes = parcel.data.get("changes")
    return [c for c in changes if isinstance(c, dict)] if isinstance(changes, list) else []


def _key(parcel: Parcel, change: dict[str, Any]) -> str:
    """`story/x/strike` and `story/x/killed` meet where both tell of the killed of x."""
    subject = str(parcel.event.get("subject") or "")
    indicator = change.get("indicator")
    parts = subject.split("/")
    if not isinstance(indicator, str) or len(parts) < 3:
        return subject
    return "/".join([*parts[:2], indicator, *parts[3:]])


def _number(claim: Any) -> int | None:
    value = claim.get("value") if isinstance(claim, dict) else None
    return value if isinstance(value, int) else None
