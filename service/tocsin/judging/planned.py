"""What the clock alone brings about: a truce whose planned end is near."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, timedelta

from tocsin.judging.draft import digest
from tocsin.judging.envelope import enveloped, stamp, unreported
from tocsin.judging.memory import Truce
from tocsin.judging.rulebook import Rulebook
from tocsin.judging.verdict import Alert

#: How long before its planned end a truce is told of.
AHEAD = timedelta(hours=6)
_IN_FORCE = frozenset({"agreed", "in_effect", "extended"})


def ending(
    truces: Iterable[Truce],
    rulebook: Rulebook,
    now: datetime,
    *,
    source: str = "/tocsin/default",
) -> Iterator[Alert]:
    """Alerts of truces in force that are to end within six hours.

    They have no report, and an id from what was planned: asked again, it is the same alert. A day
    without an hour ends when it does (UTC).
    """
    for truce in truces:
        end = _end(truce)
        if end is None or truce.status not in _IN_FORCE or not now <= end <= now + AHEAD:
            continue
        yield _alert(truce, end, rulebook, now, source)


def _end(truce: Truce) -> datetime | None:
    try:
        end = datetime.fromisoformat(truce.until or "")
    except ValueError:
        return None
    if len(truce.until or "") == len("2031-03-01"):
        end += timedelta(days=1)
    return end.replace(tzinfo=UTC) if end.tzinfo is None else end.astimezone(UTC)


def _alert(truce: Truce, end: datetime, rulebook: Rulebook, now: datetime, source: str) -> Alert:
    theatre = rulebook.theatres.get(truce.theatre)
    names = {party.id: party.name for party in theatre.parties} if theatre else {}
    parties = "–".join(names.get(one, one.removeprefix("other:")) for one in truce.parties)
    last = truce.told[-1].alert if truce.told else ""
    identity = digest("planned", truce.subject, truce.number, stamp(end))
    change = {"reason": "ends", "from": truce.status, "to": "expired", "until": stamp(end)}
    data = unreported(
        f"Ceasefire to end at {end:%H:%M} UTC on {end:%-d %B}: {parties}",
        loud=True,
        theatre=None if theatre is None else theatre.id,
        changes=[{**change, "parties": list(truce.parties), "number": truce.number}],
        revision=len(truce.told) + 1,
        previous=last or None,
    )
    event = enveloped(
        identity,
        "tocsin.ceasefire.changed",
        truce.subject,
        data,
        source=source,
        severity="medium",
        said=now,
        recorded=now,
        thread=truce.subject,
        follows=last or None,
    )
    return Alert(identity, event)
