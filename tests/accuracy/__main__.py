"""`make accuracy`: one table of how well reports are read, on our own set and on the shared ones.

`python -m tests.accuracy --errors` also lists every item of our own set that is read wrongly.
"""

from __future__ import annotations

import sys
from random import Random

from rich.console import Console
from rich.table import Table
from tests.accuracy.own_set import Item, load, reading_of
from tests.accuracy.scoring import MEASURES, Tally, score, total
from tests.accuracy.shared_sets import DATA, reading_scores, toll_scores

#: The interval holds in so many of a hundred sets drawn anew from the items of ours.
SURE, DRAWS, SEED = 0.95, 1000, 20260302


def interval(tallies: list[Tally], measure: str) -> tuple[float, float]:
    """A bootstrap interval: the measure over items drawn with return, the same draws each run."""
    chance = Random(SEED)  # fixed, so that two runs print the same
    drawn = []
    for _ in range(DRAWS):
        columns = zip(*chance.choices(tallies, k=len(tallies)), strict=True)
        drawn.append(MEASURES[measure](Tally(*map(sum, columns))))
    drawn.sort()
    cut = int(DRAWS * (1 - SURE) / 2)
    return drawn[cut], drawn[-1 - cut]


def main() -> None:
    """Print the table."""
    console = Console(width=max(100, Console().width))
    items = load()
    scores = [score(item, reading_of(item)) for item in items]
    if "--errors" in sys.argv[1:]:
        _errors(console, items, scores)
    shared = list(reading_scores()) if DATA.is_dir() else []
    table = Table(title="How well reports are read")
    table.add_column("measure", no_wrap=True)
    table.add_column(f"own ({len(items)})", justify="right")
    table.add_column("95 %", justify="right", no_wrap=True)
    table.add_column("right / extra / missed", justify="right", no_wrap=True)
    for split, count, _ in shared:
        table.add_column(f"{split} ({count})", justify="right")
    for name, measure in MEASURES.items():
        tallies = [one[name] for one in scores if name in one]
        whole = total(scores, name)
        low, high = interval(tallies, name)
        others = [measures.get(name) for _, _, measures in shared]
        table.add_row(
            name,
            f"{measure(whole):.3f}",
            f"{low:.2f}–{high:.2f}",
            " / ".join(map(str, whole)),
            *("–" if other is None else f"{other:.3f}" for other in others),
        )
    console.print(table)
    if not shared:
        console.print(f"No shared data at {DATA}: our own set alone was scored.")
        return
    for told in toll_scores():
        console.print(told, highlight=False, soft_wrap=True)


def _errors(console: Console, items: list[Item], scores: list[dict[str, Tally]]) -> None:
    for item, tallies in zip(items, scores, strict=True):
        wrong = [name for name, tally in tallies.items() if tally.extra or tally.missed]
        if wrong:
            console.print(f"{item.where}: {', '.join(wrong)}: {item.title}", highlight=False)


if __name__ == "__main__":
    main()
