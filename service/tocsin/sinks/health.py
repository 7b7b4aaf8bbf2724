"""How one sink fares: when it may be sent to, and what its last sends say of it. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

import orjson

from tocsin.sinks.parcel import Delivered, Outcome, Rejected, Retry
from tocsin.sinks.schedule import next_probe

#: Failures in a row after which a sink for machines is only probed.
DOWN = 5


@dataclass(frozen=True, slots=True)
class Health:
    """Times are UTC. `failures` are those in a row, `down_since` the time of their first.

    Before `pause_until` nothing is sent. `disabled` names why nothing is sent any more, `address`
    is a digest of the address that was found dead: another one is tried anew.
    """

    failures: int = 0
    down_since: datetime | None = None
    pause_until: datetime | None = None
    last_sent: datetime | None = None
    disabled: str | None = None
    address: str | None = None

    @property
    def down(self) -> bool:
        """Whether it is only probed."""
        return self.failures >= DOWN

    def opens(self, pace: timedelta) -> datetime | None:
        """When it may be sent to again; None for at once."""
        paced = self.last_sent + pace if self.last_sent and pace else None
        return max((one for one in (self.pause_until, paced) if one), default=None)

    def to_json(self) -> bytes:
        """As it is kept."""
        return orjson.dumps(self)


def health_from(kept: bytes | None) -> Health:
    """As it was kept; a sink of which nothing is known is well."""
    if kept is None:
        return Health()
    found = orjson.loads(kept)
    for name in ("down_since", "pause_until", "last_sent"):
        found[name] = datetime.fromisoformat(found[name]) if found[name] else None
    return Health(**found)


def after_sends(
    health: Health, outcomes: Sequence[Outcome], now: datetime, chance: float, *, people: bool
) -> Health:
    """How it fares after these sends: one success and it is up.

    A sink for people pauses with its first failure, because one later message tells all of it; one
    for machines pauses when it was asked to, or when it is down. Each alert's own schedule goes on.
    """
    gone = next((one for one in outcomes if isinstance(one, Rejected) and one.disable), None)
    if gone is not None:
        return replace(health, disabled=gone.reason, last_sent=now)
    retries = [one for one in outcomes if isinstance(one, Retry)]
    if any(isinstance(one, Delivered) for one in outcomes) or not retries:
        return Health(last_sent=now) if outcomes else health
    failures = health.failures + len(retries)
    asked = max((one.after for one in retries if one.after), default=None)
    pauses = [now + asked] if asked else []
    if people:
        pauses.append(now + next_probe(failures, chance))
    elif failures >= DOWN:
        pauses.append(now + next_probe(failures - DOWN + 1, chance))
    return replace(
        health,
        failures=failures,
        down_since=health.down_since or now,
        pause_until=max(pauses, default=None),
        last_sent=now,
    )
