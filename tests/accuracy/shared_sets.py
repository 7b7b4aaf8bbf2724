"""The shared sets, where they are present: read by `tocsin read`, scored by their own scorers."""

from __future__ import annotations

import importlib.util
import lzma
import subprocess
import sys
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from types import ModuleType
from typing import Any, NamedTuple

import orjson
from tests.accuracy.scoring import Tally

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

Row = dict[str, Any]


class Scored(NamedTuple):
    """One labelled report: its text, the labels, what was read, and the tallies by measure."""

    report: Row
    labels: Row
    reading: Row
    tallies: dict[str, Tally]


def reading_scores() -> Iterator[tuple[str, list[Scored]]]:
    """Each split's name with its items, scored as the issue asks: `alt`, strikes `lenient`."""
    folder = DATA / "reading"
    scorer = _scorer(folder / "score_reading.py")
    reports = {row["id"]: row for row in _rows(folder / "reports.jsonl")}
    read = _read(folder / "reports.jsonl")
    gold = list(_rows(folder / "gold.jsonl"))
    for split in SPLITS:
        yield (
            split,
            [
                Scored(reports[one["id"]], one["labels"], found, _tallies(scorer, one, found))
                for one in gold
                if one["split"] == split
                for found in [read.get(one["id"], {})]
            ],
        )


def _tallies(scorer: ModuleType, labelled: Row, found: Row) -> dict[str, Tally]:
    """One item's tallies: every measure of the scorer is a ratio of sums over items."""
    alt, lenient = (
        scorer.score([labelled], {labelled["id"]: found}, mode) for mode in ("alt", "lenient")
    )
    right = {"bound": "matched_n", "basis": "basis_n", "claimant": "matched_n"}
    return {
        "figures": _counts(alt["figures"]["all"]),
        "figures alertable": _counts(alt["figures"]["alertable"]),
        **{name: _part(alt[name], alt[number]) for name, number in right.items()},
        "strike": _counts(lenient["strike"]),
        "conflict": _counts(alt["conflict"]),
        "truce": _part(alt["ceasefire_acc"], alt["ceasefire_n"]),
    }


def _counts(found: Row) -> Tally:
    return Tally(found["tp"], found["fp"], found["fn"])


def _part(share: float | None, of: int) -> Tally:
    right = round((share or 0) * of)
    return Tally(right, 0, of - right)


def toll_scores() -> Iterator[tuple[str, dict[str, list[Tally]]]]:
    """Each archive's name, with a tally of each report that a measure of its scorer counts."""
    scorer = _scorer(DATA / "counts" / "score_toll.py")
    for name in TOLLS:
        path = DATA / "counts" / name
        read = _read(path)
        measures: dict[str, list[Tally]] = defaultdict(list)
        for row in _rows(path):
            killed = row["gold"].get("killed")
            got = scorer.point(read.get(row["id"], {}).get("toll"), "killed")
            if killed is None:
                continue
            if killed == 0:
                measures["false on zero"].append(_part(float(bool(got)), 1))
                continue
            hit = _part(float(got == killed), 1)
            measures["killed exact"].append(hit)
            if killed > 1:
                measures["of two or more"].append(hit)
            if (row.get("meta") or {}).get("gold_in_text", {}).get("killed"):
                measures["figure in the text"].append(hit)
        yield name, measures


def _scorer(path: Path) -> ModuleType:
    """A scorer of the shared data, which is no part of the project, as a module."""
    spec = importlib.util.spec_from_file_location(path.stem, path)
    if spec is None or spec.loader is None:
        raise FileNotFoundError(path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def _rows(path: Path) -> Iterator[Row]:
    with lzma.open(path) if path.suffix == ".xz" else path.open("rb") as lines:
        yield from (orjson.loads(line) for line in lines if line.strip())


def _read(reports: Path) -> dict[str, Row]:
    """The readings of a file of reports by id, by the command that everybody uses."""
    with TemporaryDirectory() as place:
        told = Path(place, "told.jsonl")
        with lzma.open(reports) if reports.suffix == ".xz" else reports.open("rb") as given:
            text = given.read()
        with told.open("wb") as out:
            command = [sys.executable, "-m", "tocsin", "read", "--jsonl"]
            subprocess.run(command, input=text, stdout=out, check=True)
        return {row["id"]: row for row in _rows(told)}
