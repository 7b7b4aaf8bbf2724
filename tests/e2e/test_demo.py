"""The demo, played by the real service over HTTP, held against the list written beforehand."""

from __future__ import annotations

import asyncio
import io
import subprocess
import sys
from pathlib import Path

import orjson
import pytest
from rich.console import Console

from tocsin.commands.showing import Witness, play
from tocsin.commands.terminal import Terminal
from tocsin.demo.expected import differences, load_expected
from tocsin.demo.replay import Replay
from tocsin.demo.table import closing_table


@pytest.mark.timeout(240)
async def test_the_war_is_told_as_written(tmp_path: Path) -> None:
    """Every alert of the list is raised, nothing else is, and the rest is quiet for its reason.

    Tolls from both sides, strikes, four truces and how three broke; reprints, history and two
    traps alert nobody (R3, R4, R14, R24, R25). The ledger is kept, and knows what it knew.
    """
    written = io.StringIO()
    witness = Witness(Terminal(Console(file=written, width=100)))
    await play(Replay(seconds=5), witness, asyncio.Event(), tmp_path)
    assert differences(load_expected(), witness.alerts, witness.silences) == []
    assert all(event["data"]["test"] for event in witness.alerts)
    assert {event["source"] for event in witness.alerts} == {"/tocsin/demo"}
    table = closing_table(witness.alerts, witness.silences)
    assert table.row_count >= len(witness.alerts) + 15
    ministry = "theatre/south-caucasus/killed/soldiers/nagorno-karabakh-defence-ministry"
    asked = ["export", "series", "--subject", ministry, "--as-of", "2020-10-20"]
    out = await asyncio.to_thread(_tocsin, *asked, "--data", str(tmp_path))
    known = [orjson.loads(line) for line in out.splitlines()]
    assert known[-1]["value"] == 673
    assert max(entry["recorded"] for entry in known) < "2020-10-20"


def _tocsin(*words: str) -> bytes:
    command = [sys.executable, "-m", "tocsin", *words]
    return subprocess.run(command, check=True, capture_output=True, timeout=60).stdout
