"""`tocsin mute` and `unmute`, beside a store."""

from __future__ import annotations

import asyncio
import re

import pytest
from tests.redis_process import RedisProcess
from typer.testing import CliRunner

from tocsin.cli import app
from tocsin.feeds.address import feed_id
from tocsin.ledger.connection import connect

RUN = CliRunner()


@pytest.fixture(autouse=True)
def _empty(server: RedisProcess) -> None:
    async def flush() -> None:
        client = connect(server.url)
        await client.flushall()
        await client.aclose()

    asyncio.run(flush())


def _said(server: RedisProcess, *command: str) -> str:
    return RUN.invoke(app, [*command, "--redis", server.url]).output


def test_what_is_muted_is_listed_and_let_go(server: RedisProcess) -> None:
    """A mute says until when, the list has it, and unmuting it is known to have been one."""
    assert _said(server, "mute") == "nothing is muted\n"
    assert "story/s1 is muted until " in _said(server, "mute", "story/s1", "--for", "2h")
    assert re.fullmatch(r"s1  until \d{4}-\d\d-\d\d \d\d:\d\d UTC\n", _said(server, "mute"))
    assert _said(server, "unmute", "story/s1") == "story/s1 is heard again\n"
    assert _said(server, "mute") == "nothing is muted\n"


def test_a_feed_is_muted_by_its_address(server: RedisProcess) -> None:
    """Its id is what judging compares; its address is what a person has at hand."""
    _said(server, "mute", "https://news.example/rss")
    assert _said(server, "mute").startswith(f"{feed_id('https://news.example/rss')}  until")
    subject = "theatre/river-war/killed/soldiers/ministry"
    _said(server, "mute", subject)
    assert f"{subject}  until" in _said(server, "mute")


def test_unmuting_what_was_not_muted_is_one_line(server: RedisProcess) -> None:
    """Exit code 2, and where to look."""
    told = RUN.invoke(app, ["unmute", "s9", "--redis", server.url])
    assert told.exit_code == 2
    assert told.stderr == "tocsin: s9 is not muted: `tocsin mute` lists what is\n"
