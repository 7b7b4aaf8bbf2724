"""Recalling and judging a report at a ledger of a million claims, against an empty one.

A real server holds three years of one war: a million entries in the logs of its series and
stories, and the stories of its last month as documents that are found by place, day and words. The
probe is a day of reports on strikes with a toll, the same for both ledgers.
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from random import Random
from statistics import median
from time import perf_counter

from tests.bench.measure import show
from tests.unit.judging.desk import claim, strike, told
from tests.waiting import until

from tocsin.judging.judge import judge, wanted
from tocsin.judging.rulebook import Rulebook
from tocsin.judging.verdict import Entry
from tocsin.ledger.commit import commit
from tocsin.ledger.connection import Store
from tocsin.ledger.entries import pack_entry
from tocsin.ledger.leases import claim_due, enroll
from tocsin.ledger.recall import recall
from tocsin.ledger.writes import Judged
from tocsin.reading.facts import Place, Reading
from tocsin.reading.report import Report
from tocsin.rehearsal.replay import private_store
from tocsin.shelf.rules import load_rulebook

CLAIMS, STORIES, PROBES = 1_000_000, 3_000, 200
SERIES = 4_000  # logs that the claims lie in
NOW = datetime(2031, 3, 1, 12, tzinfo=UTC)
TOWNS = 400
Case = tuple[Report, Reading]


def cases(count: int, begin: datetime, span: timedelta, seed: int) -> Iterator[Case]:
    """Reports of strikes with a toll, on towns of a land ten degrees wide, oldest first."""
    chance = Random(seed)
    for number in range(count):
        where = chance.randrange(TOWNS)
        town = Place(f"Town {where}", "town", "UA", 44 + where % 20 / 2, 30 + where // 20 / 2)
        dead = chance.randint(1, 60)
        yield told(
            f"{seed}-{number}",
            begin + span * number / count,
            strike(town.name, attacker="Russia"),
            claim(dead, place=town.name),
            claim(dead * 2, indicator="wounded", place=town.name),
            title=f"Missiles hit {town.name}, killing {dead} at {chance.randrange(900)} Mill Road",
            places=(town,),
            theatre="ukraine",
        )


async def judge_all(store: Store, token: str, book: Rulebook, some: Sequence[Case]) -> list[float]:
    """Recall, judge and commit one after the other; the seconds of recalling and judging each."""
    times = []
    for report, reading in some:
        assert report.fetched is not None
        started = perf_counter()
        asked = wanted(report, reading, book)
        memories = await recall(store, [asked], report.fetched)
        assert isinstance(memories, list), memories
        verdict = judge(report, reading, memories[0], book, report.fetched)
        times.append(perf_counter() - started)
        case = Judged(report, reading, memories[0], verdict, report.fetched)
        assert isinstance(await commit(store, "feed", token, [case]), list)
    return times


async def fill(store: Store, count: int) -> None:
    """So many claims of three years, in as many logs as they would lie in."""
    each = count // SERIES
    for number in range(SERIES):
        log = store.keys.log(f"theatre/ukraine/killed/people/other:speaker-{number}")
        entries = [
            pack_entry(_entry(number * each + one, log, NOW - timedelta(hours=one)))
            for one in range(each)
        ]
        await store.redis.rpush(log, *entries)


async def settle(store: Store) -> None:
    """Wait until the server has rewritten its log of commands: it takes a core while it does."""

    async def settled() -> bool:
        return not (await store.redis.info("persistence"))["aof_rewrite_in_progress"]

    await until(settled, within=60)


def _entry(number: int, series: str, said: datetime) -> Entry:
    value = number % 5_000
    name, report = f"{number:020x}", f"{number:016x}"
    return Entry(name, series, said, said, value, value, value, "exact", "raised", report)


async def _leased(store: Store) -> str:
    await enroll(store, {"feed": "feed"})
    leases = await claim_due(store, 1, timedelta(hours=1))
    assert isinstance(leases, list), leases
    return leases[0].token


async def _measure() -> tuple[float, float, float]:
    """Median seconds of a probe at the grown and at the empty ledger, and the grown one's bytes.

    Each probe is put to both in turn, so that whatever else the machine does slows both alike.
    """
    book = load_rulebook()
    assert isinstance(book, Rulebook), book
    async with private_store() as old, private_store() as new:
        tokens = await _leased(old), await _leased(new)
        month = timedelta(days=30)
        await judge_all(old, tokens[0], book, list(cases(STORIES, NOW - month, month, 1)))
        await fill(old, CLAIMS)
        await settle(old)
        size = (await old.redis.info("memory"))["used_memory"]
        grown: list[float] = []
        empty: list[float] = []
        for case in cases(PROBES, NOW, timedelta(days=1), 2):
            grown += await judge_all(old, tokens[0], book, [case])
            empty += await judge_all(new, tokens[1], book, [case])
        return median(grown), median(empty), size


def main() -> None:
    """Print the ratio and the size."""
    grown, empty, size = asyncio.run(_measure())
    show("recall and judge, a million claims", grown, empty, "at none", "floor 1.5")
    print(f"{'that ledger, with 3,000 reports and stories':<44} {size / 1e6:8.0f} MB (floor 250)")


if __name__ == "__main__":
    main()
