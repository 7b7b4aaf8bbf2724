"""The workshop under fire: hostile feeds and poisonous reports, with neighbours beside them."""

from __future__ import annotations

import asyncio
import os
import signal
import sys
import time
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any, cast

import pytest
import pytest_asyncio
from tests.feed_server import item, rss

from tocsin.feeds.entries import ParsedFeed, Unparseable
from tocsin.feeds.workshop import Strain, Unreadable, Workshop
from tocsin.reading.facts import Reading
from tocsin.reading.lexicon import Lexicon
from tocsin.reading.report import Report

GOOD = rss("War", item("g1", "Ten killed in Barda"))


def no_lexicon() -> Lexicon:
    """Stands for a lexicon where none is needed."""
    return cast("Lexicon", None)


def perilous(report: Report, lexicon: Lexicon) -> Reading:
    """A reading that does to its worker what the report's title says."""
    del lexicon
    match report.title:
        case "hang":
            while True:
                pass
        case "crash":
            os.kill(os.getpid(), signal.SIGSEGV)
        case "memory":
            bytearray(4 << 30)
        case "error":
            raise ValueError
    return Reading(id=report.id, conflict=True)


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def workshop() -> AsyncIterator[Workshop]:
    """A workshop with short patience."""
    strain = Strain(parse_seconds=2.0, read_seconds=0.5, batch=16)
    async with Workshop(no_lexicon, strain=strain, read_report=perilous) as running:
        yield running


pytestmark = pytest.mark.asyncio(loop_scope="module")


async def test_a_feed_is_parsed_in_a_worker(workshop: Workshop) -> None:
    """A good feed comes back as plain data."""
    parsed = await workshop.parse(GOOD, None, "https://news.example/feed")
    assert isinstance(parsed, ParsedFeed)
    assert [entry.title for entry in parsed.entries] == ["Ten killed in Barda"]


HOSTILE = {
    "50,000 attributes": b"<rss " + b" ".join(b'a%d="x"' % n for n in range(50_000)) + b"></rss>",
    "an attribute of 9 MB": b'<rss a="' + b"x" * 9_000_000 + b'"></rss>',
    "50,000 items": rss("x", *["<item><title>t</title></item>"] * 50_000),
    "1 MB of <": b"<rss>" + b"<" * 1_000_000,
    "1 MB of &": b"<rss><channel><title>" + b"&" * 1_000_000,
    "200,000 levels": b"<rss>" + b"<a>" * 200_000,
    "200,000 levels of HTML": rss("x", item("g", "t", "<b>" * 200_000)),
    "200,000 attributes in HTML": rss(
        "x", item("g", "t", "<a " + " ".join(f"a{n}=x" for n in range(200_000)) + ">")
    ),
    "1 MB of entities in HTML": rss("x", item("g", "t", "&amp;" * 200_000)),
    "an open tag without end": b"<rss><channel><item><title>" + b"<![CDATA[" * 100_000,
}


@pytest.mark.parametrize("name", HOSTILE)
async def test_hostile_feeds_end_in_time_and_neighbours_do_not_wait(
    name: str, workshop: Workshop
) -> None:
    """H3, H4: whatever the feed, it ends within its limit, and the feed beside it is on time."""
    started = time.monotonic()
    hostile = asyncio.create_task(workshop.parse(HOSTILE[name], None, "https://news.example/"))
    neighbour = await workshop.parse(GOOD, None, "https://news.example/")
    waited = time.monotonic() - started
    assert isinstance(neighbour, ParsedFeed)
    assert waited < 5  # the hostile one may take 2; the rest is for a busy machine
    assert isinstance(await hostile, ParsedFeed | Unparseable)
    assert time.monotonic() - started < 10


def _reports(*titles: str) -> list[Report]:
    return [Report(id=f"r{number}", title=title) for number, title in enumerate(titles)]


@pytest.mark.parametrize(
    ("title", "reason"),
    [("hang", "timeout"), ("crash", "crash"), ("memory", "memory"), ("error", "error")],
)
async def test_a_poisonous_report_is_found_and_its_neighbours_are_read(
    title: str, reason: str, workshop: Workshop
) -> None:
    """H4, C14: the report that kills its worker is named; the others of its batch are read."""
    reports = _reports("a", title, "b", "c")
    readings = await workshop.read(reports)
    assert [reading.id if isinstance(reading, Reading) else None for reading in readings] == [
        "r0",
        None,
        "r2",
        "r3",
    ]
    assert readings[1] == Unreadable(reports[1], reason)


async def test_many_reports_are_read_in_batches(workshop: Workshop) -> None:
    """Order is kept over batches."""
    readings = await workshop.read(_reports(*["a"] * 50))
    assert [reading.id for reading in readings if isinstance(reading, Reading)] == [
        f"r{number}" for number in range(50)
    ]


PARENT = """
import asyncio, sys
from tests.faults.test_workshop import no_lexicon
from tocsin.feeds.workshop import Workshop

async def main():
    async with Workshop(no_lexicon, workers=2) as workshop:
        pool = workshop._opened()
        pids = sorted(pool._pool_manager.worker_manager.workers)
        print(*pids, flush=True)
        await asyncio.sleep(60)

if __name__ == "__main__":
    asyncio.run(main())
"""


def _alive(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().split()[2] != "Z"
    except OSError:
        return False


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="looks processes up in /proc")
async def test_workers_end_with_a_killed_parent(tmp_path: Path) -> None:
    """C1: after kill -9 of the service no worker is left behind."""
    script = tmp_path / "parent.py"
    script.write_text(PARENT)
    root = Path(__file__).parent.parent.parent
    environment: dict[str, Any] = {**os.environ, "PYTHONPATH": f"{root}:{root / 'service'}"}
    parent = await asyncio.create_subprocess_exec(
        sys.executable, str(script), env=environment, stdout=asyncio.subprocess.PIPE
    )
    assert parent.stdout is not None
    workers = [int(pid) for pid in (await parent.stdout.readline()).split()]
    assert len(workers) == 2
    parent.kill()
    await parent.wait()
    deadline = time.monotonic() + 10
    while any(_alive(pid) for pid in workers):
        assert time.monotonic() < deadline, "workers outlive their parent"
        await asyncio.to_thread(time.sleep, 0.05)


async def test_a_worker_killed_while_idle_is_replaced(workshop: Workshop) -> None:
    """H4: an idle worker taken by the system's memory killer costs nothing but a new one."""
    pool = workshop._opened()
    for pid in list(pool._pool_manager.worker_manager.workers):
        os.kill(pid, signal.SIGKILL)
    for _ in range(3):
        assert isinstance(await workshop.parse(GOOD), ParsedFeed)


async def test_another_lexicon_takes_over_without_losing_a_job(workshop: Workshop) -> None:
    """R18, R20: what is under way at a reload ends with the old lexicon; the rest has the new."""
    under_way = asyncio.create_task(workshop.read(_reports(*["a"] * 20)))
    await asyncio.sleep(0)
    await workshop.renew(no_lexicon)
    readings = [*await under_way, *await workshop.read(_reports("b"))]
    assert all(isinstance(reading, Reading) for reading in readings)
    assert len(readings) == 21
