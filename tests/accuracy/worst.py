"""The items of the shared sets that are read worst: what was expected beside what was read.

Nothing of them is kept: they are read from the shared data and printed when asked for.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from tests.accuracy.shared_sets import Scored

_SHOWN = 320


def worst(scored: Sequence[Scored], count: int) -> Iterator[str]:
    """The items with the most that is wrong, worst first, each as a few lines."""
    for one in sorted(scored, key=_wrong, reverse=True)[:count]:
        if not _wrong(one):
            return
        names = [name for name, tally in one.tallies.items() if tally.extra or tally.missed]
        report, labels, reading = one.report, one.labels, one.reading
        text = " | ".join(report.get(name) or "" for name in ("title", "summary", "text"))
        yield "\n".join(
            (
                f"{report['id']}: {', '.join(names)}",
                f"  {text.strip(' |')[:_SHOWN]}",
                f"  expected {_labelled(labels)}",
                f"  read     {_read(reading)}\n",
            )
        )


def _wrong(one: Scored) -> int:
    return sum(tally.extra + tally.missed for tally in one.tallies.values())


def _labelled(labels: dict[str, Any]) -> str:
    figures = [
        _figure(f["kind"], f["value"], f["bound"], f["scope"], f["who_claims"])
        for f in labels["casualties"]
    ]
    others = [f"{f['value']} {f['kind']}, no war" for f in labels.get("other_figures", ())]
    return _told(labels["conflict"], labels["strike"], labels["ceasefire"], [*figures, *others])


def _read(reading: dict[str, Any]) -> str:
    figures = [
        _figure(c["indicator"], c["value"], c["bound"], c["basis"], c["claimant"])
        for c in reading.get("claims", ())
    ]
    truces = reading.get("ceasefire") or [{"status": "none"}]
    strike = "yes" if reading.get("strikes") else "no"
    conflict = "yes" if reading.get("conflict") else "no"
    return _told(conflict, strike, truces[0]["status"], figures)


def _figure(kind: str, value: int | None, bound: str, basis: str, who: str | None) -> str:
    number = "some" if value is None else f"{value:,}"
    return f"{number} {kind}, {bound.replace('_', ' ')}, {basis}, {who or 'nobody named'}"


def _told(conflict: str, strike: str, truce: str, figures: Iterable[str]) -> str:
    return (
        f"conflict {conflict}; strike {strike}; truce {truce}; {'; '.join(figures) or 'no figure'}"
    )
