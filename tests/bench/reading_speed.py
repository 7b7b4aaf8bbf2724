"""Reading, beside one `re` alternation of the lexicon over the same items in the same run.

Where `../shared/data` is laid beside the project its real items are read; else texts of our own,
said plainly.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

import orjson
import yaml
from tests.bench.measure import cpu, show

from tocsin.reading.read import read, read_war
from tocsin.reading.report import Report
from tocsin.rules_in_force import load_reading
from tocsin.shelf.shipped import rules_home

SHARED = Path(__file__).parents[3] / "shared" / "data" / "reading" / "reports.jsonl"
OWN = (
    "Shelling killed four people and wounded eleven in the town on Saturday, the governor said.",
    "The ministry said 1,068 soldiers had been killed since fighting began on 27 September.",
    "A ceasefire brokered by mediators took effect at midnight and was broken within minutes.",
    "The bank said on Tuesday that profits rose by 12 percent in the third quarter.",
)
NOW = datetime(2026, 3, 2, tzinfo=UTC)


def items() -> list[Report]:
    """Short items: title and summary."""
    if not SHARED.exists():
        print("shared data is absent: reading texts of our own")
        return [Report(str(n), title=OWN[n % 4], summary=OWN[(n + 1) % 4]) for n in range(500)]
    rows = [orjson.loads(line) for line in SHARED.read_bytes().splitlines()]
    return [
        Report(
            row["id"],
            title=row.get("title") or "",
            summary=row.get("summary") or "",
            text=row.get("text") or "",
            published=NOW,
        )
        for row in rows
    ]


def articles(short: Sequence[Report], length: int, count: int) -> list[Report]:
    """Texts of `length` characters, put together from the short items."""
    prose = " ".join(f"{one.title}. {one.summary} {one.text}" for one in short)
    prose = prose * (1 + length * count // len(prose))
    return [
        Report(str(n), text=prose[n * length : (n + 1) * length], published=NOW)
        for n in range(count)
    ]


def lexicon_words() -> list[str]:
    """Every word of the shipped lexicon, as the reference looks for them."""
    words: set[str] = set()
    for name in ("figures", "victims", "strikes", "ceasefires"):
        data = yaml.safe_load(
            (rules_home() / "lexicon" / "en" / f"{name}.yaml").read_text(encoding="utf-8")
        )
        words |= set(_words(data))
    return sorted(words, key=len, reverse=True)


def _words(data: object) -> list[str]:
    if isinstance(data, str):
        return [word.strip() for word in data.split(",") if word.strip()]
    if isinstance(data, dict):
        return [word for value in data.values() for word in _words(value)]
    if isinstance(data, list):
        return [word for value in data for word in _words(value)]
    return []


def main() -> None:
    """Print four lines: short items, the same as judging has them, articles, 1 MB of prose."""
    lexicon = load_reading()
    alternation = re.compile(
        r"\b(?:" + "|".join(map(re.escape, lexicon_words())) + r")\b", re.IGNORECASE
    )
    short = items()
    for name, reader, reports, floor, rounds in (
        ("short items", read, short, "floor 2,500 a second", 3),
        ("short items for judging", read_war, short, "without figures of no war", 3),
        ("articles of 2,000 characters", read, articles(short, 2_000, 100), "floor 500", 3),
        ("one report of 1 MB", read, articles(short, 1_000_000, 1), "floor 2 s", 1),
    ):
        took = cpu(
            lambda reader=reader, reports=reports: [reader(one, lexicon) for one in reports],  # type: ignore[misc]
            rounds,
        )
        reference = cpu(
            lambda reports=reports: [  # type: ignore[misc]
                alternation.findall(f"{one.title} {one.summary} {one.text}") for one in reports
            ],
            rounds,
        )
        rate = f"{len(reports) / took:,.0f} a second, {floor}"
        show(f"reading {name}", took, reference, "one re alternation", rate)
