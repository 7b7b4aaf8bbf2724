"""When a feed is asked again: pure decisions of what it answered, what it asks for, and `now`.

A publisher's advice (`ttl`, freshness, skip hours and days) is kept, up to a clamp, unless the
operator set `every:` on the feed. A publisher's demand (429, `Retry-After`) is never overridden.
All spans are in seconds.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Literal, assert_never

from tocsin.feeds.exchange import Failed, Gone, Throttled

HOUR, DAY = 3_600.0, 86_400.0
#: A publisher's advice is kept no longer than this.
LONGEST_ADVICE = 6 * HOUR
#: A publisher's demand is kept no longer than this.
LONGEST_DEMAND = DAY
#: The first wait after a 429 that names no time; each further one doubles it.
FIRST_DEMAND = 600.0
#: A permanent redirect is believed when it has stood this long.
MOVE_STANDS = timedelta(days=7)
#: A server that answers 304 for this long is asked once without validators.
CONDITIONAL_FOR = timedelta(days=8)

_JITTER = 0.1
_GROWTH = 1.5
_PASSING = frozenset({"dns", "connect", "timeout", "protocol", "truncated"})
_WEEK = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")

Why = Literal[
    "new",
    "quiet",
    "story_open",
    "publisher_asks",
    "skip_hours",
    "operator",
    "retry_after",
    "throttled",
    "failing",
    "gone",
]


@dataclass(frozen=True, slots=True)
class Pace:
    """How often a feed may be asked: `shortest` when it moves, `quiet` when it does not.

    `every` is the operator's own wish for one feed. `weary` bounds the backoff of a failing feed,
    `passing` that of faults that mostly pass by themselves (name service, network, time). A host
    that is `shared` is paused as a whole when it asks one of its feeds to wait.
    """

    shortest: float = 300.0
    quiet: float = 900.0
    every: float | None = None
    passing: float = 1_800.0
    weary: float = 6 * HOUR
    shared: bool = True


#: For feeds on loopback: the demo and feeds under development.
LOOPBACK_PACE = Pace(shortest=1.0, quiet=3.0, passing=3.0, weary=10.0)


@dataclass(frozen=True, slots=True)
class Answered:
    """The feed answered. `new` says whether it had anything unseen.

    `ttl` is in minutes, `fresh_for` in seconds; after a 304 they are those of the last whole answer
    unless the 304 said otherwise. Skip hours are in GMT, skip days English names in lower case.
    """

    new: bool
    fresh_for: float | None = None
    ttl: int | None = None
    skip_hours: frozenset[int] = frozenset()
    skip_days: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Rhythm:
    """What is remembered of a feed's turns: its present interval, and what went wrong in a row."""

    interval: float = 0.0
    failures: int = 0
    throttles: int = 0


@dataclass(frozen=True, slots=True)
class NextTurn:
    """When to ask again (`due_in` None: never), why then, and what to remember.

    `pause_host` is how long the whole host is to be left alone.
    """

    due_in: float | None
    reason: Why
    rhythm: Rhythm
    pause_host: float | None = None


def next_turn(
    happened: Answered | Throttled | Failed | Gone,
    rhythm: Rhythm,
    pace: Pace,
    now: datetime,
    *,
    jitter: float = 0.0,
    story_open: bool = False,
) -> NextTurn:
    """When the feed is due next. `jitter` in [0, 1) only ever lengthens a wait, by up to a tenth.

    `story_open`: a story of the feed's theatre was open in the last six hours.
    """
    match happened:
        case Gone():
            return NextTurn(None, "gone", rhythm)
        case Throttled(after=after):
            return _throttled(after, rhythm, pace, jitter)
        case Failed(reason=reason):
            failures = rhythm.failures + 1
            cap = pace.passing if _passes(reason) else pace.weary
            wait = min(pace.shortest * 2.0 ** min(failures, 30), cap)
            return NextTurn(
                _spread(max(wait, pace.shortest), jitter),
                "failing",
                replace(rhythm, failures=failures),
            )
        case Answered():
            return _answered(happened, rhythm, pace, now, jitter, story_open=story_open)
        case _:
            assert_never(happened)


def _throttled(after: float | None, rhythm: Rhythm, pace: Pace, jitter: float) -> NextTurn:
    throttles = rhythm.throttles + 1
    if after is None:
        wait = min(FIRST_DEMAND * 2.0 ** min(throttles - 1, 30), LONGEST_DEMAND)
        reason: Why = "throttled"
    else:
        wait = min(max(after, pace.shortest), LONGEST_DEMAND)
        reason = "retry_after"
    due = _spread(wait, jitter)
    return NextTurn(due, reason, replace(rhythm, throttles=throttles), due if pace.shared else None)


def _answered(
    answer: Answered,
    rhythm: Rhythm,
    pace: Pace,
    now: datetime,
    jitter: float,
    *,
    story_open: bool,
) -> NextTurn:
    if pace.every is not None:
        wait = max(pace.every, pace.shortest)
        return NextTurn(_spread(wait, jitter), "operator", Rhythm(wait))
    reason: Why
    if answer.new or story_open:
        interval, reason = pace.shortest, "new" if answer.new else "story_open"
    else:
        grown = max(rhythm.interval, pace.shortest) * _GROWTH
        interval, reason = min(grown, pace.quiet), "quiet"
    wait = interval
    if (asked := _advice(answer)) > wait:
        wait, reason = asked, "publisher_asks"
    due = _spread(wait, jitter)
    open_in = _skip(answer, now, due)
    if open_in > due:
        due, reason = open_in, "skip_hours"
    return NextTurn(due, reason, Rhythm(interval))


def _advice(answer: Answered) -> float:
    """The longest wait that the publisher asks for, within the clamp."""
    return min(max(answer.fresh_for or 0.0, (answer.ttl or 0) * 60.0), LONGEST_ADVICE)


def skips_everything(answer: Answered) -> bool:
    """Whether a feed names all hours or all days to skip: worth a warning, and ignored."""
    return answer.skip_hours >= set(range(24)) or answer.skip_days >= set(_WEEK)


def _skip(answer: Answered, now: datetime, due: float) -> float:
    """Seconds to the first moment at or after `due` that falls into no skipped hour or day."""
    hours = answer.skip_hours if len(answer.skip_hours) < 24 else frozenset()
    days = answer.skip_days if not answer.skip_days >= set(_WEEK) else frozenset()
    if not hours and not days:
        return due
    moment = now.astimezone(UTC) + timedelta(seconds=due)
    for _ in range(8 * 24):
        if moment.hour not in hours and _WEEK[moment.weekday()] not in days:
            break
        moment = moment.replace(minute=0, second=0, microsecond=0) + timedelta(hours=1)
    return (moment - now).total_seconds()


def worst_delay(answer: Answered, pace: Pace) -> float:
    """The longest a report of a healthy feed can wait to be seen, skipped hours aside."""
    if pace.every is not None:
        return max(pace.every, pace.shortest) * (1 + _JITTER)
    return max(pace.quiet, _advice(answer)) * (1 + _JITTER)


def _passes(reason: str) -> bool:
    return reason in _PASSING or reason.startswith("http_5")


def _spread(wait: float, jitter: float) -> float:
    return wait * (1.0 + _JITTER * jitter)


def may_ask_conditionally(last_whole: datetime | None, now: datetime) -> bool:
    """Whether validators may go along: not when the last whole answer is eight days old."""
    return last_whole is not None and now - last_whole < CONDITIONAL_FOR


@dataclass(frozen=True, slots=True)
class Seen:
    """A permanent redirect that is being watched: where to, and since when it has stood."""

    to: str
    since: datetime


@dataclass(frozen=True, slots=True)
class Rewrite:
    """The feed's stored address is to become `to`; an event for the record."""

    to: str


def settle_move(watched: Seen | None, to: str | None, now: datetime) -> Seen | Rewrite | None:
    """What becomes of a feed's address after a valid answer that came by way of `to`.

    `to` is None when the feed answered without permanent redirects: the watch ends. A target that
    changes starts it anew. Answers that failed or were no feed must not be reported here at all.
    """
    if to is None:
        return None
    if watched is None or watched.to != to:
        return Seen(to, now)
    return Rewrite(to) if now - watched.since >= MOVE_STANDS else watched
