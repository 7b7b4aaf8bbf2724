"""Every sink's turns, again and again, until told to stop; what is under way is then let finish."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Collection, Sequence
from datetime import UTC, datetime, timedelta
from typing import Final

import structlog

from tocsin.deliver import Delivery, Surroundings
from tocsin.ledger.connection import Away, Store
from tocsin.ledger.due_set import Dead
from tocsin.ledger.stream import newer, newest
from tocsin.sinks.settings import Sink

log = structlog.get_logger("tocsin.deliver")

LONGEST_REST: Final = 5.0  # seconds without a look, even if the bell was missed
AWAY_REST: Final = 1.0  # seconds until Redis is asked again
MEASURE_REST: Final = 15.0
LISTEN: Final = 2.0  # one blocking read; shorter than the client's patience


class Bell:
    """Wakes every sink when the stream has something new: one blocking read for all of them."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._next = asyncio.Event()

    @property
    def next(self) -> asyncio.Event:
        """Set when the bell rings next; ask for it before the look that it is to follow."""
        return self._next

    def ring(self) -> None:
        """Wake everyone."""
        rung, self._next = self._next, asyncio.Event()
        rung.set()

    async def listen(self, stopping: asyncio.Event) -> None:
        """Ring for each new entry, until `stopping`. A bell that hears nothing costs only time."""
        place: str | None = None
        while not stopping.is_set():
            found = await (newest(self._store) if place is None else self._hear(place))
            if isinstance(found, Away):
                await asyncio.sleep(AWAY_REST)
            elif found != place:
                place = found
                self.ring()

    async def _hear(self, place: str) -> str | Away:
        heard = await newer(self._store, place, LISTEN)
        return heard if isinstance(heard, Away) else heard[0]


async def deliver_all(
    sinks: Sequence[Sink],
    given: Surroundings,
    stopping: asyncio.Event,
    *,
    drain: timedelta,
) -> bool:
    """Run every sink until `stopping`, then wait at most `drain` for the turns under way.

    Answers whether all of them ended in time. What was cut off stays leased, and is sent by
    whoever finds the lease ended (P2).
    """
    clock = given.clock
    while not stopping.is_set():
        away = await enlist([sink.settings.name for sink in sinks], given)
        if away is None:
            break
        await _first(stopping, AWAY_REST)
    bell = Bell(given.outbox.store)
    names = [sink.settings.name for sink in sinks]
    beside = [
        asyncio.create_task(bell.listen(stopping)),
        asyncio.create_task(_measure(names, given, stopping)),
    ]
    rounds = [
        asyncio.create_task(_rounds(Delivery(sink, given), bell, clock, stopping)) for sink in sinks
    ]
    await stopping.wait()
    bell.ring()
    ended, hung = (
        await asyncio.wait(rounds, timeout=drain.total_seconds()) if rounds else (set(), set())
    )
    for task in (*beside, *hung):
        task.cancel()  # the client may swallow it within a call: every loop also asks `stopping`
    await asyncio.gather(*beside, *rounds, return_exceptions=True)
    if hung:
        log.warning("drain_deadline", cut_off=len(hung), ended=len(ended))
    return not hung


async def _measure(sinks: Sequence[str], given: Surroundings, stopping: asyncio.Event) -> None:
    """Say now and then how far behind each sink is, and how much waits for it."""
    while not stopping.is_set():
        behind = await given.outbox.behind(given.clock())
        for sink in sinks:
            counts = await given.due.counts(sink)
            if not isinstance(behind, Away) and not isinstance(counts, Away):
                given.watch.stands(sink, behind.get(sink, timedelta(0)), sum(counts))
        await _first(stopping, MEASURE_REST)


async def enlist(sinks: Collection[str], given: Surroundings) -> Away | None:
    """Give every sink its group; what still waits for one that is no more becomes dead letters."""
    for sink in sinks:
        made = await given.outbox.enroll(sink)
        if isinstance(made, Away):
            return made
        if made == "CREATED":
            log.info("sink_enrolled", sink=sink)
    known = await given.outbox.enrolled()
    if isinstance(known, Away):
        return known
    for sink in sorted(known - set(sinks)):
        buried = await _bury(sink, given)
        if isinstance(buried, Away):
            return buried
        done = await given.outbox.dismiss(sink)
        if isinstance(done, Away):
            return done
        log.warning("sink_removed", sink=sink, dead_letters=buried, group_destroyed=done)
    return None


async def _bury(sink: str, given: Surroundings) -> int | Away:
    buried = 0
    while True:
        now = given.clock()
        # Everything that waits is due at the end of time.
        leases = await given.due.take(sink, datetime.max.replace(tzinfo=UTC), limit=1_000)
        if isinstance(leases, Away) or not leases:
            return leases if isinstance(leases, Away) else buried
        ended = [Dead(lease, "sink_removed", failed=False) for lease in leases]
        fenced = await given.due.settle(sink, ended, now)
        if isinstance(fenced, Away):
            return fenced
        buried += len(leases) - len(fenced)


async def _rounds(
    delivery: Delivery, bell: Bell, clock: Callable[[], datetime], stopping: asyncio.Event
) -> None:
    while not stopping.is_set():
        rung = bell.next
        try:
            found = await delivery.turn()
        except Exception:
            # A bug at one sink must not silence the others; it is told each time it shows.
            log.exception("turn_failed", sink=delivery.name)
            rest = LONGEST_REST
        else:
            match found:
                case Away(reason):
                    log.warning("redis_away", sink=delivery.name, reason=reason)
                    rest = AWAY_REST
                case None:
                    rest = LONGEST_REST
                case due:
                    rest = min((due - clock()).total_seconds(), LONGEST_REST)
        if rest > 0 and not stopping.is_set():
            await _first(rung, rest)


async def _first(rung: asyncio.Event, rest: float) -> None:
    """Until the bell rings or `rest` seconds have passed."""
    try:
        await asyncio.wait_for(rung.wait(), rest)
    except TimeoutError:
        return
