"""CPU of a changed feed (44 entries, 3 of them new) against feedparser's parsing alone.

All that a poll does to a changed feed is counted: the request over loopback, the gate and the
parser, the plain text and the hashes, the passage to a worker and back, the question to a real
Redis which entries are unseen, and the reading of the new ones.
"""

from __future__ import annotations

import asyncio
import pickle
import random
import subprocess
import sys
import tempfile
from datetime import UTC, datetime
from pathlib import Path
from statistics import median
from time import process_time

import feedparser
from tests.bench.measure import cpu, show
from tests.feed_server import item, rss
from tests.redis_process import RedisProcess

from tocsin.feeds.entries import ParsedFeed, to_reports
from tocsin.feeds.exchange import FeedRequest, Fetched
from tocsin.feeds.fetch import fetch
from tocsin.feeds.parse import parse
from tocsin.ledger.connection import Store, connect
from tocsin.ledger.keys import Keys
from tocsin.ledger.seen import member, unseen
from tocsin.net.guard import LOOPBACK
from tocsin.net.session import Outbound
from tocsin.reading.read import read
from tocsin.shelf.lexicon import load_lexicon
from tocsin.shelf.shipped import rules_home
from tocsin.shelf.theatres import load_theatres

ENTRIES, NEW = 44, 3
NOW = datetime(2020, 10, 29, tzinfo=UTC)
PLACES = ("Barda", "Terter", "Ganja", "Stepanakert", "Martuni", "Kharkiv", "Kherson", "Kramatorsk")


def sample_feed(entries: int = ENTRIES, seed: int = 7) -> bytes:
    """A feed like a newsroom's: mixed subjects, HTML summaries, media, creators, categories."""
    chance = random.Random(seed)
    subjects = [
        "At least {n} people were killed and {m} wounded when rockets hit {place}, officials said.",
        "The ministry said {n} of its soldiers had died near {place} since the fighting began.",
        "A market in {place} reopened after {n} weeks, and traders hope for a good season.",
        "The mayor of {place} promised {n} new buses by spring; {m} are already on the road.",
        "Talks on a truce around {place} are to go on for {n} days, the mediators said.",
        "The exhibition in {place} shows {n} paintings that were thought to be lost.",
    ]

    def sentence() -> str:
        place, n, m = chance.choice(PLACES), chance.randint(2, 60), chance.randint(10, 90)
        return chance.choice(subjects).format(place=place, n=n, m=m)

    def extra(number: int) -> str:
        return (
            "<dc:creator>A. Writer</dc:creator><category>World</category><category>News</category>"
            '<media:content xmlns:media="http://search.yahoo.com/mrss/" medium="image"'
            f' url="https://img.example/{number}.jpg" width="640" height="360"/>'
        )

    return rss(
        "World news",
        *(
            item(
                f"g{number}",
                sentence(),
                f"<p>{sentence()} {sentence()}</p><p>{sentence()}</p>",
                published=f"Wed, 28 Oct 2020 {number % 24:02}:05:00 GMT",
                extra=extra(number),
            )
            for number in range(entries)
        ),
    )


_SERVE = """
import asyncio
from tests.bench.changed_feed import sample_feed
from tests.feed_server import FeedServer
async def main():
    async with FeedServer() as server:
        server.on("/feed").serve(sample_feed(), etag='"1"', encoding="gzip")
        print(server.url("/feed"), flush=True)
        await asyncio.Event().wait()
asyncio.run(main())
"""


def main() -> None:
    """Print the ratio."""
    body = sample_feed()
    with tempfile.TemporaryDirectory() as folder:
        redis = RedisProcess(Path(folder)).start()
        server = subprocess.Popen([sys.executable, "-c", _SERVE], stdout=subprocess.PIPE)
        try:
            assert server.stdout is not None
            url = server.stdout.readline().decode().strip()
            ours = asyncio.run(_polls(url, redis.url))
        finally:
            server.kill()
            server.wait()
            redis.stop()
    reference = cpu(lambda: feedparser.parse(body))
    show("a changed feed, 3 new of 44", ours, reference, "feedparser alone", "floor ≤ 0.5")
    show("  of that, gate and parsing", cpu(lambda: parse(body)), reference, "feedparser alone", "")


async def _polls(url: str, redis_url: str) -> float:
    rules = rules_home()
    theatres = load_theatres(sorted((rules / "theatres").glob("*.yaml")))
    assert isinstance(theatres, dict)
    lexicon = load_lexicon(rules, [*theatres.values()])
    store = Store(connect(redis_url), Keys("bench"))

    async def poll(outbound: Outbound) -> None:
        fetched = await fetch(FeedRequest(url, allow=LOOPBACK), outbound, NOW)
        assert isinstance(fetched, Fetched)
        parsed = pickle.loads(pickle.dumps(parse(fetched.body, fetched.charset, fetched.url)))  # noqa: S301 — our own
        assert isinstance(parsed, ParsedFeed)
        reports = to_reports(parsed, "f1", "p1", NOW)
        assert len(reports) == ENTRIES
        await unseen(store, "f1", [member(report) for report in reports])
        for report in reports[-NEW:]:
            read(report, lexicon)

    times = []
    async with Outbound() as outbound:
        for _ in range(20):
            started = process_time()
            await poll(outbound)
            times.append(process_time() - started)
    await store.redis.aclose()
    return median(times[1:])
