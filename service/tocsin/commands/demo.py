"""`tocsin demo`: the service over a recorded war, from loopback, on a fast clock."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from tocsin.commands.mistakes import refuse


def demo(
    seconds: Annotated[float, typer.Option(help="how long the war takes, at least")] = 30.0,
    data: Annotated[
        Path | None, typer.Option(help="an empty folder to keep its ledger in, to ask it later")
    ] = None,
) -> None:
    """Watch the war of autumn 2020 as recorded reports. No internet, no account; nothing is kept.

    It ends with a table of what was raised and what was kept quiet, with reasons. With `--data`
    the ledger stays, and `export` and `explain` answer about it with the war's own times.
    """
    import asyncio  # noqa: PLC0415 — `--help` stays fast

    from tocsin.commands.showing import show  # noqa: PLC0415

    if data is not None and data.is_dir() and any(data.iterdir()):
        refuse([f"--data: {data} is not empty: name a new folder for the recorded war"])
    raise typer.Exit(asyncio.run(show(seconds, kept=data)))
