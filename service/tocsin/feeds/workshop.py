"""Where untrusted bytes are parsed and read: worker processes that can be killed.

Each job has a time limit, each worker a memory limit. A worker that hangs, crashes or asks for too
much is killed and replaced, and its job ends as a value. A report that kills its worker is found by
reading its batch one by one; its neighbours get their readings.
"""

from __future__ import annotations

import asyncio
import multiprocessing
import resource
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from multiprocessing.context import ForkServerContext
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from pebble import ProcessExpired, ProcessPool

from tocsin.feeds.entries import ParsedFeed, Unparseable
from tocsin.feeds.parse import parse
from tocsin.reading.facts import Reading
from tocsin.reading.lexicon import Lexicon
from tocsin.reading.read import read_war
from tocsin.reading.report import Report

#: Loads what reading reads with; called once in each worker, so it must be importable by name.
Load = Callable[[], Lexicon]
Read = Callable[[Report, Lexicon], Reading]


@dataclass(frozen=True, slots=True)
class Strain:
    """What one job may take, in seconds, and one worker, in bytes of memory beyond its own.

    `batch` reports of `characters` in all are read in one job; a longer report has one to itself.
    """

    parse_seconds: float = 6.0
    read_seconds: float = 5.0
    memory: int = 768 * 1024 * 1024
    batch: int = 32
    characters: int = 200_000


@dataclass(frozen=True, slots=True)
class Unreadable:
    """A report that no reading could be had of, and why: `timeout`, `memory`, `crash` or `error`.

    It is to be committed as seen, with a dead letter: it would do the same at every poll.
    """

    report: Report
    reason: str


@dataclass(frozen=True, slots=True)
class _Lost:
    """A job that ended with its worker, or raised."""

    reason: str
    detail: str = ""


class Workshop:
    """A few workers for one process; `async with` it, or open() and close()."""

    def __init__(
        self,
        load: Load,
        *,
        workers: int = 2,
        strain: Strain | None = None,
        read_report: Read = read_war,
    ) -> None:
        self._load = load
        self._read = read_report
        self._workers = workers
        self._strain = strain or Strain()
        self._pool: ProcessPool | None = None

    async def parse(
        self, body: bytes, charset: str | None = None, base: str = ""
    ) -> ParsedFeed | Unparseable:
        """Parse one feed's body (`parse.parse`); one that kills its worker is unparseable."""
        result = await self._run(self._strain.parse_seconds, parse, body, charset, base)
        if isinstance(result, _Lost):
            return Unparseable(f"parser_{result.reason}", result.detail)
        parsed: ParsedFeed | Unparseable = result
        return parsed

    async def extract(
        self,
        job: Callable[[bytes, str | None, str], str],
        body: bytes,
        charset: str | None,
        url: str,
    ) -> str:
        """What `job` (`fulltext.article`) finds in a page; "" for one that it fails on."""
        result = await self._run(self._strain.parse_seconds, job, body, charset, url)
        return "" if isinstance(result, _Lost) else str(result)

    async def read(self, reports: Sequence[Report]) -> tuple[Reading | Unreadable, ...]:
        """A reading of each report, in order; one that can't be had is `Unreadable`."""
        readings: list[Reading | Unreadable] = []
        for batch in _batches(reports, self._strain):
            readings += await self._read_batch(batch)
        return tuple(readings)

    async def _read_batch(self, batch: Sequence[Report]) -> list[Reading | Unreadable]:
        result = await self._run(self._strain.read_seconds, _read_all, list(batch))
        if not isinstance(result, _Lost):
            found: list[Reading | Unreadable] = result
            return found
        if len(batch) == 1:
            return [Unreadable(batch[0], result.reason)]
        return [reading for report in batch for reading in await self._read_batch([report])]

    async def _run(self, seconds: float, job: Callable[..., Any], *args: Any) -> Any:
        """One job's result, or how it was lost.

        A worker that is killed while idle takes its pool with it: that is built anew, once.
        """
        for attempt in (1, 2):
            pool = self._opened()
            try:
                return await asyncio.wrap_future(pool.schedule(job, args=args, timeout=seconds))
            except TimeoutError:
                return _Lost("timeout", f"took longer than {seconds:g} s")
            except MemoryError:
                return _Lost("memory", "asked for more memory than a worker has")
            except ProcessExpired as error:
                return _Lost("crash", f"the worker ended with {error.exitcode}")
            except Exception as error:  # noqa: BLE001 — foreign bytes may raise anything in a parser
                if attempt == 2 or pool.active:
                    return _Lost("error", type(error).__name__)
                if self._pool is pool:
                    self._pool = None
                await _end(pool)
        raise AssertionError

    def _opened(self) -> ProcessPool:
        if self._pool is None:
            self._pool = ProcessPool(
                max_workers=self._workers,
                max_tasks=2_000,  # what leaks in a C library ends with its worker
                initializer=_set_up,
                initargs=(self._load, self._read, self._strain.memory),
                context=_context(),
            )
        return self._pool

    async def open(self) -> None:
        """Start the workers and wait until one is ready."""
        await self._run(60.0, _ready)

    async def renew(self, load: Load) -> None:
        """Read with another lexicon from now on; what is under way ends with the old one."""
        old, self._pool, self._load = self._pool, None, load
        await self.open()
        if old is not None:
            old.close()  # type: ignore[no-untyped-call]
            await asyncio.to_thread(old.join)

    async def close(self) -> None:
        """End the workers; whatever they were doing is lost."""
        pool, self._pool = self._pool, None
        if pool is not None:
            await _end(pool)

    async def __aenter__(self) -> Self:
        await self.open()
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        await self.close()


def _batches(reports: Iterable[Report], strain: Strain) -> Iterator[list[Report]]:
    """The reports in jobs that fit their time: few long ones or many short ones."""
    batch: list[Report] = []
    length = 0
    for report in reports:
        size = len(report.title) + len(report.summary) + len(report.text)
        if batch and (len(batch) == strain.batch or length + size > strain.characters):
            yield batch
            batch, length = [], 0
        batch.append(report)
        length += size
    if batch:
        yield batch


async def _end(pool: ProcessPool) -> None:
    pool.stop()  # type: ignore[no-untyped-call]
    await asyncio.to_thread(pool.join)


def _context() -> ForkServerContext:
    """Workers are forked off a clean server: no threads, sockets or secrets are inherited."""
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload([__name__])
    return context


# ---- what follows runs in a worker ----

_tools: list[Callable[[Report], Reading]] = []


def _set_up(load: Load, read_report: Read, memory: int) -> None:
    lexicon = load()
    _tools[:] = [lambda report: read_report(report, lexicon)]
    mapped = _address_space()
    if not mapped:
        return  # macOS keeps no such limit; the time limit stands
    size = mapped + memory
    _, hard = resource.getrlimit(resource.RLIMIT_AS)
    if hard != resource.RLIM_INFINITY:
        size = min(size, hard)
    resource.setrlimit(resource.RLIMIT_AS, (size, hard))


def _address_space() -> int:
    """What this process has mapped by now, in bytes; 0 where the system does not say."""
    try:
        pages = int(Path("/proc/self/statm").read_text().split()[0])
    except OSError:
        return 0
    return pages * resource.getpagesize()


def _ready() -> bool:
    return True


def _read_all(reports: Iterable[Report]) -> list[Reading]:
    (tool,) = _tools
    return [tool(report) for report in reports]
