"""What a feed is used to: how long it is silent, of which wars it tells, what its entries have.

Pure functions of the state, the body and `now`; whether we see is judged by them.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from tocsin.feeds.address import FeedAddress
from tocsin.feeds.entries import ParsedFeed
from tocsin.intake import Taken
from tocsin.judging.sight import OF_THEATRE, RHYTHM_KEPT, Watched
from tocsin.ledger.feed_state import FeedState

#: A turn that comes so much later than it was due follows a downtime of ours, or of Redis.
DOWNTIME = timedelta(minutes=30)


def missed_since(state: FeedState, now: datetime) -> datetime | None:
    """Since when nobody looked, if that was longer than a turn may be late; None: it was looked."""
    if state.due_at is None or now - state.due_at <= DOWNTIME:
        return None
    return state.polled_at


def habits(state: FeedState, parsed: ParsedFeed, taken: Taken, now: datetime) -> FeedState:
    """The state with what this body shows of the feed's habits."""
    return replace(
        _shaped(state, parsed, now),
        changed_at=now if taken.new else state.changed_at,
        lulls=_lulls(state, taken, now),
        theatres=_theatres(state, taken, now),
    )


def _lulls(state: FeedState, taken: Taken, now: datetime) -> dict[str, float]:
    """The silence that ends now, unless it was our own absence or the feed's."""
    absent = state.failures or missed_since(state, now) is not None
    if not taken.new or state.changed_at is None or absent:
        return state.lulls
    day = now.date().isoformat()
    silence = (now - state.changed_at).total_seconds()
    longest = max(silence, state.lulls.get(day, 0.0))
    days = sorted({**state.lulls, day: longest}.items())
    return dict(days[-RHYTHM_KEPT:])


def _theatres(state: FeedState, taken: Taken, now: datetime) -> dict[str, datetime]:
    readings = (told.judged.reading for told in taken.told)
    heard = {one.theatre: now for one in readings if one and one.conflict and one.theatre}
    kept = {one: last for one, last in state.theatres.items() if now - last < OF_THEATRE}
    return kept | heard


def _shaped(state: FeedState, parsed: ParsedFeed, now: datetime) -> FeedState:
    """What its entries had before and none of them has now; an empty body says nothing of it."""
    entries = parsed.entries
    if not entries:
        return state
    have = {
        "dates": any(entry.published or entry.updated for entry in entries),
        "links": any(entry.url for entry in entries),
        "words": any(entry.title or entry.summary or entry.text for entry in entries),
    }
    known = set(state.shape) | {name for name, there in have.items() if there}
    lost = tuple(sorted(name for name in known if not have[name]))
    since = (state.misshapen_since or now) if lost else None
    return replace(state, shape=tuple(sorted(known)), lost=lost, misshapen_since=since)


def watched(feed: FeedAddress, state: FeedState | None) -> Watched:
    """One feed as judging our sight needs it."""
    if state is None:
        return Watched(feed.id, feed.name)
    return Watched(
        feed=feed.id,
        name=feed.name,
        heard=state.succeeded_at,
        spoke=state.changed_at,
        failures=state.failures,
        failing_since=state.failing_since,
        reason=state.reason,
        gone=state.stopped == "gone",
        lulls=tuple(state.lulls.values()),
        theatres=state.theatres,
        lost=state.lost,
        misshapen_since=state.misshapen_since,
    )
