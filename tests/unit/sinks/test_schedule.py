"""When to try again, and how long a body may be."""

from __future__ import annotations

from datetime import timedelta

import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.unit.sinks.examples import NOW, figure, parcel

from tocsin.ledger.due_set import LEASE
from tocsin.sinks.health import DOWN, Health, after_sends, health_from
from tocsin.sinks.parcel import Delivered, Rejected, Retry, body_of
from tocsin.sinks.post import TIMEOUT, retry_after
from tocsin.sinks.schedule import SCHEDULE, next_attempt


def test_ten_attempts_span_more_than_a_day() -> None:
    """Standard Webhooks' schedule, to the letter, and then no more (D8)."""
    waits = [next_attempt(failed, 0.5) for failed in range(1, 11)]
    assert waits[-1] is None
    assert sum((wait for wait in waits if wait), timedelta(0)) > timedelta(hours=75)
    assert len(SCHEDULE) == 10


@given(st.integers(1, 9), st.floats(0, 1, exclude_max=True))
def test_jitter_is_within_a_fifth(failed: int, chance: float) -> None:
    """± 20 % (D8)."""
    wait = next_attempt(failed, chance)
    assert wait is not None
    assert 0.8 <= wait / SCHEDULE[failed] <= 1.2


def test_what_was_asked_for_is_never_undercut() -> None:
    """Retry-After may lengthen a wait and never shortens it (D7)."""
    assert next_attempt(1, 0.5, timedelta(hours=1)) == timedelta(hours=1)
    assert next_attempt(9, 0.5, timedelta(seconds=1)) == timedelta(hours=24)


@pytest.mark.parametrize(
    ("headers", "wait"),
    [
        ({"Retry-After": "120"}, 120),
        ({"Retry-After": "0"}, 1),
        ({"Retry-After": "9" * 40}, 86_400),
        ({"Retry-After": "-5"}, None),
        ({"Retry-After": "soon"}, None),
        ({"Retry-After": "１２"}, None),
        ({}, None),
        (
            {
                "Retry-After": "Thu, 02 May 2024 12:02:00 GMT",
                "Date": "Thu, 02 May 2024 12:00:00 GMT",
            },
            120,
        ),
        ({"Retry-After": "Thu, 02 May 2024 12:02:00 GMT"}, None),
    ],
)
def test_retry_after_is_read_within_bounds(headers: dict[str, str], wait: int | None) -> None:
    """Seconds, or a date counted from the answer's own (D7)."""
    found = retry_after(headers)
    assert found == (None if wait is None else timedelta(seconds=wait))


def test_a_body_is_the_event_with_its_sequence() -> None:
    """The same bytes each time (D2)."""
    one = parcel("a1")
    assert body_of(one, 20_000) == body_of(one, 20_000)
    assert orjson.loads(body_of(one, 20_000)) == one.event | {"sequence": one.sequence}


@given(st.integers(0, 400), st.integers(0, 3_000))
def test_a_body_never_exceeds_its_limit(changes: int, words: int) -> None:
    """Cut always alike, valid JSON, and marked (D21)."""
    long = parcel(
        "a1",
        data={
            "headline": "killed " * words,
            "changes": [{"indicator": "killed", "to": figure(n)} for n in range(changes)],
            "evidence": [{"quote": "q" * 400}] * 50,
        },
    )
    body = body_of(long, 20_000)
    assert len(body) <= 20_000
    read = orjson.loads(body)
    assert read["id"] == "a1"
    assert read["data"].get("truncated", False) is True
    assert body == body_of(long, 20_000)


def test_one_success_and_a_sink_is_up() -> None:
    """Whatever failed beside it."""
    down = Health(failures=9, down_since=NOW, pause_until=NOW)
    found = after_sends(down, [Retry("timeout"), Delivered(200)], NOW, 0.5, people=False)
    assert found == Health(last_sent=NOW)


def test_a_sink_for_machines_is_only_probed_once_it_is_down() -> None:
    """Each alert has its own schedule; only what is down pauses as a whole."""
    fails = after_sends(Health(), [Retry("timeout")] * (DOWN - 1), NOW, 0.5, people=False)
    assert fails.pause_until is None
    fails = after_sends(fails, [Retry("timeout")], NOW, 0.5, people=False)
    assert fails.down
    assert fails.pause_until is not None


def test_a_sink_for_people_pauses_with_its_first_failure() -> None:
    """One later message tells all of it; the probes are never further apart than six minutes."""
    health = Health()
    for _ in range(30):
        health = after_sends(health, [Retry("timeout")], NOW, 0.99, people=True)
        assert health.pause_until is not None
        assert health.pause_until - NOW <= timedelta(minutes=6)
    assert health.down_since == NOW
    assert health_from(health.to_json()) == health


def test_gone_switches_off() -> None:
    """For good (D6)."""
    found = after_sends(Health(), [Rejected("gone", disable=True)], NOW, 0.5, people=False)
    assert found.disabled == "gone"


def test_no_send_outlasts_its_lease() -> None:
    """C23: a slow receiver is cut off long before another replica may take the alert."""
    assert 2 * timedelta(seconds=TIMEOUT) <= LEASE
