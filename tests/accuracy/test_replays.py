"""The floors that judging keeps on real feeds, replayed: autumn of 2020, and two rewritten ones.

The recordings of `../shared/data` are no part of the project; without them all is skipped.
"""

from __future__ import annotations

import subprocess
import sys
import tarfile
from pathlib import Path

import orjson
import pytest
from tests.accuracy.score_karabakh import Event, repeats, tolls, truces
from tests.accuracy.shared_sets import DATA

SNAPSHOTS = DATA / "snapshots"
REWRITTEN = ("wsj_thai_cambodia_2025-07", "wsj_india_pakistan_2025-05")

pytestmark = pytest.mark.skipif(
    not SNAPSHOTS.is_dir(), reason="the recorded feeds of ../shared/data are not on this machine"
)


def replayed(recording: str, to: Path) -> Path:
    """The file of alerts that a backtest of one recording raises."""
    alerts = to / f"{recording}.alerts"
    archive = str(SNAPSHOTS / f"{recording}.tar.xz")
    command = [sys.executable, "-m", "tocsin", "backtest", archive, "--json"]
    with alerts.open("wb") as out:
        subprocess.run(command, stdout=out, check=True)
    return alerts


@pytest.fixture(scope="module")
def autumn(tmp_path_factory: pytest.TempPathFactory) -> list[Event]:
    """The alerts of the war of 2020."""
    alerts = replayed("karabakh_2020_rendered", tmp_path_factory.mktemp("autumn"))
    return [orjson.loads(line) for line in alerts.read_bytes().splitlines()]


@pytest.fixture(scope="module")
def gold() -> Event:
    """What is known of that war, day by day."""
    known: Event = orjson.loads((DATA / "series" / "karabakh_2020.json").read_bytes())
    return known


def test_the_toll_of_a_war_is_told_under_its_claimant(autumn: list[Event], gold: Event) -> None:
    """R5, R20: each value of the ministry's series that stands in a report, by the ministry."""
    lines, right = tolls(autumn, gold["points"])
    assert right / len(lines) >= 0.9, "\n".join(lines)


def test_truces_are_told_step_by_step_and_none_is_invented(
    autumn: list[Event], gold: Event
) -> None:
    """R12, R25: four truces and their violations; none "in effect" on one side's word."""
    lines, right, false = truces(autumn, gold["ceasefires"])
    assert right / len(lines) >= 0.85, "\n".join(lines)
    assert false == 0


def test_reprints_restatements_and_history_are_silent(autumn: list[Event]) -> None:
    """R15: what was told, and the war of thirty years before, alert nobody."""
    assert repeats(autumn) == []


@pytest.mark.parametrize("recording", REWRITTEN)
def test_a_feed_that_rewrites_its_items_is_told_once(recording: str, tmp_path: Path) -> None:
    """R13: items rewritten under one guid; what must be told is, and what was known is not."""
    alerts = replayed(recording, tmp_path)
    with tarfile.open(SNAPSHOTS / f"{recording}.tar.xz") as tar:
        tar.extractall(tmp_path / "feed", filter="data")
    folder = next((tmp_path / "feed").rglob("*.xml")).parent
    scorer, gold = SNAPSHOTS / "score_replay.py", SNAPSHOTS / f"{recording}.gold.jsonl"
    command = [sys.executable, str(scorer), str(alerts), str(gold), str(folder)]
    said = subprocess.run(command, capture_output=True, check=True).stdout
    score = orjson.loads(said.splitlines()[-1])
    assert score["told"] / score["must"] >= 0.85
    assert score["must_not_told"] / score["must_not"] <= 0.05
