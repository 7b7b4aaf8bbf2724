"""Notes: quiet alerts of several lines that no report caused."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from tocsin.judging.alert import LARGEST
from tocsin.judging.envelope import enveloped, unreported
from tocsin.judging.verdict import Alert

LINES = 12


def note(
    name: str,
    subject: str,
    headline: str,
    lines: Sequence[str],
    now: datetime,
    *,
    source: str,
    theatre: str | None = None,
) -> Alert:
    """`tocsin.note` on a subject that ends in `/note`; at most twelve lines of it are kept."""
    kept = [line[: LARGEST // (4 * LINES)] for line in lines[:LINES]]
    event = enveloped(
        name,
        "tocsin.note",
        subject,
        unreported(headline, loud=False, theatre=theatre) | {"lines": kept},
        source=source,
        severity="low",
        said=now,
        recorded=now,
        thread=subject.removesuffix("/note"),
    )
    return Alert(name, event)
