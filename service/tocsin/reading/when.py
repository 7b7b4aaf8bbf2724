"""Which day a sentence speaks of: expressions of time resolved against the day of publication."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta
from typing import NamedTuple

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?"
    r"|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\b\.?"
)
_TIME = re.compile(
    rf"\b(?:(?P<d1>\d{{1,2}})(?:st|nd|rd|th)?(?: of)? (?P<m1>{_MONTH})(?:,? (?P<y1>\d{{4}})\b)?"
    rf"|(?P<m2>{_MONTH}) (?P<d2>\d{{1,2}})(?:st|nd|rd|th)?\b(?:,? (?P<y2>\d{{4}})\b)?"
    rf"|(?P<m3>{_MONTH}) (?P<y3>(?:19|20)\d\d)\b"
    rf"|(?:in|last|since|of|early|late|mid|this) (?P<m4>{_MONTH})"
    r"|(?P<next>next |coming |this coming )?(?P<day>(?:mon|tues|wednes|thurs|fri|satur|sun)day)\b"
    r"|(?P<now>today|tonight|this (?:morning|afternoon|evening)|overnight|hours ago|minutes ago"
    r"|early hours|pre-dawn|at dawn)\b"
    r"|(?P<eve>yesterday|last night|previous night|a day (?:ago|earlier|after|before))\b"
    r"|(?P<tomorrow>tomorrow|next (?:week|month|year))\b"
    r"|(?:last|past|previous) (?P<span>week|month|year|decade|century|summer|winter|spring"
    r"|autumn|fall)\b"
    r"|(?P<n>\d{1,3}|an?|one|two|three|four|five|six|seven|eight|nine|ten|several|many|few)"
    r"[ -](?P<unit>day|week|month|year|decade)s? (?:ago|earlier|before|on from|since|after)\b"
    r"|(?P<ages>(?:years|decades|months|weeks) (?:ago|earlier|before))\b"
    r"|(?<![\d,.$£€-])(?P<year>(?:19|20)\d\d)s?\b(?![\d,.%]\d))"
)
_UNIT = {"day": 1, "week": 7, "month": 30, "year": 365, "decade": 3650, "century": 36500}
_SEASON = {"summer": 200, "winter": 200, "spring": 200, "autumn": 200, "fall": 200}
_COUNT = {
    "a": 1,
    "an": 1,
    "one": 1,
    "two": 2,
    "three": 3,
    "four": 4,
    "five": 5,
    "six": 6,
    "seven": 7,
    "eight": 8,
    "nine": 9,
    "ten": 10,
    "several": 4,
    "many": 10,
    "few": 3,
}


class When(NamedTuple):
    """One expression of time: offsets in the folded text, its day, and its age.

    `day` is None where the text gives no day ("last month"); `age` is in days before publication,
    negative for what is still to come, None where it cannot be told.
    """

    start: int
    end: int
    day: date | None
    age: int | None


def find_times(folded: str, published: datetime | None) -> list[When]:
    """All expressions of time of a folded text, in reading order."""
    today = published.date() if published else None
    return [
        When(match.start(), match.end(), *_resolve(match, today))
        for match in _TIME.finditer(folded)
    ]


def _resolve(match: re.Match[str], today: date | None) -> tuple[date | None, int | None]:
    group = match.lastgroup
    parts = match.groupdict()
    if parts["d1"] or parts["d2"]:
        which = "1" if parts["d1"] else "2"
        return _calendar(parts[f"d{which}"], parts[f"m{which}"], parts[f"y{which}"], today)
    if parts["m3"] or parts["m4"]:
        return _month(parts["m3"] or parts["m4"], parts["y3"], today)
    if parts["day"]:
        return _weekday(parts["day"], today, ahead=bool(parts["next"]))
    if parts["year"]:
        gap = (today.year - int(parts["year"])) if today else 1
        return None, gap * 365 if gap else None
    if parts["n"]:
        count = _COUNT.get(parts["n"]) or int(parts["n"])
        age = count * _UNIT[parts["unit"]]
        return (today - timedelta(age) if today and age < 60 else None), age
    match group:
        case "now":
            return today, 0
        case "eve":
            return (today - timedelta(1) if today else None), 1
        case "tomorrow":
            return None, -1
        case "span":
            return None, _UNIT.get(parts["span"]) or _SEASON[parts["span"]]
        case _:
            return None, 365


def _calendar(
    day: str, month: str, year: str | None, today: date | None
) -> tuple[date | None, int | None]:
    number = _MONTHS.index(month[:3]) + 1
    try:
        if year:
            said = date(int(year), number, int(day))
        elif today:
            said = date(today.year, number, int(day))
            if (said - today).days > 180:
                said = date(today.year - 1, number, int(day))
        else:
            return None, None
    except ValueError:
        return None, None
    return said, (today - said).days if today else None


def _month(month: str, year: str | None, today: date | None) -> tuple[None, int | None]:
    if today is None:
        return None, None
    number = _MONTHS.index(month[:3]) + 1
    months = today.month - number
    months = months % 12 if year is None else months + 12 * (today.year - int(year))
    return None, months * 30 if months else None


def _weekday(name: str, today: date | None, *, ahead: bool) -> tuple[date | None, int | None]:
    if today is None:
        return None, None
    if ahead:
        return None, -1
    back = (today.weekday() - _DAYS.index(name[:3])) % 7
    return today - timedelta(back), back
