"""Which day a sentence speaks of: expressions of time resolved against the day of publication.

One pass finds the words of time; what stands before and after them is looked at only there.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import NamedTuple

from tocsin.reading.document import Sentence
from tocsin.reading.phrases import Hit, Phrases

_MONTHS = (
    ("january", "jan"),
    ("february", "feb"),
    ("march", "mar"),
    ("april", "apr"),
    ("may",),
    ("june", "jun"),
    ("july", "jul"),
    ("august", "aug"),
    ("september", "sept", "sep"),
    ("october", "oct"),
    ("november", "nov"),
    ("december", "dec"),
)
_DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_UNITS = {"day": 1, "week": 7, "month": 30, "year": 365, "decade": 3650}
_SPANS = {**_UNITS, "century": 36500} | dict.fromkeys(
    ("summer", "winter", "spring", "autumn", "fall"), 200
)
_NUMBERS = ("a", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
_COUNTS = {
    **{word: max(1, number) for number, word in enumerate(_NUMBERS)},
    "an": 1,
    "few": 3,
    "several": 4,
    "many": 10,
}
#: "Years ago" without a number, days.
_LONG_AGO = 365
_NOW = (
    "today",
    "tonight",
    "this morning",
    "this afternoon",
    "this evening",
    "overnight",
    "hours ago",
    "hours earlier",
    "minutes ago",
    "early hours",
    "pre-dawn",
    "at dawn",
)
_EVE = ("yesterday", "last night", "previous night", "a day ago", "a day earlier", "a day after")
_AHEAD = ("tomorrow", "next week", "next month", "next year")


def _anchors() -> Iterator[tuple[str, str]]:
    for word in _NOW:
        yield word, "now"
    for word in _EVE:
        yield word, "eve"
    for word in _AHEAD:
        yield word, "ahead"
    for number, names in enumerate(_MONTHS, 1):
        for name in names:
            yield name, f"month {number}"
    for number, name in enumerate(_DAYS):
        yield name, f"day {number}"
        for word in ("next", "this coming", "coming"):
            yield f"{word} {name}", "ahead"
    for word, days in _SPANS.items():
        for before in ("last", "past", "previous"):
            yield f"{before} {word}", f"span {days}"
    for unit, days in _UNITS.items():
        for after in ("ago", "earlier", "before", "on from", "since", "after"):
            yield f"{unit}s {after}", f"ago {days}"
            yield f"{unit} {after}", f"ago {days}"


#: The words of time, and what each says.
TIMES = Phrases(_anchors())
_YEAR = re.compile(r"(?:19|20)\d\d")
_NOT_YEAR_BEFORE = frozenset("$£€-.,0123456789")
_DAY_BEFORE = re.compile(r"\b(?P<day>\d{1,2})(?:st|nd|rd|th)?(?: of)? $")
_DAY_AFTER = re.compile(r"\.? (?P<day>\d{1,2})(?:st|nd|rd|th)?\b(?:,? (?P<year>(?:19|20)\d\d)\b)?")
_YEAR_AFTER = re.compile(r"\.?,? (?P<year>(?:19|20)\d\d)\b")
_MONTH_BEFORE = re.compile(r"\b(?:in|last|since|of|early|late|mid|this)[ -]$")
_COUNT_BEFORE = re.compile(r"\b(?P<count>\d{1,3}|[a-z]+)[ -]$")


class When(NamedTuple):
    """One expression of time: offsets in the folded text, its day, and its age.

    `day` is None where the text gives no day ("last month"); `age` is in days before publication,
    negative for what is still to come, None where it cannot be told.
    """

    start: int
    end: int
    day: date | None
    age: int | None


def find_times(sentence: Sentence, published: datetime | None) -> list[When]:
    """All expressions of time of a sentence, in reading order."""
    folded = sentence.folded
    today = published.date() if published else None
    found = [
        when for hit in sentence.find(TIMES) if (when := _resolved(hit, folded, today)) is not None
    ]
    for match in _YEAR.finditer(folded) if "19" in folded or "20" in folded else ():
        start, end = match.span()
        if not _stands_alone(folded, start, end) or any(w.start <= start < w.end for w in found):
            continue
        gap = today.year - int(match[0]) if today else 1
        found.append(When(start, end, None, gap * 365 if gap else None))
    found.sort(key=lambda when: when.start)
    return found


def _stands_alone(folded: str, start: int, end: int) -> bool:
    """Whether a year is one: no part of a longer number, a price or a percentage."""
    before, after = folded[start - 1 : start], folded[end : end + 2]
    if before in _NOT_YEAR_BEFORE and before:
        return False
    return not (
        after[:1].isdigit() or after[:1] == "%" or (after[:1] in ".," and after[1:].isdigit())
    )


def _resolved(hit: Hit, folded: str, today: date | None) -> When | None:
    kind, _, detail = hit.label.partition(" ")
    start, end = hit.start, hit.end
    match kind:
        case "now":
            return When(start, end, today, 0)
        case "eve":
            return When(start, end, today - timedelta(1) if today else None, 1)
        case "ahead":
            return When(start, end, None, -1)
        case "span":
            return When(start, end, None, int(detail))
        case "day":
            return _weekday(hit, int(detail), today)
        case "ago":
            return _ago(hit, int(detail), folded, today)
        case _:
            return _month(hit, int(detail), folded, today)


def _weekday(hit: Hit, number: int, today: date | None) -> When:
    """The latest such day, today included: news speaks of days gone by their names."""
    if today is None:
        return When(hit.start, hit.end, None, None)
    back = (today.weekday() - number) % 7
    return When(hit.start, hit.end, today - timedelta(back), back)


def _ago(hit: Hit, unit: int, folded: str, today: date | None) -> When | None:
    before = _COUNT_BEFORE.search(folded, max(0, hit.start - 10), hit.start)
    word = before["count"] if before else ""
    count = int(word) if word.isdigit() else _COUNTS.get(word)
    if before is None or count is None:
        plural = folded[hit.start : hit.end].partition(" ")[0].endswith("s")
        return When(hit.start, hit.end, None, _LONG_AGO) if plural and unit > 1 else None
    age = count * unit
    day = today - timedelta(age) if today and age < 60 else None
    return When(before.start(), hit.end, day, age)


def _month(hit: Hit, number: int, folded: str, today: date | None) -> When | None:
    start, end = hit.start, hit.end
    if before := _DAY_BEFORE.search(folded, max(0, start - 9), start):
        year = _YEAR_AFTER.match(folded, end)
        day, age = _calendar(before["day"], number, year["year"] if year else None, today)
        return When(before.start(), year.end() if year else end, day, age)
    if after := _DAY_AFTER.match(folded, end):
        day, age = _calendar(after["day"], number, after["year"], today)
        return When(start, after.end(), day, age)
    year = _YEAR_AFTER.match(folded, end)
    if year or _MONTH_BEFORE.search(folded, max(0, start - 7), start):
        months = 0
        if today:
            months = today.month - number
            years = today.year - int(year["year"]) if year else None
            months = months % 12 if years is None else months + 12 * years
        return When(start, year.end() if year else end, None, months * 30 if months else None)
    return None


def _calendar(
    day: str, month: int, year: str | None, today: date | None
) -> tuple[date | None, int | None]:
    """A day of the calendar; without a year the latest that is not half a year ahead."""
    if year is None and today is None:
        return None, None
    try:
        said = date(int(year) if year else today.year if today else 1, month, int(day))
        if year is None and today and (said - today).days > 180:
            said = said.replace(year=said.year - 1)
    except ValueError:
        return None, None
    return said, (today - said).days if today else None
