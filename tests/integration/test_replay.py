"""The recorded war over real HTTP, on its own clock."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator

import aiohttp
import pytest

from tocsin.demo.recording import load_recording
from tocsin.demo.replay import Replay


@pytest.fixture
async def replay() -> AsyncIterator[Replay]:
    """A war of a second or so."""
    playing = Replay(seconds=0.3, patience=5.0, breath=0.01)
    yield playing
    await playing.stop()


async def test_unchanged_feed_answers_304(replay: Replay) -> None:
    """A feed sent with its own ETag is not sent again (F1)."""
    address = (await replay.start())[0]
    async with aiohttp.ClientSession() as session:
        async with session.get(address) as first:
            body = await first.read()
            tag = first.headers["ETag"]
        assert body
        assert first.status == 200
        async with session.get(address, headers={"If-None-Match": tag}) as second:
            assert second.status == 304
            assert not await second.read()


async def test_a_reader_who_keeps_up_sees_every_report(replay: Replay) -> None:
    """The war ends only when all of it was shown, and the clock never runs back."""
    await replay.start()
    seen: set[str] = set()
    clock = []
    async with aiohttp.ClientSession() as session:
        while not replay.done.is_set():
            clock.append(replay.war_time(time.monotonic()))
            for address in replay.feeds.values():
                async with session.get(address) as answer:
                    seen.add(await answer.text())
    shown = "".join(seen)
    recording = load_recording()
    assert all(item.guid in shown for _, item in recording.reports())
    assert clock == sorted(clock)
    assert replay.war_time(time.monotonic()) >= recording.editions[-1]


async def test_an_edition_waits_for_its_reader() -> None:
    """With nobody reading, the first edition stands, and war time stays short of the next."""
    replay = Replay(seconds=0.03, patience=60, breath=0.0)
    await replay.start()
    try:
        with pytest.raises(TimeoutError):
            await asyncio.wait_for(replay.done.wait(), 0.3)
        assert replay.edition == replay.recording.editions[0]
        assert replay.war_time(time.monotonic()) < replay.recording.editions[1]
    finally:
        await replay.stop()
