"""`tocsin explain --report`, of reports that raised nothing."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest
from pydantic import TypeAdapter
from tests.feed_server import FeedServer, item, rss
from tests.newsroom import Newsroom, opened

from tocsin.commands.casebook import explain_report
from tocsin.feeds.workshop import Workshop
from tocsin.judging.rulebook import Rulebook
from tocsin.ledger.connection import Store
from tocsin.ledger.rulebooks import keep_rulebook
from tocsin.net.session import Outbound


@pytest.fixture
async def room(store: Store, workshop: Workshop, rulebook: Rulebook) -> AsyncIterator[Newsroom]:
    """A feed past its first poll, judged by the shipped rules, which are kept."""
    await keep_rulebook(store, rulebook.digest, TypeAdapter(Rulebook).dump_json(rulebook))
    async with FeedServer() as server, Outbound() as outbound:
        room = opened(store, server, outbound, workshop, rulebook)
        room.page.serve(rss("War", item("g0", "Calm night along the front, officials say")))
        await room.turn()
        yield room


@pytest.mark.parametrize(
    ("title", "words"),
    [
        (
            "About 2,000 people were displaced by fighting in Karabakh since September",
            "figure.indicator     casualties.incident",
        ),
        (
            "More than 30,000 people have been killed in the war since 2022, a monitor says",
            "what was read moves nothing",
        ),
        ("Ukraine army and Russia army hold positions at the front", "nothing that moves"),
        ("Four miners killed in a mine collapse in Poland", "not_conflict"),
    ],
)
async def test_a_silence_is_explained(
    room: Newsroom, store: Store, capsys: pytest.CaptureFixture[str], title: str, words: str
) -> None:
    """R19: which condition of which rule failed, or that there was nothing to judge."""
    room.page.serve(rss("War", item("g1", title)))
    polled = await room.turn()
    assert polled.taken is not None
    assert polled.taken.alerts == 0
    await explain_report(store, "g1")
    said = capsys.readouterr().out
    assert "alerts  none" in said
    assert words in said
