"""`tocsin test`: the rules' own tests, through exactly what runs in production."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer


def run_tests(
    paths: Annotated[
        list[Path] | None, typer.Argument(help="Rule folders or files; the shipped rules if none.")
    ] = None,
    *,
    junit: Annotated[Path | None, typer.Option(help="Write the results as JUnit XML.")] = None,
) -> None:
    """Run the rules' own tests. Exit 0: all pass; 1: some fail; 2: a rule or test has a fault."""
    from tocsin.rehearsal.exam import sit  # noqa: PLC0415 — fast --help

    raise typer.Exit(sit(paths or [], junit))
