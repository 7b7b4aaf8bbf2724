"""`tocsin backtest`: what the rules would have raised over an archive."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer


def backtest(
    paths: Annotated[
        list[Path],
        typer.Argument(help="JSONL files, folders or archives of feed snapshots, also packed."),
    ],
    *,
    rules: Annotated[
        list[Path] | None, typer.Option(help="A rule file or folder; the shipped rules if none.")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="One alert a line, as JSON.")] = False,
    stories: Annotated[
        bool, typer.Option("--stories", help="Each report's story, as JSON.")
    ] = False,
    any_topic: Annotated[
        bool, typer.Option("--any-topic", help="With --stories: group reports of any topic.")
    ] = False,
    against: Annotated[
        list[Path] | None, typer.Option(help="Other rules: show what they gain and lose.")
    ] = None,
) -> None:
    """Replay an archive through the whole service, and show what would have been raised."""
    from tocsin.rehearsal.backtest import Output, Wish, carry_out  # noqa: PLC0415 — fast --help

    output: Output = "stories" if stories else "json" if as_json else "lines"
    wish = Wish(tuple(paths), tuple(rules or ()), tuple(against or ()), output, any_topic=any_topic)
    raise typer.Exit(carry_out(wish))
