"""What tests of delivery share: a clock to turn, alerts to send, and a sink's delivery built."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

import orjson
from prometheus_client import CollectorRegistry
from pydantic import TypeAdapter
from tests.receiver import LOOPBACK

from tocsin.deliver import Delivery, Surroundings
from tocsin.ledger.connection import Store
from tocsin.ledger.dead_letters import DeadLetters
from tocsin.ledger.due_set import DueSet
from tocsin.ledger.outbox import Outbox
from tocsin.net.session import Outbound
from tocsin.sinks.settings import SinkSettings, build_sink
from tocsin.sinks.watch import Watch

SECRET = "whsec_" + b64encode(b"k" * 32).decode()
SINKS: TypeAdapter[Any] = TypeAdapter(SinkSettings)


class Clock:
    """A clock that moves when told to. It starts at the present, so that signatures are fresh."""

    def __init__(self, now: datetime | None = None) -> None:
        self.now = now or datetime.now(UTC).replace(microsecond=0)

    def __call__(self) -> datetime:
        """The present moment."""
        return self.now

    def pass_by(self, **time: float) -> None:
        """Let time pass."""
        self.now += timedelta(**time)


def event(ident: str, **changes: Any) -> dict[str, Any]:
    """A loud alert of one figure; `data` is merged, everything else replaced."""
    data = {
        "headline": f"Ministry: 21 killed at the bridge ({ident})",
        "loud": True,
        "test": False,
        "rule": {"id": "casualties.incident"},
        "changes": [],
        "report": {"id": f"r-{ident}", "url": "https://news.example/a", "publisher": "River News"},
        "theatre": "river-war",
    } | changes.pop("data", {})
    return {
        "specversion": "1.0",
        "id": ident,
        "source": "/tocsin/default",
        "type": "tocsin.figure.changed",
        "subject": f"story/{ident}/killed",
        "recordedtime": "2024-05-02T12:00:00Z",
        "correlationid": f"story-{ident}",
        "causationid": None,
        "severitytext": "high",
        "severitynumber": 17,
        "data": data,
    } | changes


async def publish(store: Store, *events: Mapping[str, Any], **fields: str) -> list[str]:
    """Put alerts on the stream, as a commit does; answers their sequences."""
    ids = [
        await store.redis.xadd(
            store.keys.alerts, {"id": one["id"], "event": orjson.dumps(one), **fields}
        )
        for one in events
    ]
    return [id_.decode() for id_ in ids if isinstance(id_, bytes)]


@dataclass
class Post:
    """One post office: store, clock and way out, for as many sinks as a test wants."""

    store: Store
    outbound: Outbound
    clock: Clock = field(default_factory=Clock)
    lease: timedelta = timedelta(seconds=60)
    idle: timedelta = timedelta(seconds=60)
    chance: float = 0.5  # jitter of nothing
    announced: list[tuple[str, str]] = field(default_factory=list)
    registry: CollectorRegistry = field(default_factory=CollectorRegistry)

    def __post_init__(self) -> None:
        self.watch = Watch(self.registry)
        self.due = DueSet(self.store, lease=self.lease)
        self.letters = DeadLetters(self.store)

    async def sink(
        self, url: str, kind: str = "webhook", *, replica: str = "one", **more: Any
    ) -> Delivery:
        """A sink on loopback, with its group made."""
        settings: dict[str, Any] = {"kind": kind, "name": kind, "url": url, "allow": LOOPBACK}
        if kind == "webhook":
            settings["secret"] = SECRET
        return await self.built(settings | more, replica)

    async def built(self, settings: dict[str, Any], replica: str = "one") -> Delivery:
        """A sink of these settings."""
        outbox = Outbox(self.store, replica, idle=self.idle)
        sink = build_sink(SINKS.validate_python(settings), self.outbound, self.clock)
        given = Surroundings(
            outbox, self.due, self.clock, lambda: self.chance, self.watch, self._announce
        )
        await outbox.enroll(settings["name"])
        return Delivery(sink, given)

    async def _announce(self, sink: str, reason: str) -> None:
        self.announced.append((sink, reason))
