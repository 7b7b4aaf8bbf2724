"""Shift notes: at set times each sink for people hears that we are alive, and what is open."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from typing import Final

from tocsin.judging.draft import digest
from tocsin.judging.memory import Story
from tocsin.judging.note import LINES, note
from tocsin.judging.standing import story_lines
from tocsin.judging.verdict import Alert

#: A note that could not be told within this time after its hour is left out: the next one comes.
GRACE: Final = timedelta(minutes=10)


def planned(times: Iterable[time], now: datetime) -> datetime | None:
    """The hour whose note is to be told now, if any; `times` are of the day, in UTC."""
    last = _last(times, now)
    return last if last is not None and now - last < GRACE else None


def shift_began(times: Iterable[time], end: datetime) -> datetime:
    """When the shift that ends at `end` began: at the hour before it, a day before at most."""
    before = _last(times, end - timedelta(microseconds=1))
    return before if before is not None else end - timedelta(days=1)


def _last(times: Iterable[time], now: datetime) -> datetime | None:
    today = now.astimezone(UTC).date()
    moments = [
        datetime.combine(day, hour, UTC)
        for day in (today, today - timedelta(days=1))
        for hour in times
    ]
    return max((one for one in moments if one <= now), default=None)


@dataclass(frozen=True, slots=True)
class Shift:
    """What one sink's people are told of a shift.

    `fresh` of `feeds` answered when last asked; `blind` are theatres with their dark feeds and how
    many they have; `stories` were told of, `headlines` are of what else was; `held` waits for this
    sink.
    """

    began: datetime
    end: datetime
    fresh: int
    feeds: int
    blind: Sequence[tuple[str, int, int]] = ()
    stories: Sequence[Story] = ()
    headlines: Sequence[str] = ()
    held: int = 0


def shift_note(sink: str, shift: Shift, now: datetime, *, source: str = "/tocsin/default") -> Alert:
    """The note of one shift for one sink; asked again, it is the same alert (R26)."""
    blind = ", ".join(f"{name} ({dark} of {of})" for name, dark, of in shift.blind[:5])
    told = len(shift.stories) + len(shift.headlines)
    lines = [f"Blind on {blind}"] if blind else []
    if shift.held:
        changes = "1 change waits" if shift.held == 1 else f"{shift.held} changes wait"
        lines.append(f"Held: {changes} for a story's rest or the next digest")
    lines += [*story_lines(shift.stories), *shift.headlines]
    if len(lines) > LINES:
        lines = [*lines[: LINES - 1], f"… and {len(lines) - LINES + 1} more"]
    headline = (
        f"Shift note, {shift.end:%H:%M} UTC: alive, {shift.fresh} of {shift.feeds} feeds fresh, "
        f"blind {f'on {len(shift.blind)}' if shift.blind else 'nowhere'}, "
        f"{told or 'nothing'} told since {shift.began:%H:%M}"
    )
    name = digest("shift", sink, shift.end.isoformat(timespec="minutes"))
    return note(name, f"sink/{sink}/note", headline, lines, now, source=source)
