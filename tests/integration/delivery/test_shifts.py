"""Shift notes, from what was told to what a channel shows."""

from __future__ import annotations

from datetime import time, timedelta

import orjson
from aiohttp import web
from tests.delivery_kit import SINKS, Post
from tests.ledger_examples import alert
from tests.receiver import LOOPBACK, Receiver

from tocsin.judging.rulebook import Rulebook
from tocsin.judging.sight import Watched
from tocsin.judging.verdict import Verdict
from tocsin.ledger.connection import Store
from tocsin.notices import tell
from tocsin.shifts import Shifts

OK = web.Response(text="ok")


def _shifts(store: Store, post: Post, url: str, hour: time) -> Shifts:
    settings = {"kind": "slack", "name": "slack", "url": url, "allow": LOOPBACK}
    sink = SINKS.validate_python(settings | {"shift_notes": [hour.isoformat()]})

    async def feeds() -> list[Watched]:
        now = post.clock.now
        return [
            Watched("a", "A", heard=now, spoke=now),
            Watched("b", "B", heard=now, spoke=now, failures=2),
        ]

    async def tells(verdict: Verdict) -> None:
        await tell(store, verdict, post.clock.now)

    return Shifts(
        store, [sink], feeds, lambda: Rulebook(rules=()), tells,
        source="/tocsin/default", clock=post.clock,
    )  # fmt: skip


async def test_each_channel_for_people_gets_its_own_note_once(store: Store, post: Post) -> None:
    """R26: alive, fresh, what was told; no other sink gets it, and a second look tells nothing."""
    hour = post.clock.now.replace(second=0, microsecond=0)
    post.clock.now = hour - timedelta(seconds=1)
    async with Receiver(otherwise=OK) as slack, Receiver(otherwise=202) as hook:
        people = await post.sink(slack.url, "slack")
        machines = await post.sink(hook.url)
        shifts = _shifts(store, post, slack.url, hour.time())
        told = alert(source="/tocsin/default")
        await tell(store, Verdict("", alerts=(told,)), post.clock.now)
        await shifts.look()
        post.clock.now = hour + timedelta(minutes=1)
        await _shifts(store, post, slack.url, hour.time()).look()
        assert await store.redis.xlen(store.keys.alerts) == 1  # it is new, and had no part in it
        await shifts.look()
        await shifts.look()
        for _ in range(3):
            await people.turn()
            post.clock.pass_by(seconds=2)
        await machines.turn()
    [text] = [said for got in slack.got if "Shift note" in (said := orjson.loads(got.body)["text"])]
    assert f"{hour:%H:%M} UTC: alive, 1 of 2 feeds fresh, blind nowhere, 1 told" in text
    assert "Ministry: 12 soldiers killed" in text
    assert not any(b"Shift note" in got.body for got in hook.got)
