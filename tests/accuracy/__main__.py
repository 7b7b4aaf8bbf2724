"""`make accuracy`: one table of how well reports are read, on our own set and on the shared ones.

`python -m tests.accuracy --errors` also lists every item of our own set that is read wrongly;
`--worst 10` shows the ten items of the *work* half that are read worst, with what was expected.
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence

from rich.console import Console
from rich.table import Table
from tests.accuracy.own_set import Item, load, reading_of
from tests.accuracy.scoring import MEASURES, Tally, interval, score, share, total
from tests.accuracy.shared_sets import DATA, reading_scores, toll_scores
from tests.accuracy.worst import worst

Scores = Sequence[dict[str, Tally]]


def main() -> None:
    """Print the tables."""
    asked = argparse.ArgumentParser(prog="python -m tests.accuracy", description=__doc__)
    asked.add_argument("--errors", action="store_true", help="what is wrong in our own set")
    asked.add_argument("--worst", type=int, default=0, metavar="N", help="of the work half")
    options = asked.parse_args()
    console = Console(width=max(100, Console().width))
    items = load()
    scores = [score(item, reading_of(item)) for item in items]
    if options.errors:
        _errors(console, items, scores)
    shared = dict(reading_scores()) if DATA.is_dir() else {}
    if options.worst:
        for told in worst(shared.get("work", []), options.worst):
            console.print(told, highlight=False, markup=False, soft_wrap=True)
    columns = {f"own ({len(items)})": scores}
    for split, scored in shared.items():
        columns[f"{split} ({len(scored)})"] = [one.tallies for one in scored]
    console.print(_readings(columns))
    if not shared:
        console.print(f"No shared data at {DATA}: our own set alone was scored.")
        return
    console.print(_tolls())


def _readings(columns: dict[str, list[dict[str, Tally]]]) -> Table:
    table = Table(title="How well reports are read, with 95 % bootstrap intervals")
    table.add_column("measure", no_wrap=True)
    for name in columns:
        table.add_column(name, justify="right", no_wrap=True)
    for name, measure in MEASURES.items():
        row = []
        for scores in columns.values():
            tallies = [one[name] for one in scores if name in one]
            row.append(_cell(tallies, name, measure(total(scores, name))) if tallies else "–")
        table.add_row(name, *row)
    return table


def _tolls() -> Table:
    table = Table(title="The toll, on archives coded by others")
    archives = dict(toll_scores())
    table.add_column("measure", no_wrap=True)
    for name in archives:
        table.add_column(name, justify="right", no_wrap=True)
    for measure in next(iter(archives.values())):
        row = []
        for measures in archives.values():
            tallies = measures[measure]
            value = share(Tally(*map(sum, zip(*tallies, strict=True))))
            row.append(f"{_cell(tallies, measure, value)} of {len(tallies)}")
        table.add_row(measure, *row)
    return table


def _cell(tallies: Sequence[Tally], name: str, value: float) -> str:
    low, high = interval(tallies, name)
    return f"{value:.3f} ({low:.2f}–{high:.2f})"


def _errors(console: Console, items: list[Item], scores: Scores) -> None:
    for item, tallies in zip(items, scores, strict=True):
        wrong = [name for name, tally in tallies.items() if tally.extra or tally.missed]
        if wrong:
            console.print(f"{item.where}: {', '.join(wrong)}: {item.title}", highlight=False)


if __name__ == "__main__":
    main()
