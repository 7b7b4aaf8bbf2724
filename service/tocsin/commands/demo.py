"""`tocsin demo`: the service over a recorded war, from loopback, on a fast clock."""

from __future__ import annotations

from typing import Annotated

import typer


def demo(
    seconds: Annotated[float, typer.Option(help="how long the war takes, at least")] = 30.0,
) -> None:
    """Watch the war of autumn 2020 as recorded reports. No internet, no account; nothing is kept.

    It ends with a table of what was raised and what was kept quiet, with reasons.
    """
    import asyncio  # noqa: PLC0415 — `--help` stays fast

    from tocsin.commands.showing import show  # noqa: PLC0415

    raise typer.Exit(asyncio.run(show(seconds)))
