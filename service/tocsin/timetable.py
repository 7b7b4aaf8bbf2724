"""What runs when. The only file that knows APScheduler.

Which feed is due lives in Redis, not here: one job a feed stalls the loop when thousands fall due
at once, and a job store shared by replicas is warned against by the scheduler's own author. Here
stand only the few things that recur in one process: the sweep, trimming, digests, heartbeats.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta

from apscheduler.schedulers.asyncio import AsyncIOScheduler

Job = Callable[[], Awaitable[None]]


class Timetable:
    """Recurring jobs of this process. A job that is still running is not started again."""

    def __init__(self) -> None:
        self._scheduler = AsyncIOScheduler(timezone=UTC)
        self._under_way: set[asyncio.Task[object]] = set()

    def every(self, interval: timedelta, name: str, job: Job, *, soon: bool = False) -> None:
        """Run `job` each `interval`; with `soon`, for the first time at once."""
        first = {"next_run_time": datetime.now(UTC)} if soon else {}
        self._scheduler.add_job(
            self._run,
            "interval",
            args=[job],
            seconds=interval.total_seconds(),
            id=name,
            max_instances=1,
            coalesce=True,
            misfire_grace_time=None,
            **first,
        )

    def start(self) -> None:
        """Start counting; the event loop must be running."""
        self._scheduler.start()

    async def stop(self, within: timedelta) -> None:
        """Start nothing more, and let the jobs under way end; what hangs is cut off."""
        if not self._scheduler.running:
            return
        self._scheduler.pause()
        # The scheduler's own shutdown cancels: a sweep would lose the leases it is being given.
        if self._under_way:
            await asyncio.wait(self._under_way, timeout=within.total_seconds())
        self._scheduler.shutdown(wait=False)

    async def _run(self, job: Job) -> None:
        task = asyncio.current_task()
        if task is not None:
            self._under_way.add(task)
            task.add_done_callback(self._under_way.discard)
        await job()
