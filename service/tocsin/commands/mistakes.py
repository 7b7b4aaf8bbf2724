"""A user's mistake: one clear line a fault on standard error, and exit code 2."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from typing import NoReturn

import typer


def refuse(faults: Iterable[object]) -> NoReturn:
    """Say each fault on a line of its own, and end with exit code 2."""
    for fault in faults:
        sys.stderr.write(f"tocsin: {fault}\n")
    raise typer.Exit(2)
