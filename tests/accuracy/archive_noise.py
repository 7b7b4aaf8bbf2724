"""Noise and misses on the archives: what a news desk says of alerts drawn, and of silences drawn.

    tocsin backtest …/rss_2020.jsonl.xz --json > 2020.alerts 2> 2020.table     (and each other year)
    python tests/accuracy/archive_noise.py draw  FOLDER …/archive [SEED] > review.txt
    python tests/accuracy/archive_noise.py score FOLDER …/archive

`draw` prints 200 alerts, and 700 silent items in words of war that nobody has judged before and no
model was taught with (about 200 of them are of a conflict), with their text, for a reviewer.
`score` prints loud messages in eight hours, and precision and misses by `archive_verdicts.tsv`:
item id, rule (`silent` where nothing was told), `right` or `wrong`, the reason in one word, and the
seed of the draw. A silent item that is `offtopic` is no conflict item and does not count.
"""

from __future__ import annotations

import math
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from random import Random
from typing import Any, NamedTuple
from urllib.parse import unquote, urlsplit

import orjson
from learning import labels_of, lines

HERE = Path(__file__).parent
FEEDS = HERE.parents[1] / "rules" / "feeds.opml"
SEED, ALERTS, SILENT, SHIFT_HOURS = 20260302, 200, 700, 8

#: Wider than what the service calls conflict, so that what it fails to see can be drawn as well.
WAR_WORDS = re.compile(
    r"\b(?:kill(?:s|ed|ing)|dead|death toll|wound(?:s|ed)|injured|strikes?|air ?strikes?|missiles?|"
    r"rockets?|drones?|shell(?:ing|ed)|bomb(?:s|ed|ing|ings|ardment)?|clash(?:es|ed)?|attack(?:s|ed)?|"
    r"gunmen|militants?|insurgents?|rebels?|troops|soldiers|invasion|offensive|ceasefire|truce|"
    r"hostages?|captured|massacre|war|explosion|blast|ambush|militia|suicide bomber)\b",
    re.IGNORECASE,
)


class Told(NamedTuple):
    """One alert: the archive item it came with, its event, and whether a person is to be told."""

    item: str
    rule: str
    event: dict[str, Any]
    loud: bool


def items_of(archive: Path) -> dict[str, dict[str, Any]]:
    """Every item of the archives by id."""
    return {row["id"]: row for path in sorted(archive.glob("rss_*.xz")) for row in lines(path)}


def told(folder: Path, items: dict[str, dict[str, Any]]) -> Iterator[Told]:
    """Every alert of the backtests in `folder`, in their order."""
    versions = defaultdict(list)
    for item in items.values():
        versions[item["guid"]].append(item)
    for path in sorted(folder.glob("*.alerts")):
        for line in path.read_bytes().splitlines():
            event = orjson.loads(line)
            data = event["data"]
            report = data.get("report")
            if not report:
                continue
            published = datetime.fromisoformat(event["observed"])
            item = min(versions[report["id"]], key=lambda one: abs(_seen(one) - published))
            rule = (data.get("rule") or {}).get("id") or event["type"]
            yield Told(item["id"], rule, event, bool(data["loud"]))


def _seen(item: dict[str, Any]) -> datetime:
    return datetime.fromisoformat(item["published"])


def draw(alerts: list[Told], items: dict[str, dict[str, Any]], seed: int) -> None:
    """Print alerts and silences for a reviewer."""
    for one in Random(seed).sample(alerts, min(ALERTS, len(alerts))):
        event, item = one.event, items[one.item]
        print(
            f"{one.item}\t{one.rule}\t[{event['severitytext']}{'!' if one.loud else ''}] ", end=""
        )
        print(f"{event['data']['headline']}\n    {item['published'][:16]} {_text(item)}")
    known = {one.item for one in alerts} | {row[0] for row in verdicts()}
    known |= labels_of("archive").keys()
    silent = [
        id_ for id_, item in items.items() if id_ not in known and WAR_WORDS.search(_text(item))
    ]
    for id_ in Random(seed).sample(silent, min(SILENT, len(silent))):
        print(f"{id_}\tsilent\t{items[id_]['published'][:16]} {_text(items[id_])}")


def verdicts() -> list[list[str]]:
    """Every verdict, its seed told."""
    rows = (HERE / "archive_verdicts.tsv").read_text("utf-8").splitlines()
    return [[*row.split("\t"), str(SEED)][:5] for row in rows]


def draws(rows: list[list[str]]) -> Iterator[tuple[str, list[list[str]]]]:
    """The rows of each seed, in the order of the draws."""
    for seed in dict.fromkeys(row[4] for row in rows):
        yield seed, [row for row in rows if row[4] == seed]


def _text(item: dict[str, Any]) -> str:
    return " | ".join(" ".join(str(item.get(f) or "").split())[:400] for f in ("title", "summary"))


def starters() -> set[str]:
    """The hosts of the starter feeds, and the sites that are searched for."""
    feeds = [unquote(url) for url in re.findall(r'xmlUrl="([^"]+)"', FEEDS.read_text("utf-8"))]
    searched = (re.search(r"site:([\w.-]+)", feed) for feed in feeds)
    return {_host(feed) for feed in feeds} | {found[1] for found in searched if found}


def _host(url: str) -> str:
    return (urlsplit(url).hostname or "").removeprefix("www.")


def shifts(alerts: list[Told], items: dict[str, dict[str, Any]]) -> list[int]:
    """Loud messages, one a report, in each eight hours (UTC) in which a starter published."""
    hosts = starters()
    ours = {
        id_: (item["published"][:10], _seen(item).hour // SHIFT_HOURS)
        for id_, item in items.items()
        if hosts & {_host(item["publisher"]), _host(item["url"])}
    }
    counts = Counter(dict.fromkeys(ours.values(), 0))
    counts.update(ours[id_] for id_ in {one.item for one in alerts if one.loud} if id_ in ours)
    return sorted(counts.values())


def wilson(hits: int, of: int) -> str:
    """A share, with its 95 % interval (Wilson's score)."""
    z, share = 1.96, hits / of
    middle = (share + z * z / (2 * of)) / (1 + z * z / of)
    half = z * math.sqrt(share * (1 - share) / of + (z / (2 * of)) ** 2) / (1 + z * z / of)
    return f"{hits} of {of} = {share:.3f} ({middle - half:.3f}–{middle + half:.3f})"


def score(alerts: list[Told], items: dict[str, dict[str, Any]], folder: Path) -> None:
    """Print the figures: all verdicts as drawn, and those whose alert is still raised today."""
    loud = shifts(alerts, items)
    print(f"loud messages in 8 hours, starters: median {loud[len(loud) // 2]}, worst {loud[-1]}")
    for table in sorted(folder.glob("*.table")):
        paces = re.findall(r"[\d,]+ reports\s+a\s+second", table.read_text("utf-8"))
        print(f"{table.stem}: {paces[-1] if paces else 'no pace told'}")
    judged = verdicts()
    now = {(one.item, one.rule) for one in alerts}
    spoken = {one.item for one in alerts}
    drawn = [row for row in judged if row[1] != "silent"]
    still = [row for row in drawn if (row[0], row[1]) in now]
    quiet = [row for row in judged if row[1] == "silent" and row[3] != "offtopic"]
    hushed = [row for row in quiet if row[0] not in spoken]
    for name, some, hit in (
        *((f"right, as drawn with seed {seed}", rows, "right") for seed, rows in draws(drawn)),
        ("right, of those still told", still, "right"),
        *((f"missed, as drawn with seed {seed}", rows, "wrong") for seed, rows in draws(quiet)),
        ("missed, of those still silent", hushed, "wrong"),
    ):
        print(f"{name}: {wilson(sum(row[2] == hit for row in some), len(some))}")
        reasons = Counter(row[3] for row in some if row[2] == "wrong")
        print("    wrong: " + ", ".join(f"{why} {count}" for why, count in reasons.most_common()))
    lost = [row[0] for row in drawn if row not in still and row[2] == "right"]
    print(f"right when drawn, no longer told: {len(lost)} {' '.join(lost)}")


def main(wish: str, folder: Path, archive: Path, seed: int = SEED) -> None:
    """Draw for review, or score by the verdicts."""
    items = items_of(archive)
    alerts = list(told(folder, items))
    if wish == "draw":
        draw(alerts, items, seed)
    else:
        score(alerts, items, folder)


if __name__ == "__main__":
    if len(sys.argv) not in (4, 5) or sys.argv[1] not in {"draw", "score"}:
        sys.exit("usage: archive_noise.py draw|score FOLDER ARCHIVE [SEED]")
    main(sys.argv[1], Path(sys.argv[2]), Path(sys.argv[3]), *map(int, sys.argv[4:]))
