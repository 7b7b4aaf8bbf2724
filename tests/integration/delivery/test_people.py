"""Sinks for people, from the stream to what they are shown."""

from __future__ import annotations

import asyncio
from contextlib import AsyncExitStack
from datetime import datetime
from itertools import pairwise
from typing import Any

from aiohttp import web
from prometheus_client import generate_latest
from structlog.testing import capture_logs
from tests.delivery_kit import Post, event, publish
from tests.receiver import Receiver

from tocsin.deliver import Delivery
from tocsin.ledger.connection import Away

OK = web.Response(text="ok")


def _figure(value: int) -> dict[str, Any]:
    return {"value": value, "low": value, "high": value, "bound": "exact"}


def _toll(ident: str, before: int | None, now: int, **more: Any) -> dict[str, Any]:
    """A change of one story's toll."""
    change = {
        "reason": "raised",
        "indicator": "killed",
        "from": None if before is None else _figure(before),
        "to": _figure(now),
    }
    data = {"changes": [change], "headline": f"Mayor: {now} killed"} | more.pop("data", {})
    return event(ident, correlationid="barrow", subject="story/barrow/killed", data=data, **more)


async def _until_idle(post: Post, delivery: Delivery, receiver: Receiver, most: int = 400) -> None:
    """Turn the delivery, and the clock on to each next due, until nothing waits."""
    for _ in range(most):
        due = await delivery.turn()
        assert not isinstance(due, Away)
        if due is None:
            return
        post.clock.now = max(due, post.clock.now)
    raise AssertionError(f"something still waits after {len(receiver.got)} messages")


async def test_a_report_is_one_message(post: Post) -> None:
    """Three alerts of one report, the gravest first, at Slack and at Teams (R23)."""
    report = {"report": {"id": "r1", "url": "https://news.example/1"}}
    async with Receiver(otherwise=OK) as slack, Receiver(otherwise=202) as teams:
        sinks = [await post.sink(slack.url, "slack"), await post.sink(teams.url, "teams")]
        await publish(
            post.store,
            event("a1", severitynumber=9, severitytext="low", data=report),
            event("a2", severitynumber=21, severitytext="critical", data=report),
            event("a3", data=report),
        )
        for sink in sinks:
            await _until_idle(post, sink, slack)
    [message], [card] = slack.got, teams.got
    assert message.json["text"].startswith("CRITICAL · Ministry: 21 killed at the bridge (a2)")
    assert b"(a1)" in message.body
    assert b"(a3)" in message.body
    first = card.json["attachments"][0]["content"]["body"][0]["inlines"][0]["text"]
    assert first.startswith("CRITICAL · ")


async def test_what_a_cooldown_holds_is_told_as_one_at_its_end(post: Post) -> None:
    """14 told, 19 and 21 held, then one message: 14 → 21 (R23)."""
    async with Receiver(otherwise=OK) as slack:
        sink = await post.sink(slack.url, "slack")
        await publish(post.store, _toll("a1", None, 14))
        await sink.turn()
        post.clock.pass_by(minutes=5)
        await publish(post.store, _toll("a2", 14, 19))
        await sink.turn()
        post.clock.pass_by(minutes=5)
        await publish(post.store, _toll("a3", 19, 21))
        await sink.turn()
        assert len(slack.got) == 1
        post.clock.pass_by(minutes=20)
        assert await sink.turn() is None
    assert len(slack.got) == 2
    assert "Since then: Mayor: 21 killed (14 → 21, +7" in slack.got[1].json["text"]
    assert await post.due.had("slack", ["a1", "a2", "a3"]) == {"a1", "a2", "a3"}


async def test_the_graver_breaks_through_and_corrections_know_no_cooldown(post: Post) -> None:
    """Both are told within the cooldown, and the correction passes the filter (R16, R27)."""
    async with Receiver(otherwise=OK) as slack:
        sink = await post.sink(slack.url, "slack", filter={"types": ["tocsin.figure.changed"]})
        await publish(post.store, _toll("a1", None, 14))
        await sink.turn()
        post.clock.pass_by(minutes=1)
        await publish(post.store, _toll("a2", 14, 60, severitynumber=21, severitytext="critical"))
        await sink.turn()
        post.clock.pass_by(minutes=1)
        fixed = _toll("a3", 60, 16, type="tocsin.alert.corrected", causationid="a2")
        stranger = _toll("a4", 60, 16, type="tocsin.alert.corrected", causationid="never-told")
        await publish(post.store, fixed, stranger)
        await sink.turn()
    assert len(slack.got) == 3
    assert "Correction: Mayor: 16 killed" in slack.got[2].json["text"]
    assert await post.due.had("slack", ["a3", "a4"]) == {"a3"}


async def test_two_replicas_never_share_a_desk(post: Post) -> None:
    """While one has it, the other comes back later, and nothing is told twice (D26)."""
    began, go = asyncio.Event(), asyncio.Event()

    async def slow(_request: web.Request) -> web.StreamResponse:
        began.set()
        await go.wait()
        return web.Response(text="ok")

    async with Receiver(otherwise=slow) as slack:
        one = await post.sink(slack.url, "slack", replica="one")
        two = await post.sink(slack.url, "slack", replica="two")
        await publish(post.store, event("a1"))
        telling = asyncio.create_task(one.turn())
        await began.wait()
        await publish(post.store, event("a2"))
        again = await two.turn()
        assert isinstance(again, datetime)
        assert again > post.clock.now
        go.set()
        await telling
        await _until_idle(post, two, slack)
    assert len(slack.got) == 2
    assert await post.due.had("slack", ["a1", "a2"]) == {"a1", "a2"}


async def test_a_burst_of_a_hundred_goes_out_one_a_second(post: Post) -> None:
    """Paced, and none lost; Retry-After is obeyed (D22)."""
    times: list[float] = []

    async def answer(_request: web.Request) -> web.StreamResponse:
        times.append(post.clock.now.timestamp())
        if len(times) == 10:
            return web.Response(status=429, headers={"Retry-After": "30"})
        return web.Response(text="ok")

    async with Receiver(otherwise=answer) as slack:
        sink = await post.sink(slack.url, "slack")
        await publish(post.store, *(event(f"a{n}") for n in range(100)))
        await _until_idle(post, sink, slack)
    gaps = [later - earlier for earlier, later in pairwise(times)]
    assert len(times) == 101
    assert min(gaps) >= 1
    assert gaps[9] >= 30
    names = {f"a{n}" for n in range(100)}
    assert await post.due.had("slack", sorted(names)) == names


async def test_after_an_outage_people_get_one_catch_up_and_machines_everything(post: Post) -> None:
    """Six hours down: one message, each story once; at the webhook every alert (D13)."""
    async with Receiver(otherwise=500) as slack, Receiver(otherwise=500) as hook:
        people, machines = await post.sink(slack.url, "slack"), await post.sink(hook.url)
        names = []
        for hour in range(6):
            for story in range(4):
                names.append(f"h{hour}s{story}")
                await publish(
                    post.store,
                    event(names[-1], correlationid=f"s{story}", subject=f"story/s{story}/killed"),
                )
            for _ in range(12):
                await people.turn()
                await machines.turn()
                post.clock.pass_by(minutes=5)
        tried = len(slack.got), len(hook.got)
        slack.otherwise, hook.otherwise = OK, 200
        post.clock.pass_by(minutes=6)
        await _until_idle(post, people, slack)
        await _until_idle(post, machines, hook)
    accepted = slack.got[tried[0] :]
    assert len(accepted) == 1
    assert accepted[0].json["text"].startswith("HIGH · While you could not be reached: ")
    assert accepted[0].json["text"].count("killed at the bridge (h5s") == 4
    assert await post.due.had("slack", names) == set(names)
    assert {got.headers["webhook-id"] for got in hook.got[tried[1] :]} == set(names)
    assert len(hook.got) - tried[1] == len(names)


async def test_a_permanent_refusal_is_a_dead_letter_and_a_dead_channel_is_off(post: Post) -> None:
    """Slack's own words decide (D9, D24)."""
    async with Receiver(otherwise=OK) as slack:
        slack.script(web.Response(status=400, text="invalid_blocks"))
        sink = await post.sink(slack.url, "slack")
        await publish(post.store, event("a1"))
        await sink.turn()
        slack.script(web.Response(status=404, text="no_service"))
        await publish(post.store, event("a2"))
        post.clock.pass_by(seconds=5)
        await sink.turn()
    letters = await post.letters.newest("slack")
    assert not isinstance(letters, Away)
    assert {one.alert: one.reason for one in letters} == {
        "a1": "invalid_blocks",
        "a2": "no_service",
    }
    assert post.announced == [("slack", "no_service")]


async def test_no_secret_is_told_by_anything(post: Post) -> None:
    """Address, header and key stand in no log, no metric, no dead letter, no stored state (D27)."""
    async with Receiver(otherwise=410) as hook, AsyncExitStack() as stack:
        logged = stack.enter_context(capture_logs())
        url = f"{hook.url}/T0KEN?sig=S1GNATURE"
        sink = await post.sink(url, headers={"Authorization": "Bearer H3ADER"})
        away = await post.sink(
            "http://127.0.0.1:1/T0KEN?sig=S1GNATURE", "slack", filter={"severity_min": "low"}
        )
        await publish(post.store, event("a1"))
        await sink.turn()
        await away.turn()
    assert hook.got[0].headers["Authorization"] == "Bearer H3ADER"
    redis, told = post.store.redis, b""
    for key in await redis.keys():
        told += await redis.dump(key) or b""
    assert {entry["event"] for entry in logged} >= {"sent", "sink_disabled", "dead_letter"}
    told += repr(logged).encode() + generate_latest(post.registry)
    for secret in (b"T0KEN", b"S1GNATURE", b"H3ADER", b"a2tra2tra2tr"):
        assert secret not in told
