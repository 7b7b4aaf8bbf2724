"""When a feed is asked again: the clamps, whose word wins, and what a move needs."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tocsin.feeds.exchange import Failed, Gone, Throttled
from tocsin.feeds.politeness import (
    LOOPBACK_PACE,
    Answered,
    NextTurn,
    Pace,
    Rewrite,
    Rhythm,
    Seen,
    may_ask_conditionally,
    next_turn,
    settle_move,
    skips_everything,
    worst_delay,
)

NOW = datetime(2020, 10, 28, 14, 30, tzinfo=UTC)  # a Wednesday
PACE = Pace()
FRESH = Rhythm()


def turn(happened: Answered | Throttled | Failed | Gone, **kwargs: object) -> NextTurn:
    """One decision at NOW, at the default pace."""
    given_: dict[str, object] = {"rhythm": FRESH, "pace": PACE, "now": NOW, **kwargs}
    return next_turn(happened, **given_)  # type: ignore[arg-type]


def test_a_moving_feed_is_asked_at_the_lower_bound() -> None:
    """F8: five minutes, and no sooner."""
    assert turn(Answered(new=True)).due_in == 300


def test_a_quiet_feed_drifts_to_a_quarter_hour_and_no_further() -> None:
    """F8: it slows step by step, stops at 15 minutes, and is fast again when it moves."""
    rhythm, waits = Rhythm(300), []
    for _ in range(6):
        step = turn(Answered(new=False), rhythm=rhythm)
        rhythm = step.rhythm
        waits.append(step.due_in)
    assert waits == [450, 675, 900, 900, 900, 900]
    assert turn(Answered(new=True), rhythm=rhythm).due_in == 300


def test_an_open_story_returns_a_feed_to_its_fastest() -> None:
    """F8: a feed of a theatre with a story open is not left to drift."""
    step = turn(Answered(new=False), rhythm=Rhythm(900), story_open=True)
    assert (step.due_in, step.reason) == (300, "story_open")


def test_on_loopback_a_feed_drifts_from_one_to_three_seconds() -> None:
    """F8: the demo's pace."""
    rhythm = FRESH
    waits = []
    for new in (True, False, False, False, False):
        step = turn(Answered(new=new), rhythm=rhythm, pace=LOOPBACK_PACE)
        rhythm = step.rhythm
        waits.append(step.due_in)
    assert waits == [1.0, 1.5, 2.25, 3.0, 3.0]


@given(st.floats(0, 0.999), st.booleans(), st.floats(0, 1e6))
def test_jitter_never_shortens(jitter: float, new: bool, fresh: float) -> None:  # noqa: FBT001
    """F8: a wait with jitter is never below the wait without."""
    plain = turn(Answered(new=new, fresh_for=fresh)).due_in
    spread = turn(Answered(new=new, fresh_for=fresh), jitter=jitter).due_in
    assert plain is not None
    assert spread is not None
    assert plain <= spread <= plain * 1.1


def test_the_publishers_freshness_is_kept_and_clamped() -> None:
    """F10, F11: max-age of 12 hours is kept as 6; so are 16 years."""
    for seconds in (43_200.0, 16 * 365 * 86_400.0):
        step = turn(Answered(new=True, fresh_for=seconds))
        assert (step.due_in, step.reason) == (6 * 3600, "publisher_asks")
    assert turn(Answered(new=True, fresh_for=1800)).due_in == 1800


def test_the_longer_of_two_wishes_wins() -> None:
    """F18: ttl of 180 minutes against a max-age of 600 seconds."""
    assert turn(Answered(new=True, ttl=180, fresh_for=600)).due_in == 180 * 60
    assert turn(Answered(new=True, ttl=10, fresh_for=7200)).due_in == 7200


def test_an_operators_every_overrides_advice_and_never_a_demand() -> None:
    """F10: down to five minutes and not below; 429 and Retry-After stand."""
    eager = Pace(every=300)
    answer = Answered(new=False, ttl=600, fresh_for=43_200, skip_hours=frozenset(range(12, 20)))
    assert turn(answer, pace=eager).due_in == 300
    assert turn(answer, pace=Pace(every=1)).due_in == 300
    assert turn(Throttled(7200, "http_429"), pace=eager).due_in == 7200
    assert turn(Throttled(None, "http_429"), pace=eager).due_in == 600


def test_a_demand_is_kept_to_a_day() -> None:
    """F12, F14: two hours are two hours, for the host too; ten years are a day."""
    step = turn(Throttled(7200, "http_503"))
    assert (step.due_in, step.pause_host, step.reason) == (7200, 7200, "retry_after")
    assert turn(Throttled(3e8, "http_429")).due_in == 86_400
    assert turn(Throttled(1, "http_429")).due_in == 300


def test_a_host_of_ones_own_is_not_paused_as_a_whole() -> None:
    """F16: the feed that was told to wait waits, its neighbours go on."""
    step = turn(Throttled(7200, "http_429"), pace=Pace(shared=False))
    assert (step.due_in, step.pause_host) == (7200, None)


def test_a_429_without_a_time_waits_longer_each_time() -> None:
    """F15, F16: ten minutes, twenty, forty, a day at most; the host rests as long."""
    rhythm, waits = FRESH, []
    for _ in range(10):
        step = turn(Throttled(None, "http_429"), rhythm=rhythm)
        assert step.pause_host == step.due_in
        rhythm = step.rhythm
        waits.append(step.due_in)
    assert waits[:3] == [600, 1200, 2400]
    assert waits[-1] == 86_400
    assert turn(Answered(new=True), rhythm=rhythm).rhythm.throttles == 0


def test_failures_back_off_and_never_delete() -> None:
    """F23, F24, C25: what mostly passes waits half an hour at most, the rest six hours."""
    for reason, cap in (("dns", 1800), ("http_502", 1800), ("http_404", 21_600), ("html", 21_600)):
        rhythm, waits = FRESH, []
        for _ in range(12):
            step = turn(Failed(reason), rhythm=rhythm)
            assert step.due_in is not None
            rhythm = step.rhythm
            waits.append(step.due_in)
        assert waits[0] == 600
        assert waits == sorted(waits)
        assert waits[-1] == cap
        assert rhythm.failures == 12


def test_gone_is_never_asked_again() -> None:
    """F24: 410 ends the feed's turns."""
    assert turn(Gone("https://news.example/feed")).due_in is None


def test_skipped_hours_are_slept_through() -> None:
    """F19: none from 14 to 17 GMT: due at 18:00."""
    answer = Answered(new=True, skip_hours=frozenset({14, 15, 16, 17}))
    step = turn(answer)
    assert step.due_in is not None
    assert NOW + timedelta(seconds=step.due_in) == datetime(2020, 10, 28, 18, tzinfo=UTC)
    assert step.reason == "skip_hours"


def test_skipped_days_are_slept_through() -> None:
    """F19: no Wednesday and no Thursday: due on Friday at midnight."""
    step = turn(Answered(new=True, skip_days=frozenset({"wednesday", "thursday"})))
    assert step.due_in is not None
    assert NOW + timedelta(seconds=step.due_in) == datetime(2020, 10, 30, tzinfo=UTC)


def test_a_feed_that_skips_everything_is_not_believed() -> None:
    """F19: all hours, or all days: ignored, and worth a warning."""
    week = frozenset(["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"])
    for answer in (
        Answered(new=True, skip_hours=frozenset(range(24))),
        Answered(new=True, skip_days=week),
    ):
        assert turn(answer).due_in == 300
        assert skips_everything(answer)
    assert not skips_everything(Answered(new=True, skip_hours=frozenset(range(23))))


def test_the_worst_delay_is_known() -> None:
    """F10: what an operator is shown for each feed."""
    assert worst_delay(Answered(new=True), PACE) == pytest.approx(990)
    assert worst_delay(Answered(new=True, ttl=600), PACE) == pytest.approx(6 * 3600 * 1.1)
    assert worst_delay(Answered(new=True, ttl=600), Pace(every=300)) == pytest.approx(330)


def test_a_permanent_redirect_must_stand_for_a_week() -> None:
    """F20, F22: seven days at one target rewrite the address; a change or a gap starts anew."""
    first = settle_move(None, "https://new.example/", NOW)
    assert first == Seen("https://new.example/", NOW)
    assert isinstance(first, Seen)
    later = NOW + timedelta(days=6)
    assert settle_move(first, "https://new.example/", later) == first
    assert settle_move(first, "https://new.example/", NOW + timedelta(days=7)) == Rewrite(
        "https://new.example/"
    )
    assert settle_move(first, "https://other.example/", later) == Seen(
        "https://other.example/", later
    )
    assert settle_move(first, None, later) is None


def test_after_eight_days_of_304_the_whole_feed_is_asked_for() -> None:
    """F7: once in eight days without validators."""
    assert may_ask_conditionally(NOW - timedelta(days=7, hours=23), NOW)
    assert not may_ask_conditionally(NOW - timedelta(days=8), NOW)
    assert not may_ask_conditionally(None, NOW)
