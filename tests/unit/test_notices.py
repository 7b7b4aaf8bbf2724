"""Notices: what operators are told of a feed, once an outage."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from tocsin.feeds.address import FeedAddress
from tocsin.notices import FAILURES_TOLD, feed_notice
from tocsin.poll import Polled

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
FEED = FeedAddress("f1", "https://wire.example/rss", "Test Wire")


def failed(times: int, since: datetime = NOW - timedelta(hours=1)) -> Polled:
    """The end of a turn that failed for the n-th time in a row."""
    return Polled(FEED, "timeout", failures=times, failing_since=since)


def test_a_gone_feed_is_told() -> None:
    """410: the feed is disabled, and operators hear of it (F24, R21)."""
    alert = feed_notice(Polled(FEED, "gone"), "/tocsin/default", NOW)
    assert alert is not None
    assert alert.event["type"] == "tocsin.feed.gone"
    assert alert.event["subject"] == "feed/f1"


def test_failing_is_told_once_an_outage() -> None:
    """Neither the first failure nor every further one; the next outage has an id of its own."""
    told = [feed_notice(failed(n), "/tocsin/default", NOW) for n in range(1, FAILURES_TOLD + 4)]
    (alert,) = [one for one in told if one is not None]
    assert alert.event["type"] == "tocsin.feed.failing"
    again = feed_notice(failed(FAILURES_TOLD, NOW), "/tocsin/default", NOW)
    assert again is not None
    assert again.id != alert.id


def test_a_feed_that_answers_is_no_notice() -> None:
    """Nothing is told of a healthy feed."""
    assert feed_notice(Polled(FEED, "not_modified", ok=True), "/tocsin/default", NOW) is None
