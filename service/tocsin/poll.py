"""One feed's turn.

    lease → fetch → parse → take in (unseen, read, recall, judge, commit) → finish

The feed's own state comes after its reports (law 3): a crash anywhere before `finish` means that
the feed is fetched again, and what was committed is seen.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import partial
from typing import assert_never

from tocsin.feed_habits import DOWNTIME, missed_since
from tocsin.feed_turn import advice, learned, moved, request, rhythm, story_open, unchanged
from tocsin.feeds.address import FeedAddress
from tocsin.feeds.entries import Unparseable, to_reports
from tocsin.feeds.exchange import (
    Failed,
    Fetched,
    Gone,
    Limits,
    Moved,
    NotModified,
    Throttled,
)
from tocsin.feeds.fetch import fetch
from tocsin.feeds.fulltext import FullText
from tocsin.feeds.politeness import (
    Answered,
    NextTurn,
    Pace,
    next_turn,
    skips_everything,
    worst_delay,
)
from tocsin.feeds.workshop import Workshop
from tocsin.intake import Intake, Taken
from tocsin.ledger.commit import Fenced
from tocsin.ledger.connection import Away, Store
from tocsin.ledger.feed_state import FeedState, feed_states
from tocsin.ledger.leases import LEASE, Lease, Pause, finish, renew
from tocsin.ledger.seen import member
from tocsin.net.session import Outbound


@dataclass(frozen=True, slots=True)
class Polled:
    """How one turn ended.

    `reason` is its name in log and metrics: `new`, `unchanged`, `not_modified`, a failure's own
    reason, or `away`, `fenced`, `contended`. `due_in` is in seconds; None: never again, or not
    decided (the lease was lost or Redis is away). `seconds` is how long it took. `remark` names
    what is odd about what the feed asks for, at the turn that first met it.
    """

    feed: FeedAddress
    reason: str
    detail: str = ""
    ok: bool = False
    first: bool = False
    taken: Taken | None = None
    due_in: float | None = None
    failures: int = 0
    failing_since: datetime | None = None
    seconds: float = 0.0
    remark: str = ""


class Poll:
    """The turns of all feeds of one process; everything it touches is handed in.

    `chance` is in [0, 1) and places the jitter; `since` is how far back a first poll tells. Without
    `real_time` (a recorded war on a fast clock) no turn is late.
    """

    def __init__(
        self,
        store: Store,
        outbound: Outbound,
        workshop: Workshop,
        intake: Intake,
        *,
        pace: Callable[[FeedAddress], Pace],
        limits: Limits,
        clock: Callable[[], datetime],
        chance: Callable[[], float],
        since: timedelta | None = None,
        full_text: FullText | None = None,
        real_time: bool = True,
    ) -> None:
        self._store, self._outbound = store, outbound
        self._workshop, self._intake = workshop, intake
        self._pace, self._limits = pace, limits
        self._clock, self._chance, self._since = clock, chance, since
        self._full_text, self._real_time = full_text, real_time
        self._told_of: dict[str, datetime] = {}  # when each theatre was last told of here

    async def turn(self, lease: Lease, feed: FeedAddress) -> Polled:
        """Poll one leased feed; it never raises for what a feed or Redis does."""
        async with self._held(lease):
            now = self._clock()
            states = await feed_states(self._store, [feed.id])
            if isinstance(states, Away):
                return Polled(feed, "away", states.reason)
            state = states.get(feed.id) or FeedState(feed.id, url=feed.url)
            outcome = await fetch(request(feed, state, now), self._outbound, now, self._limits)
            match outcome:
                case Moved(to=to, then=then):
                    return await self._answer(lease, feed, state, then, to)
                case Fetched() | NotModified():
                    return await self._answer(lease, feed, state, outcome, None)
                case Throttled() | Gone() | Failed():
                    return await self._unanswered(lease, feed, state, outcome)
                case _:
                    assert_never(outcome)

    async def _answer(
        self,
        lease: Lease,
        feed: FeedAddress,
        state: FeedState,
        answer: Fetched | NotModified,
        moved_to: str | None,
    ) -> Polled:
        """A feed that answered: its reports first, then its own state."""
        shown: tuple[bytes, ...] = ()
        match answer:
            case Fetched() if answer.digest != state.digest:
                body = await self._take_in(lease, feed, state, answer)
                if isinstance(body, Failed):
                    return await self._unanswered(lease, feed, state, body)
                if isinstance(body, Polled):
                    return body
                after, answered, polled, shown = body
            case Fetched() | NotModified():
                after, answered = unchanged(state, answer, self._clock())
                reason = "unchanged" if isinstance(answer, Fetched) else "not_modified"
                polled = Polled(feed, reason, ok=True)
            case _:
                assert_never(answer)
        now = self._clock()
        notes = {**after.notes, "throttles": "0"}
        if polled.taken is not None and polled.taken.alerts:
            notes["told_at"] = now.isoformat()
            self._told_of |= dict.fromkeys(polled.taken.theatres, now)
        turn = next_turn(
            answered,
            rhythm(state),
            self._pace(feed),
            now,
            jitter=self._chance(),
            story_open=story_open(after.theatres, self._told_of, notes, now),
        )
        after = replace(
            moved(after, moved_to, now),
            polled_at=now,
            succeeded_at=now,
            interval=turn.rhythm.interval,
            failures=0,
            failing_since=None,
            reason=polled.reason,
            notes=notes,
            worst_delay=worst_delay(answered, self._pace(feed)),
            remark="skips_everything" if skips_everything(answered) else "",
        )
        if after.remark and after.remark != state.remark:
            polled = replace(polled, remark=after.remark)
        return await self._finish(lease, after, turn, polled, shown=shown)

    async def _take_in(
        self, lease: Lease, feed: FeedAddress, state: FeedState, answer: Fetched
    ) -> tuple[FeedState, Answered, Polled, tuple[bytes, ...]] | Polled | Failed:
        """Parse a new body and take its reports in; validators follow only if all of them went."""
        parsed = await self._workshop.parse(answer.body, answer.charset, answer.url)
        if isinstance(parsed, Unparseable):
            return Failed(parsed.reason, parsed.detail)
        now = self._clock()
        first = not state.learned
        reports = to_reports(parsed, feed.id, feed.publisher or parsed.title or None, now)
        until = None
        if first:
            until = now - self._since if self._since is not None else now + timedelta(days=3650)
        complete = None
        if self._full_text is not None and feed.full_text and not first:
            complete = partial(self._full_text.complete, now=now, allow=feed.allow)
        missed = self._real_time and missed_since(state, now) is not None
        taken = await self._intake.take_in(
            feed.id,
            lease.token,
            reports,
            now,
            memory_until=until,
            late_until=now - DOWNTIME if missed else None,
            complete=complete,
        )
        match taken:
            case Away(reason=reason):
                return Polled(feed, "away", reason)
            case Fenced():
                return Polled(feed, "fenced")
            case Taken():
                polled = Polled(
                    feed,
                    "contended" if taken.contended else "new" if taken.new else "unchanged",
                    ok=True,
                    first=first,
                    taken=taken,
                )
                after = learned(state, parsed, answer, taken, now)
                shown = tuple(member(report) for report in reports)
                return after, advice(parsed, answer, new=taken.new > 0), polled, shown
            case _:
                assert_never(taken)

    async def _unanswered(
        self,
        lease: Lease,
        feed: FeedAddress,
        state: FeedState,
        outcome: Throttled | Failed | Gone,
    ) -> Polled:
        """A feed that gave nothing: validators stay, the next turn is further off."""
        now = self._clock()
        reason = "gone" if isinstance(outcome, Gone) else outcome.reason
        detail = outcome.detail if isinstance(outcome, Failed) else ""
        turn = next_turn(outcome, rhythm(state), self._pace(feed), now, jitter=self._chance())
        after = replace(
            state,
            polled_at=now,
            failures=turn.rhythm.failures,
            failing_since=state.failing_since or now,
            reason=reason,
            stopped="gone" if isinstance(outcome, Gone) else state.stopped,
            notes={**state.notes, "throttles": str(turn.rhythm.throttles)},
        )
        polled = Polled(
            feed,
            reason,
            detail,
            failures=turn.rhythm.failures,
            failing_since=after.failing_since,
        )
        return await self._finish(lease, after, turn, polled)

    async def _finish(
        self,
        lease: Lease,
        state: FeedState,
        turn: NextTurn,
        polled: Polled,
        *,
        shown: tuple[bytes, ...] = (),
    ) -> Polled:
        pause = None
        if turn.pause_host is not None:
            pause = Pause(polled.feed.host, timedelta(seconds=turn.pause_host))
        never = timedelta(days=365)
        wait = never if turn.due_in is None else timedelta(seconds=turn.due_in)
        state = replace(state, due_at=self._clock() + wait)
        ended = await finish(
            self._store, lease, state, wait, now=self._clock(), shown=shown, pause=pause
        )
        match ended:
            case None:
                return replace(polled, due_in=turn.due_in)
            case Away(reason=reason):
                return replace(polled, reason="away", detail=reason, ok=False)
            case Fenced():
                return replace(polled, reason="fenced", ok=False)
            case _:
                assert_never(ended)

    @asynccontextmanager
    async def _held(self, lease: Lease) -> AsyncIterator[None]:
        """Renew the lease while the turn lasts; a lease that is lost fences its commits."""

        async def keep() -> None:
            while True:
                await asyncio.sleep(LEASE.total_seconds() / 3)
                await renew(self._store, lease)

        keeping = asyncio.create_task(keep())
        try:
            yield
        finally:
            keeping.cancel()
            with suppress(asyncio.CancelledError):
                await keeping
