"""The shared sets, where they are present: read by `tocsin read`, scored by their own scorers."""

from __future__ import annotations

import lzma
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import orjson

#: Beside the checkout, or beside the worktree's folder.
DATA = next(
    (
        folder
        for parent in Path(__file__).resolve().parents[2:5]
        if (folder := parent / "shared" / "data").is_dir()
    ),
    Path("../shared/data"),
)
SPLITS = ("work", "look")
TOLLS = ("aid_workers.jsonl", "muc4.jsonl.xz")


def readings(reports: Path, to: Path) -> None:
    """Read a file of reports with the command that everybody uses."""
    opener = lzma.open if reports.suffix == ".xz" else open
    with opener(reports, "rb") as given, to.open("wb") as out:
        command = [sys.executable, "-m", "tocsin", "read", "--jsonl"]
        subprocess.run(command, input=given.read(), stdout=out, check=True)


def reading_scores() -> Iterator[tuple[str, int, dict[str, float | None]]]:
    """Each split's name, number of items and scores by measure, as the issue asks for them."""
    folder = DATA / "reading"
    with TemporaryDirectory() as place:
        told, scored = Path(place, "told.jsonl"), Path(place, "scores.json")
        readings(folder / "reports.jsonl", told)
        for split in SPLITS:
            subprocess.run(
                [
                    *(sys.executable, folder / "score_reading.py", told, "--no-strata"),
                    *("--split", split, "--json", scored),
                ],
                stdout=subprocess.DEVNULL,
                check=True,
            )
            result = orjson.loads(scored.read_bytes())["ALL"]
            yield split, result["items"], _measures(result["alt"], result["lenient"])


def _measures(alt: dict[str, Any], lenient: dict[str, Any]) -> dict[str, float | None]:
    return {
        "figures": alt["figures"]["all"]["F1"],
        "figures alertable": alt["figures"]["alertable"]["F1"],
        "bound": alt["bound"],
        "basis": alt["basis"],
        "claimant": alt["claimant"],
        "strike": lenient["strike"]["F1"],
        "conflict": alt["conflict"]["F1"],
        "truce": alt["ceasefire_acc"],
    }


def toll_scores() -> Iterator[str]:
    """What the scorer of tolls prints for each set."""
    with TemporaryDirectory() as place:
        for name in TOLLS:
            reports, told = DATA / "counts" / name, Path(place, "told.jsonl")
            readings(reports, told)
            scorer = [sys.executable, DATA / "counts" / "score_toll.py", reports, told]
            done = subprocess.run(scorer, capture_output=True, text=True, check=True)
            yield done.stdout.replace(str(reports), name).rstrip()
