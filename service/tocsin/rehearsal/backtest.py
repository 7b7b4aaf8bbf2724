"""A backtest from wish to words: archive and rules opened, replayed, told on the terminal."""

from __future__ import annotations

import asyncio
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal, assert_never

import orjson
from rich.console import Console
from rich.markup import escape
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn
from rich.table import Table

from tocsin.judging.rulebook import SEVERITY_NUMBER, Rulebook
from tocsin.ledger.server_binary import ServerError
from tocsin.reading.lexicon import Lexicon
from tocsin.rehearsal.archive import Seen, open_archive
from tocsin.rehearsal.replay import Judgement, ReplayError, private_store, replay
from tocsin.rehearsal.tally import Seal, Tally, gained_and_lost, seal
from tocsin.shelf.fault import Fault
from tocsin.shelf.lexicon import load_lexicon
from tocsin.shelf.rules import load_rulebook
from tocsin.shelf.shipped import rules_home

Output = Literal["lines", "json", "stories"]

_COLOUR = {"critical": "bold red", "high": "red", "medium": "yellow", "low": "dim"}


@dataclass(frozen=True, slots=True)
class Wish:
    """What the user asked for. Empty `rules` are the shipped ones; `against` compares."""

    paths: tuple[Path, ...]
    rules: tuple[Path, ...] = ()
    against: tuple[Path, ...] = ()
    output: Output = "lines"
    any_topic: bool = False


@dataclass(slots=True)
class Run:
    """One replay: its counts, what each alert told, and how long it took in seconds."""

    tally: Tally = field(default_factory=Tally)
    told: dict[Seal, str] = field(default_factory=dict)
    seconds: float = 0.0


def carry_out(wish: Wish) -> int:
    """Run the backtest; the exit code: 0 done, 2 something that was asked for has a fault."""
    books: list[Rulebook] = []
    faults: list[Fault] = []
    for folders in (wish.rules, wish.against)[: 2 if wish.against else 1]:
        book = load_rulebook(folders)
        if isinstance(book, Rulebook):
            books.append(book)
        else:
            faults += book
    seen, wrong = open_archive(wish.paths)
    faults += wrong
    if faults:
        return _stop(faults)
    lexicon = load_lexicon(rules_home(), tuple(books[0].theatres.values()))
    silent = bool(wish.against)
    try:
        runs = [asyncio.run(_run(seen, book, lexicon, wish, silent=silent)) for book in books]
    except (ServerError, ReplayError) as error:
        return _stop([error])
    console = Console(stderr=wish.output != "lines")
    if wish.against:
        _show_difference(console, *runs)
    else:
        _show(console, runs[0])
    return 0


def _stop(faults: Sequence[object]) -> int:
    for fault in faults:
        sys.stderr.write(f"{fault}\n")
    return 2


async def _run(
    seen: Sequence[Seen], book: Rulebook, lexicon: Lexicon, wish: Wish, *, silent: bool
) -> Run:
    run = Run()
    out = Console(highlight=False, soft_wrap=True)
    with _progress() as progress:
        task = progress.add_task("replaying", total=len(seen))
        async with private_store() as store:
            started = time.monotonic()
            async for step in replay(seen, book, lexicon, store, any_topic=wish.any_topic):
                if isinstance(step, int):
                    progress.advance(task, step)
                    continue
                run.tally.add(step)
                if isinstance(step, Judgement):
                    for alert in step.alerts:
                        run.told[seal(step, alert.event)] = _line(step, alert.event)
                    if not silent:
                        _tell(out, step, wish.output)
            run.seconds = time.monotonic() - started
    return run


def _progress() -> Progress:
    """A bar on stderr, where that is a terminal."""
    console = Console(stderr=True)
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
    return Progress(
        *columns,
        TimeRemainingColumn(),
        console=console,
        transient=True,
        disable=not console.is_terminal,
    )


def _tell(out: Console, step: Judgement, output: Output) -> None:
    match output:
        case "lines":
            for alert in step.alerts:
                colour = _COLOUR[alert.event["severitytext"]]
                out.print(f"[{colour}]{escape(_line(step, alert.event))}[/]")
        case "json":
            for alert in step.alerts:
                event = {**alert.event, "observed": f"{step.observed:%Y-%m-%dT%H:%M:%SZ}"}
                _write(event)
        case "stories":
            story = step.stories[0] if step.stories else f"report/{step.id}"
            _write({"id": step.id, "story": story})
        case _:
            assert_never(output)


def _write(line: dict[str, object]) -> None:
    sys.stdout.buffer.write(orjson.dumps(line, option=orjson.OPT_APPEND_NEWLINE))


def _line(step: Judgement, event: dict[str, object]) -> str:
    data = event["data"]
    headline = data["headline"] if isinstance(data, dict) else ""
    loud = "!" if isinstance(data, dict) and data.get("loud") else " "
    return f"{step.observed:%Y-%m-%d %H:%M} {event['severitytext']!s:8}{loud} {headline}"


def _show(console: Console, run: Run) -> None:
    tally = run.tally
    table = Table("rule", *SEVERITY_NUMBER, "loud", box=None, header_style="bold")
    for rule in sorted({rule for rule, _ in tally.alerts}):
        counts = (tally.alerts[rule, level] for level in SEVERITY_NUMBER)
        table.add_row(rule, *(str(count or "·") for count in counts), str(tally.loud[rule]))
    console.print(table)
    kept = ", ".join(f"{reason} {count:,}" for reason, count in tally.silences.most_common())
    console.print(f"kept quiet: {kept or 'nothing'}", highlight=False)
    for (feed, reason), count in tally.lost.items():
        console.print(f"not read: {count} snapshots of {escape(feed)}: {reason}", highlight=False)
    median, worst = tally.loudest_shifts()
    pace = tally.reports / run.seconds if run.seconds else 0.0
    console.print(
        f"{tally.total:,} alerts of {tally.reports:,} reports; loud in 8 hours: median {median}, "
        f"worst {worst}; {pace:,.0f} reports a second",
        highlight=False,
    )


def _show_difference(console: Console, before: Run, after: Run) -> None:
    for sign, line in gained_and_lost(before.told, after.told):
        colour = "green" if sign == "+" else "red"
        console.print(f"[{colour}]{sign} {escape(line)}[/]", highlight=False, soft_wrap=True)
    gained = len(after.told.keys() - before.told.keys())
    lost = len(before.told.keys() - after.told.keys())
    console.print(
        f"{before.tally.total:,} alerts; the other rules raise {after.tally.total:,}: "
        f"{gained:,} gained, {lost:,} lost",
        highlight=False,
    )
