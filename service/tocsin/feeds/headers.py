"""What a publisher's response headers say about time: freshness and when to come back."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

#: Nothing a header says reaches further than this, in seconds: 400 days.
FURTHEST = 400 * 86_400.0

_MAX_AGE = re.compile(r"(?:^|[\s,])max-age\s*=\s*\"?(\d+)", re.IGNORECASE)
_NEVER = re.compile(r"(?:^|[\s,])(?:no-cache|no-store)(?:$|[\s,=])", re.IGNORECASE)


def http_date(text: str | None) -> datetime | None:
    """An HTTP date (RFC 9110 §5.6.7) in UTC, or None for anything else."""
    if not text or len(text) > 80:
        return None
    try:
        moment = parsedate_to_datetime(text)
    except (ValueError, OverflowError, TypeError):
        return None
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=UTC)
    try:
        return moment.astimezone(UTC)
    except (ValueError, OverflowError):
        return None


def _seconds(digits: str) -> float:
    """A count of seconds of any length, clamped."""
    return FURTHEST if len(digits) > 12 else min(float(digits), FURTHEST)


def fresh_for(headers: Mapping[str, str], now: datetime) -> float | None:
    """Seconds that the publisher calls this answer fresh (RFC 9111 §4.2), less its `Age`.

    `Expires` is measured against the server's own `Date`. None where nothing is said, or where a
    cache is told to ask each time.
    """
    control = headers.get("Cache-Control", "")
    if _NEVER.search(control):
        return None
    if match := _MAX_AGE.search(control):
        age = headers.get("Age", "").strip()
        spent = _seconds(age) if age.isascii() and age.isdigit() else 0.0
        return max(0.0, _seconds(match[1]) - spent)
    expires = http_date(headers.get("Expires"))
    if expires is None:
        return None
    sent = http_date(headers.get("Date")) or now
    return min(max(0.0, (expires - sent).total_seconds()), FURTHEST)


def retry_after(headers: Mapping[str, str], now: datetime) -> float | None:
    """Seconds to wait by `Retry-After` (RFC 9110 §10.2.3), or None for none, past or garbage.

    A date is measured against the server's own `Date`, so that its wrong clock does no harm.
    """
    text = headers.get("Retry-After", "").strip()
    if text.isascii() and text.isdigit():
        return _seconds(text)
    moment = http_date(text)
    if moment is None:
        return None
    wait = (moment - (http_date(headers.get("Date")) or now)).total_seconds()
    return min(wait, FURTHEST) if wait > 0 else None


def validator(text: str | None) -> str | None:
    """A validator as it will be sent back, byte for byte; None if it can't be sent safely."""
    if text is None or not text or len(text) > 1024 or not text.isprintable():
        return None
    return text if text.isascii() or _encodable(text) else None


def _encodable(text: str) -> bool:
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True
