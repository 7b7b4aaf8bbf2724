"""What a sink is handed, and what it answers: plain data."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import orjson

#: Installations that never had news to tell: production sinks refuse their alerts (R30).
REHEARSALS = frozenset({"/tocsin/backtest", "/tocsin/demo", "/tocsin/test"})
CORRECTIONS = frozenset({"tocsin.alert.corrected", "tocsin.alert.retracted"})
#: Kept for operators: they reach a sink only if it asks.
OPERATORS = frozenset(
    {
        "tocsin.feed.failing",
        "tocsin.feed.silent",
        "tocsin.feed.changed",
        "tocsin.feed.gone",
        "tocsin.sink.disabled",
        "tocsin.ledger.emptied",
    }
)


@dataclass(frozen=True, slots=True)
class Parcel:
    """One alert on its way to one sink.

    `event` is the CloudEvent as committed, `sequence` its place in the alert stream ("ms-n"; the
    first one, where it was rebuilt). `taken` and `due` are in UTC: when the sink took it over and
    when it is next to be looked at. `attempts` counts the sends that failed so far.
    """

    id: str
    sequence: str
    event: dict[str, Any]
    taken: datetime
    due: datetime
    attempts: int = 0
    replayed: bool = False

    @property
    def type(self) -> str:
        """The alert's type, like `tocsin.figure.changed`."""
        return str(self.event.get("type", ""))

    @property
    def severity(self) -> int:
        """CloudEvents' severity number: low 9, medium 13, high 17, critical 21."""
        number = self.event.get("severitynumber")
        return number if isinstance(number, int) else 9

    @property
    def data(self) -> dict[str, Any]:
        """The alert's own data."""
        data = self.event.get("data")
        return data if isinstance(data, dict) else {}

    @property
    def loud(self) -> bool:
        """Whether it asks for a person's attention."""
        return bool(self.data.get("loud"))

    @property
    def late(self) -> bool:
        """Whether it came in while nobody looked (R17)."""
        return bool(self.data.get("late"))

    @property
    def corrects(self) -> bool:
        """Whether it takes something back: it knows no cooldown."""
        return self.type in CORRECTIONS

    @property
    def own_sink(self) -> str | None:
        """The one sink whose people a shift note is for."""
        if self.type != "tocsin.note":
            return None
        kind, _, rest = str(self.event.get("subject") or "").partition("/")
        return rest.removesuffix("/note") if kind == "sink" else None

    @property
    def cause(self) -> str | None:
        """The alert that it follows or takes back."""
        cause = self.event.get("causationid")
        return cause if isinstance(cause, str) else None

    @property
    def order(self) -> tuple[int, int]:
        """Its place in commit order."""
        return sequence_order(self.sequence)


def parcel_from(alert: str, sequence: str, event: bytes, taken: datetime) -> Parcel | None:
    """A parcel of the stored event; None if that cannot be read."""
    try:
        read = orjson.loads(event)
    except orjson.JSONDecodeError:
        return None
    return Parcel(alert, sequence, read, taken, taken) if isinstance(read, dict) else None


def sequence_order(sequence: str) -> tuple[int, int]:
    """A stream id as numbers, for sorting."""
    ms, _, n = sequence.partition("-")
    return int(ms or 0), int(n or 0)


@dataclass(frozen=True, slots=True)
class Delivered:
    """The other side has it. `status` is the HTTP status it answered with."""

    status: int


@dataclass(frozen=True, slots=True)
class Retry:
    """Not now. `after` is what the other side asked for, if it did; it then holds for the sink."""

    reason: str
    after: timedelta | None = None


@dataclass(frozen=True, slots=True)
class Rejected:
    """Never. With `disable`, the sink's address is dead for every other alert too."""

    reason: str
    disable: bool = False


Outcome = Delivered | Retry | Rejected


def body_of(parcel: Parcel, limit: int) -> bytes:
    """The event with its `sequence`, as JSON of at most `limit` bytes: the same at every attempt.

    A longer one loses, in this order and always alike, its evidence, its places, and all changes
    after the tenth; `truncated` then says so, and the whole stays at `/v1/alerts/{id}` (D21).
    """
    event = {**parcel.event, "sequence": parcel.sequence}
    whole = orjson.dumps(event)
    if len(whole) <= limit:
        return whole
    data: dict[str, Any] = {**parcel.data, "truncated": True}
    steps: tuple[dict[str, Any], ...] = (
        {"evidence": []},
        {"places": []},
        {"changes": list(data.get("changes") or ())[:10]},
        {"changes": [], "confirmation": None},
        {"headline": str(data.get("headline", ""))[:500], "report": _named(data.get("report"))},
    )
    for shorter in steps:
        data |= shorter
        body = orjson.dumps({**event, "data": data})
        if len(body) <= limit:
            return body
    return orjson.dumps({**event, "data": {"truncated": True}})


def _named(report: Any) -> dict[str, str] | None:
    return {"id": str(report.get("id"))[:200]} if isinstance(report, dict) else None
