"""Days: expressions of time resolved against the day of publication."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from tocsin.reading.document import lay_out
from tocsin.reading.report import Report
from tocsin.reading.when import When, find_times

#: A Wednesday.
PUBLISHED = datetime(2020, 10, 28, 15, tzinfo=UTC)


def times(text: str, published: datetime | None = PUBLISHED) -> list[When]:
    """The expressions of time of a text."""
    sentences = lay_out(Report(id="r", title=text)).sentences
    return [when for sentence in sentences for when in find_times(sentence, published)]


@pytest.mark.parametrize(
    ("text", "day", "age"),
    [
        ("Rockets hit the town on Wednesday", date(2020, 10, 28), 0),
        ("Rockets hit the town on Tuesday", date(2020, 10, 27), 1),
        ("Rockets hit the town yesterday", date(2020, 10, 27), 1),
        ("Rockets hit the town overnight", date(2020, 10, 28), 0),
        ("Rockets hit the town on 27 October", date(2020, 10, 27), 1),
        ("Rockets hit the town on October 27, 2020", date(2020, 10, 27), 1),
        ("Rockets hit the town on Oct. 27", date(2020, 10, 27), 1),
        ("Rockets hit the town on the 4th of April", date(2020, 4, 4), 207),
        ("Rockets hit the town on 30 May", date(2020, 5, 30), 151),
        ("Rockets hit the town three days ago", date(2020, 10, 25), 3),
        ("Rockets hit the town last month", None, 30),
        ("Rockets hit the town in August", None, 60),
        ("Rockets hit the town in June 2014", None, 2280),
        ("Rockets hit the town in 2014", None, 2190),
        ("Rockets hit the town two decades ago", None, 7300),
        ("Talks begin tomorrow", None, -1),
        ("Talks begin next Monday", None, -1),
    ],
)
def test_one_time(text: str, day: date | None, age: int | None) -> None:
    """A day is given where the text gives one, else at least how long ago."""
    (found,) = times(text)
    assert (found.day, found.age) == (day, age)


@pytest.mark.parametrize(
    "text",
    [
        "It cost $2010 and 1,950 people saw it",
        "They may march on",
        "The 2,014 men",
        "",
    ],
)
def test_no_time(text: str) -> None:
    """R8: prices, counts and the verb "may" are no times."""
    assert times(text) == []


def test_an_impossible_day_is_no_day() -> None:
    """A day that no calendar has is left open, and raises nothing."""
    assert times("on 31 february it rained")[0].day is None


def test_without_publication_nothing_is_guessed() -> None:
    """A weekday of an undated report stays open."""
    (found,) = times("on tuesday", None)
    assert (found.day, found.age) == (None, None)
