"""What one turn leaves of a feed's own state: pure functions of the answer, the state and `now`."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from typing import assert_never

from tocsin.feed_habits import habits
from tocsin.feeds.address import FeedAddress
from tocsin.feeds.entries import ParsedFeed
from tocsin.feeds.exchange import FeedRequest, Fetched, NotModified
from tocsin.feeds.politeness import (
    Answered,
    Rewrite,
    Rhythm,
    Seen,
    may_ask_conditionally,
    settle_move,
)
from tocsin.intake import Taken
from tocsin.ledger.feed_state import FeedState

#: A story told of a theatre keeps the feeds that tell of it at their fastest for so long (F8).
STORY_OPEN = timedelta(hours=6)


def request(feed: FeedAddress, state: FeedState, now: datetime) -> FeedRequest:
    """What to ask for; without validators where the last whole answer is too old (F7)."""
    asks = may_ask_conditionally(state.full_at, now)
    return FeedRequest(
        state.url or feed.url,
        etag=state.etag if asks else None,
        last_modified=state.last_modified if asks else None,
        allow=feed.allow,
        headers=feed.headers,
        verify=feed.verify,
    )


def unchanged(
    state: FeedState, answer: Fetched | NotModified, now: datetime
) -> tuple[FeedState, Answered]:
    """Nothing to take in: a 304 updates the validators it names, a 200 replaces all (F4, F6)."""
    full_at = state.full_at
    notes = dict(state.notes)
    if answer.fresh_for is not None:
        notes["fresh_for"] = str(answer.fresh_for)
    if isinstance(answer, NotModified):
        etag = answer.etag or state.etag
        last_modified = answer.last_modified or state.last_modified
    else:
        etag, last_modified, full_at = answer.etag, answer.last_modified, now
    after = replace(state, etag=etag, last_modified=last_modified, full_at=full_at, notes=notes)
    return after, _remembered(notes)


def learned(
    state: FeedState, parsed: ParsedFeed, answer: Fetched, taken: Taken, now: datetime
) -> FeedState:
    """The state after a body.

    Where reports are left over, the old validators stay, so that the next turn meets them (law 3).
    """
    dates = [entry.published for entry in parsed.entries if entry.published is not None]
    after = replace(
        habits(state, parsed, taken, now),
        learned=state.learned or not taken.contended,
        newest_entry=max(dates, default=state.newest_entry),
        shown=len(parsed.entries),
        title=parsed.title or state.title,
        notes={**state.notes, **_noted(advice(parsed, answer, new=taken.new > 0))},
    )
    if taken.contended:
        return after
    return replace(
        after,
        etag=answer.etag,
        last_modified=answer.last_modified,
        digest=answer.digest,
        full_at=now,
    )


def moved(state: FeedState, to: str | None, now: datetime) -> FeedState:
    """Follow a permanent redirect's seven days; then the address is the new one (F20)."""
    watched = None
    if state.moved_to and state.moved_since:
        watched = Seen(state.moved_to, state.moved_since)
    match settle_move(watched, to, now):
        case None:
            return replace(state, moved_to=None, moved_since=None)
        case Seen(to=there, since=since):
            return replace(state, moved_to=there, moved_since=since)
        case Rewrite(to=there):
            return replace(state, url=there, moved_to=None, moved_since=None)
        case other:
            assert_never(other)


def advice(parsed: ParsedFeed, answer: Fetched, *, new: bool) -> Answered:
    """What the publisher asks for, from headers and feed."""
    return Answered(new, answer.fresh_for, parsed.ttl, parsed.skip_hours, parsed.skip_days)


def _noted(answered: Answered) -> dict[str, str]:
    """The publisher's advice, kept for the turns that bring no body."""
    return {
        "fresh_for": str(answered.fresh_for or 0.0),
        "ttl": str(answered.ttl or 0),
        "skip_hours": ",".join(map(str, sorted(answered.skip_hours))),
        "skip_days": ",".join(sorted(answered.skip_days)),
    }


def _remembered(notes: dict[str, str]) -> Answered:
    """The advice of the last whole answer."""
    return Answered(
        new=False,
        fresh_for=float(notes.get("fresh_for") or 0.0),
        ttl=int(notes.get("ttl") or 0),
        skip_hours=frozenset(int(h) for h in notes.get("skip_hours", "").split(",") if h),
        skip_days=frozenset(day for day in notes.get("skip_days", "").split(",") if day),
    )


def rhythm(state: FeedState) -> Rhythm:
    """What politeness remembers of the feed's turns."""
    return Rhythm(state.interval or 0.0, state.failures, int(state.notes.get("throttles") or 0))


def story_open(
    theatres: Iterable[str], told_of: Mapping[str, datetime], notes: dict[str, str], now: datetime
) -> bool:
    """Whether something was told from this feed, or of a theatre it tells of, within hours (F8)."""
    told = [told_of[theatre] for theatre in theatres if theatre in told_of]
    if "told_at" in notes:
        told.append(datetime.fromisoformat(notes["told_at"]))
    return any(now - moment < STORY_OPEN for moment in told)
