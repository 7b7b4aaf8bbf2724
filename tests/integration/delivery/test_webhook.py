"""A webhook, from the stream to a receiver that verifies it."""

from __future__ import annotations

import asyncio
import gzip
from base64 import b64encode
from datetime import datetime
from functools import partial
from pathlib import Path

import pytest
from aiohttp import web
from standardwebhooks import Webhook
from tests.delivery_kit import SECRET, Post, event, publish
from tests.receiver import Receiver

from tocsin.sinks import webhook
from tocsin.sinks.post import TIMEOUT


async def test_an_alert_arrives_signed_with_its_sequence(post: Post) -> None:
    """The signature verifies over the bytes that were sent; the sequence is in the body (D1)."""
    async with Receiver() as receiver:
        delivery = await post.sink(receiver.url)
        [sequence] = await publish(post.store, event("a1"))
        await delivery.turn()
    [got] = receiver.got
    assert Webhook(SECRET).verify(got.body, dict(got.headers)) == got.json
    assert got.json == event("a1") | {"sequence": sequence}
    assert got.headers["webhook-id"] == "a1"
    assert got.headers["Content-Type"].startswith("application/cloudevents+json")
    assert await post.store.redis.xpending(post.store.keys.alerts, "webhook") == {
        "pending": 0,
        "min": None,
        "max": None,
        "consumers": [],
    }


async def test_what_arrives_out_of_order_is_sorted_by_its_sequence(post: Post) -> None:
    """Retries overtake each other; each body says when it was recorded, and its place (D25)."""
    async with Receiver() as receiver:
        receiver.script(500)
        delivery = await post.sink(receiver.url)
        await publish(post.store, event("a1"))
        due = await delivery.turn()
        assert due is not None
        await publish(post.store, event("a2"))
        await delivery.turn()
        post.clock.now = due
        await delivery.turn()
    arrived = [got.json for got in receiver.got[1:]]
    assert [one["id"] for one in arrived] == ["a2", "a1"]
    assert all(one["recordedtime"] for one in arrived)
    ordered = sorted(arrived, key=lambda one: tuple(map(int, one["sequence"].split("-"))))
    assert [one["id"] for one in ordered] == ["a1", "a2"]


async def test_every_attempt_has_the_same_id_and_body_and_a_new_signature(post: Post) -> None:
    """Endless 5xx: ten attempts over more than a day, then a dead letter (D2, D8, D9)."""
    async with Receiver(otherwise=503) as receiver:
        delivery = await post.sink(receiver.url)
        await publish(post.store, event("a1"))
        began = post.clock.now
        for _ in range(60):
            due = await delivery.turn()
            if due is None:
                break
            assert not isinstance(due, tuple)
            post.clock.now = max(due, post.clock.now)  # type: ignore[type-var]
        assert len(receiver.got) == 10
        assert (post.clock.now - began).total_seconds() > 24 * 3600
        assert {got.headers["webhook-id"] for got in receiver.got} == {"a1"}
        assert len({got.body for got in receiver.got}) == 1
        assert len({got.headers["webhook-timestamp"] for got in receiver.got}) == 10
        assert len({got.headers["webhook-signature"] for got in receiver.got}) == 10
        [letter] = await _letters(post, "webhook")
        assert (letter.alert, letter.attempts, letter.reason) == ("a1", 10, "exhausted_status_503")
        assert letter.replay == "tocsin deliveries replay a1 --sink webhook"

        receiver.otherwise = 200
        assert await post.letters.replay(letter, post.clock()) is True
        assert await post.letters.replay(letter, post.clock()) is False
        post.clock.pass_by(minutes=10)
        await delivery.turn()
    assert receiver.got[-1].headers["webhook-id"] == "a1"
    assert receiver.got[-1].body == receiver.got[0].body
    assert await _letters(post, "webhook") == []


async def test_a_rotation_signs_with_both_secrets(post: Post, tmp_path: Path) -> None:
    """Old and new verify while the file holds both; then the old is refused (D3, P9)."""
    newer = "whsec_" + b64encode(b"n" * 32).decode()
    file = tmp_path / "secret"
    file.write_text(f"{newer}\n{SECRET}\n")
    async with Receiver() as receiver:
        delivery = await post.sink(receiver.url, secret=None, secret_file=file)
        await publish(post.store, event("a1"))
        await delivery.turn()
        file.write_text(f"{newer}\n")
        await publish(post.store, event("a2"))
        await delivery.turn()
    both, one = receiver.got
    for secret in (newer, SECRET):
        Webhook(secret).verify(both.body, dict(both.headers))
    Webhook(newer).verify(one.body, dict(one.headers))
    with pytest.raises(Exception, match="No matching signature"):
        Webhook(SECRET).verify(one.body, dict(one.headers))


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
async def test_no_redirect_is_followed(post: Post, status: int) -> None:
    """A redirect is a failure; the signature goes nowhere else (D4)."""
    async with Receiver() as elsewhere, Receiver() as receiver:
        receiver.otherwise = web.Response(status=status, headers={"Location": elsewhere.url})
        delivery = await post.sink(receiver.url)
        await publish(post.store, event("a1"))
        await delivery.turn()
        assert len(receiver.got) == 1
        assert elsewhere.got == []
    [kept] = await post.due.take("webhook", post.clock.now.replace(year=2100), limit=9) or []
    assert kept.tries.reason == "redirected"  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("status", "waits"), [(200, False), (204, False), (299, False), (304, True), (400, True)]
)
async def test_only_2xx_is_success(post: Post, status: int, *, waits: bool) -> None:
    """All else is tried again (D5)."""
    async with Receiver(otherwise=status) as receiver:
        delivery = await post.sink(receiver.url)
        await publish(post.store, event("a1"))
        assert (await delivery.turn() is not None) is waits


async def test_410_switches_the_sink_off_and_tells_operators(post: Post) -> None:
    """What waits or comes becomes dead letters, until the address is another (D6)."""
    async with Receiver(otherwise=410) as receiver:
        delivery = await post.sink(receiver.url)
        await publish(post.store, event("a1"))
        await delivery.turn()
        await publish(post.store, event("a2"))
        await delivery.turn()
        assert len(receiver.got) == 1
        assert post.announced == [("webhook", "gone")]
        assert {one.reason for one in await _letters(post, "webhook")} == {"gone", "sink_disabled"}

        mended = await post.sink(receiver.url + "/mended")
        receiver.otherwise = 200
        await publish(post.store, event("a3"))
        await mended.turn()
    assert [got.headers["webhook-id"] for got in receiver.got] == ["a1", "a3"]


@pytest.mark.parametrize(("said", "least"), [("120", 120), ("99999999999", 86_400), ("-5", 4)])
async def test_retry_after_holds_the_whole_sink_within_bounds(
    post: Post, said: str, least: int
) -> None:
    """429 with Retry-After: nothing is sent before, nor after more than a day (D7)."""
    async with Receiver() as receiver:
        receiver.script(web.Response(status=429, headers={"Retry-After": said}))
        delivery = await post.sink(receiver.url)
        await publish(post.store, event("a1"))
        due = await delivery.turn()
        assert due is not None
        waits = (due - post.clock.now).total_seconds()  # type: ignore[operator]
        assert least <= waits <= max(least, 6)
        if said == "120":
            await publish(post.store, event("a2"))
            await delivery.turn()
            assert len(receiver.got) == 1
        post.clock.pass_by(seconds=least + 6)
        await delivery.turn()
    assert len(receiver.got) == (3 if said == "120" else 2)


async def test_an_endless_answer_is_not_read(post: Post) -> None:
    """A gzip bomb and an endless body: 20 kB are read, and the status counts (D20)."""

    async def endless(request: web.Request) -> web.StreamResponse:
        response = web.StreamResponse()
        await response.prepare(request)
        try:
            while True:
                await response.write(b"x" * 65_536)
        except (ConnectionError, asyncio.CancelledError):
            return response

    bomb = web.Response(body=gzip.compress(b"\0" * 5_000_000), headers={"Content-Encoding": "gzip"})
    async with Receiver() as receiver:
        receiver.script(endless, bomb)
        delivery = await post.sink(receiver.url)
        await publish(post.store, event("a1"))
        assert await delivery.turn() is None
        await publish(post.store, event("a2"))
        assert await delivery.turn() is None
    assert len(receiver.got) == 2


async def test_an_answer_that_never_comes_is_a_timeout_and_the_retry_has_the_same_id(
    post: Post, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It took the alert and hung: 15–30 s at most, then again under the same id (D11)."""
    assert 15 <= TIMEOUT <= 30
    monkeypatch.setattr(webhook, "post", partial(webhook.post, within=0.3))

    async def hangs(_: web.Request) -> web.StreamResponse:
        await asyncio.Event().wait()
        raise AssertionError

    async with Receiver() as receiver:
        receiver.script(hangs)
        delivery = await post.sink(receiver.url)
        await publish(post.store, event("a1"))
        due = await delivery.turn()
        assert isinstance(due, datetime)
        retried = {"sink": "webhook", "outcome": "retry", "reason": "timeout"}
        assert post.registry.get_sample_value("tocsin_deliveries_total", retried) == 1
        post.clock.now = due
        await delivery.turn()
    assert [got.headers["webhook-id"] for got in receiver.got] == ["a1", "a1"]
    assert receiver.got[0].body == receiver.got[1].body


async def test_an_address_on_a_private_network_is_refused_unless_allowed(post: Post) -> None:
    """The guard stands before the webhook too: no connection, a named reason (D14, D18)."""
    async with Receiver() as receiver:
        name = f"http://localhost:{receiver.port}/in"
        delivery = await post.sink(name, allow=())
        await publish(post.store, event("a1"))
        await delivery.turn()
    assert receiver.got == []
    [kept] = await post.due.take("webhook", post.clock.now.replace(year=2100), limit=9) or []
    assert kept.tries.reason.startswith("address_refused_")  # type: ignore[union-attr]


async def _letters(post: Post, sink: str):  # type: ignore[no-untyped-def]  # noqa: ANN202 — list or Away
    return await post.letters.newest(sink)
