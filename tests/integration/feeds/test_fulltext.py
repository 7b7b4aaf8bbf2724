"""Headlines completed from their pages, politely, in a worker, and never at any price."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import cast

from tests.feed_server import FeedServer

from tocsin.feeds.fulltext import FullText
from tocsin.feeds.workshop import Workshop
from tocsin.net.guard import LOOPBACK
from tocsin.net.session import Outbound
from tocsin.reading.lexicon import Lexicon
from tocsin.reading.report import Report

NOW = datetime(2020, 10, 28, 15, 0, tzinfo=UTC)
PARAGRAPH = (
    "Rockets fell on the market square shortly after noon, and the district's hospital said that it"
    " had taken in the wounded of the whole afternoon. "
)
PAGE = f"""<!DOCTYPE html><html><head><title>Rockets hit market</title></head><body>
<nav><a href="/">Home</a><a href="/sport">Sport</a></nav>
<article><h1>Rockets hit market</h1><p>{PARAGRAPH * 3}</p><p>{PARAGRAPH * 3}</p></article>
<img src="/pixel.gif"><script>steal()</script><footer>All rights reserved</footer></body></html>"""


def no_lexicon() -> Lexicon:
    """Stands for a lexicon where none is needed."""
    return cast("Lexicon", None)


async def test_a_headline_is_completed_from_its_page() -> None:
    """H10, D18: the article's text alone; nothing else of the page is fetched."""
    async with (
        FeedServer() as server,
        Outbound() as outbound,
        Workshop(no_lexicon, workers=1) as workshop,
    ):
        server.on("/a").serve(PAGE, content_type="text/html; charset=utf-8")
        server.on("/gone").status(410)
        reports = [
            Report("r1", title="Rockets hit market", url=server.url("/a"), version="sha256:1"),
            Report("r2", title="Gone", url=server.url("/gone")),
            Report("r3", title="Forbidden", url="http://169.254.169.254/latest"),
            Report("r4", title="No link"),
            Report("r5", title="Has its text", text="x" * 2000, url=server.url("/a")),
        ]
        completed = await FullText(outbound, workshop).complete(reports, NOW, LOOPBACK)
    assert completed[1:] == tuple(reports[1:])
    whole = completed[0]
    assert whole.version == "sha256:1"
    assert "hospital said that it had taken in" in whole.text
    assert "Sport" not in whole.text
    assert "steal" not in whole.text
    assert sorted(seen.path for seen in server.seen) == ["/a", "/gone"]
