"""What a poll leaves of its own for the next one, as one document a feed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from tocsin.ledger.connection import Away, Store, reach
from tocsin.ledger.documents import unpack


@dataclass(frozen=True, slots=True)
class FeedState:
    """A feed's own state. All times are UTC; `interval` is in seconds.

    Validators are as the server sent them, to the byte. `digest` is of the body that was last
    parsed, `full_at` when the feed was last asked without validators. `learned` says that its first
    poll has been committed as memory. `failures` in a row began at `failing_since`; `reason` names
    how the last poll ended. `moved_to` is where permanent redirects have led since `moved_since`.
    `stopped` names why it is polled no more ("gone", "paused"), `notes` hold what else polling
    needs to remember.

    `due_at` is when it was to be polled next. `lulls` has, for the last days on which it said
    anything new, the longest silence in seconds that ended on each; `theatres` when it last told of
    each. `shape` names what its entries have had ("dates", "links", "words"), `lost` what of that
    they had no more in the last body, since `misshapen_since`. `worst_delay` is the longest, in
    seconds, that a report of it can wait to be seen while all is well; `remark` names what is odd
    about what it asks for ("skips_everything").
    """

    feed: str
    url: str = ""
    etag: str | None = None
    last_modified: str | None = None
    digest: str | None = None
    full_at: datetime | None = None
    fresh_until: datetime | None = None
    learned: bool = False
    polled_at: datetime | None = None
    succeeded_at: datetime | None = None
    changed_at: datetime | None = None
    newest_entry: datetime | None = None
    shown: int = 0
    interval: float | None = None
    failures: int = 0
    failing_since: datetime | None = None
    reason: str = ""
    moved_to: str | None = None
    moved_since: datetime | None = None
    stopped: str | None = None
    title: str | None = None
    notes: dict[str, str] = field(default_factory=dict)
    due_at: datetime | None = None
    lulls: dict[str, float] = field(default_factory=dict)
    theatres: dict[str, datetime] = field(default_factory=dict)
    shape: tuple[str, ...] = ()
    lost: tuple[str, ...] = ()
    misshapen_since: datetime | None = None
    worst_delay: float | None = None
    remark: str = ""


async def feed_states(store: Store, feeds: Sequence[str]) -> dict[str, FeedState] | Away:
    """The states of those of `feeds` that were ever polled, in one round trip."""
    if not feeds:
        return {}
    packed = await reach(store.redis.mget([store.keys.feed(feed) for feed in feeds]))
    if isinstance(packed, Away):
        return packed
    return {
        feed: unpack(FeedState, one)
        for feed, one in zip(feeds, packed, strict=True)
        if isinstance(one, bytes)
    }
