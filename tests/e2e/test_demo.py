"""The demo, played by the real service over HTTP, held against the list written beforehand."""

from __future__ import annotations

import asyncio
import io

import pytest
from rich.console import Console

from tocsin.commands.showing import Witness, play
from tocsin.commands.terminal import Terminal
from tocsin.demo.expected import differences, load_expected
from tocsin.demo.replay import Replay
from tocsin.demo.table import closing_table


@pytest.mark.timeout(240)
async def test_the_war_is_told_as_written() -> None:
    """Every alert of the list is raised, nothing else is, and the rest is quiet for its reason.

    Tolls from both sides, strikes, four truces and how three broke; reprints, history and two
    traps alert nobody (R3, R4, R14, R24, R25).
    """
    written = io.StringIO()
    witness = Witness(Terminal(Console(file=written, width=100)))
    await play(Replay(seconds=5), witness, asyncio.Event())
    assert differences(load_expected(), witness.alerts, witness.silences) == []
    assert all(event["data"]["test"] for event in witness.alerts)
    assert {event["source"] for event in witness.alerts} == {"/tocsin/demo"}
    table = closing_table(witness.alerts, witness.silences)
    assert table.row_count >= len(witness.alerts) + 15
