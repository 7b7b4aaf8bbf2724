"""The demo's evening: a replay is served, the real service polls it, a table closes it."""

from __future__ import annotations

import asyncio
import signal
import tempfile
import time
from datetime import timedelta
from pathlib import Path
from typing import Any

from rich.console import Console

from tocsin.app import Service
from tocsin.commands.starting import rules_from
from tocsin.commands.terminal import Terminal
from tocsin.demo.replay import Replay
from tocsin.demo.table import Quiet, closing_table, quiet_of
from tocsin.feeds.address import FeedAddress, feed_id
from tocsin.judging.verdict import Alert
from tocsin.logs import set_up_logs
from tocsin.net.guard import LOOPBACK
from tocsin.plan import Plan, Started
from tocsin.poll import Polled
from tocsin.settings import ApiSettings, Settings


class Witness:
    """The terminal's voice, which also keeps what was raised and what was kept quiet."""

    def __init__(self, terminal: Terminal) -> None:
        self._terminal = terminal
        self.alerts: list[dict[str, Any]] = []
        self.silences: list[Quiet] = []

    def started(self, started: Started) -> None:
        """Pass it on."""
        self._terminal.started(started)

    def polled(self, polled: Polled) -> None:
        """Pass it on, and keep the verdicts' reasons."""
        self._terminal.polled(polled)
        for told in polled.taken.told if polled.taken else ():
            case = told.judged
            self.alerts += [alert.event for alert in case.verdict.alerts]
            if case.report is None:
                continue
            self.silences += quiet_of(case.report, case.verdict, backlog=polled.first)

    def ruled(self, rules: int) -> None:
        """Pass it on."""
        self._terminal.ruled(rules)

    def noticed(self, alert: Alert, sequence: str) -> None:
        """Pass it on."""
        self._terminal.noticed(alert, sequence)


async def show(seconds: float, console: Console | None = None, kept: Path | None = None) -> int:
    """Run the demo to its end, or to Ctrl-C, its ledger in the folder `kept`; the exit code."""
    console = console or Console(highlight=False, soft_wrap=True)
    witness = Witness(Terminal(console))
    stopping = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, stopping.set)
    await play(Replay(seconds=seconds), witness, stopping, kept)
    console.print(closing_table(witness.alerts, witness.silences))
    return 0


async def play(
    replay: Replay, witness: Witness, stopping: asyncio.Event, kept: Path | None = None
) -> None:
    """Poll a replay with the real service until it is over or `stopping` is set, and drain.

    Its ledger is thrown away, or stays in the folder `kept`.
    """
    with tempfile.TemporaryDirectory(prefix="tocsin-demo-") as passing:
        plan = await _plan(replay, kept or Path(passing))
        service = Service(plan, rules_from(plan.settings), witness)
        running = asyncio.create_task(service.run(stopping))
        ending = asyncio.create_task(_until_over(replay, stopping))
        await asyncio.wait({running, ending}, return_when=asyncio.FIRST_COMPLETED)
        stopping.set()
        await running
        ending.cancel()
        await replay.stop()


async def _plan(replay: Replay, data: Path) -> Plan:
    """The service as it always runs, over the replay's feeds, on war time."""
    set_up_logs("console", "error")
    await replay.start()
    names = {outlet.id: outlet.name for outlet in replay.recording.outlets}
    feeds = tuple(
        FeedAddress(feed_id(url), url, names[outlet], publisher=names[outlet], allow=LOOPBACK)
        for outlet, url in replay.feeds.items()
    )
    settings = Settings(data=data, api=ApiSettings())
    return Plan(
        settings,
        feeds,
        clock=lambda: replay.war_time(time.monotonic()),
        source="/tocsin/demo",
        test=True,
        tick=timedelta(milliseconds=200),
    )


async def _until_over(replay: Replay, stopping: asyncio.Event) -> None:
    over = asyncio.create_task(replay.done.wait())
    stopped = asyncio.create_task(stopping.wait())
    await asyncio.wait({over, stopped}, return_when=asyncio.FIRST_COMPLETED)
    for task in (over, stopped):
        task.cancel()
