"""The composition root: builds, starts and stops everything. Nothing else wires parts together."""

from __future__ import annotations

import asyncio
import os
import random
from collections.abc import Coroutine, Mapping
from contextlib import AsyncExitStack
from dataclasses import asdict
from datetime import timedelta
from importlib.metadata import version
from uuid import uuid4

import structlog
from prometheus_client import CollectorRegistry

from tocsin.deliver import Surroundings
from tocsin.feeds.address import FeedAddress
from tocsin.feeds.exchange import Limits
from tocsin.feeds.fulltext import FullText
from tocsin.feeds.politeness import LOOPBACK_PACE, Pace
from tocsin.feeds.workshop import Workshop
from tocsin.intake import Intake
from tocsin.judging.verdict import Verdict
from tocsin.ledger.alone import let_go_all
from tocsin.ledger.connection import Away, Store, check_version, connect, reach
from tocsin.ledger.due_set import DueSet
from tocsin.ledger.outbox import Outbox
from tocsin.ledger.server import EmbeddedServer
from tocsin.lookout import Lookout
from tocsin.net.session import Outbound
from tocsin.notices import tell
from tocsin.plan import Plan, Started, Voice
from tocsin.poll import Poll, Polled
from tocsin.record import Record
from tocsin.roster import Roster
from tocsin.rounds import deliver_all, enlist
from tocsin.rules_in_force import RulesInForce, load_reading
from tocsin.settings import Settings
from tocsin.shifts import Shifts
from tocsin.sinks.notice import sink_disabled
from tocsin.sinks.settings import build_sink
from tocsin.sinks.watch import Watch
from tocsin.sweep import Room, Sweep
from tocsin.timetable import Timetable
from tocsin.upkeep import Upkeep
from tocsin.web.ledger_history import LedgerHistory
from tocsin.web.metrics import Metrics
from tocsin.web.serving import serve
from tocsin.web.site import make_app

log = structlog.get_logger("tocsin.app")

_AWAY_RETRY = 1.0  # seconds until Redis is asked again at start


class Service:
    """One Tocsin process. `run` returns when `stopping` is set and everything has drained."""

    def __init__(self, plan: Plan, rules: RulesInForce, voice: Voice) -> None:
        self._plan, self._rules, self._voice = plan, rules, voice
        self._registry = CollectorRegistry()
        self._metrics = Metrics(self._registry)
        self._record = Record(self._metrics, plan.clock)
        self._draining = False
        self._beside: set[asyncio.Task[None]] = set()
        self._upkeep: Upkeep | None = None
        self.store: Store | None = None

    async def run(self, stopping: asyncio.Event) -> bool:
        """Run until `stopping`; answers whether everything drained in time.

        Raises the ledger's ServerError (a data directory in use, no server), UnsuitableServerError,
        and PortTakenError for a port that was set and is taken.
        """
        settings = self._plan.settings
        async with AsyncExitStack() as stack:
            store, address, label = await self._open_store(stack, stopping)
            self.store = store
            outbound = await stack.enter_async_context(_way_out(settings))
            workshop = await stack.enter_async_context(
                Workshop(load_reading, workers=settings.polling.workers)
            )
            roster = Roster(store, self._plan.feeds)
            sweep = self._build_sweep(store, outbound, workshop, roster.feeds)
            if settings.redis.address() is None:
                await let_go_all(store, [sink.name for sink in settings.sinks])
            await roster.open()
            history = LedgerHistory(store, roster.names, self._plan.clock)
            self._upkeep = Upkeep(
                store,
                self._rules,
                self._metrics,
                roster=roster,
                feeds=history.feeds,
                tell=self._tell,
                ruled=self._voice.ruled,
                kept=settings.keep.stream,
                source=self._plan.source,
                clock=self._plan.clock,
            )
            await self._upkeep.keep_rules()
            await self._start_web(stack, store, history, sweep, address, label)
            sinks_stop = asyncio.Event()
            drain = settings.drain
            given = self._surroundings(store)
            # Every sink has its place in the stream before anything can be told.
            await enlist([sink.name for sink in settings.sinks], given)
            sinks = [build_sink(one, outbound, self._plan.clock) for one in settings.sinks]
            delivering = asyncio.create_task(deliver_all(sinks, given, sinks_stop, drain=drain / 2))
            timetable = Timetable()
            timetable.every(self._plan.tick, "sweep", sweep.tick, soon=True)
            self._upkeep.schedule(timetable)
            self._look_out(timetable, store, roster)
            timetable.start()
            await stopping.wait()
            self._draining = True
            await timetable.stop(drain / 8)
            polls_ended = await sweep.drain(drain * 3 / 8)
            sinks_stop.set()
            sinks_ended = await delivering
            return polls_ended and sinks_ended

    async def _open_store(
        self, stack: AsyncExitStack, stopping: asyncio.Event
    ) -> tuple[Store, str, str]:
        """The operator's Redis, or the embedded server: the same from here on (law 9)."""
        settings = self._plan.settings
        url = settings.redis.address()
        socket: str | None = None
        if url is None:
            server = await stack.enter_async_context(EmbeddedServer(settings.data))
            url, socket = server.url, server.socket
        redis = connect(url, socket=socket)
        stack.push_async_callback(redis.aclose)
        while isinstance(label := await check_version(redis), Away):
            log.warning("redis_away", reason=label.reason, detail=label.detail)
            if stopping.is_set():
                break
            await asyncio.sleep(_AWAY_RETRY)
        shown = url if settings.redis.address() is None else "as set"
        return Store(redis, settings.keys()), shown, str(label)

    def _build_sweep(
        self,
        store: Store,
        outbound: Outbound,
        workshop: Workshop,
        feeds: Mapping[str, FeedAddress],
    ) -> Sweep:
        plan, polling = self._plan, self._plan.settings.polling
        intake = Intake(
            store,
            workshop.read,
            lambda: self._rules.rulebook,
            reader=version("tocsin"),
            source=plan.source,
            test=plan.test,
        )
        poll = Poll(
            store,
            outbound,
            workshop,
            intake,
            pace=self._pace,
            limits=Limits(
                wire=polling.max_bytes,
                whole=polling.max_bytes,
                seconds=polling.deadline.total_seconds(),
            ),
            clock=plan.clock,
            chance=random.random,
            since=plan.since,
            full_text=FullText(outbound, workshop),
            real_time=not plan.test,
        )
        return Sweep(
            store,
            poll,
            feeds,
            room=Room(polling.at_once, polling.per_host),
            clock=plan.clock,
            heard=self._heard,
        )

    def _pace(self, feed: FeedAddress) -> Pace:
        if feed.loopback:
            return LOOPBACK_PACE
        polling = self._plan.settings.polling
        return Pace(
            shortest=polling.fastest.total_seconds(),
            quiet=polling.slowest.total_seconds(),
            every=None if feed.every is None else feed.every.total_seconds(),
            shared=feed.host not in polling.own_hosts,
        )

    def _look_out(self, timetable: Timetable, store: Store, roster: Roster) -> None:
        """Look at our own seeing, and tell of it at each shift's end.

        Not on a rehearsal's fast clock, on which a feed's rhythm says nothing.
        """
        if self._plan.test:
            return
        lookout = Lookout(
            store,
            roster.feeds,
            lambda: self._rules.rulebook,
            self._tell,
            source=self._plan.source,
            clock=self._plan.clock,
        )
        timetable.every(timedelta(seconds=15), "sight", lookout.look)
        shifts = Shifts(
            store,
            self._plan.settings.sinks,
            lookout.feeds,
            lambda: self._rules.rulebook,
            self._tell,
            source=self._plan.source,
            clock=self._plan.clock,
        )
        timetable.every(timedelta(seconds=15), "shifts", shifts.look)

    def _surroundings(self, store: Store) -> Surroundings:
        alone = self._plan.settings.redis.address() is None
        return Surroundings(
            outbox=Outbox(store, _replica(), idle=timedelta(seconds=0 if alone else 60)),
            due=DueSet(store),
            clock=self._plan.clock,
            chance=random.random,
            watch=Watch(self._registry),
            announce=self._sink_disabled,
        )

    async def _start_web(
        self,
        stack: AsyncExitStack,
        store: Store,
        history: LedgerHistory,
        sweep: Sweep,
        address: str,
        label: str,
    ) -> None:
        plan, api = self._plan, self._plan.settings.api

        async def readiness() -> list[str]:
            reasons: list[str] = []
            if self._draining:
                reasons = ["draining"]
            elif sweep.away is not None:
                reasons = [f"redis: {sweep.away}"]
            elif isinstance(pong := await reach(store.redis.ping()), Away):
                reasons = [f"redis: {pong.reason}"]
            self._metrics.ready(now=not reasons)
            return reasons

        site = make_app(
            history,
            readiness,
            self._registry,
            plan.clock,
            hosts=api.hosts,
            token=plan.settings.api.secret(),
            version=version("tocsin"),
            stream=store.keys.alerts,
        )
        port = await stack.enter_async_context(serve(site, api.host, api.port))
        started = Started(
            redis=address,
            server=label,
            web=f"http://{api.host}:{port}",
            feeds=len(plan.feeds),
            rules=len(self._rules.rulebook.rules),
            sinks=tuple(sink.name for sink in plan.settings.sinks),
        )
        log.info("started", **asdict(started))
        self._voice.started(started)

    def _heard(self, polled: Polled) -> None:
        """Tell whoever wants to know how a feed's turn ended."""
        self._record(polled)
        self._voice.polled(polled)
        if self._upkeep is not None:
            self._upkeep.learned(polled)

    def reload_rules(self) -> None:
        """Take the rules as they are on disk now; a bad set leaves the old in force."""
        if self._upkeep is not None:
            self._soon(self._upkeep.reload_rules())

    def _soon(self, work: Coroutine[None, None, None]) -> None:
        """Do it beside what runs; what it raises is logged by the loop."""
        task = asyncio.create_task(work)
        self._beside.add(task)
        task.add_done_callback(self._beside.discard)

    async def _sink_disabled(self, sink: str, reason: str) -> None:
        alert = sink_disabled(self._plan.source, sink, reason, self._plan.clock())
        await self._tell(Verdict("", alerts=(alert,)))

    async def _tell(self, verdict: Verdict) -> None:
        """Commit and say what no report caused; nothing of it is told twice."""
        if self.store is None:
            return
        told = await tell(self.store, verdict, self._plan.clock())
        for alert, sequence in () if isinstance(told, Away) else told:
            self._metrics.alerted(alert.event["type"], alert.event["severitytext"])
            self._voice.noticed(alert, sequence)


def _way_out(settings: Settings) -> Outbound:
    polling = settings.polling
    return Outbound(contact=polling.contact, per_host=polling.per_host, blocked=polling.block)


def _replica() -> str:
    """A name for this process among its like."""
    return f"{os.uname().nodename}-{os.getpid()}-{uuid4().hex[:6]}"
