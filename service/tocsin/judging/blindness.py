"""A theatre that we do not see: half of its feeds, or all, fail or have fallen silent."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from tocsin.judging.draft import digest
from tocsin.judging.envelope import enveloped, stamp, unreported
from tocsin.judging.rulebook import Severity
from tocsin.judging.verdict import Alert
from tocsin.reading.theatre import Theatre

_NAMED = 5


@dataclass(frozen=True, slots=True)
class Dark:
    """A feed that brings nothing, and since when (UTC)."""

    name: str
    since: datetime


def blindness(
    theatre: Theatre,
    feeds: int,
    dark: Sequence[Dark],
    told: str,
    now: datetime,
    *,
    source: str = "/tocsin/default",
) -> tuple[Alert, str] | None:
    """What readers are told of our sight on one theatre, and what is then to be remembered.

    `feeds` is how many tell of it, `told` what was remembered last; None: nothing new. Half of them
    dark is medium, all of them high, and each is told once; that we see again is told, too.
    """
    before, cause = _remembered(told)
    if 2 * len(dark) < feeds or feeds == 0:
        if before is None or feeds == 0:  # no feed tells of it any more: that is not seeing again
            return None
        words = f"We see {theatre.name} again: {feeds - len(dark)} of {feeds} feeds bring news"
        name = digest("sees", theatre.id, cause)
        return _alert(name, theatre, words, "low", feeds, dark, cause, now, source), ""
    level: Severity = "high" if len(dark) == feeds else "medium"
    if before in (level, "high"):
        return None
    # The feed whose loss made the half (or the whole): every replica names the same moment.
    tipping = (feeds if level == "high" else (feeds + 1) // 2) - 1
    since = sorted(one.since for one in dark)[tipping]
    words = _words(theatre, len(dark), feeds)
    name = digest("tocsin.theatre.blind", theatre.id, stamp(since)[:16], level)
    alert = _alert(name, theatre, words, level, feeds, dark, cause or None, now, source)
    return alert, f"{level} {name}"


def _words(theatre: Theatre, dark: int, feeds: int) -> str:
    if dark < feeds:
        return f"Half blind on {theatre.name}: {dark} of {feeds} feeds fail or are silent"
    if feeds == 1:
        return f"Blind on {theatre.name}: its only feed brings nothing"
    return f"Blind on {theatre.name}: none of its {feeds} feeds brings anything"


def _remembered(told: str) -> tuple[str | None, str]:
    level, _, alert = told.partition(" ")
    return level or None, alert


def _alert(
    name: str,
    theatre: Theatre,
    words: str,
    level: Severity,
    feeds: int,
    dark: Sequence[Dark],
    cause: str | None,
    now: datetime,
    source: str,
) -> Alert:
    names = [one.name for one in sorted(dark, key=lambda one: (one.since, one.name))]
    data = unreported(
        f"{words}: {_listed(names)}" if names else words,
        loud=level != "low",
        theatre=theatre.id,
        previous=cause,
    )
    event = enveloped(
        name,
        "tocsin.theatre.blind",
        f"theatre/{theatre.id}",
        data | {"feeds": {"of": feeds, "dark": names[:50]}},
        source=source,
        severity=level,
        said=now,
        recorded=now,
        thread="sight",  # people get what a lost network darkens in one message
        follows=cause,
    )
    return Alert(name, event)


def _listed(names: Sequence[str]) -> str:
    more = len(names) - _NAMED
    listed = ", ".join(name[:60] for name in names[:_NAMED])
    return f"{listed} and {more} more" if more > 0 else listed
