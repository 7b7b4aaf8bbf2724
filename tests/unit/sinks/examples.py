"""Parcels for tests of what people are told: plain, small and written by us."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from tests.delivery_kit import event

from tocsin.sinks.parcel import Parcel

NOW = datetime(2024, 5, 2, 12, 0, tzinfo=UTC)
LEVELS = {"low": 9, "medium": 13, "high": 17, "critical": 21}


def figure(value: int | None) -> dict[str, Any]:
    """An exact figure."""
    return {"value": value, "low": value, "high": value, "bound": "exact", "claimant": "ministry"}


def parcel(
    ident: str,
    *,
    story: str = "s1",
    report: str | None = None,
    level: str = "high",
    loud: bool = True,
    killed: tuple[int | None, int] | None = None,
    taken: timedelta = timedelta(0),
    due: timedelta | None = None,
    number: int = 0,
    replayed: bool = False,
    **changes: Any,
) -> Parcel:
    """One alert; `killed` is (from, to), `taken` and `due` are counted from NOW."""
    told = []
    if killed is not None:
        before = None if killed[0] is None else figure(killed[0])
        change = {"reason": "raised", "indicator": "killed"}
        told = [change | {"from": before, "to": figure(killed[1])}]
    data = {"loud": loud, "changes": told, "report": {"id": report or f"r-{ident}"}}
    usual = {"correlationid": story, "subject": f"story/{story}/killed", "severitytext": level}
    body = event(
        ident,
        severitynumber=LEVELS[level],
        data=data | changes.pop("data", {}),
        **(usual | changes),
    )
    at = NOW + taken
    order = number or int(ident.strip("abcdefghijklmnopqrstuvwxyz") or 1)
    return Parcel(
        ident, f"{order}-0", body, at, NOW + due if due is not None else at, replayed=replayed
    )
