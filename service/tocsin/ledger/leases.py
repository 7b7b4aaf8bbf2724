"""Who polls which feed, and when: due feeds, and leases with fencing tokens.

Several replicas share the feeds without a leader. All times in here are the server's own, so that
no replica's clock can poll twice or hold for ever (C13): callers speak in durations.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from tocsin.crashpoints import crash_point
from tocsin.ledger.commit import Fenced
from tocsin.ledger.connection import Away, Store, reach
from tocsin.ledger.documents import pack
from tocsin.ledger.feed_state import FeedState
from tocsin.ledger.keys import FEED_KEPT, SEEN_KEPT
from tocsin.ledger.script import Script
from tocsin.ledger.seen import capacity

CLAIM: Final = Script.load("lease_claim.lua")
RENEW: Final = Script.load("lease_renew.lua")
FINISH: Final = Script.load("lease_finish.lua")
HASTEN: Final = Script.load("lease_hasten.lua")
ENROLL: Final = Script.load("lease_enroll.lua")

#: How long a poll may go without a word before another replica takes its feed.
LEASE: Final = timedelta(seconds=45)
NONE: Final = timedelta(0)


@dataclass(frozen=True, slots=True)
class Lease:
    """One feed, held under a token that is higher than any before it."""

    feed: str
    token: str


@dataclass(frozen=True, slots=True)
class Pause:
    """A host that is to be left in peace by every replica (F12, F16)."""

    host: str
    wait: timedelta


@dataclass(frozen=True, slots=True)
class Due:
    """When a feed is next due, counted from now (below zero: overdue), and whether it is held."""

    wait: timedelta
    held: bool


async def enroll(store: Store, hosts: Mapping[str, str]) -> int | Away:
    """Let feeds be polled: feed → host. New ones are due at once; known ones keep their time."""
    words = [word for pair in hosts.items() for word in pair]
    answer: int | Away = await ENROLL.run(store.redis, [store.keys.due, store.keys.hosts], words)
    return answer


async def dismiss(store: Store, feeds: Sequence[str]) -> Away | None:
    """Poll these no more; a poll that is under way commits nothing further."""
    if not feeds:
        return None
    trip = store.redis.pipeline(transaction=True)
    trip.zrem(store.keys.due, *feeds)
    trip.hdel(store.keys.hosts, *feeds)
    trip.hdel(store.keys.leases, *feeds)
    answer = await reach(trip.execute())
    return answer if isinstance(answer, Away) else None


async def claim_due(store: Store, limit: int, lease: timedelta = LEASE) -> list[Lease] | Away:
    """Lease up to `limit` feeds that are due, the longest overdue first."""
    keys = store.keys
    answer = await CLAIM.run(
        store.redis,
        [keys.due, keys.hosts, keys.pauses, keys.leases, keys.fence],
        [limit, _ms(lease)],
    )
    crash_point("claim.after")
    if isinstance(answer, Away):
        return answer
    words = [word.decode() for word in answer]
    return [Lease(feed, token) for feed, token in zip(words[::2], words[1::2], strict=True)]


async def renew(store: Store, lease: Lease, for_: timedelta = LEASE) -> Fenced | Away | None:
    """Hold a feed for longer, counted from now."""
    answer = await RENEW.run(
        store.redis, [store.keys.due, store.keys.leases], [lease.feed, lease.token, _ms(for_)]
    )
    return _fenced(answer)


async def finish(
    store: Store,
    lease: Lease,
    state: FeedState | None,
    wait: timedelta,
    *,
    now: datetime,
    shown: Sequence[bytes] = (),
    pause: Pause | None = None,
) -> Fenced | Away | None:
    """End a poll: its state, what the feed shows, next due after `wait`, the lease let go (law 3).

    Call it after the last commit of the poll: a crash before it means a refetch. `state` None
    leaves the state as it is, for a feed that is given back unpolled. `shown` are the members
    (`seen.member`) of all entries that the feed shows now, so that they stay seen; give none where
    the body was not parsed.
    """
    keys = store.keys
    crash_point("finish.before")
    answer = await FINISH.run(
        store.redis,
        [keys.due, keys.leases, keys.feed(lease.feed), keys.seen(lease.feed), keys.pauses],
        [
            lease.feed,
            lease.token,
            _ms(wait),
            pack(state) if state else "",
            _ms(FEED_KEPT),
            pause.host if pause else "",
            _ms(pause.wait) if pause else 0,
            int(now.timestamp()),
            int((now - SEEN_KEPT).timestamp()),
            capacity(len(shown)),
            *shown,
        ],
    )
    crash_point("finish.after")
    return _fenced(answer)


async def hasten(store: Store, feeds: Sequence[str], within: timedelta = NONE) -> int | Away:
    """Let `feeds` be due no later than `within` from now; answers how many are sooner for it."""
    if not feeds:
        return 0
    answer: int | Away = await HASTEN.run(
        store.redis, [store.keys.due, store.keys.leases], [_ms(within), *feeds]
    )
    return answer


async def due(store: Store) -> dict[str, Due] | Away:
    """When each enrolled feed is next due, for people to look at."""
    trip = store.redis.pipeline(transaction=True)
    trip.time()
    trip.zrange(store.keys.due, 0, -1, withscores=True)
    trip.hkeys(store.keys.leases)
    answer = await reach(trip.execute())
    if isinstance(answer, Away):
        return answer
    (seconds, micro), scored, held = answer
    now = seconds * 1000 + micro / 1000
    return {
        feed.decode(): Due(timedelta(milliseconds=at - now), feed in held) for feed, at in scored
    }


async def emptied(store: Store) -> bool | Away:
    """Whether no lease was ever given out here: of a service that polls, all was lost (C20)."""
    there = await reach(store.redis.exists(store.keys.fence))
    return there if isinstance(there, Away) else not there


async def pauses(store: Store) -> dict[str, timedelta] | Away:
    """The hosts that are left in peace, and for how much longer."""
    trip = store.redis.pipeline(transaction=True)
    trip.time()
    trip.zrange(store.keys.pauses, 0, -1, withscores=True)
    answer = await reach(trip.execute())
    if isinstance(answer, Away):
        return answer
    (seconds, micro), scored = answer
    now = seconds * 1000 + micro / 1000
    return {
        host.decode(): timedelta(milliseconds=until - now) for host, until in scored if until > now
    }


def _fenced(answer: Any) -> Fenced | Away | None:
    if isinstance(answer, Away):
        return answer
    return None if answer == 1 else Fenced()


def _ms(wait: timedelta) -> int:
    return int(wait.total_seconds() * 1000)
