"""One alert's turn at one sink.

    alert stream → take over → due set → take → decide → send → settle

Each sink has its own group, due set and turns: a dead one delays nobody. A sink for machines gets
every alert by itself; a sink for people has a desk that folds, holds and catches up.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Final, assert_never

import structlog

from tocsin.crashpoints import crash_point
from tocsin.ledger.connection import Away
from tocsin.ledger.due_set import Again, Dead, Done, Dropped, DueSet, Leased, Settlement
from tocsin.ledger.outbox import Outbox
from tocsin.sinks.desk import Decision, Manners, decide
from tocsin.sinks.health import Health, after_sends, health_from
from tocsin.sinks.message import Message, single
from tocsin.sinks.parcel import Delivered, Outcome, Parcel, Rejected, Retry, parcel_from
from tocsin.sinks.schedule import next_attempt, out_of_patience
from tocsin.sinks.settings import Sink
from tocsin.sinks.standing import Told, after, story_of, told_from
from tocsin.sinks.watch import Watch
from tocsin.takeover import TakeOver

log = structlog.get_logger("tocsin.deliver")

AT_ONCE: Final = 16  # sends under way at one sink for machines
AT_A_DESK: Final = 5_000  # alerts that one sink for people looks at in one turn
APART: Final = timedelta(milliseconds=50)  # between what waited, once a sink answers again
LEAST_REST: Final = timedelta(milliseconds=200)  # between two looks at one desk
ABANDONED: Final = 5  # leases that ended unsettled: whoever sends it dies of it


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What deliveries are handed. `chance` is in [0, 1) and places the jitter of retries.

    `announce` hears the name of a sink that was disabled, and why; it raises the operators' alert.
    """

    outbox: Outbox
    due: DueSet
    clock: Callable[[], datetime]
    chance: Callable[[], float]
    watch: Watch
    announce: Callable[[str, str], Awaitable[None]]


class Delivery:
    """The turns of one sink."""

    def __init__(self, sink: Sink, given: Surroundings) -> None:
        self.name = sink.settings.name
        self.sink, self._terms = sink, sink.settings
        self._take_over = TakeOver(
            self._terms, given.outbox, given.due, clock=given.clock, watch=given.watch
        )
        self._due, self._clock, self._chance = given.due, given.clock, given.chance
        self._watch, self._announce = given.watch, given.announce
        self._log = log.bind(sink=self.name)

    async def turn(self) -> datetime | Away | None:
        """Take over what is new, send what is due; answers when the next is due, if any waits."""
        away = await self._take_over.turn()
        if away is not None and away.reason != "out_of_memory":
            return away
        # With no memory for what is new, sending what is due is what frees some.
        due = await self._send_what_is_due()
        return away or due

    async def _send_what_is_due(self) -> datetime | Away | None:
        kept = await self._due.health(self.name)
        if isinstance(kept, Away):
            return kept
        health = health_from(kept)
        if health.disabled and health.address != self._address():
            self._log.info("sink_enabled", reason="address_changed")
            health = Health()
        opens = health.opens(self._terms.pace)
        if health.disabled:
            away = await self._bury_all("sink_disabled")
        elif opens is not None and opens > self._clock():
            return opens
        elif self._terms.readers == "people":
            away = await self._tell(health)
        else:
            away = await self._pass_on(health)
        due = away or await self._due.next_due(self.name)
        if self._terms.readers == "people" and isinstance(due, datetime):
            # What is due and was left lies on another replica's desk, or waits for the pace.
            due = max(due, self._clock() + max(self._terms.pace, LEAST_REST))
        return due

    # ── machines: every alert by itself ──────────────────────────────────────────────────────
    async def _pass_on(self, health: Health) -> Away | None:
        one_by_one = health.down or self._terms.pace
        limit = 1 if one_by_one else AT_ONCE
        leases = await self._due.take(self.name, self._clock(), limit=limit)
        if isinstance(leases, Away) or not leases:
            return leases if isinstance(leases, Away) else None
        ended = await asyncio.gather(*(self._pass_one(lease) for lease in leases))
        outcomes = [one for one in ended if isinstance(one, Delivered | Retry | Rejected)]
        away = await self._keep_health(health, outcomes)
        return away or next((one for one in ended if isinstance(one, Away)), None)

    async def _pass_one(self, lease: Leased) -> Outcome | Away | None:
        """One alert's send; None if it was buried unsent."""
        parcel = self._deliverable(lease)
        if isinstance(parcel, str):
            return await self._settle([Dead(lease, parcel, failed=False)])
        outcome = await self._send(single(parcel))
        return await self._settle([self._ending(lease, outcome)]) or outcome

    def _ending(self, lease: Leased, outcome: Outcome) -> Settlement:
        match outcome:
            case Delivered():
                return Done(lease)
            case Rejected(reason):
                return Dead(lease, reason)
            case Retry(reason, asked):
                wait = next_attempt(lease.tries.attempts + 1, self._chance(), asked)
                if wait is None:
                    return Dead(lease, f"exhausted_{reason}")
                return Again(lease, self._clock() + wait, reason)
            case _:
                assert_never(outcome)

    async def _keep_health(self, before: Health, outcomes: Sequence[Outcome]) -> Away | None:
        health = self._health_after(before, outcomes)
        if replace(health, last_sent=before.last_sent) == before and not self._terms.pace:
            return None
        away = await self._settle([], health=health)
        if before.down and not health.failures:
            self._log.info("sink_answers_again", down_since=str(before.down_since))
            await self._due.hasten(self.name, self._clock(), APART)
        return away

    # ── people: the desk decides ─────────────────────────────────────────────────────────────
    async def _tell(self, health: Health) -> Away | None:
        now = self._clock()
        leases = await self._due.take(self.name, now, limit=AT_A_DESK, everything=True)
        if isinstance(leases, Away) or not leases:
            return leases if isinstance(leases, Away) else None
        desk = {lease.alert: lease for lease in leases}
        looked_at = {lease.alert: self._deliverable(lease) for lease in leases}
        waiting = [one for one in looked_at.values() if isinstance(one, Parcel)]
        ended: list[Settlement] = [
            Dead(desk[alert], reason, failed=False)
            for alert, reason in looked_at.items()
            if isinstance(reason, str)
        ]
        kept = await self._due.told(self.name, list({story_of(parcel) for parcel in waiting}))
        if isinstance(kept, Away):
            return kept
        told = {story: told_from(one) for story, one in kept.items()}
        manners = Manners.of(self._terms)
        decision = decide(waiting, told, manners, now, down_since=health.down_since)
        ended += self._kept_back(decision, desk)
        if decision.send is None:
            return await self._settle(ended)
        outcome = await self._send(decision.send)
        fares = self._health_after(health, [outcome])
        leases = [desk[alert] for alert in decision.send.ids]
        stands: dict[str, bytes] = {}
        match outcome:
            case Delivered():
                ended += [Done(lease) for lease in leases]
                stands = self._stands(decision.send, told)
            case Retry(reason):
                ended += [Again(lease, fares.pause_until or now, reason) for lease in leases]
            case Rejected(reason):
                ended += [Dead(lease, reason) for lease in leases]
            case _:
                assert_never(outcome)
        return await self._settle(ended, health=fares, told=stands)

    def _stands(self, message: Message, told: Mapping[str, Told]) -> dict[str, bytes]:
        """What every story of a message has told once it is delivered, as it is kept."""
        now = self._clock()
        stories = {story_of(line.parcel) for line in message.lines}
        return {one: after(told.get(one), message, one, now).to_json() for one in stories}

    def _kept_back(self, decision: Decision, desk: Mapping[str, Leased]) -> list[Settlement]:
        for one in decision.drop:
            self._log.info("alert_dropped", alert=one.parcel.id, reason=one.reason)
        return [
            *(Again(desk[h.parcel.id], h.until, h.reason, failed=False) for h in decision.hold),
            *(Dropped(desk[one.parcel.id]) for one in decision.drop),
        ]

    # ── send, settle ─────────────────────────────────────────────────────────────────────────
    async def _send(self, message: Message) -> Outcome:
        crash_point("send.before")
        outcome = await self.sink.send(message)
        crash_point("send.after")
        self._watch.sent(self.name, outcome, (line.parcel for line in message.lines), self._clock())
        self._log.info("sent", alerts=message.ids[:20], **_said(outcome))
        return outcome

    async def _settle(
        self,
        ended: Sequence[Settlement],
        *,
        health: Health | None = None,
        told: Mapping[str, bytes] | None = None,
    ) -> Away | None:
        kept = health.to_json() if health else b""
        crash_point("settle.before")
        fenced = await self._due.settle(self.name, ended, self._clock(), health=kept, told=told)
        crash_point("settle.after")
        if isinstance(fenced, Away):
            return fenced
        if health and health.disabled:
            self._log.error("sink_disabled", reason=health.disabled)
            await self._announce(self.name, health.disabled)
        if fenced:
            self._log.warning("lease_lost", alerts=sorted(fenced)[:20], count=len(fenced))
        for one in ended:
            if isinstance(one, Dead) and one.lease.alert not in fenced:
                self._watch.buried(self.name, one.reason)
                self._log.error("dead_letter", alert=one.lease.alert, reason=one.reason)
        return None

    async def _bury_all(self, reason: str) -> Away | None:
        while True:
            now = self._clock()
            leases = await self._due.take(self.name, now, limit=AT_A_DESK, everything=True)
            if isinstance(leases, Away) or not leases:
                return leases if isinstance(leases, Away) else None
            away = await self._settle([Dead(lease, reason, failed=False) for lease in leases])
            if away is not None:
                return away

    def _deliverable(self, lease: Leased) -> Parcel | str:
        """The parcel, or why it never will be delivered."""
        parcel = parcel_from(lease.alert, lease.sequence, lease.event, lease.taken)
        if parcel is None:
            return "unreadable"
        if lease.abandoned >= ABANDONED:
            return "poison"
        if out_of_patience(self._terms.readers, lease.taken, self._clock()):
            return f"exhausted_{lease.tries.reason}"
        return replace(
            parcel, due=lease.due, attempts=lease.tries.attempts, replayed=lease.tries.replayed
        )

    def _health_after(self, health: Health, outcomes: Sequence[Outcome]) -> Health:
        people = self._terms.readers == "people"
        fares = after_sends(health, outcomes, self._clock(), self._chance(), people=people)
        return replace(fares, address=self._address()) if fares.disabled else fares

    def _address(self) -> str:
        """Which address it is, without telling it."""
        try:
            return sha256(self._terms.address.lines()[0].encode()).hexdigest()[:12]
        except ValueError:
            return "unreadable"


def _said(outcome: Outcome) -> dict[str, str]:
    match outcome:
        case Delivered(status):
            return {"outcome": "delivered", "status": str(status)}
        case Retry(reason):
            return {"outcome": "retry", "reason": reason}
        case Rejected(reason):
            return {"outcome": "rejected", "reason": reason}
