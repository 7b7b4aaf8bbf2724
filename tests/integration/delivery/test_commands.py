"""`tocsin deliveries` and `tocsin tail`, beside a store."""

from __future__ import annotations

import asyncio
import os
import signal
import sys
from collections.abc import Awaitable, Callable
from pathlib import Path

import orjson
import pytest
from tests.delivery_kit import SECRET, Post, event, publish
from tests.receiver import Receiver
from tests.redis_process import RedisProcess
from typer.testing import CliRunner

from tocsin.cli import app
from tocsin.ledger.connection import Store, connect
from tocsin.ledger.keys import Keys
from tocsin.net.session import Outbound

RUN = CliRunner()


def _with_post(server: RedisProcess, work: Callable[[Post], Awaitable[None]]) -> None:
    """Do something with a post office on the server, from a test that is not async."""

    async def run() -> None:
        client = connect(server.url)
        async with Outbound() as outbound:
            await work(Post(Store(client, Keys()), outbound))
        await client.aclose()

    asyncio.run(run())


@pytest.fixture
def dead_letter(server: RedisProcess) -> None:
    """One sink that is off, with one dead letter."""

    async def work(post: Post) -> None:
        await post.store.redis.flushall()
        async with Receiver(otherwise=410) as receiver:
            delivery = await post.sink(receiver.url)
            await publish(post.store, event("a1"))
            await delivery.turn()

    _with_post(server, work)


@pytest.mark.usefixtures("dead_letter")
def test_dead_letters_are_shown_with_the_command_that_replays_them(server: RedisProcess) -> None:
    """The list says why; the command it names works, once (D9, D10)."""
    listed = RUN.invoke(app, ["deliveries", "list", "--redis", server.url])
    assert "off: gone" in listed.output
    shown = RUN.invoke(app, ["deliveries", "dead", "--redis", server.url])
    assert "webhook  gone, 1 attempt  Ministry: 21 killed at the bridge (a1)" in shown.output
    command = shown.output.splitlines()[1].split()
    assert command[:3] == ["tocsin", "deliveries", "replay"]
    again = RUN.invoke(app, [*command[1:], "--redis", server.url])
    assert again.output == "a1 waits for webhook again\n"
    enabled = RUN.invoke(app, ["deliveries", "enable", "webhook", "--redis", server.url])
    assert enabled.output == "webhook is on\n"

    async def deliver(post: Post) -> None:
        post.clock.pass_by(seconds=2)
        async with Receiver() as receiver:
            await (await post.sink(receiver.url)).turn()
        assert [got.headers["webhook-id"] for got in receiver.got] == ["a1"]

    _with_post(server, deliver)


@pytest.mark.usefixtures("dead_letter")
def test_a_mistake_is_one_line_and_exit_code_2(server: RedisProcess, tmp_path: Path) -> None:
    """What there is not is named, with where to look."""
    unknown = RUN.invoke(app, ["deliveries", "replay", "a9", "--redis", server.url])
    assert unknown.exit_code == 2
    assert unknown.stderr == "tocsin: a9: no such dead letter; see `tocsin deliveries dead`\n"
    config = tmp_path / "tocsin.yaml"
    config.write_text("sinks: []\n")
    nowhere = RUN.invoke(app, ["deliveries", "test", "desk", "--config", str(config)])
    assert nowhere.exit_code == 2
    assert "desk: no such sink in the settings" in nowhere.stderr


def test_a_test_reaches_a_sink_marked_as_a_test(tmp_path: Path) -> None:
    """An operator's test goes straight to one sink, which production filters never see (R30)."""

    async def work() -> None:
        async with Receiver() as receiver:
            config = tmp_path / "tocsin.yaml"
            config.write_text(
                f"sinks:\n  - kind: webhook\n    name: desk\n    url: {receiver.url}\n"
                f"    secret: {SECRET}\n    allow: [127.0.0.0/8]\n"
            )
            command = ["deliveries", "test", "desk", "--config", str(config)]
            result = await asyncio.to_thread(RUN.invoke, app, command)
            assert result.output == "desk took it (200)\n"
        [got] = receiver.got
        assert got.json["source"] == "/tocsin/test"
        assert got.json["data"]["test"] is True

    asyncio.run(work())


async def test_tail_follows_the_stream_from_another_process(server: RedisProcess) -> None:
    """What was told is shown from `--since` on, and what comes follows; Ctrl-C ends it."""
    client = connect(server.url)
    store = Store(client, Keys())
    await client.flushall()
    await publish(store, event("a1"))
    command = ["-m", "tocsin", "tail", "--json", "--since", "1h", "--redis", server.url]
    following = await asyncio.create_subprocess_exec(
        sys.executable,
        *command,
        stdout=asyncio.subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": "service"},
    )
    assert following.stdout is not None
    try:
        async with asyncio.timeout(30):
            first = orjson.loads(await following.stdout.readline())
            await publish(store, event("a2"))
            second = orjson.loads(await following.stdout.readline())
            following.send_signal(signal.SIGINT)
            assert await following.wait() == 0
    finally:
        if following.returncode is None:
            following.kill()
            await following.wait()
        await client.aclose()
    assert (first["id"], second["id"]) == ("a1", "a2")
    assert first["sequence"] < second["sequence"]
