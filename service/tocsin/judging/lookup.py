"""Under which keys stories are kept and looked up, so that recall does not grow with the ledger."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from tocsin.judging.event import Event
from tocsin.judging.geography import cells, fine
from tocsin.judging.memory import Wanted
from tocsin.judging.subject import NO_THEATRE
from tocsin.judging.traits import trait_keys

_NEIGHBOURS = 0.4  # degrees, about the reach of a district


def widen(wanted: Wanted, events: list[Event]) -> Wanted:
    """`wanted` with the keys of all events."""
    keys = (key for event in events for key in _wanted_keys(event))
    return replace(wanted, story_keys=tuple(dict.fromkeys(keys)))


def story_keys(event: Event) -> tuple[str, ...]:
    """Under which keys a story of this event is found, beside its words: a place and a day.

    A story with no finer place stands under "wide" too, where one with a place looks for it.
    """
    theatre = event.theatre or NO_THEATRE
    spots = _place_keys(event)
    wide = () if spots else (f"wide:{theatre}",)
    days = dict.fromkeys((*event.days, event.said.date().isoformat()))
    keys = (*spots, *wide, f"theatre:{theatre}")
    return tuple(f"{key}:{day}" for day in days for key in keys)


def _wanted_keys(event: Event) -> tuple[str, ...]:
    """The keys under which a story of the same event may stand: the last days of each."""
    last = event.said.date()
    days = dict.fromkeys((*event.days, *((last - timedelta(days=n)).isoformat() for n in range(4))))
    theatre = event.theatre or NO_THEATRE
    spots = _place_keys(event, _NEIGHBOURS)
    broad = f"wide:{theatre}" if spots else f"theatre:{theatre}"
    keys = tuple(f"{key}:{day}" for day in days for key in (*spots, broad))
    return (*keys, *trait_keys(event.words))


def _place_keys(event: Event, reach: float = 0.0) -> tuple[str, ...]:
    """The finer places an event is looked up by, without its days (`reach` in degrees)."""
    spots = [place for place in event.places if fine(place)][:4]
    return tuple(dict.fromkeys(cell for place in spots for cell in cells(place, reach)))
